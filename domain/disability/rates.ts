import type { Month } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import { ofFen, percentOf, roundedToFen } from '../fraction.ts';
import type { Residence } from '../household/household-case.ts';
import { type Fen, fen, toYuan, writtenFen } from '../money.ts';
import { lookup } from '../policy/lookup.ts';
import { valueOn } from '../programmes/fact-history.ts';
import { personFactsOf, scopeOf } from '../programmes/monthly.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result } from '../result.ts';
import { disabilityStep as step } from './disability-step.ts';
import { missing } from './missing.ts';
import type { Amount, Rate } from './parameters.ts';
import { type AgeRules, hasAge, settled } from './settled.ts';
import { birthDateOf, type ClassRules, ownIncomeIn, residenceIn, workIn } from './who.ts';
import type { IdentityClass } from './words.ts';

/** Everything that a line of the table is held against, for one person and month. */
export type Held = {
  readonly input: MonthInput;
  readonly identity: IdentityClass;
  readonly ages: AgeRules;
  readonly classes: ClassRules;
  readonly cares: { readonly higher: ClassRules['gained']; readonly lower: ClassRules['lost'] };
  /** Kinds of own income that count; undefined where policy does not say. */
  readonly stableIncome: readonly string[] | undefined;
  readonly base: { readonly urban: string; readonly rural: string } | undefined;
};

/** What a line gives: yuan in fen, the steps that say how, and whether it rests on a sample besides the table itself. */
export type Given = { readonly fen: Fen; readonly steps: readonly Step[]; readonly sample: boolean };

/**
 * Whether a line fits. What is on record for certain is asked first, so that a line that does not fit anyway needs nothing else;
 * `missing/…` names the fact without which nobody can say.
 */
export function fits(row: Rate, tier: string, held: Held): Result<boolean> {
  const { input, identity } = held;
  const { month } = input;
  const person = personFactsOf(input);
  if (row.tiers !== undefined && !row.tiers.includes(tier)) return ok(false);
  if (row.identity !== undefined && !row.identity.includes(identity)) return ok(false);
  if (row.hardship !== undefined && !row.hardship.some((one) => hardshipsIn(month, person).includes(one)))
    return ok(false);
  const { fromAge, throughAge } = row;
  if (fromAge !== undefined || throughAge !== undefined) {
    const born = birthDateOf(person);
    if (born === undefined) return missing(held.input, 'birth-date');
    if (fromAge !== undefined && !hasAge(born, fromAge, month, held.ages)) return ok(false);
    if (throughAge !== undefined && hasAge(born, throughAge + 1, month, held.ages)) return ok(false);
  }
  if (row.residence !== undefined) {
    const residence = residenceIn(input);
    if (residence === undefined) return missing(input, 'residence');
    if (residence !== row.residence) return ok(false);
  }
  if (row.employment === 'none') {
    const work = workIn(month, person, held.classes);
    if (work === undefined) return missing(input, 'employment');
    if (work !== 'none') return ok(false);
  }
  if (row.selfCare !== undefined) {
    const care = selfCareIn(month, person, held.cares);
    if (care === undefined) return missing(input, 'self-care');
    if (!row.selfCare.some((one) => one === care)) return ok(false);
  }
  return row.income === undefined ? ok(true) : fitsIncome(row.income, held);
}

function fitsIncome(income: 'none' | 'below-standard', held: Held): Result<boolean> {
  const own = ownIncome(held);
  if (!own.ok) return own;
  if (income === 'none') return ok(own.value === 0);
  const standard = standardOf(held.input);
  return standard.ok ? ok(own.value < standard.value.fen) : standard;
}

/** What a line that fits gives. Refusals: `missing/…`, and those of `lookup` where it is linked to the 低保 standard. */
export function given(row: Rate, held: Held, citation: Citation): Result<Given> {
  const { month } = held.input;
  const { amount } = row;
  if (typeof amount === 'string') return ok(flat(month, writtenFen(amount), citation));
  if ('urban' in amount) return byResidence(amount, held, citation);
  if ('percent' in amount) return percentGiven(amount, held, citation);
  const [standard, own] = [standardOf(held.input), ownIncome(held)];
  if (!standard.ok) return standard;
  if (!own.ok) return own;
  const due = fen(Math.max(0, standard.value.fen - own.value));
  const inputs = { month, standard: toYuan(standard.value.fen), income: toYuan(own.value) };
  return ok({
    fen: due,
    steps: [standard.value.step, step('amount-less-income', inputs, toYuan(due), citation)],
    sample: standard.value.sample,
  });
}

