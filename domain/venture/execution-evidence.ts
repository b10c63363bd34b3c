import type { PlainDate } from '../calendar.ts';
import { bandOf, failureEffect } from '../programmes/venture-fund/evaluation.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { EvaluationStage, ExecutionActBody } from './execution-acts.ts';
import {
  EVALUATION_NAMES,
  fileVerdict,
  inExecution,
  isRectified,
  rulesOf,
  type SignedProject,
  samePerson,
  trancheOf,
} from './execution-standing.ts';
import type { Project } from './project.ts';

/**
 * 履约证据: what people record about a project in execution. None of it moves money. Refusals of all: those of `inExecution`, and
 * `invalid/date-future` for what is said of a day to come.
 */
type Decision = Result<ExecutionActBody>;
type Said<Kind extends ExecutionActBody['kind']> = Omit<
  Extract<ExecutionActBody, { readonly kind: Kind }>,
  'kind'
>;

/**
 * 里程碑登记. Once per tranche: a second record is refused and would release nothing. Refusals: `missing/tranche`,
 * `conflict/milestone-recorded`, `conflict/tranche-released`, `invalid/milestone-settlement` (it is paid by the settlement).
 */
export function recordMilestone(
  project: Project,
  said: Omit<Said<'milestone'>, 'milestone'>,
  today: PlainDate,
): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const tranche = trancheOf(running.value, said.tranche);
  if (!tranche.ok) return tranche;
  const wrong = future(said.reachedOn, today);
  if (wrong) return refuse(wrong);
  const { milestone } = tranche.value;
  if (milestone === 'audited') return refuse(bySettlement(said.tranche));
  const earlier = project.execution.milestones[said.tranche];
  if (earlier) {
    return refuse(
      refusal(
        'conflict/milestone-recorded',
        `第 ${said.tranche} 期的里程碑已登记（${earlier.reachedOn}）：再次登记不会拨款；登记有误的请先撤回`,
        `the milestone of tranche ${said.tranche} is on record (${earlier.reachedOn}): another record releases nothing; withdraw a wrong one first`,
        { tranche: said.tranche },
      ),
    );
  }
  return ok({ kind: 'milestone', ...said, milestone });
}

/** 撤回 of a record that is wrong, while nobody has proposed the release. Refusals: `missing/milestone`, `conflict/release-open`. */
export function withdrawMilestone(project: Project, tranche: number, reason: string): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const { milestones, releases } = project.execution;
  if (!milestones[tranche]) return refuse(noMilestone(tranche));
  if (releases[tranche]) {
    return refuse(
      refusal(
        'conflict/release-open',
        `第 ${tranche} 期已申请拨付或已拨付，里程碑不能撤回`,
        `the release of tranche ${tranche} was proposed or decided: its milestone stays`,
        { tranche },
      ),
    );
  }
  return ok({ kind: 'milestone-withdrawn', tranche, reason });
}

/** 服务时数, counted from the first day. Refusals: `invalid/no-hours` (the contract names none), `invalid/hours-fewer`. */
export function reportHours(project: Project, said: Said<'hours-reported'>, today: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const wrong = future(said.upTo, today);
  if (wrong) return refuse(wrong);
  if (running.value.contract.serviceHours === undefined) {
    return refuse(
      refusal('invalid/no-hours', '协议未约定服务时数', 'the contract names no hours of service'),
    );
  }
  return ok({ kind: 'hours-reported', ...said });
}

/**
 * 材料报送通知. Refusals: `conflict/file-received` (it is there already), `conflict/file-overdue` (the day was missed where that counts as
 * failed: another day would take the place of a reason that another person accepts).
 */
export function setFileDue(project: Project, said: Said<'file-due'>, today: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const standing = project.execution.files[said.file];
  if (standing?.received) return refuse(fileThere(said.file));
  if (fileVerdict(running.value, said.file, today) === 'fail') {
    return refuse(
      refusal(
        'conflict/file-overdue',
        '原定期限已过，按本地规定视为不合格，不能再改期限：规定允许时由他人认定逾期理由',
        'the day was missed, which fails it here, and is not moved afterwards: have another person accept the reason where policy allows that',
        { file: said.file },
      ),
    );
  }
  return ok({ kind: 'file-due', ...said });
}

/** 收件. Refusal: `conflict/file-received`. */
export function receiveFile(project: Project, said: Said<'file-received'>, today: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const wrong = future(said.filedOn.slice(0, 10), today);
  if (wrong) return refuse(wrong);
  if (project.execution.files[said.file]?.received) return refuse(fileThere(said.file));
  return ok({ kind: 'file-received', ...said });
}

