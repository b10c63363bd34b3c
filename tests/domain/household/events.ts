import { caseOn } from '../../../domain/household/case-on.ts';
import { decideEvent } from '../../../domain/household/decide-event.ts';
import { HouseholdEvent } from '../../../domain/household/event.ts';
import type { EventChanges, EventInput, HouseholdNow } from '../../../domain/household/event-changes.ts';
import type { Situation } from '../../../domain/programmes/programme.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { belongs, born, fact, family, HOUSEHOLD, OTHER_HOUSEHOLD } from './households.ts';

/** A family, its neighbours, and what an event makes of them. */
export const [HEAD, SPOUSE, CHILD, OTHER] = [
  'P0000000000A',
  'P0000000000B',
  'P0000000000C',
  'P0000000000D',
] as const;
export const [HERE, THERE] = ['110199', '110105'] as const;
export const evidence = '户口簿';

export const enrolment = (
  household: string,
  jurisdiction: string,
  facts: readonly Fact[] = [],
): EnrolmentDocument => ({
  id: `DB-${household}-${jurisdiction === HERE ? 1 : 2}`,
  jurisdiction,
  programme: 'dibao',
  subject: household,
  payees: [],
  facts,
  version: 1,
  changedAt: '2026-01-01T00:00:00.000Z',
});
export const now = (situation: Situation, changes: Partial<HouseholdNow> = {}): HouseholdNow => ({
  key: HOUSEHOLD,
  facts: situation.households?.[HOUSEHOLD] ?? [],
  persons: situation.persons,
  enrolments: [enrolment(HOUSEHOLD, HERE)],
  ...changes,
});
const NEIGHBOURS: Situation = {
  persons: { [OTHER]: [born('1970-01-01'), belongs('2025-01-05', 'head', { household: OTHER_HOUSEHOLD })] },
  enrolments: [],
  households: { [OTHER_HOUSEHOLD]: [fact('residence', '2025-01-05', 'urban')] },
};
export const neighbours: HouseholdNow = {
  key: OTHER_HOUSEHOLD,
  facts: NEIGHBOURS.households?.[OTHER_HOUSEHOLD] ?? [],
  persons: NEIGHBOURS.persons,
  enrolments: [enrolment(OTHER_HOUSEHOLD, HERE)],
};

export function decide(event: unknown, changes: Partial<EventInput> = {}) {
  return decideEvent({
    event: HouseholdEvent.parse(event),
    household: now(family()),
    other: undefined,
    founded: undefined,
    joining: undefined,
    enrolmentId: undefined,
    jurisdiction: HERE,
    today: '2026-06-20',
    ...changes,
  });
}
export function made(event: unknown, changes: Partial<EventInput> = {}): EventChanges {
  const decided = decide(event, changes);
  if (!decided.ok) throw new Error(decided.error.en);
  return decided.value;
}
export const code = (event: unknown, changes: Partial<EventInput> = {}) => {
  const decided = decide(event, changes);
  return decided.ok ? 'ok' : decided.error.code;
};

/** The families together after an event, as facts. */
export function after(changes: EventChanges, before: Situation = family()): Situation {
  const persons: Record<string, readonly Fact[]> = { ...NEIGHBOURS.persons, ...before.persons };
  const households: Record<string, readonly Fact[]> = { ...NEIGHBOURS.households, ...before.households };
  const asFacts = (facts: EventChanges['persons'][number]['facts']) =>
    facts.map(({ kind, value, validFrom }) => fact(kind, validFrom, value, '2026-06-20T00:00:00.000Z'));
  for (const { person, facts } of changes.persons)
    persons[person] = [...(persons[person] ?? [born('2026-05-03')]), ...asFacts(facts)];
  for (const { household, facts } of changes.households)
    households[household] = [...(households[household] ?? []), ...asFacts(facts)];
  return { persons, households, enrolments: [] };
}
export const MONTHS = ['2026-04', '2026-05', '2026-06'] as const;
/** Members of a household the month before, of and after May. */
export const sizes = (situation: Situation, household = HOUSEHOLD) =>
  MONTHS.map((month) => {
    const found = caseOn(situation, household, month);
    return found.ok ? found.value.members.length : 0;
  });
