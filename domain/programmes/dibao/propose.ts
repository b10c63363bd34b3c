import type { Month } from '../../calendar.ts';
import {
  dividedBy,
  type Fraction,
  fraction,
  NOTHING,
  percentOf,
  roundedToFen,
  yuanText,
} from '../../fraction.ts';
import type { HouseholdCase } from '../../household/household-case.ts';
import { type Fen, sumFen, toYuan } from '../../money.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { Component, Step } from '../programme.ts';
import { baseOf, isBelow } from './base.ts';
import { afterSpending, incomeOf } from './income.ts';
import { afterDeduction } from './income-deduction.ts';
import { firstGroup, groupName } from './person-groups.ts';
import { BASE, type PolicyView, type Proposal, TOP_UP } from './proposal.ts';
import { readParameters, type Values } from './read-parameter.ts';
import {
  countedMembers,
  coveredOf,
  GROUP_PARAMETERS,
  groupRules,
  HOUSEHOLD_PARAMETERS,
  isSample,
  type Ruled,
  ruled,
  step,
  type Worked,
} from './rules.ts';
import { NO_TOP_UPS, topUpsOf } from './top-up.ts';

/**
 * What a household would get for a month by the policy in force (测算额): the base and the top-ups, with every rule that spoke.
 * The order of members, incomes, obligors and spending changes neither amount nor derivation. Pure; moves no money.
 *
 * Refusals: `policy/gap`, `policy/no-rule` (a month without a value), `policy/not-offered` (单人保 or 刚性支出 where there is none).
 */
export function propose(household: HouseholdCase, view: PolicyView, month: Month): Result<Proposal> {
  return household.application.kind === 'single-person'
    ? proposeSinglePerson(household, view, month)
    : proposeHousehold(household, view, month);
}

/** The per-capita monthly income after everything policy takes off it, and how it came about. */
export function perCapitaOf(
  household: HouseholdCase,
  view: PolicyView,
  month: Month,
): Result<Worked<{ readonly rules: Ruled; readonly income: Fraction; readonly perCapita: Fraction }>> {
  const values = readParameters(view, month, HOUSEHOLD_PARAMETERS);
  if (!values.ok) return values;
  const rules = ruled(household, month, values.value);
  const { standard } = values.value;
  const persons = rules.counted.length;
  const opening = [
    membersStep(household, rules),
    step('standard', { month, residence: household.residence }, yuanText(rules.standard), standard.citation),
  ];
  const before = incomeOf(rules);
  const spent = afterSpending(before.value, rules);
  const deducted = afterDeduction(spent.value, rules);
  const income = deducted.value;
  const perCapita = persons === 0 ? NOTHING : dividedBy(income, persons);
  const divided = step(
    'per-capita',
    { income: yuanText(income), persons: String(persons) },
    yuanText(perCapita),
    standard.citation,
  );
  return ok({
    value: { rules, income, perCapita },
    steps: [...opening, ...before.steps, ...spent.steps, ...deducted.steps, divided],
    sample: isSample(standard) || before.sample || deducted.sample,
  });
}

function membersStep({ members, residence }: HouseholdCase, { counted, values }: Ruled): Step {
  const inputs = {
    residence,
    excluded: String(members.length - counted.length),
    covered: String(coveredOf(counted).length),
  };
  return step('members', inputs, String(counted.length), values.standard.citation);
}

function proposeHousehold(household: HouseholdCase, view: PolicyView, month: Month): Result<Proposal> {
  const worked = perCapitaOf(household, view, month);
  if (!worked.ok) return worked;
  const { steps, sample, value } = worked.value;
  const { income, perCapita, rules } = value;
  const { rigidExpenditure: rigid, standard } = rules.values;
  const isRigid = household.application.kind === 'rigid-expenditure';
  if (isRigid && rigid.value === 'none') return refuse(notOffered(view, 'rigid-expenditure'));
  const compared = { perCapita: yuanText(perCapita), standard: yuanText(rules.standard) };
  const nothing = (code: 'not-below-standard' | 'nobody-covered') =>
    ok(proposalOf(month, [], [], [...steps, step(code, compared, '0.00', standard.citation)], sample, false));
  if (coveredOf(rules.counted).length === 0) return nothing('nobody-covered');
  if (!isBelow(perCapita, rules.standard)) return nothing('not-below-standard');
  const base = baseOf(income, rules);
  const eligible = step('below-standard', compared, yuanText(perCapita), standard.citation);
  const hasTopUps = !isRigid || (rigid.value !== 'none' && rigid.value.topUps);
  const topUps = hasTopUps ? topUpsOf(household, view, month, base.value) : ok(NO_TOP_UPS);
  if (!topUps.ok) return topUps;
  return ok(
    proposalOf(
      month,
      [
        { component: BASE, fen: base.value.fen },
        { component: TOP_UP, fen: topUps.value.value.fen },
      ],
      [...base.value.shares, ...topUps.value.value.shares],
      [...steps, eligible, ...base.steps, ...topUps.value.steps],
      sample || base.sample || topUps.value.sample,
      true,
    ),
  );
}

const SINGLE_PARAMETERS = [...GROUP_PARAMETERS, 'singlePerson', 'base'] as const;

