import type { Month } from '../../calendar.ts';
import type { DatedValue, PolicyBook } from '../../policy/book.ts';
import { lookupParameter, type PolicyScope } from '../../policy/lookup.ts';
import type { ParameterSpec, ValueOf } from '../../policy/parameter.ts';
import type { Result } from '../../result.ts';
import { HIGH_AGE_PARAMETERS } from './parameters.ts';

type Parameters = typeof HIGH_AGE_PARAMETERS;

/** One parameter of 高龄津贴 for a month, typed by its schema. Refusals: those of `lookup`. */
export function readParameter<Name extends keyof Parameters>(
  book: PolicyBook,
  scope: PolicyScope,
  parameter: Name,
  month: Month,
): Result<DatedValue<ValueOf<Parameters[Name]>>> {
  const spec = HIGH_AGE_PARAMETERS[parameter] as unknown as ParameterSpec<ValueOf<Parameters[Name]>>;
  return lookupParameter(book, { ...scope, parameter, month }, spec);
}
