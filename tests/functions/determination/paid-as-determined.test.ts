import { afterEach, expect, test } from 'vitest';
import { subjectOf } from '../../../domain/ids.ts';
import type { Office } from '../run/office.ts';
import { computed } from '../run/office.ts';
import { draftsOf, sentMonth, wholeMonth } from '../run/whole-month.ts';
import { addressOf, determined, dibaoOffice, enrolled, householdKey, month, spansOf } from './bureau.ts';

let bureau: Office;
afterEach(() => bureau.stop());

test('a month pays the determination in force, and one that is recorded later pays the difference once', async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-10' });
  for (const n of [1, 2, 3]) await enrolled(bureau, n);
  await determined(bureau, 1, 1, spansOf(['2026-10', 1000, 200]));
  await determined(bureau, 2, 1, spansOf(['2026-09', 500]));
  const october = await wholeMonth(bureau, { identity: month('2026-10') });
  // The third household has no determination yet: owed nothing, and the run is computed all the same.
  expect(october.totals?.payable).toEqual({ count: 2, fen: 170_000 });

  // Nothing changed: nobody's past is looked at, everybody gets the same.
  const november = await wholeMonth(bureau, { identity: month('2026-11') });
  expect(november.totals?.payable).toEqual({ count: 2, fen: 170_000 });

  // Decided in November for October: only the determination is new, neither the enrolment nor a person changed.
  await determined(bureau, 2, 2, spansOf(['2026-10', 650]));
  const december = await sentMonth(bureau, { identity: month('2026-12') });
  const drafts = await draftsOf(bureau, december);
  const second = drafts.find(({ enrolment }) => subjectOf(enrolment) === householdKey(2))!;
  expect(second.lines.map(({ month: of, component, fen, kind }) => [of, component, fen, kind])).toEqual([
    ['2026-10', 'base', 15_000, 'arrears'],
    ['2026-11', 'base', 15_000, 'arrears'],
    ['2026-12', 'base', 65_000, 'entitlement'],
  ]);
  expect(december.totals?.payable.fen).toBe(120_000 + 95_000);
  bureau.clock.moveTo('2026-12-20');
  const again = await computed(bureau, month('2026-12', 'S1'));
  expect(again.totals?.payable.count).toBe(0);
});

test('an end that was decided stops the payment from its month without a recorded stop; what was decided after the cut-off is not seen', async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-10' });
  for (const n of [1, 2]) await enrolled(bureau, n);
  for (const n of [1, 2]) await determined(bureau, n, 1, spansOf(['2026-10', 800]));
  await wholeMonth(bureau, { identity: month('2026-11') });
  await determined(bureau, 1, 2, spansOf(['2026-12', 0]), { kind: 'end' });
  await determined(bureau, 2, 2, spansOf(['2026-12', 100]), { recordedAt: '2099-01-01T00:00:00.000Z' });
  const december = await computed(bureau, month('2026-12'));
  expect(december.totals?.payable).toEqual({ count: 1, fen: 80_000 });
  expect(december.totals?.movements).toMatchObject({ stopped: 1, same: 1 });
});

test('determinations are put once and read with their enrolment in one query of the bucket', async () => {
  bureau = await dibaoOffice();
  await enrolled(bureau, 1);
  const address = addressOf(1);
  const first = await determined(bureau, 1, 1, spansOf(['2026-10', 800]));
  const { register } = bureau;
  const later = { ...first, recordedAt: '2026-12-31T00:00:00.000Z' };
  expect(await register.recordDetermination(address, later)).toBe('same');
  expect(await register.recordDetermination(address, { ...later, document: '另一文号' })).toBe('divergent');
  const second = await determined(bureau, 1, 2, spansOf(['2026-12', 900]));
  expect((await register.enrolmentRead(address))?.determinations).toEqual([first, second]);
  expect(await register.enrolmentRead({ ...address, id: addressOf(9).id })).toBeUndefined();
});
