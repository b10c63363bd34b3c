// Goal: what is ordered back is spent until it is paid in; then it frees the line of the year, and of a closed year it is the treasury's.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { available, type Budget, reserve, restate } from '../../../domain/budget/budget.ts';
import { lastDayOf } from '../../../domain/budget/fiscal-year.ts';
import { confirmYearEnd, netSpent, proposeYearEnd, restateCarried } from '../../../domain/budget/year-end.ts';
import { givenBackOf, latestAttempts, owedOf } from '../../../domain/ledger/attempts.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { addUse, isOutdated, UNUSED, useOf } from '../../../functions/run/restate-budget.ts';
import { balance, happens, OrderedBack } from '../../domain/recovery/ordered-back.ts';
import { value } from '../run/office.ts';

it('whatever happens: what is used, still owed and free again is what was accrued, and a later count never looks older', () => {
  fc.assert(
    fc.property(fc.array(happens, { minLength: 4, maxLength: 16 }), (events) => {
      const life = new OrderedBack();
      life.release(life.assess('R'));
      let before = UNUSED;
      for (const event of events) {
        event(life);
        const { attempts } = life;
        const use = attempts.map(useOf).reduce(addUse, UNUSED);
        const accrued = sumFen(
          attempts.filter(({ attempt }) => attempt === 1).map(({ release }) => release.fen),
        );
        const waiting = latestAttempts(attempts).filter(({ state }) => state !== 'settled');
        expect(accrued - use.reversed - use.settled).toBe(sumFen(waiting.map(owedOf)));
        // Spent is what left the account and the treasury did not get back; paid in and returned by the bank on top, it is not spent twice.
        const twice = attempts.filter(({ state }) => state === 'returned').map(givenBackOf);
        const kept = 0 - balance(life, 'clearing') - balance(life, 'appropriation');
        expect(use.settled).toBe(kept + sumFen(twice));
        expect(isOutdated(use, before)).toBe(false);
        // As the budget shows it.
        before = {
          settled: use.settled,
          reversed: 0,
          returned: (use.returned ?? 0) + (use.recovered ?? 0),
          surrendered: (use.surrendered ?? 0) + (use.recovered ?? 0),
        };
      }
    }),
    { numRuns: 100 },
  );
});

const RUN = '110199.high-age.2026-12.R.1';
const budgetOf = (fiscalYear: string): Budget => ({
  jurisdiction: '110199',
  programme: 'high-age',
  fiscalYear,
  lines: [{ line: 'district', level: 'district', fund: 'general', appropriated: fen(10_000) }],
  runs: {},
});
const paid = () => restate(value(reserve(budgetOf('2026'), RUN, fen(8_000))), RUN, fen(8_000), fen(8_000));
/** 3,000 of 8,000 settled are paid in. */
const FACTS = { approved: fen(5_000), settled: fen(5_000), returned: fen(3_000), surrendered: fen(3_000) };

it('within the year it frees the line', () => {
  expect(available(paid())).toEqual({ district: 2_000 });
  const after = restate(paid(), RUN, FACTS.approved, FACTS.settled, FACTS);
  expect(available(after)).toEqual({ district: 5_000 });
  expect(netSpent(after.runs[RUN])).toBe(5_000);
});

it('of a closed year it is the treasury’s: no line of the year after gains or loses by it', () => {
  const facts = { days: lastDayOf('2026'), openRuns: [], earlierOpen: false };
  const stamp = (by: string) => ({ by, at: '2027-01-08T02:00:00.000Z', today: '2027-01-08' });
  const proposed = value(
    proposeYearEnd(paid(), { surplus: 'lapsed', except: [] }, facts, stamp('finance-1')),
  );
  const closed = value(
    confirmYearEnd(proposed, proposed.closing?.proposedAt ?? '', facts, stamp('finance-2')),
  );
  const next = restateCarried(budgetOf('2027'), [closed], RUN, FACTS);
  const left = Object.values(available(next)).reduce((sum, amount) => sum + amount, 0);
  expect(left).toBe(10_000);
  // The years together have spent what the payees kept.
  expect(netSpent(closed.runs[RUN]) + netSpent(next.runs[RUN])).toBe(5_000);
  expect(restateCarried(next, [closed], RUN, FACTS)).toEqual(next);
});
