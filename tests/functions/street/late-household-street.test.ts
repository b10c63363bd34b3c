// Goal: a month of 低保 as streets report it: the run names who did not submit, and the late street is paid by a run of its own,
// without anybody being lost or paid twice. Method: two streets that stand, over the API and real engines; one reports too late.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { lastMembership } from '../../../domain/household/membership.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { approve, propose } from '../../../functions/determination/proposals.ts';
import { CALLERS } from '../api/api-client.ts';
import { headId } from '../register/household-sheet.ts';
import { MONTH } from '../run/household-office.ts';
import { approved, code, computed, dispatched, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { acceptedReport, CLERKS, newHousehold, openHouseholdTown, STREETS, type Town } from './town.ts';

const { cai, dong } = CLERKS;
const [FIRST, SECOND] = STREETS;
let town: Town;
beforeAll(async () => {
  town = await openHouseholdTown();
  for (const [index, street] of STREETS.entries()) {
    const place = { code: street, name: `${'东西'[index]}街` };
    const wish = { kind: 'opened', place, from: '2020-01-01', document: '示政发〔2020〕1号' } as const;
    value(
      await town.bureau.ports.streets.record('110199', () => ({ ok: true, value: wish }), {
        at: '2026-11-20T00:00:00.000Z',
        by: 'st-1',
        request: `open-${street}`,
      }),
    );
  }
});
afterAll(() => town.bureau.stop());

const supplementary = (round: string, street?: string) => ({ ...MONTH, round, ...(street && { street }) });
/** Two people decide on the n-th household by what is proposed. */
async function decided(n: number): Promise<string> {
  const { register } = town.bureau;
  const person = (await register.personByIdNumber(headId(n)))!.record;
  const [enrolment] = await register.enrolmentsOfPerson(lastMembership(person.facts)!.household);
  const ports = { ...town.bureau.ports, households: householdsOf(register) };
  const today = town.bureau.clock.today();
  const asked = { kind: 'initial', appliedOn: '2026-11-03' } as const;
  const { proposal } = value(await propose(ports, enrolment!, asked, today, { by: 'staff-preparer' }));
  const decision = {
    proposal: proposalId(proposal),
    hash: proposal.hash,
    document: `示民救〔2026〕${n}号`,
    decidedOn: today,
    by: 'staff-approver',
  };
  value(await approve(ports, enrolment!, decision));
  return enrolment!.id;
}
const paid = async (run: Parameters<typeof draftsOf>[1]) =>
  (await draftsOf(town.bureau, run))
    .filter(({ fen }) => fen > 0)
    .map(({ street, enrolment }) => [street, enrolment]);

describe('a month of 低保 with a late street', () => {
  let first = '';
  let second = '';

  it('pays who was reported in time and decided on, and names the street that did not submit', async () => {
    const report = await acceptedReport(town, [newHousehold(1)]);
    expect(report).toMatchObject({ state: 'accepted', submitted: true });
    first = await decided(1);
    town.bureau.clock.moveTo('2026-11-23');
    const run = await computed(town.bureau, MONTH);
    expect(run.manifest.notSubmitted).toEqual([SECOND]);
    const params = { runId: run.runId };
    const review = await town.desk.done('getReview', { as: CALLERS.reviewer, params });
    expect(review.body.notSubmitted).toEqual([{ street: SECOND, name: '西街' }]);
    expect(await paid(run)).toEqual([[FIRST, first]]);
    await dispatched(town.bureau, await approved(town.bureau, run));
  }, 20_000);

  it('locks the report after its day; the late street reports in a round of its own', async () => {
    const { desk, bureau } = town;
    bureau.clock.moveTo('2026-11-26');
    const body = { programme: 'dibao', period: '2026-12', rows: [newHousehold(2)] };
    expect(await desk.code('prepareStreetReport', { as: cai, body })).toBe('409 conflict/report-locked');
    const late = await acceptedReport(town, [newHousehold(2)], { round: 'S1', clerks: [cai, dong] });
    expect(late).toMatchObject({ reportId: `${SECOND}.dibao.2026-12.S1`, state: 'accepted' });
    const query = { programme: 'dibao', period: '2026-12' };
    const listed = (await desk.done('listStreetReports', { as: CALLERS.preparer, query })).body;
    expect(listed.cutOff).toBe('2026-11-25');
    const nil = await acceptedReport(town, [], { period: '2027-01' });
    expect(nil).toMatchObject({ state: 'accepted', submitted: true, versions: [{ nil: true, rows: 0 }] });
    expect(listed.reports.map((one: { street: string; round: string }) => [one.street, one.round])).toEqual([
      [FIRST, 'R'],
      [SECOND, 'S1'],
    ]);
  });

  it('pays the late street alone, and afterwards nobody is left', async () => {
    const { bureau } = town;
    second = await decided(2);
    bureau.clock.moveTo('2026-11-27');
    expect(code(await bureau.actions.startRun({ ...supplementary('S1', SECOND), round: 'R' }, 'x'))).toBe(
      'conflict/run-exists',
    );
    const mine = await computed(bureau, supplementary('S1', SECOND));
    expect(mine.manifest).toMatchObject({ street: SECOND });
    expect(await paid(mine)).toEqual([[SECOND, second]]);
    await dispatched(bureau, await approved(bureau, mine));
    bureau.clock.moveTo('2026-11-28');
    expect(await paid(await computed(bureau, supplementary('S2')))).toEqual([]);
  }, 30_000);
});
