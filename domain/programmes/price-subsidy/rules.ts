import type { Month, PlainDate } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import { compare, fraction, NOTHING, percentOf, roundedToFen } from '../../fraction.ts';
import { membershipOn } from '../../household/membership.ts';
import { type Fen, fen, toYuan, writtenFen } from '../../money.ts';
import type { DatedValue } from '../../policy/book.ts';
import { policyChanges } from '../../policy/lookup.ts';
import type { ValueOf } from '../../policy/parameter.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import { valueOn } from '../fact-history.ts';
import { monthlyEntitlement, monthlyReader, monthlyStep, personFactsOf, scopeOf } from '../monthly.ts';
import { personStopByPolicy } from '../person-stops.ts';
import type { EnrolmentFacts, EnrolmentInput, Entitlement, MonthInput, Step } from '../programme.ts';
import type { PolicyView } from '../schedule.ts';
import type { PRICE_SUBSIDY_STEPS } from './labels.ts';
import type { PRICE_SUBSIDY_PARAMETERS, Roll } from './parameters.ts';

/** The only component of 价格临时补贴. */
export const PRICE_SUBSIDY = 'price-subsidy';
const read = monthlyReader<typeof PRICE_SUBSIDY_PARAMETERS>();
const step = (
  code: keyof typeof PRICE_SUBSIDY_STEPS,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Citation,
): Step => monthlyStep(code, inputs, result, citation);

type Value<Name extends keyof typeof PRICE_SUBSIDY_PARAMETERS> = DatedValue<
  ValueOf<(typeof PRICE_SUBSIDY_PARAMETERS)[Name]>
>;

/**
 * What a person on a roll gets for a month in which prices rose so much (社会救助和保障标准与物价上涨挂钩联动机制, 发改价格规〔2021〕1553号): the
 * local standard times the change of the SCPI, once, whatever number of rolls. Looks at what the other programmes owe in the month, so
 * that whoever joins or leaves a roll afterwards has the month made good.
 *
 * Refusals: `policy/gap` (also for a month whose indices nobody entered), `policy/no-rule`, `missing/roll-amount`.
 */
export function assessMonth(input: MonthInput): Result<Entitlement> {
  const { book, enrolment, month } = input;
  const scope = scopeOf(input);
  const indices = read(book, scope, 'indices', month);
  if (!indices.ok) return indices;
  const trigger = read(book, scope, 'priceTrigger', month);
  if (!trigger.ok) return trigger;
  let sample = indices.value.sample === true || trigger.value.sample === true;
  const nothing = (...derivation: readonly Step[]) =>
    ok(monthlyEntitlement(enrolment, month, { components: [], derivation, sample }));

  const reached = reachedStep(month, indices.value, trigger.value);
  if (reached.code !== 'index-reached') return nothing(reached);
  const stop = personStopByPolicy(input, read, ['paid-elsewhere', 'death', 'decision']);
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing(reached, stop.value.step);
  const rolls = read(book, scope, 'rolls', month);
  if (!rolls.ok) return rolls;
  const roll = firstRoll(input, rolls.value.value);
  if (!roll.ok) return roll;
  const { citation } = rolls.value;
  if (roll.value === undefined)
    return nothing(reached, stop.value.step, step('on-no-roll', { month }, '0.00', citation));
  sample ||= rolls.value.sample === true || roll.value.sample;

  const amount = amountOf(input, indices.value);
  if (!amount.ok) return amount;
  sample ||= amount.value.sample;
  const derivation = [
    reached,
    stop.value.step,
    step('on-roll', { month }, roll.value.name, citation),
    ...amount.value.steps,
  ];
  const components = [{ component: PRICE_SUBSIDY, fen: amount.value.fen }];
  return ok(monthlyEntitlement(enrolment, month, { components, derivation, sample }));
}

/** The first month that the mechanism governs: rolls may turn out to have held somebody ever since. */
export function firstMonth(input: EnrolmentInput): Result<Month | undefined> {
  return ok(policyChanges(input.book, scopeOf(input), ['rolls'])[0]);
}

/** Whether the indices of a month set it off. Refusals: those of `lookup`. */
export function isSetOff({ book, scope }: PolicyView, month: Month): Result<boolean> {
  const indices = read(book, scope, 'indices', month);
  if (!indices.ok) return indices;
  const trigger = read(book, scope, 'priceTrigger', month);
  return trigger.ok ? ok(reachedStep(month, indices.value, trigger.value).code === 'index-reached') : trigger;
}

