import { amountInWords } from '../../domain/amount-in-words.ts';
import { sumFen, toYuan } from '../../domain/money.ts';
import { categoryName } from '../../domain/venture/budget-words.ts';
import type { Call } from '../../domain/venture/call.ts';
import type { Contract } from '../../domain/venture/contract.ts';
import { KIND_NAMES } from '../../domain/venture/organisation.ts';
import type { Project } from '../../domain/venture/project.ts';
import type { ProjectListing } from '../adapters/venture-store.ts';
import type { Organisation } from '../venture/organisations.ts';
import { escapeHtml as text } from './escape-html.ts';
import { milestoneNames } from './views/venture-view.ts';

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;

const SHARE = (share: string): string => (share.includes('/') ? share : `${share}%`);

/**
 * 协议要点: what the parties agree on, on one sheet to be signed. The account is shown by its last four digits; nothing of a natural person
 * is on it.
 */
export function agreementPage(
  found: Project,
  facts: { readonly call: Call; readonly organisation: Organisation; readonly style: string },
): string {
  const { call, organisation, style } = facts;
  const { application, draft, signed } = found;
  const contract = found.contract ?? draft?.contract;
  if (!contract) return '';
  const account = organisation.account === undefined ? '' : `**** ${organisation.account.slice(-4)}`;
  const group = application.sponsoredGroup;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>公益创投项目协议要点 ${text(application.number)}</title><style>${style}</style></head>
<body><h1>公益创投项目协议要点</h1>
<p class="en">Venture fund for public welfare: the agreement in short</p>
<table>
${row('征集、项目编号', 'Call, project number', `${text(call.title)}　${text(application.number)}`)}
${row('项目名称', 'Project', text(application.name))}
${row('甲方（资助方）', 'Party A', `民政局（行政区划 ${text(call.jurisdiction)}）`)}
${row(
  '乙方（实施方）',
  'Party B',
  `${text(organisation.name)}　${text(KIND_NAMES[contract.organisationKind].zh)}<br>统一社会信用代码 ${text(organisation.code)}${group === undefined ? '' : `<br>代未登记团队：${text(group)}`}`,
)}
${row('收款账户（对公）', 'Corporate account', `${text(organisation.name)}　${text(organisation.bankName ?? '')}　${text(account)}`)}
${row('实施期限', 'Period', `${text(contract.from)} 至 ${text(contract.to)}`)}
${contract.serviceHours === undefined ? '' : row('约定服务时数', 'Hours of service', `${contract.serviceHours} 小时`)}
${row('资助金额', 'Grant', `${toYuan(contract.grant)} 元<br>${amountInWords(contract.grant)}`)}
${row('项目总预算', 'Budget', `${toYuan(application.budget)} 元（自筹 ${toYuan(application.ownFunds)} 元，捐赠 ${toYuan(application.donated)} 元）`)}
${row('公示', 'Publicity', `${text(found.publicised?.from ?? '')} 至 ${text(found.publicised?.to ?? '')}　${text(found.publicised?.document ?? '')}`)}
${row('协议编号、签订日期', 'Number, signed on', `${text(signed?.document ?? '')}　${text(signed?.signedOn ?? '')}`)}
${row('协议摘要', 'Hash (SHA-256)', `<code>${text(draft?.hash ?? '')}</code>`)}
</table>
${trancheTable(contract)}
${lineTable(contract)}
${rulesTable(contract)}
<table class="box">${row('甲方签章', 'Party A', '')}${row('乙方签章', 'Party B', '')}</table>
</body></html>`;
}

function trancheTable({ tranches, grant }: Contract): string {
  const rows = tranches.map(
    ({ number, share, fen, milestone }) =>
      `<tr><td>第 ${number} 期</td><td>${text(SHARE(share))}</td><td>${toYuan(fen)}</td><td>${text(milestoneNames(milestone).zh)}<br><span class="en">${text(milestoneNames(milestone).en)}</span></td></tr>`,
  );
  return `<table><tr><th>分期<br><span class="en">Tranche</span></th><th>比例</th><th>金额（元）</th><th>拨付节点<br><span class="en">Milestone</span></th></tr>
${rows.join('\n')}
<tr><td>合计</td><td></td><td>${toYuan(grant)}</td><td></td></tr></table>`;
}

function lineTable({ lines, rules }: Contract): string {
  const rows = lines.map(
    ({ category, item, fen }) =>
      `<tr><td>${text(categoryName(rules, category))}</td><td>${text(item)}</td><td>${toYuan(fen)}</td></tr>`,
  );
  return `<table><tr><th>预算科目<br><span class="en">Category</span></th><th>用途</th><th>金额（元）</th></tr>
${rows.join('\n')}
<tr><td>合计</td><td></td><td>${toYuan(sumFen(lines.map(({ fen }) => fen)))}</td></tr></table>`;
}

const LATE = {
  fail: '逾期或未报材料视为不合格',
  'fail-unless-reason': '无正当理由逾期或未报材料视为不合格',
  allowed: '逾期材料予以登记',
} as const;
const BACK = { none: '不追回', unspent: '追回未使用部分', all: '全部追回' } as const;

/** 规则, as they stood on the day of the call; where each is from. */
function rulesTable({ rules }: Contract): string {
  const { evaluation, lateFiles, termination, unusedAfterYears, banYears, settlement } = rules;
  const bands = evaluation?.bands.map(({ grade, zh, from }) => `${grade} ${zh}（${from} 分起）`).join('；');
  const documents = [
    ...new Set(Object.values(rules.sources).map(({ document, title }) => document || (title ?? ''))),
  ];
  const stated: readonly (readonly [string, string, string | undefined])[] = [
    ['评估等次', 'Bands of evaluation', bands],
    ['材料逾期', 'Late files', lateFiles && LATE[lateFiles]],
    ['终止后追回', 'After termination', termination && BACK[termination]],
    [
      '资金使用期限',
      'Use of the money',
      unusedAfterYears === undefined ? undefined : `拨付后 ${unusedAfterYears} 年，未使用的收回`,
    ],
    ['违约', 'Breach', banYears === undefined ? undefined : `${banYears} 年内不得申报`],
    ['结余利息', 'Interest', settlement && (settlement.interest === 'kept' ? '留在项目' : '退回')],
    ['规则日期', 'Rules as of', rules.on],
    ['依据', 'Sources', documents.join('；')],
    ['提示', 'Note', rules.sample ? '含样例参数，不得用于实际拨付' : undefined],
  ];
  const rows = stated.flatMap(([zh, en, value]) => (value === undefined ? [] : [row(zh, en, text(value))]));
  return `<table>${rows.join('\n')}</table>`;
}

/** 入围公示名单: organisations, projects and grants; public by its purpose. */
export function noticePage(
  call: Call,
  projects: readonly ProjectListing[],
  names: ReadonlyMap<string, string>,
  style: string,
): string {
  const rows = projects.map(
    ({ number, name, organisation, grant }, index) =>
      `<tr><td>${index + 1}</td><td>${text(number)}</td><td>${text(name)}</td><td>${text(names.get(organisation) ?? '')}</td><td>${toYuan(grant)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>入围项目公示 ${text(call.callId)}</title><style>${style}</style></head>
<body><h1>${text(call.title)}入围项目公示</h1>
<p class="en">Projects shortlisted, with their grants</p>
<table><tr><th>序号</th><th>项目编号</th><th>项目名称</th><th>申报单位</th><th>资助金额（元）</th></tr>
${rows.join('\n')}
<tr><td>合计</td><td>${projects.length} 个</td><td></td><td></td><td>${toYuan(sumFen(projects.map(({ grant }) => grant)))}</td></tr></table>
<p>公示期：　　　　年　　月　　日至　　　　年　　月　　日（不少于5个工作日）。如有异议，请在公示期内书面提出。</p>
<p class="en">Objections in writing within the days of publicity.</p>
</body></html>`;
}
