import { addMonths, isPlainDate, type Month, monthsBetween } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import { type Fen, fen, toYuan, writtenFen } from '../money.ts';
import { certifiedDeath, history, lastRecorded } from '../programmes/fact-history.ts';
import { personFactsOf, scopeOf } from '../programmes/monthly.ts';
import type { EnrolmentInput, MonthInput } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import { amountIn, type Found, percentageOf, standardAmount } from './amount.ts';
import { changeIn, effectMonth, effectRules } from './effect.ts';
import type { InterimAid, SettlementAid } from './parameters.ts';
import { childStep, readChild } from './read-child.ts';

/** The first month of interim aid; undefined where none was granted or policy has none. Refusals: those of `lookup`. */
export function firstInterimMonth(input: EnrolmentInput): Result<Month | undefined> {
  const granted = history(input.enrolment.facts, 'interim-aid').find(({ value }) => value === 'yes');
  if (!granted) return ok(undefined);
  const rule = interimRule(input, granted.validFrom.slice(0, 7));
  return rule.ok ? ok(rule.value && effectMonth(granted.validFrom, rule.value.rule.from)) : rule;
}

type Ruled<T> = { readonly rule: T; readonly citation: Citation; readonly sample: boolean };
function interimRule(
  input: EnrolmentInput,
  month: Month,
): Result<Ruled<Exclude<InterimAid, 'none'>> | undefined> {
  const found = readChild.option(input.book, scopeOf(input), 'interimAid', month);
  if (!found.ok) return found;
  if (!found.value || found.value.value === 'none') return ok(undefined);
  const { value, citation, sample = false } = found.value;
  return ok({ rule: value, citation, sample });
}

/**
 * 临时生活补贴 of a month before the first one due by confirmation (京社委儿福发〔2019〕36号: 情形待查的先行给予): a percentage of the
 * standard, for at most so many months. Undefined when nothing of it is due. Refusals: those of `lookup`, `missing/care-setting`.
 */
export function interimAid(input: MonthInput): Result<Found<Fen> | undefined> {
  const { enrolment, month } = input;
  const grants = history(enrolment.facts, 'interim-aid');
  const granted = grants.find(({ value }) => value === 'yes');
  if (!granted) return ok(undefined);
  const found = interimRule(input, month);
  if (!found.ok || !found.value) return found.ok ? ok(undefined) : found;
  const { rule, citation, sample } = found.value;
  const rules = effectRules(input);
  if (!rules.ok) return rules;
  const last = changeIn(grants, month, ({ value }) => (value === 'yes' ? rule.from : rules.value.stopFrom));
  const since = effectMonth(granted.validFrom, rule.from);
  const over = rule.monthsMax !== undefined && monthsBetween(since, month) >= rule.monthsMax;
  if (last?.value !== 'yes' || over) return ok(undefined);
  const standard = standardAmount(input);
  if (!standard.ok) return standard;
  const amount = percentageOf(standard.value.value, rule);
  const { percent, monthsMax } = rule;
  const inputs = { month, since, percent, standard: standard.value.value, limit: String(monthsMax ?? '-') };
  return ok({
    value: amount,
    steps: [...standard.value.steps, childStep('interim-aid', inputs, toYuan(amount), citation)],
    sample: sample || standard.value.sample,
  });
}

/**
 * 成年安置补助, in one month and never again: that of the settlement on record, or the month after. Undefined in every other month, for
 * somebody who died before it, and where policy has none. Refusals: those of `amountIn` for the month before, where it is so many months.
 */
export function settlementAid(input: MonthInput): Result<Found<Fen> | undefined> {
  const { book, enrolment, month } = input;
  const settled = lastRecorded(enrolment.facts, 'settled-adult')?.value ?? '';
  const [on, document] = [settled.slice(0, 10), settled.slice(11)];
  if (!isPlainDate(on)) return ok(undefined);
  const found = readChild.option(book, scopeOf(input), 'settlementAid', month);
  if (!found.ok || !found.value || found.value.value === 'none') return found.ok ? ok(undefined) : found;
  const { value: rule, citation, sample = false } = found.value;
  const death = certifiedDeath(personFactsOf(input));
  if (effectMonth(on, rule.paidIn) !== month || (death !== undefined && death < on)) return ok(undefined);
  const amount = settlementAmount(input, rule);
  if (!amount.ok) return amount;
  const { value, steps } = amount.value;
  return ok({
    value,
    steps: [...steps, childStep('settlement-aid', { month, document }, toYuan(value), citation)],
    sample: sample || amount.value.sample,
  });
}

function settlementAmount(input: MonthInput, rule: Exclude<SettlementAid, 'none'>): Result<Found<Fen>> {
  if ('amount' in rule) return ok({ value: writtenFen(rule.amount), steps: [], sample: false });
  const monthly = amountIn({ ...input, month: addMonths(input.month, -1) });
  if (!monthly.ok) return monthly;
  return ok({ ...monthly.value, value: fen(monthly.value.value * rule.months) });
}