/**
 * 正当理由: accepted by another person than who received the file. Refusals: `conflict/file-not-late`, `forbidden/same-person`,
 * `policy/late-is-fail` (the place accepts no reasons).
 */
export function excuseLateness(
  project: Project,
  said: Said<'lateness-excused'>,
  by: string,
  today: PlainDate,
): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const verdict = fileVerdict(running.value, said.file, today);
  if (verdict === undefined || verdict === 'in-time') {
    return refuse(refusal('conflict/file-not-late', '该材料没有逾期', 'this file is not late'));
  }
  if (rulesOf(running.value).lateFiles === 'fail') {
    return refuse(
      refusal(
        'policy/late-is-fail',
        '本地规定材料逾期即视为不合格，不接受说明',
        'late files count as failed here whatever the reason',
      ),
    );
  }
  const receiver = project.execution.files[said.file]?.received?.by;
  const same = samePerson(by, [receiver], {
    zh: '收件人不能认定逾期理由',
    en: 'whoever received the file does not accept its reason',
  });
  return same ? refuse(same) : ok({ kind: 'lateness-excused', ...said });
}

export type EvaluationWish = {
  readonly stage: EvaluationStage;
  /** By the place's bands; where it has none, `passed` says it. */
  readonly score?: string;
  readonly passed?: boolean;
  readonly evidence: string;
  readonly on: PlainDate;
};

/**
 * 评估: what the score means is looked up once and kept. A file that is late or missing where the place says that this fails cannot pass.
 * Another evaluation of the same stage takes the place of one that paid nothing yet; one that was failed, or asks for rectification, gives
 * way to a better one after that was accepted. Refusals: those of `bandOf`, `invalid/evaluation` (neither a score nor a verdict),
 * `conflict/rectification-open`, `conflict/file-late`, `conflict/evaluation-used`, `forbidden/same-person` (who filed the project).
 */
export function evaluateProject(
  project: Project,
  wish: EvaluationWish,
  by: string,
  today: PlainDate,
): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const wrong =
    future(wish.on, today) ??
    samePerson(by, project.filedBy, {
      zh: '申报经办人不能评估',
      en: 'whoever filed the project does not evaluate it',
    }) ??
    whyUsed(running.value, wish.stage);
  if (wrong) return refuse(wrong);
  const outcome = outcomeOf(running.value, wish);
  if (!outcome.ok) return outcome;
  const early = whyNotYet(running.value, wish.stage, outcome.value);
  if (early) return refuse(early);
  if (outcome.value.passes && fileVerdict(running.value, wish.stage, today) === 'fail') {
    const name = EVALUATION_NAMES[wish.stage];
    return refuse(
      refusal(
        'conflict/file-late',
        `${name.zh}材料逾期或未交，按本地规定视为不合格：请登记为不合格，或由他人认定逾期理由（规定允许时）`,
        `the file for the ${name.en} is late or missing, which fails it here: record it as failed, or have another person accept the reason where policy allows that`,
        { stage: wish.stage },
      ),
    );
  }
  const { stage, evidence, on } = wish;
  const score = wish.score === undefined ? {} : { score: wish.score };
  return ok({ kind: 'evaluated', stage, ...score, ...outcome.value, evidence, on });
}

type Outcome = Pick<Said<'evaluated'>, 'grade' | 'passes' | 'pays' | 'rectification' | 'bonusPercent'>;

function outcomeOf(project: SignedProject, { score, passed }: EvaluationWish): Result<Outcome> {
  if (score !== undefined) {
    const band = bandOf(rulesOf(project), score);
    if (!band.ok) return band;
    const { grade, passes, pays, rectification, bonusPercent } = band.value;
    return ok({
      grade,
      passes,
      pays,
      ...(rectification && { rectification }),
      ...(bonusPercent !== undefined && { bonusPercent }),
    });
  }
  if (passed !== undefined) return ok({ passes: passed, pays: passed ? '100' : '0' });
  return refuse(
    refusal(
      'invalid/evaluation',
      '评估须写明评分，或写明是否合格',
      'an evaluation states a score, or whether it was passed',
    ),
  );
}

