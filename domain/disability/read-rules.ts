import type { DatedValue } from '../policy/book.ts';
import type { ValueOf } from '../policy/parameter.ts';
import { type MonthlyReader, scopeOf } from '../programmes/monthly.ts';
import type { MonthInput } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import type { DisabilityParameters } from './parameters.ts';

/** What every month needs, and what a place may leave unset (parameters.ts says what that means). */
const NEEDED = [
  'tiers',
  'rates',
  'classChange',
  'gradeChange',
  'ageChange',
  'leapDay',
  'regrading',
  'workInjuryCare',
  'stopFrom',
  'resumeFrom',
] as const;
const OPTIONS = [
  'base',
  'stableIncome',
  'excludedClasses',
  'cardRequired',
  'cardRenewal',
  'severalCards',
  'incomeReport',
  'recheck',
  'reapplyAfter',
] as const;

type Value<Name extends keyof DisabilityParameters> = DatedValue<ValueOf<DisabilityParameters[Name]>>;
export type Rules = {
  readonly [Name in (typeof NEEDED)[number]]: Value<Name>;
} & {
  readonly [Name in (typeof OPTIONS)[number]]?: Value<Name>;
};

/** The rules that govern a month. Refusals: `policy/gap`, `policy/no-rule` of the first that is needed and not there. */
export function readRules(input: MonthInput, read: MonthlyReader<DisabilityParameters>): Result<Rules> {
  const values: Record<string, DatedValue> = {};
  const scope = scopeOf(input);
  for (const name of NEEDED) {
    const found = read(input.book, scope, name, input.month);
    if (!found.ok) return found;
    values[name] = found.value;
  }
  for (const name of OPTIONS) {
    const found = read.option(input.book, scope, name, input.month);
    if (!found.ok) return found;
    if (found.value) values[name] = found.value;
  }
  // Packs were checked against the same schemas when they were parsed.
  return ok(values as unknown as Rules);
}
