// Goal: the way of a project from the call to the signed contract over HTTP: who may do what, one sheet with its control total, what a
// second person has to lift, objections, the pages, and the figures of the funnel.
// Method: the API over a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OperationId } from '../../../functions/api/routes.ts';
import { codeOf } from '../../domain/venture/intake-samples.ts';
import type { Office } from '../run/office.ts';
import { type Cells, cells, nameOf, numberOf, projectSheet, ventureOffice } from '../venture/round.ts';
import { CALLERS, type Caller } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const { preparer, reviewer, approver, cashier, auditor } = CALLERS;
let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await ventureOffice();
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const callId = '2026-1';
const params = { callId };
const CALL = {
  year: '2026',
  number: 1,
  title: '第一届公益创投',
  document: '示民〔2026〕1号',
  from: '2026-11-01',
  to: '2026-11-30',
  pool: '40000.00',
};
const FORM = {
  number: numberOf(20),
  name: '夕阳红陪伴',
  organisation: {
    creditCode: codeOf(20),
    name: nameOf(20),
    account: { account: '1101990000000020', holderName: nameOf(20) },
  },
  asked: '8000',
  budget: '10000',
  ownFunds: '2000',
  lines: [
    { category: '业务活动费', item: '物料', amount: '8000' },
    { category: 'personnel', item: '讲师', amount: '2000' },
  ],
  from: '2027-01-01',
  to: '2027-09-30',
  serviceHours: 120,
};
const numbers = (...found: readonly number[]) => found.map((n) => ({ number: numberOf(n) }));
const many = async (operation: OperationId, as: Caller, body: object) =>
  (await desk.done(operation, { as, params, body })).body;
const keyOf = async (n: number): Promise<string> => {
  const { projects } = (await desk.done('listVentureProjects', { as: auditor, params })).body;
  return projects.find(({ number }: { number: string }) => number === numberOf(n)).projectKey;
};
/** Projects that got so far, and their money. */
const reached = async (step: string) => {
  const { funnel } = (await desk.done('getVentureCall', { as: auditor, params })).body;
  const found = funnel.find((one: { step: string }) => one.step === step);
  return [found.projects, found.amount];
};

it('a call is opened by the rules in force, once, by who prepares', async () => {
  expect(await desk.code('openVentureCall', { as: approver, body: CALL })).toBe('403 forbidden/role');
  const strange = { ...CALL, kinds: ['company'] };
  expect(await desk.code('openVentureCall', { as: preparer, body: strange })).toBe('422 invalid/call-kinds');
  const rich = { ...CALL, pool: '3000000.01' };
  expect(await desk.code('openVentureCall', { as: preparer, body: rich })).toMatch(/limit\/call-pool/);
  expect((await desk.done('openVentureCall', { as: preparer, body: CALL })).body).toMatchObject({
    callId,
    pool: '40000.00',
    sample: true,
  });
  expect(await desk.code('openVentureCall', { as: preparer, body: { ...CALL, pool: '1.00' } })).toBe(
    '409 conflict/call-differs',
  );
});

it('an application by form hears of everything that is wrong, and is filed once it is right', async () => {
  const wrong = { ...FORM, budget: '10001', to: '2027-03-31' };
  const answer = await desk.api('fileVentureProject', { as: preparer, params, body: wrong });
  expect([answer.status, answer.body.code]).toEqual([422, 'invalid/budget-sum']);
  const personal = { ...FORM.organisation, account: { account: '6217000000000000001', holderName: '张三' } };
  const body = { ...FORM, organisation: personal };
  expect(await desk.code('fileVentureProject', { as: preparer, params, body })).toMatch(
    /policy\/not-corporate-account/,
  );
  const filed = (await desk.done('fileVentureProject', { as: preparer, params, body: FORM })).body;
  expect(filed).toMatchObject({
    stage: 'filed',
    organisationName: nameOf(20),
    organisationKind: 'social-service',
    lines: [{ category: 'activities', name: '业务活动费' }, { category: 'personnel' }],
  });
  const found = { as: cashier, params: { personKey: filed.organisation } };
  const organisation = (await desk.done('getVentureOrganisation', found)).body;
  expect(organisation).toMatchObject({ corporateAccount: true, accountEnding: '0020', bans: [] });
  expect(JSON.stringify(organisation)).not.toContain('1101990000000020');
});

