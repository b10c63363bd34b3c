// Goal: a township's way with an application, from the window to the printed form: roles, streets, what is stated kept to the office,
// aid that comes first with its papers, what is turned down. Method: the API over a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { dailyLook } from '../../../functions/unpaid/daily-look.ts';
import { tableFrom } from '../../../functions/wiring.ts';
import { inClear } from '../../personal-data.ts';
import { aidOffice } from '../grants/aid-office.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import type { Office } from '../run/office.ts';
import { CALLERS, type Caller, ISSUER } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const { preparer, reviewer, approver, auditor, finance } = CALLERS;
const CLERK: Caller = { subject: 'east-clerk', roles: ['preparer'] };
const HEAD: Caller = { subject: 'east-head', roles: ['reviewer'] };
const WEST: Caller = { subject: 'west-head', roles: ['preparer', 'reviewer'] };
const programme = 'temporary-aid';
let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await aidOffice();
  desk = await deskOf(bureau);
  const staff = new StaffStore(tableFrom('operations', bureau.engines.env));
  const stamp = { at: '2026-11-20T00:00:00.000Z', by: 'test' };
  for (const [{ subject }, street] of [
    [CLERK, '110199001'],
    [HEAD, '110199001'],
    [WEST, '110199002'],
  ] as const)
    await staff.register(
      { issuer: ISSUER, subject },
      { jurisdiction: '110199', name: subject, street },
      stamp,
    );
});
afterAll(() => bureau.stop());

const facts = {
  kind: 'urgent',
  persons: 2,
  residence: 'urban',
  registration: 'visitor',
  family: 'other',
  cause: 'fire',
  eventOn: '2026-11-20',
  months: 1,
};
const body = (n: number, stated: object = facts) => ({
  programme,
  street: '110199001',
  appliedOn: '2026-11-21',
  facts: stated,
  applicant: { kind: 'person', name: '林来', idNumber: idNumber(n), account: '6217000000000000' },
  family: [{ name: '林小宝', idNumber: idNumber(n + 1, '20150601') }],
});
const apply = async (n: number, stated?: object, more: object = {}) =>
  (await desk.done('createGrantApplication', { as: CLERK, body: { ...body(n, stated), ...more } })).body;
const wish = (hash: string) => ({
  hash,
  document: '东街救〔2026〕1号',
  decidedOn: '2026-11-22',
  means: { kind: 'account' },
});

it('tells what a programme asks for and what it would come to, and points at what does not fit', async () => {
  const { programmes } = (await desk.done('listGrantProgrammes', { as: CLERK })).body;
  const [aid] = programmes.filter((one: { programme: string }) => one.programme === programme);
  expect(aid).toMatchObject({ payee: 'person', facts: { properties: { cause: { type: 'string' } } } });
  const tried = await desk.done('assessGrant', { as: HEAD, body: { programme, facts } });
  expect(tried.body).toMatchObject({ level: 'township', persons: 2, parts: [{ month: '2026-11' }] });
  const wrong = await desk.api('createGrantApplication', {
    as: CLERK,
    body: body(1, { ...facts, cause: 'x' }),
  });
  expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/facts/cause']);
  expect(await desk.code('createGrantApplication', { as: WEST, body: body(1) })).toBe(
    '403 forbidden/street-scope',
  );
  expect(await desk.code('createGrantApplication', { as: HEAD, body: body(1) })).toBe('403 forbidden/role');
  expect(await desk.code('assessGrant', { as: HEAD, body: { programme: 'high-age', facts } })).toBe(
    '422 invalid/not-applied-for',
  );
});

