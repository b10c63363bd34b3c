// Goal: a parallel run of 低保 is compared like any other: a household is found by any member, and named by its head.
// Method: two households in a real office; the bureau's list has a member of one, and nobody of the other.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { DIBAO } from '../determination/bureau.ts';
import { idNumber, sheet } from '../register/sheet-fixture.ts';
import { determine, household, householdOffice, yuan } from '../run/household-office.ts';
import { type Office, value } from '../run/office.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await householdOffice();
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const HEADINGS = '姓名,身份证号,发放金额';
const idOf = (n: number) => idNumber(n, '19800115');
const maskedIdOf = (n: number) => `${idOf(n).slice(0, 6)}********${idOf(n).slice(-4)}`;

it('names the head of a household that only this system pays, masked, and finds another by its member', async () => {
  const [one, two] = [await household(bureau, 1), await household(bureau, 2)];
  for (const { enrolment } of [one, two]) await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
  bureau.clock.moveTo('2026-11-23');
  const asked = { ...DIBAO, period: '2026-12', by: 'staff-preparer', request: 'p-1' };
  const { runId } = value(await bureau.actions.startParallel(asked));
  await bureau.deliver();
  const as = CALLERS.preparer;
  const uploadId = await desk.upload(
    as,
    'bureau-list',
    'list.csv',
    sheet([`张三,${idOf(501)},1450`], HEADINGS),
  );
  const report = async (unmasked: boolean) => {
    const { body } = await desk.done('compareParallelRun', {
      as,
      params: { runId },
      body: { uploadId, unmasked },
    });
    return (await (await fetch(body.url)).text())
      .split('\r\n')
      .map((line) => line.slice(1).split('","').slice(0, 7));
  };
  const ours = ['仅本系统', '', '张*', maskedIdOf(2), two.enrolment.id, '1450.00', '0.00'];
  expect((await report(false)).slice(1, 3)).toEqual([
    ['一致', '2', '张*', maskedIdOf(501), one.enrolment.id, '1450.00', '1450.00'],
    ours,
  ]);
  expect((await report(true)).slice(1, 3)).toEqual([
    ['一致', '2', '张三', idOf(501), one.enrolment.id, '1450.00', '1450.00'],
    ours,
  ]);
});
