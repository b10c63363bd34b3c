import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approved,
  bankAnswer,
  closed,
  computed,
  DISTRICT,
  dispatched,
  failing,
  type Office,
  openOffice,
  reconciled,
  value,
} from './office.ts';

describe('one month from register to seal', () => {
  let bureau: Office;
  beforeAll(async () => {
    bureau = await openOffice({ people: 12, quickReads: true });
  });
  afterAll(() => bureau.stop());

  it('pays everyone, settles what the bank credited, lists what failed, and closes', async () => {
    const review = await computed(bureau);
    expect(review.state).toBe('review');
    // Twelve people of 86, applied in September: October, November (arrears) and December at 100 yuan each.
    expect(review.totals?.payable).toEqual({ count: 12, fen: 12 * 30_000 });
    expect(review.totals?.movements).toEqual({ joined: 12, stopped: 0, changed: 0, same: 0 });
    const signed = await approved(bureau, review);
    expect(signed.state).toBe('approved');
    const sent = await dispatched(bureau, signed);
    expect(sent.state).toBe('dispatched');
    expect(sent.files).toMatchObject([
      { fileName: 'DF_110199_GL_202612R_0001.txt', count: 12, fen: 360_000 },
    ]);
    const [answer] = await bankAnswer(bureau, sent, failing([3, 7]));
    await reconciled(bureau, sent, answer!);
    expect(value(await bureau.follow.listBankResults(sent.runId))).toMatchObject([
      { state: 'accepted', counts: { lines: 12, settled: 10, failed: 2, exceptions: 0 } },
    ]);
    expect(await bureau.lists.unsettled(sent.runId)).toHaveLength(2);
    const end = await closed(bureau, sent);
    expect((await bureau.views.closingAnswer(sent.runId))?.refusal).toBeUndefined();
    expect(end.state).toBe('closed');
    expect(end.closing?.tally).toMatchObject({
      settled: { count: 10 },
      failed: { count: 2 },
      inTransit: { count: 0, fen: 0 },
    });
    expect(end.closing?.seal).toMatchObject({ sequence: 1 });
    const { budget } = await bureau.ports.budgets.load({
      jurisdiction: DISTRICT,
      programme: 'high-age',
      fiscalYear: '2026',
    });
    expect(budget.runs[sent.runId]).toEqual({
      spent: { 'district-lottery': 100_000, 'district-general': 200_000 },
      reserved: { 'district-general': 60_000 },
    });
    const balance = value(await bureau.audit.trialBalance(sent.runId));
    expect(balance.accounts.reduce((sum, account) => sum + account.debit - account.credit, 0)).toBe(0);
  });
});
