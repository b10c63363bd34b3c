// Goal: streets report households of 低保 as they report persons: nothing enters the register before the district accepted it, every
// accepted row does, once, and none moves money by itself. Method: two streets and a district over the API on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastMembership } from '../../../domain/household/membership.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { loadHouseholds } from '../../../functions/register/load-households.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { CALLERS } from '../api/api-client.ts';
import { HOUSEHOLD_HEADINGS, headId, headRow, memberId, memberRow } from '../register/household-sheet.ts';
import { sheet } from '../register/sheet-fixture.ts';
import { determine, yuan } from '../run/household-office.ts';
import {
  acceptedReport,
  CLERKS,
  newHousehold,
  openHouseholdTown,
  STREETS,
  signedReport,
  type Town,
} from './town.ts';

const { ann, cai, dong } = CLERKS;
const { preparer } = CALLERS;
let town: Town;
beforeAll(async () => {
  town = await openHouseholdTown();
  const rows = [headRow(1), memberRow(1, 1), headRow(2), headRow(3), memberRow(3, 1), headRow(4), headRow(5)];
  const uploadId = await town.desk.upload(
    preparer,
    'households',
    '名册.csv',
    sheet(rows, HOUSEHOLD_HEADINGS),
  );
  await town.desk.done('createImport', {
    as: preparer,
    body: { uploadId, kind: 'households', programme: 'dibao' },
  });
  await town.bureau.deliver();
  for (const n of [1, 3, 4, 5])
    await determine(town.bureau, await enrolmentOf(n), 1, { '2026-12': yuan(1450) });
  town.bureau.clock.moveTo('2026-11-23');
});
afterAll(() => town.bureau.stop());

const personOf = async (id: string) => (await town.bureau.register.personByIdNumber(id))!.record;
const enrolmentOf = async (n: number) => {
  const { household } = lastMembership((await personOf(headId(n))).facts)!;
  return (await town.bureau.register.enrolmentsOfPerson(household))[0]!;
};
const about = (n: number, fields: object) => ({ name: '张户主', idNumber: headId(n), ...fields });
const fact = async (n: number, kind: Parameters<typeof latestFact>[1]) =>
  latestFact((await enrolmentOf(n)).facts, kind)?.value;
const causesOf = async (n: number) =>
  (await town.bureau.ports.reviews.task(await enrolmentOf(n)))?.causes.map(({ kind }) => kind);
const rowsOf = (report: { versions: { register?: { rows: object[] } }[] }) =>
  report.versions.at(-1)!.register!.rows;

describe('what a street says of a household', () => {
  it('a new row is complete or the report is not taken, and every cell at fault is named', async () => {
    const bare = about(90, { change: '新增', appliedOn: '2026-11-03', account: '6217000000000090' });
    const rows = [bare, about(91, { change: '变更' }), about(92, { change: '变更', diedOn: '2026-11-01' })];
    const body = { programme: 'dibao', period: '2027-01', rows };
    const refused = await town.desk.api('prepareStreetReport', { as: ann, body });
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid/report-rows']);
    expect(
      refused.body.errors.map(({ pointer, zh }: { pointer: string; zh: string }) => [
        pointer,
        zh.slice(0, 6),
      ]),
    ).toEqual([
      ['/rows/0', '“受理日期”'],
      ['/rows/0', '“核对报告编'],
      ['/rows/0', '“公示起”“'],
      ['/rows/0', '“公示止”“'],
      ['/rows/1', '“变动类型”'],
      ['/rows/2', '“死亡日期”'],
    ]);
    const person = { programme: 'high-age', period: '2027-01', rows: [newHousehold(90)] };
    expect(await town.desk.code('prepareStreetReport', { as: ann, body: person })).not.toMatch(/^2/);
  });

  it('a new row opens the household with its head and its papers, once it is accepted', async () => {
    const report = await signedReport(town, [newHousehold(10), newHousehold(11)]);
    await town.bureau.deliver();
    expect(await town.bureau.register.personByIdNumber(headId(10))).toBeUndefined();
    const params = { reportId: report.reportId };
    const { rows } = (await town.desk.done('listStreetReportRows', { as: preparer, params })).body;
    expect(rows[0]).toMatchObject({ name: '张**', residence: 'urban', checkReport: '核对〔2026〕10号' });
    const { version, hash } = report.versions.at(-1);
    const decision = { version, hash, returned: [{ row: 2, reason: '公示期不足' }] };
    await town.desk.done('decideStreetReport', { as: preparer, params, body: decision });
    await town.bureau.deliver();
    expect(await town.bureau.register.personByIdNumber(headId(11))).toBeUndefined();
    const after = (await town.desk.done('getStreetReport', { as: ann, params })).body;
    expect(after).toMatchObject({ state: 'returned', submitted: true });
    expect(rowsOf(after)).toEqual([{ row: 1, outcome: 'created' }]);
    const enrolment = await enrolmentOf(10);
    expect(enrolment.facts.map(({ kind, value, source }) => [kind, value, source])).toEqual(
      [
        ['application', '2026-11-03'],
        ['street', STREETS[0]],
        ['acceptance', '2026-11-05'],
        ['check-report', '核对〔2026〕10号'],
        ['publicity', '2026-11-10/2026-11-16'],
      ].map((each) => [...each, `street-report:${report.reportId}`]),
    );
    const read = (await loadHouseholds(town.bureau.register, [enrolment.subject])).get(enrolment.subject)!;
    expect(latestFact(read.document!.record.facts, 'residence')).toMatchObject({
      value: 'urban',
      validFrom: '2026-11-03',
    });
    // What came back is corrected in the next version, and enters then.
    const corrected = await acceptedReport(town, [newHousehold(11)]);
    expect([corrected.state, rowsOf(corrected)]).toEqual(['accepted', [{ row: 1, outcome: 'created' }]]);
  });

  it('a new row adds papers to a household that a sheet brought; one that was decided on is changed instead', async () => {
    const report = await acceptedReport(town, [newHousehold(2), newHousehold(1)], { period: '2027-02' });
    expect(rowsOf(report)).toMatchObject([
      { row: 1, outcome: 'changed' },
      { row: 2, outcome: 'rejected', words: { zh: expect.stringContaining('已经核定') } },
    ]);
    expect([await fact(2, 'acceptance'), await fact(1, 'acceptance')]).toEqual(['2026-11-05', undefined]);
    expect((await enrolmentOf(2)).facts.filter(({ kind }) => kind === 'application')).toHaveLength(2);
  });
});