it('a sheet stands against its control total; bad rows come back with reasons', async () => {
  const rows: Cells[] = [
    ...[1, 2, 3].map((n) => cells(n)),
    cells(4, {
      code: codeOf(1),
      organisation: nameOf(1),
      holder: nameOf(1),
      account: cells(1).account ?? '',
    }),
    cells(5, { otherMoney: '是' }),
    cells(6, { holder: '李四' }),
  ];
  const asked = '48021.00';
  const uploadId = await desk.upload(preparer, 'projects', '汇总表.csv', projectSheet(rows));
  const body = { uploadId, projects: 6, asked };
  expect(await desk.code('importVentureProjects', { as: reviewer, params, body })).toBe('403 forbidden/role');
  const { importId } = (await desk.done('importVentureProjects', { as: preparer, params, body })).body;
  await bureau.deliver();
  const sheet = { as: auditor, params: { callId, importId } };
  expect((await desk.done('getVentureSheet', sheet)).body).toMatchObject({
    filed: { projects: 5, asked: '40015.00' },
    difference: { projects: 1, asked: '8006.00' },
    agrees: false,
    import: { state: 'done', counts: { accepted: 5, rejected: 1 } },
  });
  const { errorFileUrl } = (await desk.done('getImport', { as: preparer, params: { importId } })).body;
  const errors = await (await fetch(errorFileUrl)).text();
  expect(errors).toContain('只能付到本单位的对公账户');
  const mended = await desk.upload(preparer, 'projects', '补正.csv', projectSheet([cells(6)]));
  const more = { uploadId: mended, projects: 1, asked: '8006' };
  const again = (await desk.done('importVentureProjects', { as: preparer, params, body: more })).body;
  await bureau.deliver();
  const after = { as: auditor, params: { callId, importId: again.importId } };
  expect((await desk.done('getVentureSheet', after)).body).toMatchObject({ agrees: true });
  expect(await reached('filed')).toEqual([7, '56021.00']);
});

it('others than who filed screen, score and shortlist; what is blocked waits for a second person', async () => {
  const own = await many('scoreVentureProjects', preparer, {
    judge: 'P1',
    projects: [{ number: numberOf(1), score: '80' }],
  });
  expect(own.refused).toMatchObject([{ code: 'conflict/project-stage' }]);
  const passed = [1, 2, 3, 4, 5].map((n) => ({ number: numberOf(n), outcome: 'passed' }));
  const screened = await many('screenVentureProjects', reviewer, {
    projects: [
      ...passed,
      { number: numberOf(6), outcome: 'rejected', reason: '不属于公益服务' },
      { number: numberOf(20), outcome: 'passed' },
      { number: '2026-999', outcome: 'passed' },
    ],
  });
  expect(screened).toMatchObject({ refused: [{ number: '2026-999', code: 'missing/project' }] });
  const chosen = [1, 2, 3, 4, 5, 20];
  for (const [judge, score] of [
    ['P1', '88'],
    ['P2', '79'],
  ]) {
    const projects = numbers(...chosen).map((one) => ({ ...one, score }));
    expect((await many('scoreVentureProjects', reviewer, { judge, projects })).refused).toEqual([]);
  }
  const mistyped = { ...numbers(1)[0], score: '87' };
  const correct = (as: typeof reviewer | typeof approver, correction?: string) =>
    many('scoreVentureProjects', as, {
      judge: 'P1',
      projects: [{ ...mistyped, ...(correction && { correction }) }],
    });
  expect((await correct(approver)).refused).toMatchObject([{ code: 'conflict/scored-before' }]);
  expect((await correct(reviewer, '录入有误')).refused).toMatchObject([{ code: 'forbidden/own-score' }]);
  expect((await correct(approver, '录入有误')).refused).toEqual([]);
  const byPreparer = { judge: 'P3', projects: [{ number: numberOf(1), score: '80' }] };
  expect((await many('scoreVentureProjects', preparer, byPreparer)).refused).toMatchObject([
    { code: 'forbidden/own-project' },
  ]);
  const list = (...found: readonly number[]) => ({
    document: '示民〔2026〕20号',
    projects: numbers(...found),
  });
  expect(await many('shortlistVentureProjects', approver, list(1, 2, 5))).toMatchObject({
    done: [],
    refused: [{ number: numberOf(5), code: 'conflict/double-support' }],
  });
  const pair = { as: approver, params, body: list(1, 4) };
  expect(await desk.code('shortlistVentureProjects', pair)).toBe('409 conflict/double-support');
  const override = { block: 'double-support', reason: '两个项目服务对象不同', document: '示民〔2026〕19号' };
  const lifted = { as: preparer, params: { projectKey: await keyOf(4) }, body: override };
  expect(await desk.code('overrideVentureBlock', lifted)).toBe('403 forbidden/role');
  await desk.done('overrideVentureBlock', { ...lifted, as: reviewer });
  expect((await many('shortlistVentureProjects', approver, list(1, 2, 3, 4))).refused).toEqual([]);
  // 7,990 yuan are left of 40,000, and 8,000 are wanted.
  const last = { as: approver, params, body: list(20) };
  expect(await desk.code('shortlistVentureProjects', last)).toMatch(/limit\/pool/);
  const less = { document: '示民〔2026〕20号', projects: [{ number: numberOf(20), grant: '7990' }] };
  expect((await many('shortlistVentureProjects', approver, less)).done).toEqual([numberOf(20)]);
  expect(await reached('shortlisted')).toEqual([5, '40000.00']);
  const { left, allotted } = (await desk.done('getVentureCall', { as: auditor, params })).body;
  expect([allotted, left]).toEqual(['40000.00', '0.00']);
});

