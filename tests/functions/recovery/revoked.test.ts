// Goal: money that was ordered back and turns out to be owed is paid once: by a run, or by calling the order back, and never by both.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EnrolmentAddress } from '../../../functions/adapters/register-store.ts';
import {
  decideRecovery,
  decideRecoveryRelief,
  proposeOverpaid,
  proposeRecoveryRelief,
} from '../../../functions/recovery/recoveries.ts';
import { AID, granted, grantee, grantOffice, NOVEMBER } from '../run/grant-office.ts';
import { approved, closed, computed, DISTRICT, dispatched, type Office, value } from '../run/office.ts';
import { answeredMonth } from '../run/whole-month.ts';

let bureau: Office;
let someone: EnrolmentAddress;
let recoveryId: string;
/** Granted, paid, withdrawn, ordered back; and then granted again. */
beforeEach(async () => {
  bureau = await grantOffice();
  someone = await grantee(bureau, 1);
  await granted(bureau, someone, 'a-1', 100);
  await closed(bureau, await answeredMonth(bureau, { identity: NOVEMBER }));
  await granted(bureau, someone, 'a-1-withdrawn', 100, { kind: 'grant-withdrawn' });
  const wish = { reason: '材料不实', dueOn: '2026-12-31' };
  const address = { ...AID, enrolment: someone.id };
  ({ recoveryId } = value(await proposeOverpaid(bureau.ports, address, wish, { by: 'staff-preparer' })));
  const paper = { document: '示民追〔2026〕9号', decidedOn: '2026-11-22' };
  value(await decideRecovery(bureau.ports, on('staff-approver'), paper));
  await granted(bureau, someone, 'a-2', 100);
});
afterEach(() => bureau.stop());

const on = (by: string) => ({ jurisdiction: DISTRICT, recoveryId, by });

/** 撤销追缴, by two. */
async function revoked(): Promise<void> {
  const wish = { relief: 'revocation', reason: '复议撤销' } as const;
  value(await proposeRecoveryRelief(bureau.ports, on('staff-preparer'), wish));
  const said = { outcome: 'granted', document: '示民复〔2026〕1号', reason: '复议撤销' } as const;
  value(await decideRecoveryRelief(bureau.ports, on('staff-approver'), said));
}

const held = { state: 'review', totals: { payable: { count: 0, fen: 0 } } };

describe('an order that is called back', () => {
  it('after a run was computed that pays its months again: they are held, and the next run has nothing to pay', async () => {
    const signed = await approved(bureau, await computed(bureau, NOVEMBER));
    await revoked();
    const back = await dispatched(bureau, signed);
    expect(back).toMatchObject(held);
    expect([...back.holds.values()].map(({ late }) => late?.control)).toEqual(['determined-since']);
    value(await bureau.actions.voidRun({ runId: back.runId, reason: '已撤销追缴', by: 'staff-preparer' }));
    expect((await computed(bureau, NOVEMBER)).totals?.payable.count).toBe(0);
  });

  it('by somebody who dies before its entry, right before a run starts: they are held, too', async () => {
    bureau.faults.around = async (call) => {
      const { orders } = await bureau.ports.recoveries.of({ ...AID, enrolment: someone.id });
      if (!orders[0]?.reliefs[0]?.decided) return call();
      throw new Error('the machine died');
    };
    await expect(revoked()).rejects.toThrow('the machine died');
    delete bureau.faults.around;
    const signed = await approved(bureau, await computed(bureau, NOVEMBER));
    expect(await dispatched(bureau, signed)).toMatchObject(held);
  });

  it('not at all: the run pays what is owed, and the order stands', async () => {
    const signed = await approved(bureau, await computed(bureau, NOVEMBER));
    expect(await dispatched(bureau, signed)).toMatchObject({ state: 'dispatched' });
  });
});
