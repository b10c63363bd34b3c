// Goal: what the bank has not said the last word about is asked about, and nothing makes a second payment of it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import type { Run } from '../../../domain/run/run.ts';
import { type BankDesk, bankDesk } from '../../../functions/bank/bank-desk.ts';
import { bankAnswer, code, computed, type Office, reconciled, SUPPLEMENTARY, value } from '../run/office.ts';
import { draftsOf, sentMonth, smallOffice } from '../run/whole-month.ts';
import { sentPayments, stated, statementText } from './bank-account.ts';

let bureau: Office;
let desk: BankDesk;
let run: Run;
beforeAll(async () => {
  bureau = await smallOffice();
  desk = bankDesk(bureau.ports);
  run = await sentMonth(bureau);
  const [answer] = await bankAnswer(bureau, run, (line): ResultLine | ResultLine[] => {
    const { bookedOn: _none, ...rest } = line;
    if (line.sequence === 1)
      return { ...rest, status: 'failed', reason: '交易状态未明，请查询', bankSerial: '' };
    return line.sequence === 2 ? { ...rest, status: 'pending', bankSerial: '' } : [];
  });
  await reconciled(bureau, run, answer!);
});
afterAll(() => bureau.stop());

const queries = async () => [...value(await desk.listBankQueries(run.runId, { limit: 50 })).items];

it('lists what is unclear, pending or unanswered, with the furthest that the bank has said whatever came last', async () => {
  const found = (await queries()).toSorted((one, other) => one.line - other.line);
  expect(found.map(({ kind, line, reason }) => [kind, line, reason])).toEqual([
    ['unclear', 1, 'OTHER'],
    ['pending', 2, undefined],
    ['unanswered', 3, undefined],
  ]);
  const { payment, attempt } = found[1]!;
  const at = bureau.clock.now();
  for (const progress of ['ACTC', 'ACSP', 'RCVD', 'ACFC'] as const)
    await bureau.ports.progress.note(run.runId, { payment, attempt, progress, at });
  await bureau.ports.progress.note(run.runId, { payment, attempt, at });
  expect((await queries()).find((one) => one.payment === payment)).toMatchObject({
    kind: 'pending',
    progress: 'ACSP',
  });
  const listed = await bureau.lists.unsettled(run.runId);
  expect(listed.find((one) => one.payment === payment)).toMatchObject({
    state: 'in-transit',
    progress: 'ACSP',
  });
});

it('none of them gets a next attempt: not by a supplementary run, not by hand, while nobody has the bank’s word', async () => {
  const open = await queries();
  expect(await draftsOf(bureau, await computed(bureau, SUPPLEMENTARY))).toEqual([]);
  for (const { kind, payment } of open) {
    const byHand = await bureau.outside.proposeOutsidePayment({
      runId: run.runId,
      payment,
      means: 'manual-transfer',
      voucher: `T-${payment.slice(-6)}`,
      paidOn: '2026-11-30',
      evidence: '回单',
      reason: '银行未答复',
      by: 'staff-preparer',
    });
    expect(code(byHand)).toBe(kind === 'unclear' ? 'conflict/outcome-unknown' : 'conflict/in-transit');
  }
});

it('says what was reported and decided, and empties as the bank answers: by a statement, or by a person’s decision', async () => {
  const open = (await queries()).toSorted((one, other) => one.line - other.line);
  const [, pending, unanswered] = open;
  const report = {
    runId: run.runId,
    payment: unanswered!.payment,
    reason: '银行电话：查无此笔',
    by: 'staff-cashier',
  };
  const { exceptionId } = value(await bureau.follow.reportUnanswered(report));
  expect((await queries()).find(({ line }) => line === 3)).toMatchObject({
    reported: { by: 'staff-cashier', note: '银行电话：查无此笔' },
  });
  const decision = { decision: 'failed', reason: '银行书面确认', by: 'staff-approver' } as const;
  value(await bureau.follow.decideException({ runId: run.runId, exceptionId, ...decision }));
  const [, second] = await sentPayments(bureau, run);
  const debit = {
    date: '2026-11-27',
    side: 'debit',
    fen: second!.fen,
    id: second!.id,
    serial: 'D2',
  } as const;
  const funded = { date: '2026-11-25', side: 'credit', fen: run.fundedFen, serial: 'F1' } as const;
  const text = statementText([funded, debit], { opening: 0, from: '2026-11-01', to: '2026-11-30' });
  await stated(bureau, text, { account: run.manifest.payerAccount });
  expect((await queries()).map(({ kind, line }) => [kind, line])).toEqual([['unclear', 1]]);
  expect(pending!.kind).toBe('pending');
});
