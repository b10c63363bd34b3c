import { takeInOrder } from '../budget/apportion.ts';
import { available, type Budget } from '../budget/budget.ts';
import { type FundingRule, splitByLevel } from '../budget/funding-rule.ts';
import { FUNDING_LEVELS, type FundingLevel } from '../budget/line.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';

/** What a level would have to pay more this year, and what its lines have left. Fen. */
export type LevelNeed = {
  readonly level: FundingLevel;
  readonly needed: Fen;
  readonly available: Fen;
  /** What is missing; 0 when there is enough. */
  readonly short: Fen;
};

/** The cost of a proposal beside the budget of the year. */
export type CostByLevel = {
  readonly cost: Fen;
  readonly levels: readonly LevelNeed[];
  /** What no line has money for: of lines drawn in order, what is left over after the last. */
  readonly short: Fen;
};

/**
 * Divides what a proposal costs this year by the levels as a run would draw it: by shares where policy sets them, else the lines in
 * their order. A proposal that saves money draws none.
 */
export function costByLevel(cost: Fen, budget: Budget, rule: FundingRule): CostByLevel {
  const left = available(budget);
  const linesOf = (level: FundingLevel) => budget.lines.filter((line) => line.level === level);
  const holds = (level: FundingLevel): Fen =>
    sumFen(linesOf(level).map(({ line }) => fen(Math.max(0, left[line] ?? 0))));
  const wanted = fen(Math.max(0, cost));
  const needs = new Map<FundingLevel, Fen>();
  let short = 0;
  if (rule.mode === 'split') for (const [level, need] of splitByLevel(rule, wanted)) needs.set(level, need);
  else {
    const drawn = takeInOrder(
      budget.lines.map(({ line }) => line),
      left,
      wanted,
    );
    short = drawn.short;
    for (const { level, line } of budget.lines)
      needs.set(level, fen((needs.get(level) ?? 0) + (drawn.taken[line] ?? 0)));
  }
  const levels = FUNDING_LEVELS.filter((level) => needs.has(level) || linesOf(level).length > 0).map(
    (level) => {
      const [needed, has] = [needs.get(level) ?? ZERO, holds(level)];
      return { level, needed, available: has, short: fen(Math.max(0, needed - has)) };
    },
  );
  const missing = rule.mode === 'split' ? sumFen(levels.map((each) => each.short)) : fen(short);
  return { cost, levels, short: missing };
}
