import type { Instant } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId, RunId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { addLines, apportion, type ByLine, less, takeInOrder, totalOf, within } from './apportion.ts';
import { drawBy, type FundingRule, IN_ORDER } from './funding-rule.ts';
import type { BudgetLine, LineAct } from './line.ts';

/**
 * Budget (预算指标) of one programme and fiscal year: lines by funding level and fund kind in the order they are drawn. What a run
 * uses is kept per run as absolute figures, so that writing it twice changes nothing.
 */

/** What a run uses, per line, in fen. */
export type RunUse = {
  /** Owed by an approved run. */
  readonly reserved: ByLine;
  /** Settled; what came back is not in it, except of a run of an earlier year (`carried`). */
  readonly spent: ByLine;
  /** Reserved once, and free again because it is no longer owed. */
  readonly released?: ByLine;
  /** 退回: came back after it was settled. Adds to the line of a carried run: the money is of a year that is closed. */
  readonly returned?: ByLine;
  /** 上缴: given back to the treasury, which frees the line. Lowers that of a carried run: nobody else may spend it. */
  readonly surrendered?: ByLine;
  /** Drawn by shares: settled and owed are divided as it was drawn. */
  readonly split?: true;
  /** 上年结转: a run of an earlier year that is closed; what happened to it since. */
  readonly carried?: true;
  /** Of a closed year: still owed at the close, and carried to the year after. */
  readonly owed?: ByLine;
};

/** 年终结账: two people decide on what is left; from then on nothing of the year changes. */
export type YearEndPlan = {
  /** What nobody is owed any more: carried over to the year after (结转), or given up (收回). */
  readonly surplus: 'carried-over' | 'lapsed';
  /** Lines for which the other is decided. */
  readonly except: readonly string[];
};
export type YearEndProposal = YearEndPlan & { readonly proposedBy: string; readonly proposedAt: Instant };
export type YearEnd = YearEndProposal & { readonly confirmedBy: string; readonly confirmedAt: Instant };

export type Budget = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly fiscalYear: string;
  readonly lines: readonly BudgetLine[];
  readonly runs: Readonly<Record<RunId, RunUse>>;
  /** Every change of an appropriation, in the order recorded. */
  readonly acts?: readonly LineAct[];
  /** The closed year that was brought in. */
  readonly carriedIn?: string;
  readonly closing?: YearEndProposal;
  readonly closed?: YearEnd;
};

/** Per line: appropriated less everything reserved or spent, with what came back of closed years. */
export function available(budget: Budget): Record<string, Fen> {
  const left: Record<string, Fen> = {};
  for (const { line, appropriated } of budget.lines) {
    let open: number = appropriated;
    for (const use of Object.values(budget.runs)) {
      open -= (use.reserved[line] ?? 0) + (use.spent[line] ?? 0);
      if (use.carried) open += (use.returned?.[line] ?? 0) - (use.surrendered?.[line] ?? 0);
    }
    left[line] = fen(open);
  }
  return left;
}

/**
 * Reserves for a run at its last signature; a second time with the same amount changes nothing. Nor does a repetition that comes so
 * late that the run has spent already: from then on only the ledger restates its use. Refusals: those of `drawBy`,
 * `conflict/budget-closed`.
 */
export function reserve(
  budget: Budget,
  run: RunId,
  amount: Fen,
  rule: FundingRule = IN_ORDER,
): Result<Budget> {
  const { [run]: mine, ...others } = budget.runs;
  const hasSpent = mine !== undefined && Object.keys(mine.spent).length > 0;
  if (mine && (hasSpent || totalOf(mine.reserved) === amount)) return ok(budget);
  if (budget.closed) return refuse(yearClosed(budget));
  const left = available({ ...budget, runs: others });
  const drawn = drawBy(rule, budget.fiscalYear, budget.lines, left, amount);
  if (!drawn.ok) return drawn;
  const use: RunUse = { reserved: drawn.value, spent: {}, ...(rule.mode === 'split' && { split: true }) };
  return ok({ ...budget, runs: { ...others, [run]: use } });
}

/** Gives back what a run reserved that is not going to be paid. */
export function release(budget: Budget, run: RunId): Budget {
  const { [run]: mine, ...others } = budget.runs;
  if (!mine || budget.closed || Object.keys(mine.spent).length > 0) return budget;
  return { ...budget, runs: others };
}

/**
 * Restates a run's use from the ledger: `settled` fen are spent, the rest of what was approved stays reserved because it is still
 * owed (failed or returned), and what is no longer owed is free. Worked out from what the run drew, so that restating is idempotent
 * and its order does not matter; never more than the lines hold. A closed year stays as it is.
 *
 * @param back all that came back after it was settled, and of what is no longer owed what the treasury got: for the report
 */
export function restate(
  budget: Budget,
  run: RunId,
  approved: Fen,
  settled: Fen,
  back: { readonly returned?: number; readonly surrendered?: number } = {},
): Budget {
  const mine = budget.runs[run];
  if (!mine || budget.closed) return budget;
  const whole = addLines(mine.reserved, mine.spent, mine.released);
  const names = budget.lines.map(({ line }) => line).filter((line) => whole[line] !== undefined);
  const divide = (of: ByLine, amount: number): ByLine => {
    const most = fen(Math.max(0, Math.min(amount, totalOf(of))));
    if (!mine.split) return takeInOrder(names, of, most).taken;
    return apportion(
      most,
      names.map((line) => [line, of[line] ?? 0]),
    );
  };
  const left = available(budget);
  const room = Object.fromEntries(
    names.map((line) => [
      line,
      fen((left[line] ?? 0) + (mine.reserved[line] ?? 0) + (mine.spent[line] ?? 0)),
    ]),
  );
  const spent = within(room, names, divide(whole, settled));
  const unspent = less(whole, spent);
  const reserved = within(less(room, spent), names, divide(unspent, approved - settled));
  const released = less(unspent, reserved);
  const spread = (amount = 0) =>
    totalOf(whole) === 0
      ? {}
      : apportion(
          fen(amount),
          names.map((line) => [line, whole[line] ?? 0]),
        );
  const [returned, surrendered] = [spread(back.returned), spread(back.surrendered)];
  const use: RunUse = {
    reserved,
    spent,
    ...(totalOf(released) > 0 && { released }),
    ...(totalOf(returned) > 0 && { returned }),
    ...(totalOf(surrendered) > 0 && { surrendered }),
    ...(mine.split && { split: true }),
  };
  return { ...budget, runs: { ...budget.runs, [run]: use } };
}

export const yearClosed = ({ fiscalYear }: Pick<Budget, 'fiscalYear'>) =>
  refusal(
    'conflict/budget-closed',
    `${fiscalYear} 年度预算已结账，不能再占用或调整：请在下一年度办理（批次请重新核算）`,
    `the ${fiscalYear} budget is closed: use the year after (a run is computed again)`,
    { fiscalYear },
  );
