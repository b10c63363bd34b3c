import { LEVEL_NAMES } from '../../domain/budget/line.ts';
import { type Fen, fen, toYuan } from '../../domain/money.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { costOf, type EffectRow } from '../../domain/policy/effect.ts';
import { lookup } from '../../domain/policy/lookup.ts';
import { type PolicyProposal, PROPOSAL_STATES } from '../../domain/policy/proposal.ts';
import { RUN_PARAMETERS } from '../../domain/policy/run-parameters.ts';
import { valueText } from '../../domain/policy/value-text.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { ShownEffect, ShownProposal } from '../policy/show-policy.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import { escapeHtml as text } from './escape-html.ts';
import { programmeNames } from './views/run-view.ts';

/** What the sheet is made of; names are masked. */
export type EffectSheetFacts = Pick<ShownProposal, 'packs' | 'scopes'> & {
  readonly found: PolicyProposal;
  readonly before?: PolicyBook;
  readonly stale: readonly ('book' | 'register')[];
  readonly named: readonly {
    readonly jurisdiction: string;
    readonly programme: string;
    readonly row: EffectRow;
    readonly name: string;
  }[];
  readonly streetNames: ReadonlyMap<string, string>;
  readonly today: string;
};

/**
 * 政策变动影响测算表: what is proposed beside what is in force, who gains and loses, what it costs beside what the levels have left, and
 * boxes for whoever proposed it and whoever decides.
 */
