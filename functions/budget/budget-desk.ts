import type { Budget, YearEndPlan } from '../../domain/budget/budget.ts';
import { daysOf, lastDayOf, type YearEndDays } from '../../domain/budget/fiscal-year.ts';
import { type LineRequest, recordLineAct } from '../../domain/budget/line-acts.ts';
import { carryIn, confirmYearEnd, proposeYearEnd } from '../../domain/budget/year-end.ts';
import type { Instant } from '../../domain/calendar.ts';
import type { RunId } from '../../domain/ids.ts';
import { yearEndRule } from '../../domain/policy/budget-options.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { BudgetKey } from '../adapters/budget-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RunStores } from '../run/ports.ts';

export type BudgetPorts = Pick<RunStores, 'budgets' | 'runs' | 'clock'> & {
  readonly policies: Pick<PolicyStore, 'freeze'>;
};

/** What the finance bureau does to the budget of one programme and year. */
export type BudgetDesk = {
  recordBudgetAct: (key: BudgetKey, request: Omit<LineRequest, 'at'>) => Promise<Result<Budget>>;
  proposeYearEnd: (key: BudgetKey, plan: YearEndPlan, by: string) => Promise<Result<Budget>>;
  /** Closes the year and brings what is left into the year after. */
  confirmYearEnd: (key: BudgetKey, proposedAt: Instant, by: string) => Promise<Result<Budget>>;
};

export function budgetDesk(ports: BudgetPorts): BudgetDesk {
  return {
    recordBudgetAct: (key, request) =>
      ports.budgets.change(key, (budget) => recordLineAct(budget, { ...request, at: ports.clock.now() })),
    proposeYearEnd: async (key, plan, by) => {
      const days = await daysAsked(ports, key);
      if (!days.ok) return days;
      return ports.budgets.change(key, async (budget) =>
        proposeYearEnd(budget, plan, await factsOf(ports, budget, days.value), stampOf(ports, by)),
      );
    },
    confirmYearEnd: async (key, proposedAt, by) => {
      const days = await daysAsked(ports, key);
      if (!days.ok) return days;
      const closed = await ports.budgets.change(key, async (budget) =>
        confirmYearEnd(budget, proposedAt, await factsOf(ports, budget, days.value), stampOf(ports, by)),
      );
      if (closed.ok) await bringForward(ports, closed.value);
      return closed;
    },
  };
}

const stampOf = ({ clock }: Pick<BudgetPorts, 'clock'>, by: string) => ({
  by,
  at: clock.now(),
  today: clock.today(),
});

/** The days that policy sets for the year, as known today; else its last one. */
async function daysAsked(
  { policies, clock }: Pick<BudgetPorts, 'policies' | 'clock'>,
  { jurisdiction, programme, fiscalYear }: BudgetKey,
): Promise<Result<YearEndDays>> {
  const frozen = await policies.freeze();
  if (!frozen.ok) return frozen;
  const scope = { jurisdiction, programme, knownOn: clock.today() };
  const rule = yearEndRule(frozen.value.book, scope, `${fiscalYear}-12`);
  if (!rule.ok) return rule;
  return ok(rule.value ? daysOf(rule.value, fiscalYear) : lastDayOf(fiscalYear));
}

const OPENING = 'opening.';

/** Runs of the budget that are not closed; what an opening stated as used belongs to the opening run. */
async function factsOf(ports: Pick<BudgetPorts, 'budgets' | 'runs'>, budget: Budget, days: YearEndDays) {
  const own = Object.entries(budget.runs).flatMap(([holder, { carried }]) =>
    carried ? [] : [holder.startsWith(OPENING) ? holder.slice(OPENING.length) : holder],
  );
  const openRuns: RunId[] = [];
  for (const runId of new Set(own))
    if ((await ports.runs.load(runId))?.state !== 'closed') openRuns.push(runId);
  const before = await ports.budgets.load({ ...budget, fiscalYear: yearFrom(budget, -1) });
  return {
    days,
    openRuns: openRuns.sort(),
    earlierOpen: before.budget.lines.length > 0 && !before.budget.closed,
  };
}

const yearFrom = ({ fiscalYear }: Pick<Budget, 'fiscalYear'>, years: number): string =>
  String(Number(fiscalYear) + years);

/** Brings a closed year into the year after; again changes nothing. The sweeper makes up for a crash. */
async function bringForward(ports: Pick<BudgetPorts, 'budgets'>, closed: Budget): Promise<void> {
  const { jurisdiction, programme } = closed;
  const next = { jurisdiction, programme, fiscalYear: yearFrom(closed, 1) };
  await ports.budgets.change(next, (budget) => ok(carryIn(budget, closed)));
}

/** Years that were closed, and whose rest did not come into the year after because its writer died: the last one, or this one. */
export async function sweepYearEnds(
  ports: Pick<BudgetPorts, 'budgets' | 'clock'>,
  { jurisdiction, programme }: Pick<BudgetKey, 'jurisdiction' | 'programme'>,
): Promise<number> {
  const thisYear = { fiscalYear: ports.clock.today().slice(0, 4) };
  const load = async (years: number) => {
    const fiscalYear = yearFrom(thisYear, years);
    return (await ports.budgets.load({ jurisdiction, programme, fiscalYear })).budget;
  };
  const [last, current, next] = await Promise.all([load(-1), load(0), load(1)]);
  let mended = 0;
  for (const [closed, after] of [
    [last, current],
    [current, next],
  ] as const) {
    if (!closed.closed || after.carriedIn === closed.fiscalYear) continue;
    await bringForward(ports, closed);
    mended += 1;
  }
  return mended;
}
