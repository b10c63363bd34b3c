import type { Statement } from '../../../domain/bank/statement.ts';
import { toYuan } from '../../../domain/money.ts';
import type { Run } from '../../../domain/run/run.ts';
import { escapeHtml } from '../../../functions/api/escape-html.ts';
import { TROUBLES } from './options.ts';
import type { AnswerFault, TimedAnswer } from './simulate.ts';
import { BOOKINGS } from './statements.ts';

const STYLE = `body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #8a8f98;padding:.3rem .6rem;text-align:left}form{margin:.6rem 0}
input,select,button{font:inherit;padding:.2rem .5rem}small{color:#4a4f57}
:is(a,button,input,select):focus-visible{outline:3px solid #1a5fb4}`;

const TROUBLE_NAMES: Readonly<Record<string, string>> = {
  none: '全部成功 / all credited',
  'as-usual': '如常：少量失败、退票 / as usual: some fail or come back',
  all: '各种差错 / every fault',
};
const BOOKING_NAMES: Readonly<Record<string, string>> = {
  single: '逐笔记账 / each payment by itself',
  gross: '整批记账，失败退还 / whole files, failures credited back',
  net: '按成功额记账 / what was credited, in one sum',
};
const FAULT_NAMES: Readonly<Record<AnswerFault, string>> = {
  part: '分批回盘 / one of several',
  'repeated-line': '有重复行 / a line twice',
  'unknown-line': '有未报送的行 / a line never sent',
  'wrong-sums': '合计不符 / wrong sums',
  'repeated-file': '重复回盘 / given before',
};

function page(title: string, content: string): string {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${title} · 本机银行</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>${STYLE}</style></head>
<body><main>${content}</main></body></html>`;
}

const choice = (name: string, names: Readonly<Record<string, string>>, ids: readonly string[]): string =>
  `<select name="${name}" aria-label="${name}">${ids
    .map((id) => `<option value="${id}">${escapeHtml(names[id] ?? id)}</option>`)
    .join('')}</select>`;
const trouble = (): string => choice('trouble', TROUBLE_NAMES, Object.keys(TROUBLES));
const seed = '<input name="seed" value="fafang" aria-label="seed" size="10">';

/** What the bank has received, and what it can be asked for. */
export function receivedPage(runs: readonly Run[]): string {
  const rows = runs.map(
    ({ runId, manifest, files }) => `<tr><td><code>${escapeHtml(runId)}</code></td>
<td>${escapeHtml(manifest.payDate)}</td><td>${files
      .map(
        ({ fileName, count, fen }) => `${escapeHtml(fileName)}<br><small>${count} · ${toYuan(fen)}</small>`,
      )
      .join('<br>')}</td>
<td><form action="/bank/answers"><input type="hidden" name="runId" value="${escapeHtml(runId)}">
${trouble()} ${seed} <button>回盘 <small lang="en">answer</small></button></form></td></tr>`,
  );
  const accounts = [...new Set(runs.map(({ manifest }) => manifest.payerAccount))].sort();
  const statements = accounts.map(
    (account) => `<form action="/bank/statements"><code>${escapeHtml(account)}</code>
<input type="hidden" name="account" value="${escapeHtml(account)}">${trouble()} ${seed}
${choice('booking', BOOKING_NAMES, BOOKINGS)} <button>出对账单 <small lang="en">statements</small></button></form>`,
  );
  return page(
    '已收报盘',
    `<h1>本机银行 <small lang="en">The local bank</small></h1>
<p>本机试用的模拟银行，不属于发放服务。同一种子总是同样的回盘。<br><small lang="en">A simulated bank for trying things out; it is no part of the service. The same seed always gives the same answers.</small></p>
<h2>已收报盘文件 <small lang="en">Instruction files received</small></h2>
${runs.length === 0 ? '<p>还没有。<small lang="en">None yet.</small></p>' : ''}
<table><thead><tr><th>批次</th><th>发放日</th><th>文件</th><th>回盘</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<h2>对账单 <small lang="en">Statements of the account</small></h2>
<p>请选与回盘相同的情形和种子。<small lang="en">Choose what was chosen for the answers.</small></p>
${statements.join('')}`,
  );
}

/** The answers to the files of a run, in the order in which the bank gives them. */
export function answersPage(runId: string, answers: readonly TimedAnswer[], query: string): string {
  const rows = answers.map(
    ({ name, on, faults }, index) => `<tr><td>${index + 1}</td><td>${escapeHtml(on)}</td>
<td><a href="/bank/answers/${index + 1}?${escapeHtml(query)}" download="${escapeHtml(name)}">${escapeHtml(name)}</a></td>
<td>${faults.map((fault) => escapeHtml(FAULT_NAMES[fault])).join('；')}</td></tr>`,
  );
  return page(
    '回盘',
    `<h1>回盘 <small lang="en">Answers</small></h1><p><code>${escapeHtml(runId)}</code></p>
<p>由出纳下载后在该批次上传，先后次序不限。<br><small lang="en">For the cashier to download and to upload to the run, in this order or any other.</small></p>
<table><thead><tr><th>次序</th><th>日期</th><th>文件</th><th>差错</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<p><a href="/bank">返回 <small lang="en">back</small></a></p>`,
  );
}

export function statementsPage(account: string, statements: readonly Statement[], query: string): string {
  const rows = statements.map(
    ({ to, entries, opening, closing }, index) => `<tr><td>${index + 1}</td><td>${escapeHtml(to)}</td>
<td>${entries.length}</td><td>${opening === undefined ? '' : toYuan(opening)}</td><td>${closing === undefined ? '' : toYuan(closing)}</td>
<td><a href="/bank/statements/${index + 1}?${escapeHtml(query)}&amp;format=table">CSV</a>
<a href="/bank/statements/${index + 1}?${escapeHtml(query)}&amp;format=camt">camt.053</a></td></tr>`,
  );
  return page(
    '对账单',
    `<h1>对账单 <small lang="en">Statements</small></h1><p><code>${escapeHtml(account)}</code></p>
<table><thead><tr><th>编号</th><th>日期</th><th>笔数</th><th>期初余额</th><th>期末余额</th><th>文件</th></tr></thead><tbody>${rows.join('')}</tbody></table>
<p><a href="/bank">返回 <small lang="en">back</small></a></p>`,
  );
}

export const wrongPage = (zh: string, en: string): string =>
  page('本机银行', `<h1>${zh} <small lang="en">${en}</small></h1><p><a href="/bank">返回</a></p>`);
