// Goal: a bank that debited a payment twice and puts it right has not brought the payment back: it is not paid again.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bankDesk } from '../../../functions/bank/bank-desk.ts';
import { bankAnswer, DISTRICT, type Office, reconciled } from '../run/office.ts';
import { entriesOf, sentMonth, smallOffice } from '../run/whole-month.ts';
import { type Booking, sentPayments, stated, statementText } from './bank-account.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice();
});
afterAll(() => bureau.stop());

it('the first credit gives back the second debit, and is for a person; only another one is the payment come back', async () => {
  const run = await sentMonth(bureau);
  const { payerAccount: account } = run.manifest;
  const [answer] = await bankAnswer(bureau, run);
  await reconciled(bureau, run, answer!);
  const [first, other] = await sentPayments(bureau, run);
  const { id } = first!;
  let fen: number = first!.fen;
  const booking = (date: string, side: Booking['side'], serial: string): Booking => ({
    date,
    side,
    fen,
    id,
    serial,
  });
  let opening = 100_000;
  let sequence = 0;
  const day = async (date: string, bookings: readonly Booking[]) => {
    sequence += 1;
    await stated(bureau, statementText(bookings, { opening, sequence, from: date, to: date }), { account });
    for (const { side } of bookings) opening += side === 'credit' ? fen : -fen;
  };
  const returns = async () =>
    Object.values(await entriesOf(bureau)).filter((text) => String(text).startsWith('returned')).length;
  const breaks = async () =>
    (await bankDesk(bureau.ports).listBreaks(DISTRICT, { limit: 50, filter: 'open' })).items.map(
      ({ kind }) => kind,
    );

  await day('2026-11-27', [booking('2026-11-27', 'debit', 'D1'), booking('2026-11-27', 'debit', 'D2')]);
  expect(await breaks()).toEqual(['booked-twice']);
  await day('2026-11-28', [booking('2026-11-28', 'credit', 'C1')]);
  expect([await returns(), await breaks()]).toEqual([0, ['booked-twice', 'booked-twice']]);
  await day('2026-11-29', [booking('2026-11-29', 'credit', 'C2')]);
  expect([await returns(), await breaks()]).toEqual([1, ['booked-twice', 'booked-twice']]);

  // A credit that was the payment's own before the second debit was known stays so, however often its statement is delivered.
  const of = (one: Booking): Booking => ({ ...one, id: other!.id, fen: other!.fen });
  fen = other!.fen;
  await day('2026-12-01', [
    of(booking('2026-12-01', 'debit', 'D3')),
    of(booking('2026-12-01', 'credit', 'C3')),
  ]);
  await day('2026-12-02', [of(booking('2026-12-02', 'debit', 'D4'))]);
  // But whether that credit was the payment's or the second debit's is to be asked before it is paid again.
  const asked = async () =>
    (await bureau.ports.results.exceptions(run.runId)).map(({ kind, statedStatus }) => [kind, statedStatus]);
  expect(await asked()).toEqual([['duplicate', 'settled']]);
  const loose = await bureau.ports.statements.loose({ jurisdiction: DISTRICT, account });
  for (const { c } of await bureau.ports.statements.statements({ jurisdiction: DISTRICT, account }))
    bureau.engines.send(
      'reconcile',
      JSON.stringify({
        type: 'bank.reconcile-statement',
        version: 1,
        jurisdiction: DISTRICT,
        statement: c,
        chunk: 0,
      }),
    );
  await bureau.deliver();
  expect(await returns()).toBe(2);
  // By the booking of either side: they may be read at the same moment.
  expect(await asked()).toEqual([
    ['duplicate', 'settled'],
    ['duplicate', 'settled'],
  ]);
  expect(await bureau.ports.statements.loose({ jurisdiction: DISTRICT, account })).toEqual(loose);
});
