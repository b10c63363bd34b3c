import type { Month } from '../calendar.ts';
import { fen } from '../money.ts';
import { type MonthlyReader, monthlyEntitlement, monthlyStep, personFactsOf } from '../programmes/monthly.ts';
import { personStopByPolicy } from '../programmes/person-stops.ts';
import type { EnrolmentInput, Entitlement, MonthInput, Step } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import {
  type Condition,
  incomeReported,
  reapplications,
  rechecked,
  sharedStops,
  workInjury,
} from './conditions.ts';
import { disabilityStep as step } from './disability-step.ts';
import { tiersIn } from './entitled-tiers.ts';
import type { DisabilityParameters, Rate } from './parameters.ts';
import { fits, type Given, given, type Held } from './rates.ts';
import { type Rules, readRules } from './read-rules.ts';
import { startOf } from './start.ts';
import { identityIn } from './who.ts';

type Read = MonthlyReader<DisabilityParameters>;

/**
 * What a person is owed for a month of one of the disability subsidies (国发〔2015〕52号；民发〔2021〕70号; tables and options are the
 * jurisdiction's). Zero with its reason before the first month due, after a stop, without a card, grade or class that the table has.
 *
 * Refusals: `policy/gap`, `policy/no-rule` (also of the 低保 standard where the rate is linked to it), `missing/application`, and
 * `missing/<fact>` where a line of the table cannot be told to fit without it.
 */
export function disabilityMonth(input: MonthInput, read: Read, component: string): Result<Entitlement> {
  const { enrolment, month } = input;
  const start = startOf(input, read);
  if (!start.ok) return start;
  const { first, steps: began } = start.value;
  const nothing = (derivation: readonly Step[], sample = false) =>
    ok(monthlyEntitlement(enrolment, month, { components: [], derivation, sample }));
  if (first === undefined) return nothing(began);
  if (month < first) return nothing([...began, notStarted(month, first, began)]);
  const rules = readRules(input, read);
  if (!rules.ok) return rules;
  const sample = rules.value.rates.sample === true;
  const stop = personStopByPolicy(input, read, sharedStops(rules.value));
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing([...began, stop.value.step], sample);
  const conditions = conditionsOf(input, rules.value);
  const stopping = conditions.find(({ stops }) => stops);
  if (stopping) return nothing([...began, stop.value.step, stopping.step], sample);
  const looked = [...began, stop.value.step, ...conditions.map((condition) => condition.step)];
  const amount = amountOf(input, rules.value);
  if (!amount.ok) return amount;
  const { chosen, steps } = amount.value;
  const derivation = [...looked, ...steps];
  if (!chosen) return nothing(derivation, sample);
  return ok(
    monthlyEntitlement(enrolment, month, {
      components: [{ component, fen: chosen.fen }],
      derivation,
      sample: sample || chosen.sample,
    }),
  );
}

/** The first month due (起发月份); undefined while it is neither reviewed nor decided. Refusals: as `disabilityMonth`. */
export function disabilityStart(input: EnrolmentInput, read: Read): Result<Month | undefined> {
  const start = startOf(input, read);
  return start.ok ? ok(start.value.first) : start;
}

function notStarted(month: Month, since: Month, began: readonly Step[]): Step {
  return monthlyStep('not-started', { month, since }, '0.00', began.at(-1)?.citation);
}

function conditionsOf(input: MonthInput, rules: Rules): Condition[] {
  const one = [workInjury(input, rules), rechecked(input, rules)].filter((found) => found !== undefined);
  return [...reapplications(input, rules), ...one];
}

type Chosen = Given & { readonly class: string };
type Amount = { readonly chosen: Chosen | undefined; readonly steps: readonly Step[] };

