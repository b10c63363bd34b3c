import { amountInWords } from '../../domain/amount-in-words.ts';
import { controlByCode } from '../../domain/controls/index.ts';
import { RUN_CONTROLS, type RunFinding } from '../../domain/controls/run-controls.ts';
import { toYuan } from '../../domain/money.ts';
import { moveText } from '../../domain/policy/pay-day.ts';
import { applicableChain } from '../../domain/run/approval-chain.ts';
import type { Tally } from '../../domain/run/draft.ts';
import { fundsNeeded, type Run, type Signature } from '../../domain/run/run.ts';
import { STATE_NAMES } from '../../domain/run/state-guard.ts';
import type { RunTotals } from '../../domain/run/summary.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames, roundName } from './views/run-view.ts';

/** A4, black on white: what is signed by hand is kept in a file. */
export const SHEET_STYLE = `
@page{size:A4;margin:18mm}
body{margin:0 auto;max-width:180mm;color:#000;background:#fff;font:11pt/1.5 "Songti SC","SimSun","Noto Serif CJK SC",serif}
h1{font-size:18pt;text-align:center;margin:8mm 0 1mm}h1+p{text-align:center;margin:0 0 6mm}
.en{font-size:8.5pt;color:#333}
table{border-collapse:collapse;width:100%;margin:0 0 6mm}th,td{border:1px solid #000;padding:1.6mm 2.4mm;text-align:left;vertical-align:top}
th{width:34mm;font-weight:600}code{font:8.5pt/1.3 monospace;overflow-wrap:anywhere}
.box{break-inside:avoid}.box td{height:20mm}
`;

/** What the sheet is made of. Staff names by staff id: whoever has none is shown by id. */
export type SheetFacts = {
  readonly run: Run;
  readonly totals: RunTotals;
  /** What a signature names. */
  readonly hash: string;
  readonly staffNames: ReadonlyMap<string, string>;
  /** Payments of the programme that failed or came back and are open today, and those of them that are overdue. */
  readonly unpaid?: { readonly open: Tally; readonly overdue: Tally };
  /** What stands out about the run as a whole, while nobody has submitted it with reasons. */
  readonly findings?: readonly RunFinding[];
};

/**
 * 发放审批表: the run on one sheet of paper, with a box for whoever prepared it and one for each signature that it needs. Figures and
 * staff only: nothing about beneficiaries.
 */
