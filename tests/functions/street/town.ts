import { StaffStore } from '../../../functions/adapters/staff-store.ts';
import { type Caller, ISSUER } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
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
  const bureau = await openOffice({ people, packs: [pack('110000'), own] });
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
