// Goal: nothing that a street reports changes the register before the district accepted it, and every accepted row does, once.
// Method: two streets and a district over the API on real engines; lost messages, repeated and simultaneous requests.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OperationId } from '../../../functions/api/routes.ts';
import { CALLERS, type Caller, type Request } from '../api/api-client.ts';
import { HEADINGS, idNumber } from '../register/sheet-fixture.ts';
import { CLERKS, newRow, openTown, STREETS, type Town } from './town.ts';

const { ann, bob, cai, dong } = CLERKS;
const { preparer, reviewer, auditor, admin } = CALLERS;
let town: Town;
beforeAll(async () => {
  town = await openTown();
});
afterAll(() => town.bureau.stop());
beforeEach(() => town.bureau.clock.moveTo('2026-11-22'));

const done = async (operation: OperationId, request: Request) =>
  (await town.desk.done(operation, request)).body;
const code = (operation: OperationId, request: Request) => town.desk.code(operation, request);
const prepare = (as: Caller, body: object, key?: string): Request => ({
  as,
  body: { programme: 'high-age', period: '2026-12', ...body },
  ...(key !== undefined && { key }),
});
const seen = (report: { versions: { version: number; hash: string }[] }) => {
  const { version, hash } = report.versions.at(-1)!;
  return { version, hash };
};
const of = (report: { reportId: string }, as: Caller, body?: object): Request => ({
  as,
  params: { reportId: report.reportId },
  ...(body && { body }),
});
const personOf = (n: number) => town.bureau.register.personByIdNumber(idNumber(n));
const enrolmentsOf = async (n: number) => {
  const person = await personOf(n);
  return person ? town.bureau.register.enrolmentsOfPerson(person.record.personKey) : [];
};
const factsOf = async (n: number, kind: string) =>
  (await enrolmentsOf(n))[0]?.facts.filter((fact) => fact.kind === kind) ?? [];
const deliver = () => town.bureau.deliver();

async function signedReport(period: string, rows: readonly object[], clerks: Caller[] = [ann, bob]) {
  const [first = ann, second = bob] = clerks;
  const content = rows.length === 0 ? { nil: true } : { rows };
  const report = await done('prepareStreetReport', prepare(first, { period, ...content }));
  return done('signStreetReport', of(report, second, seen(report)));
}

describe('who may do what', () => {
  it('streets prepare and sign their own and see nothing else; the district decides', async () => {
    const report = await done('prepareStreetReport', prepare(ann, { period: '2027-01', rows: [newRow(50)] }));
    expect(report).toMatchObject({ street: STREETS[0], state: 'prepared', submitted: false });
    expect(await code('getStreetReport', of(report, cai))).toBe('404 missing/street-report');
    expect(await code('listStreetReportRows', of(report, cai))).toBe('404 missing/street-report');
    expect(await code('signStreetReport', of(report, dong, seen(report)))).toBe('404 missing/street-report');
    const period = { programme: 'high-age', period: '2027-01' };
    expect((await done('listStreetReports', { as: cai, query: period })).reports).toEqual([]);
    expect((await done('listStreetReports', { as: auditor, query: period })).reports).toMatchObject([
      { reportId: report.reportId, state: 'prepared', submitted: false },
    ]);
    expect(await code('prepareStreetReport', prepare(preparer, { nil: true }))).toBe(
      '403 forbidden/street-staff-only',
    );
    expect(await code('signStreetReport', of(report, reviewer, seen(report)))).toBe(
      '403 forbidden/street-staff-only',
    );
    const decision = { ...seen(report), returned: [] };
    expect(await code('decideStreetReport', of(report, bob, decision))).toBe('403 forbidden/street-scope');
    const run = { programme: 'high-age', period: '2026-12', round: 'R' };
    expect(await code('startRun', { as: ann, body: run })).toBe('403 forbidden/street-scope');
    expect(await code('listRuns', { as: ann })).toBe('403 forbidden/street-scope');
    expect(await code('searchPersons', { as: ann, body: { idNumber: idNumber(1) } })).toBe(
      '403 forbidden/street-scope',
    );
  });

  it('an administrator registers staff of a street of the district, and of no other', async () => {
    const body = { subject: 'street-9', jurisdiction: '110199', street: '110199009', name: '街道' };
    expect(await done('createStaffMember', { as: admin, body })).toMatchObject({ street: '110199009' });
    const foreign = { ...body, subject: 'street-10', street: '110105009' };
    expect(await code('createStaffMember', { as: admin, body: foreign })).toBe('422 invalid/street');
    const moved = { ...body, street: '110199008' };
    expect(await code('createStaffMember', { as: admin, body: moved })).toBe('409 conflict/staff-registered');
  });
});

