import { ok, type Result, refusal, refuse } from '../result.ts';
import { shownCell } from '../shown-cell.ts';
import { pastDate, wordIn } from './column-words.ts';
import type { Column } from './columns.ts';
import { orWithdrawn, type ProgrammeColumns } from './fact-columns.ts';
import { count, day, money, shortText, words } from './grant-cells.ts';

/** Levels as sheets write them: "2", "2级", "照护2级", "重度失能", "severe". */
const LEVELS: Readonly<Record<string, string>> = {
  一: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  自理: 'intact',
  轻度: 'light',
  中度: 'moderate',
  重度: 'severe',
};

/** A level or class in the word of the place's own table. Refusal: `invalid/level`. */
function placeWord(cell: string): Result<string> {
  const bare = cell.normalize('NFKC').replace(/^照护/, '').replace(/失能$/, '').replace(/级$/, '');
  const word = wordIn(LEVELS, bare) ?? bare;
  if (/^[a-z0-9][a-z0-9-]{0,19}$/.test(word)) return ok(word);
  return refuse(
    refusal(
      'invalid/level',
      `“${shownCell(cell)}”应为政策库中的等级或类别，如 2、重度`,
      `"${shownCell(cell)}" is not a level or class of the policy, such as 2 or severe`,
    ),
  );
}

function hours(cell: string): Result<string> {
  if (/^(?:0|[1-9]\d{0,2})(?:\.\d{1,2})?$/.test(cell) && Number(cell) > 0) return ok(cell);
  return refuse(
    refusal(
      'invalid/hours',
      `“${shownCell(cell)}”应为大于零的小时数，如 1.5`,
      `"${shownCell(cell)}" is not a number of hours above zero, such as 1.5`,
    ),
  );
}

/** Columns of 养老服务补贴 on the register sheet, beside those of every programme. */
export const ELDERLY_SERVICE_COLUMNS: ProgrammeColumns = {
  careLevel: {
    zh: '照护等级',
    en: 'Level of care',
    aliases: ['照护统一需求评估等级', '失能等级'],
    example: '2',
    parse: orWithdrawn(placeWord),
    fact: { of: 'person', kind: 'care-level', from: { column: 'careLevelFrom' } },
  },
  careLevelFrom: {
    zh: '照护等级评估日期',
    en: 'Level of care since',
    content: 'date',
    example: '2026-03-10',
    parse: pastDate,
  },
  serviceClass: {
    zh: '服务补贴类别',
    en: 'Class for service subsidies',
    example: 'special-family',
    parse: orWithdrawn(placeWord),
    fact: { of: 'enrolment', kind: 'service-class', from: 'first-known' },
  },
};

export const ELDERLY_ORDERS_COLUMNS = {
  order: {
    zh: '订单编号',
    en: 'Order number',
    aliases: ['工单编号'],
    example: 'D2026110001',
    parse: shortText,
  },
  servedOn: day('服务日期', 'Served on'),
  service: { zh: '服务项目', en: 'Service', example: '助浴', parse: shortText },
  hours: { zh: '服务时长', en: 'Hours', aliases: ['服务时长（小时）'], example: '1.5', parse: hours },
  orderAmount: money('订单金额', 'Amount of the order'),
} as const satisfies Record<string, Column>;

export const ELDERLY_INSTITUTION_COLUMNS = {
  bedLevel: { zh: '入住等级', en: 'Level of the resident', example: '重度', parse: placeWord },
  bedFrom: day('入住起日', 'In the bed from'),
  bedTo: day('入住止日', 'In the bed to'),
} as const satisfies Record<string, Column>;

export const ELDERLY_CONSTRUCTION_COLUMNS = {
  project: { zh: '建设项目编号', en: 'Construction project', example: '建2026-2', parse: shortText },
  building: words('建设方式', 'How beds came about', '新建', {
    新建: 'new',
    改扩建: 'extended',
    租赁改造: 'leased',
  }),
  beds: count('新增床位数', 'New beds'),
  openedOn: day('备案日期', 'Filed on'),
} as const satisfies Record<string, Column>;
