import { amountInWords } from '../../domain/amount-in-words.ts';
import { proposedFen } from '../../domain/grants/amounts.ts';
import type { StagedGrant } from '../../domain/grants/list.ts';
import { toYuan } from '../../domain/money.ts';
import type { ReadList } from '../grants/decide-grant-list.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { SHEET_STYLE } from './approval-sheet.ts';
import { escapeHtml as text } from './escape-html.ts';
import { LIST_STYLE } from './list-style.ts';
import { programmeNames } from './views/run-view.ts';

type Streets = ReadonlyMap<string, string>;

const page = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(title)}</title><style>${style}</style></head>
<body>${body}</body></html>`;
const heading = (zh: string, en: string): string =>
  `<th scope="col">${zh} <span class="en">${en}</span></th>`;
const fact = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;
const streetName = (streets: Streets, code: string): string => `${code}　${streets.get(code) ?? ''}`;

/** 给付汇总表: control totals by street, with room for the signatures; no names. */
export function grantListSheet({ origin, totals, decision }: ReadList, streets: Streets): string {
  const { zh, en } = programmeNames(origin.programme);
  const rows = totals.streets.map(
    (one) =>
      `<tr><td>${text(streetName(streets, one.street))}</td><td>${one.count}</td><td>${one.persons}</td><td>${toYuan(one.fen)}</td></tr>`,
  );
  const body = `<h1>${text(zh)}给付汇总表</h1>
<p class="en">Summary of a list of grants: ${text(en)}</p>
<table>
${fact('名册编号', 'List', `<code>${text(origin.importId)}</code>`)}
${fact('测算日期', 'Worked out on', text(origin.workedOutOn))}
${fact('内容摘要', 'Hash', `<code>${text(totals.hash)}</code>`)}
${fact('审批文号', 'Decision', decision ? `${text(decision.document)}　${text(decision.decidedOn)}` : '')}
${totals.sample ? fact('提示', 'Note', '含样例标准，不得用于实际发放 <span class="en">rests on sample amounts</span>') : ''}
</table>
<table><thead><tr>${heading('街道', 'Street')}${heading('笔数', 'Grants')}${heading('人数', 'People')}${heading('金额（元）', 'Yuan')}</tr></thead>
${rows.join('\n')}
<tr><th scope="row">合计 <span class="en">Total</span></th><td>${totals.count}</td><td>${totals.persons}</td><td>${toYuan(totals.fen)}</td></tr>
</table>
<p>金额大写：${text(amountInWords(totals.fen))}</p>
<p class="box">经办：　　　　　　复核：　　　　　　审批：　　　　　　日期：　　　　　　</p>`;
  return page(`${zh}给付汇总表 ${origin.importId}`, SHEET_STYLE, body);
}

/** 给付公示名单: who gets what, for a notice board; nothing by which a stranger could find somebody. */
export function grantListNotice(
  { origin, decision }: ReadList,
  rows: readonly StagedGrant[],
  names: ReadonlyMap<string, string>,
  streets: Streets,
): string {
  const { zh, en } = programmeNames(origin.programme);
  const lines = rows.map(
    ({ subject, street, proposal }, index) =>
      `<tr><td>${index + 1}</td><td>${text(names.get(subject) ?? '')}</td><td>${text(streets.get(street) ?? street)}</td><td>${toYuan(proposedFen(proposal))}</td></tr>`,
  );
  const on = decision?.decidedOn ?? shanghaiDate(origin.requestedAt);
  const body = `<h1>${text(zh)}公示名单</h1>
<p>${text(on)}　共 ${rows.length} 笔<br><span class="en">${text(en)}: notice of ${rows.length} grants</span></p>
<table><thead><tr>${heading('序号', 'No.')}${heading('姓名（名称）', 'Name')}${heading('街道', 'Street')}${heading('金额（元）', 'Yuan')}</tr></thead>
${lines.join('\n')}
</table>
<p class="box">公示时间：　　　　年　　月　　日至　　　　年　　月　　日　　监督电话：　　　　　　　　<br>对名单有异议的，请在公示期内向街道或区民政局反映。 <span class="en">Whoever objects tells the street or the bureau before the notice ends.</span></p>`;
  return page(`${zh}公示名单 ${on}`, LIST_STYLE, body);
}
