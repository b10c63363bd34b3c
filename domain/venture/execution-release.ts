import { chinaDate, type Instant, type PlainDate } from '../calendar.ts';
import { compare, fraction, ofFen, percentOf } from '../fraction.ts';
import { type Fen, fen, toYuan } from '../money.ts';
import { bonusOf, trancheUnder } from '../programmes/venture-fund/evaluation.ts';
import type { Tranche } from '../programmes/venture-fund/tranches.ts';
import { type OrganisationStatus, STATUS_NAMES } from '../register/organisation-status.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { ExecutionActBody, Papers } from './execution-acts.ts';
import { bySettlement, noMilestone } from './execution-evidence.ts';
import {
  EVALUATION_NAMES,
  evaluationsFor,
  fileVerdict,
  inExecution,
  isRectified,
  isReleased,
  releasedFen,
  rulesOf,
  type SignedProject,
  samePerson,
  spentFen,
  trancheOf,
} from './execution-standing.ts';
import { type Ban, banOn } from './organisation.ts';
import type { Project } from './project.ts';

type Decision = Result<ExecutionActBody>;

/** What the register says of the organisation on the day. */
export type OrganisationStanding = {
  readonly status: OrganisationStatus;
  readonly bans: readonly Ban[];
};

/** What would be paid for a tranche: itself, as its evaluation lets it be paid, and what an evaluation puts on top. */
export type ReleaseAmount = { readonly fen: Fen; readonly bonus?: Fen };

/**
 * 拨付申请 by somebody other than who recorded the milestone. Refusals: those of `inExecution`, `missing/tranche`, `missing/milestone`,
 * `forbidden/same-person`, `conflict/tranche-released`, `conflict/release-open`, `conflict/change-open`, `conflict/tranche-order`,
 * `conflict/rectification-open`, `conflict/not-evaluated`, `conflict/evaluation-failed`, `conflict/file-late`, `limit/spend-ratio`,
 * `missing/paper`, `forbidden/organisation-status`, `forbidden/organisation-banned`.
 */
export function proposeRelease(
  project: Project,
  { tranche: number, papers }: { readonly tranche: number; readonly papers: Papers },
  by: string,
  today: PlainDate,
  organisation: OrganisationStanding,
): Decision {
  const ready = readyToRelease(project, number, papers, today, organisation);
  if (!ready.ok) return ready;
  const { releases, recordedBy, change } = project.execution;
  if (releases[number]) {
    return refuse(
      refusal(
        'conflict/release-open',
        `第 ${number} 期已有拨付申请，等待决定`,
        `the release of tranche ${number} was proposed already and waits for its decision`,
        { tranche: number },
      ),
    );
  }
  if (change) return refuse(CHANGE_OPEN);
  const same = samePerson(by, recordedBy[number] ?? [], RECORDER);
  return same ? refuse(same) : ok({ kind: 'release-proposed', tranche: number, ...ready.value, papers });
}

export type ReleaseWish = {
  readonly tranche: number;
  readonly outcome: 'released' | 'refused';
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly reason?: string;
};

/**
 * 拨付决定, by a third person. What kept a proposal from being made keeps it from being released, too, should it have come since. Refusals:
 * those of `proposeRelease`, `missing/release`, `conflict/release-changed` (the amount is another than proposed), `invalid/date-future`,
 * `invalid/reason-missing`.
 */
export function decideRelease(
  project: Project,
  wish: ReleaseWish,
  by: string,
  today: PlainDate,
  organisation: OrganisationStanding,
): Decision {
  const { tranche: number, outcome, decidedOn } = wish;
  const running = inExecution(project);
  if (!running.ok) return running;
  if (isReleased(project.execution, number)) return refuse(releasedAlready(number));
  const release = project.execution.releases[number];
  if (!release) {
    return refuse(
      refusal(
        'missing/release',
        `第 ${number} 期没有待决定的拨付申请`,
        `no release of tranche ${number} waits for a decision`,
        { tranche: number },
      ),
    );
  }
  const barred = [release.proposed.by, ...(project.execution.recordedBy[number] ?? [])];
  const same = samePerson(by, barred, DECIDER);
  if (same) return refuse(same);
  const undated = datedWrong(release.proposed.at, decidedOn, today);
  if (undated) return refuse(undated);
  if (outcome === 'refused') {
    return wish.reason === undefined ? refuse(REASON_MISSING) : ok({ kind: 'release-decided', ...wish });
  }
  const ready = readyToRelease(project, number, release.proposed.papers, today, organisation);
  if (!ready.ok) return ready;
  const { fen: amount, bonus } = release.proposed;
  if (ready.value.fen !== amount || (ready.value.bonus ?? 0) !== (bonus ?? 0)) {
    return refuse(
      refusal(
        'conflict/release-changed',
        `申请之后金额已变（申请 ${toYuan(amount)} 元，现为 ${toYuan(ready.value.fen)} 元）：请退回后重新申请`,
        `the amount has changed since the proposal (${toYuan(amount)}, now ${toYuan(ready.value.fen)}): refuse it and have it proposed anew`,
        { tranche: number },
      ),
    );
  }
  return ok({ kind: 'release-decided', ...wish });
}

