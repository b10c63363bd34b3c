import {
  compare,
  dividedBy,
  type Fraction,
  fraction,
  ofFen,
  percentOf,
  plainText,
  plus,
  roundedToFen,
  times,
} from '../../fraction.ts';
import type { Fen } from '../../money.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { Band, FailureEffect } from './options.ts';
import { notSet, refusedField, type VentureRules } from './rules.ts';

const SCORE = /^(?:0|[1-9]\d{0,2})(?:\.\d{1,4})?$/;

/** A score as a plain decimal between zero and the most that can be had. */
function parseScore(text: string, most: string): Result<Fraction> {
  const score = SCORE.test(text) ? fraction(text) : undefined;
  if (score && compare(score, fraction(most)) <= 0) return ok(score);
  return refusedField(
    'invalid/score',
    'score',
    `评分“${text.slice(0, 20)}”不正确：应为0至${most}之间的数`,
    `the score "${text.slice(0, 20)}" is not a number from 0 to ${most}: correct it`,
    { most },
  );
}

/**
 * The band (等次) of a score. Bands leave no hole: with `half-open` 84.5 belongs to the band below 85; with `integer` it is sent back.
 * Refusals: `policy/no-rule` (the place has no bands), `invalid/score`, `invalid/score-not-whole`.
 */
export function bandOf(rules: VentureRules, score: string): Result<Band> {
  const { evaluation } = rules;
  if (!evaluation) return refuse(notSet(rules, 'evaluation'));
  const parsed = parseScore(score, evaluation.most);
  if (!parsed.ok) return parsed;
  if (evaluation.scores === 'integer' && parsed.value.under !== 1n) {
    return refusedField(
      'invalid/score-not-whole',
      'score',
      `评分${score}不是整数，落在两个等次之间：本地规定按整数评分，请改为整数`,
      `the score ${score} is not whole and may lie between two bands: scores here are whole numbers, enter one`,
      { score },
    );
  }
  const band = evaluation.bands.find(({ from }) => compare(parsed.value, fraction(from)) >= 0);
  return band ? ok(band) : refuse(notSet(rules, 'evaluation'));
}

/** What a band pays on top of the tranches (奖励), rounded down to the fen; zero where it pays none. */
export function bonusOf(band: Pick<Band, 'bonusPercent'>, grant: Fen): Fen {
  return roundedToFen(percentOf(ofFen(grant), band.bonusPercent ?? '0'), { rule: 'down', unit: 'fen' });
}

/** Percent of a tranche that a band pays, rounded down to the fen; what is not paid is for settlement. */
export function trancheUnder(band: Pick<Band, 'pays'>, tranche: Fen): Fen {
  return roundedToFen(percentOf(ofFen(tranche), band.pays), { rule: 'down', unit: 'fen' });
}

/** What a failed evaluation does. Where the place does not say, the next tranche is stopped and nothing is asked back: people decide the rest. */
export function failureEffect(rules: VentureRules, evaluation: 'midTerm' | 'acceptance'): FailureEffect {
  return rules.failure?.[evaluation] ?? { next: 'stopped', recover: 'none', publicNotice: false };
}

/** Whether a judge may have given that score: between zero and the most of the place. Refusals: `invalid/score`. */
export function checkScore({ evaluation }: VentureRules, score: string): Result<true> {
  const parsed = parseScore(score, evaluation?.most ?? '100');
  return parsed.ok ? ok(true) : parsed;
}

/**
 * One score from several (评委打分), by the place's rule. Refusals: `policy/no-rule`, `invalid/score`, `missing/scores` (too few scorers; a
 * trimmed mean needs three).
 */
export function averageScore(rules: VentureRules, scores: readonly string[]): Result<string> {
  const { scoring, evaluation } = rules;
  if (!scoring) return refuse(notSet(rules, 'scoring'));
  const needed = Math.max(scoring.scorersMin, scoring.average === 'trimmed-mean' ? 3 : 1);
  if (scores.length < needed) {
    return refusedField(
      'missing/scores',
      'scores',
      `只有${scores.length}位评委打分，至少需要${needed}位：请补齐评分`,
      `${scores.length} scorer(s) have scored and ${needed} are needed: collect the missing scores`,
      { scores: scores.length, needed },
    );
  }
  const parsed: Fraction[] = [];
  for (const text of scores) {
    const score = parseScore(text, evaluation?.most ?? '100');
    if (!score.ok) return score;
    parsed.push(score.value);
  }
  const exact = averaged(parsed.sort(compare), scoring.average);
  // Rounded in hundredths, tenths or whole points: the same arithmetic as money, one point being a yuan.
  const unit = (['yuan', 'jiao', 'fen'] as const)[scoring.decimals] ?? 'fen';
  const rounded = roundedToFen(exact, { rule: scoring.rule, unit });
  return ok(plainText(dividedBy(times(fraction('1'), rounded), 100)));
}

function averaged(sorted: readonly Fraction[], rule: 'mean' | 'trimmed-mean' | 'median'): Fraction {
  const half = Math.floor((sorted.length - 1) / 2);
  const counted =
    rule === 'mean'
      ? sorted
      : rule === 'trimmed-mean'
        ? sorted.slice(1, -1)
        : sorted.slice(half, sorted.length - half);
  return dividedBy(plus(...counted), counted.length);
}
