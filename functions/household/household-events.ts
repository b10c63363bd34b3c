import { monthOf } from '../../domain/calendar.ts';
import { decideEvent } from '../../domain/household/decide-event.ts';
import type { HouseholdEvent } from '../../domain/household/event.ts';
import type { EventInput, HouseholdNow } from '../../domain/household/event-changes.ts';
import { householdsEver, lastMembership } from '../../domain/household/membership.ts';
import { parseIdentityNumber } from '../../domain/identity-number.ts';
import type { EnrolmentId, HouseholdKey, JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { parsePersonName, sameName } from '../../domain/person-name.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import {
  HouseholdEventStore,
  type RecordedEvent,
  type StoredEvent,
} from '../adapters/household-event-store.ts';
import { HouseholdStore } from '../adapters/household-store.ts';
import type { OpenEvent, OpenEventStore } from '../adapters/open-event-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { openReviewTask, type ReviewPorts } from '../determination/review-tasks.ts';
import { isAbandoned } from '../instants.ts';
import { loadHouseholds } from '../register/load-households.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';
import { applyEvent } from './apply-event.ts';

export type HouseholdEventPorts = ReviewPorts & { readonly openEvents: OpenEventStore };
export type EventRequest = {
  readonly household: HouseholdKey;
  readonly event: HouseholdEvent;
  /** The same for the same request made again. */
  readonly eventId: string;
  readonly by: string;
  readonly jurisdiction: JurisdictionCode;
};

const ATTEMPTS = 10;

/**
 * Records what happened to a household, then writes what it changes: the event first, as an immutable item at the next number, so
 * that two people who act at once decide one after the other; then persons, households and enrolments; then the reviews. An event
 * that was interrupted is finished by the same request, before the next event of the household, or by the sweeper, for whom a mark
 * is put before it.
 */
export async function recordHouseholdEvent(
  ports: HouseholdEventPorts,
  request: EventRequest,
): Promise<Result<StoredEvent>> {
  const store = new HouseholdEventStore(ports.register);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await store.events(request.household);
    await finishAll(ports, request.household, before);
    const same = before.find(({ eventId }) => eventId === request.eventId);
    if (same) return ok({ ...same, done: true });
    const decided = await decide(ports, request);
    if (!decided.ok) return decided;
    const number = before.length + 1;
    await ports.openEvents.mark({ household: request.household, number, at: decided.value.at });
    if (!(await store.put(request.household, number, decided.value))) continue;
    const stored = { ...decided.value, number, done: true };
    await finish(ports, request.household, stored);
    return ok(stored);
  }
  throw new Error('an event lost every race against others of the household');
}

/** What the sweeper asks for. The mark stays while its event may still be recorded. */
export async function finishHouseholdEvent(ports: HouseholdEventPorts, marked: OpenEvent): Promise<void> {
  const { household, number, at } = marked;
  const events = await new HouseholdEventStore(ports.register).events(household);
  await finishAll(ports, household, events);
  // Its request died, or lost the number.
  const abandoned = isAbandoned(at, ports.clock.now());
  if (abandoned || events.some((event) => event.number === number)) await ports.openEvents.settle(marked);
}

async function finishAll(
  ports: HouseholdEventPorts,
  household: HouseholdKey,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const event of events.filter(({ done }) => !done)) await finish(ports, household, event);
}

async function finish(
  ports: HouseholdEventPorts,
  household: HouseholdKey,
  event: StoredEvent,
): Promise<void> {
  await applyEvent(ports, event);
  for (const reviewed of event.changes.review) {
    for (const enrolment of await ports.register.enrolmentsOfPerson(reviewed)) {
      const month = monthOf(validFromOf(event));
      await openReviewTask(ports, enrolment, {
        kind: 'household-event',
        about: reviewed,
        month,
        recordedAt: event.at,
      });
    }
  }
  await new HouseholdEventStore(ports.register).done(household, event.number, ports.clock.now());
  await ports.openEvents.settle({ household, number: event.number, at: event.at });
}

