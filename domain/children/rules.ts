import type { Month } from '../calendar.ts';
import { monthlyEntitlement, type StartOfMonths, scopeOf, startOfMonths } from '../programmes/monthly.ts';
import { EVERY_STOP, personStopByPolicy, type StopKind } from '../programmes/person-stops.ts';
import type { Component, EnrolmentInput, Entitlement, MonthInput, Step } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import { ageIn } from './age.ts';
import { amountIn } from './amount.ts';
import { guardianshipEnd, overdueReview } from './endings.ts';
import { firstInterimMonth, interimAid, settlementAid } from './extras.ts';
import { childStep, readChild } from './read-child.ts';

/** Components of the programmes for children. */
export const LIVING = 'living';
export const INTERIM_AID = 'interim-aid';
export const SETTLEMENT_AID = 'settlement-aid';

/** What one part of the rules says of a month. */
type Part = {
  readonly components: readonly Component[];
  readonly steps: readonly Step[];
  readonly sample: boolean;
};

/**
 * What a child is owed for a month (民发〔2010〕161号; 民发〔2019〕62号): the amount of its category from the month that policy names until
 * death, coming of age without study, adoption or a parent found; before the confirmation interim aid where it was granted; once an
 * aid at the settlement as an adult. Zero with a step that says why.
 *
 * Refusals: those of `startOfMonths` and `amountIn`, `missing/birth-date`.
 */
export function childMonth(input: MonthInput): Result<Entitlement> {
  const start = startOfMonths(input, readChild);
  if (!start.ok) return start;
  const monthly = monthlyPart(input, start.value);
  if (!monthly.ok) return monthly;
  const settled = settlementPart(input, start.value.first);
  if (!settled.ok) return settled;
  return ok(
    monthlyEntitlement(input.enrolment, input.month, {
      components: [...monthly.value.components, ...settled.value.components],
      derivation: [start.value.step, ...monthly.value.steps, ...settled.value.steps],
      sample: monthly.value.sample || settled.value.sample,
    }),
  );
}

/** The first month due, interim aid among them. Refusals: those of `startOfMonths`. */
export function firstChildMonth(input: EnrolmentInput): Result<Month | undefined> {
  const start = startOfMonths(input, readChild);
  if (!start.ok) return start;
  const interim = firstInterimMonth(input);
  if (!interim.ok) return interim;
  return ok([start.value.first, interim.value].filter((month) => month !== undefined).sort()[0]);
}

const ALWAYS_STOPS: readonly StopKind[] = ['paid-elsewhere', 'death', 'decision'];

/** The month's own money: what stops it in order, then the amount. */
function monthlyPart(input: MonthInput, start: StartOfMonths): Result<Part> {
  const { month } = input;
  const begun = start.first !== undefined && month >= start.first;
  const stopsOn = readChild.option(input.book, scopeOf(input), 'stopsOn', month);
  if (!stopsOn.ok) return stopsOn;
  const applies = stopsOn.value ? [...ALWAYS_STOPS, ...stopsOn.value.value] : EVERY_STOP;
  const stop = personStopByPolicy(input, readChild, applies);
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing([stop.value.step]);
  const guardianship = guardianshipEnd(input);
  if (!guardianship.ok) return guardianship;
  if (guardianship.value) return nothing([stop.value.step, guardianship.value]);
  const age = ageIn(input);
  if (!age.ok) return age;
  const checked = [stop.value.step, age.value.step];
  if (age.value.ended) return nothing(checked);
  if (!begun) return beforeStart(input, start, checked);
  const overdue = overdueReview(input);
  if (!overdue.ok) return overdue;
  if (overdue.value) return nothing([...checked, overdue.value]);
  const amount = amountIn(input);
  if (!amount.ok) return amount;
  const { value: fen, steps, sample } = amount.value;
  return ok({ components: [{ component: LIVING, fen }], steps: [...checked, ...steps], sample });
}

/** Before the first month due by confirmation: interim aid, or nothing yet. */
function beforeStart(
  input: MonthInput,
  { first, step }: StartOfMonths,
  checked: readonly Step[],
): Result<Part> {
  const interim = interimAid(input);
  if (!interim.ok) return interim;
  if (interim.value) {
    const { value: fen, steps, sample } = interim.value;
    return ok({ components: [{ component: INTERIM_AID, fen }], steps: [...checked, ...steps], sample });
  }
  if (first === undefined) return nothing([]);
  return nothing([childStep('not-started', { month: input.month, since: first }, '0.00', step.citation)]);
}

/** Once, whatever else stopped by then: it is owed because the child left. Nothing for somebody who never got anything. */
function settlementPart(input: MonthInput, first: Month | undefined): Result<Part> {
  if (first === undefined || input.month < first) return nothing([]);
  const aid = settlementAid(input);
  if (!aid.ok) return aid;
  if (!aid.value) return nothing([]);
  const { value: fen, steps, sample } = aid.value;
  return ok({ components: [{ component: SETTLEMENT_AID, fen }], steps, sample });
}

const nothing = (steps: readonly Step[]): Result<Part> => ok({ components: [], steps, sample: false });
