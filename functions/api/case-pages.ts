import type { Case } from '../../domain/matching/case.ts';
import { sourcesOf } from '../../domain/matching/case.ts';
import { caseStateName } from '../../domain/matching/case-commands.ts';
import { kindNames, MATCHING_SOURCES } from '../../domain/matching/list-kinds.ts';
import { BYTE_ORDER_MARK, csvLine } from '../../domain/register/csv-cells.ts';
import type { CaseFilter, DatedListing } from '../matching/case-list.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { escapeHtml as text } from './escape-html.ts';
import { holdsNow } from './views/case-view.ts';
import { programmeNames } from './views/run-view.ts';

const FINDING_NAMES = { confirmed: '属实', 'not-confirmed': '不属实', partly: '部分属实' } as const;
const OUTCOME_NAMES: Readonly<Record<string, string>> = {
  continue: '继续发放',
  change: '变更金额',
  stop: '停发',
  dismiss: '不成立',
};

/**
 * 告知书: what was found, before anything is decided against the person, and that they may answer. The name is masked and written in by
 * hand; where the facts come from is named, what they say is read out by the street.
 */
export function caseNotice(
  found: Case,
  { name, style, streetName }: { readonly name: string; readonly style: string; readonly streetName: string },
): string {
  const { opened, verified } = found;
  const { zh, en } = programmeNames(opened.programme);
  const kind = kindNames(opened.about);
  const said = sourcesOf(found).map((source) =>
    source.type === 'match'
      ? `${MATCHING_SOURCES[source.source].zh}（${source.listDate}）`
      : kindNames(source.type).zh,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>核查告知书 ${text(found.caseId)}</title><style>${style}</style></head>
<body><h1>${text(zh)}核查告知书</h1>
<p class="en">Notice of what a check found: ${text(en)}</p>
<table>
${row('文号', 'Number', '')}
${row('案件编号', 'Case', text(found.caseId))}
${row('当事人', 'To', `${text(name)}（姓名：　　　　　　）`)}
${row('街道', 'Street', `${text(found.street ?? '')}　${text(streetName)}`)}
${row('核查事项', 'Matter', `${text(kind.zh)}<br><span class="en">${text(kind.en)}</span>`)}
${row('信息来源', 'Where it comes from', text([...new Set(said)].join('、')))}
${row('核查结果', 'Finding', verified ? text(FINDING_NAMES[verified.finding]) : '')}
${row('核查记录编号', 'Record', text(verified?.evidence ?? ''))}
</table>
<p>经核查，您（户）的有关情况可能影响${text(zh)}待遇。您有权了解核查情况并陈述意见、提交材料。请在收到本告知书之日起　　　日内与上述街道联系；逾期未提出的，将依法作出决定并另行书面通知。</p>
<p class="en">What was found may affect the benefit. You may see it, answer it and bring papers to the street named above within the days written in, before a decision is made; the decision comes in writing.</p>
<table>
${row('送达方式', 'Way of delivery', '□ 直接送达　□ 留置　□ 邮寄　□ 公告')}
${row('送达日期', 'Delivered on', '　　　　年　　月　　日')}
${row('收件人签名', 'Received by', '')}
${row('送达人签名', 'Delivered by', '')}
</table>
</body></html>`;
}

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;

const COLUMNS = ['案件编号', '事项', '对象', '街道', '状态', '暂缓', '立案日期', '办理期限', '逾期', '决定'];

/** The cells of a case on the list (疑点清单), in the order of COLUMNS. */
function cellsOf(
  listing: DatedListing,
  names: ReadonlyMap<string, string>,
  streets?: ReadonlyMap<string, string>,
): string[] {
  const { caseId, kind, enrolment, street, state, hold, openedAt, due, overdue, outcome } = listing;
  const masked = names.get(enrolment.split('-')[1] ?? '') ?? '';
  return [
    caseId,
    kindNames(kind).zh,
    masked,
    streets?.get(street ?? '') ?? street ?? '',
    caseStateName(state),
    holdsNow({ state, hold }) ? '是' : '否',
    shanghaiDate(openedAt),
    due ?? '',
    overdue ? '是' : '',
    outcome === undefined ? '' : (OUTCOME_NAMES[outcome] ?? outcome),
  ];
}

export type CaseSheetFacts = {
  readonly programme: string;
  readonly jurisdiction: string;
  readonly today: string;
  readonly filter: CaseFilter;
  readonly cases: readonly DatedListing[];
  /** Masked names by the key of the person or household. */
  readonly names: ReadonlyMap<string, string>;
  readonly streets: ReadonlyMap<string, string>;
};

/** What was asked for, in words. */
function filterText(
  { street, kind, state, overdue, enrolment }: CaseFilter,
  streets: CaseSheetFacts['streets'],
) {
  return [
    street === undefined ? '' : (streets.get(street) ?? street),
    kind === undefined ? '' : kindNames(kind).zh,
    state === undefined ? '' : state === 'open' ? '未办结' : caseStateName(state),
    overdue ? '仅逾期' : '',
    enrolment ?? '',
  ]
    .filter((part) => part !== '')
    .join('　');
}

/** 疑点清单, A4. Names are masked. */
export function caseSheet(facts: CaseSheetFacts, style: string): string {
  const { programme, jurisdiction, today, filter, cases, names, streets } = facts;
  const filters = filterText(filter, streets);
  const { zh, en } = programmeNames(programme);
  const head = COLUMNS.map((name) => `<th scope="col">${name}</th>`).join('');
  const rows = cases
    .map(
      (one) =>
        `<tr>${cellsOf(one, names, streets)
          .map((cell) => `<td>${text(cell)}</td>`)
          .join('')}</tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>疑点清单 ${text(jurisdiction)} ${text(today)}</title><style>${style}</style></head>
<body><h1>${text(zh)}疑点清单</h1>
<p class="en">Cases: ${text(en)}</p>
<p>${text(jurisdiction)}　${text(today)}　共 ${cases.length} 件${filters === '' ? '' : `　${text(filters)}`}</p>
<table><thead><tr>${head}</tr></thead>
${rows}
</table>
<p>经办：　　　　　　复核：　　　　　　</p>
</body></html>`;
}

/** The same as CSV with a byte-order mark, as spreadsheets here expect. */
export function caseTable({ cases, names }: Pick<CaseSheetFacts, 'cases' | 'names'>): string {
  return [BYTE_ORDER_MARK, csvLine(COLUMNS), ...cases.map((one) => csvLine(cellsOf(one, names)))].join('');
}
