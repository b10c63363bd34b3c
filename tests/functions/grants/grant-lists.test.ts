// Goal: a list of many becomes grants by one decision of somebody else, each subject once for an occasion, and a run pays them; a worker
// that dies at any write is made good. Method: bureaus on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fen, toYuan } from '../../../domain/money.ts';
import { grant } from '../../../functions/grants/decide-application.ts';
import { decideGrantList, grantListBlock, readList } from '../../../functions/grants/decide-grant-list.ts';
import { familyGrants } from '../../../functions/grants/earlier-grants.ts';
import { workedOutApplication } from '../../../functions/grants/work-out-grant.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber, request, row, sheet } from '../register/sheet-fixture.ts';
import * as office from '../run/office.ts';
import { APPROVER, applied, asked, nextRequest, wishFor } from './aid-office.ts';

const { code, value } = office;
const HEADINGS = '户主姓名,身份证号,街道代码,收款账号,灾害名称,受灾日期,紧急转移安置人数,房屋损毁等级';
const nameOf = (n: number) => row(n).split(',')[0]!;
const line = (n: number, evacuated: string, house = '', disaster = '11·3洪涝') =>
  [
    nameOf(n),
    idNumber(n),
    '110199001',
    `6217${String(n).padStart(12, '0')}`,
    disaster,
    '2026-11-03',
    evacuated,
    house,
  ].join(',');

const PAID = ['disaster-relief', 'funeral'];
let bureau: office.Office;
beforeAll(async () => {
  const packs = [
    ...PAID,
    'green-burial',
    'green-burial-agreement',
    'employer-social-insurance',
    'electricity-aid',
  ].map((programme) => policyFile(office.DISTRICT, programme));
  bureau = await office.openOffice({ people: 0, quickReads: true, packs });
  for (const programme of PAID) {
    const budget = { jurisdiction: office.DISTRICT, programme, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: office.LINES, by: 'staff-finance' }));
  }
});
afterAll(() => bureau.stop());

async function listed(
  importId: string,
  lines: readonly string[],
  programme = 'disaster-relief',
  headings = HEADINGS,
) {
  const message = request(importId, { kind: 'grant-list', programme, requestedAt: bureau.clock.now() });
  await bureau.engines.files.put(message.objectKey, sheet(lines, headings));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const stored = (await bureau.imports.read(importId))!;
  const { errorFileKey } = stored.summary!;
  const errors =
    errorFileKey === undefined
      ? ''
      : Buffer.from((await bureau.engines.files.read(errorFileKey))!).toString();
  return { stored, errors, ...(await readList(bureau.fileServices, stored)) };
}
type Listed = Awaited<ReturnType<typeof listed>>;
const decide = ({ stored, totals: { hash, count, fen: sum } }: Listed, by = 'staff-approver') =>
  decideGrantList(
    bureau.fileServices,
    stored,
    { hash, count, fen: sum, by, document: '示民救〔2026〕9号', decidedOn: bureau.clock.today() },
    { at: bureau.clock.now(), today: bureau.clock.today() },
  );

it('good rows wait for one decision, bad rows come back, and the run pays each household once', async () => {
  const first = await listed('flood-1', [
    line(1, '4', '倒塌'),
    line(2, '3'),
    line(3, '2'),
    line(3, '9'),
    line(4, ''),
    line(5, '', '半塌'),
  ]);
  expect(first.stored.summary?.counts).toMatchObject({ accepted: 3, created: 3, rejected: 3 });
  expect(first.errors).toContain('与第4行是同一对象、同一事项');
  expect(first.errors).toContain('没有应给付的金额');
  expect(first.errors).toContain('【房屋损毁等级】');
  expect(first.totals).toMatchObject({ count: 3, fen: fen(2_120_000 + 90_000 + 60_000), persons: 9 });

  expect(code(await decide(first, 'staff-preparer'))).toBe('forbidden/same-person');
  const scope = {
    jurisdiction: office.DISTRICT,
    programme: 'disaster-relief',
    period: '2026-11',
    round: 'S1',
  };
  value(await decide(first));
  // The same decision again, from two desks, before anything was carried out.
  expect((await Promise.all([decide(first), decide(first)])).map(code)).toEqual(['accepted', 'accepted']);
  await bureau.deliver({ times: 2 });

  const same = await listed('flood-again', [line(1, '4', '倒塌'), line(2, '3'), line(6, '1')]);
  expect(same.totals).toMatchObject({ count: 1, fen: fen(30_000) });
  expect(same.errors).toContain('该对象已就同一事项获得本项目给付');
  value(await decide(same));
  await bureau.deliver();

  const run = await office.computed(bureau, scope);
  expect(run.totals?.payable).toEqual({ count: 4, fen: fen(2_300_000) });
  const sent = await office.dispatched(bureau, await office.approved(bureau, run));
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  expect((await office.closed(bureau, sent)).state).toBe('closed');
});

