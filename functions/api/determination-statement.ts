import { amountInWords } from '../../domain/amount-in-words.ts';
import type { CompanionDetermination } from '../../domain/determination/decision.ts';
import { totalOf } from '../../domain/determination/spans.ts';
import { toYuan } from '../../domain/money.ts';
import { componentName } from '../../domain/programmes/component-name.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { renderStep } from '../../domain/programmes/sentences.ts';
import type { Determination, DeterminationSpan } from '../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { latestFact } from '../../domain/register/facts.ts';
import { invariant } from '../../domain/result.ts';
import { escapeHtml as text } from './escape-html.ts';
import { kindNames } from './views/determination-view.ts';

/** What the statement is made of. */
export type StatementFacts = {
  readonly document: EnrolmentDocument;
  /** At least one, in order of numbers. */
  readonly determinations: readonly Determination[];
  /** Masked name of who receives it; absent when nobody is on record. */
  readonly payee?: string;
  readonly streetName?: string;
  /** What the same decision fixed for other enrolments of the person. */
  readonly decidedWith?: readonly CompanionDetermination[];
};

/**
 * 核定表: the determination in force of one enrolment on paper, how each amount was found, and the determinations before it.
 * Nothing personal but a masked name.
 */
export function determinationStatement(facts: StatementFacts, style: string): string {
  const { document, determinations } = facts;
  const programme = PROGRAMMES[document.programme];
  const last = determinations.at(-1);
  invariant(programme && last, 'a statement of an enrolment with a determination');
  const { zh, en } = programme.names;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(zh)}核定表 ${text(document.id)}</title><style>${style}</style></head>
<body><h1>${text(zh)}核定表</h1>
<p class="en">Determination: ${text(en)}</p>
<table>${headRows(facts, last)}</table>
${last.spans.map((span) => spanTable(document.programme, span, isGrant(last))).join('\n')}
${(facts.decidedWith ?? []).map(companionPart).join('\n')}
<h2>历次核定 <span class="en">Earlier determinations</span></h2>
<table>${determinations.map(historyRow).join('')}</table>
<table>${signatureRows(last)}</table>
</body></html>`;
}

function companionPart({ programme: id, determination }: CompanionDetermination): string {
  const programme = PROGRAMMES[id];
  invariant(programme, `a determination of an unknown programme: ${id}`);
  const spans = determination.spans.map((span) => spanTable(id, span, false)).join('\n');
  return `<h2>${text(programme.names.zh)}（同一决定一并核定） <span class="en">${text(programme.names.en)}, by the same decision</span></h2>
<table>${row('享受对象编号', 'Enrolment', text(determination.enrolment))}</table>
${spans}`;
}

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;

function headRows({ document, payee, streetName }: StatementFacts, last: Determination): string {
  const street = latestFact(document.facts, 'street')?.value ?? '';
  const kind = kindNames(last.kind);
  return [
    row('民政局（行政区划）', 'Bureau (jurisdiction)', text(document.jurisdiction)),
    row('享受对象编号', 'Enrolment', text(document.id)),
    row('领取人', 'Payee', text(payee ?? '')),
    row('街道', 'Street', `${text(street)}　${text(streetName ?? '')}`),
    row('文号', 'Document', text(last.document)),
    row('决定日期', 'Decided on', text(last.decidedOn)),
    row(
      '核定次数、类别',
      'Number, kind',
      `第 ${last.number} 次　${text(kind.zh)} <span class="en">${text(kind.en)}</span>`,
    ),
    ...(last.departure === undefined
      ? []
      : [row('与测算不同的理由', 'Why not as proposed', text(last.departure))]),
    ...(last.nextReviewOn === undefined ? [] : [row('下次复核', 'Next review', text(last.nextReviewOn))]),
    ...(last.sample
      ? [row('说明', 'Note', '依据含样例参数，不作正式发放依据 / rests on sample values')]
      : []),
  ].join('');
}

/** Grants pay each span in its own month, and once. */
const isGrant = ({ kind }: Pick<Determination, 'kind'>): boolean =>
  kind === 'grant' || kind === 'grant-withdrawn';

function spanTable(
  programmeId: string,
  { from, components, derivation }: DeterminationSpan,
  once: boolean,
): string {
  const programme = PROGRAMMES[programmeId];
  invariant(programme, `a determination of an unknown programme: ${programmeId}`);
  const total = totalOf(components);
  const parts = components.map(({ component, fen }) => {
    const names = componentName(programmeId, component) ?? { zh: component, en: component };
    return row(text(names.zh), text(names.en), `${toYuan(fen)} 元`);
  });
  const steps = derivation.map((step) => {
    const { zh, en } = renderStep(programme, step);
    const cited = step.citation
      ? `<br><span class="en">依据：${text(step.citation.title)} ${text(step.citation.document)} ${text(step.citation.article ?? '')}</span>`
      : '';
    return `<li>${text(zh)}<br><span class="en">${text(en)}</span>${cited}</li>`;
  });
  const heading = once
    ? `${text(from)} <span class="en">for ${text(from)}</span>`
    : `自 ${text(from)} 起 <span class="en">from ${text(from)}</span>`;
  const [zh, en] = once ? ['金额', 'Amount'] : ['每月金额', 'Amount a month'];
  return `<h2>${heading}</h2>
<table>${row(zh, en, `${toYuan(total)} 元<br>${amountInWords(total)}`)}${parts.join('')}</table>
<ol>${steps.join('')}</ol>`;
}

function historyRow({ number, kind, document, decidedOn, spans }: Determination): string {
  const amounts = spans
    .map(
      (span) => `${text(span.from)}${isGrant({ kind }) ? '' : ' 起'} ${toYuan(totalOf(span.components))} 元`,
    )
    .join('；');
  return `<tr><td>${number}</td><td>${text(kindNames(kind).zh)}</td><td>${text(document)}</td><td>${text(decidedOn)}</td><td>${amounts}</td></tr>`;
}

function signatureRows({ proposedBy, decidedBy }: Determination): string {
  const box = (zh: string, en: string, by: string) =>
    `<tr class="box"><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${text(by)}<br>签名：<br>日期：</td></tr>`;
  return `${box('经办', 'Proposed by', proposedBy)}${box('审批', 'Decided by', decidedBy)}`;
}
