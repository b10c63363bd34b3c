// Goal: a surrender that was confirmed before a run closed is in its seal, though its writer died before the entry: nothing that was
// decided before the seal is written behind its back. Method: a small bureau on real engines whose run stays open for months.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { surrenders } from '../../../functions/unpaid/surrenders.ts';
import { diesAfter } from '../../faults.ts';
import { packWith } from '../../infra/local/sample/planting.ts';
import { closed, failing, type Office, pack, value } from '../run/office.ts';
import { unsettled } from '../run/paid-by-hand.ts';
import { answeredMonth, entriesOf, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  const unclaimedAfter = { months: 1, noticeDays: 1 };
  bureau = await smallOffice({ packs: [pack('110000'), packWith({ unclaimedAfter })] });
});
afterAll(() => bureau.stop());

it('a run does not close on a surrender that is decided and not in the ledger', async () => {
  const run = await answeredMonth(bureau, { answer: failing([2], '账户已销户') });
  const { payment } = (await unsettled(bureau, run))[0]!;
  const desk = surrenders(bureau.ports);
  const of = { jurisdiction: '110199', payment, evidence: '凭据' };
  bureau.clock.moveTo('2027-01-05');
  value(await desk.giveNotice({ ...of, on: '2027-01-05', means: 'visit', by: 'staff-preparer' }));
  bureau.clock.moveTo('2027-01-08');
  const paper = { voucher: 'JK-7', paidInOn: '2027-01-08', reason: '无人认领' };
  const { surrenderId } = value(await desk.proposeSurrender({ ...of, ...paper, by: 'staff-preparer' }));
  const confirm = () =>
    desk.decideSurrender({
      jurisdiction: '110199',
      payment,
      surrenderId,
      decision: 'confirmed',
      reason: '已核对',
      by: 'staff-reviewer',
    });
  // The claim; then, asked again, the decision, and dies before the entry.
  for (let time = 0; time < 2; time += 1) await diesAfter(bureau.faults, 1, confirm);
  const [record] = await desk.listSurrenders('110199', 'high-age');
  expect(record?.surrenders[0]?.decision).toMatchObject({ decision: 'confirmed' });
  const given = async () => Object.keys(await entriesOf(bureau)).filter((key) => key.includes('#4reversal'));
  expect(await given()).toEqual([]);

  expect((await closed(bureau, run)).state).toBe('dispatched');
  expect((await bureau.ports.closings.request(run.runId))?.refusal?.code).toBe('conflict/decisions-pending');
  await bureau.sweep();
  await bureau.deliver();
  expect(await given()).toHaveLength(1);
  expect((await closed(bureau, run)).state).toBe('closed');
  expect(value(await bureau.audit.trialBalance(run.runId)).afterSeal).toEqual([]);
});