/** What is to be there before a tranche is paid, whoever asks; the amount when it is. */
function readyToRelease(
  project: Project,
  number: number,
  papers: Papers,
  today: PlainDate,
  organisation: OrganisationStanding,
): Result<ReleaseAmount> {
  const running = inExecution(project);
  if (!running.ok) return running;
  const tranche = trancheOf(running.value, number);
  if (!tranche.ok) return tranche;
  const { execution } = project;
  if (isReleased(execution, number)) return refuse(releasedAlready(number));
  if (tranche.value.milestone === 'audited') return refuse(bySettlement(number));
  if (!execution.milestones[number]) return refuse(noMilestone(number));
  const wrong =
    whyOutOfOrder(running.value, tranche.value) ??
    whyNotRectified(running.value) ??
    whyNotPassed(running.value, tranche.value, today) ??
    whyUnspent(running.value) ??
    whyPaperMissing(running.value, papers) ??
    whyOrganisationBarred(organisation, today);
  return wrong ? refuse(wrong) : ok(amountOf(running.value, tranche.value));
}

function amountOf(project: SignedProject, tranche: Tranche): ReleaseAmount {
  let amount = tranche.fen;
  let bonus: Fen = fen(0);
  for (const { done } of evaluationsFor(project, tranche)) {
    if (!done) continue;
    const band = {
      pays: done.pays,
      ...(done.bonusPercent !== undefined && { bonusPercent: done.bonusPercent }),
    };
    amount = trancheUnder(band, amount);
    bonus = fen(bonus + bonusOf(band, project.contract.grant));
  }
  return { fen: amount, ...(bonus > 0 && { bonus }) };
}

function whyOutOfOrder({ contract, execution }: SignedProject, { number }: Tranche): Refusal | undefined {
  const first = contract.tranches.find((each) => each.number < number && !isReleased(execution, each.number));
  return first
    ? refusal(
        'conflict/tranche-order',
        `第 ${first.number} 期尚未拨付，不能先拨第 ${number} 期`,
        `tranche ${first.number} was not released yet: tranche ${number} comes after it`,
        { tranche: number, first: first.number },
      )
    : undefined;
}

function whyNotRectified({ execution }: SignedProject): Refusal | undefined {
  const open = execution.rectifications.find(({ closed }) => !closed);
  return open
    ? refusal(
        'conflict/rectification-open',
        `第 ${open.opened.number} 次整改尚未验收，暂停拨付`,
        `rectification ${open.opened.number} is open: nothing is released until it is accepted`,
        { rectification: open.opened.number },
      )
    : undefined;
}

function whyNotPassed(project: SignedProject, tranche: Tranche, today: PlainDate): Refusal | undefined {
  for (const { stage, must, done } of evaluationsFor(project, tranche)) {
    const name = EVALUATION_NAMES[stage];
    const detail = { tranche: tranche.number, stage };
    if (must && !done)
      return refusal(
        'conflict/not-evaluated',
        `${name.zh}尚未登记，第 ${tranche.number} 期须评估合格后拨付`,
        `the ${name.en} is not on record: tranche ${tranche.number} is released once it is passed`,
        detail,
      );
    if (done && !done.passes)
      return refusal(
        'conflict/evaluation-failed',
        `${name.zh}不合格，停止拨付`,
        `the ${name.en} was not passed: nothing more is released`,
        detail,
      );
    if (done?.rectification && !isRectified(project.execution, done))
      return refusal(
        'conflict/rectification-open',
        `${name.zh}要求整改：请登记整改并由他人验收后再拨付`,
        `the ${name.en} asks for rectification: record it and have another person accept it first`,
        detail,
      );
    if (fileVerdict(project, stage, today) === 'fail')
      return refusal(
        'conflict/file-late',
        `${name.zh}材料逾期或未交，按本地规定视为不合格，停止拨付`,
        `the file for the ${name.en} is late or missing, which fails it here: nothing more is released`,
        detail,
      );
  }
  return undefined;
}

