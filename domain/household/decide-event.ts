import { addMonths, type Month, type PlainDate } from '../calendar.ts';
import type { EnrolmentId, HouseholdKey, JurisdictionCode, PersonKey } from '../ids.ts';
import { certifiedDeath, lastRecorded } from '../programmes/fact-history.ts';
import { currentPayee, type EnrolmentDocument } from '../register/enrolment.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { invariant, ok, type Result, refuse, unreachable } from '../result.ts';
import type { HouseholdEvent } from './event.ts';
import {
  alreadyHead,
  alreadyMember,
  deadHead,
  everybody,
  nameHeadFirst,
  noHousehold,
  noMember,
  oneHead,
  otherDistrict,
  stillPaid,
} from './event-refusals.ts';
import type { Relation } from './household-case.ts';
import { lastMembership, membershipText, membersOn } from './membership.ts';

export type Statement = { readonly kind: FactKind; readonly value: string; readonly validFrom: PlainDate };

/** A household as the register has it now, with everybody who was ever a member. */
export type HouseholdNow = {
  readonly key: HouseholdKey;
  readonly facts: readonly Fact[];
  readonly persons: Readonly<Record<PersonKey, readonly Fact[]>>;
  /** Of all districts. */
  readonly enrolments: readonly EnrolmentDocument[];
};
export type EventInput = {
  readonly event: HouseholdEvent;
  readonly household: HouseholdNow;
  /** merge: the household joined. join: the one that is left, where there is one. */
  readonly other: HouseholdNow | undefined;
  /** split: the key of the household founded. join: the person who joins. move-in: the enrolment's id here. */
  readonly founded: HouseholdKey | undefined;
  readonly joining: { readonly key: PersonKey; readonly facts: readonly Fact[] } | undefined;
  readonly enrolmentId: EnrolmentId | undefined;
  readonly jurisdiction: JurisdictionCode;
};

/** What an event says of whom; recorded in this order: persons, households, enrolments. */
export type EventChanges = {
  readonly persons: readonly {
    readonly person: PersonKey;
    readonly household: HouseholdKey;
    readonly facts: readonly Statement[];
  }[];
  readonly households: readonly { readonly household: HouseholdKey; readonly facts: readonly Statement[] }[];
  readonly enrolments: readonly {
    readonly id: EnrolmentId;
    readonly household: HouseholdKey;
    readonly programme: string;
    readonly facts: readonly Statement[];
    readonly payee?: PersonKey;
  }[];
  /** Households whose determinations are to be looked at again. */
  readonly review: readonly HouseholdKey[];
};

const NONE: EventChanges = { persons: [], households: [], enrolments: [], review: [] };
const firstDay = (month: Month): PlainDate => `${month}-01`;
const ANY_DAY_YET = '9999-12-31';

/**
 * What an event changes, in one pure call. It moves no money by itself: amounts are determined anew, payment follows the facts
 * and stops recorded here. Refusals say which step comes first.
 */
export function decideEvent(input: EventInput): Result<EventChanges> {
  const { event } = input;
  switch (event.event) {
    case 'split':
      return split(input, event);
    case 'merge':
      return merge(input, event);
    case 'join':
      return join(input, event);
    case 'leave':
      return ofMember(input, event.person, (head) =>
        head
          ? refuse(nameHeadFirst())
          : ok([{ kind: 'household', value: '', validFrom: firstDay(event.from) }]),
      );
    case 'death':
      return ofMember(input, event.person, () =>
        ok([{ kind: 'death-certified', value: event.date, validFrom: event.date }]),
      );
    case 'custody':
      return ofMember(input, event.person, () =>
        ok([{ kind: 'custody', value: event.state, validFrom: event.date }]),
      );
    case 'new-head':
      return newHead(input, event);
    case 'move-street':
      return moveStreet(input, event);
    case 'move-out':
      return moveOut(input, event);
    case 'move-in':
      return moveIn(input, event);
    case 'residence': {
      const fact: Statement = { kind: 'residence', value: event.residence, validFrom: firstDay(event.from) };
      const { key } = input.household;
      return ok({ ...NONE, households: [{ household: key, facts: [fact] }], review: [key] });
    }
    default:
      return unreachable(event);
  }
}

const membersNow = ({ persons, key }: HouseholdNow) => membersOn(persons, key, ANY_DAY_YET);
const memberNow = (household: HouseholdNow, person: PersonKey) =>
  membersNow(household).find((member) => member.person === person);
const here = ({ household, jurisdiction }: EventInput) =>
  household.enrolments.filter((enrolment) => enrolment.jurisdiction === jurisdiction);

function ofMember(
  { household }: EventInput,
  person: PersonKey,
  facts: (isHead: boolean) => Result<Statement[]>,
): Result<EventChanges> {
  const member = memberNow(household, person);
  if (!member) return refuse(noMember(person));
  const said = facts(member.relation === 'head');
  if (!said.ok) return said;
  const { key } = household;
  return ok({ ...NONE, persons: [{ person, household: key, facts: said.value }], review: [key] });
}

type Event<Kind extends HouseholdEvent['event']> = Extract<HouseholdEvent, { event: Kind }>;

const joins = (
  household: HouseholdKey,
  { person, relation, covered }: Event<'split'>['members'][number],
  from: Month,
) => ({
  person,
  household,
  facts: [
    { kind: 'household', value: membershipText({ household, relation, covered }), validFrom: firstDay(from) },
  ] satisfies Statement[],
});