it('the township takes it in and decides it, another person than the clerk; other streets and figures-only staff see nothing of it', async () => {
  const taken = await apply(10);
  const params = { applicationId: taken.applicationId };
  expect(taken).toMatchObject({
    state: 'open',
    account: { account: '****0000', holderName: '林*' },
    familySize: 2,
    accountDiffers: false,
    applicant: { name: '林*' },
    family: [],
    proposal: { level: 'township', amount: expect.stringMatching(/^\d+\.00$/) },
  });
  expect(await desk.code('getGrantApplication', { as: WEST, params })).toBe('404 missing/grant-application');
  expect(await desk.code('getGrantApplication', { as: finance, params })).toBe('403 forbidden/role');
  const looked = (await desk.done('getGrantApplication', { as: HEAD, params })).body;
  expect(looked).toMatchObject({ facts: { cause: 'fire' }, family: [{ name: '林**' }] });
  const figures = (await desk.done('getGrantApplication', { as: auditor, params })).body;
  expect([figures.facts, figures.applicant, figures.family]).toEqual([undefined, undefined, []]);
  const request = { params, body: wish(taken.proposal.hash) };
  expect(await desk.code('grantApplication', { as: CLERK, ...request })).toBe('403 forbidden/role');
  expect(await desk.code('grantApplication', { as: WEST, ...request })).toBe('404 missing/grant-application');
  const more = { facts: { ...facts, persons: 3 }, family: body(10).family, reason: '多一人' };
  await desk.done('restateGrantApplication', { as: CLERK, params, body: more });
  expect(await desk.code('grantApplication', { as: HEAD, ...request })).toBe(
    '409 conflict/stale-application',
  );
  const now = (await desk.done('getGrantApplication', { as: HEAD, params })).body.proposal;
  // Two of the three are named: of the third nobody can tell what was granted before.
  expect([taken.proposal.unnamed, now.unnamed]).toEqual([0, 1]);
  const granted = (await desk.done('grantApplication', { as: HEAD, params, body: wish(now.hash) })).body;
  expect(granted).toMatchObject({
    state: 'granted',
    grant: { amount: now.amount, persons: 3, level: 'township', means: 'account', determination: 1 },
  });
  const listed = (await desk.done('listGrantApplications', { as: CLERK, query: { programme } })).body
    .applications;
  expect(listed).toMatchObject([{ state: 'granted', amount: now.amount, applicant: { name: '林*' } }]);
  expect(
    (await desk.done('listGrantApplications', { as: WEST, query: { programme } })).body.applications,
  ).toEqual([]);
  const misspelt = { as: WEST, query: { programme: 'temporary' } };
  expect(await desk.code('listGrantApplications', misspelt)).toBe('422 invalid/programme');
  const sheet = await desk.done('getGrantApplicationSheet', { as: HEAD, params });
  for (const text of ['申请审批表', '林*', now.amount, '东街救〔2026〕1号'])
    expect(sheet.body).toContain(text);
  expect(sheet.body).not.toContain('林来');
  const days = { from: '2026-11-22', to: '2026-11-22' };
  const query = { programme, street: '110199001', ...days };
  const notice = (await desk.done('getGrantPublicity', { as: HEAD, query })).body;
  expect([notice.includes('林*'), notice.includes(now.amount), notice.includes(taken.applicationId)]).toEqual(
    [true, true, false],
  );
  const log = await desk.done('listDisclosures', { as: auditor, query: { month: '2026-11' } });
  expect(log.body.disclosures).toMatchObject([{ what: 'notice-list', byName: 'east-head' }]);
});

it('what is above the township goes to the district; who took part decides nothing; what is turned down has its notice', async () => {
  const above = await apply(20, { ...facts, months: 3 });
  const params = { applicationId: above.applicationId };
  expect(above.proposal.level).toBe('district');
  const request = { params, body: wish(above.proposal.hash) };
  expect(await desk.code('grantApplication', { as: HEAD, ...request })).toBe('403 forbidden/grant-level');
  const no = {
    document: '示民临〔2026〕8号',
    decidedOn: '2026-11-22',
    ground: 'helped-elsewhere',
    reason: '已由保险赔付',
  };
  expect(await desk.code('getGrantRejectionNotice', { as: HEAD, params })).toBe(
    '409 conflict/application-state',
  );
  const rejected = (await desk.done('rejectGrantApplication', { as: reviewer, params, body: no })).body;
  expect(rejected).toMatchObject({
    state: 'rejected',
    rejection: { groundNames: { zh: '同一事项已获其他救助' } },
  });
  const notice = (await desk.done('getGrantRejectionNotice', { as: CLERK, params })).body;
  for (const text of ['不予批准告知书', '已由保险赔付', '行政复议']) expect(notice).toContain(text);
  expect(await desk.code('grantApplication', { as: approver, ...request })).toBe(
    '409 conflict/application-state',
  );
  const own = (await desk.done('createGrantApplication', { as: preparer, body: body(30) })).body;
  const both: Caller = { ...preparer, roles: ['preparer', 'approver'] };
  expect(
    await desk.code('grantApplication', {
      as: both,
      params: { applicationId: own.applicationId },
      body: wish(own.proposal.hash),
    }),
  ).toBe('403 forbidden/own-application');
  const back = { as: preparer, params: { applicationId: own.applicationId }, body: { reason: '申请人撤回' } };
  expect((await desk.done('withdrawGrantApplication', back)).body.state).toBe('withdrawn');
});

