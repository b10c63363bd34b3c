import { afterAll, beforeAll, expect, it } from 'vitest';
import { policyFile } from '../../policy-files.ts';
import { idNumber, row, sheet } from '../register/sheet-fixture.ts';
import { DISTRICT, type Office, openOffice } from '../run/office.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 0, packs: [policyFile(DISTRICT, 'electricity-aid')] });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const { preparer, reviewer, approver, finance } = CALLERS;
const HEADINGS = '户主姓名,身份证号,街道代码,街道名称,收款账号,起月,止月,困难类别';
const nameOf = (n: number) => row(n).split(',')[0]!;
const line = (n: number, category: string) =>
  [
    nameOf(n),
    idNumber(n),
    `11019900${1 + (n % 2)}`,
    `示例街道${1 + (n % 2)}`,
    `6217${String(n).padStart(12, '0')}`,
    '2026-07',
    '2026-09',
    category,
  ].join(',');

it('a list goes from upload to grants over HTTP: totals are seen, decided by another person, printed without what identifies', async () => {
  const bytes = sheet([line(1, '低保'), line(2, '特困'), line(3, '低保边缘')], HEADINGS);
  const uploadId = await desk.upload(preparer, 'grant-list', 'list.csv', bytes);
  const wanted = { kind: 'grant-list', uploadId };
  const wrong = { as: preparer, body: { ...wanted, programme: 'high-age' } };
  expect(await desk.code('createImport', wrong)).toBe('422 invalid/sheet-kind');
  const { importId } = (
    await desk.done('createImport', { as: preparer, body: { ...wanted, programme: 'electricity-aid' } })
  ).body;
  const params = { importId };
  const one = { as: reviewer, params };
  expect((await desk.done('getGrantList', one)).body).toMatchObject({ state: 'checking', count: 0 });
  await bureau.deliver();
  const seen = (await desk.done('getGrantList', one)).body;
  expect(seen).toMatchObject({
    state: 'checked',
    count: 2,
    amount: '43.94',
    persons: 2,
    rejected: 1,
    sample: true,
  });
  expect(
    seen.streets.map(({ street, amount }: { street: string; amount: string }) => `${street} ${amount}`),
  ).toEqual(['110199001 21.97', '110199002 21.97']);

  const { hash, count, amount } = seen;
  const body = { hash, count, amount, document: '示民电〔2026〕3号', decidedOn: '2026-11-22' };
  const decide = (as: (typeof CALLERS)[keyof typeof CALLERS], changes: object = {}) =>
    desk.code('decideGrantList', { as, params, body: { ...body, ...changes } });
  expect(await decide(preparer)).toMatch(/^403 /);
  expect(await decide(approver, { amount: '43.93' })).toBe('409 conflict/control-totals');
  expect(await decide(approver, { document: idNumber(1) })).toMatch(/^422 /);
  const relative = { idNumber: idNumber(2), relation: 'sibling', declaredOn: '2026-11-20' };
  await desk.done('declareRelative', { as: reviewer, body: relative });
  expect(await decide(reviewer)).toBe('403 forbidden/relative');
  expect(await decide(approver)).toBe('200 ');
  expect(await decide(approver, { document: '示民电〔2026〕4号' })).toBe('409 conflict/already-decided');
  await bureau.deliver();
  const done = (await desk.done('getGrantList', { as: finance, params })).body;
  expect(done).toMatchObject({
    state: 'granted',
    granted: { count: 2, amount: '43.94' },
    notGranted: [],
    decision: { document: '示民电〔2026〕3号' },
  });
  const { lists } = (
    await desk.done('listGrantLists', { as: reviewer, query: { programme: 'electricity-aid' } })
  ).body;
  expect(lists).toMatchObject([
    { importId, state: 'granted', rows: 2, rejected: 1, decision: { count: 2, amount: '43.94' } },
  ]);

  const row = { ...params, row: '2' };
  const wrong2 = { reason: '查实不符合条件', document: '核查报告1' };
  const paper = { outcome: 'withdraw', document: '示民撤〔2026〕1号', decidedOn: '2026-11-22' };
  const back = { as: approver, params: row, body: { ...paper, dueOn: '2027-01-31' } };
  expect(await desk.code('decideGrantRowWithdrawal', back)).toBe('404 missing/grant-withdrawal');
  await desk.done('proposeGrantRowWithdrawal', { as: preparer, params: row, body: wrong2 });
  const third = { ...back, as: reviewer, params: { ...params, row: '3' } };
  expect(await desk.code('decideGrantRowWithdrawal', third)).toBe('403 forbidden/relative');
  expect((await desk.done('decideGrantRowWithdrawal', back)).body).toMatchObject({
    row: 2,
    state: 'concluded',
    received: '0.00',
  });
  expect((await desk.done('getGrantList', { as: finance, params })).body.withdrawals).toMatchObject([
    { row: 2, state: 'concluded', decision: { document: '示民撤〔2026〕1号' } },
  ]);

  const summary = (await desk.done('getGrantListSheet', { as: finance, params })).body;
  expect(summary).toContain('肆拾叁元玖角肆分');
  expect(summary).not.toContain(nameOf(1));
  const notice = (
    await desk.done('getGrantListNotice', { as: reviewer, params, query: { street: '110199002' } })
  ).body;
  expect(notice).toContain('示例街道2');
  expect(notice).toContain(`${nameOf(1)[0]}*`);
  for (const personal of [nameOf(1), nameOf(2), idNumber(1)]) expect(notice).not.toContain(personal);
  expect(await desk.code('getGrantListNotice', { as: finance, params })).toMatch(/^403 /);
  expect(await desk.code('getGrantList', { as: reviewer, params: { importId: 'im-none' } })).toBe(
    '404 missing/grant-list',
  );
});
