// Goal: the disability subsidies from the register sheet to the bank: their own columns, the federation's review, and a first payment in
// the month after the decision that carries the months since the application. Method: one person decided before the month and one in
// it, a whole month, and the month after, on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { policyFile } from '../../policy-files.ts';
import { HEADINGS, request, row, sheet } from '../register/sheet-fixture.ts';
import { BUDGET, computed, DISTRICT, LINES, type Office, value } from './office.ts';
import { draftsOf, smallOffice, wholeMonth } from './whole-month.ts';

const programme = 'disability-living';
const NOVEMBER = { jurisdiction: DISTRICT, programme, period: '2026-11', round: 'R' } as const;
const OWN = [
  ['审核确认文号', '审核确认日期', '残疾类别', '残疾等级', '残疾人证有效期至', '残疾人证签发日期'],
  ['残联审核文号', '残联审核日期'],
].flat();

function packs(): unknown[] {
  const [city, own] = [policyFile('110000', programme), policyFile(DISTRICT, programme)];
  const values = own.values.filter(({ parameter }) => parameter !== 'payDayShift');
  const wait = { ...values[0]!, parameter: 'firstPayment', value: 'month-after-decision' };
  return [city, { ...own, values: [...values, wait] }];
}

let bureau: Office;
beforeAll(async () => {
  bureau = await smallOffice({ people: 0, packs: packs() });
  value(await bureau.office.setBudget({ ...BUDGET, programme, lines: LINES, by: 'staff-finance' }));
  const message = request('disabled', { programme, requestedAt: bureau.clock.now() });
  const reviewed = '区残联〔2026〕3号,2026-10-09';
  const rows = [
    `${row(1, { applied: '2026-10-01', class: '低保' })},示〔2026〕1号,2026-10-20,肢体,一级,长期,2020-03-01,${reviewed}`,
    `${row(2, { applied: '2026-10-08', class: '低保' })},示〔2026〕2号,2026-11-10,听力,三级,2031-05-20,2021-05-21,${reviewed}`,
    // Not reviewed by the federation yet.
    `${row(3, { applied: '2026-10-08', class: '低保' })},示〔2026〕3号,2026-10-20,视力,二级,长期,2021-05-21,,`,
  ];
  await bureau.engines.files.put(message.objectKey, sheet(rows, `${HEADINGS},${OWN.join(',')}`));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
});
afterAll(() => bureau.stop());

const linesOf = async (run: Parameters<typeof draftsOf>[1]) =>
  (await draftsOf(bureau, run))
    .filter(({ lines }) => lines.length > 0)
    .map(({ lines, findings }) =>
      [
        ...findings.filter(({ severity }) => severity === 'hold').map(({ control }) => control),
        ...lines.map(({ month, fen, kind }) => `${month} ${fen} ${kind}`),
      ].join(', '),
    )
    .sort();

it('pays whoever was decided before the month, back to the application, and keeps the first payment of the other back', async () => {
  const run = await wholeMonth(bureau, { identity: NOVEMBER });
  expect(await linesOf(run)).toEqual([
    '2026-10 40000 arrears, 2026-11 40000 entitlement',
    'first-payment, 2026-10 32000 arrears, 2026-11 32000 entitlement',
  ]);
  expect(run.totals).toMatchObject({ payable: { fen: 80_000 }, held: { fen: 64_000 } });
  bureau.clock.moveTo('2026-12-02');
  const next = await computed(bureau, { ...NOVEMBER, period: '2026-12' });
  expect(await linesOf(next)).toEqual([
    '2026-10 32000 arrears, 2026-11 32000 arrears, 2026-12 32000 entitlement',
    '2026-12 40000 entitlement',
  ]);
});
