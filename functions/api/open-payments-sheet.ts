import { subjectOf } from '../../domain/ids.ts';
import { toYuan } from '../../domain/money.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { Refusal } from '../../domain/result.ts';
import type { Tally } from '../../domain/run/draft.ts';
import { NEXT_STEPS, type OpenItem, totalsOfOpen } from '../../domain/unpaid/open-list.ts';
import type { StuckMoney } from '../../domain/unpaid/stuck-money.ts';
import { escapeHtml as text } from './escape-html.ts';
import { bankReasonView } from './views/bank-reason-view.ts';
import { STUCK_NAMES } from './views/open-payment-views.ts';
import type { MaskedBody } from './views/person-view.ts';

/** A4 across, black on white. */
export const OPEN_SHEET_STYLE = `
@page{size:A4 landscape;margin:14mm}
body{margin:0 auto;max-width:265mm;color:#000;background:#fff;font:10pt/1.4 "Songti SC","SimSun","Noto Serif CJK SC",serif}
h1{font-size:17pt;text-align:center;margin:6mm 0 1mm}h1+p{text-align:center;margin:0 0 5mm}h2{font-size:12pt;margin:4mm 0 1mm}
.en{font-size:8pt;color:#333}
table{border-collapse:collapse;width:100%;margin:0 0 5mm;font-size:9pt}table .en{font-size:7.5pt}th,td{border:1px solid #000;padding:1mm 1.8mm;text-align:left;vertical-align:top}
tr{break-inside:avoid}.late{font-weight:700}
`;

/** What the sheet is made of; masked names by person key, names of streets by code. */
export type OpenSheetFacts = {
  readonly jurisdiction: string;
  readonly asOf: string;
  readonly items: readonly OpenItem[];
  readonly stuck: readonly StuckMoney[];
  readonly persons: ReadonlyMap<string, MaskedBody>;
  readonly streets: ReadonlyMap<string, string>;
  readonly calendarGap?: Refusal;
};

const AGES = {
  'to-5': '0–5',
  'to-10': '6–10',
  'to-20': '11–20',
  'to-60': '21–60',
  'over-60': '60 以上',
  unknown: '—',
};
const CLASSES = {
  'fix-data': '更正信息',
  hold: '本人办理',
  retry: '直接重发',
  investigate: '查询去向',
  deceased: '疑似死亡',
};

/** 退票处理清单: every open payment with its age and what to do, for the file and for the streets. Nothing personal but a masked name. */
export function openPaymentsSheet(facts: OpenSheetFacts): string {
  const { jurisdiction, asOf, items, calendarGap } = facts;
  const { open, overdue, rows } = totalsOfOpen(items);
  const totals = rows.map(({ retryClass, band, ...sum }) =>
    cells([CLASSES[retryClass], `${AGES[band]} 个工作日`, tally(sum)]),
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>退票处理清单 ${text(jurisdiction)} ${text(asOf)}</title><style>${OPEN_SHEET_STYLE}</style></head>
<body><h1>退票处理清单</h1>
<p class="en">Payments that failed or came back and are still open: ${text(jurisdiction)}, ${text(asOf)}</p>
<p>未清 ${tally(open)}；其中超期 <span class="late">${tally(overdue)}</span>。账龄为工作日（按国务院办公厅放假通知）。</p>
${calendarGap ? `<p class="late">${text(calendarGap.zh)} <span class="en">${text(calendarGap.en)}</span></p>` : ''}
<table>${heads(['类别', '账龄', '笔数、金额'])}${totals.join('')}</table>
<table><thead>${heads(['明细号', '项目', '对象', '街道', '金额（元）', '原因', '下一步', '发生日期', '工作日', '超期日', '处理情况、签字'])}</thead>${items.map((item) => itemRow(facts, item)).join('')}</table>
${stuckTable(facts.stuck)}
</body></html>`;
}

const tally = ({ count, fen }: Tally): string => `${count} 笔　${toYuan(fen)} 元`;
const heads = (names: readonly string[]): string =>
  `<tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr>`;
/** @param values already escaped */
const cells = (values: readonly string[], style = ''): string =>
  `<tr${style === '' ? '' : ` class="${style}"`}>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;

function itemRow({ persons, streets }: OpenSheetFacts, item: OpenItem): string {
  const { zh } = bankReasonView(item.reason).names;
  const step = NEXT_STEPS[item.nextStep];
  return cells(
    [
      text(item.payment),
      text(PROGRAMMES[item.programme]?.names.zh ?? item.programme),
      text(persons.get(subjectOf(item.enrolment))?.name ?? ''),
      text(streets.get(item.street) ?? item.street),
      toYuan(item.fen),
      `${item.kind === 'returned' ? '退回：' : ''}${text(zh)}`,
      `${text(step.zh)}<br><span class="en">${text(step.en)}</span>`,
      text(item.since),
      item.workingDays === undefined
        ? '—'
        : `${item.atLeast ? '≥ ' : ''}${item.workingDays}${item.overdue ? '（超期）' : ''}`,
      text(item.overdueFrom ?? '—'),
      '',
    ],
    item.overdue ? 'late' : '',
  );
}

function stuckTable(stuck: readonly StuckMoney[]): string {
  if (stuck.length === 0) return '';
  const rows = stuck.map(({ runId, kind, since, days, fen }) =>
    cells([text(runId), STUCK_NAMES[kind].zh, text(since), String(days), toYuan(fen)]),
  );
  return `<h2>资金滞留（超过 30 天） <span class="en">Money that stands still</span></h2>
<table>${heads(['批次', '情况', '起算日期', '天数', '金额（元）'])}${rows.join('')}</table>`;
}
