import type * as z from 'zod/mini';
import {
  type Case,
  type CaseAct,
  type CaseActOf,
  type CaseSource,
  caseState,
  sourcesOf,
} from '../../../domain/matching/case.ts';
import { type CaseKind, kindNames, MATCHING_SOURCES } from '../../../domain/matching/list-kinds.ts';
import { toYuan } from '../../../domain/money.ts';
import type { CaseListing } from '../../adapters/case-store.ts';
import type { MatchingList } from '../../adapters/match-store.ts';
import type { DatedListing } from '../../matching/case-list.ts';
import type { PaidAfterDeath } from '../../matching/death-report.ts';
import { totalsOf } from '../../matching/death-report.ts';
import type { CaseView, caseContracts } from '../contracts/cases.ts';
import type { matchingContracts } from '../contracts/matching.ts';
import type { MaskedBody } from './person-view.ts';

export type CaseBody = z.input<typeof CaseView>;
type SummaryBody = z.input<(typeof caseContracts)['listCases']['response']>['cases'][number];
export type ListBody = z.input<(typeof matchingContracts)['listMatchingLists']['response']>['lists'][number];
export type DeathReportBody = z.input<(typeof matchingContracts)['getDeathReport']['response']>;
type Dated = Pick<DatedListing, 'due' | 'overdue'>;

export function caseSummary(
  programme: string,
  {
    caseId,
    kind,
    enrolment,
    street,
    state,
    hold,
    outcome,
    openedAt,
    waitsSince,
    due,
    overdue,
    sources,
  }: DatedListing,
  person: MaskedBody | undefined,
): SummaryBody {
  return {
    caseId,
    kind,
    kindNames: kindNames(kind),
    programme,
    enrolmentId: enrolment,
    ...(person && { person }),
    ...(street !== undefined && { street }),
    state,
    hold: holdsNow({ state, hold }),
    ...(outcome !== undefined && { outcome: outcome as NonNullable<SummaryBody['outcome']> }),
    openedAt,
    waitsSince,
    ...(due !== undefined && { due }),
    overdue,
    sources,
  };
}

/** The hold of a case ends when it is closed; what stands on record is that it had one. */
export const holdsNow = ({ state, hold }: Pick<CaseListing, 'state' | 'hold'>): boolean =>
  hold && state !== 'closed';

/** A case with all that was done. Staff names by staff id. */
export function caseView(
  found: Case,
  acts: readonly CaseAct[],
  dated: Dated,
  { person, names }: { readonly person: MaskedBody | undefined; readonly names: ReadonlyMap<string, string> },
): CaseBody {
  const { caseId, opened, street, hold, verified, noticed, decided, waitsSince, sequence } = found;
  const listing: CaseListing = {
    caseId,
    kind: opened.about,
    enrolment: opened.enrolment,
    ...(street !== undefined && { street }),
    hold,
    state: caseState(found),
    ...(decided && { outcome: decided.outcome }),
    openedAt: opened.at,
    waitsSince,
    sources: 0,
    sequence,
  };
  return {
    ...caseSummary(opened.programme, { ...listing, ...dated }, person),
    sources: sourcesOf(found).map(sourceView),
    ...(verified && { verification: verificationView(verified) }),
    ...(noticed && { notice: noticeView(noticed) }),
    ...(decided && { decision: decisionView(decided) }),
    history: acts.map(({ kind, at, by }) => {
      const name = names.get(by);
      return { kind, at, by, ...(name !== undefined && { name }) };
    }),
  };
}

const verificationView = ({ finding, evidence, note, by, at }: CaseActOf<'verified'>) => ({
  finding,
  evidence,
  note,
  by,
  at,
});
const noticeView = ({ document, deliveredOn, way, by, at }: CaseActOf<'noticed'>) => ({
  document,
  deliveredOn,
  way,
  by,
  at,
});
const decisionView = ({ outcome, document, reason, from, by, at }: CaseActOf<'decided'>) => ({
  outcome,
  document,
  reason,
  ...(from !== undefined && { from }),
  by,
  at,
});

function sourceView(source: CaseSource): CaseBody['sources'][number] {
  if (source.type !== 'match') return { ...source };
  const { type, list, listDate } = source;
  return {
    type,
    listId: list,
    source: source.source,
    sourceNames: MATCHING_SOURCES[source.source],
    listDate,
  };
}

export function listView({ importId, kind, source, listDate, fileName, by, at }: MatchingList): ListBody {
  return {
    listId: importId,
    kind,
    kindNames: kindNames(kind satisfies CaseKind),
    source,
    sourceNames: MATCHING_SOURCES[source],
    listDate,
    fileName,
    by,
    at,
  };
}

export function deathReportView(
  rows: readonly PaidAfterDeath[],
  persons: ReadonlyMap<string, MaskedBody>,
): DeathReportBody {
  const totals = (basis: PaidAfterDeath['basis']) => {
    const { people, months, paidFen, recoveredFen } = totalsOf(rows.filter((row) => row.basis === basis));
    return { people, months, paid: toYuan(paidFen), recovered: toYuan(recoveredFen) };
  };
  return {
    certified: totals('certified'),
    reported: totals('reported'),
    people: rows.map(({ person, enrolment, basis, deathMonth, source, months, paidFen, recoveredFen }) => {
      const masked = persons.get(person);
      return {
        ...(masked && { person: masked }),
        enrolmentId: enrolment,
        basis,
        deathMonth,
        ...(source !== undefined && { source }),
        monthsPaid: [...months],
        paid: toYuan(paidFen),
        recovered: toYuan(recoveredFen),
      };
    }),
  };
}
