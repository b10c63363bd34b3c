import { afterAll, beforeAll, expect, it } from 'vitest';
import { HOUSEHOLD_HEADINGS, headId, headRow, memberId, memberRow } from '../register/household-sheet.ts';
import { sheet } from '../register/sheet-fixture.ts';
import { householdOffice } from '../run/household-office.ts';
import type { Office } from '../run/office.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await householdOffice();
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());
const as = CALLERS.preparer;

it('a household sheet comes in, its members find the household, and an event is recorded by those who may', async () => {
  const rows = sheet([headRow(1), memberRow(1, 1)], HOUSEHOLD_HEADINGS);
  const uploadId = await desk.upload(as, 'households', '家庭名册.csv', rows);
  const body = { uploadId, kind: 'households', programme: 'dibao' };
  expect(await desk.code('createImport', { as, body: { ...body, programme: 'high-age' } })).toBe(
    '422 invalid/sheet-kind',
  );
  expect(await desk.code('createImport', { as, body: { ...body, kind: 'register' } })).toBe(
    '422 invalid/sheet-kind',
  );
  const { importId } = (await desk.done('createImport', { as, body })).body;
  await bureau.deliver();
  expect((await desk.done('getImport', { as, params: { importId } })).body.counts).toMatchObject({
    created: 2,
  });

  const { persons } = (await desk.done('searchPersons', { as, body: { idNumber: memberId(1, 1) } })).body;
  expect(persons[0].enrolments).toMatchObject([{ programme: 'dibao', unit: 'household' }]);
  const householdKey = persons[0].enrolments[0].enrolmentId.split('-')[1];
  const params = { householdKey };
  const before = (await desk.done('getHousehold', { as, params })).body;
  expect(before.members.map((member: { relation: string }) => member.relation).sort()).toEqual([
    'child',
    'head',
  ]);
  expect(before).toMatchObject({ residence: 'urban', events: [] });
  expect(JSON.stringify(before)).not.toContain(headId(1));

  const event = {
    event: 'new-head',
    person: persons[0].personKey,
    formerHead: 'parent',
    from: '2026-11',
    evidence: '户口簿',
  };
  expect(await desk.code('recordHouseholdEvent', { as: CALLERS.reviewer, params, body: event })).toMatch(
    /^403 /,
  );
  const unreadable = await desk.api('recordHouseholdEvent', {
    as,
    params,
    body: { ...event, from: '2026-13' },
  });
  expect(unreadable.status).toBe(422);
  const recorded = (await desk.done('recordHouseholdEvent', { as, params, body: event })).body;
  expect(recorded).toMatchObject({ number: 1, event: 'new-head' });
  const after = (await desk.done('getHousehold', { as, params })).body;
  const head = after.members.find((member: { relation: string }) => member.relation === 'head');
  expect(head.person.personKey).toBe(persons[0].personKey);
  expect(after.events).toMatchObject([{ number: 1, event: 'new-head' }]);
  expect(await desk.code('getHousehold', { as, params: { householdKey: 'H00000000000' } })).toBe(
    '404 missing/household',
  );
});
