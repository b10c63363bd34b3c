// Goal: verified orders and months of beds are paid to who served, each once, within what a person may have, whatever two desks or a dying
// worker do; a row that was wrong is taken back. Method: one month of a bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { organisationStatus } from '../../../domain/controls/organisation-status.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { decideGrantList, grantListBlock, readList } from '../../../functions/grants/decide-grant-list.ts';
import { recoverWithdrawn } from '../../../functions/grants/recover-withdrawn.ts';
import { decideRowWithdrawal, proposeRowWithdrawal } from '../../../functions/grants/withdraw-row.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber, request, row, sheet } from '../register/sheet-fixture.ts';
import * as office from '../run/office.ts';

const { code, value } = office;
const ORDERS = 'elderly-orders';
const BEDS = 'elderly-institution';
const COMPANIES = [
  ['示例区乐龄社会工作服务中心', '52110199MJ9909017C', '11019912345678901234'],
  ['示例区安康社会工作服务中心', '52110199MJ99090332', '11019912345678901236'],
] as const;
const nameOf = (n: number) => row(n).split(',')[0]!;
const party = (n: number, company: 0 | 1) => [nameOf(n), idNumber(n), '110199001', ...COMPANIES[company]];
const PARTIES = '姓名,身份证号,街道代码,收款单位,收款单位信用代码,收款账号';
const order = (n: number, number: string, yuan: string, company: 0 | 1 = 0, servedOn = '2026-11-10') =>
  [...party(n, company), number, servedOn, '助浴', yuan].join(',');
const bed = (n: number, from: string, to: string, company: 0 | 1 = 0, level = '重度') =>
  [...party(n, company), level, from, to].join(',');

let bureau: office.Office;
beforeAll(async () => {
  bureau = await office.openOffice({
    people: 0,
    quickReads: true,
    packs: ['elderly-service', ORDERS, BEDS].map((programme) => policyFile(office.DISTRICT, programme)),
  });
  for (const programme of [ORDERS, BEDS]) {
    const budget = { jurisdiction: office.DISTRICT, programme, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: office.LINES, by: 'staff-finance' }));
  }
  const enrolled = (n: number, level: string, of = '低保') =>
    [
      nameOf(n),
      idNumber(n),
      '110199001',
      '2026-09-01',
      of,
      `6217${String(n).padStart(12, '0')}`,
      '2026-09-20',
      '示养〔2026〕1号',
      level,
      '2026-08-01',
    ].join(',');
  await imported(
    'people',
    'register',
    'elderly-service',
    '姓名,身份证号,街道代码,申请日期,人员类别,收款账号,审核确认日期,审核确认文号,照护等级,照护等级评估日期',
    [enrolled(1, '2级'), enrolled(2, '5级', '低保边缘'), enrolled(3, '2级', '其他'), enrolled(4, '1级')],
  );
  await bureau.importRows('dead', [`${idNumber(4)},${nameOf(4)},2026-11-08,认证,`], 'deaths');
});
afterAll(() => bureau.stop());

async function imported(
  importId: string,
  kind: 'register' | 'grant-list',
  programme: string,
  headings: string,
  lines: readonly string[],
) {
  const message = request(importId, { kind, programme, requestedAt: bureau.clock.now() });
  await bureau.engines.files.put(message.objectKey, sheet(lines, headings));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const stored = (await bureau.imports.read(importId))!;
  expect(stored.summary, JSON.stringify(stored)).toBeDefined();
  const { errorFileKey } = stored.summary!;
  const errors =
    errorFileKey === undefined
      ? ''
      : Buffer.from((await bureau.engines.files.read(errorFileKey))!).toString();
  return { stored, errors, counts: stored.summary!.counts };
}
async function listed(importId: string, programme: string, lines: readonly string[]) {
  const own = programme === ORDERS ? '订单编号,服务日期,服务项目,订单金额' : '入住等级,入住起日,入住止日';
  const done = await imported(importId, 'grant-list', programme, `${PARTIES},${own}`, lines);
  return { ...done, ...(await readList(bureau.fileServices, done.stored)) };
}
type Listed = Awaited<ReturnType<typeof listed>>;
const verified = ({ stored, totals: { hash, count, fen } }: Listed, by = 'staff-approver') =>
  decideGrantList(
    bureau.fileServices,
    stored,
    { hash, count, fen, by, document: `示养结〔2026〕${stored.request.importId}号`, decidedOn: '2026-11-22' },
    { at: bureau.clock.now(), today: bureau.clock.today() },
  );
async function blocksOf({ origin }: Listed) {
  return (await bureau.fileServices.grantLists.read(origin.importId)).done;
}
/** What a run pays, by who receives it. */
async function runOf(programme: string, round: string) {
  const scope = { jurisdiction: office.DISTRICT, programme, period: '2026-11', round };
  return office.computed(bureau, scope);
}

