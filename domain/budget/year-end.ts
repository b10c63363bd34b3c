import type { Instant, PlainDate } from '../calendar.ts';
import type { RunId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import { invariant, ok, type Result, refusal, refuse } from '../result.ts';
import { addLines, apportion, type ByLine, less, takeInOrder, totalOf, within } from './apportion.ts';
import { available, type Budget, type RunUse, type YearEndPlan, yearClosed } from './budget.ts';
import type { YearEndDays } from './fiscal-year.ts';
import type { BudgetLine, LineAct } from './line.ts';
import { CARRIED } from './line-acts.ts';

/**
 * 年终结账. One person proposes, another confirms. What runs are still owed goes to the year after on lines named after the old ones,
 * and so does the surplus or it is given up, line by line; the lines of the closed year then hold exactly what was spent. Whatever
 * the ledger learns later about its runs is written to the year after: a closed year never changes.
 */
type Stamp = { readonly by: string; readonly at: Instant; readonly today: PlainDate };
type Facts = {
  readonly days: YearEndDays;
  /** Runs that use this budget and are not closed. */
  readonly openRuns: readonly RunId[];
  /** The year before has lines and is open. */
  readonly earlierOpen: boolean;
};

/**
 * Refusals: `conflict/budget-closed`, `conflict/before-last-pay-day`, `conflict/runs-open`, `conflict/earlier-year-open`,
 * `missing/budget`, `missing/budget-line`.
 */
export function proposeYearEnd(
  budget: Budget,
  plan: YearEndPlan,
  facts: Facts,
  stamp: Stamp,
): Result<Budget> {
  const checked = mayClose(budget, facts, stamp.today);
  if (!checked.ok) return checked;
  const unknown = plan.except.find((name) => !budget.lines.some(({ line }) => line === name));
  if (unknown !== undefined)
    return refuse(
      refusal('missing/budget-line', `没有指标“${unknown}”`, `there is no budget line "${unknown}"`, {
        line: unknown,
      }),
    );
  const { surplus, except } = plan;
  const same =
    budget.closing?.surplus === surplus &&
    budget.closing.proposedBy === stamp.by &&
    budget.closing.except.join() === except.join();
  if (same) return ok(budget);
  return ok({ ...budget, closing: { surplus, except, proposedBy: stamp.by, proposedAt: stamp.at } });
}

/**
 * Closes the year. Refusals: as above, `conflict/no-proposal`, `forbidden/four-eyes`, `conflict/proposal-changed`; again by the same
 * person changes nothing.
 *
 * @param proposedAt names the proposal that was read: another may have taken its place since
 */
export function confirmYearEnd(
  budget: Budget,
  proposedAt: Instant,
  facts: Facts,
  stamp: Stamp,
): Result<Budget> {
  if (budget.closed?.confirmedBy === stamp.by) return ok(budget);
  const checked = mayClose(budget, facts, stamp.today);
  if (!checked.ok) return checked;
  const { closing, ...open } = budget;
  if (!closing)
    return refuse(
      refusal(
        'conflict/no-proposal',
        '尚无年终结账申请：请先由一人提出',
        'nobody has proposed to close the year yet',
      ),
    );
  if (closing.proposedBy === stamp.by)
    return refuse(
      refusal(
        'forbidden/four-eyes',
        '年终结账须由提出人以外的另一人确认',
        'another person than the one who proposed it confirms the close of a year',
      ),
    );
  if (closing.proposedAt !== proposedAt)
    return refuse(
      refusal(
        'conflict/proposal-changed',
        '年终结账申请已更换：请重新阅读后再确认',
        'another proposal has taken the place of the one that was read: read it before confirming',
        { proposedAt: closing.proposedAt },
      ),
    );
  const surplus = available(budget);
  const owed = addLines(...Object.values(budget.runs).map(({ reserved }) => reserved));
  const acts = budget.lines.flatMap(({ line }) => {
    const left = surplus[line] ?? fen(0);
    const lapses = (closing.surplus === 'lapsed') !== closing.except.includes(line);
    const carried = fen((owed[line] ?? 0) + (lapses ? 0 : left));
    return [
      ...actOf('carried-out', line, fen(0 - carried), stamp),
      ...(lapses ? actOf('lapsed', line, fen(0 - left), stamp) : []),
    ];
  });
  const change = (name: string) =>
    acts.filter(({ line }) => line === name).reduce((sum, act) => sum + act.fen, 0);
  return ok({
    ...open,
    lines: budget.lines.map((line) => ({
      ...line,
      appropriated: fen(line.appropriated + change(line.line)),
    })),
    runs: Object.fromEntries(Object.entries(budget.runs).map(([run, use]) => [run, frozen(use)])),
    acts: [...(budget.acts ?? []), ...acts],
    closed: { ...closing, confirmedBy: stamp.by, confirmedAt: stamp.at },
  });
}

const frozen = (use: RunUse): RunUse =>
  totalOf(use.reserved) === 0 ? use : { ...use, reserved: {}, owed: use.reserved };

function actOf(kind: LineAct['kind'], line: string, amount: Fen, { by, at, today }: Stamp): LineAct[] {
  return amount === 0 ? [] : [{ id: `year-end:${kind}:${line}`, kind, line, fen: amount, on: today, by, at }];
}

function mayClose(budget: Budget, { days, openRuns, earlierOpen }: Facts, today: PlainDate): Result<true> {
  const { fiscalYear } = budget;
  if (budget.closed) return refuse(yearClosed(budget));
  if (budget.lines.length === 0)
    return refuse(
      refusal('missing/budget', `${fiscalYear} 年度没有预算指标`, `there is no budget for ${fiscalYear}`, {
        fiscalYear,
      }),
    );
  if (today <= days.lastPayDay)
    return refuse(
      refusal(
        'conflict/before-last-pay-day',
        `最后发放日 ${days.lastPayDay} 过后才能结账`,
        `the year is closed after its last pay day, ${days.lastPayDay}`,
        { lastPayDay: days.lastPayDay },
      ),
    );
  const [run] = openRuns;
  if (run !== undefined)
    return refuse(
      refusal(
        'conflict/runs-open',
        `批次 ${run} 尚未关账：请先发放并关账，或作废、重新核算`,
        `run ${run} is not closed: send and close it first, or void it or compute it again`,
        { runId: run, openRuns: openRuns.length },
      ),
    );
  if (!earlierOpen) return ok(true);
  return refuse(
    refusal(
      'conflict/earlier-year-open',
      '上一年度尚未结账：请按年度先后办理',
      'the year before is not closed yet: close the years in order',
    ),
  );
}

const carriedNameOf = ({ line, carriedFrom }: BudgetLine): string =>
  carriedFrom ? line : `${line}${CARRIED}`;

/** Brings what a closed year carried out into the year after; again changes nothing. */
export function carryIn(next: Budget, closed: Budget): Budget {
  invariant(closed.closed, `${closed.fiscalYear} is not closed`);
  if (next.closed || next.carriedIn === closed.fiscalYear) return next;
  const { confirmedAt: at, confirmedBy: by } = closed.closed;
  const out = (closed.acts ?? []).filter(({ kind }) => kind === 'carried-out');
  const lines = carriedLines(
    closed,
    out.map(({ line }) => line),
  );
  const names = carriedNames(closed);
  const sums = renamed(addLines(...out.map(({ line, fen: amount }) => ({ [line]: fen(0 - amount) }))), names);
  const on = out[0]?.on ?? `${next.fiscalYear}-01-01`;
  const acts = Object.entries(sums).map(
    ([line, amount]): LineAct => ({
      id: `carried-in:${closed.fiscalYear}:${line}`,
      kind: 'carried-in',
      line,
      fen: amount,
      on,
      by,
      at,
    }),
  );
  const runs = Object.entries(closed.runs).flatMap(([run, { owed }]) =>
    owed ? [[run, { reserved: renamed(owed, names), spent: {}, carried: true }] as const] : [],
  );
  return {
    ...next,
    carriedIn: closed.fiscalYear,
    lines: [...lines.map((line) => ({ ...line, appropriated: sums[line.line] ?? fen(0) })), ...next.lines],
    runs: { ...next.runs, ...Object.fromEntries(runs) },
    acts: [...(next.acts ?? []), ...acts],
  };
}

/** The lines that carry those of a closed year, each name once: a line that was carried before keeps its name. */
function carriedLines(closed: Budget, names: readonly string[]): BudgetLine[] {
  const lines = new Map<string, BudgetLine>();
  for (const line of closed.lines) {
    const name = carriedNameOf(line);
    if (!names.includes(line.line) || lines.has(name)) continue;
    const carriedFrom = { fiscalYear: closed.fiscalYear, line: line.line };
    lines.set(name, { ...line, line: name, appropriated: fen(0), carriedFrom });
  }
  return [...lines.values()];
}

const carriedNames = ({ lines }: Budget): ReadonlyMap<string, string> =>
  new Map(lines.map((line) => [line.line, carriedNameOf(line)]));

/** Amounts under the names of the year after; two lines may come to one name. */
const renamed = (amounts: ByLine, names: ReadonlyMap<string, string>): ByLine =>
  addLines(...Object.entries(amounts).map(([line, amount]) => ({ [names.get(line) ?? line]: amount })));

/** What became of the payments of a run over all its years, read from the ledger now; absolute, in fen. */
export type RunFacts = {
  /** Approved and still owed or paid: less what is no longer owed. */
  readonly approved: Fen;
  readonly settled: Fen;
  readonly returned: Fen;
  readonly surrendered: Fen;
};

/** Settled and not come back, in this year's books. */
export const netSpent = (use: RunUse | undefined): Fen =>
  fen(totalOf(use?.spent) - (use?.carried ? totalOf(use.returned) : 0));

/**
 * Restates a run of closed years in the open one: what settled since the close is spent, what came back since adds to the line that
 * carries its year (结转), what was surrendered lowers it, and what is still owed stays reserved.
 *
 * @param closed the run's years that are closed, oldest first; the last is the year before `next`
 */
export function restateCarried(next: Budget, closed: readonly Budget[], run: RunId, facts: RunFacts): Budget {
  const last = closed.at(-1);
  invariant(last, `${run} has no closed year`);
  if (next.closed) return next;
  const uses = closed.map(({ runs }) => runs[run]);
  if (uses.every((use) => use === undefined)) return next;
  const sum = (part: (use: RunUse | undefined) => number) =>
    uses.reduce((total, use) => total + part(use), 0);
  const since = (now: number, before: number): Fen => fen(Math.max(0, now - before));
  const returned = since(
    facts.returned,
    sum((use) => totalOf(use?.returned)),
  );
  const surrendered = since(
    facts.surrendered,
    sum((use) => totalOf(use?.surrendered)),
  );
  const settled = since(
    facts.settled + facts.returned,
    sum((use) => netSpent(use) + totalOf(use?.returned)),
  );
  const owed = renamed(uses.at(-1)?.owed ?? {}, carriedNames(last));
  const paid = uses.map((use, index) => renamed(use?.spent ?? {}, carriedNames(closed[index] ?? last)));
  const weights = addLines(owed, ...paid);
  const budget = withLines(carryIn(next, last), closed, returned > 0 ? Object.keys(weights) : []);
  const order = budget.lines.map(({ line }) => line);
  const back =
    totalOf(weights) === 0
      ? {}
      : apportion(
          returned,
          order.map((line) => [line, weights[line] ?? 0]),
        );
  const own = addLines(owed, back);
  const names = order.filter((line) => own[line] !== undefined);
  const { [run]: _mine, ...others } = budget.runs;
  const room = addLines(available({ ...budget, runs: others }), back);
  const [given = {}, spent = {}, reserved = {}] = placed(own, room, names, [
    surrendered,
    settled,
    facts.approved - facts.settled,
  ]);
  const use: RunUse = {
    reserved,
    spent,
    carried: true,
    ...(totalOf(back) > 0 && { returned: back }),
    ...(totalOf(given) > 0 && { surrendered: given }),
  };
  const untouched = totalOf(own) === 0 && budget.runs[run] === undefined;
  return untouched ? next : { ...budget, runs: { ...budget.runs, [run]: use } };
}

/** Takes one amount after the other from what is the run's own, and from where there is room for it. */
function placed(own: ByLine, room: ByLine, lines: readonly string[], amounts: readonly number[]): ByLine[] {
  let [mine, left] = [own, room];
  return amounts.map((amount) => {
    const wanted = takeInOrder(lines, mine, amount).taken;
    const kept = within(left, lines, wanted);
    [mine, left] = [less(mine, wanted), less(left, kept)];
    return kept;
  });
}

/** Money comes back of a line of which nothing was left at the close: it gets a place in the open year now. */
function withLines(budget: Budget, closed: readonly Budget[], names: readonly string[]): Budget {
  const known = new Set(budget.lines.map(({ line }) => line));
  const missing = closed
    .flatMap((year) =>
      carriedLines(
        year,
        year.lines.map(({ line }) => line),
      ),
    )
    .filter(({ line }, index, all) => {
      const first = all.findIndex((other) => other.line === line) === index;
      return first && names.includes(line) && !known.has(line);
    });
  return missing.length === 0 ? budget : { ...budget, lines: [...missing, ...budget.lines] };
}
