// Goal: whatever is repeated, lost, simultaneous or cut short, a report has the same versions and its rows enter the register once.
// Method: the same town as reports.test.ts, with messages thrown away and processes that die at every write.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addMonths } from '../../../domain/calendar.ts';
import { foldReport } from '../../../domain/street/report.ts';
import type { StreetChange } from '../../../domain/street/street-history.ts';
import type { OperationId } from '../../../functions/api/routes.ts';
import { planStreets } from '../../../functions/street/plan-streets.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { CALLERS, type Caller, type Request } from '../api/api-client.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { value } from '../run/office.ts';
import { CLERKS, newRow, openTown, STREETS, type Town } from './town.ts';

/** The one street of this district. */
const OPENED: StreetChange[] = [
  {
    kind: 'opened',
    place: { code: STREETS[0], name: '东街' },
    from: '2020-01-01',
    document: '示政发〔2020〕1号',
    number: 1,
    at: '2026-11-20T00:00:00.000Z',
    by: 'st-1',
  },
];
const { ann, bob } = CLERKS;
const { preparer, reviewer } = CALLERS;
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
const deliver = () => town.bureau.deliver();

async function signedReport(period: string, rows: readonly object[], clerks: Caller[] = [ann, bob]) {
  const [first = ann, second = bob] = clerks;
  const content = rows.length === 0 ? { nil: true } : { rows };
  const report = await done('prepareStreetReport', prepare(first, { period, ...content }));
  return done('signStreetReport', of(report, second, seen(report)));
}

describe('crashes and crowds', () => {
  it('the same request twice is one version; two who prepare at once make two, and one is signed', async () => {
    const one = prepare(ann, { period: '2027-09', rows: [newRow(91)] }, 'same-key');
    const [first, again] = [await done('prepareStreetReport', one), await done('prepareStreetReport', one)];
    expect(again).toEqual(first);
    const both = await Promise.all([
      done('prepareStreetReport', prepare(ann, { period: '2027-09', rows: [newRow(92)] })),
      done('prepareStreetReport', prepare(bob, { period: '2027-09', rows: [newRow(93)] })),
    ]);
    const last = both.find(({ versions }) => versions.length === 3);
    expect(last.versions.map(({ version }: { version: number }) => version)).toEqual([1, 2, 3]);
    const signers =
      last.versions[2].preparedBy === town.staffId(bob) ? [{ ...ann, roles: ['reviewer'] as const }] : [bob];
    const answers = await Promise.all(
      [...signers, ...signers].map((as) => code('signStreetReport', of(last, as, seen(last)))),
    );
    expect(answers.toSorted()).toEqual(['200 ', '409 conflict/report-signed']);
    const decision = { ...seen(last), returned: [] };
    const decisions = await Promise.all(
      [preparer, reviewer].map((as) => code('decideStreetReport', of(last, as, decision))),
    );
    expect(decisions.toSorted()).toEqual(['200 ', '409 conflict/report-decided']);
    await deliver();
  });

  it('accepted rows whose message was lost are found by the sweeper, and nothing is applied twice', async () => {
    const { bureau } = town;
    const report = await signedReport('2027-10', [newRow(95)]);
    await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
    const lost = async () => ({ batchItemFailures: [] });
    await bureau.engines.deliver({ imports: lost });
    await deliver();
    expect(await personOf(95)).toBeUndefined();
    await bureau.sweep();
    await bureau.sweep();
    await deliver();
    expect((await enrolmentsOf(95)).length).toBe(1);
    const [enrolment] = await enrolmentsOf(95);
    await bureau.sweep();
    await bureau.sweep();
    await deliver();
    expect((await enrolmentsOf(95))[0]).toEqual(enrolment);
    expect(await bureau.ports.streetReports.open(bureau.clock.now())).toEqual([]);
  });

  it('a slow writer of the list does not set it back, and a run does not believe a list that is behind', async () => {
    const { streetReports } = town.bureau.ports;
    const signed = await signedReport('2029-01', [newRow(96)]);
    const { reportId } = signed;
    const earlier = foldReport((await streetReports.acts(reportId)).slice(0, -1))!;
    const scope = { jurisdiction: '110199', programme: 'high-age' };
    const submitted = async () =>
      (await streetReports.reportsOf(scope, '2029-01')).map((listed) => listed.submitted);
    await streetReports.list(earlier);
    expect(await submitted()).toEqual([true]);
    // The list as it is when the one who signed died before writing it.
    const listings = await streetReports.reportsOf(scope, '2029-01');
    const behind = {
      load: (id: string) => streetReports.load(id),
      reportsOf: async () => listings.map((listed) => ({ ...listed, submitted: false })),
    };
    const frozen = value(await town.bureau.ports.policies.freeze());
    const planned = await planStreets(
      { streets: { changes: async () => OPENED }, streetReports: behind },
      { ...scope, period: '2029-01', round: 'R' },
      { book: frozen.book, knownOn: town.bureau.clock.today() },
    );
    expect(value(planned).notSubmitted).toEqual([]);
  });

  it('dying at any write while rows are applied leads to the same register and the same answer', async () => {
    const { bureau } = town;
    await dyingAtEveryWrite(async (survived) => {
      const n = 100 + survived;
      const period = addMonths('2028-01', survived);
      const report = await signedReport(period, [newRow(n)]);
      await done('decideStreetReport', of(report, reviewer, { ...seen(report), returned: [] }));
      const died = await diesAfter(bureau.faults, survived, deliver);
      await bureau.failures.again();
      await deliver();
      const after = await done('getStreetReport', of(report, ann));
      expect(after.versions[0].register.rows).toEqual([{ row: 1, outcome: 'created' }]);
      expect((await enrolmentsOf(n)).length).toBe(1);
      return died;
    });
  });
});
