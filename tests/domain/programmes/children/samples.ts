import type { ChildCase } from '../../../../domain/children/case.ts';
import { parseYuan } from '../../../../domain/money.ts';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { assess } from '../../../../domain/programmes/assess.ts';
import { entitledMonths } from '../../../../domain/programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../../../../domain/programmes/programme.ts';
import type { Determination } from '../../../../domain/register/determination.ts';
import { ENROLMENT_FACT_KINDS, type Fact, type FactKind } from '../../../../domain/register/facts.ts';
import type { Result } from '../../../../domain/result.ts';
import { type PolicyFile, policyFile } from '../../../policy-files.ts';
import { fact, must } from '../samples.ts';

export const CHILD_PROGRAMMES = ['orphan', 'unattended-child', 'child-in-need'] as const;
const PLACES = ['110000', '110199', '440100', '370829', '000000'] as const;

/** Every pack of children of the policy book, with some values set to something else. */
export function childFiles(changes: Record<string, Record<string, unknown>> = {}): PolicyFile[] {
  return PLACES.flatMap((place) =>
    CHILD_PROGRAMMES.flatMap((programme) => {
      const file = fileOf(place, programme);
      if (!file) return [];
      const changed = changes[`${place}/${programme}`] ?? {};
      for (const row of file.values) if (row.parameter in changed) row.value = changed[row.parameter];
      return [file];
    }),
  );
}
function fileOf(place: string, programme: string): PolicyFile | undefined {
  try {
    return policyFile(place, programme);
  } catch {
    return undefined;
  }
}

export function childBook(changes: Record<string, Record<string, unknown>> = {}): PolicyBook {
  return must(policyBook(childFiles(changes).map((file) => must(parsePolicyPack(file)).pack)));
}
export const BOOK = childBook();

export const CHILD = '7Z3K9QX2M4BT';
const HOUSEHOLD = 'H3K9QX2M4B77';
export const KNOWN_ON = '2026-11-22';

export type Given = {
  readonly programme: string;
  readonly jurisdiction: string;
  readonly facts: readonly Fact[];
  readonly dibao?: ChildCase['dibao'];
  /** Other enrolments of the same person. */
  readonly beside?: readonly EnrolmentFacts[];
};
const isOfEnrolment = ({ kind }: Fact) => ENROLMENT_FACT_KINDS.some((known) => known === kind);

export function childFacts(facts: ChildCase['facts']): Fact[] {
  return facts.map(({ kind, value, from }) => fact(kind, from, value));
}

/** A child with one enrolment, and 低保 of its household where it has some. */
export function situationOf(given: Given): Situation & { readonly only: EnrolmentFacts } {
  const { programme, jurisdiction, facts, dibao, beside = [] } = given;
  const only: EnrolmentFacts = {
    id: `XX-${CHILD}-1`,
    programme,
    jurisdiction,
    subject: CHILD,
    facts: facts.filter(isOfEnrolment),
  };
  const member = dibao ? [fact('household', '2015-03-05', `${HOUSEHOLD}:child:covered`)] : [];
  const other = dibao ? { OTHERMEMBER1: [fact('household', '2015-03-05', `${HOUSEHOLD}:head:covered`)] } : {};
  return {
    persons: { [CHILD]: [...facts.filter((one) => !isOfEnrolment(one)), ...member], ...other },
    ...(dibao && { households: { [HOUSEHOLD]: [] } }),
    enrolments: [only, ...(dibao ? [dibaoOf(jurisdiction, dibao)] : []), ...beside],
    only,
  };
}

function dibaoOf(jurisdiction: string, parts: NonNullable<ChildCase['dibao']>): EnrolmentFacts {
  const shares = parts.map(({ of, component, yuan }) => ({
    person: of === 'child' ? CHILD : 'OTHERMEMBER1',
    component,
    fen: must(parseYuan(yuan)),
  }));
  const components = [...new Set(shares.map(({ component }) => component))].map((component) => ({
    component,
    fen: shares.filter((one) => one.component === component).reduce((sum, { fen }) => sum + fen, 0) as never,
  }));
  const determination: Determination = {
    enrolment: `DB-${HOUSEHOLD}-1`,
    number: 1,
    kind: 'approval' as never,
    document: '示例〔2024〕9号',
    decidedOn: '2024-06-20',
    spans: [{ from: '2011-01', components, derivation: [], shares }],
    sample: false,
    proposedBy: 'a',
    decidedBy: 'b',
    recordedAt: '2024-06-20T01:00:00.000Z',
  };
  return {
    id: `DB-${HOUSEHOLD}-1`,
    programme: 'dibao',
    jurisdiction,
    subject: HOUSEHOLD,
    facts: [],
    determinations: [determination],
  };
}

export function monthOf(given: Given, month: string, book = BOOK, knownOn = KNOWN_ON): Result<Entitlement> {
  const { enrolments } = assess(situationOf(given), book, { month, knownOn });
  return enrolments.find(({ programme }) => programme === given.programme)!.result;
}
export const due = (given: Given, month: string, book = BOOK): number =>
  must(monthOf(given, month, book)).fen;

export function monthsOf(
  given: Given,
  historyFrom: string,
  through: string,
  book = BOOK,
  knownOn = KNOWN_ON,
) {
  const situation = situationOf(given);
  return must(entitledMonths(situation, situation.only, book, { historyFrom, through, knownOn }));
}

/** An orphan of Beijing in a family, approved in June 2024, with more facts. */
export function orphan(...more: readonly Fact[]): Given {
  return { programme: 'orphan', jurisdiction: '110000', facts: [...approved('2015-03-05'), ...more] };
}
export function approved(birthDate: string, decided = '2024-06-12'): Fact[] {
  return [
    fact('birth-date', birthDate),
    fact('application', '2024-05-06'),
    fact('decision', decided, `${decided}/示例〔2024〕1号`),
    fact('child-category', decided, '201'),
  ];
}
export const on = (kind: FactKind, from: string, value = from, recordedAt = ''): Fact =>
  fact(kind, from, value, recordedAt);
