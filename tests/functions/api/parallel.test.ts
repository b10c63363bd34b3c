import { afterAll, beforeAll, expect, it } from 'vitest';
import { idNumber, row, sheet } from '../register/sheet-fixture.ts';
import { type Office, openOffice } from '../run/office.ts';
import { CALLERS } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 6 });
  desk = await deskOf(bureau);
});
afterAll(() => bureau.stop());

const HEADINGS = '姓名,身份证号,发放金额';
const line = (n: number, amount: string, name = row(n).split(',')[0]) => `${name},${idNumber(n)},${amount}`;

it('a parallel run compared with the bureau’s own list reports exactly what was planted in it', async () => {
  const as = CALLERS.preparer;
  const body = { programme: 'high-age', period: '2026-12' };
  const { runId } = (await desk.done('startParallelRun', { as, body })).body;
  expect(runId).toBe('110199.high-age.2026-12.P1.1');
  await bureau.deliver();
  const run = (await desk.done('getRun', { as, params: { runId } })).body;
  expect(run.state).toBe('review');
  const seen = { as, params: { runId }, body: { revision: 1, hash: run.hash } };
  expect(await desk.code('submitRun', seen)).toBe('409 conflict/parallel-run');
  // Every amount by the rules is 300: October and November as arrears, and December.
  const list = [
    line(1, '300'),
    line(2, '300.00'),
    line(3, '100'),
    line(4, '300'),
    line(4, '300'),
    line(41, '100'),
    `${row(5).split(',')[0]},110199194001150019,300`,
    line(6, '300', '别的名字'),
  ];
  const uploadId = await desk.upload(as, 'bureau-list', 'list.csv', sheet(list, HEADINGS));
  const compared = (await desk.done('compareParallelRun', { as, params: { runId }, body: { uploadId } }))
    .body;
  expect(compared.lines).toEqual([
    { result: 'same', count: 3, ours: '900.00', theirs: '900.00' },
    { result: 'amount', count: 1, ours: '300.00', theirs: '100.00' },
    { result: 'only-here', count: 2, ours: '600.00', theirs: '0.00' },
    { result: 'only-there', count: 2, ours: '0.00', theirs: '400.00' },
    { result: 'duplicate', count: 1, ours: '0.00', theirs: '300.00' },
    { result: 'unreadable', count: 1, ours: '0.00', theirs: '300.00' },
  ]);
  const masked = await (await fetch(compared.url)).text();
  expect(masked).toContain('仅名册');
  for (const n of [1, 2, 3, 4, 5, 6, 41]) expect(masked).not.toContain(idNumber(n));
  const named = { as, params: { runId }, body: { uploadId, unmasked: true } };
  const unmasked = await (await fetch((await desk.done('compareParallelRun', named)).body.url)).text();
  // The caller's own rows in the caller's own words; of whom the list does not name, the register tells no number.
  for (const n of [1, 2, 3, 4, 6, 41]) expect(unmasked).toContain(idNumber(n));
  expect(unmasked).not.toContain(idNumber(5));
  // It stands in nobody's way, and leaves nothing behind.
  const regular = { as, body: { ...body, round: 'R' } };
  expect((await desk.done('startRun', regular)).body.runId).toBe('110199.high-age.2026-12.R.1');
  expect(await bureau.lists.proposals()).toEqual([]);
});

it('a list of more rows or bytes than can be compared in one request is refused before anything is read of it', async () => {
  const as = CALLERS.preparer;
  const body = { programme: 'high-age', period: '2027-01' };
  const { runId } = (await desk.done('startParallelRun', { as, body })).body;
  await bureau.deliver();
  const compare = async (list: Uint8Array) => {
    const uploadId = await desk.upload(as, 'bureau-list', 'list.csv', list);
    return desk.code('compareParallelRun', { as, params: { runId }, body: { uploadId } });
  };
  const rows = (count: number) =>
    sheet(
      Array.from({ length: count }, () => line(41, '100')),
      HEADINGS,
    );
  expect(await compare(rows(20_001))).toBe('409 limit/list-rows');
  expect(await compare(Buffer.concat([rows(1), Buffer.alloc(10_000_000, '\n')]))).toBe('409 limit/file-size');
});
