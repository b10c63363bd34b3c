import type { Month } from '../../calendar.ts';
import type { DatedValue } from '../../policy/book.ts';
import { lookup } from '../../policy/lookup.ts';
import type { ValueOf } from '../../policy/parameter.ts';
import { ok, type Result } from '../../result.ts';
import type { DibaoParameters } from './parameters.ts';
import type { PolicyView } from './proposal.ts';

/** Values of 低保 parameters with their dates and citations, typed by their schemas. */
export type Values<Name extends keyof DibaoParameters> = {
  readonly [Each in Name]: DatedValue<ValueOf<DibaoParameters[Each]>>;
};

/** Some parameters as they govern a month. The first that has no value refuses all: `policy/gap`, `policy/no-rule`. */
export function readParameters<Name extends keyof DibaoParameters>(
  { book, scope }: PolicyView,
  month: Month,
  names: readonly Name[],
): Result<Values<Name>> {
  const values: Partial<Record<Name, DatedValue>> = {};
  for (const parameter of names) {
    const found = lookup(book, { ...scope, parameter, month });
    if (!found.ok) return found;
    values[parameter] = found.value;
  }
  // Packs were checked against the same schemas when they were parsed.
  return ok(values as Values<Name>);
}