/**
 * 单人保: the covered person of a family that gets none itself and that the bureau recognised as 低保边缘. Flat amounts ask for no
 * standard, so a month without one stops only places that pay a percentage of it.
 */
function proposeSinglePerson(household: HouseholdCase, view: PolicyView, month: Month): Result<Proposal> {
  const values = readParameters(view, month, SINGLE_PARAMETERS);
  if (!values.ok) return values;
  const { singlePerson } = values.value;
  if (singlePerson.value === 'none') return refuse(notOffered(view, 'single-person'));
  const { application } = household;
  const recognised = application.kind === 'single-person' && application.familyRecognisedMarginal;
  const [member, ...more] = coveredOf(countedMembers(household));
  const found = singleClass(household, values.value, month);
  if (!member || more.length > 0 || !recognised || !found) {
    const inputs = { covered: String(member ? more.length + 1 : 0), recognised: recognised ? 'yes' : 'no' };
    const explained = step('single-person-none', inputs, '0.00', singlePerson.citation);
    return ok(proposalOf(month, [], [], [explained], isSample(singlePerson), false));
  }
  const amount = singleAmount(household, view, month, values.value, found.percent);
  if (!amount.ok) return amount;
  const inputs = { ...amount.value.inputs, person: member.person, group: found.group };
  const explained = step(
    found.percent === undefined ? 'single-person-flat' : 'single-person-percent',
    inputs,
    toYuan(amount.value.fen),
    singlePerson.citation,
  );
  const base = { exact: fraction(toYuan(amount.value.fen)), fen: amount.value.fen };
  const topUps = singlePerson.value.topUps ? topUpsOf(household, view, month, base) : ok(NO_TOP_UPS);
  if (!topUps.ok) return topUps;
  const components = [
    { component: BASE, fen: amount.value.fen },
    { component: TOP_UP, fen: topUps.value.value.fen },
  ];
  const own =
    amount.value.fen === 0 ? [] : [{ person: member.person, component: BASE, fen: amount.value.fen }];
  const shares = [...own, ...topUps.value.value.shares];
  const sample = isSample(singlePerson) || amount.value.sample || topUps.value.sample;
  return ok(proposalOf(month, components, shares, [explained, ...topUps.value.steps], sample, true));
}

type SingleValues = Values<(typeof SINGLE_PARAMETERS)[number]>;

/** The first class of 单人保 that the covered person belongs to; `percent` is absent where the amount is flat. */
function singleClass(
  household: HouseholdCase,
  values: SingleValues,
  month: Month,
): { readonly group: string; readonly percent?: string } | undefined {
  const rule = values.singlePerson.value;
  const [member] = coveredOf(countedMembers(household));
  if (rule === 'none' || !member) return undefined;
  const groups = groupRules(month, values);
  if (rule.rule === 'flat') {
    const group = firstGroup(member, rule.groups, groups);
    return group && { group: groupName(group) };
  }
  for (const { when, percent } of rule.classes) {
    const group = firstGroup(member, when, groups);
    if (group) return { group: groupName(group), percent };
  }
  return undefined;
}

type SingleAmount = {
  readonly fen: Fen;
  readonly inputs: Readonly<Record<string, string>>;
  readonly sample: boolean;
};

function singleAmount(
  { residence }: HouseholdCase,
  view: PolicyView,
  month: Month,
  { base, singlePerson: { value: rule } }: SingleValues,
  percent: string | undefined,
): Result<SingleAmount> {
  const fenUnit = { rule: 'half-up', unit: 'fen' } as const;
  if (rule !== 'none' && rule.rule === 'flat') {
    const inputs = { month, residence };
    return ok({ fen: roundedToFen(fraction(rule[residence]), fenUnit), inputs, sample: false });
  }
  const values = readParameters(view, month, ['standard']);
  if (!values.ok) return values;
  const standard = fraction(values.value.standard.value[residence]);
  const exact = percentOf(standard, percent ?? '0');
  const inputs = {
    month,
    percent: percent ?? '0',
    standard: yuanText(standard),
    rule: base.value.rule,
    unit: base.value.unit,
  };
  return ok({ fen: roundedToFen(exact, base.value), inputs, sample: isSample(values.value.standard) });
}

function proposalOf(
  month: Month,
  amounts: readonly Component[],
  shares: Proposal['shares'],
  steps: readonly Step[],
  sample: boolean,
  eligible: boolean,
): Proposal {
  const components = amounts.filter(({ fen: amount }) => amount !== 0);
  return {
    month,
    components,
    fen: sumFen(components.map((component) => component.fen)),
    shares,
    eligible,
    sample,
    derivation: steps,
  };
}

function notOffered({ scope }: PolicyView, kind: 'single-person' | 'rigid-expenditure') {
  const zh = kind === 'single-person' ? '单人保' : '刚性支出困难家庭救助';
  const en = kind === 'single-person' ? 'single-person protection' : 'aid for hardship from spending';
  return refusal(
    'policy/not-offered',
    `${scope.jurisdiction} 的政策没有${zh}：请改按家庭申请，或先导入依据`,
    `the policy of ${scope.jurisdiction} has no ${en}: apply for the household, or import the policy first`,
    { jurisdiction: scope.jurisdiction, application: kind },
  );
}
