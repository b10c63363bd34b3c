import type { Instant } from '../../domain/calendar.ts';
import type { Statement } from '../../domain/household/event-changes.ts';
import { birthDateIn } from '../../domain/identity-number.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { checkedFact } from '../../domain/register/fact-values.ts';
import type { Fact } from '../../domain/register/facts.ts';
import { LEFT_NAMED } from '../../domain/register/payee.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import { invariant } from '../../domain/result.ts';
import type { RecordedEvent } from '../adapters/household-event-store.ts';
import { HouseholdStore } from '../adapters/household-store.ts';
import { PayeeChanges } from '../adapters/payee-changes.ts';
import { laterOf, type RegisterStore } from '../adapters/register-store.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';

type Ports = { readonly register: RegisterStore; readonly clock: Clock };
const ATTEMPTS = 10;

/**
 * Writes what an event changes: persons with their pointers, households, enrolments. Every fact carries the event's id, so that
 * doing it again, or after an interruption, adds what is missing and nothing else. Who goes on being paid is named before there is
 * another head, so that no run in between pays one whom nobody has confirmed; then the confirmation is asked for.
 */
export async function applyEvent(ports: Ports, event: RecordedEvent): Promise<void> {
  const households = new HouseholdStore(ports.register);
  const leftNamed = event.changes.enrolments.filter(({ payee }) => payee !== undefined);
  for (const change of leftNamed) await untilWritten(() => applyToEnrolment(ports, event, change));
  for (const { person, household, facts } of event.changes.persons) {
    await households.savePointers(household, person, await ports.register.enrolmentsOfPerson(household));
    await untilWritten(() => applyToPerson(ports, event, person, facts));
  }
  for (const { household, facts } of event.changes.households) {
    await untilWritten(async () => {
      const { document } = await households.household(household);
      const before = document?.record ?? { householdKey: household, facts: [] };
      const now = laterOf(ports.clock.now(), document?.changedAt);
      const next = withFacts(before.facts, facts, event, now);
      if (next === before.facts) return 'written';
      return households.saveHousehold({ ...before, facts: next }, document, now);
    });
  }
  for (const change of event.changes.enrolments) {
    await untilWritten(() => applyToEnrolment(ports, event, change));
    const read = await households.household(change.household);
    const { id, programme, household } = change;
    const address = { id, programme, jurisdiction: event.jurisdiction };
    for (const person of read.pointers) await households.savePointers(household, person, [address]);
  }
  for (const change of leftNamed) await proposeHead(ports, event, change);
}

/** A change of payee like any other: whoever reported the event proposes it, unless somebody has named a payee since. */
async function proposeHead(
  { register }: Ports,
  { event, eventId, jurisdiction, by, at }: RecordedEvent,
  { id, programme }: RecordedEvent['changes']['enrolments'][number],
): Promise<void> {
  const address = { id, programme, jurisdiction };
  const enrolment = await register.enrolment(jurisdiction, programme, id);
  if (enrolment?.payees.at(-1)?.source !== `${LEFT_NAMED}${eventId}`) return;
  const wanted = { kind: 'head', evidence: event.evidence } as const;
  const proposed = await new PayeeChanges(register).propose(address, wanted, {
    by,
    at,
    today: shanghaiDate(at),
  });
  invariant(proposed.ok, 'the head of a household may always be proposed');
}

async function untilWritten(write: () => Promise<'written' | 'conflict'>): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) if ((await write()) === 'written') return;
  throw new Error('an event lost every race against other writers');
}

async function applyToPerson(
  { register, clock }: Ports,
  event: RecordedEvent,
  person: PersonKey,
  facts: readonly Statement[],
): Promise<'written' | 'conflict'> {
  const document = await register.person(person);
  const before = document?.record ?? newcomer(event, person);
  const now = laterOf(clock.now(), document?.changedAt);
  const next = withFacts(before.facts, facts, event, now);
  return next === before.facts ? 'written' : register.savePerson({ ...before, facts: next }, document, now);
}

/** Somebody whom the register did not know before they joined. */
function newcomer({ event, eventId, joining, at }: RecordedEvent, person: PersonKey): PersonRecord {
  invariant(event.event === 'join' && joining === person, 'only who joins may be new to the register');
  const idNumber = event.idNumber.toUpperCase();
  const birthDate = birthDateIn(idNumber);
  const born: Fact = {
    kind: 'birth-date',
    value: birthDate,
    validFrom: birthDate,
    recordedAt: at,
    source: 'identity-number',
    by: eventId,
  };
  return { personKey: person, legalName: event.name, idNumber, facts: [born], accounts: [] };
}

async function applyToEnrolment(
  { register, clock }: Ports,
  event: RecordedEvent,
  { id, household, programme, facts, payee }: RecordedEvent['changes']['enrolments'][number],
): Promise<'written' | 'conflict'> {
  const { jurisdiction, eventId, by } = event;
  const before = await register.enrolment(jurisdiction, programme, id);
  const now = laterOf(clock.now(), before?.changedAt);
  const base = before ?? {
    id,
    jurisdiction,
    programme,
    subject: household,
    payees: [],
    facts: [],
    version: 0,
  };
  const next = withFacts(base.facts, facts, event, now);
  const source = `${LEFT_NAMED}${eventId}`;
  const named = payee === undefined || base.payees.some((record) => record.source === source);
  if (before && next === base.facts && named) return 'written';
  const payees = named ? base.payees : [...base.payees, { payee, recordedAt: now, source, by }];
  return register.saveEnrolment(
    { ...base, facts: next, payees, version: base.version + 1, changedAt: now },
    before,
  );
}

function withFacts(
  before: readonly Fact[],
  statements: readonly Statement[],
  { eventId }: RecordedEvent,
  now: Instant,
): readonly Fact[] {
  const missing = statements.filter(
    ({ kind, value, validFrom }) =>
      !before.some(
        (fact) =>
          fact.by === eventId && fact.kind === kind && fact.value === value && fact.validFrom === validFrom,
      ),
  );
  if (missing.length === 0) return before;
  const recorded = { recordedAt: now, source: 'household-event', by: eventId };
  return [...before, ...missing.map((statement) => checkedFact({ ...statement, ...recorded }))];
}