export function effectSheet(facts: EffectSheetFacts, style: string): string {
  const { found, scopes } = facts;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>政策变动影响测算表 ${text(found.proposal.id)}</title><style>${style}</style></head>
<body><h1>政策变动影响测算表</h1>
<p class="en">Effect of a proposed change of policy</p>
<table>${head(facts)}</table>
${notices(facts)}<h2>一、提议内容<span class="en">　What is proposed</span></h2>${values(facts)}
<h2>二、影响合计<span class="en">　Who gains, who loses</span></h2>${scopes.length === 0 ? nobody() : scopes.map((scope) => totals(facts, scope)).join('\n')}
${names(facts)}<table class="boxes">${boxes(found)}</table>
</body></html>`;
}

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;
const cells = (of: readonly string[]): string => `<tr>${of.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const heads = (of: readonly (readonly [zh: string, en: string])[]): string =>
  `<tr>${of.map(([zh, en]) => `<th scope="col">${zh}<br><span class="en">${en}</span></th>`).join('')}</tr>`;

function head({ found, stale, today }: EffectSheetFacts): string {
  const { effect, manifest, proposal, proposedAt, state } = found;
  const old = stale.map((one) => (one === 'book' ? '测算后政策库有变动' : '不是今日的对象信息')).join('；');
  return [
    row('提议编号、区划', 'Proposal, jurisdiction', `${text(proposal.id)}　${text(proposal.jurisdiction)}`),
    row('状态', 'State', text(PROPOSAL_STATES[state].zh)),
    row('事由', 'Reason', text(proposal.reason)),
    row('提出日期、打印日期', 'Proposed, printed', `${shanghaiDate(proposedAt)}　${text(today)}`),
    row(
      '比较月份',
      'Months compared',
      manifest ? `至 ${text(manifest.through)}（当月 ${text(manifest.month)}）` : '',
    ),
    row('对象信息截止', 'Register as of', manifest ? text(manifest.cutOff) : ''),
    row('影响摘要', 'Hash (SHA-256)', `<code>${text(effect?.hash ?? '')}</code>`),
    ...(old === '' ? [] : [row('已过时', 'No longer current', `${text(old)}：请重新测算后再签`)]),
  ].join('\n');
}

function notices({ found }: EffectSheetFacts): string {
  const said = [
    ...found.proposal.notices.map(({ en, zh }) => ({ zh, en })),
    ...found.proposal.acceptedGaps.map(({ from, parameter, reason, to }) => ({
      zh: `缺口“${parameter}”${from} 至 ${to ?? '以后'}：${reason}`,
      en: 'gap accepted by the proposer',
    })),
    ...(found.manifest?.leftOut ?? []).map(({ jurisdiction, programme, refusal }) => ({
      zh: `${jurisdiction} ${programmeNames(programme).zh}未测算：${refusal.zh}`,
      en: `not worked out: ${refusal.en}`,
    })),
  ];
  if (said.length === 0) return '';
  const items = said.map(({ en, zh }) => `<li>${text(zh)}<br><span class="en">${text(en)}</span></li>`);
  return `<p><strong>请注意</strong><span class="en">　Please note</span></p><ul>${items.join('')}</ul>\n`;
}

function values({ before, found, packs }: EffectSheetFacts): string {
  const rows = packs.flatMap(({ jurisdiction, programme, values: proposed }) =>
    proposed.map((value) => {
      const query = {
        jurisdiction,
        programme,
        parameter: value.parameter,
        month: value.inForceFrom,
        knownOn: found.manifest?.knownOn ?? '',
      };
      const now = before && lookup(before, query);
      const span = `${value.inForceFrom} 至 ${value.inForceTo ?? '以后'}`;
      const { article, document } = value.citation;
      return cells([
        `${text(programmeNames(programme).zh)}<br>${text(jurisdiction)}`,
        `${text(labelOf(programme, value.parameter))}<br><span class="en">${text(value.parameter)}</span>`,
        text(now?.ok ? valueText(now.value.value) : '—'),
        text(valueText(value.value)),
        text(span),
        `${text(document)}${article === undefined ? '' : ` ${text(article)}`}<br>${text(value.decidedOn)}${value.sample ? '<br>样例 sample' : ''}`,
      ]);
    }),
  );
  const titles = heads([
    ['项目、区划', 'Programme, place'],
    ['参数', 'Parameter'],
    ['现行', 'In force'],
    ['提议', 'Proposed'],
    ['执行月份', 'Months'],
    ['依据、决定日期', 'Citation, decided on'],
  ]);
  return `<table>${titles}${rows.join('\n')}</table>`;
}

function labelOf(programme: string, parameter: string): string {
  const own = PROGRAMMES[programme]?.parameters[parameter];
  const shared: Readonly<Record<string, { readonly label: { readonly zh: string } } | undefined>> =
    RUN_PARAMETERS;
  return (own ?? shared[parameter])?.label.zh ?? parameter;
}

const nobody = (): string =>
  '<p>本次变动不改变任何对象的金额。<br><span class="en">Nobody’s amount changes.</span></p>';

function totals(
  { streetNames }: EffectSheetFacts,
  { budget, jurisdiction, programme, totals: sums }: ShownEffect,
): string {
  const { en, zh } = programmeNames(programme);
  const refused = Object.entries(sums.refused).map(([code, count]) => `${text(code)} ${count}`);
  const levels = budget.levels.map(({ available, level, needed, short }) =>
    cells([
      LEVEL_NAMES[level],
      toYuan(needed),
      toYuan(available),
      short > 0 ? `<strong>${toYuan(short)}</strong>` : '',
    ]),
  );
  const streets = Object.entries(sums.streets).map(([code, one]) =>
    cells([
      text(streetNames.get(code) ?? (code === '' ? '未登记街道' : code)),
      String(one.gaining),
      toYuan(one.gain),
      String(one.losing),
      toYuan(one.loss),
    ]),
  );
  const months = Object.entries(sums.months).map(([month, { gain, loss }]) =>
    cells([text(month), toYuan(gain), toYuan(loss), toYuan(netOf(gain, loss))]),
  );
  return `<h3>${text(zh)}　${text(jurisdiction)}<span class="en">　${text(en)}</span></h3>
<table>${[
    row(
      '测算对象',
      'Compared',
      `${sums.compared}${refused.length > 0 ? `（未能测算 ${refused.join('，')}）` : ''}`,
    ),
    row('增加', 'Gaining', `${sums.gaining} 个对象，${toYuan(sums.gain)} 元`),
    row('减少', 'Losing', `${sums.losing} 个对象，${toYuan(sums.loss)} 元`),
    row('增减相抵', 'Moved, same in sum', String(sums.moved)),
    row('以前月份补发', 'Arrears of months that are over', `${toYuan(sums.arrears)} 元`),
    row(
      '以前月份多发（已发部分提出追缴）',
      'Overpaid in months that are over, as far as paid',
      `${toYuan(sums.overpaid)} 元`,
    ),
    row('当月及以后净额', 'Net of this month and later', `${toYuan(sums.ahead)} 元`),
    row('本年度新增支出', 'Cost this year', `<strong>${toYuan(costOf(sums))} 元</strong>`),
  ].join('\n')}</table>
<table>${heads([
    ['资金级次', 'Level'],
    ['需增加（元）', 'Needed'],
    ['指标可用（元）', 'Available'],
    ['不足（元）', 'Short'],
  ])}${levels.join('\n')}${budget.short > 0 ? cells(['合计不足', '', '', `<strong>${toYuan(budget.short)}</strong>`]) : ''}</table>
<table>${heads([
    ['街道', 'Street'],
    ['增加', 'Gaining'],
    ['金额', 'Yuan'],
    ['减少', 'Losing'],
    ['金额', 'Yuan'],
  ])}${streets.join('\n')}</table>
<table>${heads([
    ['月份', 'Month'],
    ['增加（元）', 'More'],
    ['减少（元）', 'Less'],
    ['净额（元）', 'Net'],
  ])}${months.join('\n')}</table>`;
}

const netOf = (gain: Fen, loss: Fen): Fen => fen(gain - loss);

function names({ named, scopes, streetNames }: EffectSheetFacts): string {
  if (named.length === 0) return '';
  const all = scopes.reduce((sum, { totals: { gaining, losing } }) => sum + gaining + losing, 0);
  const rows = named.map(({ name, programme, row: { enrolment, lines, street, sum } }) =>
    cells([
      text(name),
      text(enrolment),
      text(programmeNames(programme).zh),
      text(streetNames.get(street) ?? street),
      `${text(lines[0]?.month ?? '')} 至 ${text(lines.at(-1)?.month ?? '')}`,
      toYuan(sum),
    ]),
  );
  const more =
    all > named.length
      ? `<p>共 ${all} 个，表列 ${named.length} 个（减少者在前），其余见影响名单。<br><span class="en">${named.length} of ${all}, those who lose first; the list has all of them.</span></p>`
      : '';
  return `<h2>三、名单<span class="en">　By name</span></h2><table>${heads([
    ['姓名', 'Name'],
    ['对象编号', 'Enrolment'],
    ['项目', 'Programme'],
    ['街道', 'Street'],
    ['月份', 'Months'],
    ['合计（元）', 'Sum'],
  ])}${rows.join('\n')}</table>${more}\n`;
}

function boxes({ decision, state }: PolicyProposal): string {
  const document =
    decision?.document === undefined ? '' : `${text(decision.document)}　${text(decision.decidedOn ?? '')}`;
  return [
    row('提议人签字', 'Proposed by', '<br>　　　　年　　月　　日'),
    row(
      '审批意见、文号',
      'Decision, document',
      `${state === 'rejected' ? `退回：${text(decision?.reason ?? '')}` : document}<br>　`,
    ),
    row('审批人签字（另一人）', 'Decided by (another person)', '<br>　　　　年　　月　　日'),
  ].join('\n');
}