describe('a change row', () => {
  it('records what it says from its day on, opens one review, and moves no money', async () => {
    const change = about(1, {
      change: '变更',
      residence: '农村',
      changedOn: '2026-11-20',
      checkReport: '核对〔2026〕99号',
      account: '6217000000777777',
      cause: '迁入农村',
    });
    const before = await enrolmentOf(1);
    const report = await acceptedReport(town, [change], { period: '2027-03' });
    expect(rowsOf(report)).toEqual([{ row: 1, outcome: 'changed' }]);
    const after = await enrolmentOf(1);
    expect(await fact(1, 'check-report')).toBe('核对〔2026〕99号');
    expect(after.facts.slice(0, before.facts.length)).toEqual(before.facts);
    const read = (await loadHouseholds(town.bureau.register, [after.subject])).get(after.subject)!;
    expect(latestFact(read.document!.record.facts, 'residence')).toMatchObject({
      value: 'rural',
      validFrom: '2026-11-20',
    });
    expect(await causesOf(1)).toContain('street-report');
    const { determinations } = (await town.bureau.register.enrolmentRead(after))!;
    expect(determinations).toHaveLength(1);
    const person = await personOf(headId(1));
    expect(person.accounts.map(({ account }) => account)).toEqual(['6217000000000001']);
    expect(await town.bureau.accountChanges.list(person.personKey)).toMatchObject([
      { change: { account: '6217000000777777' } },
    ]);
    // The message again: the same causes, the same register.
    const [causes, register] = [await causesOf(1), await enrolmentOf(1)];
    town.bureau.engines.send(
      'imports',
      JSON.stringify({
        type: 'street-report.rows-accepted',
        version: 1,
        reportId: report.reportId,
        reportVersion: 1,
      }),
    );
    await town.bureau.deliver();
    expect([await causesOf(1), await enrolmentOf(1)]).toEqual([causes, register]);
  });

  it('of an account or a payee is proposed, as ever, and asks for no review; a cause alone does', async () => {
    const rows = [
      about(3, {
        change: '变更',
        payeeName: '李成员',
        payeeIdNumber: memberId(3, 1),
        account: '6217000000888888',
        cause: '委托代领',
      }),
      about(4, { change: '变更', cause: '收入减少' }),
    ];
    const report = await acceptedReport(town, rows, { period: '2027-04' });
    expect(rowsOf(report)).toEqual([
      { row: 1, outcome: 'changed' },
      { row: 2, outcome: 'changed' },
    ]);
    expect([await causesOf(3), await causesOf(4)]).toEqual([undefined, ['street-report']]);
    const enrolment = await enrolmentOf(3);
    expect(enrolment.payees).toEqual([]);
    expect(await new PayeeChanges(town.bureau.register).ofEnrolment(enrolment)).toMatchObject([
      { change: { kind: 'representative', named: { legalName: '李成员' } } },
    ]);
  });

  it('moves a household to another street, whose report then is the one that counts', async () => {
    await acceptedReport(town, [about(5, { change: '变更', toStreet: STREETS[1] })], { period: '2027-04' });
    expect(await fact(5, 'street')).toBe(STREETS[1]);
    const stop = about(5, { change: '停发', stopMonth: '2027-01' });
    const old = await acceptedReport(town, [stop], { period: '2027-05' });
    expect(rowsOf(old)).toMatchObject([
      { outcome: 'rejected', words: { zh: expect.stringContaining('本街道名册中没有') } },
    ]);
    const now = await acceptedReport(town, [stop], { period: '2027-05', clerks: [cai, dong] });
    expect([rowsOf(now), await fact(5, 'stop')]).toEqual([[{ row: 1, outcome: 'changed' }], '2027-01']);
  });
});

