import type { FamilyKind, SampleHousehold, SampleMember } from './families.ts';
import { SAMPLE_STREETS } from './streets.ts';

/** What is going to happen in the district, each to another household; persons by identity number. */
export type PlannedEvents = {
  /** Earns less by the papers than in truth: the right wage, yuan a month, is `INCOME_CORRECTION.wage`. */
  readonly incomeCorrection: string;
  /** An adult who leaves the household of `head` and lives alone. */
  readonly split: { readonly head: string; readonly leaving: string };
  readonly memberDeath: string;
  /** The spouse heads the household afterwards. */
  readonly headDeath: { readonly head: string; readonly heir: string };
  /** A head whose amount has several parts. */
  readonly linked: string;
  /** Whose change report comes after the cut-off. */
  readonly lateStreet: string;
  /** Who reports that nothing changed (零报告). */
  readonly nilStreet: string;
  /** Heads with a first decision of the month before: due from the month that is paid. */
  readonly newcomers: readonly string[];
  /** Heads whose guardian is paid. */
  readonly guardianPaid: readonly string[];
};

/** The families that the plan needs: the first ones of the district, one per street in this order. */
export const PLANNED_KINDS = [
  '上学家庭',
  '隔代单亲',
  '老年夫妻',
  '以老养残',
  '重病家庭',
  '监护人代领',
] as const;
export const INCOME_CORRECTION = { wage: '4300.00', since: '2026-05-01' } as const;

/** @param first the households of PLANNED_KINDS, in that order */
export function plannedEvents(
  first: readonly SampleHousehold[],
  newcomers: readonly SampleHousehold[],
  all: readonly SampleHousehold[],
): PlannedEvents {
  const of = (kind: FamilyKind, place: number): string => {
    const household = first.find((each) => each.kind === kind);
    return idOf(household?.members[place]);
  };
  const head = ({ members }: SampleHousehold): string => idOf(members[0]);
  return {
    incomeCorrection: of('上学家庭', 0),
    split: { head: of('隔代单亲', 0), leaving: of('隔代单亲', 1) },
    memberDeath: of('以老养残', 1),
    headDeath: { head: of('老年夫妻', 0), heir: of('老年夫妻', 1) },
    linked: of('重病家庭', 0),
    nilStreet: SAMPLE_STREETS.at(-2)?.code ?? '',
    lateStreet: SAMPLE_STREETS.at(-1)?.code ?? '',
    newcomers: newcomers.map(head),
    guardianPaid: all.filter(({ payee }) => payee).map(head),
  };
}

function idOf(member: SampleMember | undefined): string {
  if (member === undefined) throw new Error('a member of the planned households is missing');
  return member.idNumber;
}
