import { afterEach, expect, it } from 'vitest';
import { AID, granted, grantee, grantOffice, NOVEMBER } from './grant-office.ts';
import { computed, type Office, value } from './office.ts';
import { runNow } from './whole-month.ts';

let bureau: Office;
afterEach(() => bureau.stop());

it('a run that started by itself and finds nothing left to pay keeps no other waiting: it is void by itself', async () => {
  bureau = await grantOffice({ grantRuns: 'at-once' });
  const [one, two] = [await grantee(bureau, 1), await grantee(bureau, 2)];
  const look = async (today: string) => {
    bureau.clock.moveTo(today);
    await bureau.sweep();
    await bureau.deliver();
    return bureau.ports.runs.load('110199.temporary-aid.2026-11.S1.1');
  };
  // Handed over in cash: nothing for a run that pays.
  await granted(bureau, one, 'cash', 70, { component: 'imprest:DT-1' });
  expect(await look('2026-11-23')).toBeUndefined();
  await granted(bureau, one, 'a-1', 100);
  await granted(bureau, one, 'a-1-withdrawn', 100, { kind: 'grant-withdrawn' });
  expect(await look('2026-11-24')).toMatchObject({ state: 'void', startedBy: 'system', sequence: 3 });
  await look('2026-11-25');
  expect((await bureau.ports.runs.livePointers(AID)).map(({ runId }) => runId)).toHaveLength(1);
  await granted(bureau, two, 'b-1', 50);
  await look('2026-11-26');
  expect(await runNow(bureau, { runId: '110199.temporary-aid.2026-11.S1.2' })).toMatchObject({
    state: 'review',
    totals: { payable: { fen: 5_000 } },
  });
  // A run that people asked for, or had computed again, is theirs.
  value(
    await bureau.actions.voidRun({ runId: '110199.temporary-aid.2026-11.S1.2', reason: '核对', by: 'x' }),
  );
  await granted(bureau, two, 'b-1-withdrawn', 50, { kind: 'grant-withdrawn' });
  expect((await computed(bureau, NOVEMBER)).state).toBe('review');
});

it('a run that cannot start is no work done, and is told by the daily look', async () => {
  bureau = await grantOffice({ grantRuns: 'at-once' });
  await granted(bureau, await grantee(bureau, 1), 'a-1', 100);
  // Working days of the year in which it would be paid are not known.
  bureau.clock.moveTo('2032-11-23');
  expect((await bureau.sweep()).mended).toBe(0);
  expect((await bureau.tick()).refused).toEqual({ '110199.temporary-aid': 'missing/calendar-year' });
});
