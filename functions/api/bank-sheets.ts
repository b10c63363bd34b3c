import { amountInWords } from '../../domain/amount-in-words.ts';
import { sumFen, toYuan } from '../../domain/money.ts';
import { PROGRESS_NAMES } from '../../domain/reconciliation/progress.ts';
import {
  TIE_KIND_NAMES,
  TIE_SIDE_NAMES,
  TIE_SIDES,
  type Tie,
  type TieSide,
} from '../../domain/reconciliation/tie.ts';
import type { Run } from '../../domain/run/run.ts';
import type { BankQuery } from '../bank/bank-queries.ts';
import { SHEET_STYLE } from './approval-sheet.ts';
import { escapeHtml as text } from './escape-html.ts';
import { LIST_STYLE } from './list-style.ts';
import { QUERY_NAMES } from './views/bank-desk-views.ts';
import { bankReasonView } from './views/bank-reason-view.ts';
import { programmeNames } from './views/run-view.ts';

/** The bureau's account on a page that leaves the house: its last four digits. */
const maskedAccount = (account: string): string => `尾号 ${text(account.slice(-4))}`;

const page = (title: string, en: string, body: string, style = SHEET_STYLE): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>
<body><h1>${title}</h1>
<p class="en">${en}</p>
${body}
</body></html>`;

const heads = (...names: readonly string[]): string =>
  `<tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr>`;
/** @param values already escaped */
const cells = (...values: readonly string[]): string =>
  `<tr>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;

/**
 * 银行查询清单: what the bank is asked about, by its own ids. No name and no account of anybody is on it.
 * @param more whether there are others than these: the page has to say so
 */
export function bankQuerySheet(
  run: Run,
  queries: readonly BankQuery[],
  { asOf, more }: { readonly asOf: string; readonly more: boolean },
): string {
  const { manifest } = run;
  const total = sumFen(queries.map(({ fen }) => fen));
  const rows = queries.map((query, index) => {
    const { kind, endToEndId, fen, file, line, since, progress, reason } = query;
    const said = progress ? PROGRESS_NAMES[progress].zh : reason ? bankReasonView(reason).names.zh : '';
    return cells(
      String(index + 1),
      text(file),
      String(line),
      `<span class="whole"><code>${text(endToEndId)}</code></span>`,
      toYuan(fen),
      `<span class="whole">${text(since)}</span>`,
      `${QUERY_NAMES[kind].zh}${said === '' ? '' : `：${text(said)}`}`,
      '',
    );
  });
  return page(
    '银行查询清单',
    `Payments whose outcome the bank is asked for: ${text(run.runId)}, ${text(asOf)}`,
    `<p>${text(programmeNames(manifest.programme).zh)}　${text(manifest.period)}　付款账户${maskedAccount(manifest.payerAccount)}　共 ${queries.length} 笔，${toYuan(total)} 元（${amountInWords(total)}）</p>
${more ? `<p><strong>本页只列前 ${queries.length} 笔，其余待这些答复后另行打印。</strong> <span class="en">Not all: the rest is printed once these are answered.</span></p>\n` : ''}<p>请逐笔书面答复最终结果（成功、失败或退回，入账日期、流水号）。本单位在收到答复前不作为新的款项再次发送。<br><span class="en">Please answer each in writing. Nothing is sent again as new before that.</span></p>
<table><thead>${heads('序号', '报盘文件', '行', '对账码', '金额（元）', '日期', '情况', '银行答复（结果、日期、流水号）')}</thead>${rows.join('')}</table>
<table><tr class="box"><th scope="row">查询单位经办（签章）</th><td></td></tr><tr class="box"><th scope="row">银行经办（签章）、日期</th><td></td></tr></table>`,
    LIST_STYLE,
  );
}

/** 银行存款余额调节表: both balances with what lies between them by name, for the cashier's file. */
export function bankTieSheet(account: string, tie: Tie): string {
  const { ledger, statement, items, adjusted, ties, date } = tie;
  const list = (side: TieSide): string => {
    const mine = items.filter((item) => item.side === side);
    const rows = mine.map(({ kind, name, fen }) => {
      const { zh, explained } = TIE_KIND_NAMES[kind];
      return cells(`${zh}${explained ? '' : '（待查）'}`, text(name), toYuan(fen));
    });
    const sum = toYuan(sumFen(mine.map(({ fen }) => fen)));
    return `<table><tr><th scope="col" colspan="3">${TIE_SIDE_NAMES[side].zh} <span class="en">${TIE_SIDE_NAMES[side].en}</span></th></tr>${rows.join('')}${cells('合计', '', sum)}</table>`;
  };
  const number = statement.sequence === undefined ? '' : `第 ${statement.sequence} 号`;
  return page(
    '银行存款余额调节表',
    `Ledger against bank statement, ${text(date)}`,
    `<p>代发户${maskedAccount(account)}　截至 ${text(date)}（对账单${number}至 ${text(statement.to)}）</p>
<table>${cells('账面余额（代发户）', toYuan(ledger))}${cells('对账单余额', toYuan(statement.closing))}${cells('调节后余额（两边一致）', toYuan(adjusted))}${cells('结论', ties ? '相符：差额均有说明' : '有待查差额，见“待查”各项')}</table>
${TIE_SIDES.map(list).join('\n')}
<table><tr class="box"><th scope="row">出纳</th><td>签名：<br>日期：</td></tr><tr class="box"><th scope="row">复核</th><td>签名：<br>日期：</td></tr></table>`,
  );
}
