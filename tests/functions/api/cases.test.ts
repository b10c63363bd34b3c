// Goal: the desk's way from a list to a decision: roles, streets, masks, papers that are printed, and a record of every list taken.
// Method: the API over a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { tableFrom } from '../../../functions/wiring.ts';
import { listOf, watchfulOffice } from '../matching/lists.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { computed, type Office, REGULAR, seen } from '../run/office.ts';
import { CALLERS, type Caller, ISSUER } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const { preparer, reviewer, approver, cashier, auditor, admin, finance } = CALLERS;
const CLERK: Caller = { subject: 'street-clerk', roles: ['preparer'] };
const OTHER: Caller = { subject: 'other-clerk', roles: ['preparer'] };
let bureau: Office;
let desk: Desk;
let caseId = '';
let enrolmentId = '';
const programme = 'high-age';
beforeAll(async () => {
  bureau = await watchfulOffice({ quickReads: false });
  desk = await deskOf(bureau);
  const staff = new StaffStore(tableFrom('operations', bureau.engines.env));
  const stamp = { at: '2026-11-20T00:00:00.000Z', by: 'test' };
  for (const [{ subject }, street] of [
    [CLERK, '110199001'],
    [OTHER, '110199002'],
  ] as const) {
    const member = { jurisdiction: '110199', name: subject, street };
    await staff.register({ issuer: ISSUER, subject }, member, stamp);
  }
});
afterAll(() => bureau.stop());

it('a list is uploaded, imported under its kind and date, and shows whom it matched', async () => {
  const uploadId = await desk.upload(preparer, 'matching', '在押名册.csv', Buffer.from(listOf([1, 700])));
  const body = { uploadId, kind: 'prison', source: 'prison', listDate: '2026-11-01' };
  expect(await desk.code('createMatchingList', { as: reviewer, body })).toBe('403 forbidden/role');
  expect(
    await desk.code('createMatchingList', { as: preparer, body: { ...body, listDate: '2026-12-01' } }),
  ).toBe('422 invalid/date-future');
  expect(
    await desk.code('createImport', { as: preparer, body: { uploadId, kind: 'deaths', programme } }),
  ).toBe('422 invalid/upload-purpose');
  const { listId, import: asked } = (await desk.done('createMatchingList', { as: preparer, body })).body;
  expect(asked.state).toBe('received');
  await bureau.deliver();
  const params = { listId };
  expect((await desk.done('getMatchingList', { as: auditor, params })).body).toMatchObject({
    kindNames: { en: 'prison and compulsory rehabilitation' },
    import: { state: 'done', counts: { changed: 1, unmatched: 1 } },
  });
  expect((await desk.done('listMatchingLists', { as: cashier })).body.lists).toHaveLength(1);
  const { matches } = (await desk.done('listMatches', { as: cashier, params })).body;
  expect(matches).toMatchObject([{ person: { name: `${row(1)[0]}**` }, since: '2026-10-05', detail: '' }]);
  expect(await desk.code('listMatches', { as: auditor, params })).toBe('403 forbidden/role');
  const nowhere = { as: preparer, params: { listId: 'im-other' } };
  expect(await desk.code('getMatchingList', nowhere)).toBe('404 missing/matching-list');
  ({ caseId, enrolmentId } = matches[0].enrolments[0]);
});

it('the street verifies and delivers the notice, another person decides; other streets see nothing', async () => {
  const params = { caseId };
  const query = { programme };
  expect((await desk.done('listCases', { as: OTHER, query })).body.cases).toEqual([]);
  expect(await desk.code('getCase', { as: OTHER, params })).toBe('404 missing/case');
  const [listed] = (await desk.done('listCases', { as: CLERK, query: { ...query, street: '110199002' } }))
    .body.cases;
  // 2026-11-22 is a Sunday.
  expect(listed).toMatchObject({ caseId, state: 'assigned', hold: true, due: '2026-11-27', overdue: false });
  const of = async (id: string) =>
    (await desk.done('listCases', { as: preparer, query: { ...query, enrolmentId: id } })).body.cases;
  expect([(await of(enrolmentId)).length, (await of('GL-AAAAAAAAAAAA-1')).length]).toEqual([1, 0]);
  expect(await desk.code('getCaseNotice', { as: CLERK, params })).toBe('409 conflict/case-state');
  const verification = { finding: 'confirmed', evidence: '核查〔2026〕1号', note: '本人在押，属实' };
  const wrong = { ...verification, note: `身份证 ${idNumber(1)}` };
  expect(await desk.code('verifyCase', { as: CLERK, params, body: wrong })).toMatch(/^422 /);
  await desk.done('verifyCase', { as: CLERK, params, body: verification });
  const page = await desk.done('getCaseNotice', { as: CLERK, params });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  for (const text of ['核查告知书', '监狱、司法（2026-11-01）', '属实', '示例街道'])
    expect(page.body).toContain(text);
  expect(page.body).not.toContain(row(1).split(',')[0]);
  const decision = {
    outcome: 'stop',
    document: '示民决〔2026〕1号',
    reason: '在押期间停发',
    from: '2026-11',
  };
  expect(await desk.code('decideCase', { as: approver, params, body: decision })).toBe(
    '409 conflict/case-state',
  );
  const notice = { document: '示告〔2026〕1号', deliveredOn: '2026-11-20', way: 'by-post' };
  await desk.done('notifyCase', { as: CLERK, params, body: notice });
  expect(await desk.code('decideCase', { as: CLERK, params, body: decision })).toBe('403 forbidden/role');
  const closed = (await desk.done('decideCase', { as: approver, params, body: decision })).body;
  expect(closed).toMatchObject({
    state: 'closed',
    hold: false,
    outcome: 'stop',
    decision: { from: '2026-11' },
  });
  expect(closed.history.map(({ kind }: { kind: string }) => kind)).toEqual([
    'opened',
    'verified',
    'noticed',
    'decided',
    'applied',
  ]);
  const { enrolments } = (await desk.done('searchPersons', { as: preparer, body: { idNumber: idNumber(1) } }))
    .body.persons[0];
  expect(enrolments).toMatchObject([{ enrolmentId, lastMonth: '2026-10' }]);
});

