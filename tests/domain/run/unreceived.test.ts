import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Month, monthRange } from '../../../domain/calendar.ts';
import { type AccountClass, classOf } from '../../../domain/ledger/accounts.ts';
import { due } from '../programmes/samples.ts';
import { OneEnrolment } from './one-enrolment.ts';

const PLACE = '110000';
const FIRST = '2024-09';
const sumOf = (lines: readonly { month: Month; fen: number }[], month: Month) =>
  lines.filter((line) => line.month === month).reduce((sum, { fen }) => sum + fen, 0);

function classBalance({ entries }: OneEnrolment, name: AccountClass): number {
  let sum = 0;
  for (const { postings } of entries)
    for (const { account, side, fen } of postings)
      if (classOf(account) === name) sum += side === 'debit' ? fen : 0 - fen;
  return sum;
}

/** Every fen accrued and not taken back is paid out, with the bank, or owed; the entries themselves say so. */
function checkBooks(life: OneEnrolment): void {
  const sums = { received: 0, 'in-transit': 0, open: 0 };
  for (const month of monthRange(FIRST, life.month)) {
    const standing = life.standing(month, new Map());
    for (const key of ['received', 'in-transit', 'open'] as const) sums[key] += standing[key];
  }
  expect(classBalance(life, 'expense')).toBe(sums.received + sums['in-transit'] + sums.open);
  expect(classBalance(life, 'in-transit')).toBe(0 - sums['in-transit']);
  expect(classBalance(life, 'clearing')).toBe(0 - sums.received);
  expect(classBalance(life, 'payable') + classBalance(life, 'returned')).toBe(0 - sums.open);
}

/** Computes a run, checks every month of it against what stands, and releases it. */
function run(life: OneEnrolment, kind: 'R' | 'S', sendAgain = true): void {
  const assessed = life.assess(kind, sendAgain);
  for (const month of monthRange(FIRST, life.month)) {
    const owed = due(PLACE, life.facts, month);
    const { received, 'in-transit': sent, open } = life.standing(month);
    const proposed = sumOf(assessed.proposals, month);
    const awaited = assessed.proposals
      .filter((one) => one.month === month)
      .reduce((sum, one) => sum + (one.awaitedFen ?? 0), 0);
    expect(proposed).toBe(Math.max(0, received - owed));
    expect(proposed + awaited).toBe(Math.max(0, received + sent + open - owed));
    const paying = assessed.drafts.reduce((sum, { lines }) => sum + sumOf(lines, month), 0);
    expect(paying === 0 || received + sent + paying <= owed).toBe(true);
    const cancelled = assessed.drafts.reduce((sum, draft) => sum + sumOf(draft.cancelled ?? [], month), 0);
    // Paid, with the bank and owed together: all that is owed and not a fen more, unless somebody has it already or it waits.
    const after = received + sent + open - cancelled + (paying - reissued(assessed.drafts, month));
    const exact = kind === 'S' && sendAgain;
    expect(exact ? after : Math.min(after, owed)).toBe(exact ? Math.max(owed, received + sent) : owed);
  }
  life.release(assessed);
  checkBooks(life);
}

const reissued = (drafts: ReturnType<OneEnrolment['assess']>['drafts'], month: Month) =>
  drafts.filter(({ kind }) => kind === 'reissue').reduce((sum, { lines }) => sum + sumOf(lines, month), 0);

const said = fc.constantFrom<'settled' | 'failed' | 'returned' | 'none'>(
  'settled',
  'failed',
  'returned',
  'none',
);
const date = fc
  .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 28 }))
  .map(([offset, day]) => `${monthRange('2024-09', '2025-06')[offset]}-${String(day).padStart(2, '0')}`);
