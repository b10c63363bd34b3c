// Goal: an imprest fund never stands below zero and always says how it came to its balance, whatever people do in whatever order; every
// refusal has its guard. Method: random commands against the fold, then one case per rule.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImprestAct, ImprestActBody } from '../../../domain/imprest/acts.ts';
import {
  cancelDraw,
  closeFund,
  confirmOpening,
  countCash,
  coveredBy,
  type Decision,
  decideReplenishment,
  drawCash,
  notePosted,
  openFund,
  proposeReplenishment,
  receive,
  replenishable,
} from '../../../domain/imprest/commands.ts';
import {
  applyImprestAct,
  countDifference,
  drawsIn,
  foldFund,
  type ImprestFund,
  openReplenishment,
  sumOf,
  toReplenish,
  underway,
} from '../../../domain/imprest/fund.ts';
import { type Fen, fen } from '../../../domain/money.ts';

const TODAY = '2026-11-22';
const LIMITS = { perDraw: fen(500_000), perPersonYear: fen(1_000_000) };
const STREET = '110199001';

/** A fund with its acts: what a store does, without one. */
class Book {
  readonly acts: ImprestAct[] = [];
  fund: ImprestFund | undefined;

  do(
    decide: (found: ImprestFund | undefined) => Decision,
    by = 'clerk',
    at = `${TODAY}T02:00:00.000Z`,
  ): string {
    const decision = decide(this.fund);
    if (!decision) return 'done already';
    if (!decision.ok) return decision.error.code;
    this.add(decision.value, by, at);
    return 'ok';
  }
  add(body: ImprestActBody, by: string, at: string): void {
    const stamp = { jurisdiction: '110199', fund: 'chengguan', sequence: this.acts.length + 1, at, by };
    const act = { ...body, ...stamp } as ImprestAct;
    this.fund = applyImprestAct(this.fund, act);
    this.acts.push(act);
  }
  get now(): ImprestFund {
    return this.fund!;
  }
}

const opening = (broughtIn: number, streets = [STREET, '110199002']) => ({
  jurisdiction: '110199',
  name: '城关镇备用金',
  streets,
  organisation: '0RGAN1SAT10N',
  broughtIn: fen(broughtIn),
  document: '示民救〔2026〕1号',
});
function opened(broughtIn = 1_000_000): Book {
  const book = new Book();
  expect(book.do((found) => openFund(found, opening(broughtIn)))).toBe('ok');
  if (broughtIn > 0) expect(book.do((found) => confirmOpening(found!, 'cashier'), 'cashier')).toBe('ok');
  return book;
}
const drawing = (number: number, amount: number, changes: object = {}) => ({
  ...{ draw: `ga-1.${number}`, application: 'ga-1', fen: fen(amount), street: STREET },
  ...{ payee: `PAYEE${number % 3}`, receipt: `R${number}`, ...changes },
});
const draw = (book: Book, number: number, amount: number, changes: object = {}) =>
  book.do((found) => drawCash(found!, drawing(number, amount, changes), LIMITS, TODAY));
const posting = (number: number, month = '2026-11') => ({
  draw: `ga-1.${number}`,
  enrolment: `LS-${number}`,
  month,
});
const approve = (number: number) => (found?: ImprestFund) =>
  decideReplenishment(
    found!,
    number,
    { outcome: 'approved', document: '示民救〔2026〕2号', decidedOn: TODAY, sample: false },
    { by: 'boss', today: TODAY },
  );

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
      ...{ draw: `ga-1.${number}`, enrolment: 'LS-1', month: '2026-11', determination: number },
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
        countCash(found!, { month, cash: fen(cash) as Fen, ...(why && { explanation: why }) }, TODAY),
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
