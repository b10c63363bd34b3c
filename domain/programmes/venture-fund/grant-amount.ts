import { compare, fraction, minus, NOTHING, ofFen, percentOf, roundedToFen, times } from '../../fraction.ts';
import { type Fen, fen, toYuan, writtenFen } from '../../money.ts';
import { ok, type Result, refuse, unreachable } from '../../result.ts';
import type { Rounding } from '../../rounding.ts';
import type { Step } from '../programme.ts';
import type { GrantRule } from './options.ts';
import { cited, notSet, refusedField, type VentureRules } from './rules.ts';

/** What an application states of its money, in fen; `donated` is what is on the account before the final review. */
export type GrantAsked = {
  readonly budget: Fen;
  readonly ownFunds?: Fen;
  readonly donated?: Fen;
  /** What was asked for, where less than what is lacking; nothing above it is granted. */
  readonly asked?: Fen;
  /** The score of the review, where it decides the sum. */
  readonly score?: string;
};
export type GrantWorked = { readonly fen: Fen; readonly steps: readonly Step[] };

const DOWN: Rounding = { rule: 'down', unit: 'fen' };
type Sums = { readonly budget: Fen; readonly own: Fen; readonly donated: Fen; readonly need: Fen };
type Rule<Name extends GrantRule['rule']> = Extract<GrantRule, { rule: Name }>;

/**
 * What a project gets by the place's rule (资助额度), never more than its budget lacks or than was asked for.
 *
 * Refusals: `invalid/budget` (no positive budget, or negative funds), `limit/nothing-lacking` (own funds and donations cover the budget),
 * `limit/share-over` (the gap is over the percentage: names the own funds and the budget that would do), `limit/grant-over-cap`,
 * `limit/grant-below-least`, `limit/score-too-low`, `missing/score`, `invalid/score`.
 */
export function grantAmount(rules: VentureRules, asked: GrantAsked): Result<GrantWorked> {
  const sums = readSums(asked);
  if (!sums.ok) return sums;
  const worked = byRule(rules, sums.value, asked);
  if (!worked.ok) return worked;
  const granted = Math.min(worked.value.fen, asked.asked ?? worked.value.fen);
  const { budget, own, donated, need } = sums.value;
  const lacking: Step = {
    code: 'budget-gap',
    inputs: { budget: toYuan(budget), own: toYuan(own), donated: toYuan(donated) },
    result: toYuan(need),
  };
  const outcome: Step = {
    code: 'grant-decided',
    inputs: { worked: toYuan(worked.value.fen), uncovered: toYuan(fen(Math.max(0, need - granted))) },
    result: toYuan(fen(granted)),
    ...cited(rules, 'grant'),
  };
  return ok({ fen: fen(granted), steps: [lacking, ...worked.value.steps, outcome] });
}

/** Whether a donor gives so much of the budget that the project may bear their name (冠名). */
export function mayBeNamed(rules: VentureRules, { budget, donated = fen(0) }: GrantAsked): boolean {
  const { grant } = rules;
  if (grant.rule !== 'match' || grant.namingPercent === undefined) return false;
  return compare(ofFen(donated), percentOf(ofFen(budget), grant.namingPercent)) >= 0;
}

function byRule(rules: VentureRules, sums: Sums, asked: GrantAsked): Result<GrantWorked> {
  const rule = rules.grant;
  switch (rule.rule) {
    case 'own-funds-gap':
      return ownFundsGap(rule, sums);
    case 'match':
      return matched(rules, rule, sums);
    case 'fixed':
      return fixed(rule, sums);
    case 'capped':
      return capped(rule, { ...sums, need: fen(Math.min(sums.need, asked.asked ?? sums.need)) });
    case 'score-bands':
      return byScore(rule, sums, asked.score);
    case 'agreed':
      return ok({ fen: sums.need, steps: [] });
    default:
      return unreachable(rule);
  }
}

