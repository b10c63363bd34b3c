import { subjectOf } from '../../domain/ids.ts';
import { sumFen, toYuan } from '../../domain/money.ts';
import { AGES, byAge, type Recoverable } from '../recovery/recoverables.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames } from './views/run-view.ts';

const COLUMNS = [
  ['保障对象编号', 'Enrolment'],
  ['对象', 'Beneficiary'],
  ['追缴决定尚欠（元）', 'Orders outstanding'],
  ['期初转入未立案（元）', 'Brought in, no order yet'],
  ['待追缴科目余额（元）', 'Recoverable account'],
  ['差异（元）', 'Difference'],
  ['起算日', 'Since'],
  ['账龄（天）', 'Age in days'],
] as const;

/** 待追缴账龄表: every recoverable account that is not at zero, with its age; those at zero are counted. Names are masked. */
export function recoverablesSheet(
  {
    programme,
    jurisdiction,
    today,
    open,
    settled,
    names,
  }: {
    readonly programme: string;
    readonly jurisdiction: string;
    readonly today: string;
    readonly open: readonly Recoverable[];
    readonly settled: number;
    /** Masked names by the key of the subject. */
    readonly names: ReadonlyMap<string, string>;
  },
  style: string,
): string {
  const { zh, en } = programmeNames(programme);
  const head = (names_: readonly (readonly [string, string])[]) =>
    `<tr>${names_.map(([one, other]) => `<th scope="col">${one}<br><span class="en">${other}</span></th>`).join('')}</tr>`;
  const sum = (of: (one: Recoverable) => Recoverable['balanceFen']) => toYuan(sumFen(open.map(of)));
  const rows = open.map((one) =>
    cells([
      one.enrolment,
      names.get(subjectOf(one.enrolment)) ?? '',
      toYuan(one.orderedFen),
      toYuan(one.broughtInFen),
      toYuan(one.balanceFen),
      toYuan(one.differenceFen),
      one.since ?? '',
      String(one.days),
    ]),
  );
  const foot = cells([
    '合计',
    '',
    sum((one) => one.orderedFen),
    sum((one) => one.broughtInFen),
    sum((one) => one.balanceFen),
    sum((one) => one.differenceFen),
    '',
    '',
  ]);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>待追缴账龄表 ${text(jurisdiction)} ${text(today)}</title><style>${style}</style></head>
<body><h1>${text(zh)}待追缴账龄表</h1>
<p class="en">Open recoverable accounts by age: ${text(en)}</p>
<p>${text(jurisdiction)}　${text(today)}　未结 ${open.length} 户，已结平 ${settled} 户</p>
<table><thead>${head([
    ['账龄', 'Age'],
    ['户数', 'Accounts'],
    ['余额（元）', 'Balance'],
  ])}</thead>${ageRows(open)}</table>
<table><thead>${head(COLUMNS)}</thead>
${rows.join('\n')}
${foot}
</table>
<p>经办：　　　　　　复核：　　　　　　</p>
</body></html>`;
}

const cells = (values: readonly string[]): string =>
  `<tr>${values.map((value) => `<td>${text(value)}</td>`).join('')}</tr>`;

const ageRows = (open: readonly Recoverable[]): string =>
  byAge(open)
    .map(({ from, count, fen }, place) => {
      const until = AGES[place + 1];
      const age = until === undefined ? `${from} 天以上` : `${from}–${until - 1} 天`;
      return cells([age, String(count), toYuan(fen)]);
    })
    .join('');
