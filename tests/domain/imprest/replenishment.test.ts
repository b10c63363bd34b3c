// Goal: a fund is counted every month, replenished for its vouchers and up to its floor, and by two people; closed when nothing is left.
import { describe, expect, it } from 'vitest';

import {
  closeFund,
  confirmOpening,
  countCash,
  decideReplenishment,
  notePosted,
  openFund,
  proposeReplenishment,
  receive,
  replenishable,
} from '../../../domain/imprest/commands.ts';
import { countDifference, openReplenishment, underway } from '../../../domain/imprest/fund.ts';
import { fen } from '../../../domain/money.ts';

import { approve, Book, draw, opened, opening, posting, TODAY } from './book.ts';

describe('counts', () => {
  it('a difference is told, needs an explanation, and stands until a later count agrees', () => {
    const book = opened();
    draw(book, 1, 300_000);
    const count = (cash: number, explanation?: string, month = '2026-11') =>
      book.do((found) =>
        countCash(found!, { month, cash: fen(cash), ...(explanation && { explanation }) }, '2026-11-30'),
      );
    expect(count(699_000)).toBe('invalid/count-explanation');
    expect(count(699_000, '零钱短少，正在核查')).toBe('ok');
    expect(countDifference(book.now)).toMatchObject({ book: 700_000, cash: 699_000, difference: -1_000 });
    expect(count(700_000)).toBe('ok');
    expect(countDifference(book.now)).toBeUndefined();
    expect(count(700_000, undefined, '2026-12')).toBe('invalid/count-month');
    expect(count(700_000, undefined, '2026-10')).toBe('invalid/count-month');
  });
});

