import { amountInWords } from '../../domain/amount-in-words.ts';
import { toYuan } from '../../domain/money.ts';
import { recoveryStateName } from '../../domain/recovery/checks.ts';
import { type ListedRecovery, totalsOf } from '../recovery/recovery-list.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames } from './views/run-view.ts';

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;

/** 追缴通知书: what is to be given back, why, until when, and how to object. The name is masked and written in by hand. */
export function recoveryNotice(
  { recoveryId, address, order }: ListedRecovery,
  { name, style }: { readonly name: string; readonly style: string },
): string {
  const { proposed, ordered } = order;
  const { zh, en } = programmeNames(address.programme);
  const taken = (ordered?.parts ?? []).flatMap((part) => part.lines);
  const lines = taken.length > 0 ? taken : (proposed.lines ?? []);
  const months = lines.map(
    ({ month, fen: amount }) => `<tr><td>${text(month)}</td><td>${toYuan(amount)}</td></tr>`,
  );
  const plan = (ordered ?? proposed).instalments.map(
    ({ dueOn, fen: amount }, at) =>
      `<tr><td>第 ${at + 1} 期</td><td>${text(dueOn)} 前</td><td>${toYuan(amount)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>追缴通知书 ${text(recoveryId)}</title><style>${style}</style></head>
<body><h1>${text(zh)}追缴通知书</h1>
<p class="en">Notice of a recovery order: ${text(en)}</p>
<table>
${row('文号', 'Number', text(ordered?.document ?? ''))}
${row('编号', 'Recovery', text(recoveryId))}
${row('当事人', 'To', `${text(name)}（姓名或名称：　　　　　　）`)}
${row('事由', 'Reason', text(proposed.reason))}
${row('应退金额', 'To be given back', `${toYuan(proposed.fen)} 元（${text(amountInWords(proposed.fen))}）`)}
${row('决定日期', 'Decided on', text(ordered?.decidedOn ?? ''))}
${row('缴款期限', 'Due on', text((ordered ?? proposed).dueOn))}
${row('缴款方式', 'How to pay', ordered?.means === 'set-off' ? '从以后应发的本项补助中逐笔抵扣，也可随时缴入国库或本机关指定账户（先缴先抵）<br><span class="en">Kept back of later payments of this benefit; you may pay in at any time, which is off it first</span>' : '缴入国库或本机关指定账户：　　　　　　　　　　　　　　　　　')}
</table>
<table><thead><tr><th scope="col">所属月份 <span class="en">Month</span></th><th scope="col">金额（元） <span class="en">Yuan</span></th></tr></thead>${months.join('')}</table>
<table><thead><tr><th scope="col">期次 <span class="en">Instalment</span></th><th scope="col">期限 <span class="en">Due</span></th><th scope="col">金额（元） <span class="en">Yuan</span></th></tr></thead>${plan.join('')}</table>
<p>您（户、单位）已领取的上述款项不符合发放条件，请在期限内退回。一次缴清有困难的，可以在期限届满前书面申请分期、暂缓或豁免。对本决定不服的，可以自收到之日起六十日内依法申请行政复议，或者在六个月内依法提起行政诉讼。</p>
<p class="en">Money named above was received and was not due: give it back by the day named. Whoever cannot at once may ask in writing for instalments, a delay or a waiver. Within sixty days of receipt you may ask for administrative reconsideration, or within six months go to court.</p>
<table>
${row('送达方式', 'Way of delivery', '□ 直接送达　□ 邮寄　□ 留置　□ 公告')}
${row('送达日期', 'Delivered on', '　　　　年　　月　　日')}
${row('收件人签名（盖章）', 'Received by', '')}
${row('送达人签名', 'Delivered by', '')}
</table>
<p>（盖章）　　　　　　年　　月　　日</p>
</body></html>`;
}

const COLUMNS = [
  '编号',
  '对象',
  '文号',
  '决定日期',
  '送达日期',
  '应缴（元）',
  '已缴（元）',
  '抵扣（元）',
  '豁免（元）',
  '撤销（元）',
  '尚欠（元）',
  '期限',
  '逾期（元）',
  '状态',
];

/** 收缴台账: every order with what came of it, and the sums. Names are masked. */
export function recoverySheet(
  {
    programme,
    jurisdiction,
    today,
    list,
    names,
  }: {
    readonly programme: string;
    readonly jurisdiction: string;
    readonly today: string;
    readonly list: readonly ListedRecovery[];
    /** Masked names by the key of the subject. */
    readonly names: ReadonlyMap<string, string>;
  },
  style: string,
): string {
  const { zh, en } = programmeNames(programme);
  const cells = (values: readonly string[]) =>
    `<tr>${values.map((value) => `<td>${text(value)}</td>`).join('')}</tr>`;
  const sums = (figures: ListedRecovery['figures']) => [
    toYuan(figures.ordered),
    toYuan(figures.received),
    toYuan(figures.setOff),
    toYuan(figures.waived),
    toYuan(figures.revoked),
    toYuan(figures.outstanding),
  ];
  const rows = list.map(({ recoveryId, address, order, state, figures }) =>
    cells([
      recoveryId,
      names.get(address.enrolment.split('-')[1] ?? '') ?? '',
      order.ordered?.document ?? '',
      order.ordered?.decidedOn ?? '',
      order.delivered?.on ?? '',
      ...sums(figures),
      (order.ordered ?? order.proposed).dueOn,
      figures.overdue > 0 ? toYuan(figures.overdue) : '',
      recoveryStateName(state),
    ]),
  );
  const totals = totalsOf(list);
  const foot = cells(['合计', '', '', '', '', ...sums(totals), '', toYuan(totals.overdue), '']);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>收缴台账 ${text(jurisdiction)} ${text(today)}</title><style>${style}</style></head>
<body><h1>${text(zh)}收缴台账</h1>
<p class="en">Recovery orders: ${text(en)}</p>
<p>${text(jurisdiction)}　${text(today)}　共 ${list.length} 件</p>
<table><thead><tr>${COLUMNS.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
${rows.join('\n')}
${foot}
</table>
<p>经办：　　　　　　复核：　　　　　　</p>
</body></html>`;
}