export function approvalSheet(facts: SheetFacts): string {
  const { run } = facts;
  const { manifest } = run;
  const { zh, en } = programmeNames(manifest.programme);
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>发放审批表 ${text(run.runId)}</title><style>${SHEET_STYLE}</style></head>
<body><h1>${text(zh)}发放审批表</h1>
<p class="en">Payment approval sheet: ${text(en)}</p>
<table>${headerRows(facts)}</table>
<table>${totalRows(facts)}</table>
${findingsTable(facts)}${overridesTable(facts)}<table>${boxes(facts)}</table>
</body></html>`;
}

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;

function headerRows({ run, hash }: SheetFacts): string {
  const { manifest } = run;
  return [
    row('民政局（行政区划）', 'Bureau (jurisdiction)', text(manifest.jurisdiction)),
    row('发放期间、轮次', 'Period, round', `${text(manifest.period)}　${text(roundName(manifest.round))}`),
    row('批次、状态', 'Run, state', `${text(run.runId)}　${STATE_NAMES[run.state]}`),
    row('版本', 'Revision', `第 ${run.revision} 版`),
    row('摘要', 'Hash (SHA-256)', `<code>${text(hash)}</code>`),
    row(
      '发放日、预算年度',
      'Pay day, fiscal year',
      `${text(manifest.payDate)}　${text(manifest.fiscalYear)}${movedLine(manifest)}`,
    ),
  ].join('');
}

const movedLine = ({ payDate, payDayMoved }: Run['manifest']): string =>
  payDayMoved ? `<br>${text(moveText(payDayMoved, payDate).zh)}` : '';

const tally = ({ count, fen }: Tally): string => `${count} 笔　${toYuan(fen)} 元`;

function totalRows({ run, totals, unpaid }: SheetFacts): string {
  const byHand = [...run.holds.values()].filter(({ late }) => late === undefined);
  const confirmed = [...run.overrides.values()].filter((override) => override.confirmedBy !== undefined);
  return [
    row('本次发放', 'Payable', `${tally(totals.payable)}<br>${amountInWords(totals.payable.fen)}`),
    row('其中重发', 'Of it sent again', tally(totals.reissued)),
    row('申请新增资金', 'New funds needed', `${toYuan(fundsNeeded(run))} 元`),
    ...(totals.setOff && totals.setOff.count > 0
      ? [row('另抵扣追缴款', 'Kept back for recovery orders, beside it', tally(totals.setOff))]
      : []),
    row('缓发', 'Held', `${tally(totals.held)}（其中人工缓发 ${byHand.length} 笔）`),
    row('不予发放', 'Blocked', tally(totals.blocked)),
    row('放行疑点', 'Findings set aside', `${confirmed.length} 项`),
    row('待追缴', 'Recovery proposals', tally(totals.recoveries)),
    ...(unpaid
      ? [
          row(
            '未清退票',
            'Failed or returned, open',
            `${tally(unpaid.open)}（其中超期 ${tally(unpaid.overdue)}）`,
          ),
        ]
      : []),
    ...(totals.relativesOf
      ? [
          row(
            '工作人员近亲属',
            'Relatives of staff',
            `${totals.findings['staff-relative'] ?? 0} 笔；已备案的 ${totals.relativesOf.length} 人均不得签批`,
          ),
        ]
      : []),
    ...(totals.evidenceBy
      ? [
          row(
            '里程碑登记人',
            'Who recorded the evidence',
            `${totals.evidenceBy.length} 人，均不得提交、签批本批次`,
          ),
        ]
      : []),
    ...(totals.cancelled ? [row('冲销（不再应发）', 'No longer owed', tally(totals.cancelled))] : []),
  ].join('');
}

/** 批次级疑点: with the submitter's reason once there is one. */
function findingsTable({ run, findings = [] }: SheetFacts): string {
  const shown: readonly (RunFinding & { readonly reason?: string })[] =
    run.submission?.acknowledged ?? findings;
  if (shown.length === 0) return '';
  const rows = shown.map(({ control, zh, en, reason = '' }) => {
    const names = RUN_CONTROLS.find(({ code }) => code === control)?.names;
    return `<tr><td>${text(names?.zh ?? control)}</td><td>${text(zh)}<br><span class="en">${text(en)}</span></td><td>${text(reason)}</td></tr>`;
  });
  return `<table>${heading('批次级疑点', 'About the run', '内容', 'What', '提交人说明', 'Reason given')}${rows.join('')}</table>`;
}

/** 放行明细: every finding that somebody proposed to set aside, who confirmed it, and why. Payments by id, no persons. */
function overridesTable(facts: SheetFacts): string {
  const rows = [...facts.run.overrides].map(([key, override]) => {
    const [payment = '', control = ''] = key.split('|');
    const names = controlByCode(control)?.names;
    const amount = override.fen === undefined ? '' : `<br>${toYuan(override.fen)} 元`;
    const confirmed =
      override.confirmedBy === undefined
        ? '尚未确认，不放行 <span class="en">not confirmed, nothing set aside</span>'
        : `${signer(facts, override.confirmedBy)}：${text(override.confirmedBecause ?? '')}`;
    return `<tr><td><code>${text(payment)}</code>${amount}</td><td>${text(names?.zh ?? control)}<br><span class="en">${text(names?.en ?? '')}</span></td><td>${signer(facts, override.proposedBy)}：${text(override.reason)}</td><td>${confirmed}</td></tr>`;
  });
  if (rows.length === 0) return '';
  return `<table>${heading('放行明细、金额', 'Set aside, amount', '疑点', 'Finding', '申请人和理由', 'Proposed by, why', '确认人和理由', 'Confirmed by, why')}${rows.join('')}</table>`;
}

/** @param pairs Chinese and English in turn */
function heading(...pairs: readonly string[]): string {
  const cells = pairs.flatMap((zh, index) =>
    index % 2 === 0
      ? [`<th scope="col">${zh}<br><span class="en">${pairs[index + 1] ?? ''}</span></th>`]
      : [],
  );
  return `<tr>${cells.join('')}</tr>`;
}

function boxes(facts: SheetFacts): string {
  const { run } = facts;
  const submission = run.submission && signer(facts, run.submission.by);
  const signed = new Map(run.signatures.map((signature) => [signature.step, signature]));
  const steps = applicableChain(run).map(({ code, office }) => {
    const signature = signed.get(code);
    return box(office.zh, office.en, signature ? signatureText(facts, signature) : '');
  });
  return [box('经办', 'Prepared and submitted', submission ?? ''), ...steps].join('');
}

function signatureText(facts: SheetFacts, { by, at, onBehalfOf, delegation }: Signature): string {
  const place =
    onBehalfOf === undefined
      ? ''
      : `（代签）<br>授权人：${signer(facts, onBehalfOf)}<br><span class="en">授权 / delegation ${text(delegation ?? '')}</span>`;
  return `${signer(facts, by)}${place}<br>${shanghaiDate(at)}`;
}

function signer({ staffNames }: SheetFacts, id: string): string {
  const name = staffNames.get(id);
  return name === undefined ? text(id) : `${text(name)} <span class="en">${text(id)}</span>`;
}

/** An empty box is for a signature that is still to come. */
function box(zh: string, en: string, content: string): string {
  const blank = '签名：<br>日期：';
  return `<tr class="box"><th scope="row">${text(zh)}<br><span class="en">${text(en)}</span></th><td>${content === '' ? blank : content}</td></tr>`;
}