describe('replenishment', () => {
  const ask = (book: Book, floor: number, amount?: number, months: string[] = []) =>
    book.do((found) =>
      proposeReplenishment(
        found!,
        { floor: fen(floor), fen: amount === undefined ? undefined : fen(amount) },
        months,
      ),
    );
  const record = (book: Book, number: number) =>
    book.add(
      { kind: 'replenishment-recorded', number, enrolment: 'BY-1', determination: number },
      'system',
      `${TODAY}T03:00:00.000Z`,
    );

  it('is for vouchers posted, and brings the balance up to the floor', () => {
    const book = opened(1_000_000);
    draw(book, 1, 400_000);
    draw(book, 2, 100_000);
    expect(ask(book, 0)).toBe('conflict/nothing-to-replenish');
    book.do((found) => notePosted(found!, [posting(1)]));
    expect(replenishable(book.now, fen(0))).toEqual({ vouchers: 400_000, floorLack: 0 });
    expect(replenishable(book.now, fen(2_000_000))).toEqual({ vouchers: 400_000, floorLack: 1_100_000 });
    expect(ask(book, 2_000_000, 1_500_001)).toBe('limit/replenishment');
    expect(ask(book, 2_000_000, 0)).toBe('limit/replenishment');
    expect(ask(book, 2_000_000)).toBe('ok');
    expect(ask(book, 2_000_000)).toBe('conflict/replenishment-open');
    expect(book.do(approve(1), 'clerk')).toBe('ok');
  });

  it('one after the other: decided by another person, received once, its vouchers not asked for twice', () => {
    const book = opened(1_000_000);
    draw(book, 1, 400_000);
    book.do((found) => notePosted(found!, [posting(1)]));
    ask(book, 0);
    const own = { outcome: 'approved', document: 'X', decidedOn: TODAY, sample: false } as const;
    const decide = (said: object, by: string) =>
      book.do((found) => decideReplenishment(found!, 1, { ...own, ...said }, { by, today: TODAY }), by);
    expect(decide({}, 'clerk')).toBe('forbidden/own-proposal');
    expect(decide({ decidedOn: '2026-11-23' }, 'boss')).toBe('invalid/decided-on');
    expect(decide({ outcome: 'refused' }, 'boss')).toBe('invalid/reason');
    expect(book.do(approve(2), 'boss')).toBe('missing/replenishment');
    expect(decide({}, 'boss')).toBe('ok');
    expect(decide({}, 'boss')).toBe('conflict/replenishment-decided');
    expect([underway(book.now), openReplenishment(book.now)?.proposed.number]).toEqual([400_000, 1]);
    record(book, 1);
    expect(openReplenishment(book.now)).toBeDefined();
    expect(book.do((found) => receive(found!, fen(400_000)))).toBe('ok');
    expect(book.do((found) => receive(found!, fen(400_000)))).toBe('done already');
    expect([book.now.balance, openReplenishment(book.now)]).toEqual([1_000_000, undefined]);
    expect(ask(book, 0)).toBe('conflict/nothing-to-replenish');
  });

  it('refused, its vouchers may be asked for again; of less than all, the rest', () => {
    const book = opened(1_000_000);
    draw(book, 1, 400_000);
    book.do((found) => notePosted(found!, [posting(1)]));
    ask(book, 0);
    const no = {
      outcome: 'refused',
      document: 'X',
      decidedOn: TODAY,
      sample: false,
      reason: '凭证不全',
    } as const;
    book.do((found) => decideReplenishment(found!, 1, no, { by: 'boss', today: TODAY }), 'boss');
    expect(ask(book, 0, 300_000)).toBe('ok');
    book.do(approve(2), 'boss');
    record(book, 2);
    book.do((found) => receive(found!, fen(300_000)));
    expect(replenishable(book.now, fen(0))).toEqual({ vouchers: 100_000, floorLack: 0 });
  });

  it('money that came back to the bank leaves the fund, as far as it is still there', () => {
    const book = opened(0);
    ask(book, 500_000);
    book.do(approve(1), 'boss');
    record(book, 1);
    book.do((found) => receive(found!, fen(500_000)));
    draw(book, 1, 400_000);
    expect(book.do((found) => receive(found!, fen(0)))).toBe('ok');
    expect([book.now.balance, book.now.received]).toEqual([0, 400_000]);
    expect(book.do((found) => receive(found!, fen(0)))).toBe('done already');
  });

  it('waits for the monthly reconciliation, and for one that agrees', () => {
    const book = new Book();
    const september = '2026-09-10T02:00:00.000Z';
    book.do((found) => openFund(found, opening(500_000)), 'clerk', september);
    book.do((found) => confirmOpening(found!, 'cashier'), 'cashier');
    expect(ask(book, 900_000, undefined, ['2026-08', '2026-09', '2026-10'])).toBe('conflict/not-counted');
    const count = (month: string, cash: number, why?: string) =>
      book.do((found) =>
        countCash(found!, { month, cash: fen(cash), ...(why && { explanation: why }) }, TODAY),
      );
    count('2026-09', 500_000);
    count('2026-10', 400_000, '短少，正在核查');
    expect(ask(book, 900_000, undefined, ['2026-09', '2026-10'])).toBe('conflict/count-differs');
    count('2026-11', 500_000);
    expect(ask(book, 900_000, undefined, ['2026-09', '2026-10'])).toBe('ok');
  });

  it('a fund is closed once it is empty, posted and nothing is underway', () => {
    const book = opened(500_000);
    const close = () => book.do((found) => closeFund(found!, '示民救〔2026〕9号'));
    expect(close()).toBe('conflict/imprest-not-empty');
    draw(book, 1, 500_000);
    expect(close()).toBe('conflict/draws-not-posted');
    book.do((found) => notePosted(found!, [posting(1)]));
    ask(book, 0);
    expect(close()).toBe('conflict/replenishment-open');
    const no = {
      outcome: 'refused',
      document: 'X',
      decidedOn: TODAY,
      sample: false,
      reason: '撤销',
    } as const;
    book.do((found) => decideReplenishment(found!, 1, no, { by: 'boss', today: TODAY }), 'boss');
    expect([close(), close()]).toEqual(['ok', 'done already']);
    expect(draw(book, 2, 1)).toBe('conflict/imprest-closed');
    expect(ask(book, 100)).toBe('conflict/imprest-closed');
  });
});
