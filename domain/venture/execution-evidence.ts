import type { PlainDate } from '../calendar.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { EvaluationStage, ExecutionActBody } from './execution-acts.ts';
import {
  EVALUATION_NAMES,
  fileVerdict,
  inExecution,
  rulesOf,
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

/** 服务时数, counted from the first day. Refusals: `invalid/no-hours` (the contract names none), `invalid/hours-earlier` (there is a later report). */
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
  const last = project.execution.hours;
  if (last && last.upTo > said.upTo) {
    return refuse(
      refusal(
        'invalid/hours-earlier',
        `已有截至 ${last.upTo} 的服务时数：请按截至该日或之后的累计数填报`,
        `there is a report of hours through ${last.upTo}: report all hours through that day or a later one`,
        { upTo: last.upTo },
      ),
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

export const future = (date: PlainDate, today: PlainDate): Refusal | undefined =>
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