describe('from the street to the register', () => {
  it('row by row: accepted rows enter once, the one sent back comes in a new version', async () => {
    const rows = [
      newRow(11),
      newRow(12, { account: '6217000000000999' }),
      { change: '停发', name: '钱老丁', idNumber: idNumber(1), stopMonth: '2026-11', cause: '迁出' },
    ];
    const report = await done('prepareStreetReport', prepare(ann, { rows }));
    expect(report.versions).toMatchObject([
      { version: 1, rows: 3, nil: false, preparedBy: town.staffId(ann) },
    ]);
    expect(await code('signStreetReport', of(report, { ...ann, roles: ['reviewer'] }, seen(report)))).toBe(
      '403 forbidden/own-report',
    );
    const decision = { ...seen(report), returned: [{ row: 2, reason: '账号与存折不符' }] };
    expect(await code('decideStreetReport', of(report, reviewer, decision))).toBe(
      '409 conflict/report-unsigned',
    );
    await done('signStreetReport', of(report, bob, seen(report)));
    await deliver();
    expect([await personOf(11), await factsOf(1, 'stop')]).toEqual([undefined, []]);

    const decided = await done('decideStreetReport', of(report, reviewer, decision));
    expect(decided).toMatchObject({ state: 'returned', versions: [{ decision: { accepted: 2 } }] });
    await deliver();
    expect(await personOf(12)).toBeUndefined();
    const stop = await factsOf(1, 'stop');
    expect(stop).toMatchObject([{ value: '2026-11', source: `street-report:${report.reportId}` }]);
    const [enrolment] = await enrolmentsOf(11);
    expect(enrolment?.facts).toMatchObject([
      { kind: 'application', value: '2026-11-03', source: `street-report:${report.reportId}` },
      { kind: 'street', value: STREETS[0] },
    ]);

    const corrected = await signedReport('2026-12', [newRow(12)]);
    expect(corrected.versions.map(({ version }: { version: number }) => version)).toEqual([1, 2]);
    await done('decideStreetReport', of(corrected, preparer, { ...seen(corrected), returned: [] }));
    await deliver();
    expect((await personOf(12))?.record.accounts.at(-1)?.account).toBe('6217000000000012');
    const after = await done('getStreetReport', of(report, ann));
    expect(after).toMatchObject({ state: 'accepted', submitted: true });
    expect(after.versions[1].register.rows).toEqual([{ row: 1, outcome: 'created' }]);
    expect(after.versions[0].register.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
      'created',
      'changed',
    ]);
    // Delivered again, in any number, it changes nothing.
    town.bureau.engines.send(
      'imports',
      JSON.stringify({
        type: 'street-report.rows-accepted',
        version: 1,
        reportId: report.reportId,
        reportVersion: 2,
      }),
    );
    await deliver();
    expect(await done('getStreetReport', of(report, ann))).toEqual(after);
  });

  it('a change keeps what it does not say; an account is proposed and confirmed as ever', async () => {
    const [before] = await enrolmentsOf(2);
    const about = { change: '变更', name: '孙老丂', idNumber: idNumber(2) };
    const { record } = (await personOf(2))!;
    const report = await signedReport('2027-02', [
      { ...about, name: record.legalName, account: '6217000000777777', identityClass: '低保' },
    ]);
    await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    await deliver();
    const [after] = await enrolmentsOf(2);
    expect(after?.facts).toEqual(before?.facts);
    expect(after?.payees).toEqual(before?.payees);
    const person = (await personOf(2))!.record;
    expect(person.accounts).toEqual(record.accounts);
    expect(person.facts.at(-1)).toMatchObject({ kind: 'identity-class', value: 'dibao' });
    const changes = await town.bureau.accountChanges.list(person.personKey);
    expect(changes).toMatchObject([
      { change: { account: '6217000000777777', evidence: 'sr-110199001.high-age.2027-02.R.1' } },
    ]);
  });

  it('a row that the register cannot take comes back with its reason; a street keeps its own people only', async () => {
    const { record } = (await personOf(2))!;
    const mine = { name: record.legalName, idNumber: record.idNumber };
    const report = await signedReport(
      '2027-02',
      [
        { change: '停发', ...mine, stopMonth: '2027-01' },
        newRow(60),
        newRow(61, { name: '周错名', idNumber: idNumber(1) }),
      ],
      [cai, dong],
    );
    await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    await deliver();
    const after = await done('getStreetReport', of(report, cai));
    expect(after.state).toBe('returned');
    expect(after.versions[0].register.rows).toMatchObject([
      { row: 1, outcome: 'rejected', words: { zh: expect.stringContaining('本街道名册中没有此人') } },
      { row: 2, outcome: 'created' },
      { row: 3, outcome: 'rejected', words: { zh: expect.stringContaining('已在名册中') } },
    ]);
    expect(await factsOf(2, 'stop')).toEqual([]);
    expect(JSON.stringify(after)).not.toContain(record.idNumber);
  });

  it('moves somebody to another street, whose report then is the one that counts', async () => {
    const { record } = (await personOf(2))!;
    const mine = { name: record.legalName, idNumber: record.idNumber };
    const report = await signedReport('2027-03', [{ change: '变更', ...mine, toStreet: STREETS[1] }]);
    await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    await deliver();
    expect((await factsOf(2, 'street')).map(({ value }) => value)).toEqual([STREETS[0], STREETS[1]]);
    const next = await signedReport(
      '2027-03',
      [{ change: '停发', ...mine, stopMonth: '2027-02' }],
      [cai, dong],
    );
    await done('decideStreetReport', of(next, reviewer, { ...seen(next), returned: [] }));
    await deliver();
    expect((await factsOf(2, 'stop')).map(({ value }) => value)).toEqual(['2027-02']);
  });

  it('a death stops nobody by guess: it is certified by the street', async () => {
    const report = await signedReport('2027-04', [
      { change: '停发', name: newRow(11).name, idNumber: idNumber(11), diedOn: '2026-11-20' },
    ]);
    await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    await deliver();
    expect((await personOf(11))?.record.facts.at(-1)).toMatchObject({
      kind: 'death-certified',
      value: '2026-11-20',
    });
    expect(await factsOf(11, 'stop')).toEqual([]);
  });
});

