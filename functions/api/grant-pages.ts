import { amountInWords } from '../../domain/amount-in-words.ts';
import type { Application } from '../../domain/grants/application.ts';
import { fen, parseYuan, toYuan } from '../../domain/money.ts';
import type { ApplicationListing } from '../adapters/grant-application-store.ts';
import { escapeHtml as text } from './escape-html.ts';
import { type ApplicationBody, REJECTION_NAMES } from './views/grant-application-view.ts';
import { programmeNames } from './views/run-view.ts';

const LEVEL_NAMES = {
  township: '乡镇（街道）审批',
  district: '区民政局审批',
  special: '区民政局“一事一议”',
} as const;
const MEANS_NAMES = { account: '发放到账户', 'imprest-cash': '备用金现金' } as const;

const page = (title: string, style: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${text(title)}</title><style>${style}</style></head>
<body>${body}
</body></html>`;
const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;
const cells = (values: readonly string[], tag: 'td' | 'th' = 'td'): string =>
  `<tr>${values.map((value) => (tag === 'th' ? `<th scope="col">${value}</th>` : `<td>${text(value)}</td>`)).join('')}</tr>`;

/** 申请审批表: an application on one sheet, worked out or decided, with boxes for those who take it in and decide. Names are masked. */
export function applicationSheet(view: ApplicationBody, style: string, streetName: string): string {
  const { zh, en } = view.programmeNames;
  const worked = view.grant ?? view.proposal;
  const { grant } = view;
  const months = (worked?.parts ?? []).flatMap(({ month, components }) =>
    components.map(({ names, amount }) => `${month}　${names.zh}　${amount} 元`),
  );
  const steps = (worked?.steps ?? []).map((step) => `<li>${text(step.zh)}</li>`).join('');
  const amount = worked && parseYuan(worked.amount);
  const sum = amount?.ok ? `${toYuan(amount.value)} 元（${amountInWords(amount.value)}）` : '';
  return page(
    `${zh}申请审批表 ${view.applicationId}`,
    style,
    `<h1>${text(zh)}申请审批表</h1>
<p class="en">Application and approval: ${text(en)}</p>
<table>
${row('申请编号', 'Application', `<code>${text(view.applicationId)}</code>`)}
${row('申请人', 'Applicant', text(view.applicant?.name ?? ''))}
${row('街道', 'Street', `${text(view.street)}　${text(streetName)}`)}
${row('申请日期', 'Applied on', text(view.appliedOn))}
${row('家庭成员', 'Family', `${view.familySize} 人　${text(view.family.map(({ name }) => name).join('、'))}`)}
${row('收款人', 'Paid to', text(view.payee?.name ?? view.applicant?.name ?? ''))}
${row('待补材料', 'Missing papers', text(view.missingPapers.join('、') || '无'))}
${row('测算过程', 'How it comes about', `<ol>${steps}</ol>`)}
${row('发放月份', 'Months', months.map(text).join('<br>'))}
${row('金额', 'Amount', text(sum))}
${row('审批权限', 'Level', worked ? LEVEL_NAMES[worked.level] : '')}
${row('状态', 'State', text(view.stateNames.zh))}
${row('文号', 'Number', text(grant?.document ?? view.rejection?.document ?? ''))}
${row('决定日期', 'Decided on', text(grant?.decidedOn ?? view.rejection?.decidedOn ?? ''))}
${row('发放方式', 'Means', grant ? `${MEANS_NAMES[grant.means]}${grant.receipt === undefined ? '' : `　${text(grant.fund ?? '')}　${text(grant.receipt)}`}` : '')}
</table>
<table class="box"><tr><th>受理意见<br><span class="en">Taken in by</span></th><td></td></tr><tr><th>审批意见<br><span class="en">Decided by</span></th><td></td></tr><tr><th>申请人签名<br><span class="en">Applicant</span></th><td></td></tr></table>`,
  );
}

/** 不予批准告知书: the ground and the reason, and where to object. The name is masked and written in by hand. */
export function rejectionNotice(view: ApplicationBody, style: string): string {
  const { rejection, programmeNames: names } = view;
  const ground = rejection ? REJECTION_NAMES[rejection.ground] : { zh: '', en: '' };
  return page(
    `${names.zh}不予批准告知书 ${view.applicationId}`,
    style,
    `<h1>${text(names.zh)}不予批准告知书</h1>
<p class="en">Notice that an application was turned down: ${text(names.en)}</p>
<table>
${row('文号', 'Number', text(rejection?.document ?? ''))}
${row('申请编号', 'Application', `<code>${text(view.applicationId)}</code>`)}
${row('申请人', 'To', `${text(view.applicant?.name ?? '')}（姓名：　　　　　　）`)}
${row('申请日期', 'Applied on', text(view.appliedOn))}
${row('决定日期', 'Decided on', text(rejection?.decidedOn ?? ''))}
${row('不予批准的情形', 'Ground', `${text(ground.zh)}<br><span class="en">${text(ground.en)}</span>`)}
${row('理由', 'Reason', text(rejection?.reason ?? ''))}
</table>
<p>对本决定不服的，可以自收到本告知书之日起六十日内依法申请行政复议，或者自知道之日起六个月内依法提起行政诉讼。</p>
<p class="en">Against this, administrative review may be asked for within 60 days, or a court within six months.</p>
<table>
${row('送达日期', 'Delivered on', '　　　　年　　月　　日')}
${row('收件人签名', 'Received by', '')}
${row('送达人签名', 'Delivered by', '')}
</table>`,
  );
}

/** 先行救助材料逾期未补清单. Names are masked. */
export function overduePapersSheet(
  applications: readonly (Application & { readonly open: readonly string[] })[],
  names: ReadonlyMap<string, string>,
  { style, today, place }: { readonly style: string; readonly today: string; readonly place: string },
): string {
  const lines = applications.map(({ application, applied, granted, open }, index) =>
    cells([
      String(index + 1),
      application,
      programmeNames(applied.programme).zh,
      names.get(applied.subject) ?? '',
      applied.street,
      granted?.decidedOn ?? '',
      granted?.papersDue ?? '',
      open.join('、'),
    ]),
  );
  const head = ['序号', '申请编号', '项目', '姓名', '街道', '决定日期', '应补齐日期', '待补材料'];
  return page(
    `先行救助材料逾期未补清单 ${place} ${today}`,
    style,
    `<h1>先行救助材料逾期未补清单</h1>
<p class="en">Papers overdue after aid that came first</p>
<p>${text(place)}　${text(today)}　共 ${applications.length} 件</p>
<table><thead>${cells(head, 'th')}</thead>
${lines.join('\n')}
</table>
<p>经办：　　　　　　复核：　　　　　　</p>`,
  );
}

/** 救助结果公示名单: masked names and amounts, and nothing by which a stranger could find somebody. */
export function grantPublicity(
  listings: readonly ApplicationListing[],
  names: ReadonlyMap<string, string>,
  facts: {
    readonly style: string;
    readonly programme: string;
    readonly streetName: string;
    readonly from: string;
    readonly to: string;
  },
): string {
  const { zh, en } = programmeNames(facts.programme);
  const lines = listings.map((one, index) =>
    cells([
      String(index + 1),
      names.get(one.subject) ?? '',
      facts.streetName,
      one.decidedOn ?? '',
      toYuan(fen(one.fen)),
    ]),
  );
  return page(
    `${zh}公示名单 ${facts.from}—${facts.to}`,
    facts.style,
    `<h1>${text(zh)}公示名单</h1>
<p>${text(facts.streetName)}　${text(facts.from)} 至 ${text(facts.to)}　共 ${listings.length} 件<br><span class="en">${text(en)}: notice list of one street, ${listings.length} grants</span></p>
<table><thead>${cells(['序号', '姓名', '街道', '决定日期', '金额（元）'], 'th')}</thead>
${lines.join('\n')}
</table>
<p class="box">公示时间：　　　　年　　月　　日至　　　　年　　月　　日　　监督电话：　　　　　　　　<br>对名单有异议的，请在公示期内向街道或区民政局反映。 <span class="en">Whoever objects tells the street or the bureau before the notice ends.</span></p>`,
  );
}
