// Goal: the list of open money says so when the bank calls an earlier attempt credited, also one that an earlier look found to be over.
// Method: a small bureau on real engines; a payment fails twice, and then the bank changes its word about the first time.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import { openList } from '../../../functions/unpaid/open-payments.ts';
import { bankAnswer, failing, type Office, reconciled, SUPPLEMENTARY } from '../run/office.ts';
import { sentMonth, smallOffice, wholeMonth } from '../run/whole-month.ts';

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice();
});
afterAll(() => bureau.stop());

const steps = async () => {
  const { items } = await openList({ ...bureau.ports, workingDays: loadWorkingDays }, '110199');
  return items.map(({ attempt, nextStep }) => [attempt, nextStep]);
};

it('a payment that failed again waits for the bank where its first attempt is called credited', async () => {
  const late = '超过截止时间';
  const regular = await wholeMonth(bureau, { answer: failing([2], late) });
  expect(await steps()).toEqual([[1, 'retry']]);
  const again = await sentMonth(bureau, { identity: SUPPLEMENTARY });
  expect(await steps()).toEqual([]);
  for (const bytes of await bankAnswer(bureau, again, failing([1], late)))
    await reconciled(bureau, again, bytes);
  expect(await steps()).toEqual([[2, 'retry']]);
  const [credited] = await bankAnswer(bureau, regular, (line) => (line.sequence === 2 ? line : []), 2);
  await reconciled(bureau, regular, credited!);
  expect(await steps()).toEqual([[2, 'decide-exception']]);
});