function split({ household, founded }: EventInput, event: Event<'split'>): Result<EventChanges> {
  invariant(founded, 'a split founds a household');
  const leaving = event.members.map(({ person }) => memberNow(household, person));
  const stranger = event.members.find((_, index) => !leaving[index]);
  if (stranger) return refuse(noMember(stranger.person));
  if (leaving.some((member) => member?.relation === 'head')) return refuse(nameHeadFirst());
  if (event.members.filter(({ relation }) => relation === 'head').length !== 1) return refuse(oneHead());
  const residence = lastRecorded(household.facts, 'residence')?.value;
  const facts: Statement[] =
    residence === undefined ? [] : [{ kind: 'residence', value: residence, validFrom: firstDay(event.from) }];
  return ok({
    ...NONE,
    persons: event.members.map((member) => joins(founded, member, event.from)),
    households: [{ household: founded, facts }],
    review: [household.key],
  });
}

function merge(input: EventInput, event: Event<'merge'>): Result<EventChanges> {
  const { household, other } = input;
  if (!other || membersNow(other).length === 0 || other.key === household.key) return refuse(noHousehold());
  const alive = membersNow(household).filter(({ facts }) => certifiedDeath(facts) === undefined);
  const named = event.members.map(({ person }) => person);
  const same = new Set([...named, ...alive.map(({ person }) => person)]).size;
  if (same !== named.length || same !== alive.length) return refuse(everybody());
  if (event.members.some(({ relation }) => relation === 'head')) return refuse(oneHead());
  const lastMonth = addMonths(event.from, -1);
  return ok({
    ...NONE,
    persons: event.members.map((member) => joins(other.key, member, event.from)),
    enrolments: here(input).map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [{ kind: 'stop', value: lastMonth, validFrom: firstDay(event.from) }],
    })),
    review: [household.key, other.key],
  });
}

function join({ household, other, joining }: EventInput, event: Event<'join'>): Result<EventChanges> {
  invariant(joining, 'somebody joins');
  if (event.relation === 'head') return refuse(nameHeadFirst());
  const now = lastMembership(joining.facts);
  if (now?.household === household.key) return refuse(alreadyMember());
  // A head who marries out leaves a household behind that nobody heads.
  if (now?.relation === 'head' && other && membersNow(other).length > 1) return refuse(nameHeadFirst());
  const { key } = household;
  const member = { person: joining.key, relation: event.relation, covered: event.covered };
  return ok({
    ...NONE,
    persons: [joins(key, member, event.from)],
    review: [key, ...(other ? [other.key] : [])],
  });
}

function newHead(input: EventInput, event: Event<'new-head'>): Result<EventChanges> {
  const { household } = input;
  const member = memberNow(household, event.person);
  if (!member) return refuse(noMember(event.person));
  if (member.relation === 'head') return refuse(alreadyHead());
  if (certifiedDeath(member.facts) !== undefined) return refuse(deadHead());
  if (event.formerHead === 'head') return refuse(oneHead());
  const former = membersNow(household).find(({ relation }) => relation === 'head');
  const as = ({ person, covered }: typeof member, relation: Relation) =>
    joins(household.key, { person, relation, covered }, event.from);
  // A recorded representative goes on being paid; a head who was recorded as payee gives way to the new one.
  const changed = here(input).filter((enrolment) => former && currentPayee(enrolment) === former.person);
  return ok({
    ...NONE,
    persons: [as(member, 'head'), ...(former ? [as(former, event.formerHead)] : [])],
    enrolments: changed.map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [],
      payee: event.person,
    })),
    review: [household.key],
  });
}

function moveStreet(input: EventInput, event: Event<'move-street'>): Result<EventChanges> {
  const { household, jurisdiction } = input;
  if (!event.street.startsWith(jurisdiction)) return refuse(otherDistrict());
  const mine = here(input);
  if (mine.length === 0) return refuse(noHousehold());
  return ok({
    ...NONE,
    enrolments: mine.map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [{ kind: 'street', value: event.street, validFrom: firstDay(event.from) }],
    })),
    review: [household.key],
  });
}

function moveOut(input: EventInput, event: Event<'move-out'>): Result<EventChanges> {
  const { household, jurisdiction } = input;
  const mine = here(input);
  if (mine.length === 0) return refuse(noHousehold());
  if (event.to === jurisdiction) return refuse(otherDistrict());
  const validFrom = firstDay(addMonths(event.lastMonth, 1));
  return ok({
    ...NONE,
    persons: membersNow(household).map(({ person }) => ({
      person,
      household: household.key,
      facts: [{ kind: 'household-registration', value: event.to, validFrom }],
    })),
    enrolments: mine.map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [{ kind: 'stop', value: event.lastMonth, validFrom }],
    })),
    review: [household.key],
  });
}

function moveIn(input: EventInput, event: Event<'move-in'>): Result<EventChanges> {
  const { household, jurisdiction, enrolmentId } = input;
  invariant(enrolmentId, 'a household has an id for its enrolment here');
  if (!event.street.startsWith(jurisdiction)) return refuse(otherDistrict());
  const elsewhere = household.enrolments.filter(
    (one) => one.jurisdiction !== jurisdiction && one.programme === event.programme,
  );
  const unstopped = elsewhere.find(({ facts }) => {
    const lastMonth = lastRecorded(facts, 'stop')?.value ?? '';
    return lastMonth === '' || lastMonth > event.paidThrough;
  });
  if (unstopped) return refuse(stillPaid(event.paidThrough));
  const validFrom = firstDay(addMonths(event.paidThrough, 1));
  return ok({
    ...NONE,
    enrolments: [
      {
        id: enrolmentId,
        programme: event.programme,
        household: household.key,
        facts: [
          { kind: 'application', value: event.appliedOn, validFrom: event.appliedOn },
          { kind: 'street', value: event.street, validFrom },
          { kind: 'paid-elsewhere', value: event.paidThrough, validFrom },
        ],
      },
    ],
    review: [household.key],
  });
}
