import type { Month } from '../calendar.ts';
import type { DatedValue } from '../policy/book.ts';
import { lookup } from '../policy/lookup.ts';
import type { ParameterSpec, ValueOf } from '../policy/parameter.ts';
import type { PolicyView } from '../programmes/schedule.ts';
import { ok, type Result } from '../result.ts';

/** Values of a programme's parameters with their dates and citations, typed by their schemas. */
export type GrantValues<Specs extends Readonly<Record<string, unknown>>> = {
  readonly [Name in keyof Specs]: DatedValue<ValueOf<Specs[Name]>>;
};

/** All parameters of a programme as they govern a month. The first that has no value refuses: `policy/gap`, `policy/no-rule`. */
export function readValues<Specs extends Readonly<Record<string, ParameterSpec<never> | ParameterSpec>>>(
  { book, scope }: PolicyView,
  month: Month,
  specs: Specs,
): Result<GrantValues<Specs>> {
  const values: Record<string, DatedValue> = {};
  for (const parameter of Object.keys(specs)) {
    const found = lookup(book, { ...scope, parameter, month });
    if (!found.ok) return found;
    values[parameter] = found.value;
  }
  // Packs were checked against the same schemas when they were parsed.
  return ok(values as GrantValues<Specs>);
}