function validFromOf({ changes, at }: StoredEvent): string {
  const facts = [...changes.persons, ...changes.households, ...changes.enrolments].flatMap(
    (one) => one.facts,
  );
  return facts.map(({ validFrom }) => validFrom).sort()[0] ?? shanghaiDate(at);
}

async function decide(ports: HouseholdEventPorts, request: EventRequest): Promise<Result<RecordedEvent>> {
  const { register, clock } = ports;
  const { event, jurisdiction, eventId, by } = request;
  const household = await householdNow(register, request.household);
  const isHere = household.enrolments.some((enrolment) => enrolment.jurisdiction === jurisdiction);
  if (Object.keys(household.persons).length === 0 || (!isHere && event.event !== 'move-in'))
    return refuse(noHousehold());
  const joining = event.event === 'join' ? await joiningPerson(register, event, clock) : ok(undefined);
  if (!joining.ok) return joining;
  const left = joining.value && lastMembership(joining.value.facts)?.household;
  const otherKey = event.event === 'merge' ? event.into : left;
  const other = otherKey === undefined ? undefined : await householdNow(register, otherKey);
  if (event.event === 'merge' && !other?.enrolments.some((one) => one.jurisdiction === jurisdiction))
    return refuse(noHousehold());
  const programme = event.event === 'move-in' ? programmeById(event.programme) : undefined;
  if (programme && !programme.ok) return programme;
  const input: EventInput = {
    event,
    household,
    other,
    joining: joining.value,
    founded: event.event === 'split' ? await founded(register, household, event) : undefined,
    enrolmentId: programme && (await idHere(register, request, programme.value.code)),
    jurisdiction,
    today: clock.today(),
  };
  const changes = decideEvent(input);
  if (!changes.ok) return changes;
  const recorded = { eventId, event, changes: changes.value, jurisdiction, by, at: clock.now() };
  return ok({ ...recorded, ...(joining.value && { joining: joining.value.key }) });
}

async function idHere(
  register: RegisterStore,
  { household, jurisdiction }: EventRequest,
  code: string,
): Promise<EnrolmentId> {
  const id = (await register.enrolmentIds([household], jurisdiction, code)).get(household);
  invariant(id, 'a household has an id for its enrolment');
  return id;
}

/** The key of the household that a split founds: its head's. */
async function founded(
  register: RegisterStore,
  household: HouseholdNow,
  event: Extract<HouseholdEvent, { event: 'split' }>,
): Promise<HouseholdKey> {
  const head = event.members.find(({ relation }) => relation === 'head')?.person ?? '';
  const facts = household.persons[head];
  // Without a head among those who leave the decision refuses, and no key is needed.
  return facts ? new HouseholdStore(register).assignKey(head, householdsEver(facts)) : head;
}

async function householdNow(register: RegisterStore, key: HouseholdKey): Promise<HouseholdNow> {
  const read = (await loadHouseholds(register, [key])).get(key);
  const persons = [...(read?.persons ?? [])].map(([person, { record }]) => [person, record.facts] as const);
  return {
    key,
    facts: read?.document?.record.facts ?? [],
    persons: Object.fromEntries(persons),
    enrolments: await register.enrolmentsOfPerson(key),
  };
}

async function joiningPerson(
  register: RegisterStore,
  { name, idNumber }: Extract<HouseholdEvent, { event: 'join' }>,
  clock: Clock,
): Promise<Result<NonNullable<EventInput['joining']>>> {
  const number = parseIdentityNumber(idNumber.toUpperCase(), { today: clock.today() });
  if (!number.ok) return number;
  const parsed = parsePersonName(name);
  if (!parsed.ok) return parsed;
  const key: PersonKey = await register.assignPersonKey(number.value.number);
  const document = await register.person(key);
  if (document && !sameName(document.record.legalName, parsed.value)) return refuse(otherName());
  return ok({ key, facts: document?.record.facts ?? [] });
}

const noHousehold = (): Refusal =>
  refusal('missing/household', '本区划没有这个家庭', 'there is no such household in your jurisdiction');
const otherName = (): Refusal =>
  refusal(
    'conflict/other-name',
    '该身份证号在对象信息库中登记的是另一个姓名：请核对姓名和身份证号',
    'this identity number is registered under another name: check both',
  );
