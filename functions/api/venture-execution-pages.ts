import { amountInWords } from '../../domain/amount-in-words.ts';
import { type AttemptState, latestAttempts } from '../../domain/ledger/attempts.ts';
import { type Fen, sumFen, toYuan } from '../../domain/money.ts';
import type { Tranche } from '../../domain/programmes/venture-fund/tranches.ts';
import { PAPER_NAMES } from '../../domain/venture/execution-release.ts';
import {
  EVALUATION_NAMES,
  releasedFen,
  type SignedProject,
  spentFen,
} from '../../domain/venture/execution-standing.ts';
import type { ReceivedMoney } from '../recovery/received-money.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Organisation } from '../venture/organisations.ts';
import { escapeHtml as text } from './escape-html.ts';
import { CAUSE_NAMES, STATE_NAMES, stateOf } from './views/venture-execution-view.ts';
import { milestoneNames } from './views/venture-view.ts';

const row = (zh: string, en: string, value: string): string =>
  `<tr><th scope="row">${zh}<br><span class="en">${en}</span></th><td>${value}</td></tr>`;
const heading = (names: readonly (readonly [zh: string, en: string])[]): string =>
  `<thead><tr>${names.map(([zh, en]) => `<th scope="col">${zh}<br><span class="en">${en}</span></th>`).join('')}</tr></thead>`;
const cells = (values: readonly string[]): string =>
  `<tr>${values.map((value) => `<td>${value}</td>`).join('')}</tr>`;
const shareText = ({ share }: Tranche): string => (share.includes('/') ? share : `${share}%`);

/** What a page of a project is made of. Staff by name: whoever has none is shown by id. */
export type ProjectPageFacts = {
  readonly organisation: Organisation;
  readonly staffNames: ReadonlyMap<string, string>;
  readonly style: string;
};
export type PaymentSheetFacts = ProjectPageFacts & {
  readonly money: ReceivedMoney;
  /** Still to be given back. */
  readonly outstanding: Fen;
  readonly today: string;
};

const ATTEMPT_NAMES: Readonly<Record<AttemptState, string>> = {
  'in-transit': '在途',
  settled: '已到账',
  failed: '未成功',
  returned: '退回',
};

