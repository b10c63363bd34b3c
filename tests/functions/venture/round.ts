import { PROJECT_COLUMNS } from '../../../domain/register/project-columns.ts';
import { loadWorkingDays } from '../../../functions/adapters/working-days.ts';
import type { By, IntakePorts } from '../../../functions/venture/ports.ts';
import { codeOf } from '../../domain/venture/intake-samples.ts';
import { policyFile } from '../../policy-files.ts';
import { DISTRICT, type Office, type OfficeOptions, openOffice } from '../run/office.ts';

export { codeOf };

/** A bureau with the venture fund of the sample district, and nobody in its register. */
export const ventureOffice = (options: OfficeOptions = {}): Promise<Office> =>
  openOffice({ people: 0, packs: [policyFile(DISTRICT, 'venture-fund')], ...options });

export const intakePorts = (bureau: Office): IntakePorts => ({
  ...bureau.fileServices.venture,
  register: bureau.register,
  accountChanges: bureau.accountChanges,
  policies: bureau.ports.policies,
  workingDays: loadWorkingDays,
  clock: bureau.clock,
});

export const stamp = (by: string, request?: string): By => ({
  jurisdiction: DISTRICT,
  by,
  ...(request !== undefined && { request }),
});

export const numberOf = (n: number): string => `2026-${String(n).padStart(3, '0')}`;
export const nameOf = (n: number): string => `示例区第${n}社会工作服务中心`;

export type Cells = Partial<Record<keyof typeof PROJECT_COLUMNS, string>>;

/** The n-th project: 8,000 plus n yuan asked for, of an organisation of its own; nothing is wrong with it. */
export function cells(n: number, changes: Cells = {}): Cells {
  const asked = 8_000 + n;
  return {
    number: numberOf(n),
    projectName: `邻里服务项目${n}`,
    organisation: nameOf(n),
    code: codeOf(n),
    holder: nameOf(n),
    account: `110199${String(n).padStart(10, '0')}`,
    bankName: '示例银行',
    asked: `${asked}.00`,
    budget: `${asked + 2_000}.00`,
    ownFunds: '2000.00',
    lines: `业务活动费-物料：${asked}；人员和劳务费-讲师：2000`,
    from: '2027-01-01',
    to: '2027-09-30',
    ...changes,
  };
}

const HEADINGS: readonly (keyof Cells)[] = [
  'number',
  'projectName',
  'organisation',
  'code',
  'holder',
  'account',
  'bankName',
  'group',
  'asked',
  'budget',
  'ownFunds',
  'otherMoney',
  'lines',
  'from',
  'to',
];

export function projectSheet(rows: readonly Cells[]): Buffer {
  const lines = rows.map((row) => HEADINGS.map((id) => row[id] ?? '').join(','));
  const headings = HEADINGS.map((id) => PROJECT_COLUMNS[id].zh).join(',');
  return Buffer.from(`\ufeff${[headings, ...lines].join('\r\n')}\r\n`, 'utf8');
}
