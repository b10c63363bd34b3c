import type { PlainDate } from '../../calendar.ts';
import { fraction, percentOf, roundedToFen, times } from '../../fraction.ts';
import { type Fen, toYuan } from '../../money.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { Step } from '../programme.ts';
import type { PolicyView } from '../schedule.ts';
import { readPolicy } from './read-parameter.ts';
import { noYearFund } from './refusals.ts';

/** Persons on 低保, and of low-income families, in a place. */
export type PersonCounts = { readonly dibao: number; readonly lowIncome: number };
export type YearFund = { readonly fen: Fen; readonly step: Step; readonly sample: boolean };

/**
 * 临时救助金年度总额: what a district puts aside for a year by its persons in need, e.g. Beijing (低保人数 + 低收入人数) × standard × 12 × 5 %
 * (京民社救发〔2020〕86号 五、（二）). Refusals: `policy/no-year-fund`, `policy/gap`, `policy/no-rule`.
 */
export function yearFund(view: PolicyView, on: PlainDate, counts: PersonCounts): Result<YearFund> {
  const read = readPolicy(view, on, 'urban');
  if (!read.ok) return read;
  const { yearFund: rule, standard, aidRounding } = read.value;
  if (rule.value === 'none') return refuse(noYearFund());
  const { percent, persons: groups } = rule.value;
  const persons = groups.reduce(
    (sum, group) => sum + (group === 'dibao' ? counts.dibao : counts.lowIncome),
    0,
  );
  const whole = times(times(fraction(standard.yuan), persons), 12);
  const fen = roundedToFen(percentOf(whole, percent), aidRounding.value);
  const inputs = { persons: String(persons), standard: standard.yuan, percent };
  const step: Step = { code: 'year-fund', inputs, result: toYuan(fen), citation: rule.citation };
  return ok({ fen, step, sample: standard.sample || rule.sample === true });
}
