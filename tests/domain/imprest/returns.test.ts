// Goal: cash paid back to the treasury leaves the fund once, by two people, and never more than is there; what was advanced goes first.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closeFund, receive } from '../../../domain/imprest/commands.ts';
import { advancedBack, decideReturn, noteReturned, proposeReturn } from '../../../domain/imprest/returns.ts';
import { fen } from '../../../domain/money.ts';
import { opened, TODAY } from './book.ts';

const wish = (amount: number, voucher = 'J-1', on = TODAY) => ({ fen: fen(amount), voucher, on });
const confirmed = { outcome: 'confirmed', document: '示民救〔2026〕6号' } as const;

describe('a return', () => {
  it.each([
    [wish(0), 'invalid/amount'],
    [wish(1_000_001), 'conflict/imprest-balance'],
    [wish(1, 'J-1', '2026-11-23'), 'invalid/date-in-future'],
    [wish(1_000_000), 'ok'],
  ])('%o: %s', (asked, code) => {
    expect(opened(1_000_000).do((found) => proposeReturn(found!, asked, TODAY))).toBe(code);
  });

  it('takes another person, is one at a time, and its voucher counts once', () => {
    const book = opened(1_000_000);
    const propose = (voucher: string) =>
      book.do((found) => proposeReturn(found!, wish(1_000, voucher), TODAY));
    expect(propose('J-1')).toBe('ok');
    expect(propose('J-2')).toBe('conflict/return-open');
    expect(book.do((found) => decideReturn(found!, 1, confirmed, 'clerk'))).toBe('forbidden/own-proposal');
    expect(book.do((found) => decideReturn(found!, 2, confirmed, 'head'))).toBe('missing/imprest-return');
    expect(book.do((found) => decideReturn(found!, 1, confirmed, 'head'), 'head')).toBe('ok');
    expect(book.do((found) => decideReturn(found!, 1, confirmed, 'head'))).toBe('conflict/return-decided');
    expect(propose('J-2')).toBe('conflict/return-open');
    expect(book.do((found) => noteReturned(found!, 1))).toBe('ok');
    expect(book.do((found) => noteReturned(found!, 1))).toBe('done already');
    expect(propose('J-1')).toBe('conflict/voucher-used');
  });

  it('whatever comes in and goes back, cash is what is left, and no more goes back in the ledger than was advanced', () => {
    const amount = fc.integer({ min: 1, max: 500_000 });
    const steps = fc.array(fc.tuple(amount, fc.constantFrom('confirmed', 'refused')), { maxLength: 6 });
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 500_000 }), steps, (broughtIn, advanced, returns) => {
        const book = opened(broughtIn);
        book.do((found) => receive(found!, fen(advanced)));
        let cash = broughtIn + advanced;
        let number = 0;
        for (const [back, outcome] of returns) {
          const code = book.do((found) => proposeReturn(found!, wish(back, `J-${number}`), TODAY));
          expect(code).toBe(back > cash ? 'conflict/imprest-balance' : 'ok');
          if (code !== 'ok') continue;
          number += 1;
          const said =
            outcome === 'confirmed' ? confirmed : ({ outcome: 'refused', reason: '不符' } as const);
          book.do((found) => decideReturn(found!, number, said, 'head'), 'head');
          book.do((found) => noteReturned(found!, number));
          if (outcome === 'confirmed') cash -= back;
        }
        expect(book.now.balance).toBe(cash);
        expect(advancedBack(book.now)).toBe(Math.min(advanced, broughtIn + advanced - cash));
        const code = book.do((found) => closeFund(found!, '示民救〔2026〕7号'));
        expect(code).toBe(cash === 0 ? 'ok' : 'conflict/imprest-not-empty');
      }),
    );
  });
});
