import type { Run } from '../../../domain/run/run.ts';
import type { OutsidePayments } from '../../../functions/run/outside-service.ts';
import { approved, computed, failing, type Office, SUPPLEMENTARY, value } from './office.ts';
import { wholeMonth } from './whole-month.ts';

export type Proposal = Parameters<OutsidePayments['proposeOutsidePayment']>[0];

const CUT_OFF = '超过截止时间';
/** A closed month with some payments failed; the bureau moves on to the day after the bank's answer. */
export async function failedMonth(bureau: Office, sequences: readonly number[] = [2]): Promise<Run> {
  const run = await wholeMonth(bureau, { answer: failing(sequences, CUT_OFF) });
  bureau.clock.moveTo('2026-11-28');
  return run;
}

export const unsettled = async (bureau: Office, { runId }: Run) => await bureau.lists.unsettled(runId);

/** States that the first payment on the unsettled list, or another, was handed over in cash. */
export async function stated(bureau: Office, run: Run, more: Partial<Proposal> = {}) {
  const payment = more.payment ?? (await unsettled(bureau, run))[0]!.payment;
  return bureau.outside.proposeOutsidePayment({
    runId: run.runId,
    means: 'cash',
    voucher: 'XJ-001',
    paidOn: '2026-11-28',
    evidence: '现金领取签收单 12 号',
    reason: '账户无法入账，本人到窗口领取',
    by: 'staff-preparer',
    ...more,
    payment,
  });
}

export const confirmed = ({ outside }: Office, { runId }: Run, outsideId: string, by = 'staff-reviewer') =>
  outside.decideOutsidePayment({ runId, outsideId, decision: 'confirmed', reason: '已核对签收单', by });

export async function paidByHand(bureau: Office, run: Run, more: Partial<Proposal> = {}) {
  const { outsideId } = value(await stated(bureau, run, more));
  return value(await confirmed(bureau, run, outsideId));
}

/** The supplementary run that would send the same payments again, signed. */
export const signedReissue = async (bureau: Office): Promise<Run> =>
  approved(bureau, await computed(bureau, SUPPLEMENTARY));
