import { addMonths, birthday, isPlainDate, type Month, maxMonth, monthOf } from '../../calendar.ts';
import { sumFen, toYuan, writtenFen } from '../../money.ts';
import type { DatedValue } from '../../policy/book.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import { lastRecorded, valueOn } from '../fact-history.ts';
import {
  monthlyEntitlement,
  monthlyReader,
  monthlyStep,
  personFactsOf,
  scopeOf,
  startOfMonths,
} from '../monthly.ts';
import { personStopByPolicy } from '../person-stops.ts';
import type { Component, EnrolmentInput, Entitlement, MonthInput, Step } from '../programme.ts';
import { voucherOf } from '../voucher.ts';
import type { ElderlyServiceStepCode } from './labels.ts';
import type { ELDERLY_SERVICE_PARAMETERS, ServiceAmount } from './parameters.ts';

const read = monthlyReader<typeof ELDERLY_SERVICE_PARAMETERS>();
const step = (code: ElderlyServiceStepCode, ...rest: Rest) => monthlyStep(code, ...rest);
type Rest = Parameters<typeof monthlyStep> extends [string, ...infer Others] ? Others : never;
const NONE = 'none';

/**
 * What an elderly person gets for a month by class and level of care (老年人权益保障法 第三十七条; amounts and options are the
 * jurisdiction's). Where policy gives it as services, it is the most that verified orders of the month may come to.
 *
 * Refusals: `policy/gap`, `policy/no-rule`, `missing/birth-date`, `missing/application`.
 */
export function assessMonth(input: MonthInput): Result<Entitlement> {
  const { book, enrolment, month } = input;
  const scope = scopeOf(input);
  const amounts = read(book, scope, 'serviceAmounts', month);
  if (!amounts.ok) return amounts;
  const sample = amounts.value.sample === true;
  const nothing = (...derivation: readonly Step[]) =>
    ok(monthlyEntitlement(enrolment, month, { components: [], derivation, sample }));

  const ofAge = monthOfAge(input, month);
  if (!ofAge.ok) return ofAge;
  const { since, age, citation } = ofAge.value;
  if (month < since) return nothing(step('under-age', { month, since, age }, '0.00', citation));
  const start = startOfMonths(input, read);
  if (!start.ok) return start;
  const { first, step: began } = start.value;
  if (first === undefined) return nothing(began);
  if (month < first)
    return nothing(began, step('not-started', { month, since: first }, '0.00', began.citation));
  const stop = personStopByPolicy(input, read);
  if (!stop.ok) return stop;
  if (stop.value.stopped) return nothing(began, stop.value.step);

  const found = classAndLevel(input);
  if (!found.ok) return found;
  const delivery = read(book, scope, 'delivery', month);
  if (!delivery.ok) return delivery;
  const inKind = delivery.value.value === 'orders';
  const paid = amountsFor(amounts.value, month, found.value, inKind);
  const total = toYuan(sumFen(paid.components.map(({ fen }) => fen)));
  const given =
    inKind && paid.components.length > 0
      ? [step('given-as-orders', { month }, total, delivery.value.citation)]
      : [];
  const derivation = [began, stop.value.step, found.value.step, ...paid.steps, ...given];
  return ok(monthlyEntitlement(enrolment, month, { components: paid.components, derivation, sample }));
}

/** The first month due by age and papers. Refusals: as `assessMonth`. */
export function firstMonth(input: EnrolmentInput): Result<Month | undefined> {
  const start = startOfMonths(input, read);
  if (!start.ok || start.value.first === undefined) return start.ok ? ok(undefined) : start;
  const ofAge = monthOfAge(input, start.value.first);
  return ofAge.ok ? ok(maxMonth(start.value.first, ofAge.value.since)) : ofAge;
}

/** The month from which the person is old enough, by the rules of a month. */
function monthOfAge(
  input: EnrolmentInput,
  month: Month,
): Result<{ since: Month; age: string; citation: DatedValue['citation'] }> {
  const scope = scopeOf(input);
  const born = lastRecorded(personFactsOf(input), 'birth-date')?.value;
  if (born === undefined || !isPlainDate(born)) return refuse(noBirthDate(input.enrolment.id));
  const age = read(input.book, scope, 'serviceAge', month);
  if (!age.ok) return age;
  const start = read(input.book, scope, 'ageStart', month);
  if (!start.ok) return start;
  const leapDay = read(input.book, scope, 'leapDay', month);
  if (!leapDay.ok) return leapDay;
  const turns = monthOf(birthday(born, age.value.value, leapDay.value.value));
  return ok({
    since: addMonths(turns, start.value.value === 'next-month' ? 1 : 0),
    age: String(age.value.value),
    citation: age.value.citation,
  });
}

type Found = { readonly classes: readonly string[]; readonly level: string; readonly step: Step };

/** The class that counts for the month, the place's own (`service-class`) before the identity class, and the level of care. */
function classAndLevel(input: MonthInput): Result<Found> {
  const { month, enrolment } = input;
  const change = read(input.book, scopeOf(input), 'levelChange', month);
  if (!change.ok) return change;
  const rule = change.value.value;
  // Text comparison: "2026-05" < "2026-05-01" < "2026-05-31" < "2026-06", so a bare month is the end of the one before.
  const upTo = rule === 'next-month' ? month : rule === 'month-start' ? `${month}-01` : `${month}-31`;
  const person = personFactsOf(input);
  const identity = valueOn(person, 'identity-class', upTo, NONE);
  const own = valueOn(enrolment.facts, 'service-class', upTo, '');
  const level = valueOn(person, 'care-level', upTo, '') || NONE;
  const classes = own === '' ? [identity] : [own, identity];
  const inputs = { month, class: classes[0] ?? identity, level, rule };
  return ok({ classes, level, step: step('service-class', inputs, level, change.value.citation) });
}

/** Of each component the first line that fits, the person's first class before the second. */
function amountsFor(
  { value: table, citation }: DatedValue<readonly ServiceAmount[]>,
  month: Month,
  { classes, level }: Found,
  inKind: boolean,
): { readonly components: Component[]; readonly steps: Step[] } {
  const components: Component[] = [];
  const steps: Step[] = [];
  for (const component of new Set(table.map((line) => line.component))) {
    const line = classes
      .map((one) => table.find((each) => each.component === component && fits(each, one, level)))
      .find((each) => each !== undefined);
    if (!line) continue;
    const due = writtenFen(line.amount);
    components.push({ component: inKind ? voucherOf(component) : component, fen: due });
    const inputs = { component, classes: shown(line.classes), levels: shown(line.levels) };
    steps.push(step('service-amount', inputs, toYuan(due), citation));
  }
  if (steps.length > 0) return { components, steps };
  const inputs = { month, class: classes[0] ?? NONE, level };
  return { components, steps: [step('no-service-amount', inputs, '0.00', citation)] };
}

const fits = ({ classes, levels }: ServiceAmount, one: string, level: string): boolean =>
  (classes?.includes(one) ?? true) && (levels?.includes(level) ?? true);
const shown = (words: readonly string[] | undefined): string => words?.join('、') ?? 'every';

const noBirthDate = (enrolment: string) =>
  refusal(
    'missing/birth-date',
    `${enrolment} 的享受人没有出生日期，无法判断年龄：请在对象信息库补录`,
    `the person of ${enrolment} has no birth date, so the age cannot be told: add it to the register`,
    { enrolment },
  );