/** Class, tier, line of the table, amount. */
function amountOf(input: MonthInput, rules: Rules): Result<Amount> {
  const { month } = input;
  const identity = identityIn(month, personFactsOf(input), rules.classChange.value);
  const { gained, lost } = rules.classChange.value;
  const { citation } = rules.classChange;
  const classed = step('identity-class', { month, gained, lost }, identity, citation);
  const { excludedClasses } = rules;
  if (excludedClasses?.value.includes(identity)) {
    const left = step('excluded-class', { month, identity }, '0.00', excludedClasses.citation);
    return ok({ chosen: undefined, steps: [classed, left] });
  }
  const standing = tiersIn(input, rules);
  if (standing.tiers.length === 0) return ok({ chosen: undefined, steps: [classed, ...standing.without] });
  const held: Held = {
    input,
    identity,
    ages: { ageChange: rules.ageChange.value, leapDay: rules.leapDay.value },
    classes: rules.classChange.value,
    cares: rules.gradeChange.value,
    stableIncome: rules.stableIncome?.value,
    base: rules.base?.value,
  };
  let best: Amount | undefined;
  for (const { tier, steps } of standing.tiers) {
    const found = ofTier(tier, held, rules);
    if (!found.ok) return found;
    const { chosen } = found.value;
    if (best?.chosen && (rules.severalCards?.value === 'disability-card' || chosen === undefined)) continue;
    if (best?.chosen && chosen && chosen.fen <= best.chosen.fen) continue;
    best = { chosen, steps: [...steps, ...found.value.steps] };
  }
  const several = standing.tiers.length > 1 ? [severalStep(month, rules)] : [];
  return ok({ chosen: best?.chosen, steps: [classed, ...several, ...(best?.steps ?? [])] });
}

function severalStep(month: Month, rules: Rules): Step {
  const rule = rules.severalCards?.value ?? 'highest';
  return step('several-cards', { month }, rule, rules.severalCards?.citation);
}

/** The line of the table for a tier, the report on the income that it needs, and what it gives. */
function ofTier(tier: string, held: Held, rules: Rules): Result<Amount> {
  const { overlap, rows } = rules.rates.value;
  let chosen: { readonly row: Rate; readonly given: Given } | undefined;
  for (const row of rows) {
    const fitting = fits(row, tier, held);
    if (!fitting.ok) return fitting;
    if (!fitting.value) continue;
    const amount = given(row, held, rules.rates.citation);
    if (!amount.ok) return amount;
    if (!chosen || amount.value.fen > chosen.given.fen) chosen = { row, given: amount.value };
    if (overlap === 'first-listed') break;
  }
  const { month } = held.input;
  if (!chosen) {
    const none = step('no-class', { month, tier, identity: held.identity }, '0.00', rules.rates.citation);
    return ok({ chosen: undefined, steps: [none] });
  }
  const named = chosen.row.class;
  const inputs = { month, class: named, tier, overlap };
  const steps = [classStep(chosen.row, inputs, rules)];
  const report = incomeReported(held.input, rules, named);
  if (report?.stops) return ok({ chosen: undefined, steps: [...steps, report.step] });
  const reported = report ? [report.step] : [];
  const { given: amount } = chosen;
  return ok({
    chosen: { ...amount, fen: fen(amount.fen), class: named },
    steps: [...steps, ...reported, ...amount.steps],
  });
}

/** Which line of the table it is, and what that line asks for beside the tier. */
function classStep(row: Rate, inputs: Readonly<Record<string, string>>, rules: Rules): Step {
  const { fromAge, throughAge, class: named } = row;
  const { citation } = rules.rates;
  const conditions = conditionsOfLine(row);
  const aged = fromAge !== undefined || throughAge !== undefined;
  const asks = {
    ...(conditions !== '' && { conditions }),
    ...(aged && { ages: `${fromAge ?? 0}–${throughAge ?? ''}` }),
  };
  const code = conditions === '' ? (aged ? 'class-by-age' : 'class-by-tier') : aged ? 'class-aged' : 'class';
  return step(code, { ...inputs, ...asks }, named, citation);
}

/** Words of which each has to hold, with `+`; of those between `/` one has to. Empty where a line asks for none. */
function conditionsOfLine({ identity, employment, income, hardship, residence, selfCare }: Rate): string {
  const parts = [
    identity,
    employment && ['unemployed'],
    income && [income === 'none' ? 'no-income' : 'income-below-standard'],
    hardship,
    residence && [residence],
    selfCare?.map((level) => `self-care-${level}`),
  ];
  return parts.flatMap((part) => part?.join('/') ?? []).join('+');
}
