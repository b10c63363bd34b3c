import { monthOf, type PlainDate } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import type { DatedValue } from '../../policy/book.ts';
import { lookup } from '../../policy/lookup.ts';
import type { ValueOf } from '../../policy/parameter.ts';
import { ok, type Result } from '../../result.ts';
import type { PolicyView } from '../schedule.ts';
import { TEMPORARY_AID_PARAMETERS, type TemporaryAidParameters } from './parameters.ts';

type Values = {
  readonly [Name in keyof TemporaryAidParameters]: DatedValue<ValueOf<TemporaryAidParameters[Name]>>;
};

/** All that the place set, in force in the month of the decision, and the standard that its months are counted in. */
export type AidPolicy = Values & {
  /** Yuan per person and month where the family lives. */
  readonly standard: { readonly yuan: string; readonly citation: Citation; readonly sample: boolean };
};

/**
 * Reads everything once. Where months are counted in the 低保 standard, that is the value of the 低保 of the same place, with its own
 * document and dates: there is one standard, and whoever raises it raises both. Refusals: `policy/gap`, `policy/no-rule`.
 */
export function readPolicy(
  { book, scope }: PolicyView,
  decidedOn: PlainDate,
  residence: 'urban' | 'rural',
): Result<AidPolicy> {
  const month = monthOf(decidedOn);
  const values: Record<string, DatedValue> = {};
  for (const parameter of Object.keys(TEMPORARY_AID_PARAMETERS)) {
    const found = lookup(book, { ...scope, parameter, month });
    if (!found.ok) return found;
    values[parameter] = found.value;
  }
  // Packs were checked against the same schemas when they were parsed.
  const own = values as Values;
  const dibao = lookup(book, { ...scope, programme: 'dibao', parameter: 'standard', month });
  if (own.aidStandard.value === 'dibao' && !dibao.ok) return dibao;
  const source = own.aidStandard.value === 'dibao' && dibao.ok ? dibao.value : own.aidStandard;
  const { [residence]: yuan } = source.value as { readonly urban: string; readonly rural: string };
  return ok({
    ...own,
    standard: { yuan, citation: source.citation, sample: source.sample === true },
  });
}
