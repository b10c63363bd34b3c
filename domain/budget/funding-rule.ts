import * as z from 'zod/mini';
import { type Fen, fen, sumFen, toYuan } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { type ByLine, takeInOrder } from './apportion.ts';
import { type BudgetLine, FUNDING_LEVELS, type FundingLevel, LEVEL_NAMES } from './line.ts';

/** One percent is ten thousand parts: percentages have up to four decimals. */
const PARTS_PER_PERCENT = 10_000;
const WHOLE = 100 * PARTS_PER_PERCENT;
const PERCENT = /^(?:100(?:\.0{1,4})?|\d{1,2}(?:\.\d{1,4})?)$/;
const LevelName = z.enum(FUNDING_LEVELS);

function partsOf(percent: string): number {
  const [whole = '0', decimals = ''] = percent.split('.');
  return Number(whole) * PARTS_PER_PERCENT + Number(decimals.padEnd(4, '0'));
}

/**
 * 资金分担: `order` draws the lines in their order; `split` divides by level (Σ = 100 % exactly), cuts every share to whole fen and
 * gives what is left over to the level named by `remainder`. Within a level lines are drawn in their order. A level that has not
 * enough refuses, unless `fallback` names the level that pays instead.
 */
export const FundingRule = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('order') }),
    z.strictObject({
      mode: z.literal('split'),
      shares: z.array(
        z.strictObject({
          level: LevelName,
          percent: z
            .string()
            .check(
              z.regex(PERCENT, '百分数，至多四位小数，例如 "33.3333"|a percentage with up to four decimals'),
            ),
        }),
      ),
      remainder: LevelName,
      fallback: z.optional(LevelName),
    }),
  ])
  .check(
    z.check((context) => {
      for (const message of faultsOf(context.value))
        context.issues.push({ code: 'custom', input: context.value, path: [], message });
    }),
  );
export type FundingRule = z.infer<typeof FundingRule>;
type Split = Extract<FundingRule, { mode: 'split' }>;

export const IN_ORDER: FundingRule = { mode: 'order' };

function faultsOf(rule: FundingRule): string[] {
  if (rule.mode === 'order') return [];
  const { shares, remainder } = rule;
  const levels = shares.map(({ level }) => level);
  const parts = shares.reduce((sum, { percent }) => sum + partsOf(percent), 0);
  return [
    ...(new Set(levels).size === levels.length ? [] : ['每个级次只能出现一次|each level once']),
    ...(parts === WHOLE
      ? []
      : [
          `各级比例之和须为 100%，现为 ${parts / PARTS_PER_PERCENT}%|shares that add up to 100 %, not ${parts / PARTS_PER_PERCENT} %`,
        ]),
    ...(levels.includes(remainder) ? [] : ['尾差归集的级次须在分担表中|a remainder level that has a share']),
  ];
}

/** Fen by level: exact, and without a float. */
export function splitByLevel(rule: Split, amount: Fen): ReadonlyMap<FundingLevel, Fen> {
  const parts = new Map(
    rule.shares.map(({ level, percent }) => [
      level,
      fen(Number((BigInt(amount) * BigInt(partsOf(percent))) / BigInt(WHOLE))),
    ]),
  );
  const left = fen(amount - sumFen(parts.values()));
  return parts.set(rule.remainder, fen((parts.get(rule.remainder) ?? 0) + left));
}

/**
 * Draws an amount from the lines by the rule. Refusals: `limit/budget` (not enough in all), `limit/budget-level` (not enough at one
 * level, which is named with what is needed and available).
 */
export function drawBy(
  rule: FundingRule,
  fiscalYear: string,
  lines: readonly BudgetLine[],
  left: ByLine,
  amount: Fen,
): Result<ByLine> {
  if (rule.mode === 'order') {
    const { taken, short } = takeInOrder(
      lines.map(({ line }) => line),
      left,
      amount,
    );
    return short === 0 ? ok(taken) : refuse(notEnough(fiscalYear, left, amount));
  }
  const needed = new Map(splitByLevel(rule, amount));
  const at = (level: FundingLevel) => lines.filter((line) => line.level === level).map(({ line }) => line);
  const holds = (level: FundingLevel) => sumFen(at(level).map((line) => left[line] ?? fen(0)));
  const { fallback } = rule;
  for (const [level, need] of needed) {
    const short = need - holds(level);
    if (short <= 0 || fallback === undefined || level === fallback) continue;
    needed.set(level, fen(need - short));
    needed.set(fallback, fen((needed.get(fallback) ?? 0) + short));
  }
  let drawn: ByLine = {};
  for (const [level, need] of needed) {
    const { taken, short } = takeInOrder(at(level), left, need);
    if (short > 0) return refuse(levelShort(fiscalYear, level, need, holds(level)));
    drawn = { ...drawn, ...taken };
  }
  return ok(drawn);
}

function notEnough(fiscalYear: string, left: ByLine, amount: Fen): Refusal {
  const total = toYuan(sumFen(Object.values(left)));
  return refusal(
    'limit/budget',
    `${fiscalYear} 年度预算指标可用 ${total} 元，不足以批准 ${toYuan(amount)} 元`,
    `the ${fiscalYear} budget has ${total} yuan available, not the ${toYuan(amount)} yuan of this run`,
    { available: total, needed: toYuan(amount) },
  );
}

function levelShort(fiscalYear: string, level: FundingLevel, needed: Fen, available: Fen): Refusal {
  return refusal(
    'limit/budget-level',
    `${fiscalYear} 年度${LEVEL_NAMES[level]}指标可用 ${toYuan(available)} 元，按分担比例需 ${toYuan(needed)} 元：请先下达或调整该级指标`,
    `lines of level ${level} have ${toYuan(available)} yuan available in ${fiscalYear}, and their share is ${toYuan(needed)}: allocate or adjust that level first`,
    { level, needed: toYuan(needed), available: toYuan(available) },
  );
}
