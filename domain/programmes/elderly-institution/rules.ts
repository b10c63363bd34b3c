import { type Month, monthOf, type PlainDate } from '../../calendar.ts';
import { fraction, roundedToFen, times } from '../../fraction.ts';
import { payAtOnce } from '../../grants/amounts.ts';
import { type GrantValues, readValues } from '../../grants/read-values.ts';
import { toYuan } from '../../money.ts';
import { factOn } from '../../register/facts.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import { addDays, daysBetween } from '../../working-days.ts';
import { certifiedDeath } from '../fact-history.ts';
import type { GrantInput, GrantProposal, Step } from '../programme.ts';
import { ELDERLY_INSTITUTION_PARAMETERS, type BedMonthFacts as Facts } from './parameters.ts';

export const BED = 'bed-month';
type Values = GrantValues<typeof ELDERLY_INSTITUTION_PARAMETERS>;

/**
 * 养老机构运营补贴: one resident's month in one bed, by level and grade, whole or half. By the policy of that month; a death ends the stay.
 *
 * Refusals: `invalid/bed-period`, `invalid/bed-ahead`, `policy/institution-without-grade`, `policy/no-rate`, `conflict/deceased`,
 * `policy/too-few-days`, `policy/died-in-month`, `conflict/care-level`, `missing/care-level`, those of `lookup`.
 */
export function workOutBedMonth({
  facts: given,
  appliedOn,
  view,
  subject = [],
}: GrantInput): Result<GrantProposal> {
  const facts = given as Facts;
  const { from, to, institution, level } = facts;
  const month = monthOf(from);
  if (monthOf(to) !== month || to < from) return refuse(PERIOD);
  if (to > appliedOn) return refuse(AHEAD);
  const read = readValues(view, month, ELDERLY_INSTITUTION_PARAMETERS);
  if (!read.ok) return read;
  const { bedRates, institutionStars, bedMonth, bedRounding, decidedAt } = read.value;
  const stars = institutionStars.value[institution];
  if (stars === undefined) return refuse(NO_GRADE);
  const rate = bedRates.value.find(
    (line) => line.levels.includes(level) && (line.stars?.includes(stars) ?? true),
  );
  if (!rate) return refuse(NO_RATE);
  const proven = levelProven(facts, subject, read.value);
  if (!proven.ok) return proven;
  const counted = halfMonths(facts, month, certifiedDeath(subject), read.value);
  if (!counted.ok) return counted;
  const { halves, steps } = counted.value;
  const months = halves === 2 ? '1' : '0.5';
  const amount = roundedToFen(times(fraction(rate.amount), fraction(months)), bedRounding.value);
  const inputs = { level, stars: String(stars), rate: rate.amount, months };
  const priced: Step = { code: 'bed-rate', inputs, result: toYuan(amount), citation: bedRates.citation };
  return payAtOnce({
    components: [{ component: BED, fen: amount }],
    decidedAt: decidedAt.value,
    persons: 1,
    derivation: [...steps, priced],
    sample: bedRates.sample === true || institutionStars.sample === true || bedMonth.sample === true,
  });
}

function levelProven(
  { level, to }: Facts,
  subject: NonNullable<GrantInput['subject']>,
  { levelProof }: Values,
): Result<true> {
  if (levelProof.value === 'stated') return ok(true);
  const known = factOn(subject, 'care-level', to)?.value ?? '';
  if (known === '') return refuse(NO_LEVEL);
  return known === level ? ok(true) : refuse(otherLevel(known));
}

type Counted = { readonly halves: 1 | 2; readonly steps: readonly Step[] };

/** Whole or half a month, from the days in the bed; a death on record ends them. */
function halfMonths(
  { from, to }: Facts,
  month: Month,
  death: PlainDate | undefined,
  { bedMonth, deathMonth }: Values,
): Result<Counted> {
  if (death !== undefined && death < from) return refuse(DECEASED);
  const died = death !== undefined && monthOf(death) === month;
  if (died && deathMonth.value === 'none') return refuse(DIED);
  if (died && deathMonth.value === 'whole') {
    const inputs = { month, rule: deathMonth.value };
    return ok({
      halves: 2,
      steps: [{ code: 'bed-died', inputs, result: '1', citation: deathMonth.citation }],
    });
  }
  const last = death !== undefined && death < to ? death : to;
  const { fullFromDays, halfFromDays, leavingDay } = bedMonth.value;
  // Whoever is still there on the last day of the month did not leave that day; nor did who died.
  const left = last === to && monthOf(addDays(to, 1)) === month && !died;
  const days = daysBetween(from, last) + (left && leavingDay === 'not-counted' ? 0 : 1);
  const halves = days >= fullFromDays ? 2 : halfFromDays !== 'none' && days >= halfFromDays ? 1 : 0;
  if (halves === 0) return refuse(tooFew(days));
  const inputs = {
    month,
    days: String(days),
    fullFrom: String(fullFromDays),
    halfFrom: String(halfFromDays),
  };
  const result = halves === 2 ? '1' : '0.5';
  return ok({ halves, steps: [{ code: 'bed-days', inputs, result, citation: bedMonth.citation }] });
}

const PERIOD = refusal(
  'invalid/bed-period',
  '入住起止日应在同一个月内，止日不早于起日：按月填报',
  'first and last day lie in one month, in this order: a row is for one month',
);
const AHEAD = refusal(
  'invalid/bed-ahead',
  '入住止日晚于申报日期：只结算已入住的天数',
  'the last day lies after the day of the report: only days in the bed are settled',
);
const NO_GRADE = refusal(
  'policy/institution-without-grade',
  '政策库中没有该机构本月的星级：请先录入评定文件',
  'the policy book has no grade of this institution for the month: have the document of its grading entered first',
);
const NO_RATE = refusal(
  'policy/no-rate',
  '该等级、星级没有床位补贴标准',
  'there is no amount for this level and grade',
);
const NO_LEVEL = refusal(
  'missing/care-level',
  '对象信息库没有入住人的照护等级：请先登记评估结果',
  'the register has no level of care of the resident: record the assessment first',
);
const otherLevel = (known: string): Refusal =>
  refusal(
    'conflict/care-level',
    `申报等级与登记的照护等级“${known}”不符：请核对评估结果`,
    `the register has level of care "${known}" for the resident: check the assessment`,
    { known },
  );
const DECEASED = refusal(
  'conflict/deceased',
  '入住起日在入住人去世之后：不计床月，请核实',
  'the stay begins after the death of the resident: not counted; look into it',
);
const DIED = refusal(
  'policy/died-in-month',
  '入住人当月去世，按当地政策当月不计床月',
  'the resident died in the month, which policy does not count',
);
const tooFew = (days: number): Refusal =>
  refusal(
    'policy/too-few-days',
    `当月入住 ${days} 天，未达计床月的天数`,
    `${days} days in the bed are fewer than policy counts`,
    { days },
  );
