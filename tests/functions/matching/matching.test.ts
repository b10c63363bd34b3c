// Goal: a list that somebody else made, however ugly, finds who is in the register and keeps nothing of anybody else; a match holds what
// policy holds, once, through every redelivery; its decision pays on or stops. Method: small bureaus on real engines.
import { afterEach, beforeEach, expect, it } from 'vitest';

import { actOnCase, type CaseCommand, caseScope, readCase } from '../../../functions/matching/cases.ts';
import { deathReport, totalsOf } from '../../../functions/matching/death-report.ts';
import { declareRelative, whyAside } from '../../../functions/matching/relatives.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  approved,
  code,
  computed,
  DISTRICT,
  dispatched,
  type Office,
  REVIEWER,
  SCOPE,
  SUPPLEMENTARY,
  seen,
  value,
} from '../run/office.ts';
import { answeredMonth, died, draftsOf } from '../run/whole-month.ts';
import { casePorts, enrolmentOf, importList, listOf, watchfulOffice } from './lists.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await watchfulOffice();
});
afterEach(() => bureau.stop());

const casesNow = async () => {
  const found = [];
  for await (const one of bureau.ports.cases.listings(SCOPE)) found.push(one);
  return found;
};
const act = (caseId: string, command: CaseCommand, by: string) =>
  actOnCase(casePorts(bureau), value(caseScope(DISTRICT, caseId)), caseId, command, { by });
const VERIFY: CaseCommand = { kind: 'verify', finding: 'confirmed', evidence: '核查1号', note: '属实' };
const NOTICE: CaseCommand = {
  kind: 'notice',
  document: '告1号',
  deliveredOn: '2026-11-22',
  way: 'in-person',
};
const decide = (outcome: 'continue' | 'stop' | 'dismiss', from?: string): CaseCommand => ({
  kind: 'decide',
  outcome,
  document: '决1号',
  reason: '核查后决定',
  ...(from !== undefined && { from }),
});
const heldBy = async (run: Awaited<ReturnType<typeof computed>>) =>
  (await draftsOf(bureau, run)).flatMap(({ enrolment, findings }) =>
    findings.some(({ control }) => control === 'open-case') ? [enrolment] : [],
  );

it('an ugly list: titles, columns of its own, any date; strangers are counted and kept nowhere', async () => {
  const stranger = idNumber(700);
  const ugly = [
    '某监狱在押人员名册,,,,,',
    '序号,监区,人员姓名,公民身份号码,收监日期,刑期（年）,类别',
    `1,三监区,${row(1).split(',')[0]},${idNumber(1).toLowerCase()},2026年10月5日,3,服刑`,
    `2,一监区,过路人,${stranger},2026.1.2,2,服刑`,
    `3,一监区,张冠李戴,${idNumber(2)},2026-10-05,2,服刑`,
    `4,一监区,某某,11010519491231002,2026-10-05,2,服刑`,
    '合计,,,4,,,',
  ].join('\r\n');
  const status = await importList(bureau, 'list-1', ugly);
  expect(status.counts).toMatchObject({ changed: 1, unmatched: 1, rejected: 2 });
  const { id } = await enrolmentOf(bureau, 1);
  expect(await casesNow()).toMatchObject([
    { caseId: `${id}.prison.1`, street: '110199001', hold: true, state: 'assigned', sources: 1 },
  ]);
  const everything = JSON.stringify([
    ...(await bureau.engines.scan('operations')),
    ...(await bureau.engines.scan('register')),
  ]);
  const lookup = await bureau.register.personalData.lookupHash('id', stranger);
  const key = await bureau.register.personalData.personKeyFor(stranger);
  for (const secret of [stranger, lookup, key, idNumber(1), '2026-10-05', '三监区'])
    expect(everything.includes(secret), secret).toBe(false);
  const matches = [];
  for await (const match of bureau.ports.matches.matches('list-1')) matches.push(match);
  expect(matches).toMatchObject([
    {
      row: 3,
      since: '2026-10-05',
      detail: 'custody',
      enrolments: [{ enrolment: id }],
    },
  ]);
});

