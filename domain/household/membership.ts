import type { PlainDate } from '../calendar.ts';
import type { HouseholdKey, PersonKey } from '../ids.ts';
import { history } from '../programmes/fact-history.ts';
import type { Fact } from '../register/facts.ts';
import { invariant } from '../result.ts';
import { RELATIONS, type Relation } from './household-case.ts';

/** Being a member of a household: which one, what the person is to its head, and whether the benefit covers them (保障对象). */
export type Membership = {
  readonly household: HouseholdKey;
  readonly relation: Relation;
  readonly covered: boolean;
};

const MEMBERSHIP = /^([0-9A-HJKMNP-TV-Z]{12}):([a-z-]+):(covered|uncovered)$/;

/** The value of a `household` fact: `<household>:<relation>:<covered|uncovered>`, "" for a member of none. */
export function membershipText(membership: Membership | undefined): string {
  if (!membership) return '';
  const { household, relation, covered } = membership;
  return `${household}:${relation}:${covered ? 'covered' : 'uncovered'}`;
}

/** Whether a text is the value of a `household` fact. */
export function isMembershipText(text: string): boolean {
  const relation = MEMBERSHIP.exec(text)?.[2];
  return text === '' || RELATIONS.some((known) => known === relation);
}

/** @throws InvariantError for text that is no value of a `household` fact; those are checked before they are recorded. */
function membershipOf(text: string): Membership | undefined {
  if (text === '') return undefined;
  const [, household, word, covered] = MEMBERSHIP.exec(text) ?? [];
  const relation = RELATIONS.find((known) => known === word);
  invariant(household && relation, 'a household fact of no known form');
  return { household, relation, covered: covered === 'covered' };
}

/** The household a person belongs to on a day; one person is in one household at a time. */
export function membershipOn(facts: readonly Fact[], date: PlainDate): Membership | undefined {
  return membershipOf(
    history(facts, 'household').findLast(({ validFrom }) => validFrom <= date)?.value ?? '',
  );
}

/** Where the person's history of households ends: the last fact of it, whenever it holds from. */
export function lastMembership(facts: readonly Fact[]): Membership | undefined {
  return membershipOf(history(facts, 'household').at(-1)?.value ?? '');
}

/** Every household that a person has ever been a member of. */
export function householdsEver(facts: readonly Fact[]): ReadonlySet<HouseholdKey> {
  const keys = facts.map(({ kind, value }) =>
    kind === 'household' ? membershipOf(value)?.household : undefined,
  );
  return new Set(keys.filter((key) => key !== undefined));
}

export type DatedMember = Membership & { readonly person: PersonKey; readonly facts: readonly Fact[] };

/**
 * The members of a household on a day, the dead among them, in the order of their keys. Of two heads (a new one was named
 * and the old one is not re-recorded yet) the one named later is head, the other is `other`.
 */
export function membersOn(
  persons: Readonly<Record<PersonKey, readonly Fact[]>>,
  household: HouseholdKey,
  date: PlainDate,
): DatedMember[] {
  const members: (DatedMember & { readonly since: string })[] = [];
  for (const [person, facts] of Object.entries(persons)) {
    const fact = history(facts, 'household').findLast(({ validFrom }) => validFrom <= date);
    const membership = fact && membershipOf(fact.value);
    if (membership?.household !== household) continue;
    members.push({ ...membership, person, facts, since: `${fact?.validFrom} ${fact?.recordedAt} ${person}` });
  }
  members.sort((a, b) => (a.person < b.person ? -1 : 1));
  const heads = members.filter(({ relation }) => relation === 'head').map(({ since }) => since);
  const newest = heads.sort().at(-1);
  return members.map(({ since, ...member }) =>
    member.relation === 'head' && since !== newest ? { ...member, relation: 'other' } : member,
  );
}

/** The head (户主) on a day, dead or alive; undefined for a household that has none. */
export function headOn(
  persons: Readonly<Record<PersonKey, readonly Fact[]>>,
  household: HouseholdKey,
  date: PlainDate,
): DatedMember | undefined {
  return membersOn(persons, household, date).find(({ relation }) => relation === 'head');
}