it('what is paid by the month is stopped by two people; an amount above the caps is a meeting’s', async () => {
  const monthly = await apply(60, { ...facts, months: 2, continuing: true });
  const params = { applicationId: monthly.applicationId };
  const decide = (as: Caller, of: typeof monthly, more: object = {}) => ({
    as,
    params: { applicationId: of.applicationId },
    body: { ...wish(of.proposal.hash), ...more },
  });
  await desk.done('grantApplication', decide(approver, monthly));
  const asked = { as: CLERK, params, body: { from: '2026-12', reason: '已恢复工作' } };
  expect((await desk.done('proposeGrantStop', asked)).body.stop).toMatchObject({ state: 'proposed' });
  const stop = { outcome: 'stop', document: '示民临停〔2026〕1号', decidedOn: '2026-11-22' };
  expect(await desk.code('decideGrantStop', { as: CLERK, params, body: stop })).toBe('403 forbidden/role');
  const stopped = (await desk.done('decideGrantStop', { as: HEAD, params, body: stop })).body;
  expect(stopped).toMatchObject({ state: 'stopped', stop: { from: '2026-12', state: 'decided' } });

  const special = await apply(70, { ...facts, specialAmount: '20000.00' });
  expect(special.proposal).toMatchObject({ level: 'special', amount: '20000.00' });
  expect(await desk.code('grantApplication', decide(approver, special))).toBe('422 invalid/minutes');
  const minutes = { minutes: '示民纪〔2026〕3号' };
  expect(await desk.code('grantApplication', decide(reviewer, special, minutes))).toBe(
    '403 forbidden/grant-level',
  );
  const granted = (await desk.done('grantApplication', decide(approver, special, minutes))).body.grant;
  expect(granted).toMatchObject({ level: 'special', minutes: '示民纪〔2026〕3号', amount: '20000.00' });
});

it('aid that comes first names its papers; they are due in ten working days, and overdue on the list until they are there', async () => {
  const urgent = { ...facts, payFirst: true };
  expect(await desk.code('createGrantApplication', { as: CLERK, body: body(40, urgent) })).toBe(
    '422 invalid/missing-papers',
  );
  const taken = await apply(40, urgent, { missingPapers: ['火灾事故认定书', '收入证明'] });
  const params = { applicationId: taken.applicationId };
  const granted = (await desk.done('grantApplication', { as: HEAD, params, body: wish(taken.proposal.hash) }))
    .body;
  expect(granted).toMatchObject({ papersDue: '2026-12-04', papersOpen: ['火灾事故认定书', '收入证明'] });
  const overdue = async (as: Caller) =>
    (await desk.done('listOverdueGrantPapers', { as })).body.applications.map(
      ({ applicationId, papersOpen }: { applicationId: string; papersOpen: number }) => [
        applicationId,
        papersOpen,
      ],
    );
  bureau.clock.moveTo('2026-12-04');
  expect(await overdue(CLERK)).toEqual([]);
  bureau.clock.moveTo('2026-12-05');
  expect(await overdue(CLERK)).toEqual([[taken.applicationId, 2]]);
  expect(await overdue(WEST)).toEqual([]);
  const looked = await dailyLook({ ...bureau.ports, workingDays: loadWorkingDays });
  expect([looked.papersOverdue, looked.waiting]).toEqual([1, 1]);
  const sheet = (await desk.done('getOverdueGrantPapersSheet', { as: HEAD })).body;
  for (const text of ['先行救助材料逾期未补清单', '林*', '2026-12-04', '收入证明'])
    expect(sheet).toContain(text);
  const some = { received: ['收入证明'], evidence: '材料1号' };
  await desk.done('receiveGrantPapers', { as: CLERK, params, body: some });
  expect(await overdue(reviewer)).toEqual([[taken.applicationId, 1]]);
  expect(await desk.code('receiveGrantPapers', { as: CLERK, params, body: some })).toBe('422 invalid/paper');
  const rest = { received: ['火灾事故认定书'], evidence: '材料2号' };
  await desk.done('receiveGrantPapers', { as: CLERK, params, body: rest });
  expect(await overdue(reviewer)).toEqual([]);
});

it('a beneficiary sees what was applied for and decided', async () => {
  const staff = new StaffStore(tableFrom('operations', bureau.engines.env));
  const person = (await bureau.register.personByIdNumber(idNumber(10)))!.record.personKey;
  const identity = { issuer: ISSUER, subject: CALLERS.beneficiary.subject };
  await staff.link(
    identity,
    { personKey: person, jurisdiction: '110199' },
    { at: '2026-11-20T00:00:00.000Z', by: 'test' },
  );
  const { grants } = (await desk.done('listMyGrants', { as: CALLERS.beneficiary })).body;
  expect(grants).toMatchObject([{ state: 'granted', document: '东街救〔2026〕1号', months: ['2026-11'] }]);
});

it('nothing of what was stated, and nobody’s name or number, stands anywhere in clear', async () => {
  const clear =
    inClear(await bureau.engines.scan('operations')) + inClear(await bureau.engines.scan('register'));
  for (const text of [
    '林来',
    '林小宝',
    idNumber(10),
    idNumber(11, '20150601'),
    '6217000000000000',
    '"eventOn"',
  ])
    expect([text, clear.includes(text)]).toEqual([text, false]);
});