function readSums({ budget, ownFunds = fen(0), donated = fen(0), asked }: GrantAsked): Result<Sums> {
  const fields = { budget, ownFunds, donated, asked: asked ?? fen(1) };
  const wrong = (Object.keys(fields) as (keyof typeof fields)[]).find(
    (field) => fields[field] < 0 || (fields[field] === 0 && (field === 'budget' || field === 'asked')),
  );
  if (wrong) {
    const amount = toYuan(fields[wrong]);
    return refusedField(
      'invalid/budget',
      wrong,
      `${FIELD_NAMES[wrong]}${amount}元不正确：预算和申请金额应大于0，自筹和捐赠不能为负`,
      `${wrong} of ${amount} yuan cannot be: a budget and what is asked for are above zero, own funds and donations not below it`,
      { amount },
    );
  }
  const need = fen(budget - ownFunds - donated);
  if (need > 0) return ok({ budget, own: ownFunds, donated, need });
  return refusedField(
    'limit/nothing-lacking',
    'ownFunds',
    `自筹${toYuan(ownFunds)}元和捐赠${toYuan(donated)}元已覆盖预算${toYuan(budget)}元，没有资金缺口：无须资助，或核对预算`,
    `own funds ${toYuan(ownFunds)} and donations ${toYuan(donated)} cover the budget of ${toYuan(budget)}: nothing is lacking; check the budget or withdraw the application`,
    { budget: toYuan(budget), ownFunds: toYuan(ownFunds), donated: toYuan(donated) },
  );
}

const FIELD_NAMES = { budget: '预算', ownFunds: '自筹资金', donated: '捐赠资金', asked: '申请金额' } as const;

function ownFundsGap(rule: Rule<'own-funds-gap'>, { budget, own, donated, need }: Sums): Result<GrantWorked> {
  const share = roundedToFen(percentOf(ofFen(budget), rule.percentMax), DOWN);
  const cap = rule.cap === undefined ? undefined : writtenFen(rule.cap);
  if (need > share && rule.overPercent === 'refuse')
    return overShare(rule.percentMax, budget, own, donated, need, share);
  const worked = fen(Math.min(need, share, cap ?? need));
  const inputs = {
    need: toYuan(need),
    percent: rule.percentMax,
    share: toYuan(share),
    cap: cap === undefined ? 'none' : toYuan(cap),
  };
  return ok({ fen: worked, steps: [{ code: 'gap-limited', inputs, result: toYuan(worked) }] });
}

/** Sends a filing back with what would do: more own funds for the same budget, or a smaller budget for the same funds. */
function overShare(
  percentMax: string,
  budget: Fen,
  own: Fen,
  donated: Fen,
  need: Fen,
  share: Fen,
): Result<never> {
  const ownNeeded = toYuan(fen(Math.max(0, budget - share - donated)));
  const budgetMost = toYuan(mostBudget(percentMax, fen(own + donated)));
  return refusedField(
    'limit/share-over',
    'ownFunds',
    `资金缺口${toYuan(need)}元超过预算${toYuan(budget)}元的${percentMax}%（${toYuan(share)}元）：自筹资金须不少于${ownNeeded}元，或预算不超过${budgetMost}元`,
    `the gap of ${toYuan(need)} is over ${percentMax} percent of the budget of ${toYuan(budget)} (${toYuan(share)}): own funds must be at least ${ownNeeded}, or the budget at most ${budgetMost}`,
    { need: toYuan(need), share: toYuan(share), ownFundsLeast: ownNeeded, budgetMost },
  );
}

/** The largest budget whose gap is within the percentage: funds ÷ (1 − percentage), rounded down. */
function mostBudget(percentMax: string, funds: Fen): Fen {
  const rest = minus(fraction('100'), fraction(percentMax));
  if (compare(rest, NOTHING) <= 0) return funds;
  return roundedToFen(times(times(ofFen(funds), 100), { over: rest.under, under: rest.over }), DOWN);
}

