import { addMonths, type Month } from '../calendar.ts';
import type { HouseholdKey, PersonKey } from '../ids.ts';
import { certifiedDeath, history, lastRecorded } from '../programmes/fact-history.ts';
import type { EnrolmentDocument } from '../register/enrolment.ts';
import { LEFT_NAMED } from '../register/payee.ts';
import { invariant, ok, type Refusal, type Result, refuse, unreachable } from '../result.ts';
import {
  type Event,
  type EventChanges,
  type EventInput,
  enrolmentsHere,
  firstDay,
  livingNow,
  memberNow,
  membersNow,
  NOTHING,
  paidHereAfter,
  type Statement,
} from './event-changes.ts';
import {
  alreadyHead,
  alreadyMember,
  beforeMembership,
  deadHead,
  everybody,
  futureDeath,
  namedTwice,
  nameHeadFirst,
  noHousehold,
  noMember,
  oneHead,
} from './event-refusals.ts';
import type { Relation } from './household-case.ts';
import { lastMembership, membershipText } from './membership.ts';
import { moveIn, moveOut, moveStreet } from './moves.ts';

/**
 * What an event changes, in one pure call. It moves no money by itself: amounts are determined anew, payment follows the facts
 * and stops recorded here. Refusals say which step comes first.
 */
export function decideEvent(input: EventInput): Result<EventChanges> {
  const changes = changesOf(input);
  if (!changes.ok) return changes;
  const early = whyTooEarly(input, changes.value);
  return early ? refuse(early) : changes;
}

/** What holds from before the last thing known of a membership would never show: the later one goes on. */
function whyTooEarly({ event, household, joining }: EventInput, changes: EventChanges): Refusal | undefined {
  for (const { person, facts } of changes.persons) {
    const known = household.persons[person] ?? joining?.facts ?? [];
    const since = history(known, 'household').at(-1)?.validFrom;
    const said = facts.find(({ kind }) => kind === 'household')?.validFrom;
    if (since === undefined || said === undefined || said >= since) continue;
    const row =
      'members' in event ? event.members.findIndex((member) => member.person === person) + 1 : undefined;
    return beforeMembership(person, since, row);
  }
  return undefined;
}

function changesOf(input: EventInput): Result<EventChanges> {
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
        event.date > input.today
          ? refuse(futureDeath(event.date, input.today))
          : ok([{ kind: 'death-certified', value: event.date, validFrom: event.date }]),
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
      return ok({ ...NOTHING, households: [{ household: key, facts: [fact] }], review: [key] });
    }
    default:
      return unreachable(event);
  }
}

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
  return ok({ ...NOTHING, persons: [{ person, household: key, facts: said.value }], review: [key] });
}

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
  for (const [index, { person }] of event.members.entries()) {
    if (!leaving[index]) return refuse(noMember(person, index + 1));
    if (event.members.findIndex((one) => one.person === person) < index)
      return refuse(namedTwice(person, index + 1));
  }
  if (leaving.some((member) => member?.relation === 'head')) return refuse(nameHeadFirst());
  if (event.members.filter(({ relation }) => relation === 'head').length !== 1) return refuse(oneHead());
  const residence = lastRecorded(household.facts, 'residence')?.value;
  const facts: Statement[] =
    residence === undefined ? [] : [{ kind: 'residence', value: residence, validFrom: firstDay(event.from) }];
  return ok({
    ...NOTHING,
    persons: event.members.map((member) => joins(founded, member, event.from)),
    households: [{ household: founded, facts }],
    review: [household.key],
  });
}

function merge(input: EventInput, event: Event<'merge'>): Result<EventChanges> {
  const { household, other } = input;
  if (!other || livingNow(other).length === 0 || other.key === household.key) return refuse(noHousehold());
  const alive = livingNow(household);
  const named = event.members.map(({ person }) => person);
  const same = new Set([...named, ...alive.map(({ person }) => person)]).size;
  if (same !== named.length || same !== alive.length) return refuse(everybody());
  if (event.members.some(({ relation }) => relation === 'head')) return refuse(oneHead());
  const lastMonth = addMonths(event.from, -1);
  return ok({
    ...NOTHING,
    persons: event.members.map((member) => joins(other.key, member, event.from)),
    enrolments: paidHereAfter(input, lastMonth).map(({ id, programme }) => ({
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
  if (now?.relation === 'head' && other && livingNow(other).length > 1) return refuse(nameHeadFirst());
  const { key } = household;
  const member = { person: joining.key, relation: event.relation, covered: event.covered };
  return ok({
    ...NOTHING,
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
  const enrolments = former ? enrolmentsHere(input) : [];
  return ok({
    ...NOTHING,
    persons: [as(member, 'head'), ...(former ? [as(former, event.formerHead)] : [])],
    enrolments: enrolments.flatMap((enrolment) => {
      const payee = paidUntilConfirmed(enrolment, household.key, former?.person ?? '');
      const { id, programme } = enrolment;
      return payee === undefined ? [] : [{ id, programme, household: household.key, facts: [], payee }];
    }),
    review: [household.key],
  });
}

/**
 * Whoever is paid as the head stays named until a second person has confirmed that the new head is paid (财办〔2020〕37号); so does
 * who was left named when an earlier change of head is not confirmed yet. A recorded representative goes on being paid: undefined.
 */
function paidUntilConfirmed(
  { payees }: EnrolmentDocument,
  household: HouseholdKey,
  former: PersonKey,
): PersonKey | undefined {
  const last = payees.at(-1);
  if (!last || last.payee === household || last.payee === former) return former;
  return last.source.startsWith(LEFT_NAMED) ? last.payee : undefined;
}