describe('what a street sends', () => {
  it('is taken whole or not at all, and every cell at fault is named', async () => {
    const rows = [
      newRow(70, { account: '12' }),
      { change: '停发', name: '张三', idNumber: idNumber(71) },
      newRow(72),
      newRow(72),
      { change: '变更', name: '李四', idNumber: idNumber(73) },
    ];
    const refused = await town.desk.api('prepareStreetReport', prepare(ann, { period: '2027-05', rows }));
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid/report-rows']);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/rows/0',
      '/rows/1',
      '/rows/3',
      '/rows/4',
    ]);
    expect(JSON.stringify(refused.body)).not.toContain(idNumber(72));
    expect(await code('prepareStreetReport', prepare(ann, { period: '2027-05', rows, nil: true }))).toBe(
      '422 invalid/report-content',
    );
  });

  it('may be a sheet with the headings of the form', async () => {
    const sheet = (text: string) => Buffer.from(`\ufeff${text}\r\n`);
    const form = '变动类型,姓名,身份证号,申请日期,收款账号,变动原因';
    const good = sheet(`${form}\r\n新增,赵新丙,${idNumber(80)},2026-11-03,6217000000000080,年满八十`);
    const uploadId = await town.desk.upload(ann, 'street-report', 'changes.csv', good);
    const report = await done('prepareStreetReport', prepare(ann, { period: '2027-06', uploadId }));
    expect(report.versions[0].rows).toBe(1);
    const { rows } = await done('listStreetReportRows', of(report, bob));
    expect(rows).toEqual([
      {
        row: 1,
        change: 'new',
        name: '赵**',
        idNumber: expect.stringMatching(/^110199\*{8}\d{3}[\dX]$/),
        appliedOn: '2026-11-03',
        account: '****0080',
        cause: '年满八十',
      },
    ]);
    const wrong = await town.desk.upload(ann, 'street-report', 'register.csv', sheet(`${HEADINGS}\r\n,,,`));
    expect(await code('prepareStreetReport', prepare(ann, { period: '2027-07', uploadId: wrong }))).toBe(
      '422 invalid/headings',
    );
  });

  it('nil is a report too', async () => {
    const report = await signedReport('2027-08', []);
    expect(report).toMatchObject({ submitted: true, versions: [{ nil: true, rows: 0 }] });
    const decided = await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    expect(decided.state).toBe('accepted');
  });
});

describe('the cut-off day, in China', () => {
  it('is the last day to prepare and sign; later rows wait, or come in a supplementary round', async () => {
    const body = { period: '2026-12', round: 'S1', rows: [newRow(90)] };
    const { clock } = town.bureau;
    clock.moveTo('2026-11-25');
    expect(await code('prepareStreetReport', prepare(cai, body))).toBe('409 conflict/report-not-locked');
    const report = await done('prepareStreetReport', prepare(cai, { nil: true }));
    clock.moveTo('2026-11-26');
    expect(await code('signStreetReport', of(report, dong, seen(report)))).toBe('409 conflict/report-locked');
    expect(await code('prepareStreetReport', prepare(cai, { nil: true }))).toBe('409 conflict/report-locked');
    const late = await done('prepareStreetReport', prepare(cai, body));
    expect(late.reportId).toBe('110199002.high-age.2026-12.S1');
    // What was signed in time may still be decided on.
    const query = { programme: 'high-age', period: '2026-12' };
    const listed = await done('listStreetReports', { as: preparer, query });
    expect(listed.cutOff).toBe('2026-11-25');
    expect(
      listed.reports.map((one: { round: string; state: string }) => `${one.round} ${one.state}`),
    ).toEqual(['R accepted', 'R prepared', 'S1 prepared']);
  });
});
