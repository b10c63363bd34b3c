import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { membershipText } from '../../../domain/household/membership.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import type { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { loadHouseholds } from '../../../functions/register/load-households.ts';
import { reachableEnrolments } from '../../../functions/register/reachable-enrolments.ts';
import { registerFrom } from '../../../functions/wiring.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { idNumber } from '../register/sheet-fixture.ts';

const AT = '2026-11-20T03:00:00.000Z';
let engines: Engines;
let register: RegisterStore;
let store: HouseholdStore;
let next = 0;
beforeAll(async () => {
  engines = await startEngines();
  register = registerFrom(engines.env);
  store = new HouseholdStore(register);
});
afterAll(() => engines.stop());

const member = (household: string, validFrom: string): Fact => ({
  kind: 'household',
  value: household === '' ? '' : membershipText({ household, relation: 'head', covered: true }),
  validFrom,
  recordedAt: AT,
  source: 'register',
  by: 'import-1',
});

async function savedPerson(facts: readonly Fact[] = []): Promise<string> {
  next += 1;
  const number = idNumber(5000 + next);
  const personKey = await register.assignPersonKey(number);
  const record = { personKey, legalName: '张三', idNumber: number, facts, accounts: [] };
  expect(await register.savePerson(record, undefined, AT)).toBe('written');
  return personKey;
}

describe('household keys', () => {
  it('are given once: who asks again, or at once with others, gets the same one', async () => {
    const founder = await savedPerson();
    const keys = await Promise.all(Array.from({ length: 8 }, () => store.assignKey(founder, new Set())));
    expect(new Set(keys).size).toBe(1);
    expect(keys[0]).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    const other = await savedPerson();
    expect(await store.assignKey(other, new Set())).not.toBe(keys[0]);
  });

  it('are new for who founds another household after leaving one', async () => {
    const founder = await savedPerson();
    const first = await store.assignKey(founder, new Set());
    const second = await store.assignKey(founder, new Set([first]));
    expect(second).not.toBe(first);
    expect(await store.assignKey(founder, new Set([first]))).toBe(second);
  });

  it('never go to two founders', async () => {
    const [one, two] = [await savedPerson(), await savedPerson()];
    const taken = await store.assignKey(one, new Set());
    const theirs = await store.assignKey(two, new Set());
    // The key that the second founder would get first belongs to somebody else.
    await register.table.put({ pk: `H#${theirs}`, sk: 'ID', c: one });
    const given = await store.assignKey(two, new Set());
    expect([taken, theirs]).not.toContain(given);
  });
});

describe('households', () => {
  it('come back with their facts and members; a writer who read an older version is refused', async () => {
    const household = await store.assignKey(await savedPerson(), new Set());
    const person = await savedPerson([member(household, '2026-01-01')]);
    const residence: Fact = { ...member('', '2026-01-01'), kind: 'residence', value: 'rural' };
    await store.savePointers(household, person, []);
    await store.savePointers(household, 'NOBODY000000', []);
    const record = { householdKey: household, facts: [residence] };
    expect(await store.saveHousehold(record, undefined, AT)).toBe('written');
    expect(await store.saveHousehold(record, undefined, AT)).toBe('conflict');
    const read = (await loadHouseholds(register, [household, household, 'H00000000000'])).get(household)!;
    expect(read.document).toEqual({ version: 1, changedAt: AT, record });
    // A pointer whose person was never written is harmless.
    expect([...read.persons.keys()]).toEqual([person]);
    expect(await store.saveHousehold(record, read.document, '2026-11-01T00:00:00.000Z')).toBe('written');
    expect((await store.household(household)).document).toMatchObject({ version: 2, changedAt: AT });
  });

  it('keep nothing personal in clear', async () => {
    const household = await store.assignKey(await savedPerson(), new Set());
    const incomes: Fact = {
      ...member('', '2026-01-01'),
      kind: 'household-incomes',
      value: 'pension:77.77:month',
    };
    await store.saveHousehold({ householdKey: household, facts: [incomes] }, undefined, AT);
    const item = await register.table.get(`H#${household}`, 'DOC');
    expect(Object.keys(item ?? {}).sort()).toEqual(['changedAt', 'pk', 'sealed', 'sk', 'version']);
    expect(Buffer.from(item!['sealed'] as Uint8Array).includes('77.77')).toBe(false);
  });

  it('are reached by members while they belong, and by nobody who left', async () => {
    const household = await store.assignKey(await savedPerson(), new Set());
    const enrolment: EnrolmentDocument = {
      id: `DB-${household}-1`,
      jurisdiction: '110199',
      programme: 'dibao',
      subject: household,
      payees: [],
      facts: [],
      version: 1,
      changedAt: AT,
    };
    await register.saveEnrolment(enrolment, undefined);
    const [stays, left] = [
      await savedPerson([member(household, '2026-01-01')]),
      await savedPerson([member(household, '2026-01-01'), member('', '2026-06-01')]),
    ];
    for (const person of [stays, left]) await store.savePointers(household, person, [enrolment]);
    const ids = async (person: string, today: string) =>
      (await reachableEnrolments(register, person, today)).map(({ id }) => id);
    expect(await ids(stays, '2026-06-01')).toEqual([enrolment.id]);
    expect(await ids(left, '2026-05-31')).toEqual([enrolment.id]);
    expect(await ids(left, '2026-06-01')).toEqual([]);
    expect(await register.enrolmentsOfPerson(stays)).toEqual([]);
    expect((await register.enrolmentsOfPerson(household)).map(({ id }) => id)).toEqual([enrolment.id]);
  });
});