it('held once however often it comes; a later list joins the case; continued, the next run pays with the cause', async () => {
  const { id } = await enrolmentOf(bureau, 1);
  await importList(bureau, 'list-1', listOf([1]));
  // The same file once more under its own id, and as another upload; a list of a later day; a kind that only informs.
  bureau.engines.send(
    'imports',
    JSON.stringify({ type: 'import.chunk', version: 1, importId: 'list-1', chunk: 0 }),
  );
  await bureau.deliver();
  await importList(bureau, 'list-2', listOf([1]));
  expect(await casesNow()).toMatchObject([{ sources: 1 }]);
  await importList(bureau, 'list-3', listOf([1]), { listDate: '2026-11-15' });
  await importList(bureau, 'list-4', listOf([1, 2]), { kind: 'moved-away', source: 'police' });
  await importList(bureau, 'list-5', listOf([1]), { kind: 'vehicle', source: 'vehicle-office' });
  const caseId = `${id}.prison.1`;
  expect(await casesNow()).toMatchObject([{ caseId, sources: 2 }]);
  bureau.clock.moveTo('2026-11-23');
  const run = await computed(bureau);
  expect(await heldBy(run)).toEqual([id]);
  expect(run.totals).toMatchObject({ held: { count: 1 }, payable: { count: 2 } });
  await dispatched(bureau, await approved(bureau, run));
  value(await act(caseId, VERIFY, 'staff-street'));
  value(await act(caseId, decide('continue'), 'staff-9'));
  bureau.clock.moveTo('2026-11-24');
  const next = await computed(bureau, SUPPLEMENTARY);
  expect(await heldBy(next)).toEqual([]);
  const [draft] = await draftsOf(bureau, next);
  expect(draft).toMatchObject({ enrolment: id, fen: 30_000 });
  expect(draft!.lines.map(({ cause }) => cause)).toEqual(['hold-lifted', 'hold-lifted', 'hold-lifted']);
  // Heard again after the decision, the same finding is known.
  await importList(bureau, 'list-6', listOf([1]), { listDate: '2026-11-20' });
  expect(await casesNow()).toMatchObject([{ caseId, state: 'closed', outcome: 'continue' }]);
});

it('two decide at once: one decision stands; a stop from a month is in the register and nothing is due from it', async () => {
  await importList(bureau, 'list-1', listOf([1]));
  const { id } = await enrolmentOf(bureau, 1);
  const caseId = `${id}.prison.1`;
  value(await act(caseId, VERIFY, 'staff-street'));
  value(await act(caseId, NOTICE, 'staff-street'));
  const both = await Promise.all([
    act(caseId, decide('stop', '2026-11'), 'staff-8'),
    act(caseId, decide('continue'), 'staff-9'),
  ]);
  expect(both.map(code).sort()).toEqual(['accepted', 'conflict/case-state']);
  const { found, acts } = value(await readCase(casePorts(bureau), SCOPE, caseId));
  expect(acts.map(({ kind }) => kind)).toEqual(['opened', 'verified', 'noticed', 'decided', 'applied']);
  const stops = (await enrolmentOf(bureau, 1)).facts.filter(({ kind }) => kind === 'stop');
  const stopped = found.decided?.outcome === 'stop';
  expect(stops).toMatchObject(stopped ? [{ value: '2026-10', source: `case:${caseId}` }] : []);
  // One person's sheet does not take back what was decided.
  await bureau.importRows('register-2', [row(1, { stop: '恢复' })]);
  expect((await bureau.imports.get('register-2'))?.counts.rejected).toBe(stopped ? 1 : 0);
  bureau.clock.moveTo('2026-11-23');
  const drafts = await draftsOf(bureau, await computed(bureau));
  const months = drafts.find(({ enrolment }) => enrolment === id)?.lines.map(({ month }) => month);
  expect(months).toEqual(stopped ? ['2026-10'] : ['2026-10', '2026-11', '2026-12']);
});

