import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { maskId } from '../../../../domain/mask.ts';
import { bureauList } from '../../../../infra/local/sample/bureau-list.ts';
import { expectedAmount, firstMonthDue } from '../../../../infra/local/sample/expected-dibao.ts';
import { generateHouseholds } from '../../../../infra/local/sample/households.ts';
import { NumberSource } from '../../../../infra/local/sample/numbers.ts';
import { CALLERS } from '../../../functions/api/api-client.ts';
import { type Desk, deskOf } from '../../../functions/api/desk.ts';
import { dibaoOffice } from '../../../functions/determination/bureau.ts';
import type { Office } from '../../../functions/run/office.ts';
import { brought, decided } from './sample-office.ts';

const MONTH = '2026-12';
const district = generateHouseholds({ seed: 'parallel', households: 48, month: MONTH });
const as = CALLERS.preparer;

let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  // Without openings the months before would come as arrears.
  bureau = await dibaoOffice({ historyFrom: MONTH, quickReads: false });
  desk = await deskOf(bureau);
  for (const sheet of district.sheets) await brought(bureau, sheet);
}, 60_000);
afterAll(() => bureau.stop());

it('every household is determined as the text of the rules has it, worked out a second time', async () => {
  const determinations = await decided(bureau, district.households);
  const due = determinations.map(({ spans }) =>
    spans.map(({ from, components }) => [from, components.reduce((sum, { fen }) => sum + fen, 0)]),
  );
  expect(due).toEqual(
    district.households.map((each) => [[firstMonthDue(each), expectedAmount(each, MONTH)]]),
  );
});

it('a parallel run against the bureau’s own list reports exactly the differences planted in it, line by line', async () => {
  const list = bureauList(district.households, MONTH, new NumberSource(2));
  const { runId } = (await desk.done('startParallelRun', { as, body: { programme: 'dibao', period: MONTH } }))
    .body;
  await bureau.deliver();
  const uploadId = await desk.upload(as, 'bureau-list', list.fileName, list.bytes);
  const asked = { as, params: { runId }, body: { uploadId, unmasked: true } };
  const compared = (await desk.done('compareParallelRun', asked)).body;
  const counts = compared.lines.map(({ result, count }: { result: string; count: number }) => [
    result,
    count,
  ]);
  expect(Object.fromEntries(counts)).toEqual(list.counts);

  const report: string[][] = parse(await (await fetch(compared.url)).text(), { bom: true });
  const different = report.slice(1).filter(([result]) => result !== '一致');
  // What the list does not name itself stays masked.
  const planted = list.differences.map(({ result, row, idNumber, ours, theirs }) =>
    row === undefined
      ? [NAMES[result], '', maskId(idNumber), ours, theirs]
      : [NAMES[result], String(row), idNumber, ours, theirs],
  );
  const found = different.map(([result, row, , idNumber, , ours, theirs]) => [
    result,
    row,
    idNumber,
    ours,
    theirs,
  ]);
  expect(new Set(found.map(String))).toEqual(new Set(planted.map(String)));
  expect(found).toHaveLength(planted.length);
  // Every kind there is was planted.
  expect(new Set(list.differences.map(({ result }) => result)).size).toBe(5);
});

const NAMES = {
  amount: '金额不同',
  'only-here': '仅本系统',
  'only-there': '仅名册',
  duplicate: '名册重复',
  unreadable: '名册无法读取',
};
