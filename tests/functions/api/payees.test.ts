import { afterAll, beforeAll, expect, it } from 'vitest';
import { idNumber, row, sheet } from '../register/sheet-fixture.ts';
import type { Office } from '../run/office.ts';
import { smallOffice } from '../run/whole-month.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  // The API writes past the bureau's own ports.
  bureau = await smallOffice({ quickReads: false });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const { preparer, reviewer, cashier } = CALLERS;
const enrolmentId = async (n: number): Promise<string> => {
  const found = await desk.done('searchPersons', { as: preparer, body: { idNumber: idNumber(n) } });
  return found.body.persons[0].enrolments[0].enrolmentId;
};

it('a guardian is named by one, confirmed by another, and warned of before the last day', async () => {
  const params = { enrolmentId: await enrolmentId(1) };
  const person = { name: '王儿', idNumber: idNumber(902, '19700101'), account: '6217999999990902' };
  const body = {
    kind: 'guardian',
    person,
    relation: 'child',
    document: '（2026）示0199民特12号',
    validTo: '2026-12-15',
    evidence: '判决书原件',
  };
  const propose = (as: (typeof CALLERS)[keyof typeof CALLERS], more: object = {}) =>
    desk.code('proposePayeeChange', { as, params, body: { ...body, ...more } });
  expect(await propose(reviewer)).toMatch(/^403 /);
  expect(await propose(preparer, { validTo: undefined })).toMatch(/^422 /);
  expect(
    await propose(preparer, {
      person: {
        ...person,
        idNumber: `${person.idNumber.slice(0, 17)}${person.idNumber.endsWith('1') ? '2' : '1'}`,
      },
    }),
  ).toMatch(/^422 /);
  expect(await propose(preparer, { validTo: '2026-11-01' })).toMatch(/ invalid\/payee-dates$/);
  const organisation = {
    name: '示例区社会福利院',
    creditCode: '91350100M000100Y44',
    account: '11019900000000000002',
  };
  const institution = { kind: 'organisation', organisation, document: '代养协议', evidence: '登记证书' };
  expect(await desk.code('proposePayeeChange', { as: preparer, params, body: institution })).toMatch(/^422 /);
  const nowhere = { as: preparer, params: { enrolmentId: 'GL-AAAAAAAAAAAA-1' }, body };
  expect(await desk.code('proposePayeeChange', nowhere)).toBe('404 missing/enrolment');

  const { changeId, ...proposed } = (await desk.done('proposePayeeChange', { as: preparer, params, body }))
    .body;
  expect(proposed).toMatchObject({ state: 'proposed', name: '王*', account: '****0902', kind: 'guardian' });
  const waiting = await desk.done('listPayeeChanges', { as: reviewer });
  expect(waiting.body.changes).toEqual([{ ...params, programme: 'high-age', changeId }]);
  const confirmed = await desk.done('confirmPayeeChange', { as: reviewer, params: { ...params, changeId } });
  expect(confirmed.body).toMatchObject({ state: 'confirmed', confirmedBy: expect.any(String) });
  const { payees, changes } = (await desk.done('listPayees', { as: cashier, params })).body;
  expect(payees).toMatchObject([{}, { kind: 'guardian', relation: 'child', validTo: '2026-12-15' }]);
  expect(changes).toHaveLength(1);
  const { endings } = (await desk.done('listPayeeEndings', { as: CALLERS.auditor })).body;
  expect(endings).toMatchObject([{ ...params, street: '110199001', validTo: '2026-12-15', ended: false }]);
});

it('the bank’s file of new accounts is checked, signed on its hash by a second person, and applied', async () => {
  const lines = [2, 3].map(
    (n) => `${row(n).split(',')[0]},6217${String(n).padStart(12, '0')},6299${String(n).padStart(12, '0')}`,
  );
  const bytes = sheet([...lines, '无此人,6217000000009999,6299000000009999'], '户名,原账号,新账号');
  const uploadId = await desk.upload(preparer, 'accounts', 'changed-accounts.csv', bytes);
  const imported = { as: preparer, body: { uploadId, kind: 'accounts', programme: 'high-age' } };
  const { importId } = (await desk.done('createImport', imported)).body;
  const params = { importId };
  const early = { as: cashier, params, body: { hash: '0'.repeat(64) } };
  expect(await desk.code('confirmAccountFile', early)).toBe('409 conflict/not-checked');
  await bureau.deliver();
  const file = (await desk.done('getAccountFile', { as: preparer, params })).body;
  expect(file).toMatchObject({
    state: 'checked',
    lines: { matching: 2, unchanged: 0, refused: 1 },
    applied: { changed: 0 },
    proposedBy: expect.any(String),
  });
  expect(file.errorFileUrl).toContain('http');
  const { hash } = file;
  expect(await desk.code('confirmAccountFile', early)).toBe('409 conflict/stale-hash');
  expect(await desk.code('confirmAccountFile', { as: preparer, params, body: { hash } })).toMatch(/^403 /);
  const signed = (await desk.done('confirmAccountFile', { as: cashier, params, body: { hash } })).body;
  expect(signed).toMatchObject({ state: 'applying', confirmedBy: expect.any(String) });
  await bureau.deliver();
  expect((await desk.done('getAccountFile', { as: cashier, params })).body).toMatchObject({
    state: 'applied',
    applied: { changed: 2, unchanged: 0, refused: 0 },
  });
  expect(await desk.code('getAccountFile', { as: cashier, params: { importId: 'im-other' } })).toBe(
    '404 missing/account-file',
  );
});

it('changes that wait for a second person come in pages; what is confirmed in between shifts nothing', async () => {
  const waiting: string[] = [];
  for (const n of [1, 2, 3]) {
    const params = { enrolmentId: await enrolmentId(n) };
    const person = { name: '王儿', idNumber: idNumber(910 + n, '19700101'), account: `62179999999909${n}0` };
    const named = { kind: 'guardian', person, relation: 'child', document: `示0199民特${n}号` };
    const body = { ...named, validTo: '2027-12-15', evidence: '判决书原件' };
    const { changeId } = (await desk.done('proposePayeeChange', { as: preparer, params, body })).body;
    waiting.push(`${params.enrolmentId} ${changeId}`);
  }
  const [first, second, third] = waiting.sort();
  const page = async (query: object) => {
    const { body } = await desk.done('listPayeeChanges', { as: reviewer, query: { limit: '1', ...query } });
    const changes: { enrolmentId: string; changeId: string }[] = body.changes;
    return { ids: changes.map((one) => `${one.enrolmentId} ${one.changeId}`), next: body.next as string };
  };
  const one = await page({});
  expect(one.ids).toEqual([first]);
  for (const id of [first, second]) {
    const [enrolment = '', changeId = ''] = id!.split(' ');
    await desk.done('confirmPayeeChange', { as: reviewer, params: { enrolmentId: enrolment, changeId } });
  }
  expect((await page({ cursor: one.next })).ids).toEqual([third]);
  const other = { as: cashier, query: { cursor: one.next } };
  expect(await desk.code('listPayeeChanges', other)).toBe('400 invalid/cursor');
});
