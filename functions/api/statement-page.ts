import { escapeHtml as text } from './escape-html.ts';
import { TOTAL_ROWS } from './views/statement-names.ts';
import type { EnrolmentBody, LineBody, StatementBody } from './views/statement-view.ts';

type Named = { readonly zh: string; readonly en: string };
type Cell = string;

const both = ({ zh, en }: Named): Cell => `${text(zh)}<br><span class="en">${text(en)}</span>`;
const row = (cells: readonly Cell[]): string =>
  `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const head = (names: readonly (readonly [string, string])[]): string =>
  `<thead><tr>${names.map(([zh, en]) => `<th scope="col">${zh}<br><span class="en">${en}</span></th>`).join('')}</tr></thead>`;
const table = (names: readonly (readonly [string, string])[], rows: readonly string[]): string =>
  `<table>${head(names)}<tbody>${rows.join('\n')}</tbody></table>`;

/**
 * 个人发放对账单 to print: sums by programme, then month by month what was due, why it changed and what another programme took of it, then
 * payments and recoveries, then the sums once more as they add up. Chinese first.
 */
export function statementPage(body: StatementBody, style: string): string {
  const who = body.person ? `${text(body.person.name)}（${text(body.person.personKey)}）　` : '';
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>个人发放对账单 ${text(body.asOf)}</title><style>${style}</style></head>
<body><h1>个人发放对账单</h1>
<p class="en">Statement over all programmes</p>
<p>${who}发放月份 ${text(body.from)} 至 ${text(body.through)}　制表 ${text(body.asOf)}　金额单位：元
<br><span class="en">payments of ${text(body.from)} to ${text(body.through)}, as of ${text(body.asOf)}, in yuan; from the ledger and what was signed, nothing computed anew</span></p>
<h2>一、汇总 <span class="en">Sums</span></h2>
${summaryTable(body)}
<h2>二、逐月明细 <span class="en">Month by month</span></h2>
${monthsTable(body)}
<h2>三、发放记录 <span class="en">Payments</span></h2>
${paymentsTable(body)}
<h2>四、追缴 <span class="en">Recoveries</span></h2>
${debtsTable(body)}
<p>核对：应得合计 ＝ 已到账 ＋ 抵扣 ＋ 在途 ＋ 待重发 ＋ 退回且已责令退回；追缴决定 ＋ 期初转入 － 撤销 ＝ 已缴入 ＋ 抵扣 ＋ 豁免 ＋ 尚欠。
<br><span class="en">Due in all = received + kept back + with the bank + to be sent again + came back after it was ordered back; ordered + brought in − called off = paid in + set off + waived + outstanding.</span></p>
<p>制表人：　　　　　　复核：　　　　　　</p>
</body></html>`;
}

const nothing = (body: StatementBody): boolean => body.enrolments.length === 0;

function summaryTable(body: StatementBody): string {
  if (nothing(body)) return '<p>没有享受的项目。<span class="en">No enrolment.</span></p>';
  const columns = [
    ['项目', 'Item'] as const,
    ...body.enrolments.map(({ programmeNames: { zh, en } }) => [text(zh), text(en)] as const),
    ['合计', 'Total'] as const,
  ];
  const rows = TOTAL_ROWS.filter(([name]) => isNamed(body, name)).map(([name, names]) =>
    row([both(names), ...body.enrolments.map(({ totals }) => totals[name]), body.totals?.[name] ?? '']),
  );
  return table(columns, rows);
}

/** Rows that are zero everywhere are left out, unless they are a sum. */
const SUMS: readonly string[] = ['entitlement', 'due', 'received', 'final'];
const isNamed = ({ totals }: StatementBody, name: keyof NonNullable<StatementBody['totals']>): boolean =>
  SUMS.includes(name) || totals?.[name] !== '0.00';

/** Lines of all programmes by month: what a clerk reads from top to bottom. */
function monthsTable(body: StatementBody): string {
  const lines = body.enrolments.flatMap((enrolment) =>
    enrolment.months.flatMap(({ month, lines: own }, place) =>
      own.map((line) => ({
        month,
        enrolment,
        line,
        like: alike(enrolment.months.slice(0, place), month, line),
      })),
    ),
  );
  const months = [...Map.groupBy(lines, ({ month }) => month)].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = months.flatMap(([month, own]) => [
    ...own.map(({ enrolment, line, like }) =>
      row([
        text(month),
        both(enrolment.programmeNames),
        lineName(line),
        line.kind === 'nothing' ? '—' : text(line.amount),
        line.kind === 'nothing' ? '' : text(line.after),
        why(line, like),
        `${text(line.on)}<br><span class="en">${text(line.runId)}</span>`,
      ]),
    ),
    `<tr class="sum"><td>${text(month)}</td><td colspan="2">小计 <span class="en">Month</span></td><td>${sumOfMonth(body, month)}</td><td colspan="3"></td></tr>`,
  ]);
  return table(
    [
      ['月份', 'Month'],
      ['项目', 'Programme'],
      ['事项', 'What'],
      ['金额', 'Amount'],
      ['累计', 'Then due'],
      ['原因和依据', 'Why, and by which article'],
      ['日期、批次', 'Date, run'],
    ],
    rows,
  );
}

