import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import type { ObjectionStep } from '../../../domain/street/publicity-objection.ts';
import { recordObjection } from '../../../functions/street/record-objection.ts';
import { recordPapers } from '../../../functions/street/record-papers.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  approved,
  computed,
  type Office,
  openOffice,
  pack,
  REGULAR,
  SUPPLEMENTARY,
  value,
} from './office.ts';
import { draftsOf, runNow } from './whole-month.ts';

/** Three people: two applied when publicity was asked for already, one before. */
let bureau: Office;
beforeAll(async () => {
  const entryPapers = { since: '2026-10-01', papers: ['publicity'] };
  const office = { zh: '局长', en: 'Director' };
  const approvalChain = [
    { code: 'section', role: 'reviewer', office },
    { code: 'bureau', role: 'approver', office },
    { code: 'director', role: 'approver', office, above: '700.00' },
  ];
  const policy = packWith({ entryPapers, approvalChain, runControls: { splitDays: 30 } });
  bureau = await openOffice({ people: 0, quickReads: true, packs: [pack('110000'), policy] });
  const applied = { applied: '2026-10-08' };
  await bureau.importRows('register-1', [row(1, applied), row(2, applied), row(3)]);
});
afterAll(() => bureau.stop());

async function addressOf(n: number) {
  const person = await bureau.register.personByIdNumber(idNumber(n));
  const [enrolment] = await bureau.register.enrolmentsOfPerson(person?.record.personKey ?? '');
  if (!enrolment) throw new Error('not enrolled');
  return enrolment;
}
const published = async (n: number) =>
  value(
    await recordPapers(
      bureau.ports,
      await addressOf(n),
      { publicity: { from: '2026-11-10', to: '2026-11-16' } },
      { by: 'staff-preparer', source: 'counter' },
    ),
  );
const objected = async (n: number, by: string, step: ObjectionStep) =>
  value(await recordObjection(bureau.ports, await addressOf(n), step, { by, source: 'counter' }));

async function dispatched(run: Run): Promise<Run> {
  value(await bureau.actions.dispatch({ runId: run.runId, by: 'staff-cashier' }));
  await bureau.deliver();
  return runNow(bureau, run);
}
/** Findings and amounts by person. */
async function found(run: Run) {
  const drafts = await draftsOf(bureau, run);
  const of = async (n: number) => {
    const { id } = await addressOf(n);
    const draft = drafts.find(({ enrolment }) => enrolment === id);
    return draft && { fen: draft.fen, findings: draft.findings.map(({ control }) => control) };
  };
  return [await of(1), await of(2), await of(3)];
}

it('an objection after the run was computed keeps the payment out; what was held goes out once its reason is gone', async () => {
  await published(1);
  bureau.clock.moveTo('2026-11-24');
  const review = await computed(bureau, REGULAR);
  expect(await found(review)).toMatchObject([
    { findings: ['card-check-digit'] },
    { findings: ['publicity-open', 'card-check-digit'] },
    { findings: ['card-check-digit'] },
  ]);

  const run = await approved(bureau, review);
  value(await bureau.actions.requestFunding({ runId: run.runId, by: 'staff-cashier' }));
  const funding = { runId: run.runId, voucher: 'V1', date: '2026-11-24', fen: run.totals!.payable.fen };
  value(await bureau.actions.fund({ ...funding, by: 'staff-finance' }));
  await objected(1, 'staff-preparer', { step: 'open', words: '长期不在本地' });
  const stopped = await dispatched(run);
  expect(stopped.state).toBe('review');
  expect([...stopped.holds.values()].map(({ late }) => late?.control)).toEqual(['publicity-open']);
  const sent = await dispatched(await approved(bureau, stopped));
  expect([sent.state, sent.totals?.payable.count]).toEqual(['dispatched', 1]);

  await published(2);
  bureau.clock.moveTo('2026-11-26');
  const nothing = { number: 1, result: 'dismissed', words: '已核查' } as const;
  await objected(1, 'staff-preparer', { step: 'resolve', ...nothing });
  const early = await computed(bureau, SUPPLEMENTARY);
  expect(await found(early)).toMatchObject([
    undefined,
    { fen: 30_000, findings: ['card-check-digit'] },
    undefined,
  ]);

  await objected(1, 'staff-reviewer', { step: 'confirm', ...nothing });
  bureau.clock.moveTo('2026-11-27');
  value(await bureau.actions.recompute({ runId: early.runId, by: 'staff-preparer', reason: '异议已处理' }));
  await bureau.deliver();
  const [first, second] = await found(await runNow(bureau, early));
  expect(first).toEqual(second);
  // 300 yuan of the regular run and 600 of this one: nobody above the bureau's deputy would see either.
  const findings = await bureau.views.runFindings(await runNow(bureau, early));
  expect(findings.map(({ control }) => control)).toEqual(['split-run']);
  expect(await bureau.views.runFindings(sent)).toEqual([]);
}, 60_000);
