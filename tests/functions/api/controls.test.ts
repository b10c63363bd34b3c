import { afterAll, beforeAll, expect, it } from 'vitest';
import { subjectOf } from '../../../domain/ids.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { type Office, openOffice, pack } from '../run/office.ts';
import { CALLERS, registerStaff } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

/** Of three people two share an account, and the third applied when papers were asked for already. */
let bureau: Office;
let desk: Desk;
let runId: string;
const { preparer, reviewer, approver, cashier, auditor } = CALLERS;
const deputy = { subject: 'staff-approver-2', roles: ['approver'] } as const;

beforeAll(async () => {
  bureau = await openOffice({
    people: 0,
    packs: [
      pack('110000'),
      packWith({
        entryPapers: { since: '2026-10-01', papers: ['publicity'] },
        runControls: { overridesMax: 0 },
      }),
    ],
  });
  desk = await deskOf(bureau);
  const shared = { account: '6217000000000001' };
  await bureau.importRows('register-1', [
    row(1, shared),
    row(2, shared),
    row(3, { applied: '2026-10-08' }),
    row(4),
  ]);
  bureau.clock.moveTo('2026-11-25');
});
afterAll(() => bureau.stop());

const enrolmentOf = async (n: number): Promise<string> => {
  const found = await desk.done('searchPersons', { as: preparer, body: { idNumber: idNumber(n) } });
  return found.body.persons[0].enrolments[0].enrolmentId;
};
const runNow = async () => (await desk.done('getRun', { as: preparer, params: { runId } })).body;
async function compute(): Promise<void> {
  const params = { runId };
  await desk.done('recomputeRun', { as: preparer, params, body: { reason: '材料补齐' } });
  await bureau.deliver();
}
const findingsOf = async (enrolment: string): Promise<string[]> => {
  const { body } = await desk.done('listRunPayments', { as: preparer, params: { runId } });
  const draft = body.payments.find((one: { enrolment: string }) => one.enrolment === enrolment);
  // Card numbers of the fixture are made up.
  return draft.findings
    .map(({ control }: { control: string }) => control)
    .filter((control: string) => control !== 'card-check-digit');
};

it('the catalogue says what each control answers, and which look here', async () => {
  const all = (await desk.done('listControls', { as: auditor })).body.controls;
  expect(all.length).toBeGreaterThan(25);
  expect(all.every((one: object) => !('active' in one))).toBe(true);
  const query = { programme: 'high-age', month: '2026-12' };
  const here = (await desk.done('listControls', { as: auditor, query })).body.controls;
  const standing = Object.fromEntries(
    here.map(({ code, active, scope }: { code: string; active: boolean; scope: string }) => [
      code,
      [active, scope],
    ]),
  );
  expect(standing).toMatchObject({
    deceased: [true, 'payment'],
    'publicity-open': [true, 'payment'],
    'exclusive-programme': [false, 'payment'],
    'departed-amount': [false, 'payment'],
    'possible-duplicate': [true, 'payment'],
    'many-overrides': [true, 'run'],
  });
  const before = await desk.done('listControls', { as: auditor, query: { programme: 'dibao' } });
  expect(before.body.controls.find(({ code }: { code: string }) => code === 'publicity-open')).toMatchObject({
    active: false,
    why: { zh: '本地政策未设置参数 entryPapers，不核查' },
  });
});

