import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Office, openOffice } from '../run/office.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 2 });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

it('shows the pay days of a year, with the reason of each that was moved', async () => {
  const as = CALLERS.preparer;
  const query = { programme: 'high-age', year: '2026' };
  const { body } = await desk.done('getPayCalendar', { as, query });
  expect(body).toMatchObject({ jurisdiction: '110199', lastPayDay: '2026-12-31', undecided: [] });
  expect(body.periods[1]).toEqual({
    period: '2026-11',
    startsOn: '2026-10-20',
    reportCutOff: { day: '2026-10-25' },
    payDay: {
      day: '2026-10-30',
      moved: {
        from: '2026-10-31',
        reason: 'before',
        why: {
          zh: '2026-10-31 为休息日，提前至 2026-10-30',
          en: '2026-10-31 is a day off: brought forward to 2026-10-30',
        },
      },
    },
  });
  const next = { as, query: { ...query, year: '2027' } };
  expect(await desk.code('getPayCalendar', next)).toBe('404 missing/calendar-year');
  const elsewhere = { as, query: { ...query, jurisdiction: '310000' } };
  expect(await desk.code('getPayCalendar', elsewhere)).toBe('403 forbidden/jurisdiction');
});

it('a run says on its page and on its sheet why it pays on another day', async () => {
  bureau.clock.moveTo('2026-10-21');
  const as = CALLERS.preparer;
  const body = { programme: 'high-age', period: '2026-11', round: 'R' };
  const { runId } = (await desk.done('startRun', { as, body })).body;
  await bureau.deliver();
  const { body: run } = await desk.done('getRun', { as, params: { runId } });
  expect(run).toMatchObject({
    payDate: '2026-10-30',
    payDayMoved: { from: '2026-10-31', reason: 'before' },
  });
  const sheet = await desk.api('getApprovalSheet', { as, params: { runId } });
  expect(sheet.body).toContain('2026-10-31 为休息日，提前至 2026-10-30');
});
