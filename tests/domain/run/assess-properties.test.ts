import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../domain/calendar.ts';
import { fen } from '../../../domain/money.ts';
import type { AccruedLine } from '../../../domain/programmes/differences.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import { due, fact } from '../programmes/samples.ts';
import { caseOf, drafts, manifest, one } from './cases.ts';

const FIRST = '2025-01';
const LAST = '2026-06';
const PLACE = '110000';
const at = (month: string, round = 'R') =>
  manifest({ jurisdiction: PLACE, period: month, round, months: round === 'R' ? [month] : [] });

const pad = (value: number) => String(value).padStart(2, '0');
const dates = (from: number, to: number) =>
  fc
    .tuple(
      fc.integer({ min: from, max: to }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 28 }),
    )
    .map(([year, month, day]) => `${year}-${pad(month)}-${pad(day)}`);
const life: fc.Arbitrary<Fact[]> = fc
  .record({
    birth: dates(1925, 1947),
    applied: dates(2019, 2026),
    died: fc.option(dates(2025, 2026), { nil: undefined }),
    custody: fc.option(dates(2025, 2026), { nil: undefined }),
  })
  .map(({ birth, applied, died, custody }) => [
    fact('birth-date', birth),
    fact('application', applied),
    ...(died === undefined ? [] : [fact('death-certified', died)]),
    ...(custody === undefined ? [] : [fact('custody', custody, 'custody')]),
  ]);
const accruals: fc.Arbitrary<AccruedLine[]> = fc.array(
  fc.record({
    month: fc.nat({ max: 17 }).map((offset) => addMonths(FIRST, offset)),
    component: fc.constant('allowance'),
    fen: fc.integer({ min: 1, max: 60_000 }).map(fen),
  }),
  { maxLength: 10 },
);
const sum = (list: readonly { readonly fen: number }[]) =>
  list.reduce((total, { fen: amount }) => total + amount, 0);
const moved = (list: readonly Draft[]) => ({
  paid: sum(list.flatMap((draft) => draft.lines)),
  overpaid: sum(list.flatMap((draft) => draft.recoveries)),
});
const owed = (facts: Fact[], from: string, to: string) =>
  monthRange(from, to).reduce((total, month) => total + due(PLACE, facts, month), 0);

describe('whatever the facts and the accruals', () => {
  it('what is paid less what is to be recovered is what is owed less what was accrued', () => {
    fc.assert(
      fc.property(life, accruals, fc.constantFrom('R', 'S1'), (facts, accrued, round) => {
        const list = drafts(at(LAST, round), caseOf(PLACE, facts, { accrued }));
        const { paid, overpaid } = moved(list);
        expect(paid - overpaid).toBe(owed(facts, '2019-10', LAST) - sum(accrued));
        for (const draft of list) {
          expect(draft.fen).toBe(sum(draft.lines));
          expect([...draft.lines, ...draft.recoveries].every(({ fen: amount }) => amount > 0)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('paying what a run says leaves nothing for a supplementary run', () => {
    fc.assert(
      fc.property(life, accruals, (facts, accrued) => {
        const list = drafts(at(LAST), caseOf(PLACE, facts, { accrued }));
        const lines = list.flatMap((draft) => [...draft.lines]);
        const back = list
          .flatMap((draft) => [...draft.recoveries])
          .map((recovery) => ({ ...recovery, fen: fen(0 - recovery.fen) }));
        const settled = caseOf(PLACE, facts, { accrued: [...accrued, ...lines, ...back] });
        expect(drafts(at(LAST, 'S1'), settled)).toEqual([]);
        // Before anything is recovered the proposals stand, and nobody is paid twice.
        const again = drafts(at(LAST, 'S1'), caseOf(PLACE, facts, { accrued: [...accrued, ...lines] }));
        expect(moved(again)).toEqual({ paid: 0, overpaid: moved(list).overpaid });
      }),
      { numRuns: 60 },
    );
  });

  it('months paid one by one come to the same as all at once', () => {
    fc.assert(
      fc.property(life, (facts) => {
        const accrued: AccruedLine[] = [];
        for (const month of monthRange(FIRST, LAST)) {
          for (const draft of drafts(at(month), caseOf(PLACE, facts, { accrued })))
            accrued.push(...draft.lines);
        }
        const whole = moved(drafts(at(LAST), caseOf(PLACE, facts, {})));
        expect(sum(accrued)).toBe(whole.paid);
        expect(whole.overpaid).toBe(0);
      }),
      { numRuns: 12 },
    );
  });

  it('who is unchanged gets the same draft whether or not the past is looked at', () => {
    fc.assert(
      fc.property(life, fc.nat({ max: 17 }), (facts, offset) => {
        const month = addMonths(FIRST, offset);
        const accrued = monthRange('2019-10', addMonths(month, -1))
          .map((earlier) => ({
            month: earlier,
            component: 'allowance',
            fen: fen(due(PLACE, facts, earlier)),
          }))
          .filter((line) => line.fen > 0);
        const previousFen = fen(due(PLACE, facts, addMonths(month, -1)));
        const looked = caseOf(PLACE, facts, { accrued, previousFen });
        const { accrued: _none, ...unlooked } = looked;
        expect(drafts(at(month), unlooked)).toEqual(drafts(at(month), looked));
      }),
      { numRuns: 60 },
    );
  });

  it('a month on hold is in no line; let go, it is paid in full and named', () => {
    fc.assert(
      fc.property(fc.nat({ max: 17 }), (offset) => {
        const facts = [fact('birth-date', '1940-03-05'), fact('application', '2020-03-05')];
        const month = addMonths(FIRST, offset);
        const held = drafts(at(LAST), caseOf(PLACE, facts, { heldMonths: new Set([month]) }));
        const paid = held.flatMap((draft) => [...draft.lines]);
        expect(paid.some((line) => line.month === month)).toBe(false);
        const next = addMonths(LAST, 1);
        const draft = one(at(next), caseOf(PLACE, facts, { accrued: paid, releasedMonths: [month] }));
        expect(draft.lines.map((line) => [line.month, line.fen, line.cause])).toEqual([
          [month, 10000, 'hold-lifted'],
          [next, 10000, undefined],
        ]);
      }),
      { numRuns: 18 },
    );
  });
});
