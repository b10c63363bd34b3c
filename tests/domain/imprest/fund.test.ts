// Goal: an imprest fund never stands below zero and always says how it came to its balance, whatever people do in whatever order; every
// refusal has its guard. Method: random commands against the fold, then one case per rule.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  cancelDraw,
  changeStreets,
  confirmOpening,
  coveredBy,
  drawCash,
  notePosted,
  openFund,
  proposeReplenishment,
  receive,
} from '../../../domain/imprest/commands.ts';
import { drawsIn, foldFund, sumOf, toReplenish } from '../../../domain/imprest/fund.ts';
import { fen } from '../../../domain/money.ts';

import { approve, Book, draw, drawing, LIMITS, opened, opening, posting, TODAY } from './book.ts';

describe('whatever is done in whatever order', () => {
  const command = fc.oneof(
    fc.record({
      do: fc.constant('draw' as const),
      number: fc.nat(12),
      amount: fc.integer({ min: 1, max: 600_000 }),
    }),
    fc.record({ do: fc.constant('cancel' as const), number: fc.nat(12), amount: fc.constant(0) }),
    fc.record({ do: fc.constant('post' as const), number: fc.nat(12), amount: fc.constant(0) }),
    fc.record({
      do: fc.constant('ask' as const),
      number: fc.nat(3),
      amount: fc.integer({ min: 0, max: 900_000 }),
    }),
    fc.record({
      do: fc.constant('settle' as const),
      number: fc.nat(3),
      amount: fc.integer({ min: 0, max: 1_500_000 }),
    }),
  );

  it('the balance is never negative, and is what came in less what went out', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 800_000 }),
        fc.array(command, { maxLength: 60 }),
        (start, commands) => {
          const book = opened(start);
          for (const { do: kind, number, amount } of commands) {
            if (kind === 'draw') draw(book, number, amount);
            if (kind === 'cancel') book.do((found) => cancelDraw(found!, `ga-1.${number}`, '退回', 'other'));
            if (kind === 'post') book.do((found) => notePosted(found!, [posting(number)]));
            if (kind === 'settle') book.do((found) => receive(found!, fen(amount)));
            if (kind === 'ask') {
              book.do((found) => proposeReplenishment(found!, { floor: fen(amount) }, []));
              const last = book.now.replenishments.at(-1);
              if (last && number > 0) book.do(approve(last.proposed.number), 'boss');
              if (last && number > 1 && book.now.replenishments.at(-1)?.decided && !last.recorded)
                book.add(
                  {
                    kind: 'replenishment-recorded',
                    number: last.proposed.number,
                    enrolment: 'BY-1',
                    determination: 1,
                  },
                  'system',
                  `${TODAY}T03:00:00.000Z`,
                );
            }
            const now = book.now;
            const gone = sumOf(drawsIn(now, 'drawn', 'posted'));
            expect(now.balance).toBeGreaterThanOrEqual(0);
            expect(now.balance).toBe(now.broughtIn + now.received - gone);
            expect(toReplenish(now)).toBeGreaterThanOrEqual(0);
            expect(foldFund(book.acts)).toEqual(now);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('draws', () => {
  it('within the limits of a draw and of a person in the year, down to the last fen', () => {
    const book = opened(1_200_000);
    expect(draw(book, 1, 500_001)).toBe('limit/imprest-draw');
    expect(draw(book, 1, 500_000, { payee: 'A' })).toBe('ok');
    expect(draw(book, 2, 500_000, { payee: 'A' })).toBe('ok');
    expect(draw(book, 3, 1, { payee: 'A' })).toBe('limit/imprest-person-year');
    expect(draw(book, 3, 200_001, { payee: 'B' })).toBe('conflict/imprest-balance');
    expect(draw(book, 3, 200_000, { payee: 'B' })).toBe('ok');
    expect(book.now.balance).toBe(0);
  });

  it('what a person got in another year, or gave back, does not count', () => {
    const book = opened(2_000_000);
    const at = (day: string, number: number) =>
      book.do((found) => drawCash(found!, drawing(number, 500_000, { payee: 'A' }), LIMITS, day));
    expect([at('2025-12-31', 1), at('2026-01-01', 2), at('2026-05-01', 3)]).toEqual(['ok', 'ok', 'ok']);
    expect(at('2026-06-01', 4)).toBe('limit/imprest-person-year');
    expect(book.do((found) => cancelDraw(found!, 'ga-1.3', '未领取', 'other'), 'other')).toBe('ok');
    expect(at('2026-06-01', 4)).toBe('ok');
  });

  it('only by the streets of the fund, once the cash brought in is confirmed by another person', () => {
    const book = new Book();
    expect(book.do((found) => openFund(found, opening(100_000, [])))).toBe('invalid/imprest-streets');
    book.do((found) => openFund(found, opening(100_000)));
    expect(draw(book, 1, 1)).toBe('conflict/imprest-unconfirmed');
    expect(book.do((found) => confirmOpening(found!, 'clerk'))).toBe('forbidden/own-opening');
    expect(book.do((found) => confirmOpening(found!, 'cashier'), 'cashier')).toBe('ok');
    expect(book.do((found) => confirmOpening(found!, 'cashier'), 'cashier')).toBe('done already');
    expect(draw(book, 1, 1, { street: '110199003' })).toBe('forbidden/imprest-street');
    expect(draw(book, 1, 1, { street: '110199002' })).toBe('ok');
    const merged = { streets: ['110199003'], document: '示民救〔2026〕8号' };
    expect(book.do((found) => changeStreets(found!, { ...merged, streets: [] }))).toBe(
      'invalid/imprest-streets',
    );
    expect(book.do((found) => changeStreets(found!, merged))).toBe('ok');
    expect(draw(book, 2, 1, { street: '110199002' })).toBe('forbidden/imprest-street');
    expect(draw(book, 2, 1, { street: '110199003' })).toBe('ok');
    expect(book.do((found) => openFund(found, opening(0)))).toBe('conflict/imprest-exists');
  });

  it('a draw asked for twice is one; with other content it is refused, and a cancelled one stays so', () => {
    const book = opened();
    expect([draw(book, 1, 1_000), draw(book, 1, 1_000)]).toEqual(['ok', 'done already']);
    for (const change of [{ fen: fen(999) }, { street: '110199002' }, { payee: 'B' }, { receipt: 'X' }])
      expect(draw(book, 1, 1_000, change)).toBe('conflict/draw-differs');
    const cancel = (by: string, id = 'ga-1.1') =>
      book.do((found) => cancelDraw(found!, id, '未领取', by), by);
    expect(cancel('clerk')).toBe('forbidden/own-draw');
    expect(cancel('other', 'ga-9.1')).toBe('missing/imprest-draw');
    expect([cancel('other'), cancel('other')]).toEqual(['ok', 'done already']);
    expect(book.now.balance).toBe(1_000_000);
    expect(draw(book, 1, 1_000)).toBe('conflict/draw-cancelled');
    draw(book, 2, 1_000);
    book.do((found) => notePosted(found!, [posting(2)]));
    expect(cancel('other', 'ga-1.2')).toBe('conflict/draw-posted');
  });
});

describe('postings', () => {
  it('grants of one enrolment and month add up: the ledger covers them in the order of their decisions', () => {
    const book = opened();
    for (const number of [1, 2, 3]) draw(book, number, number * 1_000);
    const granted = [3, 2, 1].map((number) => ({
      draw: `ga-1.${number}`,
      enrolment: 'LS-1',
      month: '2026-11',
      determination: number,
    }));
    const covered = (held: number) => coveredBy(book.now, granted, () => fen(held)).map((one) => one.draw);
    expect(covered(0)).toEqual([]);
    expect(covered(2_999)).toEqual(['ga-1.1']);
    expect(covered(3_000)).toEqual(['ga-1.1', 'ga-1.2']);
    expect(covered(6_000)).toHaveLength(3);
    book.do((found) =>
      notePosted(
        found!,
        coveredBy(found!, granted, () => fen(3_000)),
      ),
    );
    const left = granted.filter(({ draw: id }) => id === 'ga-1.3');
    expect(coveredBy(book.now, left, () => fen(3_000))).toEqual([]);
    expect(coveredBy(book.now, left, () => fen(6_000))).toHaveLength(1);
    expect(book.do((found) => notePosted(found!, [posting(1)]))).toBe('done already');
  });
});