describe('a stop row', () => {
  it('gives the last month due of the household; it names the head', async () => {
    const rows = [
      about(4, { change: '停发', stopMonth: '2026-12', cause: '收入超标' }),
      { name: '李成员', idNumber: memberId(3, 1), change: '停发', stopMonth: '2026-12' },
      about(80, { change: '停发', stopMonth: '2026-12' }),
    ];
    const report = await acceptedReport(town, rows, { period: '2027-06' });
    expect(rowsOf(report)).toMatchObject([
      { row: 1, outcome: 'changed' },
      { row: 2, outcome: 'rejected', words: { zh: expect.stringContaining('不是户主') } },
      { row: 3, outcome: 'rejected', words: { zh: expect.stringContaining('没有此人') } },
    ]);
    expect([await fact(4, 'stop'), await fact(3, 'stop')]).toEqual(['2026-12', undefined]);
  });

  it('that gives no month but a death is of the member who died, stops nobody else, and asks for a review', async () => {
    const died = { name: '李成员', idNumber: memberId(3, 1), change: '停发', diedOn: '2026-11-20' };
    const report = await acceptedReport(town, [died], { period: '2027-07' });
    expect(rowsOf(report)).toEqual([{ row: 1, outcome: 'changed' }]);
    expect((await personOf(memberId(3, 1))).facts.at(-1)).toMatchObject({
      kind: 'death-certified',
      value: '2026-11-20',
    });
    expect(await fact(3, 'stop')).toBeUndefined();
    expect(await causesOf(3)).toEqual(['death-certified']);
  });
});

it('may be a sheet with the headings of the form', async () => {
  const form = '变动类型,姓名,身份证号,申请日期,收款账号,城乡类别,受理日期,核对报告编号,公示起,公示止';
  const row = `新增,赵新户,${headId(95)},2026.11.3,6217000000000095,农村,2026年11月5日,核对95号,2026-11-10,2026-11-16`;
  const sheetOf = Buffer.from(`\ufeff${form}\r\n${row}\r\n`);
  const uploadId = await town.desk.upload(ann, 'street-report', '变动表.csv', sheetOf);
  const body = { programme: 'dibao', period: '2027-08', uploadId };
  const { reportId } = (await town.desk.done('prepareStreetReport', { as: ann, body })).body;
  const { rows } = (await town.desk.done('listStreetReportRows', { as: ann, params: { reportId } })).body;
  expect(rows).toMatchObject([{ change: 'new', residence: 'rural', publicityTo: '2026-11-16' }]);
});

it('dying at any write while rows of households are applied leads to the same register and the same answer', async () => {
  const { bureau } = town;
  await determine(bureau, await enrolmentOf(2), 1, { '2026-12': yuan(1450) });
  await dyingAtEveryWrite(async (survived) => {
    const n = 100 + survived;
    const period = `${2028 + Math.floor(survived / 12)}-${String((survived % 12) + 1).padStart(2, '0')}`;
    const change = about(2, { change: '变更', checkReport: `核对第${survived}次`, cause: '收入变化' });
    const report = await signedReport(town, [newHousehold(n), change], { period });
    const { version, hash } = report.versions.at(-1);
    const params = { reportId: report.reportId };
    await town.desk.done('decideStreetReport', {
      as: preparer,
      params,
      body: { version, hash, returned: [] },
    });
    const died = await diesAfter(bureau.faults, survived, () => bureau.deliver());
    await bureau.failures.again();
    await bureau.deliver();
    const after = (await town.desk.done('getStreetReport', { as: ann, params })).body;
    expect([survived, rowsOf(after)]).toEqual([
      survived,
      [
        { row: 1, outcome: 'created' },
        { row: 2, outcome: 'changed' },
      ],
    ]);
    const asked = (await causesOf(2))?.filter((kind) => kind === 'street-report');
    expect([asked?.length, await fact(2, 'check-report')]).toEqual([survived + 1, `核对第${survived}次`]);
    expect((await enrolmentOf(n)).facts.map(({ kind }) => kind)).toEqual([
      'application',
      'street',
      'acceptance',
      'check-report',
      'publicity',
    ]);
    return died;
  });
}, 60_000);
