import type { JurisdictionCode, ProgrammeId, RunId } from './ids.ts';
import { type Fen, fen, sumFen, toYuan } from './money.ts';
import { ok, type Result, refusal, refuse } from './result.ts';

/**
 * Budget (预算指标) of one programme and fiscal year: lines by funding level and fund kind in the order they are drawn. What a run
 * uses is kept per run as absolute figures, so that writing it twice changes nothing.
 */
export const FUNDING_LEVELS = ['central', 'provincial', 'city', 'district'] as const;
export const FUND_KINDS = ['general', 'lottery', 'donation'] as const;
export type BudgetLine = {
  readonly line: string;
  readonly level: (typeof FUNDING_LEVELS)[number];
  readonly fund: (typeof FUND_KINDS)[number];
  readonly appropriated: Fen;
};

/** Per line, in fen. `reserved` is owed by an approved run; `spent` is settled. */
export type RunUse = {
  readonly reserved: Readonly<Record<string, Fen>>;
  readonly spent: Readonly<Record<string, Fen>>;
};

export type Budget = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly fiscalYear: string;
  readonly lines: readonly BudgetLine[];
  readonly runs: Readonly<Record<RunId, RunUse>>;
};

/** Appropriated less everything reserved or spent, per line. */
export function available(budget: Budget): Record<string, Fen> {
  const left: Record<string, Fen> = {};
  for (const { line, appropriated } of budget.lines) {
    const used = Object.values(budget.runs).map((use) => (use.reserved[line] ?? 0) + (use.spent[line] ?? 0));
    left[line] = fen(appropriated - used.reduce((sum, amount) => sum + amount, 0));
  }
  return left;
}

/** Takes an amount from the lines in their order. Undefined when they do not hold enough. */
function draw(
  lines: readonly BudgetLine[],
  left: Readonly<Record<string, Fen>>,
  amount: Fen,
): Record<string, Fen> | undefined {
  const drawn: Record<string, Fen> = {};
  let open: number = amount;
  for (const { line } of lines) {
    const take = Math.max(0, Math.min(open, left[line] ?? 0));
    if (take > 0) drawn[line] = fen(take);
    open -= take;
  }
  return open === 0 ? drawn : undefined;
}

/**
 * Reserves for a run at its last signature; a second time with the same amount changes nothing. Nor does a repetition that comes so
 * late that the run has spent already: from then on only the ledger restates its use.
 */
export function reserve(budget: Budget, run: RunId, amount: Fen): Result<Budget> {
  const { [run]: mine, ...others } = budget.runs;
  const hasSpent = mine !== undefined && Object.keys(mine.spent).length > 0;
  if (mine && (hasSpent || sumFen(Object.values(mine.reserved)) === amount)) return ok(budget);
  const left = available({ ...budget, runs: others });
  const reserved = draw(budget.lines, left, amount);
  if (!reserved) {
    const total = toYuan(sumFen(Object.values(left)));
    return refuse(
      refusal(
        'limit/budget',
        `${budget.fiscalYear} 年度预算指标可用 ${total} 元，不足以批准 ${toYuan(amount)} 元`,
        `the ${budget.fiscalYear} budget has ${total} yuan available, not the ${toYuan(amount)} yuan of this run`,
        { available: total, needed: toYuan(amount) },
      ),
    );
  }
  return ok({ ...budget, runs: { ...others, [run]: { reserved, spent: {} } } });
}

/** Gives back what a run reserved that is not going to be paid. */
export function release(budget: Budget, run: RunId): Budget {
  const { [run]: mine, ...others } = budget.runs;
  return mine && Object.keys(mine.spent).length === 0 ? { ...budget, runs: others } : budget;
}

/**
 * Restates a run's use from the ledger: `settled` fen are spent, the rest of what was approved stays reserved because it is still
 * owed (failed or returned). Drawn in line order, so that restating is idempotent.
 */
export function restate(budget: Budget, run: RunId, approved: Fen, settledFen: Fen): Budget {
  const mine = budget.runs[run];
  if (!mine) return budget;
  const whole: Record<string, Fen> = {};
  for (const { line } of budget.lines) {
    const amount = (mine.reserved[line] ?? 0) + (mine.spent[line] ?? 0);
    if (amount > 0) whole[line] = fen(amount);
  }
  const spent = draw(budget.lines, whole, settledFen) ?? whole;
  const reserved: Record<string, Fen> = {};
  let open = approved - settledFen;
  for (const { line } of budget.lines) {
    const take = Math.max(0, Math.min(open, (whole[line] ?? 0) - (spent[line] ?? 0)));
    if (take > 0) reserved[line] = fen(take);
    open -= take;
  }
  return { ...budget, runs: { ...budget.runs, [run]: { reserved, spent } } };
}

/**
 * Sets the lines of a budget; an appropriation is never set below what is already reserved or spent, and no two lines share a name,
 * because use is kept by name and the same money would be drawn twice.
 */
export function setLines(budget: Budget, lines: readonly BudgetLine[]): Result<Budget> {
  const twice = lines.find(({ line }, index) => lines.findIndex((other) => other.line === line) !== index);
  if (twice) {
    return refuse(
      refusal(
        'invalid/budget-line',
        `指标“${twice.line}”重复：每个指标名称只能出现一次，请合并或改名`,
        `budget line "${twice.line}" is there twice: merge the two or rename one`,
        { line: twice.line },
      ),
    );
  }
  const next: Budget = { ...budget, lines };
  const known = new Set(lines.map((line) => line.line));
  const short = Object.entries(available(next)).find(([, left]) => left < 0);
  const dropped = budget.lines.find(
    ({ line }) =>
      !known.has(line) && Object.values(budget.runs).some((use) => use.reserved[line] || use.spent[line]),
  );
  if (short || dropped) {
    const line = short?.[0] ?? dropped?.line ?? '';
    return refuse(
      refusal(
        'conflict/budget-in-use',
        `指标“${line}”已有批次占用，不能低于已用数`,
        `budget line "${line}" is in use and cannot go below what is used`,
        { line },
      ),
    );
  }
  return ok(next);
}
