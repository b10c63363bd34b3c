import { amountInWords } from '../../domain/amount-in-words.ts';
import { FUND_NAMES, LEVEL_NAMES } from '../../domain/budget/line.ts';
import type { Recipients } from '../../domain/budget/recipients.ts';
import { type Fen, sumFen, toYuan, ZERO } from '../../domain/money.ts';
import { applicableChain } from '../../domain/run/approval-chain.ts';
import { fundsNeeded, type Run } from '../../domain/run/run.ts';
import { STATE_NAMES } from '../../domain/run/state-guard.ts';
import type { ProgrammeReport } from '../budget/report.ts';
import type { FundingRequest } from '../run/service.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { SHEET_STYLE } from './approval-sheet.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames, roundName } from './views/run-view.ts';

/** Pages for the finance bureau: figures, codes and staff; no beneficiary, no account. */
export const BUDGET_STYLE = `${SHEET_STYLE}
td.n,th.n{text-align:right;white-space:nowrap;width:auto}table.wide th,table.wide td{width:auto;padding:1mm 1.4mm;font-size:9pt}
`;

/** The report has twelve columns. */
export const REPORT_STYLE = `${BUDGET_STYLE}@page{size:A4 landscape}body{max-width:261mm}
`;

const page = (title: string, en: string, body: string, style = BUDGET_STYLE): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(title)}</title><style>${style}</style></head>
<body><h1>${text(title)}</h1>
<p class="en">${text(en)}</p>
${body}
</body></html>`;

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;
const heads = (names: readonly (readonly [zh: string, en: string])[]): string =>
  `<tr>${names.map(([zh, en]) => `<th scope="col">${zh}<br><span class="en">${en}</span></th>`).join('')}</tr>`;
const cells = (plain: readonly string[], amounts: readonly Fen[]): string =>
  `<tr>${plain.map((value) => `<td>${text(value)}</td>`).join('')}${amounts.map((amount) => `<td class="n">${toYuan(amount)}</td>`).join('')}</tr>`;
const wide = (rows: readonly string[]): string => `<table class="wide">${rows.join('')}</table>`;

const LINE_HEADS = [
  ['指标号', 'Line'],
  ['级次', 'Level'],
  ['资金性质', 'Fund'],
  ['功能分类', 'Functional'],
  ['经济分类', 'Economic'],
] as const;
type Line = FundingRequest['lines'][number];
const lineCells = ({
  line,
  level,
  fund,
  functional,
  economic,
}: Omit<Line, 'fen' | 'appropriated'>): string[] => [
  line,
  LEVEL_NAMES[level],
  FUND_NAMES[fund],
  functional ?? '',
  economic ?? '',
];

/** 拨款申请 of one run. Staff names by staff id. */
export function fundingSheet(
  { run, lines, planned }: FundingRequest,
  recipients: Recipients,
  staffNames: ReadonlyMap<string, string>,
): string {
  const { manifest } = run;
  const { zh, en } = programmeNames(manifest.programme);
  const shown = planned?.ok
    ? lines.map((line) => ({ ...line, fen: planned.value[line.line] ?? ZERO }))
    : lines;
  const drawn = shown.filter(({ fen }) => fen > 0);
  const needed = fundsNeeded(run);
  const head = [
    row('民政局（行政区划）', 'Bureau (jurisdiction)', text(manifest.jurisdiction)),
    row('发放期间、轮次', 'Period, round', `${text(manifest.period)}　${text(roundName(manifest.round))}`),
    row('批次、状态', 'Run, state', `${text(run.runId)}　${STATE_NAMES[run.state]}`),
    row(
      '发放日、预算年度',
      'Pay day, fiscal year',
      `${text(manifest.payDate)}　${text(manifest.fiscalYear)}`,
    ),
    row('发放人数、户数、笔数', 'Persons, households, payments', countsText(recipients)),
    row('申请拨款', 'Funds asked for', `${toYuan(needed)} 元<br>${amountInWords(needed)}`),
  ];
  const table = [
    heads([...LINE_HEADS, ['金额（元）', 'Amount']]),
    ...drawn.map((line) => cells(lineCells(line), [line.fen])),
    cells(['合计', '', '', '', ''], [sumFen(drawn.map(({ fen }) => fen))]),
  ];
  const notYet = planned
    ? `<p>尚未完成审批，未占用指标：${planned.ok ? '以下为按现有指标试算' : text(planned.error.zh)}</p>`
    : '';
  return page(
    `${zh}拨款申请`,
    `Funding request: ${en}`,
    `<table>${head.join('')}</table>${notYet}${wide(table)}<table>${signatures(run, staffNames)}</table>`,
  );
}

function countsText(recipients: Recipients): string {
  const { persons, households, payments, householdsUncounted, organisations, projects } = recipients;
  if (organisations !== undefined) return `${organisations} 家单位　${payments} 笔`;
  if (projects !== undefined) return `${projects} 个项目　${payments} 笔`;
  const uncounted = householdsUncounted === undefined ? '' : `（另 ${householdsUncounted} 户未列人数）`;
  return `${persons} 人${uncounted}　${households === undefined ? '—' : `${households} 户`}　${payments} 笔`;
}

function signatures(run: Run, staffNames: ReadonlyMap<string, string>): string {
  const name = (id: string): string => text(staffNames.get(id) ?? id);
  const signed = new Map(run.signatures.map((signature) => [signature.step, signature]));
  const boxes = applicableChain(run).map(({ code, office }) => {
    const signature = signed.get(code);
    const content = signature
      ? `${name(signature.by)}${signature.onBehalfOf === undefined ? '' : `（代 ${name(signature.onBehalfOf)}）`}　${shanghaiDate(signature.at)}`
      : '';
    return row(text(office.zh), text(office.en), content);
  });
  const submitted = run.submission ? name(run.submission.by) : '';
  return [
    row('经办', 'Prepared and submitted', submitted),
    ...boxes,
    row('财政部门意见', 'Finance bureau', ''),
  ].join('');
}

/** 用款汇总 of a month. */
export function fundingSummarySheet(
  jurisdiction: string,
  month: string,
  requests: readonly FundingRequest[],
): string {
  const lines = summaryLines(requests);
  const total = sumFen(lines.map(({ line }) => line.fen));
  const funds = Map.groupBy(lines, ({ line }) => line.fund);
  const head = [
    row('民政局（行政区划）', 'Bureau (jurisdiction)', text(jurisdiction)),
    row('发放月份', 'Month of payment', text(month)),
    row('合计', 'Total', `${toYuan(total)} 元<br>${amountInWords(total)}`),
    ...[...funds].map(([fund, of]) =>
      row(FUND_NAMES[fund], fund, `${toYuan(sumFen(of.map(({ line }) => line.fen)))} 元`),
    ),
  ];
  const table = [
    heads([['项目', 'Programme'], ...LINE_HEADS, ['金额（元）', 'Amount']]),
    ...lines.map(({ programme, line }) =>
      cells([programmeNames(programme).zh, ...lineCells(line)], [line.fen]),
    ),
  ];
  const runs = [
    heads([
      ['批次', 'Run'],
      ['项目', 'Programme'],
      ['发放日', 'Pay day'],
      ['笔数', 'Payments'],
      ['金额（元）', 'Amount'],
    ]),
    ...requests.map(({ run, totals }) =>
      cells(
        [
          run.runId,
          programmeNames(run.manifest.programme).zh,
          run.manifest.payDate,
          String(totals?.payable.count ?? 0),
        ],
        [fundsNeeded(run)],
      ),
    ),
  ];
  return page(
    `${month} 用款汇总表`,
    `Funds drawn by the runs that pay in ${month}`,
    `<table>${head.join('')}</table>${wide(table)}${wide(runs)}`,
  );
}

/** What the runs drew of each line, by programme and then in the order of the lines. */
export function summaryLines(
  requests: readonly FundingRequest[],
): { readonly programme: string; readonly line: Line }[] {
  const found = new Map<string, { programme: string; line: Line }>();
  for (const { run, lines } of requests) {
    const { programme, fiscalYear } = run.manifest;
    for (const line of lines.filter(({ fen }) => fen > 0)) {
      const key = `${programme} ${fiscalYear} ${line.line}`;
      const before = found.get(key);
      const fen = before ? sumFen([before.line.fen, line.fen]) : line.fen;
      found.set(key, { programme, line: { ...line, fen } });
    }
  }
  return [...found]
    .sort(([a], [b]) => (a.split(' ')[0] ?? '').localeCompare(b.split(' ')[0] ?? ''))
    .map(([, one]) => one);
}

/** 预算执行情况表 of a year. */
export function budgetReportSheet(
  jurisdiction: string,
  fiscalYear: string,
  reports: readonly ProgrammeReport[],
): string {
  const sections = reports.map(({ programme, budget, lines, tie }) => {
    const { zh, en } = programmeNames(programme);
    const figures = lines.map(
      ({ line, appropriated, returned, surrendered, reserved, spent, released, available }) =>
        cells(lineCells(line), [appropriated, returned, surrendered, reserved, spent, released, available]),
    );
    const table = [
      heads([
        ...LINE_HEADS,
        ['预算数', 'Appropriated'],
        ['结转退回', 'Returned'],
        ['上缴', 'Surrendered'],
        ['占用', 'Reserved'],
        ['支出', 'Spent'],
        ['已释放', 'Released'],
        ['可用', 'Available'],
      ]),
      ...figures,
    ];
    const state = budget.closed ? '已结账' : '未结账';
    const ledger = tie
      ? `<p>与总账核对：到账净额 ${toYuan(tie.settled)} 元，预算支出 ${toYuan(tie.spent)} 元，未关账批次待计入 ${toYuan(tie.open)} 元，差额 ${toYuan(tie.difference)} 元</p>`
      : '';
    return `<h2>${text(zh)} <span class="en">${text(en)}</span>　${state}</h2>${wide(table)}${ledger}`;
  });
  return page(
    `${fiscalYear} 年度预算执行情况表`,
    `How the budgets of ${fiscalYear} stand, ${jurisdiction}`,
    sections.length > 0 ? sections.join('') : '<p>没有预算指标。</p>',
    REPORT_STYLE,
  );
}
