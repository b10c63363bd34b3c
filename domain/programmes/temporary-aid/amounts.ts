import {
  compare,
  dividedBy,
  type Fraction,
  fraction,
  minus,
  NOTHING,
  ofFen,
  percentOf,
  plainText,
  plus,
  roundedToFen,
  smaller,
  times,
  yuanText,
} from '../../fraction.ts';
import { type Fen, fen, toYuan } from '../../money.ts';
import { ok, type Result, refuse } from '../../result.ts';
import type { Step } from '../programme.ts';
import type { TemporaryAidFacts } from './facts.ts';
import type { SpendingClass } from './parameters.ts';
import type { AidPolicy } from './read-parameter.ts';
import {
  monthsAbove,
  monthsMissing,
  noCause,
  noClass,
  notByMonth,
  nothingDue,
  notOffered,
  onlyUrgent,
  outsideFlatBands,
  spendBelow,
  spendMissing,
} from './refusals.ts';

/** Before caps: what is paid in the month of the decision, the month after, …, and how it was found. */
export type AidAmount = { readonly byMonth: readonly Fen[]; readonly steps: readonly Step[] };

/** 急难型: persons × standard × months; of continuing effects one month's worth each month. */
export function urgentAmount(facts: TemporaryAidFacts, policy: AidPolicy): Result<AidAmount> {
  const { value: rule, citation } = policy.urgent;
  if (rule === 'none') return refuse(notOffered('urgent'));
  const { months, persons, payFirst, continuing } = facts;
  if (months === undefined) return refuse(monthsMissing());
  if (continuing && rule.continuingMonths === undefined) return refuse(notByMonth());
  const most = continuing ? (rule.continuingMonths ?? 0) : rule.months;
  const limit = payFirst ? Math.min(most, rule.payFirstMonths ?? most) : most;
  if (months > limit) return refuse(monthsAbove(months, limit));
  const standard = fraction(policy.standard.yuan);
  const eachMonth = rounded(times(standard, persons), policy);
  const byMonth = continuing
    ? Array.from({ length: months }, () => eachMonth)
    : [rounded(times(times(standard, persons), months), policy)];
  const inputs = { persons: String(persons), standard: policy.standard.yuan, months: String(months) };
  const total = toYuan(fen(byMonth.reduce((sum, each) => sum + each, 0)));
  const steps: Step[] = [
    {
      code: 'urgent-limit',
      inputs: { payFirst: payFirst ? 'pay-first' : continuing ? 'continuing' : 'ordinary' },
      result: String(limit),
      citation,
    },
    { code: 'persons-months', inputs, result: total, citation },
  ];
  if (continuing) {
    const each = { months: String(months) };
    steps.push({ code: 'by-month', inputs: each, result: toYuan(eachMonth), citation });
  }
  return ok({ byMonth, steps });
}

/** 支出型: by months within the spend, by bands of it, or flat, as the place has it. */
export function spendingAmount(facts: TemporaryAidFacts, policy: AidPolicy): Result<AidAmount> {
  const rule = policy.spending.value;
  if (rule === 'none') return refuse(notOffered('spending'));
  if (facts.payFirst || facts.continuing) return refuse(onlyUrgent());
  if (rule.method === 'months' && rule.families?.includes(facts.family) === false) return refuse(noClass());
  if (facts.months !== undefined && rule.method === 'months' && facts.months > rule.months)
    return refuse(monthsAbove(facts.months, rule.months));
  if (rule.method === 'months' && !rule.withinSpend) return ok(byMonths(facts, policy, rule.months));
  if (facts.spend === undefined && !facts.care) return refuse(spendMissing());
  const { spend, steps } = countedSpend(facts, policy);
  if (rule.method === 'months')
    return ok(withinSpend(byMonths(facts, policy, rule.months), spend, steps, policy));
  const answer = rule.method === 'bands' ? byBands(facts, policy, spend) : flat(facts, policy, spend);
  return answer.ok ? ok({ ...answer.value, steps: [...steps, ...answer.value.steps] }) : answer;
}

function byMonths({ persons, months }: TemporaryAidFacts, policy: AidPolicy, most: number): AidAmount {
  const count = months ?? most;
  const amount = rounded(times(times(fraction(policy.standard.yuan), persons), count), policy);
  const inputs = { persons: String(persons), standard: policy.standard.yuan, months: String(count) };
  const { citation } = policy.spending;
  return { byMonth: [amount], steps: [{ code: 'persons-months', inputs, result: toYuan(amount), citation }] };
}

function withinSpend(
  { byMonth: [months = fen(0)], steps }: AidAmount,
  spend: Fraction,
  spendSteps: readonly Step[],
  policy: AidPolicy,
): AidAmount {
  const amount = rounded(smaller(ofFen(months), spend), policy);
  const inputs = { months: toYuan(months), spend: yuanText(spend) };
  const { citation } = policy.spending;
  const lower: Step = { code: 'within-spend', inputs, result: toYuan(amount), citation };
  return { byMonth: [amount], steps: [...steps, ...spendSteps, lower] };
}