/** 前期资金使用进度. */
function whyUnspent(project: SignedProject): Refusal | undefined {
  const percent = rulesOf(project).release?.previousSpendPercent;
  const released = releasedFen(project.execution);
  if (percent === undefined || released === 0) return undefined;
  const spent = spentFen(project.execution);
  if (compare(ofFen(spent), percentOf(ofFen(released), fraction(percent))) >= 0) return undefined;
  return refusal(
    'limit/spend-ratio',
    `已拨付 ${toYuan(released)} 元，已报告支出 ${toYuan(spent)} 元，未达到 ${percent}%：请先报告支出`,
    `of ${toYuan(released)} released ${toYuan(spent)} was reported as spent, less than ${percent} percent: report the spending first`,
    { percent },
  );
}

function whyPaperMissing(project: SignedProject, papers: Papers): Refusal | undefined {
  const needed = rulesOf(project).release?.papers ?? [];
  const there = (paper: string) =>
    papers[paper] !== undefined || (paper === 'spend-report' && project.execution.spend !== undefined);
  const missing = needed.filter((paper) => !there(paper));
  return missing.length > 0
    ? refusal(
        'missing/paper',
        `缺少拨付材料：${missing.map((paper) => `${PAPER_NAMES[paper]}（${paper}）`).join('、')}`,
        `papers are missing: ${missing.join(', ')}`,
        { papers: missing.join(',') },
      )
    : undefined;
}

export const PAPER_NAMES = {
  invoice: '票据',
  'progress-report': '进度报告',
  'spend-report': '支出报告',
  'audit-report': '审计报告',
} as const;

export function whyOrganisationBarred(
  { status, bans }: OrganisationStanding,
  today: PlainDate,
): Refusal | undefined {
  if (status !== 'normal')
    return refusal(
      'forbidden/organisation-status',
      `项目承接机构登记状态为“${STATUS_NAMES[status].zh}”，不予拨付：状态恢复正常并登记后再办`,
      `the organisation is ${STATUS_NAMES[status].en}: nothing is released until its status is normal again`,
      { status },
    );
  const ban = banOn(bans, today);
  return ban
    ? refusal(
        'forbidden/organisation-banned',
        `项目承接机构在 ${ban.until} 前被禁止承接，不予拨付`,
        `the organisation is banned until ${ban.until}: nothing is released`,
        { until: ban.until },
      )
    : undefined;
}

/** A decision is dated from the month of its proposal to today: a grant of an earlier month could lie before the history of the books. */
export function datedWrong(proposedAt: Instant, decidedOn: PlainDate, today: PlainDate): Refusal | undefined {
  if (decidedOn <= today && decidedOn.slice(0, 7) >= chinaDate(proposedAt).slice(0, 7)) return undefined;
  return refusal(
    'invalid/decision-date',
    '决定日期应在申请当月及以后，且不晚于今天',
    'a decision is dated no earlier than the month of its proposal, and not after today',
    { decidedOn },
  );
}

export const RECORDER = {
  zh: '登记过该期里程碑的人不能经办其拨付',
  en: 'whoever recorded the milestone has no hand in its release',
};
const DECIDER = {
  zh: '登记里程碑的人和申请人不能作出拨付决定',
  en: 'whoever recorded the milestone or proposed the release does not decide it',
};
export const CHANGE_OPEN = refusal(
  'conflict/change-open',
  '协议变更正在等待决定：请先决定变更',
  'a change of the contract waits for its decision: decide that first',
);
export const REASON_MISSING = refusal(
  'invalid/reason-missing',
  '不同意的须写明原因',
  'a refusal states its reason',
);
const releasedAlready = (tranche: number): Refusal =>
  refusal(
    'conflict/tranche-released',
    `第 ${tranche} 期已决定拨付`,
    `the release of tranche ${tranche} was decided already`,
    { tranche },
  );
