import type { Month } from '../calendar.ts';
import type { Citation } from '../citation.ts';
import { fraction, percentOf, roundedToFen } from '../fraction.ts';
import { type Fen, toYuan, writtenFen } from '../money.ts';
import { history } from '../programmes/fact-history.ts';
import { scopeOf } from '../programmes/monthly.ts';
import type { MonthInput, Step } from '../programmes/programme.ts';
import type { FactKind } from '../register/facts.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Rounding } from '../rounding.ts';
import type { BySetting, Category } from './parameters.ts';
import { childStep, readChild } from './read-child.ts';
import { contradictingSetting, linkedTwice, noCategory, noSetting, unknownCategory } from './refusals.ts';

type Setting = keyof BySetting;
/** Yuan a month found by steps; `sample` when an amount or a percentage in it was never published. */
export type Found<T> = { readonly value: T; readonly steps: readonly Step[]; readonly sample: boolean };

/**
 * What a child gets for a month by category and setting: the standard, a percentage of it, or an amount of the category's own.
 *
 * Refusals: those of `lookup`, `missing/child-category`, `missing/care-setting`, `conflict/care-setting`, `policy/child-category`,
 * `policy/linked-standard`.
 */
export function amountIn(input: MonthInput): Result<Found<Fen>> {
  const { book, month } = input;
  const change = readChild(book, scopeOf(input), 'categoryChange', month);
  if (!change.ok) return change;
  const categories = readChild(book, scopeOf(input), 'categories', month);
  if (!categories.ok) return categories;
  const upTo = lastDayThatCounts(month, change.value.value);
  const lived = settingOn(input, upTo);
  const category = categoryOf(input, categories.value.value, upTo, lived);
  if (!category.ok) return category;
  const { code, names, share } = category.value;
  const published = share && 'amounts' in share ? share.amounts : undefined;
  const standard = published
    ? ok({ value: published, citation: categories.value.citation, steps: [], sample: false })
    : standardIn(input);
  if (!standard.ok) return standard;
  const rates = standard.value.value;
  const setting = settingOf(input, category.value, lived, rates);
  if (!setting.ok) return setting;
  const yuan = rates[setting.value];
  const percent = share && 'percent' in share ? share.percent : '100';
  const fen = share && 'percent' in share ? percentageOf(yuan, share) : writtenFen(yuan);
  const className = published ? 'own-rate' : share ? 'percentage-rate' : 'standard-rate';
  const { citation } = categories.value;
  // Classes are what stacking rules may ask for (programmes/stacking-effect.ts).
  const group = `category-${code.toLowerCase()}`;
  const inputs = { month, code, nameZh: names.zh, nameEn: names.en, rule: change.value.value, class: group };
  const steps = [
    childStep('category', inputs, code, citation),
    ...standard.value.steps,
    childStep(
      'child-amount',
      { month, setting: setting.value, standard: yuan, percent, class: className },
      toYuan(fen),
      standard.value.citation,
    ),
  ];
  const ofCategory = share !== undefined && categories.value.sample === true;
  return ok({ value: fen, steps, sample: ofCategory || standard.value.sample });
}

/** Text comparison: "2026-05" < "2026-05-01" < "2026-05-31" < "2026-06", so a bare month is the end of the one before. */
const lastDayThatCounts = (month: Month, rule: 'next-month' | 'month-start' | 'same-month'): string =>
  rule === 'next-month' ? month : rule === 'month-start' ? `${month}-01` : `${month}-31`;

/** `percent` of an amount in yuan, rounded as policy says. */
export const percentageOf = (
  yuan: string,
  { percent, rounding }: { readonly percent: string; readonly rounding: Rounding },
): Fen => roundedToFen(percentOf(fraction(yuan), percent), rounding);

/** The amounts of the standard for the month, its own or those it is linked to. Refusals: those of `lookup`, `policy/linked-standard`. */
function standardIn(input: MonthInput): Result<Found<BySetting> & { readonly citation: Citation }> {
  const { book, month } = input;
  const scope = scopeOf(input);
  const own = readChild(book, scope, 'standard', month);
  if (!own.ok) return own;
  const { value, citation, sample = false } = own.value;
  if (!('linkedTo' in value)) return ok({ value, citation, steps: [], sample });
  const programme = value.linkedTo;
  const linked = readChild(book, { ...scope, programme }, 'standard', month);
  if (!linked.ok) return linked;
  const amounts = linked.value.value;
  if ('linkedTo' in amounts) return refuse(linkedTwice(scope.programme, programme));
  return ok({
    value: amounts,
    citation: linked.value.citation,
    steps: [childStep('standard-linked', { month, programme }, programme, citation)],
    sample: sample || linked.value.sample === true,
  });
}

/** The standard that a child of no category yet would get: where it lives decides, if that makes a difference. */
export function standardAmount(
  input: MonthInput,
): Result<Found<string> & { readonly setting: Setting; readonly citation: Citation }> {
  const standard = standardIn(input);
  if (!standard.ok) return standard;
  const rates = standard.value.value;
  const lived = settingOn(input, `${input.month}-31`);
  if (lived === undefined && rates.family !== rates.institution) return refuse(noSetting(input.enrolment.id));
  const setting = lived ?? 'family';
  return ok({ ...standard.value, value: rates[setting], setting });
}

/** What was first said holds from the beginning; a later change from when it counts. */
function valueBy({ enrolment }: MonthInput, kind: FactKind, upTo: string): string | undefined {
  const known = history(enrolment.facts, kind);
  return (known.findLast(({ validFrom }) => validFrom <= upTo) ?? known[0])?.value;
}

function settingOn(input: MonthInput, upTo: string): Setting | undefined {
  const value = valueBy(input, 'care-setting', upTo);
  return value === 'institution' || value === 'family' ? value : undefined;
}

/** The category on record; without one the only thing that all categories of the setting have in common, if there is one. */
function categoryOf(
  input: MonthInput,
  categories: readonly Category[],
  upTo: string,
  lived: Setting | undefined,
): Result<Category> {
  const code = valueBy(input, 'child-category', upTo);
  if (code !== undefined) {
    const found = categories.find((category) => category.code === code);
    return found ? ok(found) : refuse(unknownCategory(input.enrolment.id, code, categories));
  }
  const possible = categories.filter(({ setting }) => !lived || !setting || setting === lived);
  const alike = (part: (one: Category) => unknown) =>
    new Set(possible.map((one) => JSON.stringify(part(one)))).size === 1;
  const [first] = possible;
  if (!first || !alike(({ share }) => share)) return refuse(noCategory(input.enrolment.id, categories));
  const { setting, ...common } = first;
  return ok({
    ...common,
    code: '-',
    names: NOT_TOLD,
    ...(alike((one) => one.setting) && setting !== undefined && { setting }),
  });
}

const NOT_TOLD = { zh: '未登记类别', en: 'no category on record' };

/** Where the child lives, as far as it makes a difference: the register's word, then the category's. They must not contradict. */
function settingOf(
  { enrolment }: MonthInput,
  category: Category,
  lived: Setting | undefined,
  rates: BySetting,
): Result<Setting> {
  const alike = rates.family === rates.institution;
  const said = lived ?? category.setting;
  if (said === undefined) return alike ? ok('family') : refuse(noSetting(enrolment.id));
  const contradicts = category.setting !== undefined && category.setting !== said;
  return contradicts && !alike ? refuse(contradictingSetting(enrolment.id, category.code)) : ok(said);
}