/** Necessary spend that counts: hospital care only up to its daily limit, and not where it was aided already. */
function countedSpend(
  { spend = '0.00', care, family }: TemporaryAidFacts,
  policy: AidPolicy,
): { readonly spend: Fraction; readonly steps: readonly Step[] } {
  const other = fraction(spend);
  const { value: rule, citation } = policy.hospitalCare;
  if (!care) return { spend: other, steps: [] };
  const paid = fraction(care.spend);
  const said = { spend: care.spend, days: String(care.days) };
  if (care.aidedOtherwise)
    return {
      spend: other,
      steps: [{ code: 'care-aided', inputs: said, result: yuanText(NOTHING), citation }],
    };
  if (rule === 'none') return { spend: plus(other, paid), steps: [] };
  const perDay = family === 'tekun' ? rule.tekun : rule.other;
  const counted = smaller(paid, times(fraction(perDay), care.days));
  const inputs = { ...said, perDay };
  return {
    spend: plus(other, counted),
    steps: [{ code: 'hospital-care', inputs, result: yuanText(counted), citation }],
  };
}

/** Percentages of the spend band by band, at most so many months of the standard. */
function byBands(facts: TemporaryAidFacts, policy: AidPolicy, spend: Fraction): Result<AidAmount> {
  const { value: rule, citation } = policy.spending;
  if (rule === 'none' || rule.method !== 'bands') return refuse(notOffered('spending'));
  const { family, persons, severelyDisabled } = facts;
  const own = rule.classes.find(({ families }) => families.includes(family));
  if (!own) return refuse(noClass());
  if (compare(spend, fraction(own.least)) < 0) return refuse(spendBelow(yuanText(spend), own.least));
  const steps: Step[] = [];
  let exact = NOTHING;
  let from = NOTHING;
  for (const band of own.bands) {
    const top = band.through === undefined ? spend : smaller(spend, fraction(band.through));
    const part = minus(top, from);
    if (compare(part, NOTHING) <= 0) break;
    const percent = percentFor(band.percent, own, severelyDisabled === true);
    const amount = percentOf(part, percent);
    exact = plus(exact, amount);
    const inputs = { family, part: yuanText(part), percent: plainText(percent) };
    steps.push({ code: 'band', inputs, result: yuanText(amount), citation });
    from = top;
  }
  if (severelyDisabled && own.severeDisability) {
    const { percent, reading } = own.severeDisability;
    steps.push({
      code: 'severe-disability',
      inputs: { percent, reading },
      result: yuanText(exact),
      citation,
    });
  }
  const amount = rounded(exact, policy);
  steps.push({ code: 'bands-total', inputs: { spend: yuanText(spend) }, result: toYuan(amount), citation });
  if (rule.cap === 'none') return ok({ byMonth: [amount], steps });
  const standards = rule.cap.months * (rule.cap.per === 'person' ? persons : 1);
  const cap = rounded(times(fraction(policy.standard.yuan), standards), policy);
  const capped = fen(Math.min(amount, cap));
  const inputs = {
    months: String(rule.cap.months),
    per: rule.cap.per,
    cap: toYuan(cap),
    standard: policy.standard.yuan,
  };
  steps.push({ code: 'months-cap', inputs, result: toYuan(capped), citation });
  return ok({ byMonth: [capped], steps });
}

function percentFor(percent: string, { severeDisability }: SpendingClass, severe: boolean): Fraction {
  const base = fraction(percent);
  if (!severe || !severeDisability) return base;
  const more = fraction(severeDisability.percent);
  if (severeDisability.reading === 'percentage-points') return plus(base, more);
  return plus(base, dividedBy(times(base, more), 100));
}

/** One amount by how much was spent. */
function flat(facts: TemporaryAidFacts, policy: AidPolicy, spend: Fraction): Result<AidAmount> {
  const { value: rule, citation } = policy.spending;
  if (rule === 'none' || rule.method !== 'flat') return refuse(notOffered('spending'));
  if (!rule.causes.includes(facts.cause)) return refuse(noCause(facts.cause));
  if (compare(spend, NOTHING) <= 0) return refuse(nothingDue());
  const band = rule.bands.find(({ through }) => compare(spend, fraction(through)) <= 0);
  if (!band) return refuse(outsideFlatBands(yuanText(spend), rule.bands.at(-1)?.through ?? ''));
  const exact =
    'amount' in band ? fraction(band.amount) : times(fraction(policy.standard.yuan), fraction(band.multiple));
  const amount = rounded(exact, policy);
  const inputs = {
    spend: yuanText(spend),
    through: band.through,
    rule: 'amount' in band ? band.amount : `${policy.standard.yuan} × ${band.multiple}`,
  };
  return ok({ byMonth: [amount], steps: [{ code: 'flat', inputs, result: toYuan(amount), citation }] });
}

const rounded = (yuan: Fraction, { aidRounding }: AidPolicy): Fen => roundedToFen(yuan, aidRounding.value);
