import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bucketOf } from '../../../domain/ids.ts';
import { currentAccount } from '../../../domain/register/account.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { PersonRecord } from '../../../domain/register/person.ts';
import { AccountChanges } from '../../../functions/adapters/account-changes.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { localKeySource } from '../../../functions/adapters/key-source.ts';
import { PersonalData } from '../../../functions/adapters/personal-data.ts';
import { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { registerFrom } from '../../../functions/wiring.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { idNumber } from '../register/sheet-fixture.ts';

const AT = '2026-11-20T03:00:00.000Z';
let engines: Engines;
let store: RegisterStore;
let next = 0;
beforeAll(async () => {
  engines = await startEngines();
  store = registerFrom(engines.env);
});
afterAll(() => engines.stop());

async function newPerson(fields: Partial<PersonRecord> = {}): Promise<PersonRecord> {
  next += 1;
  const number = idNumber(next);
  const account = {
    account: `6217${String(next).padStart(12, '0')}`,
    holderName: '张三',
    validFrom: '2026-11-20',
    recordedAt: AT,
    source: 'register-sheet',
    by: 'staff-preparer',
  };
  const personKey = await store.assignPersonKey(number);
  return { personKey, legalName: '张三', idNumber: number, facts: [], accounts: [account], ...fields };
}
async function savedPerson(fields: Partial<PersonRecord> = {}): Promise<PersonRecord> {
  const record = await newPerson(fields);
  expect(await store.savePerson(record, undefined, AT)).toBe('written');
  return record;
}

describe('person keys', () => {
  it('are given once, the same to all who ask at once', async () => {
    const keys = await Promise.all(Array.from({ length: 10 }, () => store.assignPersonKey(idNumber(700))));
    expect(new Set(keys).size).toBe(1);
    expect(await store.personKeysByIdNumber([idNumber(700), idNumber(701)])).toEqual([keys[0], undefined]);
  });

  it('are never given to two people: a clash takes another key', async () => {
    class Clashing extends PersonalData {
      override personKeyFor = async (_: string, attempt = 0) =>
        `CLASH00000${String(attempt).padStart(2, '0')}`;
    }
    const personalData = new Clashing(localKeySource('11'.repeat(32), '22'.repeat(32)));
    const clashing = new RegisterStore(engines.tables.register, personalData);
    expect(await clashing.assignPersonKey(idNumber(710))).toBe('CLASH0000000');
    expect(await clashing.assignPersonKey(idNumber(711))).toBe('CLASH0000001');
    expect(await clashing.assignPersonKey(idNumber(710))).toBe('CLASH0000000');
  });
});

describe('persons', () => {
  it('come back as saved, by key, by number, by name, and many at once', async () => {
    const record = await savedPerson({ legalName: '𬎆㛃', phone: '13812345678' });
    const document = { version: 1, changedAt: AT, record };
    expect(await store.person(record.personKey)).toEqual(document);
    expect(await store.personByIdNumber(record.idNumber)).toEqual(document);
    expect(await store.personKeysByName('𬎆㛃', 10)).toEqual([record.personKey]);
    expect(await store.persons([record.personKey, 'NOBODY000000', record.personKey])).toEqual(
      new Map([[record.personKey, document]]),
    );
    expect(await store.personByIdNumber(idNumber(999))).toBeUndefined();
  });

  it('refuse a writer who read an older version', async () => {
    const record = await savedPerson();
    const before = (await store.person(record.personKey))!;
    expect(await store.savePerson({ ...record, phone: '1' }, before, AT)).toBe('written');
    expect(await store.savePerson({ ...record, phone: '2' }, before, AT)).toBe('conflict');
    expect((await store.person(record.personKey))?.record.phone).toBe('1');
  });

  it('are changed no earlier than they were, though a writer’s clock is behind', async () => {
    const record = await savedPerson();
    const before = (await store.person(record.personKey))!;
    const behind = '2026-11-20T02:59:00.000Z';
    expect(await store.savePerson({ ...record, phone: '1' }, before, behind)).toBe('written');
    expect(await store.person(record.personKey)).toMatchObject({ version: 2, changedAt: AT });
    const after = '2026-11-20T03:01:00.000Z';
    const changed = (await store.person(record.personKey))!;
    expect(await store.savePerson({ ...record, phone: '2' }, changed, after)).toBe('written');
    expect(await store.person(record.personKey)).toMatchObject({ version: 3, changedAt: after });
  });

  it('cannot be exchanged by swapping their items', async () => {
    const [a, b] = [await savedPerson(), await savedPerson()];
    const stolen = (await engines.tables.register.get(`P#${a.personKey}`, 'DOC'))!;
    await engines.tables.register.put({ ...stolen, pk: `P#${b.personKey}` });
    await expect(store.person(b.personKey)).rejects.toMatchObject({ reason: 'swapped' });
  });
});

describe('enrolments', () => {
  it('are changed no earlier than they were, though a writer’s clock is behind', async () => {
    const { personKey } = await savedPerson();
    const first: EnrolmentDocument = {
      id: `GL-${personKey}-1`,
      jurisdiction: '110199',
      programme: 'high-age',
      subject: personKey,
      payees: [],
      facts: [],
      version: 1,
      changedAt: AT,
    };
    expect(await store.saveEnrolment(first, undefined)).toBe('written');
    const stored = async () => (await store.enrolment('110199', 'high-age', first.id))!;
    const second = { ...(await stored()), version: 2, changedAt: '2026-11-20T02:59:00.000Z' };
    expect(await store.saveEnrolment(second, await stored())).toBe('written');
    expect(await stored()).toMatchObject({ version: 2, changedAt: AT });
    const after = '2026-11-20T03:01:00.000Z';
    expect(
      await store.saveEnrolment({ ...(await stored()), version: 3, changedAt: after }, await stored()),
    ).toBe('written');
    expect(await stored()).toMatchObject({ version: 3, changedAt: after });
  });

  it('are listed by bucket in the order of ids, and by person', async () => {
    const documents: EnrolmentDocument[] = [];
    for (let n = 0; n < 5; n += 1) {
      const { personKey } = await savedPerson();
      for (const number of [1, 2]) {
        documents.push({
          id: `GL-${personKey}-${number}`,
          jurisdiction: '110199',
          programme: 'high-age',
          subject: personKey,
          payees: [{ payee: personKey, recordedAt: AT, source: 'test', by: 'test' }],
          facts: [],
          version: 1,
          changedAt: AT,
        });
      }
    }
    for (const document of documents.toReversed())
      expect(await store.saveEnrolment(document, undefined)).toBe('written');
    expect(await store.saveEnrolment(documents[0]!, undefined)).toBe('conflict');
    const bucket = bucketOf(sha256Hex, documents[0]!.subject);
    const listed: string[] = [];
    for await (const { document } of store.enrolmentsOfBucket('110199', 'high-age', bucket))
      listed.push(document.id);
    const expected = documents.filter(({ subject }) => bucketOf(sha256Hex, subject) === bucket);
    expect(listed).toEqual(expected.map(({ id }) => id).sort());
    expect(await store.enrolmentsOfPerson(documents[2]!.subject)).toMatchObject([
      { id: documents[2]!.id },
      { id: documents[3]!.id },
    ]);
    expect(await store.enrolment('110199', 'high-age', documents[2]!.id)).toMatchObject(documents[2]!);
    expect(await store.enrolment('110105', 'high-age', documents[2]!.id)).toBeUndefined();
  });
});

describe('changes of account', () => {
  let person: PersonRecord;
  let changes: AccountChanges;
  const proposal = {
    account: '6217555500000001',
    holderName: '张三',
    validFrom: '2026-11-20',
    evidence: '银行卡复印件',
    by: 'staff-preparer',
    at: AT,
  };
  const later = '2026-11-20T04:00:00.000Z';
  beforeEach(async () => {
    changes = new AccountChanges(store);
    person = await savedPerson();
  });
  const propose = async (fields = {}) => {
    const proposed = await changes.propose(person.personKey, { ...proposal, ...fields });
    if (!proposed.ok) throw new Error(proposed.error.code);
    return proposed.value;
  };
  const confirm = (changeId: string, by: string) => changes.confirm(person.personKey, changeId, by, later);
  const accounts = async () => (await store.person(person.personKey))!.record.accounts;

  it('take effect when a second person confirms, once', async () => {
    const { change, outcome } = await propose();
    expect(outcome).toBe('created');
    expect(await accounts()).toHaveLength(1);
    const confirmed = await confirm(change.changeId, 'staff-reviewer');
    expect(confirmed).toMatchObject({
      ok: true,
      value: { confirmedBy: 'staff-reviewer', recordedAt: later },
    });
    expect(await confirm(change.changeId, 'staff-reviewer')).toEqual(confirmed);
    expect((await accounts()).map(({ account }) => account)).toEqual([
      person.accounts[0]!.account,
      '6217555500000001',
    ]);
    const hash = await store.personalData.lookupHash('account', '6217555500000001');
    expect((await store.accountHolders([hash]))[0]).toContain(person.personKey);
    expect(await changes.list(person.personKey)).toEqual([
      { change, confirmedBy: 'staff-reviewer', confirmedAt: later },
    ]);
  });

  it('are one when proposed twice', async () => {
    const first = await propose();
    expect(await propose({ by: 'staff-preparer-2', evidence: 'x' })).toEqual({ ...first, outcome: 'same' });
  });

  it.each([['by the one who proposed', 'staff-preparer', 'forbidden/same-person']])(
    'are not confirmed %s',
    async (_, by, code) => {
      const { change } = await propose();
      expect(await confirm(change.changeId, by)).toMatchObject({ ok: false, error: { code } });
      expect(await accounts()).toHaveLength(1);
    },
  );

  it('are refused when there is nothing to change, no person, no proposal, or another confirmed', async () => {
    const current = person.accounts[0]!.account;
    const code = { ok: false, error: {} };
    expect(await changes.propose(person.personKey, { ...proposal, account: current })).toMatchObject({
      ...code,
      error: { code: 'conflict/account-unchanged' },
    });
    expect(await changes.propose('NOBODY000000', proposal)).toMatchObject({
      error: { code: 'missing/person' },
    });
    expect(await confirm('none', 'staff-reviewer')).toMatchObject({
      error: { code: 'missing/account-change' },
    });
    const { change } = await propose();
    await confirm(change.changeId, 'staff-reviewer');
    expect(await confirm(change.changeId, 'staff-approver')).toMatchObject({
      error: { code: 'conflict/already-confirmed' },
    });
  });

  it('that rest on an account no longer in use are proposed again', async () => {
    const [first, second] = [await propose(), await propose({ account: '6217555500000002' })];
    await confirm(second.change.changeId, 'staff-reviewer');
    expect(await confirm(first.change.changeId, 'staff-reviewer')).toMatchObject({
      error: { code: 'conflict/account-changed-since' },
    });
    expect(await accounts()).toHaveLength(2);
  });

  it('that rest on the same account and are confirmed at once: one of them counts', async () => {
    const [first, second] = [await propose(), await propose({ account: '6217555500000002' })];
    const answers = await Promise.all([
      confirm(first.change.changeId, 'staff-reviewer'),
      confirm(second.change.changeId, 'staff-approver'),
    ]);
    const [taken] = answers.filter((answer) => answer.ok);
    const refused = answers.filter((answer) => !answer.ok);
    expect(refused).toMatchObject([{ error: { code: 'conflict/account-changed-since' } }]);
    expect((await accounts()).slice(1)).toEqual([taken?.ok && taken.value]);
  });

  it('are the account in use though the clock of who confirms is behind', async () => {
    const { change } = await propose();
    const early = '2026-11-19T00:00:00.000Z';
    const confirmed = await changes.confirm(person.personKey, change.changeId, 'staff-reviewer', early);
    expect(confirmed).toMatchObject({ ok: true, value: { recordedAt: AT } });
    expect(currentAccount((await store.person(person.personKey))!.record)?.account).toBe(proposal.account);
  });

  it('are finished by confirming again after an interruption', async () => {
    const { change } = await propose();
    const sk = `ACC-CHANGE#${change.changeId}#CONFIRM`;
    const act = { c: 'staff-reviewer', by: 'staff-reviewer', at: AT };
    await engines.tables.register.putNew({ pk: `P#${person.personKey}`, sk, ...act });
    expect(await accounts()).toHaveLength(1);
    expect(await confirm(change.changeId, 'staff-reviewer')).toMatchObject({ ok: true });
    expect(await accounts()).toHaveLength(2);
  });
});
