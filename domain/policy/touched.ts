import { LAST_MONTH, type Month, maxMonth, monthOf, type PlainDate } from '../calendar.ts';
import { canonicalJson, type Json } from '../canonical.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { followsRolls } from '../programmes/followed-rolls.ts';
import { RUN_RULES } from '../programmes/run-rules.ts';
import { type RelatedProgrammes, relatedProgrammes } from '../programmes/stacking-rules.ts';
import { ok, type Refusal, type Result, refusal } from '../result.ts';
import type { PolicyBook } from './book.ts';
import { lookup, lookupParameter, policyChanges } from './lookup.ts';
import { RUN_PARAMETERS } from './run-parameters.ts';

/** Enrolments of one programme in one place, and the months that a change of policy can touch. */
export type TouchedScope = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  /** First month compared: never before the one from which months may become money. */
  readonly from: Month;
  /** By the book with the change. */
  readonly historyFrom: Month;
  /** By the book without it, where that says so: earlier months were nobody's to pay here. Absent: none was. */
  readonly historyBefore?: Month;
};

type Books = { readonly before: PolicyBook; readonly after: PolicyBook };
type Scope = { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId };

/** What the work has to look at, and where it cannot. */
export type Touched = {
  readonly scopes: readonly TouchedScope[];
  readonly leftOut: readonly (Scope & { readonly refusal: Refusal })[];
  /** Worked out of whom it knows, and others will be paid too: what the effect says is less than what it costs. */
  readonly partly: readonly (Scope & { readonly refusal: Refusal })[];
  readonly through: Month;
};

/**
 * Which of the places' programmes a change of the book can touch, from which month on: those whose own parameters differ in some month,
 * and those that depend on them through stacking or on what they pay. A place whose own value stands before the changed one is not
 * touched, and nothing of it is read.
 */
export function touchedBy(books: Books, scopes: readonly Scope[], knownOn: PlainDate): Touched {
  const found: (Scope & { readonly from: Month })[] = [];
  for (const jurisdiction of [...new Set(scopes.map((scope) => scope.jurisdiction))].sort()) {
    const here = scopes
      .filter((scope) => scope.jurisdiction === jurisdiction)
      .map(({ programme }) => programme);
    const firsts = firstMonths(books, jurisdiction, knownOn);
    for (const [programme, from] of firsts)
      if (here.includes(programme)) found.push({ jurisdiction, programme, from });
  }
  const earliest = found.map(({ from }) => from).sort()[0] ?? monthOf(knownOn);
  const year = maxMonth(earliest, monthOf(knownOn)).slice(0, 4);
  return withHistory(books, found, `${year}-12`, knownOn);
}

function withHistory(
  books: Books,
  found: readonly (Scope & { readonly from: Month })[],
  through: Month,
  knownOn: PlainDate,
): Touched {
  const scopes: TouchedScope[] = [];
  const leftOut: (Scope & { readonly refusal: Refusal })[] = [];
  for (const { from, ...scope } of found) {
    const historyFrom = historyOf(books.after, scope, monthOf(knownOn), knownOn);
    if (!historyFrom.ok) leftOut.push({ ...scope, refusal: historyFrom.error });
    else if (from <= through) {
      const before = historyOf(books.before, scope, monthOf(knownOn), knownOn);
      scopes.push({
        ...scope,
        from: maxMonth(from, historyFrom.value),
        historyFrom: historyFrom.value,
        ...(before.ok && { historyBefore: before.value }),
      });
    }
  }
  // Whoever stands on a roll is enrolled when the first run is started, and not before.
  const partly = scopes
    .filter(({ programme }) => followsRolls(programme))
    .map(({ jurisdiction, programme }) => ({ jurisdiction, programme, refusal: NOT_ENROLLED_YET }));
  return { scopes, leftOut, partly, through };
}

const NOT_ENROLLED_YET = refusal(
  'missing/roll-enrolments',
  '名册在批次启动时才提取，尚未提取入册的人（首次启动前为全部）不在影响之内：金额以批次核算为准',
  'who stands on the rolls is enrolled when a run is started; those who are not yet (before the first run nobody is) are not in the effect, and the run says what it comes to',
);

