import { birthday, isPlainDate, type Month, monthOf, type PlainDate } from '../../calendar.ts';
import { settled } from '../../disability/settled.ts';
import { type Fen, fen, toYuan, writtenFen } from '../../money.ts';
import type { DatedValue } from '../../policy/book.ts';
import { liesWithin } from '../../policy/jurisdiction.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import { certifiedDeath, history, lastRecorded } from '../fact-history.ts';
import {
  monthlyEntitlement,
  monthlyReader,
  monthlyStep,
  personFactsOf,
  scopeOf,
  startOfMonths,
} from '../monthly.ts';
import { EVERY_STOP, personStopByPolicy } from '../person-stops.ts';
import type { Component, EnrolmentInput, Entitlement, MonthInput, Step } from '../programme.ts';
import type { VETERANS_CARE_STEPS } from './labels.ts';
import type { FuneralAid, Rate, VeteransCareParameters } from './parameters.ts';

export const ALLOWANCE = 'allowance';
export const FUNERAL = 'funeral';

const read = monthlyReader<VeteransCareParameters>();

/**
 * What a recipient is owed for a month (军人抚恤优待条例，2024): from the month of the confirmation, by class; with the month of a death
 * so many months more as funeral aid. Amounts and options are the jurisdiction's.
 *
 * Refusals: `policy/gap`, `policy/no-rule`, `missing/application`, `missing/birth-date`, `missing/service-years`.
 */
export function assessMonth(input: MonthInput): Result<Entitlement> {
  const { enrolment, month } = input;
  const start = startOfMonths(input, read);
  if (!start.ok) return start;
  const { first, step: began } = start.value;
  const nothing = (...derivation: Step[]) =>
    ok(monthlyEntitlement(enrolment, month, { components: [], derivation, sample: false }));
  if (first === undefined) return nothing(began);
  if (month < first)
    return nothing(began, step('not-started', { month, since: first }, '0.00', began.citation));
  const stop = stopOf(input);
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing(began, stop.value.step);
  const monthly = monthlyAmount(input);
  if (!monthly.ok) return monthly;
  const { amount, steps, sample } = monthly.value;
  const components: Component[] = stop.value.dead ? [] : [{ component: ALLOWANCE, fen: amount }];
  const derivation = [began, stop.value.step, ...steps];
  const funeral = funeralOf(input, monthly.value);
  if (!funeral.ok) return funeral;
  if (funeral.value) {
    components.push({ component: FUNERAL, fen: funeral.value.fen });
    derivation.push(funeral.value.step);
  }
  return ok(monthlyEntitlement(enrolment, month, { components, derivation, sample }));
}

/** The first month due. Refusals: those of `startOfMonths`. */
export function firstMonth(input: EnrolmentInput): Result<Month | undefined> {
  const start = startOfMonths(input, read);
  return start.ok ? ok(start.value.first) : start;
}

type Stop = { readonly stopped: boolean; readonly step: Step; readonly dead: boolean };

/** What stops it; the month of the death is looked at for the funeral aid also where the allowance of that month is not due. */
function stopOf(input: MonthInput): Result<Stop> {
  const { month } = input;
  const moves = read(input.book, scopeOf(input), 'moveOut', month);
  if (!moves.ok) return moves;
  const ownMoves = moves.value.value === 'year-end';
  const applies = EVERY_STOP.filter((kind) => !(ownMoves && kind === 'registration'));
  const found = personStopByPolicy(input, read, applies);
  if (!found.ok) return found;
  const { stopped, step: named } = found.value;
  const death = certifiedDeath(personFactsOf(input));
  if (stopped && named.code === 'stopped-death' && death !== undefined && monthOf(death) === month) {
    const others = personStopByPolicy(
      input,
      read,
      applies.filter((kind) => kind !== 'death'),
    );
    return others.ok
      ? ok({ ...others.value, step: named, dead: true, stopped: others.value.stopped })
      : others;
  }
  if (stopped) return ok({ stopped, step: named, dead: false });
  if (ownMoves && hasLeft(input))
    return ok({
      stopped: true,
      step: step('stopped-moved-year', { month }, '0.00', moves.value.citation),
      dead: false,
    });
  return ok({ stopped, step: named, dead: false });
}

/** 当年由迁出地发放: true in the years after the one of a move elsewhere. */
function hasLeft(input: MonthInput): boolean {
  const place = input.jurisdiction ?? input.enrolment.jurisdiction;
  const last = history(personFactsOf(input), 'household-registration').findLast(
    ({ validFrom }) => monthOf(validFrom) <= input.month,
  );
  if (last === undefined || last.value === 'in' || liesWithin(last.value, place)) return false;
  return input.month.slice(0, 4) > last.validFrom.slice(0, 4);
}

type Monthly = {
  readonly amount: Fen;
  readonly steps: readonly Step[];
  readonly sample: boolean;
  readonly class: string;
};

