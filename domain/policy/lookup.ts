import type { Month, PlainDate } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { changeMonths, type DatedValue, governs, governsFrom, type PolicyBook, rowsKey } from './book.ts';
import { jurisdictionChain } from './jurisdiction.ts';
import type { ParameterSpec } from './parameter.ts';

/** Whose rule is asked for, in which programme, as known on which day. */
export type PolicyScope = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** Decisions taken after this day are not seen. */
  readonly knownOn: PlainDate;
};
export type PolicyQuery = PolicyScope & { readonly parameter: string; readonly month: Month };

/**
 * The value of a parameter that governs a month, as known on a day.
 *
 * The most specific jurisdiction that has any value of the parameter decided by `knownOn` governs it, for all months.
 * Where it has none for the month, that is a gap and the answer is a refusal: not its last value, and not the parent's,
 * because a district that set its own amount has left the parent's, and a lapsed document is for people to renew.
 * Of several values for the month the one decided last governs.
 *
 * Refusals: `policy/gap` (names the nearest values before and after), `policy/no-rule` (nobody ever set the parameter).
 */
export function lookup(book: PolicyBook, query: PolicyQuery): Result<DatedValue> {
  const rows = governingRows(book, query, query.parameter);
  if (rows.length === 0) return refuse(noRule(query));
  let best: DatedValue | undefined;
  for (const row of rows) {
    if (governs(row, query.month) && (!best || row.decidedOn > best.decidedOn)) best = row;
  }
  return best ? ok(best) : refuse(gap(query, rows));
}

/** `lookup` with the value typed by its parameter; packs were checked against the same schema when they were parsed. */
export function lookupParameter<T>(
  book: PolicyBook,
  query: PolicyQuery,
  _spec: ParameterSpec<T>,
): Result<DatedValue<T>> {
  return lookup(book, query) as Result<DatedValue<T>>;
}

/** `lookupParameter` of an option: undefined where nobody ever set it, while a gap in what was set stays a refusal (`policy/gap`). */
export function lookupOption<T>(
  book: PolicyBook,
  query: PolicyQuery,
  spec: ParameterSpec<T>,
): Result<T | undefined> {
  if (governingRows(book, query, query.parameter).length === 0) return ok(undefined);
  const found = lookupParameter(book, query, spec);
  return found.ok ? ok(found.value.value) : found;
}

/**
 * `policy/gap` of the first of some options that the place did set, and whose last value has ended: that things go on without it is for
 * people to say. Undefined when none has, also where one only begins later.
 */
export function lapsedOption(
  book: PolicyBook,
  { jurisdiction, programme, knownOn }: PolicyScope,
  month: Month,
  options: readonly string[],
): Refusal | undefined {
  for (const parameter of options) {
    const found = lookup(book, { jurisdiction, programme, knownOn, parameter, month });
    const before = found.ok ? undefined : found.error.detail?.['before'];
    if (!found.ok && typeof before === 'string') return found.error;
  }
  return undefined;
}

/**
 * The months in which any of the parameters may change, in order; the first is the start of the policy. Empty when
 * nobody has set them.
 */
export function policyChanges(book: PolicyBook, scope: PolicyScope, parameters: readonly string[]): Month[] {
  const months = new Set<Month>();
  for (const parameter of parameters) {
    for (const month of changeMonths(governingRows(book, scope, parameter))) months.add(month);
  }
  return [...months].sort();
}

/** Rows decided by `knownOn` of the most specific jurisdiction that has any. */
function governingRows(book: PolicyBook, scope: PolicyScope, parameter: string): readonly DatedValue[] {
  for (const place of jurisdictionChain(scope.jurisdiction)) {
    const rows = book.rows.get(rowsKey(place, scope.programme, parameter));
    if (!rows) continue;
    const known = rows.filter((row) => row.decidedOn <= scope.knownOn);
    if (known.length > 0) return known;
  }
  return [];
}

function noRule({ jurisdiction, programme, parameter, month, knownOn }: PolicyQuery): Refusal {
  return refusal(
    'policy/no-rule',
    `${jurisdiction} 及其上级没有截至 ${knownOn} 已决定的“${parameter}”（${programme}），无法计算 ${month}：请先导入政策包`,
    `neither ${jurisdiction} nor a place above it had decided "${parameter}" (${programme}) by ${knownOn}, so ${month} cannot be computed: import a policy pack first`,
    { jurisdiction, programme, parameter, month, knownOn },
  );
}

function gap({ programme, parameter, month, knownOn }: PolicyQuery, rows: readonly DatedValue[]): Refusal {
  const lastMonths = rows.flatMap((row) =>
    row.inForceTo !== undefined && row.inForceTo < month ? [row.inForceTo] : [],
  );
  const firstMonths = rows.map(governsFrom).filter((from) => from > month);
  const before = lastMonths.sort().at(-1) ?? null;
  const after = firstMonths.sort().at(0) ?? null;
  const place = rows[0]?.jurisdiction ?? '';
  return refusal(
    'policy/gap',
    `${place} 的“${parameter}”（${programme}）在 ${month} 没有有效的值（之前截至 ${before ?? '无'}，之后始于 ${after ?? '无'}）：请补充该月的政策依据，系统不会沿用旧标准或上级标准`,
    `${place} has no value of "${parameter}" (${programme}) in force in ${month} (one before ended ${before ?? 'never'}, one after starts ${after ?? 'never'}): add the policy for that month; neither an older value nor the parent's is used`,
    { jurisdiction: place, programme, parameter, month, knownOn, before, after },
  );
}
