// Goal: bookings without any number of the bank that look the same, on two statements of one day, are each of their own payment.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { toYuan } from '../../../domain/money.ts';
import { bankAnswer, type Office, reconciled } from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';
import { sentPayments, stated } from './bank-account.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice();
});
afterAll(() => bureau.stop());

it('two payments of one amount that came back on one day, on a list of the morning and one of the afternoon, both come back', async () => {
  const run = await sentMonth(bureau);
  const { payerAccount: account } = run.manifest;
  const [first, second] = (await sentPayments(bureau, run)).filter(
    (one, _, all) => all.filter(({ fen }) => fen === one.fen).length > 1,
  );
  const list = ({ id, fen }: NonNullable<typeof first>) =>
    [
      '起始日期|2026-12-02|截止日期|2026-12-02',
      `期初余额|0.00|期末余额|${toYuan(fen)}`,
      '交易日期|借方|贷方|摘要|对账码',
      `2026-12-02||${toYuan(fen)}|贷记|${id}`,
    ].join('\r\n');
  // Before the bank has answered the file: nobody knows yet that they were credited.
  await stated(bureau, list(first!), { account });
  await stated(bureau, list(second!), { account });
  const raised = await bureau.ports.results.exceptions(run.runId);
  expect(raised.map(({ kind }) => kind)).toEqual(['return-without-success', 'return-without-success']);

  const [answer] = await bankAnswer(bureau, run);
  await reconciled(bureau, run, answer!);
  const kinds = Object.values(await entriesOf(bureau)).map((text) => String(text).split(' ')[0]);
  expect(kinds.filter((kind) => kind === 'returned')).toHaveLength(2);
  // Nobody said why, and nobody decided: it waits for a person, as it does when the success is known first.
  expect((await bureau.lists.unsettled(run.runId)).map(({ reason }) => reason)).toEqual(['OTHER', 'OTHER']);
});