it('two lists that were checked before either was decided grant a household once, and say so', async () => {
  const [one, two] = [
    await listed('storm-1', [line(21, '2', '', '台风'), line(22, '2', '', '台风')]),
    await listed('storm-2', [line(22, '2', '', '台风'), line(23, '2', '', '台风')]),
  ];
  const copy = await listed('storm-3', [line(22, '2', '', '台风'), line(21, '2', '', '台风')]);
  value(await decide(one));
  value(await decide(two));
  expect(code(await decide(copy))).toBe('conflict/same-list');
  // Both workers at the same moment, and then their messages once more.
  await Promise.all(
    [one, two].map(({ origin: { importId } }) => grantListBlock(bureau.fileServices, { importId, block: 0 })),
  );
  await bureau.deliver();
  const done = [one, two].map(({ origin }) => bureau.fileServices.grantLists.read(origin.importId));
  const blocks = (await Promise.all(done)).flatMap((each) => each.done);
  expect(blocks.map(({ granted }) => granted).sort((a, b) => a - b)).toEqual([1, 2]);
  expect(blocks.flatMap(({ refused }) => refused)).toHaveLength(1);
});

it('a decedent is granted once, to the funeral home; whoever else lists the same person learns it', async () => {
  const headings =
    '逝者姓名,逝者身份证号,街道代码,收款单位,收款单位信用代码,收款账号,死亡日期,逝者户籍,其他丧葬待遇,遗体火化费,骨灰盒费';
  const dead = (n: number, other = '无', payee = '示例区殡仪馆', number = '12110199MB0000000B') =>
    [
      nameOf(n),
      idNumber(n),
      '110199001',
      payee,
      number,
      '11019900000000000077',
      '2026-10-20',
      '本地户籍',
      other,
      '380.00',
      '260.00',
    ].join(',');
  const first = await listed(
    'funerals',
    [dead(31), dead(32, '养老保险'), dead(33, '无', nameOf(40), idNumber(40))],
    'funeral',
    headings,
  );
  expect(toYuan(first.totals.fen)).toBe('580.00');
  expect(first.errors).toContain('逝者已有或应有其他丧葬待遇');
  expect(first.errors).toContain('收款人应为个人还是单位');
  value(await decide(first));
  await bureau.deliver();
  await bureau.importRows('dead', [`${idNumber(31)},${nameOf(31)},2026-10-20,认证,`], 'deaths');
  const again = await listed('funerals-2', [dead(31)], 'funeral', headings);
  expect(again.totals.count).toBe(0);
  const run = await office.computed(bureau, {
    jurisdiction: office.DISTRICT,
    programme: 'funeral',
    period: '2026-11',
    round: 'S1',
  });
  expect(run.totals).toMatchObject({ payable: { count: 1, fen: 58_000 }, held: { count: 0 } });
});

it('a worker that dies at any write of a block leaves nothing undone and nothing twice', async () => {
  const list = await listed('quake', [line(51, '2', '', '地震'), line(52, '3', '', '地震')]);
  const { importId } = list.origin;
  value(await decide(list));
  await dyingAtEveryWrite((survived) =>
    diesAfter(bureau.faults, survived, () => grantListBlock(bureau.fileServices, { importId, block: 0 })),
  );
  await bureau.deliver({ times: 2 });
  const { done } = await bureau.fileServices.grantLists.read(importId);
  expect(done).toMatchObject([{ granted: 2, fen: 150_000, refused: [] }]);
  for (const { subject } of list.rows)
    expect((await familyGrants(bureau.ports.grants, [subject], undefined)).grants).toHaveLength(1);
});

it('a list and single applications know of each other: whoever was granted first for the disaster, once', async () => {
  const ports = bureau.ports.grants;
  const facts = { disaster: '冰雹', occurredOn: '2026-11-03', evacuated: 2 };
  const applying = (n: number) =>
    applied(ports, {
      ...asked(n, facts),
      programme: 'disaster-relief',
      subject: {
        idNumber: idNumber(n),
        legalName: nameOf(n),
        account: { account: `6217${String(n).padStart(12, '0')}`, holderName: nameOf(n) },
      },
    });
  const list = await listed('hail', [line(61, '2', '', '冰雹'), line(62, '2', '', '冰雹')]);
  const first = await applying(61);
  const by = { by: APPROVER, request: nextRequest() };
  value(await grant(ports, first, await wishFor(ports, first), by));
  value(await decide(list));
  await bureau.deliver();
  const { done } = await bureau.fileServices.grantLists.read('hail');
  expect(done).toMatchObject([{ granted: 1, refused: [{ row: 2 }] }]);
  const late = await ports.applications.load(await applying(62));
  expect(code(await workedOutApplication(ports, late!, '2026-11-22'))).toBe('conflict/granted-for-occasion');
  expect((await listed('hail-again', [line(61, '2', '', '冰雹')])).totals.count).toBe(0);
});

