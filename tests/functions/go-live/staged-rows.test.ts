// Goal: a row of an opening sheet is staged once, however often its chunk is delivered; only another row for the same month is refused.
// Method: the store on a real engine, after an import.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bucketOf, subjectOf } from '../../../domain/ids.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import type { Office } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';
import { goLiveOffice, opened, openingStarted } from './opening-office.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await goLiveOffice(1, false);
});
afterEach(() => bureau.stop());

it('stays as it was staged first when it comes again and the register has changed in between', async () => {
  const run = await openingStarted(bureau, 'opening-1', [opened(1, '2026-01', '100')]);
  const [draft] = await draftsOf(bureau, run);
  const bucket = bucketOf(sha256Hex, subjectOf(draft!.enrolment));
  const { staged } = bureau.ports;
  const rows = await staged.ofBucket('opening-1', bucket);
  const [row] = rows;
  expect(await staged.put('opening-1', { ...row!, street: '110199002' })).toBeUndefined();
  expect(await staged.put('opening-1', { ...row!, row: row!.row + 1 })).toBe(row!.row);
  expect(await staged.ofBucket('opening-1', bucket)).toEqual(rows);
});