it('reports of people hold until they are decided on, also where the street was not asked first', async () => {
  const { enrolments } = (await desk.done('searchPersons', { as: preparer, body: { idNumber: idNumber(2) } }))
    .body.persons[0];
  const body = {
    kind: 'public-report',
    enrolmentId: enrolments[0].enrolmentId,
    reference: '信访〔2026〕7号',
    reason: '反映不在本地居住',
  };
  expect(await desk.code('reportCase', { as: OTHER, body })).toBe('404 missing/enrolment');
  const opened = (await desk.done('reportCase', { as: CLERK, body })).body;
  expect(opened).toMatchObject({
    kind: 'public-report',
    hold: true,
    sources: [{ reference: '信访〔2026〕7号' }],
  });
  const doubt = { kind: 'staff-doubt', enrolmentId: body.enrolmentId, reason: '走访未见本人' };
  await desk.done('reportCase', { as: reviewer, body: doubt });
  const assign = { as: preparer, params: { caseId: opened.caseId }, body: { street: '110199002' } };
  // Nobody would find it there, and the money would wait for ever.
  for (const street of ['110199999', '110105001'])
    expect(await desk.code('assignCase', { ...assign, body: { street } })).toBe('422 invalid/street');
  expect((await desk.done('assignCase', assign)).body.street).toBe('110199002');
  expect(await desk.code('getCase', { as: CLERK, params: { caseId: opened.caseId } })).toBe(
    '404 missing/case',
  );
  bureau.clock.moveTo('2026-12-09');
  const late = (await desk.done('listCases', { as: auditor, query: { programme, overdue: 'true' } })).body
    .cases;
  expect(late.map(({ kind, person }: { kind: string; person?: object }) => [kind, person])).toEqual([
    ['public-report', undefined],
    ['staff-doubt', undefined],
  ]);
});

it('the list on paper and as CSV: masked, by state, and every taking is on record', async () => {
  const query = { programme, state: 'open' };
  const page = (await desk.done('getCaseSheet', { as: reviewer, query })).body;
  const table = await desk.done('getCaseTable', { as: preparer, query: { programme, kind: 'prison' } });
  expect(page).toContain('疑点清单');
  expect(page).toContain('群众举报');
  // An empty list under a misspelt name would read as if nothing were open.
  for (const id of [
    'getCaseSheet',
    'listCases',
    'getDeathReport',
    'listOpenPayments',
    'getOpenPaymentsSheet',
    'listSurrenders',
  ] as const)
    expect(await desk.code(id, { as: reviewer, query: { programme: 'hihg-age' } })).toBe(
      '422 invalid/programme',
    );
  expect(table.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(table.body.split('\r\n')).toHaveLength(3);
  expect(table.body).toContain(`"${row(1)[0]}**"`);
  for (const text of [page, table.body]) expect(text).not.toContain(row(1).split(',')[0]);
  expect((await desk.done('getCaseTable', { as: auditor, query })).body).not.toContain('**');
  const { exports } = (await desk.done('listCaseExports', { as: auditor })).body;
  expect(
    exports.map(({ format, filters, cases }: { format: string; filters: string; cases: number }) => [
      format,
      filters,
      cases,
    ]),
  ).toEqual([
    ['csv', 'state=open', 2],
    ['csv', 'kind=prison', 1],
    ['html', 'state=open', 2],
  ]);
});

it('relatives: one’s own are seen by oneself, all by administrators; they are on the approval sheet', async () => {
  const body = { idNumber: idNumber(3), relation: 'parent', declaredOn: '2026-12-01' };
  const declared = (await desk.done('declareRelative', { as: approver, body })).body;
  expect(await desk.code('declareRelative', { as: finance, body })).toBe('403 forbidden/role');
  expect((await desk.done('listRelatives', { as: approver })).body.relatives).toMatchObject([declared]);
  expect((await desk.done('listRelatives', { as: reviewer })).body.relatives).toEqual([]);
  expect((await desk.done('listRelatives', { as: auditor })).body.relatives).toHaveLength(1);
  expect(await desk.code('listRelatives', { as: admin })).toBe('200 ');
  bureau.clock.moveTo('2026-12-11');
  const { runId, revision, hash } = seen(bureau, await computed(bureau, REGULAR));
  const params = { runId };
  const sheet = (await desk.done('getApprovalSheet', { as: reviewer, params })).body;
  expect(sheet).toContain('1 笔；已备案的 1 人均不得签批');
  const signing = { revision, hash };
  await desk.done('submitRun', { as: preparer, params, body: signing });
  expect(await desk.code('signRun', { as: approver, params, body: signing })).toBe('403 forbidden/relative');
  const report = (await desk.done('getDeathReport', { as: auditor, query: { programme } })).body;
  expect(report.certified).toEqual({ people: 0, months: 0, paid: '0.00', recovered: '0.00' });
});
