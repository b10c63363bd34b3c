import { FUND_NAMES, LEVEL_NAMES } from '../../domain/budget/line.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import { STATISTICS_TERMS } from '../../domain/statistics/terms.ts';
import { escapeHtml as text } from './escape-html.ts';
import type { StatisticsBody } from './views/statistics-view.ts';

/** 级次、资金, in words. */
function sourceOf(level: string | undefined, fund: string | undefined): string {
  const levels: Readonly<Record<string, string>> = LEVEL_NAMES;
  const funds: Readonly<Record<string, string>> = FUND_NAMES;
  return [levels[level ?? ''], funds[fund ?? '']].filter(Boolean).join('、');
}

const COLUMNS = [
  ['项目', 'Programme'],
  ['街道', 'Street'],
  ['人', 'People'],
  ['户', 'Households'],
  ['其中人数不明', 'Of unknown size'],
  ['单位、项目', 'Bodies'],
  ['人次', 'Payments'],
  ['金额（元）', 'Yuan'],
  ['金额（万元）', '10,000 yuan'],
  ['尾差（元）', 'Remainder'],
  ['追缴（元）', 'Ordered back'],
  ['收缴（元）', 'Paid in'],
  ['抵扣（元）', 'Set off'],
  ['豁免（元）', 'Waived'],
] as const;

type Figures = StatisticsBody['total'] | StatisticsBody['programmes'][number]['streets'][number];
const figures = (one: Omit<Figures, 'street' | 'partsRemainder'>): string[] => [
  String(one.persons),
  String(one.households),
  String(one.householdsUnknown),
  String(one.bodies),
  String(one.payments),
  one.amount,
  one.amountTenThousand,
  one.remainder,
];

/** Programmes with their streets, and the total over all of them. */
function rowsOf({ programmes, total }: StatisticsBody, streets: ReadonlyMap<string, string>): string[][] {
  const rows = programmes.flatMap((one) => [
    [
      `${one.names.zh}${one.advance ? '（预付，不计入合计）' : ''}`,
      '小计',
      ...figures(one),
      one.recovery.ordered,
      one.recovery.recovered,
      one.recovery.setOff,
      one.recovery.waived,
    ],
    ...one.streets.map((street) => [
      one.names.zh,
      streets.get(street.street) ?? street.street,
      ...figures(street),
      '',
      '',
      '',
      '',
    ]),
  ]);
  return [...rows, ['合计', '', ...figures(total), '', '', '', '']];
}

/** CSV with a byte-order mark, as spreadsheets here expect. */
export function statisticsTable(body: StatisticsBody, streets: ReadonlyMap<string, string>): string {
  const head = csvLine(COLUMNS.map(([zh]) => zh));
  return [BYTE_ORDER_MARK, head, ...rowsOf(body, streets).map((row) => csvLine(row))].join('');
}

/** 发放统计表: figures alone, nobody's name; below it what each figure means. */
export function statisticsSheet(
  body: StatisticsBody,
  {
    jurisdiction,
    today,
    streets,
    style,
  }: {
    readonly jurisdiction: string;
    readonly today: string;
    readonly streets: ReadonlyMap<string, string>;
    readonly style: string;
  },
): string {
  const { from, to, by, total } = body;
  const rows = rowsOf(body, streets).map(
    (row) => `<tr>${row.map((value) => `<td>${text(value)}</td>`).join('')}</tr>`,
  );
  const head = COLUMNS.map(([zh, en]) => `<th scope="col">${zh}<br><span class="en">${en}</span></th>`);
  const funding = body.programmes.flatMap((one) =>
    one.funding.map(
      ({ line, level, fund, amount }) =>
        `<tr><td>${text(one.names.zh)}</td><td>${text(line ?? '其余（跨月批次、备用金支付、有收缴的批次），不分指标')}</td><td>${text(sourceOf(level, fund))}</td><td>${amount}</td></tr>`,
    ),
  );
  const terms = Object.values(STATISTICS_TERMS).map(
    ({ zh, en }) => `<li>${text(zh)}<br><span class="en">${text(en)}</span></li>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>发放统计表 ${text(jurisdiction)} ${from} ${to}</title><style>${style}</style></head>
<body><h1>发放统计表</h1>
<p class="en">Statistics of payments</p>
<p>${text(jurisdiction)}　${from} 至 ${to}　${by === 'payment' ? '按发放月份' : '按所属月份'}　截至 ${text(today)} 账簿</p>
<table><thead><tr>${head.join('')}</tr></thead>
${rows.join('\n')}
</table>
<p>各项目万元之和与合计之差：${total.partsRemainder} 元 <span class="en">rounded total less the sum of its parts</span></p>
<table><thead><tr><th scope="col">项目</th><th scope="col">指标 <span class="en">Budget line</span></th><th scope="col">级次、资金</th><th scope="col">金额（元）</th></tr></thead>${funding.join('')}</table>
<h2>统计口径 <span class="en">What the figures mean</span></h2>
<ul>${terms.join('')}</ul>
<p>经办：　　　　　　复核：　　　　　　</p>
</body></html>`;
}