/** Nobody records a failed evaluation away alone: a better one follows rectification, which takes two. */
function whyNotYet({ execution }: SignedProject, stage: EvaluationStage, next: Outcome): Refusal | undefined {
  const before = execution.evaluations[stage];
  if (!before || !next.passes || isRectified(execution, before)) return undefined;
  const isLifted = !before.passes || (before.rectification === true && !next.rectification);
  return isLifted
    ? refusal(
        'conflict/rectification-open',
        `${EVALUATION_NAMES[stage].zh}不合格或要求整改：请登记整改并由他人验收后再评估；登记有误的也按此更正`,
        `the ${EVALUATION_NAMES[stage].en} was failed or asks for rectification: have that ordered and accepted by another person first, also to correct a wrong record`,
        { stage },
      )
    : undefined;
}

/** A tranche was proposed or released by it: it stands. */
function whyUsed({ execution }: SignedProject, stage: EvaluationStage): Refusal | undefined {
  const before = execution.evaluations[stage];
  if (!before) return undefined;
  const used = Object.values(execution.releases).some(({ proposed }) => proposed.sequence > before.sequence);
  return used
    ? refusal(
        'conflict/evaluation-used',
        '已按该评估结果申请或拨付资金，不能再次评估',
        'money was proposed or released by this evaluation: it stands',
        { stage },
      )
    : undefined;
}

/** What a failed evaluation does by the place's rule; undefined while none has failed. */
export function failureOf(project: SignedProject, today: PlainDate) {
  const { evaluations } = project.execution;
  const failed = (stage: EvaluationStage) =>
    evaluations[stage]?.passes === false || fileVerdict(project, stage, today) === 'fail';
  if (failed('final')) return { stage: 'final' as const, ...failureEffect(rulesOf(project), 'acceptance') };
  if (failed('mid-term'))
    return { stage: 'mid-term' as const, ...failureEffect(rulesOf(project), 'midTerm') };
  return undefined;
}

/** 责令整改. */
export function openRectification(project: Project, reason: string, dueOn: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const number = project.execution.rectifications.length + 1;
  return ok({ kind: 'rectification-opened', number, reason, dueOn });
}

/** 整改验收, by another person than who ordered it. Refusals: `missing/rectification`, `conflict/rectification-closed`, `forbidden/same-person`. */
export function closeRectification(project: Project, number: number, evidence: string, by: string): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const found = project.execution.rectifications.find(({ opened }) => opened.number === number);
  if (!found)
    return refuse(refusal('missing/rectification', '没有这次整改', 'there is no such rectification'));
  if (found.closed)
    return refuse(
      refusal('conflict/rectification-closed', '该次整改已验收', 'this rectification was accepted already'),
    );
  const same = samePerson(by, [found.opened.by], {
    zh: '下达整改的人不能验收',
    en: 'whoever ordered the rectification does not accept it',
  });
  return same ? refuse(same) : ok({ kind: 'rectification-closed', number, evidence });
}

/** 支出报告: all that was spent so far. Refusals: `invalid/spend-earlier` (there is a later report). */
export function reportSpend(project: Project, said: Said<'spend-reported'>, today: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const wrong = future(said.upTo, today);
  if (wrong) return refuse(wrong);
  const last = project.execution.spend;
  if (last && last.upTo > said.upTo) {
    return refuse(
      refusal(
        'invalid/spend-earlier',
        `已有截至 ${last.upTo} 的支出报告：请按截至该日或之后的累计数填报`,
        `there is a report of spending through ${last.upTo}: report everything spent through that day or a later one`,
        { upTo: last.upTo },
      ),
    );
  }
  return ok({ kind: 'spend-reported', ...said });
}

const future = (date: PlainDate, today: PlainDate): Refusal | undefined =>
  date > today
    ? refusal('invalid/date-future', '日期不能晚于今天', 'the date cannot be after today', { date })
    : undefined;
export const noMilestone = (tranche: number): Refusal =>
  refusal(
    'missing/milestone',
    `第 ${tranche} 期的里程碑还没有登记：请由不经办拨付的人先登记`,
    `the milestone of tranche ${tranche} is not on record: somebody who has no hand in the payment records it first`,
    { tranche },
  );
export const bySettlement = (tranche: number): Refusal =>
  refusal(
    'invalid/milestone-settlement',
    `第 ${tranche} 期在审计结算后拨付：请办理结算`,
    `tranche ${tranche} is paid by the settlement after the audit: propose the settlement`,
    { tranche },
  );
const fileThere = (file: EvaluationStage): Refusal =>
  refusal(
    'conflict/file-received',
    `${EVALUATION_NAMES[file].zh}材料已收到`,
    `the file for the ${EVALUATION_NAMES[file].en} was received already`,
    { file },
  );
