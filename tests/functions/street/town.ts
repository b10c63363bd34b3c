import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { CALLERS, type Caller, ISSUER } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { dibaoOffice } from '../determination/bureau.ts';
import { headId } from '../register/household-sheet.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { type Office, openOffice, pack } from '../run/office.ts';

/** A district whose streets report, that of December by 25 November: its desk, and two people in each of two streets. */
export const STREETS = ['110199001', '110199002'] as const;
export const CLERKS = {
  ann: { subject: 'street-1-preparer', roles: ['preparer'] },
  bob: { subject: 'street-1-signer', roles: ['preparer', 'reviewer'] },
  cai: { subject: 'street-2-preparer', roles: ['preparer'] },
  dong: { subject: 'street-2-signer', roles: ['reviewer'] },
} as const satisfies Record<string, Caller>;

const citation = { document: '示例区民政局内部文件（样例）', title: '示例区街道月报办法（样例）' };
const retroactivity = { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' };
/** A value that governs from January 2026. */
export const policyValue = (parameter: string, value: unknown) => ({
  parameter,
  value,
  inForceFrom: '2026-01',
  decidedOn: '2026-01-05',
  citation,
  retroactivity,
  sample: true,
});
export type Town = { readonly bureau: Office; readonly desk: Desk; readonly staffId: (of: Caller) => string };

export async function openTown(people = 2, extra: readonly unknown[] = []): Promise<Town> {
  const own = pack('110199') as { values: unknown[] };
  own.values.push(...extra);
  return townOf(await openOffice({ people, packs: [pack('110000'), own] }));
}

/** The same of a district that pays 低保 and has nobody in its register yet. */
export async function openHouseholdTown(): Promise<Town> {
  return townOf(await dibaoOffice({ quickReads: false }));
}

async function townOf(bureau: Office): Promise<Town> {
  const desk = await deskOf(bureau);
  const staff = new StaffStore(bureau.engines.tables.operations);
  const stamp = { at: '2026-11-20T00:00:00.000Z', by: 'test' };
  for (const [index, caller] of [CLERKS.ann, CLERKS.bob, CLERKS.cai, CLERKS.dong].entries()) {
    const { subject } = caller;
    const street = STREETS[index < 2 ? 0 : 1];
    await staff.register(
      { issuer: ISSUER, subject },
      { jurisdiction: '110199', street, name: subject },
      stamp,
    );
  }
  return { bureau, desk, staffId: ({ subject }) => staff.staffIdOf({ issuer: ISSUER, subject }) };
}

/** A new row of the n-th person. */
export const newRow = (n: number, fields: object = {}) => ({
  change: '新增',
  name: `钱新${String.fromCharCode(0x4e00 + n)}`,
  idNumber: idNumber(n),
  appliedOn: '2026-11-03',
  account: `6217${String(n).padStart(12, '0')}`,
  bankName: '示例银行',
  cause: '年满八十',
  ...fields,
});

/** A new row of the n-th household, with the papers that go before a decision. */
export const newHousehold = (n: number, fields: object = {}) => ({
  change: '新增',
  name: '张户主',
  idNumber: headId(n),
  appliedOn: '2026-11-03',
  account: `6217${String(n).padStart(12, '0')}`,
  bankName: '示例银行',
  residence: '城镇',
  acceptedOn: '2026-11-05',
  checkReport: `核对〔2026〕${n}号`,
  publicityFrom: '2026-11-10',
  publicityTo: '2026-11-16',
  cause: '新申请',
  ...fields,
});

/** What a person names of a report that they saw. */
export const seen = ({ versions }: { versions: { version: number; hash: string }[] }) => {
  const { version, hash } = versions.at(-1)!;
  return { version, hash };
};

/** A report, of 低保 unless told, that the street has prepared and signed; no rows make it a nil report. */
export async function signedReport(
  { desk }: Town,
  rows: readonly object[],
  {
    period = '2026-12',
    round = 'R',
    programme = 'dibao',
    clerks = [CLERKS.ann, CLERKS.bob] as readonly Caller[],
  } = {},
) {
  const [as = CLERKS.ann, signer = CLERKS.bob] = clerks;
  const content = rows.length === 0 ? { nil: true } : { rows };
  const body = { programme, period, round, ...content };
  const prepared = (await desk.done('prepareStreetReport', { as, body })).body;
  const params = { reportId: prepared.reportId };
  return (await desk.done('signStreetReport', { as: signer, params, body: seen(prepared) })).body;
}

/** The same, accepted by the district but for the rows sent back, and put into the register; as the street sees it then. */
export async function acceptedReport(
  town: Town,
  rows: readonly object[],
  options: Parameters<typeof signedReport>[2] & { readonly returned?: readonly object[] } = {},
) {
  const report = await signedReport(town, rows, options);
  const params = { reportId: report.reportId };
  const body = { ...seen(report), returned: options.returned ?? [] };
  await town.desk.done('decideStreetReport', { as: CALLERS.reviewer, params, body });
  await town.bureau.deliver();
  return (await town.desk.done('getStreetReport', { as: CALLERS.reviewer, params })).body;
}