/** 资金拨付台账: every tranche from its milestone to the bank, what was settled and what came back. Nothing of a natural person is on it. */
export function paymentSheet(project: SignedProject, facts: PaymentSheetFacts): string {
  const { application, contract, execution } = project;
  const { organisation, outstanding, style, today } = facts;
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>资金拨付台账 ${text(application.number)}</title><style>${style}</style></head>
<body><h1>公益创投项目资金拨付台账</h1>
<p class="en">Payments of a project of the venture fund, as of ${text(today)}</p>
<table class="box">
${row('项目编号、名称', 'Project', `${text(application.number)}　${text(application.name)}`)}
${row('实施单位', 'Organisation', `${text(organisation.name)}　${text(organisation.code)}`)}
${row('状态', 'State', text(STATE_NAMES[stateOf(project)].zh))}
${row('资助金额', 'Grant', `${toYuan(contract.grant)} 元（${text(amountInWords(contract.grant))}）`)}
${row('已决定拨付', 'Released', `${toYuan(releasedFen(execution))} 元`)}
${row('已报告支出', 'Spent as reported', `${toYuan(spentFen(execution))} 元${execution.spend ? `（截至 ${text(execution.spend.upTo)}）` : ''}`)}
${row('待缴回', 'To be given back', `${toYuan(outstanding)} 元`)}
</table>
${releasesTable(project, facts)}
${attemptsTable(facts)}
${eventsTable(project)}
<p>经办：　　　　　　复核：　　　　　　　　　　年　　月　　日</p>
</body></html>`;
}

function releasesTable({ contract, execution }: SignedProject, { staffNames }: ProjectPageFacts): string {
  const name = (id: string | undefined) => text(id === undefined ? '' : (staffNames.get(id) ?? id));
  const rows = contract.tranches.map((tranche) => {
    const { number, fen: amount, milestone } = tranche;
    const record = execution.milestones[number];
    const { proposed, decided } = execution.releases[number] ?? {};
    return cells([
      String(number),
      text(shareText(tranche)),
      toYuan(amount),
      text(milestoneNames(milestone).zh),
      record ? `${text(record.reachedOn)}　${text(record.evidence)}` : '',
      name(record?.by),
      proposed ? toYuan(proposed.fen) : '',
      name(proposed?.by),
      decided ? `${text(decided.decidedOn)}　${text(decided.document)}` : '',
      name(decided?.by),
    ]);
  });
  const head = heading([
    ['期次', 'Tranche'],
    ['比例', 'Share'],
    ['计划（元）', 'Planned'],
    ['节点', 'Milestone'],
    ['达成日期、材料', 'Reached'],
    ['登记人', 'Recorded by'],
    ['拨付（元）', 'Released'],
    ['申请人', 'Proposed by'],
    ['决定', 'Decision'],
    ['决定人', 'Decided by'],
  ]);
  return `<table>${head}${rows.join('\n')}</table>`;
}

function attemptsTable({ money }: PaymentSheetFacts): string {
  const latest = latestAttempts(money.attempts);
  const rows = latest.map(({ payment, attempt, fen: amount, state, release, outcome, returned }) =>
    cells([
      `<code>${text(payment)}</code>`,
      String(attempt),
      toYuan(amount),
      ATTEMPT_NAMES[state],
      shanghaiDate((returned ?? outcome ?? release).at),
    ]),
  );
  const settled = sumFen(latest.flatMap((one) => (one.state === 'settled' ? [one.fen] : [])));
  const head = heading([
    ['发放明细', 'Payment'],
    ['次序', 'Attempt'],
    ['金额（元）', 'Amount'],
    ['结果', 'Outcome'],
    ['日期', 'On'],
  ]);
  return `<table>${head}${rows.join('\n')}${cells(['合计到账', '', toYuan(settled), '', ''])}</table>`;
}

/** Changes, evaluations and how it ended, in words. */
function eventsTable({ execution }: SignedProject): string {
  const { evaluations, changes, conclusion } = execution;
  const rows = [
    ...Object.values(evaluations).map(({ stage, score, grade, passes, on }) =>
      row(
        EVALUATION_NAMES[stage].zh,
        EVALUATION_NAMES[stage].en,
        text(`${on}　${score ?? ''}　${grade ?? ''}　${passes ? '合格' : '不合格'}`),
      ),
    ),
    ...changes.map(({ document, decidedOn }) => row('协议变更', 'Change', text(`${decidedOn}　${document}`))),
    ...(conclusion?.decided
      ? [
          row(
            CAUSE_NAMES[conclusion.proposed.cause].zh,
            CAUSE_NAMES[conclusion.proposed.cause].en,
            text(
              `${conclusion.decided.decidedOn}　${conclusion.decided.document}　合规支出 ${toYuan(conclusion.proposed.eligible)} 元　差额 ${toYuan(conclusion.proposed.balance)} 元`,
            ),
          ),
        ]
      : []),
  ];
  return rows.length === 0 ? '' : `<table class="box">${rows.join('\n')}</table>`;
}

/** 拨款申请表: one tranche, to be signed. The account is shown by its last four digits. */
export function releaseRequest(
  project: SignedProject,
  tranche: Tranche,
  { organisation, staffNames, style }: ProjectPageFacts,
): string {
  const { application, contract, execution } = project;
  const { number } = tranche;
  const record = execution.milestones[number];
  const { proposed, decided } = execution.releases[number] ?? {};
  const amount = proposed?.fen ?? tranche.fen;
  const name = (id: string) => text(staffNames.get(id) ?? id);
  const account = organisation.account === undefined ? '' : `**** ${organisation.account.slice(-4)}`;
  const papers = Object.entries(proposed?.papers ?? {}).map(
    ([paper, where]) => `${PAPER_NAMES[paper as keyof typeof PAPER_NAMES] ?? paper}：${where}`,
  );
  return `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>拨款申请表 ${text(application.number)} 第${number}期</title><style>${style}</style></head>
<body><h1>公益创投项目拨款申请表</h1>
<p class="en">Request for the release of a tranche</p>
<table>
${row('项目编号、名称', 'Project', `${text(application.number)}　${text(application.name)}`)}
${row('收款单位', 'Organisation', `${text(organisation.name)}<br>统一社会信用代码 ${text(organisation.code)}`)}
${row('收款账户（对公）', 'Corporate account', `${text(organisation.bankName ?? '')}　${text(account)}`)}
${row('资助金额', 'Grant', `${toYuan(contract.grant)} 元`)}
${row('已决定拨付', 'Released before', `${toYuan(releasedFen(execution))} 元`)}
${row('本次申请', 'This tranche', `第 ${number} 期（共 ${contract.tranches.length} 期，${text(shareText(tranche))}）<br>${toYuan(amount)} 元　${text(amountInWords(amount))}`)}
${proposed?.bonus === undefined ? '' : row('考核奖励', 'Bonus', `${toYuan(proposed.bonus)} 元`)}
${row('拨付节点', 'Milestone', text(milestoneNames(tranche.milestone).zh))}
${row('达成日期、材料', 'Reached, filed as', record ? `${text(record.reachedOn)}　${text(record.evidence)}　登记人：${name(record.by)}` : '')}
${row('随附材料', 'Papers', text(papers.join('；')))}
${row('申请人', 'Proposed by', proposed ? `${name(proposed.by)}　${shanghaiDate(proposed.at)}` : '')}
${row('决定', 'Decision', decided ? `${text(decided.document)}　${text(decided.decidedOn)}　${name(decided.by)}` : '')}
</table>
<table class="box">${row('里程碑登记人签字', 'Recorded', '')}${row('经办签字', 'Proposed', '')}${row('负责人签字（盖章）', 'Decided', '')}</table>
</body></html>`;
}