const event: fc.Arbitrary<(life: OneEnrolment) => void> = fc.oneof(
  { weight: 3, arbitrary: fc.constant((life: OneEnrolment) => run(life, 'R')) },
  { weight: 3, arbitrary: fc.boolean().map((again) => (life: OneEnrolment) => run(life, 'S', again)) },
  {
    weight: 5,
    arbitrary: fc
      .array(said, { minLength: 1, maxLength: 3 })
      .map((states) => (life: OneEnrolment) => life.answer(...states)),
  },
  { weight: 2, arbitrary: date.map((on) => (life: OneEnrolment) => life.die(on)) },
  { weight: 1, arbitrary: fc.constant((life: OneEnrolment) => life.rise()) },
  { weight: 1, arbitrary: fc.constant((life: OneEnrolment) => life.payByHand()) },
  { weight: 1, arbitrary: fc.constant((life: OneEnrolment) => life.creditLate()) },
);

describe('whatever the bank and the register say, in any order', () => {
  it('only what was received is to be given back, nothing is sent that is not owed, and the books tie', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 3, maxLength: 14 }), (events) => {
        const life = new OneEnrolment();
        run(life, 'R');
        for (const happens of events) happens(life);
        checkBooks(life);
        // Once all is answered nothing is awaited any more, and what stands is what is owed or was received.
        life.answer('settled');
        run(life, 'S');
        life.answer('settled');
        const last = life.assess('S');
        expect(last.drafts.filter(({ fen, cancelled }) => fen > 0 || cancelled)).toEqual([]);
        expect(last.proposals.filter(({ awaitedFen = 0 }) => awaitedFen > 0)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a certified death after a payment that nobody received', () => {
  const life = () => {
    const one = new OneEnrolment();
    run(one, 'R');
    return one;
  };
  const DIED = '2024-12-15';
  const month = '2025-01';

  it('failed: nothing to recover; a supplementary run takes it back and sends what is owed still', () => {
    const one = life();
    one.answer('failed');
    one.die(DIED);
    const { drafts, proposals } = one.assess('S');
    expect(drafts).toMatchObject([
      { kind: 'reissue', attempt: 2, fen: 40_000, cancelled: [{ month, fen: 10_000 }] },
    ]);
    expect(drafts[0]?.lines.map((line) => line.month)).toEqual(monthRange(FIRST, '2024-12'));
    expect(drafts[0]?.derivations[month]?.map(({ code }) => code)).toContain('stopped-death');
    expect(proposals).toMatchObject([{ month, fen: 0, awaitedFen: 10_000, cause: 'death' }]);
  });

  it('a payment that waits is left alone while part of it is owed, and taken back once nothing is', () => {
    const one = life();
    one.answer('returned');
    one.die(DIED);
    expect(one.assess('S', false).drafts).toEqual([]);
    one.die('2024-08-15');
    expect(one.assess('S', false).drafts).toMatchObject([{ kind: 'reissue', fen: 0, lines: [] }]);
  });

  it('in transit: the proposal grows once the bank says that it was credited', () => {
    const one = life();
    one.die(DIED);
    expect(one.assess('S').proposals).toMatchObject([{ month, fen: 0, awaitedFen: 10_000 }]);
    one.answer('settled');
    const { proposals } = one.assess('S');
    expect(proposals).toEqual([{ month, component: 'allowance', fen: 10_000, cause: 'death' }]);
  });

  it('failed, taken back, and credited after all: the whole of it is to be given back', () => {
    const one = life();
    one.answer('failed');
    one.die('2024-08-15');
    run(one, 'S');
    one.creditLate();
    const { proposals, drafts } = one.assess('S');
    expect(drafts.flatMap(({ recoveries }) => recoveries)).toHaveLength(5);
    expect(proposals.reduce((sum, { fen }) => sum + fen, 0)).toBe(50_000);
  });

  it('the death is withdrawn after it was taken back: the months are owed again, as arrears', () => {
    const one = life();
    one.answer('failed');
    one.die(DIED);
    run(one, 'S');
    one.rise();
    const { drafts, proposals } = one.assess('S');
    expect(drafts).toMatchObject([{ kind: 'difference', attempt: 1, lines: [{ month, kind: 'arrears' }] }]);
    expect(proposals).toEqual([]);
  });
});