it('a case opened between computing and dispatch keeps the payment out of the bank file', async () => {
  const { id } = await enrolmentOf(bureau, 1);
  bureau.clock.moveTo('2026-11-23');
  const run = await approved(bureau, await computed(bureau));
  bureau.clock.moveTo('2026-11-24');
  await importList(bureau, 'list-1', listOf([1]));
  const after = await dispatched(bureau, run);
  expect(after.state).toBe('review');
  expect([...after.holds.values()]).toMatchObject([{ late: { control: 'open-case' } }]);
  const { runId } = await approved(bureau, after);
  value(await bureau.actions.dispatch({ runId, by: 'staff-cashier' }));
  await bureau.deliver();
  expect(value(await bureau.views.getRun(runId))).toMatchObject({
    state: 'dispatched',
    files: [{ count: 2 }],
  });
  expect(code(await act(`${id}.prison.1`, decide('dismiss'), 'staff-9'))).toBe('conflict/case-state');
  value(await act(`${id}.prison.1`, VERIFY, 'staff-street'));
  value(await act(`${id}.prison.1`, decide('dismiss'), 'staff-9'));
  bureau.clock.moveTo('2026-11-25');
  expect((await computed(bureau, SUPPLEMENTARY)).totals?.payable).toMatchObject({ count: 1, fen: 30_000 });
});

it('set aside by two people it goes out though the case is open, and the file is not stopped for it', async () => {
  const { id } = await enrolmentOf(bureau, 1);
  await importList(bureau, 'list-1', listOf([1]));
  bureau.clock.moveTo('2026-11-23');
  const run = await computed(bureau);
  const { payment } = (await draftsOf(bureau, run)).find(({ enrolment }) => enrolment === id)!;
  const aside = { runId: run.runId, payment, control: 'open-case', reason: '家属急需，先行发放' };
  value(await bureau.actions.proposeOverride({ ...aside, by: 'staff-preparer' }));
  const now = value(await bureau.actions.confirmOverride({ ...aside, by: 'staff-confirmer' }));
  const sent = await dispatched(bureau, await approved(bureau, now));
  expect(sent).toMatchObject({ state: 'dispatched', files: [{ count: 3 }] });
});

it('deaths from several lists: the earliest holds, the certified one sets what the next run would recover', async () => {
  const ports = { ...bureau.ports, clock: bureau.clock };
  await answeredMonth(bureau);
  const deaths = { kind: 'deaths', listDate: '2026-11-20' } as const;
  await importList(bureau, 'dead-1', listOf([1, 2], '2026-11-09'), {
    ...deaths,
    source: 'social-insurance',
  });
  await importList(bureau, 'dead-2', listOf([1], '2026-10-20'), { ...deaths, source: 'health' });
  const [first] = await deathReport(ports, SCOPE);
  expect((await deathReport(ports, SCOPE)).map(({ basis }) => basis)).toEqual(['reported', 'reported']);
  expect(first).toBeDefined();
  const one = (await deathReport(ports, SCOPE)).find(({ deathMonth }) => deathMonth === '2026-10')!;
  expect(one).toMatchObject({
    months: ['2026-11', '2026-12'],
    source: 'health',
    paidFen: 20_000,
    recoveredFen: 0,
  });
  await died(bureau, 1, '2026-10-20', '认证');
  const rows = await deathReport(ports, SCOPE);
  const certified = totalsOf(rows.filter(({ basis }) => basis === 'certified'));
  expect(certified).toEqual({ people: 1, months: 2, paidFen: 20_000, recoveredFen: 0 });
  bureau.clock.moveTo('2026-11-25');
  await computed(bureau, SUPPLEMENTARY);
  const proposed = (await bureau.lists.proposals()).reduce((sum, { fen }) => sum + fen, 0);
  expect(proposed).toBe(certified.paidFen);

  // Audits look back 24 months: what lies before is in the ledger, and in no report.
  const looked = async (today: string) => {
    bureau.clock.moveTo(today);
    const mine = (await deathReport(ports, SCOPE)).filter(({ basis }) => basis === 'certified');
    return mine.map(({ months, paidFen }) => [months.join(), paidFen]);
  };
  expect(await looked('2028-11-30')).toEqual([['2026-11,2026-12', 20_000]]);
  expect(await looked('2028-12-01')).toEqual([['2026-12', 10_000]]);
  expect(await looked('2029-01-01')).toEqual([]);
});