/** Class and what it is due a month. */
function monthlyAmount(input: MonthInput): Result<Monthly> {
  const { book, month, enrolment } = input;
  const scope = scopeOf(input);
  const change = read(book, scope, 'classChange', month);
  if (!change.ok) return change;
  const rule = change.value.value;
  const held = settled(enrolment.facts, 'preferential-class', month, () => rule)?.value ?? '';
  const [named = '', years] = held.split(':');
  const none = (one: Step, sample = false): Result<Monthly> =>
    ok({ amount: fen(0), steps: [one], sample, class: named });
  if (named === '') return none(step('no-class', { month }, '0.00', change.value.citation));
  const classed = step('class', { month, class: named, rule }, named, change.value.citation);
  const rates = read(book, scope, 'rates', month);
  if (!rates.ok) return rates;
  const { value, citation, sample = false } = rates.value;
  const row = value.find((one) => one.class === named);
  if (!row) return none(step('class-not-listed', { month, class: named }, '0.00', citation), sample);
  const old = oldEnough(input, row);
  if (!old.ok) return old;
  if (!old.value) {
    const inputs = { month, class: named, fromAge: String(row.fromAge) };
    return none(step('under-age', inputs, '0.00', citation), sample);
  }
  const amount = amountOf(input, row, years, rates.value);
  if (!amount.ok) return amount;
  const steps = [classed, amount.value.step];
  return ok({ amount: amount.value.fen, steps, sample, class: named });
}

function amountOf(
  { month, enrolment }: MonthInput,
  row: Rate,
  years: string | undefined,
  { citation }: DatedValue,
): Result<{ readonly fen: Fen; readonly step: Step }> {
  if ('amount' in row) {
    const amount = writtenFen(row.amount);
    return ok({ fen: amount, step: step('amount', { month, class: row.class }, toYuan(amount), citation) });
  }
  if (years === undefined) return refuse(without(enrolment.id, 'service-years'));
  const amount = fen(writtenFen(row.perYear) * Number(years));
  const inputs = { month, class: row.class, perYear: row.perYear, years };
  return ok({ fen: amount, step: step('amount-per-year', inputs, toYuan(amount), citation) });
}

function oldEnough(input: MonthInput, { fromAge }: Rate): Result<boolean> {
  if (fromAge === undefined) return ok(true);
  const born: PlainDate = lastRecorded(personFactsOf(input), 'birth-date')?.value ?? '';
  if (!isPlainDate(born)) return refuse(without(input.enrolment.id, 'birth-date'));
  const leapDay = read(input.book, scopeOf(input), 'leapDay', input.month);
  if (!leapDay.ok) return leapDay;
  return ok(monthOf(birthday(born, fromAge, leapDay.value.value)) <= input.month);
}

/** 丧葬补助 (第二十九条等): in the month of the death, so many months of what was due in it. */
function funeralOf(
  input: MonthInput,
  { amount, class: named }: Monthly,
): Result<{ readonly fen: Fen; readonly step: Step } | undefined> {
  const { book, month } = input;
  const person = personFactsOf(input);
  const death = certifiedDeath(person);
  if (death === undefined || monthOf(death) !== month || amount === 0) return ok(undefined);
  const aid = read(book, scopeOf(input), 'funeralAid', month);
  if (!aid.ok) return aid;
  const cause = lastRecorded(person, 'death-cause')?.value ?? '';
  const { value, citation } = aid.value;
  const line = lineFor(value, named, cause);
  if (line === 'unknown')
    return ok({ fen: fen(0), step: step('funeral-cause-missing', { month }, '0.00', citation) });
  if (line === undefined || line.months === 0) return ok(undefined);
  const due = fen(amount * line.months);
  const inputs = { month, months: String(line.months), monthly: toYuan(amount) };
  return ok({ fen: due, step: step('funeral-aid', inputs, toYuan(due), citation) });
}

/** The first line for the class and the cause; `unknown` where it depends on a cause that nobody recorded. */
function lineFor(
  lines: FuneralAid,
  named: string,
  cause: string,
): FuneralAid[number] | 'unknown' | undefined {
  for (const line of lines) {
    if (line.classes !== undefined && !line.classes.includes(named)) continue;
    if (line.causes === undefined) return line;
    if (cause === '') return 'unknown';
    if (line.causes.some((one) => one === cause)) return line;
  }
  return undefined;
}

const WHAT = {
  'birth-date': ['出生日期，无法判断年龄', 'birth date, so the age cannot be told'],
  'service-years': ['服役年数，无法按年计算', 'years of service, by which the amount is worked out'],
} as const;

function without(id: string, what: keyof typeof WHAT) {
  const [zh, en] = WHAT[what];
  return refusal(
    `missing/${what}`,
    `${id} 的享受人没有${zh}：请在对象信息库补录`,
    `the person of ${id} has no ${en}: add it to the register`,
    { enrolment: id },
  );
}

function step(
  code: keyof typeof VETERANS_CARE_STEPS,
  inputs: Readonly<Record<string, string>>,
  result: string,
  citation: Parameters<typeof monthlyStep>[3],
): Step {
  return monthlyStep(code, inputs, result, citation);
}
