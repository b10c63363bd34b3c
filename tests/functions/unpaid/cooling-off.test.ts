// Goal: a regular payment into a new account waits for the days that policy asks for, and no longer. Method: a small bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idNumber } from '../register/sheet-fixture.ts';
import { computed, DISTRICT, type Office, pack, REGULAR, value } from '../run/office.ts';
import { changedAccount, draftsOf, smallOffice, wholeMonth } from '../run/whole-month.ts';

const own = pack(DISTRICT) as { values: { parameter: string }[] };
const cash = own.values.find(({ parameter }) => parameter === 'cashPayments')!;
const coolingOff = { ...cash, parameter: 'accountCoolingOff', value: { days: 3 } };

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice({ packs: [pack('110000'), { ...own, values: [...own.values, coolingOff] }] });
});
afterAll(() => bureau.stop());

it('is held, and paid by the next run once the days are over, by itself', async () => {
  const person = (await bureau.register.personByIdNumber(idNumber(1)))!.record.personKey;
  await changedAccount(bureau, person, '6217000000000000327');
  const regular = await wholeMonth(bureau);
  expect(regular.totals).toMatchObject({ payable: { count: 2 }, held: { count: 1 } });
  const early = await computed(bureau, { ...REGULAR, round: 'S1' });
  expect(await draftsOf(bureau, early)).toEqual([]);
  value(await bureau.actions.voidRun({ runId: early.runId, reason: '冷静期未满', by: 'staff-preparer' }));
  bureau.clock.moveTo('2026-11-25');
  const next = await computed(bureau, { ...REGULAR, round: 'S1' });
  const [draft, ...others] = await draftsOf(bureau, next);
  expect(others).toEqual([]);
  expect(draft).toMatchObject({ fen: 30_000, findings: [] });
  expect(draft?.lines.map(({ cause }) => cause)).toEqual(['hold-lifted', 'hold-lifted', 'hold-lifted']);
});