it('publicity, objections and signature: two people, in time, of organisations in good standing', async () => {
  const shown = [1, 2, 3, 4, 20].map(numberOf);
  const publicity = { document: '示民告1号', from: '2026-11-23', to: '2026-11-30', projects: shown };
  expect((await many('publiciseVentureProjects', preparer, publicity)).refused).toEqual([]);
  const notice = (await desk.done('getVentureNotice', { as: preparer, params })).body;
  for (const text of [nameOf(1), '邻里服务项目2', '40000.00']) expect(notice).toContain(text);
  const objection = { reference: '信访〔2026〕3号', reason: '与往年项目重复' };
  const third = { projectKey: await keyOf(3) };
  await desk.done('objectToVentureProject', { as: preparer, params: third, body: objection });
  await many('draftVentureContracts', preparer, { projects: numbers(1, 2, 3, 4, 20) });
  const { projects } = (
    await desk.done('listVentureProjects', { as: approver, params, query: { stage: 'drafted' } })
  ).body;
  const read = projects.map(({ number, contractHash }: Record<string, string>) => ({
    number,
    hash: contractHash,
  }));
  for (const { organisation } of projects) {
    const status = { status: 'normal', on: '2026-11-20', source: '社会组织信用信息公示平台' };
    await desk.done('recordOrganisationStatus', {
      as: preparer,
      params: { personKey: organisation },
      body: status,
    });
  }
  const signatures = { document: '示民协1号', signedOn: '2026-12-01', projects: read };
  bureau.clock.moveTo('2026-11-30');
  const early = await many('signVentureContracts', approver, { ...signatures, signedOn: '2026-11-30' });
  expect(new Set(early.refused.map(({ code }: { code: string }) => code))).toEqual(
    new Set(['policy/publicity-open', 'conflict/objection-open']),
  );
  bureau.clock.moveTo('2026-12-01');
  const signed = await many('signVentureContracts', approver, signatures);
  expect(signed).toMatchObject({ refused: [{ number: numberOf(3), code: 'conflict/objection-open' }] });
  const decision = {
    as: reviewer,
    params: { ...third, number: '1' },
    body: { upheld: true, reason: '属实' },
  };
  expect(await desk.code('decideVentureObjection', { ...decision, as: preparer })).toBe('403 forbidden/role');
  await desk.done('decideVentureObjection', decision);
  const upheld = await many('signVentureContracts', approver, signatures);
  expect(upheld.refused).toMatchObject([{ code: 'policy/objection-upheld' }]);
  await desk.done('dropVentureProject', { as: preparer, params: third, body: { reason: '异议成立' } });
  expect(await reached('signed')).toEqual([4, '31997.00']);
  const { left } = (await desk.done('getVentureCall', { as: auditor, params })).body;
  expect(left).toBe('8003.00');
});

it('the project shows its contract and who did what; the agreement is a page without an account number', async () => {
  const own = { projectKey: await keyOf(20) };
  const project = (await desk.done('getVentureProject', { as: auditor, params: own })).body;
  expect(project).toMatchObject({
    stage: 'signed',
    serviceHours: 120,
    shortlisted: { average: '83.5', grant: '7990.00' },
    contract: {
      tranches: [{ amount: '3995.00' }, { amount: '3196.00' }, { amount: '799.00' }],
      signed: { document: '示民协1号' },
    },
  });
  const page = await desk.done('getVentureAgreement', { as: cashier, params: own });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
  for (const text of [
    '协议要点',
    nameOf(20),
    '人民币柒仟玖佰玖拾元整',
    '3196.00',
    '中期考核通过',
    '**** 0020',
  ])
    expect(page.body).toContain(text);
  expect(page.body).not.toContain('1101990000000020');
  expect(
    await desk.code('getVentureAgreement', { as: cashier, params: { projectKey: await keyOf(6) } }),
  ).toBe('409 conflict/project-stage');
});

it('a banned organisation files nothing while the ban runs', async () => {
  const project = (
    await desk.done('getVentureProject', { as: auditor, params: { projectKey: await keyOf(2) } })
  ).body;
  const ban = { from: '2026-12-01', until: '2029-11-30', reason: '挪用资助资金', document: '示民罚1号' };
  const found = { as: reviewer, params: { personKey: project.organisation }, body: ban };
  expect((await desk.done('banVentureOrganisation', found)).body.bans).toHaveLength(1);
  const second = { ...CALL, number: 2, from: '2026-12-01', to: '2026-12-31', document: '示民〔2026〕2号' };
  await desk.done('openVentureCall', { as: preparer, body: second });
  const organisation = { ...FORM.organisation, creditCode: codeOf(2), name: nameOf(2) };
  const { account: _, ...named } = organisation;
  const body = { ...FORM, number: 'N1', organisation: named };
  const filing = { as: preparer, params: { callId: '2026-2' }, body };
  expect(await desk.code('fileVentureProject', filing)).toMatch(/policy\/banned/);
  const { organisations } = (await desk.done('listVentureOrganisations', { as: auditor })).body;
  expect(organisations).toHaveLength(6);
});