const BURIALS =
  '逝者姓名,逝者身份证号,街道代码,经办人姓名,经办人身份证号,收款账号,死亡日期,安葬日期,安葬方式';
const burial = (n: number, handler: number) =>
  `${nameOf(n)},${idNumber(n)},110199001,${nameOf(handler)},${idNumber(handler)},6217${String(handler).padStart(12, '0')},2026-09-01,2026-10-20,树葬`;

it('a handler is paid for a burial, and a company for its employees, each into an account of their own', async () => {
  const burials = await listed('burials', [burial(71, 72)], 'green-burial', BURIALS);
  const companies = await listed(
    'companies',
    [
      '示例区福康工贸有限公司,91110199MB00000006,110199001,11019900000000000088,2026-07,2026-09,12,36,40,36000.00,12,清册1',
    ],
    'employer-social-insurance',
    '企业名称,统一社会信用代码,街道代码,收款账号,起月,止月,残疾职工人数,参保人月数,职工总数,单位实缴社保费,清册人数,清册编号',
  );
  expect([burials.errors, companies.errors]).toEqual(['', '']);
  for (const [list, amount] of [
    [burials, 200_000],
    [companies, 1_800_000],
  ] as const) {
    value(await decide(list));
    await bureau.deliver();
    const { programme } = list.origin;
    const scope = { jurisdiction: office.DISTRICT, programme, period: '2026-11', round: 'S' };
    const { totals } = await office.computed(bureau, scope);
    expect([programme, totals?.payable, totals?.held.count]).toEqual([
      programme,
      { count: 1, fen: amount },
      0,
    ]);
  }
});

it('a row is looked at again as it is carried out: what was granted since it was checked may leave less', async () => {
  const signed = '姓名,身份证号,街道代码,收款账号,协议编号,签约日期,享有年度';
  const signatory = (n: number, id = idNumber(n)) =>
    `${nameOf(n)},${id},110199001,6217${String(n).padStart(12, '0')},协${n},2026-02-01,2026`;
  const after = await listed('after', [burial(81, 83), burial(82, 84)], 'green-burial', BURIALS);
  const young = idNumber(85, '19900115');
  const inLife = await listed(
    'in-life',
    [signatory(81), signatory(85, young)],
    'green-burial-agreement',
    signed,
  );
  expect([after.totals.count, inLife.totals.count]).toEqual([2, 1]);
  expect(inLife.errors).toContain('签约时未满 60 周岁');
  value(await decide(inLife));
  await bureau.deliver();
  value(await decide(after));
  await bureau.deliver();
  const { done } = await bureau.fileServices.grantLists.read('after');
  expect(done).toMatchObject([{ granted: 1, fen: 200_000, refused: [{ row: 2 }] }]);
  expect(done[0]?.refused[0]?.zh).toContain('1700.00');
});

it('a month of electricity is aided once, in whatever periods it is asked for', async () => {
  const headings = '户主姓名,身份证号,街道代码,收款账号,起月,止月,困难类别';
  const home = (n: number, from: string, to: string) =>
    `${nameOf(n)},${idNumber(n)},110199001,6217${String(n).padStart(12, '0')},${from},${to},低保`;
  const first = await listed('power-1', [home(91, '2026-01', '2026-06')], 'electricity-aid', headings);
  const early = await listed('power-2', [home(91, '2026-04', '2026-09')], 'electricity-aid', headings);
  value(await decide(first));
  await bureau.deliver();
  const late = [home(91, '2026-06', '2026-08'), home(91, '2026-07', '2026-09')];
  const third = await listed('power-3', late, 'electricity-aid', headings);
  expect([early.totals.count, third.totals.count]).toEqual([1, 1]);
  value(await decide(early));
  await bureau.deliver();
  const { done } = await bureau.fileServices.grantLists.read('power-2');
  expect(done).toMatchObject([{ granted: 0, refused: [{ row: 2 }] }]);

  const both = [home(92, '2026-01', '2026-03'), home(92, '2026-03', '2026-05')];
  const twice = await listed('power-4', both, 'electricity-aid', headings);
  expect(twice.totals.count).toBe(2);
  value(await decide(twice));
  await bureau.deliver({ times: 2 });
  const of = await bureau.fileServices.grantLists.read('power-4');
  expect(of.done).toMatchObject([{ granted: 1, refused: [{}] }]);
});