it('a list of deaths names somebody who receives for another: nothing goes to the dead payee', async () => {
  const payee = { payee: '受托人', payeeId: idNumber(900) };
  await bureau.importRows('register-2', [row(40, payee)]);
  const { id } = await enrolmentOf(bureau, 40);
  const deaths = { kind: 'deaths', source: 'police' } as const;
  const list = (name: string) => `身份证号,姓名,发生日期\r\n${idNumber(900)},${name},2026-10-05\r\n`;
  expect((await importList(bureau, 'dead-1', list('别名'), deaths)).counts).toMatchObject({ rejected: 1 });
  const status = await importList(bureau, 'dead-2', list('受托人'), deaths);
  expect(status.counts).toMatchObject({ changed: 1, unmatched: 0 });
  // Of any other list they are a stranger: nothing is paid because of them.
  expect((await importList(bureau, 'list-1', list('受托人'))).counts).toMatchObject({ unmatched: 1 });
  bureau.clock.moveTo('2026-11-23');
  const held = (await draftsOf(bureau, await computed(bureau))).filter(({ findings }) =>
    findings.some(({ control }) => control === 'deceased'),
  );
  expect(held.map(({ enrolment }) => enrolment)).toEqual([id]);
});

it('staff declare a relative: flagged in the draft, who declared signs nothing and decides nothing about them', async () => {
  const staff = 'staff-reviewer';
  const { jurisdiction, programme, id } = await enrolmentOf(bureau, 1);
  const relative = { idNumber: idNumber(1), relation: 'parent', declaredOn: '2026-11-20' } as const;
  const ports = casePorts(bureau);
  expect(code(await declareRelative(ports, DISTRICT, staff, { ...relative, declaredOn: '2026-12-01' }))).toBe(
    'invalid/date-future',
  );
  value(await declareRelative(ports, DISTRICT, staff, relative));
  bureau.clock.moveTo('2026-11-23');
  const run = await computed(bureau);
  const drafts = await draftsOf(bureau, run);
  expect(drafts.filter(({ staffRelatives }) => staffRelatives)).toMatchObject([
    {
      enrolment: id,
      staffRelatives: [staff],
      findings: expect.arrayContaining([
        expect.objectContaining({ control: 'staff-relative', severity: 'warn' }),
      ]),
    },
  ]);
  expect(run.totals).toMatchObject({ payable: { count: 3 }, relativesOf: [staff] });
  const { payment } = drafts.find(({ enrolment }) => enrolment === id)!;
  const hold = { runId: run.runId, payment, reason: '暂缓核实', by: staff };
  expect(code(await bureau.actions.holdPayment(hold))).toBe('forbidden/relative');
  expect(code(await bureau.actions.submit({ ...seen(bureau, run), by: staff }))).toBe('forbidden/relative');
  const submitted = value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-preparer' }));
  const sign = { ...seen(bureau, submitted) };
  expect(code(await bureau.actions.sign({ ...sign, signer: REVIEWER }))).toBe('forbidden/relative');
  // Another signs; who declares a relative since the run was computed signs neither.
  value(await declareRelative(ports, DISTRICT, 'staff-late', { ...relative, idNumber: idNumber(800) }));
  expect(code(await bureau.actions.sign({ ...sign, signer: { ...REVIEWER, id: 'staff-late' } }))).toBe(
    'forbidden/relative-declared',
  );
  value(await bureau.actions.sign({ ...sign, signer: { ...REVIEWER, id: 'staff-other' } }));
  await importList(bureau, 'list-1', listOf([1]));
  expect(code(await act(`${id}.prison.1`, VERIFY, staff))).toBe('forbidden/relative');
  expect(await whyAside(ports, { jurisdiction, programme, id }, 'staff-other')).toBeUndefined();
});