const flat = (month: Month, due: Fen, citation: Citation): Given => ({
  fen: due,
  steps: [step('amount', { month }, toYuan(due), citation)],
  sample: false,
});

function byResidence(
  amounts: { readonly urban: string; readonly rural: string },
  held: Held,
  citation: Citation,
): Result<Given> {
  const { month } = held.input;
  const residence = amounts.urban === amounts.rural ? 'urban' : residenceIn(held.input);
  if (residence === undefined) return missing(held.input, 'residence');
  const due = writtenFen(amounts[residence]);
  if (amounts.urban === amounts.rural) return ok(flat(month, due, citation));
  const steps = [step('amount-by-residence', { month, residence }, toYuan(due), citation)];
  return ok({ fen: due, steps, sample: false });
}

function percentGiven(
  amount: Extract<Amount, { readonly percent: string }>,
  held: Held,
  citation: Citation,
): Result<Given> {
  const { month } = held.input;
  const base = amount.of === 'base' ? baseOf(held, citation) : standardOf(held.input);
  if (!base.ok) return base;
  const { rule, unit, percent } = amount;
  const due = roundedToFen(percentOf(ofFen(base.value.fen), percent), { rule, unit });
  const inputs = { month, base: toYuan(base.value.fen), percent, rule, unit };
  return ok({
    fen: due,
    steps: [base.value.step, step('amount-percent', inputs, toYuan(due), citation)],
    sample: base.value.sample,
  });
}

type Base = { readonly fen: Fen; readonly step: Step; readonly sample: boolean };

/** The base of percentages that the programme's own policy sets. */
function baseOf(held: Held, citation: Citation): Result<Base> {
  if (held.base === undefined) return missing(held.input, 'policy-base');
  const found = residenceFor(held.base, held.input);
  if (!found.ok) return found;
  const amount = writtenFen(held.base[found.value]);
  const inputs = { month: held.input.month, residence: found.value };
  return ok({ fen: amount, step: step('base', inputs, toYuan(amount), citation), sample: false });
}

/**
 * The 低保 standard of the place for the month (联动): the most specific one of district, city and province. Both its dates are its own, so
 * what rests on it steps with it. Refusals: `policy/gap`, `policy/no-rule` of 低保.
 */
function standardOf(input: MonthInput): Result<Base> {
  const { book, month } = input;
  const query = { ...scopeOf(input), programme: 'dibao', parameter: 'standard', month };
  const found = lookup(book, query);
  if (!found.ok) return found;
  // Packs were checked against 低保's own schema when they were parsed.
  const { urban, rural } = found.value.value as { readonly urban: string; readonly rural: string };
  const residence = residenceFor({ urban, rural }, input);
  if (!residence.ok) return residence;
  const amount = writtenFen({ urban, rural }[residence.value]);
  const inputs = { month, residence: residence.value };
  return ok({
    fen: amount,
    step: step('dibao-standard', inputs, toYuan(amount), found.value.citation),
    sample: found.value.sample === true,
  });
}

/** Which of two amounts counts; where they are the same nobody has to know where the person belongs. */
function residenceFor(
  { urban, rural }: { readonly urban: string; readonly rural: string },
  input: MonthInput,
): Result<Residence> {
  const residence = residenceIn(input) ?? (urban === rural ? 'urban' : undefined);
  return residence === undefined ? missing(input, 'residence') : ok(residence);
}

function ownIncome(held: Held): Result<Fen> {
  if (held.stableIncome === undefined) return missing(held.input, 'policy-income');
  const own = ownIncomeIn(held.input.month, personFactsOf(held.input), held.stableIncome, held.classes);
  return own === undefined ? missing(held.input, 'incomes') : ok(own);
}

function hardshipsIn(month: Month, person: readonly Fact[]): readonly string[] {
  return valueOn(person, 'disability-hardship', `${month}-31`, '').split(';');
}

const NEED: Readonly<Record<string, number>> = { full: 0, half: 1, none: 2 };

function selfCareIn(month: Month, person: readonly Fact[], rules: Held['cares']): string | undefined {
  const ruleOf = (was: string, now: string) =>
    (NEED[now] ?? 0) >= (NEED[was] ?? 0) ? rules.higher : rules.lower;
  return settled(person, 'self-care', month, ruleOf)?.value;
}