function matched(rules: VentureRules, rule: Rule<'match'>, { donated, need }: Sums): Result<GrantWorked> {
  const match = roundedToFen(times(ofFen(donated), fraction(rule.perYuan)), DOWN);
  const matchGrant = fen(Math.min(match, writtenFen(rule.matchCap), need));
  const fillGrant = fen(Math.min(need, writtenFen(rule.fillCap)));
  const matchStep: Step = {
    code: 'matched',
    inputs: { donated: toYuan(donated), perYuan: rule.perYuan, match: toYuan(match), cap: rule.matchCap },
    result: toYuan(matchGrant),
  };
  if (matchGrant === need) return ok({ fen: matchGrant, steps: [matchStep] });
  // The match leaves a gap: filling it gives more, or the text leaves open which of the two counts.
  const route = matchGrant > fillGrant ? rules.stillShort : 'fill-route';
  if (!route) return refuse(notSet(rules, 'stillShort'));
  const worked = route === 'match-route' ? matchGrant : fillGrant;
  const inputs = { need: toYuan(need), cap: rule.fillCap, match: toYuan(matchGrant), route };
  return ok({ fen: worked, steps: [matchStep, { code: 'gap-filled', inputs, result: toYuan(worked) }] });
}

function fixed({ amount }: Rule<'fixed'>, { need }: Sums): Result<GrantWorked> {
  const sum = writtenFen(amount);
  if (need < sum) {
    return refusedField(
      'limit/grant-over-need',
      'budget',
      `预算缺口${toYuan(need)}元少于每个项目的资助额${toYuan(sum)}元：请更正预算或自筹资金`,
      `the budget lacks ${toYuan(need)}, less than the ${toYuan(sum)} that every project gets: correct the budget or the own funds`,
      { need: toYuan(need), amount: toYuan(sum) },
    );
  }
  return ok({ fen: sum, steps: [{ code: 'grant-fixed', inputs: {}, result: toYuan(sum) }] });
}

function capped(rule: Rule<'capped'>, { need }: Sums): Result<GrantWorked> {
  const cap = writtenFen(rule.cap);
  const least = rule.least === undefined ? undefined : writtenFen(rule.least);
  if (need > cap && rule.overCap === 'refuse') {
    return refusedField(
      'limit/grant-over-cap',
      'asked',
      `申请${toYuan(need)}元超过每个项目的上限${toYuan(cap)}元：请核减至上限以内，或增加自筹资金`,
      `${toYuan(need)} is asked for, over the cap of ${toYuan(cap)} per project: lower it to the cap, or raise the own funds`,
      { asked: toYuan(need), cap: toYuan(cap) },
    );
  }
  if (least !== undefined && need < least) {
    return refusedField(
      'limit/grant-below-least',
      'asked',
      `申请${toYuan(need)}元低于每个项目的下限${toYuan(least)}元：请按不低于下限的规模申报`,
      `${toYuan(need)} is asked for, under the least of ${toYuan(least)} per project: apply for at least that`,
      { asked: toYuan(need), least: toYuan(least) },
    );
  }
  const worked = fen(Math.min(need, cap));
  const inputs = {
    need: toYuan(need),
    least: toYuan(least ?? fen(0)),
    cap: toYuan(cap),
  };
  return ok({ fen: worked, steps: [{ code: 'grant-capped', inputs, result: toYuan(worked) }] });
}

const SCORE = /^(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?$/;

function byScore(rule: Rule<'score-bands'>, { need }: Sums, score: string | undefined): Result<GrantWorked> {
  if (score === undefined || !SCORE.test(score) || compare(fraction(score), fraction('100')) > 0) {
    return refusedField(
      score === undefined ? 'missing/score' : 'invalid/score',
      'score',
      score === undefined ? '资助额按评审得分确定，尚无得分：请先完成评审' : '得分应为0至100之间的数：请更正',
      score === undefined
        ? 'the score decides the grant and there is none yet: finish the review first'
        : 'a score is a number from 0 to 100: correct it',
    );
  }
  const band = rule.bands.find(({ from }) => compare(fraction(score), fraction(from)) >= 0);
  const amount = band ? writtenFen(band.amount) : fen(0);
  if (!band || amount === 0) {
    return refusedField(
      'limit/score-too-low',
      'score',
      `得分${score}未达到资助的最低分数：不予资助`,
      `the score ${score} is below what is granted anything: the project gets nothing`,
      { score },
    );
  }
  const worked = fen(Math.min(amount, need));
  const inputs = { score, from: band.from, amount: toYuan(amount) };
  return ok({ fen: worked, steps: [{ code: 'grant-by-score', inputs, result: toYuan(worked) }] });
}