const TAKEN = { zh: '不发（与其他项目不得同享、择高或补差）', en: 'nothing: another programme pays instead' };
const lineName = (line: LineBody): string =>
  `${both(line.kind === 'nothing' && line.stacking.length > 0 ? TAKEN : line.kindNames)}${line.componentNames ? `<br>${text(line.componentNames.zh)}` : ''}`;

/** The latest month before that has a line of the same kind on the same grounds; each month is read once with all of them. */
function alike(before: EnrolmentBody['months'], month: string, line: LineBody): string | undefined {
  const last = before.findLast(({ lines }) => lines.some(({ kind }) => kind === line.kind));
  const same = last?.lines.some(
    (one) => one.kind === line.kind && groundsOf(one, last.month) === groundsOf(line, month),
  );
  return same ? last?.month : undefined;
}

/** The grounds of a line apart from its month. */
const groundsOf = ({ steps }: LineBody, month: string): string =>
  steps.map(({ zh }) => zh.replaceAll(month, '')).join('\n');

/** What another programme took of it, then what changed where something did, and else the grounds as they were signed. */
function why(line: LineBody, like: string | undefined): string {
  const said: string[] = [];
  if (line.causeNames) said.push(both(line.causeNames));
  if (line.document !== undefined) said.push(`文号 <code>${text(line.document)}</code>`);
  if (line.before !== '0.00' && line.kind !== 'nothing')
    said.push(`新 ${text(line.after)} － 旧 ${text(line.before)} ＝ ${text(line.amount)}`);
  for (const one of line.stacking) said.push(`<b>叠加：</b>${sentence(one)}`);
  if (line.changed.length > 0) {
    said.push(...line.changed.map((one) => `<b>变动：</b>${sentence(one)}`));
  } else if (like !== undefined && line.steps.length > 0) {
    said.push(`依据同 ${text(like)} <span class="en">on the same grounds as ${text(like)}</span>`);
  } else {
    const others = line.steps.filter(({ zh }) => line.stacking.every((one) => one.zh !== zh));
    said.push(...others.map(sentence));
  }
  return said.join('<br>');
}

const sentence = ({ zh, en, citation }: LineBody['steps'][number]): string => {
  const basis = citation ? `〔${citation.document}${citation.article ?? ''}〕` : '';
  return `${text(zh)}${text(basis)} <span class="en">${text(en)}</span>`;
};

/** Sum of a month over all programmes, exact: in whole fen. */
function sumOfMonth(body: StatementBody, month: string): string {
  const amounts = body.enrolments.flatMap(({ months }) =>
    months.filter((one) => one.month === month).map(({ amount }) => BigInt(amount.replace('.', ''))),
  );
  const total = amounts.reduce((sum, amount) => sum + amount, 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(3, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function paymentsTable(body: StatementBody): string {
  const all = body.enrolments.flatMap((enrolment) =>
    enrolment.payments.map((payment) => ({ enrolment, payment })),
  );
  const rows = all
    .sort((a, b) => (a.payment.sentOn < b.payment.sentOn ? -1 : 1))
    .map(({ enrolment, payment }) =>
      row([
        text(payment.sentOn),
        text(payment.answeredOn ?? ''),
        both(enrolment.programmeNames),
        `${text(payment.period)}　第 ${payment.attempt} 次`,
        text(payment.amount),
        payment.setOff === '0.00' ? '' : text(payment.setOff),
        text(payment.account ?? ''),
        `${both(payment.stateNames)}${payment.reasonNames ? `<br>${text(payment.reasonNames.zh)}` : ''}`,
        both(payment.meansNames),
      ]),
    );
  return table(
    [
      ['报送', 'Sent'],
      ['到账或退回', 'Answered'],
      ['项目', 'Programme'],
      ['期间', 'Period'],
      ['金额', 'Amount'],
      ['另抵扣', 'Kept back'],
      ['账户', 'Account'],
      ['结果', 'Result'],
      ['方式', 'Means'],
    ],
    rows,
  );
}

function debtsTable(body: StatementBody): string {
  const rows = body.enrolments.flatMap((enrolment) => [
    ...enrolment.proposals.map((one) =>
      row([
        '',
        both(enrolment.programmeNames),
        `拟追缴（尚未决定）${text(one.month)}<br><span class="en">proposed, not decided</span>`,
        both(one.causeNames),
        text(one.amount),
      ]),
    ),
    ...enrolment.debts.map((one) =>
      row([
        text(one.on),
        both(enrolment.programmeNames),
        both(one.kindNames),
        `${text(one.recoveryId ?? '')}${one.document === undefined ? '' : `　<code>${text(one.document)}</code>`}`,
        text(one.amount),
      ]),
    ),
  ]);
  if (rows.length === 0) return '<p>没有追缴。<span class="en">None.</span></p>';
  const { debtTotals } = body;
  const foot = debtTotals
    ? `<tr class="sum"><td></td><td colspan="3">尚欠 <span class="en">Outstanding</span>（${debtTotals.ordered} ＋ ${debtTotals.broughtIn} － ${debtTotals.revoked} － ${debtTotals.received} － ${debtTotals.setOff} － ${debtTotals.waived}）</td><td>${debtTotals.outstanding}</td></tr>`
    : '';
  return table(
    [
      ['日期', 'Date'],
      ['项目', 'Programme'],
      ['事项', 'What'],
      ['编号、文号', 'Order, document'],
      ['金额', 'Amount'],
    ],
    [...rows, foot],
  );
}
