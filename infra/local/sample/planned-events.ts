import { addMonths, type Month } from '../../../domain/calendar.ts';
import type { SampleHousehold, SampleMember } from './families.ts';
import { SAMPLE_STREETS } from './streets.ts';

/** What is going to happen in the district, named by identity numbers: `head` is the head of the household it happens to. */
export type PlannedEvents = {
  /** The member's wage turns out to have been another one; `wage` in yuan a month is the right one, since `since`. */
  readonly incomeCorrection: {
    readonly head: string;
    readonly member: string;
    readonly wage: string;
    readonly since: Month;
  };
  /** These members go, and the first of them heads the household of their own. */
  readonly split: { readonly head: string; readonly leaving: readonly string[] };
  readonly memberDeath: { readonly head: string; readonly member: string };
  readonly headDeath: { readonly head: string; readonly newHead: string };
  /** Whose change report comes after the cut-off. */
  readonly lateStreet: string;
  /** Who reports that nothing changed (零报告). */
  readonly nilStreet: string;
  /** Households with a first decision of the month before: due from the month that is paid. */
  readonly newcomers: readonly string[];
  /** Households whose children's guardian is paid. */
  readonly guardianPaid: readonly string[];
};

/** Chooses who it happens to: each household once, none of a newcomer, and none in the late street. */
export function plannedEvents(households: readonly SampleHousehold[], month: Month): PlannedEvents {
  const [nilStreet, lateStreet] = [SAMPLE_STREETS.at(-2)?.code ?? '', SAMPLE_STREETS.at(-1)?.code ?? ''];
  const newcomers = households.filter(
    ({ decision }) => decision.decidedOn.slice(0, 7) >= addMonths(month, -1),
  );
  const taken = new Set(newcomers);
  const take = (kinds: readonly string[]): SampleHousehold => {
    const found = households.find(
      (each) =>
        kinds.includes(each.kind) &&
        !taken.has(each) &&
        each.street.code !== lateStreet &&
        each.street.code !== nilStreet,
    );
    if (!found) throw new Error(`the district has no household of ${kinds.join(', ')} to spare`);
    taken.add(found);
    return found;
  };
  const earning = take(['上学家庭', '重病家庭']);
  const splitting = take(['隔代单亲', '三代同堂', '上学家庭']);
  const losing = take(['老年夫妻', '以老养残']);
  const headless = take(['老年夫妻', '以老养残']);
  const leaving = splitting.members.filter(({ relation }) => LEAVE[splitting.kind]?.includes(relation));
  return {
    incomeCorrection: {
      head: idOf(earning.members[0]),
      member: idOf(earning.members[0]),
      wage: '4300.00',
      since: `${month.slice(0, 4)}-05`,
    },
    split: { head: idOf(splitting.members[0]), leaving: leaving.map(idOf) },
    memberDeath: { head: idOf(losing.members[0]), member: idOf(losing.members[1]) },
    headDeath: { head: idOf(headless.members[0]), newHead: idOf(headless.members[1]) },
    lateStreet,
    nilStreet,
    newcomers: newcomers.map(({ members }) => idOf(members[0])),
    guardianPaid: households.filter(({ payee }) => payee).map(({ members }) => idOf(members[0])),
  };
}

/** Who moves out together; an adult first. */
const LEAVE: Readonly<Record<string, readonly string[]>> = {
  隔代单亲: ['子女', '孙子女'],
  三代同堂: ['父亲', '母亲'],
  上学家庭: ['配偶'],
};

function idOf(member: SampleMember | undefined): string {
  if (member === undefined) throw new Error('a member of the planned households is missing');
  return member.idNumber;
}
