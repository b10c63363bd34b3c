import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdEvent } from '../../../domain/household/event.ts';
import { membersOn } from '../../../domain/household/membership.ts';
import { lastRecorded } from '../../../domain/programmes/fact-history.ts';
import { HouseholdEventStore } from '../../../functions/adapters/household-event-store.ts';
import { ReviewStore } from '../../../functions/adapters/review-store.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { type EventRequest, recordHouseholdEvent } from '../../../functions/household/household-events.ts';
import { loadHouseholds } from '../../../functions/register/load-households.ts';
import { reachableEnrolments } from '../../../functions/register/reachable-enrolments.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { determine, household, householdOffice, MONTH, yuan } from '../run/household-office.ts';
import { code, computed, DISTRICT, type Office, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';

let bureau: Office;
let reviews: ReviewStore;
beforeEach(async () => {
  bureau = await householdOffice();
  reviews = new ReviewStore(bureau.engines.tables.operations);
});
afterEach(() => bureau.stop());

const evidence = '户口簿';
const record = (key: string, event: HouseholdEvent, eventId: string, request: Partial<EventRequest> = {}) => {
  const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
  const all = { household: key, event, eventId, by: 'staff-preparer', jurisdiction: DISTRICT, ...request };
  return recordHouseholdEvent(ports, all);
};
const members = async (key: string, date: string) => {
  const read = (await loadHouseholds(bureau.register, [key])).get(key)!;
  const persons = Object.fromEntries(
    [...read.persons].map(([person, { record: one }]) => [person, one.facts]),
  );
  return membersOn(persons, key, date).map(({ person, relation }) => [person, relation] as const);
};
const eventsOf = (key: string) => new HouseholdEventStore(bureau.register).events(key);
const newHead = (person: string): HouseholdEvent => ({
  event: 'new-head',
  person,
  formerHead: 'spouse',
  from: '2026-12',
  evidence,
});
const birth = (n: number): HouseholdEvent => ({
  event: 'join',
  cause: 'birth',
  name: '张新生',
  idNumber: idNumber(n, '20261101'),
  relation: 'child',
  covered: true,
  from: '2026-12',
  evidence,
});

describe('events of a household on the register', () => {
  it('a birth: somebody new to the register belongs from the month, finds the payments, and a review is open', async () => {
    const { key, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    const { number } = value(await record(key, birth(7), 'he-1'));
    expect(number).toBe(1);
    expect(
      [await members(key, '2026-11-30'), await members(key, '2026-12-01')].map((all) => all.length),
    ).toEqual([2, 3]);
    const child = (await bureau.register.personByIdNumber(idNumber(7, '20261101')))!;
    expect(lastRecorded(child.record.facts, 'birth-date')?.value).toBe('2026-11-01');
    const found = await reachableEnrolments(bureau.register, child.record.personKey, '2026-12-01');
    expect(found.map(({ id }) => id)).toEqual([enrolment.id]);
    const task = await reviews.task(enrolment);
    expect(task?.causes.map(({ kind, about }) => [kind, about])).toEqual([['household-event', key]]);
  });

  it('the same request again changes nothing; no review where nothing was decided', async () => {
    const { key, enrolment } = await household(bureau, 1);
    const first = value(await record(key, birth(7), 'he-1'));
    const before = await bureau.engines.scan('register');
    expect(value(await record(key, birth(7), 'he-1'))).toEqual(first);
    expect((await bureau.engines.scan('register')).length).toBe(before.length);
    const child = (await bureau.register.personByIdNumber(idNumber(7, '20261101')))!;
    expect([child.version, child.record.facts.length]).toEqual([1, 2]);
    expect(await reviews.task(enrolment)).toBeUndefined();
  });

  it('two people who name a head at once: one is first, the other decides on what that left', async () => {
    const { key, head, spouse } = await household(bureau, 1);
    const answers = await Promise.all([
      record(key, newHead(spouse), 'he-1'),
      record(key, newHead(spouse), 'he-2'),
    ]);
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/already-head']);
    expect(new Map(await members(key, '2026-12-01'))).toEqual(
      new Map([
        [head, 'spouse'],
        [spouse, 'head'],
      ]),
    );
    expect((await eventsOf(key)).map(({ number, done }) => [number, done])).toEqual([[1, true]]);
  });

  it('interrupted at any write, it is finished by the same request, or before the next event', async () => {
    const rural: HouseholdEvent = { event: 'residence', residence: 'rural', from: '2026-12', evidence };
    for (const by of ['same', 'next'])
      await dyingAtEveryWrite(async (survived) => {
        const { key, head, spouse } = await household(bureau, by === 'same' ? survived : 100 + survived);
        const asked = () => record(key, newHead(spouse), 'he-1');
        const died = await diesAfter(bureau.faults, survived, asked);
        const written = await eventsOf(key);
        const wasRecorded = written.length === 1;
        if (by === 'next') value(await record(key, rural, 'he-2'));
        else value(await asked());
        const expected = by === 'same' || wasRecorded ? ['spouse', 'head'] : ['head', 'spouse'];
        const now = new Map(await members(key, '2026-12-01'));
        expect([now.get(head), now.get(spouse)]).toEqual(expected);
        const events = await eventsOf(key);
        expect(events.map(({ number, done }) => [number, done])).toEqual(
          events.map((_, index) => [index + 1, true]),
        );
        expect(events).toHaveLength(by === 'next' && wasRecorded ? 2 : 1);
        for (const person of [head, spouse]) {
          const facts = (await bureau.register.person(person))!.record.facts;
          const learnt = facts.filter(({ source }) => source === 'household-event');
          expect(learnt).toHaveLength(expected[0] === 'spouse' ? 1 : 0);
        }
        return died;
      });
  });

  it('interrupted after it was recorded, it is finished by the sweeper; one that was never recorded is looked for no more', async () => {
    const moveOut: HouseholdEvent = { event: 'move-out', to: '110105', lastMonth: '2026-11', evidence };
    const open = async () => await bureau.ports.openEvents.open(bureau.clock.now());
    const look = async () => {
      for (let times = 0; times < 2; times += 1) await bureau.sweep();
      expect((await bureau.deliver()).failed).toBe(0);
    };
    let lost = 0;
    await dyingAtEveryWrite(async (survived) => {
      const { key, enrolment } = await household(bureau, survived);
      await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
      const died = await diesAfter(bureau.faults, survived, () => record(key, moveOut, 'he-1'));
      const before = await eventsOf(key);
      await look();
      const events = await eventsOf(key);
      expect(events.map(({ done }) => done)).toEqual(before.map(() => true));
      const [stopped] = await bureau.register.enrolmentsOfPerson(key);
      expect(lastRecorded(stopped!.facts, 'stop') !== undefined).toBe(events.length === 1);
      // A mark whose event may still come stays.
      const marked = (await open()).filter(({ household: of }) => of === key);
      expect(marked.length <= (events.length === 0 ? 1 : 0)).toBe(true);
      lost += marked.length;
      return died;
    });
    expect([lost, (await open()).length]).toEqual([1, 1]);
    // Once no request can be alive, it goes.
    bureau.clock.moveTo('2026-11-23');
    await look();
    expect(await open()).toEqual([]);
  });

  it('a split founds a household of its own, whose members are found by it', async () => {
    const { key, spouse } = await household(bureau, 1);
    const event: HouseholdEvent = {
      event: 'split',
      members: [{ person: spouse, relation: 'head', covered: true }],
      from: '2026-12',
      evidence,
    };
    value(await record(key, event, 'he-1'));
    expect(await members(key, '2026-12-01')).toHaveLength(1);
    const own = (await eventsOf(key))[0]!.changes.households[0]!.household;
    expect(await members(own, '2026-12-01')).toEqual([[spouse, 'head']]);
    expect((await loadHouseholds(bureau.register, [own])).get(own)?.document?.record.facts[0]).toMatchObject({
      kind: 'residence',
      value: 'urban',
    });
  });

  it('moves between districts: no month is paid by both', async () => {
    const { key, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-10': yuan(1450) });
    const moveIn: HouseholdEvent = {
      event: 'move-in',
      programme: 'dibao',
      street: '110105001',
      appliedOn: '2026-11-20',
      paidThrough: '2026-11',
      evidence,
    };
    const there = { jurisdiction: '110105' };
    expect(code(await record(key, moveIn, 'he-1', there))).toBe('conflict/still-paid-elsewhere');
    value(await record(key, { event: 'move-out', to: '110105', lastMonth: '2026-11', evidence }, 'he-2'));
    value(await record(key, moveIn, 'he-3', there));
    const all = await bureau.register.enrolmentsOfPerson(key);
    expect(all.map(({ id, jurisdiction }) => [id, jurisdiction])).toEqual([
      [enrolment.id, DISTRICT],
      [`DB-${key}-2`, '110105'],
    ]);
    expect(lastRecorded(all[1]!.facts, 'paid-elsewhere')?.value).toBe('2026-11');
    bureau.clock.moveTo('2026-11-24');
    const drafts = await draftsOf(bureau, await computed(bureau, MONTH));
    expect(drafts.flatMap(({ lines }) => lines.map(({ month }) => month))).toEqual(['2026-10', '2026-11']);
  });

  it('is for the district that has the household', async () => {
    const { key, spouse } = await household(bureau, 1);
    expect(code(await record(key, newHead(spouse), 'he-1', { jurisdiction: '110105' }))).toBe(
      'missing/household',
    );
    expect(code(await record('H00000000000', newHead(spouse), 'he-2'))).toBe('missing/household');
    const stranger = { ...birth(7), idNumber: '110101199003070012' } as HouseholdEvent;
    expect(code(await record(key, stranger, 'he-3'))).toMatch(/^invalid\//);
  });
});