/** 发放时限: so many working days from the publication of the month's indices. Refusals: those of `lookup`. */
export function payWithin(
  { book, scope }: PolicyView,
  month: Month,
): Result<{ readonly from: PlainDate; readonly workingDays: number }> {
  const indices = read(book, scope, 'indices', month);
  if (!indices.ok) return indices;
  const days = read(book, scope, 'payWithinDays', month);
  return days.ok ? ok({ from: indices.value.value.publishedOn, workingDays: days.value.value }) : days;
}

/** Whether the indices of the month set it off; each is compared by itself. */
function reachedStep(
  month: Month,
  { value, citation }: Value<'indices'>,
  trigger: Value<'priceTrigger'>,
): Step {
  const { cpi, food, combine } = trigger.value;
  const over = [
    compare(fraction(value.cpi), fraction(cpi)) >= 0,
    compare(fraction(value.food), fraction(food)) >= 0,
  ];
  const reached = combine === 'either' ? over.some(Boolean) : over.every(Boolean);
  const inputs = { month, cpi: value.cpi, food: value.food, cpiFrom: cpi, foodFrom: food, combine };
  return step(reached ? 'index-reached' : 'index-not-reached', inputs, reached ? 'due' : '0.00', citation);
}

type Found = { readonly name: string; readonly sample: boolean };

/** The first roll, in the order of policy, that the person stands on in the month: who is owed something there. */
function firstRoll(input: MonthInput, rolls: readonly Roll[]): Result<Found | undefined> {
  for (const roll of rolls) {
    if ('class' in roll) {
      const held = valueOn(personFactsOf(input), 'identity-class', `${input.month}-31`, 'none');
      if (held === roll.class) return ok({ name: roll.class, sample: false });
      continue;
    }
    for (const other of onRollOf(input, roll)) {
      invariant(input.netOf, 'the price subsidy is assessed with what stands around it');
      const owed = input.netOf(other);
      if (!owed.ok) return refuse(unknownRoll(input, other, owed.error));
      if (owed.value.fen > 0) return ok({ name: roll.programme, sample: owed.value.sample });
    }
  }
  return ok(undefined);
}

/** Enrolments of the person in the programme, or of the household whose benefit covers him at the end of the month. */
function onRollOf(
  { situation, enrolment, month, ...at }: MonthInput,
  { programme, of }: Exclude<Roll, { class: string }>,
): readonly EnrolmentFacts[] {
  const membership =
    of === 'household' ? membershipOn(situation.persons[enrolment.subject] ?? [], `${month}-31`) : undefined;
  const subject =
    of === 'person' ? enrolment.subject : membership?.covered ? membership.household : undefined;
  const place = at.jurisdiction ?? enrolment.jurisdiction;
  return situation.enrolments.filter(
    (other) => other.programme === programme && other.subject === subject && other.jurisdiction === place,
  );
}

function amountOf(
  input: MonthInput,
  indices: Value<'indices'>,
): Result<{ readonly fen: Fen; readonly steps: readonly Step[]; readonly sample: boolean }> {
  const { book, month } = input;
  const scope = scopeOf(input);
  const standard = read(book, scope, 'priceStandard', month);
  if (!standard.ok) return standard;
  const rounding = read(book, scope, 'priceRounding', month);
  if (!rounding.ok) return rounding;
  const least = read(book, scope, 'priceLeast', month);
  if (!least.ok) return least;
  const { scpi } = indices.value;
  const { rule, unit } = rounding.value.value;
  const exact = percentOf(fraction(standard.value.value), scpi);
  const rounded = compare(exact, NOTHING) <= 0 ? fen(0) : roundedToFen(exact, rounding.value.value);
  const inputs = { standard: standard.value.value, scpi, rule, unit };
  const steps = [step('standard-times-index', inputs, toYuan(rounded), standard.value.citation)];
  const floor = least.value.value;
  const due = floor === 'none' ? rounded : fen(Math.max(rounded, writtenFen(floor)));
  if (due > rounded) steps.push(step('price-least', { least: floor }, toYuan(due), least.value.citation));
  const sample = [standard.value, rounding.value, least.value].some((one) => one.sample === true);
  return ok({ fen: due, steps, sample });
}

function unknownRoll({ enrolment, month }: MonthInput, other: EnrolmentFacts, why: Refusal): Refusal {
  return refusal(
    'missing/roll-amount',
    `${enrolment.id} ${month} 是否在 ${other.programme} 名册内无法确定（${other.id}）：${why.zh}`,
    `whether ${enrolment.id} is on the roll of ${other.programme} in ${month} cannot be said (${other.id}): ${why.en}`,
    { enrolment: enrolment.id, month, other: other.id, programme: other.programme, because: why.code },
  );
}