it('a newcomer waits for the end of publicity, and for two persons to dismiss an objection', async () => {
  const body = { programme: 'high-age', period: '2026-12', round: 'R' };
  runId = (await desk.done('startRun', { as: preparer, body })).body.runId;
  await bureau.deliver();
  const enrolmentId = await enrolmentOf(3);
  expect(await findingsOf(enrolmentId)).toEqual(['publicity-open']);

  const params = { enrolmentId };
  const papers = { publicity: { from: '2026-11-10', to: '2026-11-16' } };
  await desk.done('recordPapers', { as: preparer, params, body: papers });
  const objection = { words: '反映其长期不在本地居住' };
  await desk.done('openObjection', { as: preparer, params, body: objection });
  bureau.clock.moveTo('2026-11-26');
  await compute();
  expect(await findingsOf(enrolmentId)).toEqual(['publicity-open']);

  const about = { enrolmentId, number: '1' };
  const result = { result: 'dismissed', words: '已入户核查，属本地居住' };
  expect(
    await desk.code('resolveObjection', { as: preparer, params: { ...about, number: '2' }, body: result }),
  ).toBe('404 missing/objection');
  expect(await desk.code('confirmObjection', { as: reviewer, params: about, body: result })).toBe(
    '409 conflict/objection',
  );
  await desk.done('resolveObjection', { as: preparer, params: about, body: result });
  expect(await desk.code('confirmObjection', { as: preparer, params: about, body: result })).toMatch(/^403 /);
  const relative = { subject: 'staff-relative', roles: ['reviewer'] } as const;
  const declared = { idNumber: idNumber(3), relation: 'child', declaredOn: '2026-11-26' };
  await registerStaff(bureau.engines, '110199', [relative]);
  await desk.done('declareRelative', { as: relative, body: declared });
  expect(await desk.code('confirmObjection', { as: relative, params: about, body: result })).toBe(
    '403 forbidden/relative',
  );
  await desk.done('confirmObjection', { as: reviewer, params: about, body: result });
  const { objections } = (await desk.done('listObjections', { as: auditor, params })).body;
  expect(objections).toMatchObject([{ number: 1, state: 'resolved', result: 'dismissed' }]);
  bureau.clock.moveTo('2026-11-27');
  await compute();
  expect(await findingsOf(enrolmentId)).toEqual(['staff-relative']);
});

it('overrides stand on the approval sheet, and many of them need a reason of the submitter', async () => {
  const params = { runId };
  const enrolment = await enrolmentOf(1);
  const payment = `2026-12_R_${enrolment}`;
  const override = { payment, control: 'shared-account', reason: '夫妻同卡，已核实' };
  await desk.done('proposeOverride', { as: preparer, params, body: override });
  await desk.done('confirmOverride', { as: reviewer, params, body: { ...override, reason: '已看结婚证' } });
  const run = await runNow();
  expect(run.runFindings).toMatchObject([{ control: 'many-overrides' }]);
  const seen = { revision: run.revision, hash: run.hash };
  expect(await desk.code('submitRun', { as: preparer, params, body: seen })).toBe(
    '409 conflict/unacknowledged',
  );
  const acknowledged = [{ control: 'many-overrides', reason: '仅一户，<已核>' }];
  await desk.done('submitRun', { as: preparer, params, body: { ...seen, acknowledged } });
  expect((await runNow()).submission.acknowledged).toMatchObject(acknowledged);
  const { body: page } = await desk.done('getApprovalSheet', { as: approver, params });
  for (const words of [
    payment,
    '夫妻同卡，已核实',
    '已看结婚证',
    '多名收款人共用同一账户',
    '300.00 元',
    '仅一户，&lt;已核&gt;',
  ])
    expect(page).toContain(words);
  const { overrides } = (await desk.done('getReview', { as: approver, params })).body;
  expect(overrides).toMatchObject([{ amount: '300.00', confirmedBecause: '已看结婚证' }]);
});

it('the notice list masks names, and whoever prints it is on record', async () => {
  const params = { runId };
  const query = { street: '110199001', reason: '十二月张榜' };
  expect(await desk.code('getNoticeList', { as: cashier, params, query })).toMatch(/^403 /);
  const { body: page } = await desk.done('getNoticeList', { as: reviewer, params, query });
  const shown = [1, 3, 4].map((n) => row(n).split(',')[0] ?? '');
  for (const name of shown) {
    expect(page).toContain(`${name.slice(0, 1)}**`);
    expect(page).not.toContain(name);
  }
  // The second of the two who share an account is held and gets nothing.
  expect(page).toContain('共 3 笔');
  for (const n of [1, 3, 4]) {
    expect(page).not.toContain(idNumber(n));
    expect(page).not.toContain(subjectOf(await enrolmentOf(n)));
  }
  expect(page).not.toMatch(/6217|1940|138\d{8}/);
  const log = await desk.done('listDisclosures', { as: auditor, query: { month: '2026-11' } });
  expect(log.body.disclosures).toMatchObject([
    { byName: 'staff-reviewer', what: 'notice-list', of: `${runId} 110199001`, reason: '十二月张榜' },
  ]);
  expect(await desk.code('listDisclosures', { as: deputy })).toMatch(/^403 /);
});
