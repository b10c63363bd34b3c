import { type Fen, fen, toYuan } from '../../../domain/money.ts';
import { PROJECT_COLUMNS } from '../../../domain/register/project-columns.ts';
import type { PlantedRow } from './district.ts';
import type { SampleOrganisation } from './organisations.ts';
import { xlsxOf } from './xlsx-writer.ts';

type ProjectColumn = keyof typeof PROJECT_COLUMNS;

/**
 * What becomes of a project. Signed: `signed`, and the two whose block somebody lifts, with a reason. Not signed: the others.
 */
export type Fate =
  | 'signed'
  | 'second-overridden'
  | 'other-money-overridden'
  | 'rejected'
  | 'low-score'
  | 'second'
  | 'other-money'
  | 'objected';
export const SIGNED_FATES: readonly Fate[] = ['signed', 'second-overridden', 'other-money-overridden'];

export const isSigned = ({ fate }: { readonly fate: Fate }): boolean => SIGNED_FATES.includes(fate);

export type SampleLine = { readonly category: string; readonly item: string; readonly fen: Fen };
export type SampleProject = {
  readonly number: string;
  readonly name: string;
  readonly organisation: SampleOrganisation;
  /** 未登记团队 that the organisation sponsors. */
  readonly group?: string;
  readonly asked: Fen;
  readonly ownFunds: Fen;
  readonly lines: readonly SampleLine[];
  readonly from: string;
  readonly to: string;
  readonly serviceHours: number;
  /** What the two judges give, as they write it. */
  readonly scores: readonly [string, string];
  readonly fate: Fate;
};
export type ProjectCells = Partial<Record<ProjectColumn, string>>;
/** A row that must come back; `says` is part of its reason where no single column is at fault. */
export type PlantedProjectRow = PlantedRow & { readonly says?: string };

/** As the sheet spells them: by their Chinese names. */
const CATEGORY_WORDS: Readonly<Record<string, string>> = {
  activities: '业务活动费',
  personnel: '人员和劳务费',
  volunteers: '志愿者补贴',
  experts: '专家和督导费',
  'social-work': '社工服务成本',
  management: '管理费用',
  taxes: '税费',
};

export const budgetCell = (lines: readonly SampleLine[]): string =>
  lines
    .map(
      ({ category, item, fen: amount }) =>
        `${CATEGORY_WORDS[category] ?? category}-${item}：${toYuan(amount)}`,
    )
    .join('；');

export function projectCells(each: SampleProject): ProjectCells {
  const { organisation: own, asked, ownFunds, fate } = each;
  return {
    number: each.number,
    projectName: each.name,
    organisation: own.name,
    code: own.code,
    holder: own.name,
    account: own.account,
    bankName: own.street.bank,
    group: each.group ?? '',
    asked: toYuan(asked),
    budget: toYuan(fen(asked + ownFunds)),
    ownFunds: toYuan(ownFunds),
    otherMoney: fate === 'other-money' || fate === 'other-money-overridden' ? '是' : '否',
    lines: budgetCell(each.lines),
    from: each.from,
    to: each.to,
    serviceHours: String(each.serviceHours),
  };
}

const SHEET: readonly ProjectColumn[] = [
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
  'serviceHours',
];
/** A title and the headings stand above the first. */
export const FIRST_ROW = 3;

export function projectSheet(rows: readonly ProjectCells[]): Buffer {
  const headings = SHEET.map((column) => PROJECT_COLUMNS[column].zh);
  const cells = rows.map((row) => SHEET.map((column) => row[column] || undefined));
  return xlsxOf({
    sheets: [{ name: '申报汇总', rows: [['示例区2026年公益创投项目申报汇总表'], headings, ...cells] }],
  });
}