function historyOf(book: PolicyBook, scope: Scope, month: Month, knownOn: PlainDate): Result<Month> {
  const query = { ...scope, knownOn, parameter: 'historyFrom', month };
  const found = lookupParameter(book, query, RUN_PARAMETERS.historyFrom);
  return found.ok ? ok(found.value.value) : found;
}

/** By programme, the first month in which something that its amounts rest on differs; in stacking order. */
function firstMonths(
  books: Books,
  jurisdiction: JurisdictionCode,
  knownOn: PlainDate,
): ReadonlyMap<ProgrammeId, Month> {
  const firsts = new Map<ProgrammeId, Month>();
  for (const rules of Object.values(RUN_RULES)) {
    if (!rules || rules.paidBy) continue;
    const own = [...rules.parameterNames, 'historyFrom'].flatMap(
      (parameter) => firstDifference(books, { jurisdiction, programme: rules.id, knownOn }, parameter) ?? [],
    );
    const first = own.sort()[0];
    if (first !== undefined) firsts.set(rules.id, first);
  }
  const edges = dependencies(books, jurisdiction, knownOn);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { programme, on } of edges) {
      const from = firsts.get(on);
      if (from === undefined || (firsts.get(programme) ?? LAST_MONTH) <= from) continue;
      firsts.set(programme, from);
      grown = true;
    }
  }
  return new Map(
    Object.keys(RUN_RULES).flatMap((id) => (firsts.has(id) ? [[id, firsts.get(id) ?? ''] as const] : [])),
  );
}

/** The first month for which two books give different values of a parameter; undefined where they never do. */
function firstDifference(
  { before, after }: Books,
  scope: Scope & { readonly knownOn: PlainDate },
  parameter: string,
): Month | undefined {
  // Where neither has a value, which is most often so, no month has to be looked at.
  const months = [before, after].flatMap((book) => policyChanges(book, scope, [parameter]));
  const at = (book: PolicyBook, month: Month): string => {
    const found = lookup(book, { ...scope, parameter, month });
    if (!found.ok) return '';
    const { retroactivity, sample, value } = found.value;
    return canonicalJson({ value, retroactivity, sample } as unknown as Json);
  };
  return [...new Set(months)].sort().find((month) => at(before, month) !== at(after, month));
}

/**
 * Which programme's amounts rest on which other's: through stacking or rolls under either book, and on whose parameters it reads
 * (linked rates).
 */
function dependencies(
  { before, after }: Books,
  jurisdiction: JurisdictionCode,
  knownOn: PlainDate,
): { programme: ProgrammeId; on: ProgrammeId }[] {
  return Object.entries(RUN_RULES).flatMap(([programme, rules]) => {
    const related = [before, after].flatMap((book) => {
      const found = relatedProgrammes(book, { jurisdiction, knownOn }, programme);
      return found ? [...found.ofPersons, ...found.ofHouseholds] : [];
    });
    return [...new Set([...related, ...(rules?.readsOf ?? [])])].map((on) => ({ programme, on }));
  });
}

/** What has to be looked at around an enrolment under either book. */
export function relatedUnder(
  { before, after }: Books,
  { jurisdiction, programme }: Scope,
  knownOn: PlainDate,
): RelatedProgrammes | undefined {
  const found = [before, after].flatMap(
    (book) => relatedProgrammes(book, { jurisdiction, knownOn }, programme) ?? [],
  );
  if (found.length === 0) return undefined;
  const inOrder = (of: (one: RelatedProgrammes) => readonly ProgrammeId[]) =>
    Object.keys(RUN_RULES).filter((id) => found.some((one) => of(one).includes(id)));
  return {
    ofPersons: inOrder((one) => one.ofPersons),
    ofHouseholds: inOrder((one) => one.ofHouseholds),
    ...(found.some(({ members }) => members) && { members: true }),
  };
}
