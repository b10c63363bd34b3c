import {
  compare,
  dividedBy,
  type Fraction,
  fraction,
  minus,
  NOTHING,
  notBelowZero,
  percentOf,
  plus,
  smaller,
  times,
  yuanText,
} from '../../fraction.ts';
import type { HouseholdMember, Obligor } from '../../household/household-case.ts';
import type { Step } from '../programme.ts';
import { isSample, type Ruled, step, type Worked } from './rules.ts';

type Dated = { readonly amount: string; readonly basis: 'month' | 'year' };

/** A month's worth: a year's amount counts as an exact twelfth, so nothing is rounded and twelve months are the year. */
function monthly({ amount, basis }: Dated): Fraction {
  return basis === 'year' ? dividedBy(fraction(amount), 12) : fraction(amount);
}

const total = (amounts: readonly Fraction[]): Fraction => plus(...amounts);

/**
 * Monthly income of the household before deductions: earnings after the job reward, other income that counts, and what
 * those who must maintain a member owe (社会救助暂行办法 Art. 12; details are the jurisdiction's).
 */
export function incomeOf(rules: Ruled): Worked<Fraction> {
  const earnings = rules.counted.map((member) => earningsOf(member, rules));
  const others = otherIncome(rules);
  const obligors = rules.household.obligors.toSorted(byContent).map((obligor) => owedBy(obligor, rules));
  const parts = [...earnings, others, ...obligors];
  const value = total(parts.map((part) => part.value));
  const inputs = {
    earnings: yuanText(total(earnings.map((part) => part.value))),
    other: yuanText(others.value),
    maintenance: yuanText(total(obligors.map((part) => part.value))),
  };
  const { citation } = rules.values.incomeNotCounted;
  return {
    value,
    steps: [...parts.flatMap(({ steps }) => steps), step('income', inputs, yuanText(value), citation)],
    sample: parts.some(({ sample }) => sample),
  };
}

/** A member's earnings as they count (就业奖励: part of them does not). */
function earningsOf(member: HouseholdMember, rules: Ruled): Worked<Fraction> {
  const { employment, person } = member;
  if (employment.kind === 'none') return { value: NOTHING, steps: [], sample: false };
  const { jobReward } = rules.values;
  const { standard } = rules;
  const earned = fraction(employment.monthly);
  const base = { person, earned: yuanText(earned), standard: yuanText(standard) };
  const worked = (value: Fraction, explained: Step) => ({
    value,
    steps: [explained],
    sample: isSample(jobReward),
  });
  if (jobReward.value === 'none') {
    return worked(earned, step('earnings', { ...base }, yuanText(earned), jobReward.citation));
  }
  const rewarded = (percent: string, kind: string) => {
    const value = notBelowZero(minus(earned, percentOf(standard, percent)));
    const inputs = { ...base, percent, employment: kind };
    return worked(value, step('job-reward', inputs, yuanText(value), jobReward.citation));
  };
  if (employment.kind === 'employed') return rewarded(jobReward.value.employedPercent, 'employed');
  const { fullFrom, bandFrom, percent } = jobReward.value.flexible;
  if (compare(earned, percentOf(standard, fullFrom)) >= 0) return rewarded(percent, 'flexible');
  const band = percentOf(standard, bandFrom);
  const inBand = compare(earned, band) >= 0;
  const value = inBand ? band : earned;
  const code = inBand ? 'job-reward-band' : 'job-reward-below';
  return worked(value, step(code, { ...base, bandFrom, fullFrom }, yuanText(value), jobReward.citation));
}

/** Income beside work, of members and of the household; what policy does not count is named. */
function otherIncome({ counted, household, values }: Ruled): Worked<Fraction> {
  const { incomeNotCounted } = values;
  const incomes = [...counted.flatMap((member) => member.incomes), ...household.incomes];
  const disregarded = incomeNotCounted.value;
  const steps = disregarded.flatMap((kind) => {
    const amounts = incomes.filter((income) => income.kind === kind).map(monthly);
    return amounts.length === 0
      ? []
      : [step('income-not-counted', { kind }, yuanText(total(amounts)), incomeNotCounted.citation)];
  });
  const value = total(incomes.filter(({ kind }) => !disregarded.includes(kind)).map(monthly));
  return { value, steps, sample: false };
}

/** What an obligor's means make the household's income: 赡养费 or 抚养费. */
function owedBy(obligor: Obligor, rules: Ruled): Worked<Fraction> {
  const { duty, exempt } = obligor;
  const row = rules.values[duty === 'parent-support' ? 'parentSupport' : 'childSupport'];
  if (row.value === 'none') return { value: NOTHING, steps: [], sample: false };
  const { value, explained } =
    exempt === undefined
      ? amountOwed(obligor, rules)
      : {
          value: NOTHING,
          explained: step('maintenance-exempt', { duty, exempt }, '0.00', row.citation),
        };
  return { value, steps: explained ? [explained] : [], sample: isSample(row) };
}

function amountOwed(obligor: Obligor, { standard, values }: Ruled): { value: Fraction; explained?: Step } {
  const { persons, supported } = obligor;
  const { childSupport, parentSupport } = values;
  const income = fraction(obligor.monthlyIncome);
  const shown = { income: yuanText(income), supported: String(supported) };
  if (obligor.duty === 'parent-support') {
    if (parentSupport.value === 'none') return { value: NOTHING };
    const { livingMultiple: multiple, percent } = parentSupport.value;
    const living = times(times(standard, fraction(multiple)), persons);
    const value = dividedBy(percentOf(notBelowZero(minus(income, living)), percent), supported);
    const inputs = { ...shown, persons: String(persons), multiple, percent };
    return {
      value,
      explained: step('maintenance-parent', inputs, yuanText(value), parentSupport.citation),
    };
  }
  if (childSupport.value === 'none') return { value: NOTHING };
  const { onePercent, severalPercent } = childSupport.value;
  const perChild = percentOf(income, onePercent);
  const most = percentOf(income, supported === 1 ? onePercent : severalPercent);
  const value = dividedBy(smaller(times(perChild, supported), most), supported);
  const inputs = { ...shown, onePercent, severalPercent };
  return { value, explained: step('maintenance-child', inputs, yuanText(value), childSupport.citation) };
}

function byContent(a: Obligor, b: Obligor): number {
  const text = ({ duty, monthlyIncome, persons, supported, exempt }: Obligor) =>
    [duty, monthlyIncome, persons, supported, exempt].join('/');
  return text(a) < text(b) ? -1 : 1;
}

/** Income after spending that policy takes off; another list applies to 刚性支出困难家庭. Never below zero. */
export function afterSpending(income: Fraction, rules: Ruled): Worked<Fraction> {
  const { household, values } = rules;
  const rigid = values.rigidExpenditure;
  const isRigid = household.application.kind === 'rigid-expenditure';
  const ofRigid = isRigid && rigid.value !== 'none' ? rigid.value.deduct : undefined;
  const row = ofRigid ? rigid : values.deductibleSpending;
  const kinds = ofRigid ?? values.deductibleSpending.value;
  const taken = household.spending.filter(({ kind }) => kinds.includes(kind));
  if (taken.length === 0) return { value: income, steps: [], sample: false };
  const spent = total(taken.map(monthly));
  const value = notBelowZero(minus(income, spent));
  const inputs = { income: yuanText(income), spent: yuanText(spent) };
  return {
    value,
    steps: [step('spending-deducted', inputs, yuanText(value), row.citation)],
    sample: false,
  };
}