it('orders within the allowance are paid to the companies, each once; the others come back by row', async () => {
  const first = await listed('orders-1', ORDERS, [
    order(1, 'D1', '600.00'),
    order(1, 'D2', '400.00', 1),
    order(2, 'D3', '444.00'),
    order(2, 'D4', '444.01', 1),
    order(3, 'D5', '50.00'),
    order(4, 'D6', '50.00', 0, '2026-11-08'),
    order(4, 'D7', '50.00', 0, '2026-11-09'),
    order(5, 'D8', '50.00'),
    order(1, 'D1', '10.00'),
    order(4, 'D10', '1060.01', 1, '2026-11-07'),
  ]);
  expect(first.totals).toMatchObject({ count: 4, persons: 3 });
  expect(toYuan(first.totals.fen)).toBe('1494.00');
  for (const words of [
    '超出服务额度：2026-11 尚可用 444.00 元',
    '没有服务额度',
    '去世之后',
    '尚可用 1060.00 元',
    '没有养老服务补贴的登记',
    '是同一对象、同一事项',
  ])
    expect(first.errors).toContain(words);
  expect(code(await verified(first, 'staff-preparer'))).toBe('forbidden/same-person');
  value(await verified(first));
  await bureau.deliver({ times: 2 });
  expect(await blocksOf(first)).toMatchObject([{ granted: 4, fen: 149_400, refused: [] }]);

  const again = await listed('orders-2', ORDERS, [
    order(1, 'D1', '36.00'),
    order(1, 'D2', '36.00'),
    order(1, 'D9', '36.01'),
  ]);
  // The number D2 is another company's; what is left of 1036.00 is 36.00.
  expect(again.errors).toContain('已就同一事项获得本项目给付');
  expect(again.errors).toContain('尚可用 36.00 元');
  expect(again.totals.count).toBe(1);

  const run = await runOf(ORDERS, 'S1');
  expect(run.totals?.payable).toEqual({ count: 2, fen: 149_400 });
  const sent = await office.dispatched(bureau, await office.approved(bureau, run));
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  expect((await office.closed(bureau, sent)).state).toBe('closed');
});

it('a row that was wrong gives its number and its room back, and what the company received is asked for', async () => {
  const row = { importId: 'orders-1', row: 2, jurisdiction: office.DISTRICT, programme: ORDERS };
  const wish = { reason: '服务未完成', document: '回访记录1' };
  value(await proposeRowWithdrawal(bureau.ports.grants, row, wish, { by: 'staff-preparer' }));
  const said = {
    outcome: 'withdraw',
    document: '示撤〔2026〕1号',
    decidedOn: '2026-11-22',
    dueOn: '2027-01-31',
  } as const;
  const done = value(await decideRowWithdrawal(bureau.ports.grants, row, said, { by: 'staff-reviewer' }));
  expect(done.state).toBe('recorded');
  expect(done.recorded?.enrolment).toMatch(/^YD-/);
  const after = value(await recoverWithdrawn(bureau.ports, done));
  expect(after.concluded).toMatchObject({ fen: 60_000, recoveryId: expect.any(String) });
  const anew = await listed('orders-3', ORDERS, [order(1, 'D1', '636.00')]);
  expect(anew.errors).toBe('');
});

it('two lists that together exceed an allowance are settled up to it, whoever is faster; a worker may die at any write', async () => {
  const one = await listed('race-1', ORDERS, [order(4, 'R1', '700.00', 0, '2026-11-01')]);
  const two = await listed('race-2', ORDERS, [
    order(4, 'R2', '700.00', 1, '2026-11-02'),
    order(4, 'R3', '300.00', 1, '2026-11-02'),
  ]);
  for (const list of [one, two]) value(await verified(list));
  await dyingAtEveryWrite((survived) =>
    diesAfter(bureau.faults, survived, () =>
      Promise.all(
        [one, two].map(({ origin }) =>
          grantListBlock(bureau.fileServices, { importId: origin.importId, block: 0 }),
        ),
      ),
    ),
  );
  await bureau.deliver({ times: 2 });
  const blocks = [...(await blocksOf(one)), ...(await blocksOf(two))];
  const paid = sumFen(blocks.map(({ fen }) => fen as never));
  expect(paid).toBe(100_000);
  expect(blocks.flatMap(({ refused }) => refused)).toHaveLength(1);
  const run = await runOf(ORDERS, 'S2');
  expect(run.totals?.payable.fen).toBe(paid);
});

it('beds are paid by the month to the home; a resident counts once, wherever he is listed', async () => {
  const list = await listed('beds-1', BEDS, [
    bed(11, '2026-10-01', '2026-10-31'),
    bed(12, '2026-10-22', '2026-10-31', 0, '中度'),
    bed(13, '2026-10-25', '2026-10-31'),
  ]);
  const other = await listed('beds-2', BEDS, [
    bed(11, '2026-10-01', '2026-10-31', 1),
    bed(14, '2026-10-01', '2026-10-31', 1),
  ]);
  expect(list.errors).toContain('当月入住 7 天');
  expect(toYuan(list.totals.fen)).toBe('800.00');
  for (const each of [list, other]) value(await verified(each));
  await bureau.deliver({ times: 2 });
  const blocks = [...(await blocksOf(list)), ...(await blocksOf(other))];
  expect(blocks.flatMap(({ refused }) => refused)).toHaveLength(1);
  const third = await listed('beds-3', BEDS, [
    bed(11, '2026-10-01', '2026-10-10', 1),
    bed(14, '2026-10-02', '2026-10-31'),
  ]);
  expect(third.totals.count).toBe(0);

  const [first] = list.rows;
  const home = (await bureau.register.person(first!.payee!))!;
  const known = {
    kind: 'organisation-status',
    validFrom: '2026-11-20',
    recordedAt: bureau.clock.now(),
    source: 'test',
    by: 'staff',
  } as const;
  const record = { ...home.record, facts: [...home.record.facts, { ...known, value: 'abnormal' }] };
  await bureau.register.putPerson(record, home, bureau.clock.now());
  const run = await runOf(BEDS, 'S1');
  expect(run.totals).toMatchObject({ payable: { count: 1 }, held: { count: 1 } });
  const { drafts } = value(await bureau.views.listDrafts(run.runId, { filter: 'held', limit: 10 }));
  expect(drafts.map(({ findings }) => findings[0]?.control)).toEqual([organisationStatus.code]);
});
