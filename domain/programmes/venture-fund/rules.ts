import { monthOf, type PlainDate } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import type { DatedValue } from '../../policy/book.ts';
import { lookupOption, lookupParameter } from '../../policy/lookup.ts';
import type { ParameterSpec, ValueOf } from '../../policy/parameter.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { PolicyView } from '../schedule.ts';
import type { TranchePlan } from './options.ts';
import { VENTURE_PARAMETERS, type VentureParameters } from './parameters.ts';

type Name = keyof VentureParameters;
type Values = { readonly [Each in Name]?: ValueOf<VentureParameters[Each]> };

/**
 * The rules of a place on a day, by value: what a contract keeps. Plain JSON, money as decimal yuan strings as the pack spells it.
 */
export type VentureRules = Omit<Values, 'tranches' | 'trancheRounding'> &
  Required<Pick<Values, 'grant'>> & {
    readonly tranches: TranchePlan;
    readonly jurisdiction: string;
    /** The day whose rules these are: that of the call. */
    readonly on: PlainDate;
    /** Where each value comes from. */
    readonly sources: Readonly<Partial<Record<Name, Citation>>>;
    /** A value that decides money is no published figure: never dispatched outside demo mode. */
    readonly sample: boolean;
  };

/**
 * The rules in force on a day, as known by `view.scope.knownOn`. Refusals: `policy/no-rule` and `policy/gap` of `grant`, `tranches` and `trancheRounding`;
 * `policy/gap` of any other that the place did set and let lapse.
 */
export function ventureRules(view: PolicyView, on: PlainDate): Result<VentureRules> {
  const found: Partial<Record<Name, DatedValue>> = {};
  for (const parameter of Object.keys(VENTURE_PARAMETERS) as Name[]) {
    const value = read(view, on, parameter);
    if (!value.ok) return value;
    if (value.value) found[parameter] = value.value;
  }
  const entries = Object.entries(found) as [Name, DatedValue][];
  // Packs were checked against the same schemas when they were parsed, and the three that must be there were refused above.
  const values = Object.fromEntries(entries.map(([name, { value }]) => [name, value])) as Required<Values>;
  const { tranches, trancheRounding, ...others } = values;
  const { afterChange, ...rounding } = trancheRounding;
  return ok({
    ...(others as Pick<VentureRules, Exclude<Name, 'tranches' | 'trancheRounding'>>),
    tranches: { tranches, rounding, afterChange },
    jurisdiction: view.scope.jurisdiction,
    on,
    sources: Object.fromEntries(entries.map(([name, { citation }]) => [name, citation])),
    sample: entries.some(([name, { sample }]) => sample === true && VENTURE_PARAMETERS[name].bearsAmount),
  });
}

const MUST: readonly Name[] = ['grant', 'tranches', 'trancheRounding'];

function read({ book, scope }: PolicyView, on: PlainDate, parameter: Name): Result<DatedValue | undefined> {
  const query = { ...scope, parameter, month: monthOf(on) };
  const spec: ParameterSpec = VENTURE_PARAMETERS[parameter];
  if (!MUST.includes(parameter)) {
    const set = lookupOption(book, query, spec);
    if (!set.ok || set.value === undefined) return set.ok ? ok(undefined) : set;
  }
  return lookupParameter(book, query, spec);
}

/** A value that the place has not set and that somebody asks for. */
export function notSet(rules: VentureRules, parameter: Name): Refusal {
  const { label } = VENTURE_PARAMETERS[parameter];
  return refusal(
    'policy/no-rule',
    `${rules.jurisdiction} 在 ${rules.on} 没有设定“${label.zh}”（${parameter}）：请先导入政策包`,
    `${rules.jurisdiction} had not set "${label.en}" (${parameter}) on ${rules.on}: import a policy pack first`,
    { jurisdiction: rules.jurisdiction, programme: 'venture-fund', parameter, on: rules.on },
  );
}

/** The citation of a rule's value, where there is one. */
export function cited(rules: VentureRules, parameter: Name): { readonly citation?: Citation } {
  const citation = rules.sources[parameter];
  return citation ? { citation } : {};
}

export const refusedField = (
  code: Refusal['code'],
  field: string,
  zh: string,
  en: string,
  detail: Refusal['detail'] = {},
): Result<never> => refuse(refusal(code, zh, en, { field, ...detail }));
