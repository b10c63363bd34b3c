import type { PlainDate } from '../calendar.ts';
import { type Fen, fen, sumFen, toYuan } from '../money.ts';
import type { Step } from '../programmes/programme.ts';
import { banUntil, unusedSince } from '../programmes/venture-fund/deadlines.ts';
import {
  checkAuditedOut,
  recovered,
  type Settled,
  settleProject,
} from '../programmes/venture-fund/settlement.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { BudgetLine } from './contract.ts';
import type { ConclusionCause, ExecutionActBody, Instalment } from './execution-acts.ts';
import { payableBalance } from './execution-balance.ts';
import { type DecisionWish, hasOpenRelease, RELEASE_OPEN } from './execution-change.ts';
import { failureOf } from './execution-evaluation.ts';
import {
  CHANGE_OPEN,
  datedWrong,
  type OrganisationStanding,
  REASON_MISSING,
  whyOrganisationBarred,
} from './execution-release.ts';
import {
  inExecution,
  releasedFen,
  rulesOf,
  type SignedProject,
  samePerson,
  spentFen,
} from './execution-standing.ts';
import type { Project } from './project.ts';

type Decision = Result<ExecutionActBody>;

/** What every proposal to end a project says. */
type Said = {
  readonly reason: string;
  readonly evidence: string;
  /** Until when money is to be given back, and in which parts; the place of a sum that is not known yet is taken by the last one. */
  readonly dueOn?: PlainDate;
  readonly instalments?: readonly Instalment[];
};
export type SettlementWish = Said & {
  /** As audited: what the grant was spent on, and what the auditor left out. */
  readonly spend: readonly BudgetLine[];
  readonly auditedOut?: readonly (BudgetLine & { readonly reason: string })[];
  readonly interest?: Fen;
};
export type TerminationWish = Said & {
  /** What was spent by the day; the last report where it is absent. */
  readonly spend?: readonly BudgetLine[];
  readonly breachOn?: PlainDate;
};
/** Payments of the grant that reached the organisation, and when. */
export type ReceivedPayment = { readonly paidOn: PlainDate; readonly fen: Fen };

/**
 * 结算: min(grant, eligible audited spending) − what was released. Above zero it is the last payment, below zero it is ordered back.
 * After a failed evaluation nothing is paid any more, or later where the place says so. Refusals: those of `ready`; while something would
 * be paid, `conflict/not-evaluated`, `conflict/rectification-open` and `conflict/evaluation-failed` (delayed); `invalid/audited-out`,
 * `invalid/due-missing`, `invalid/instalments`.
 */
export function proposeSettlement(project: Project, wish: SettlementWish, today: PlainDate): Decision {
  const running = ready(project);
  if (!running.ok) return running;
  const known = checkAuditedOut(wish.spend, wish.auditedOut ?? []);
  if (!known.ok) return known;
  const settled = audited(running.value, wish);
  const balance = payableBalance(running.value, settled, today);
  if (!balance.ok) return balance;
  return proposal('settlement', wish, { ...balance.value, eligible: settled.eligible }, today);
}

function audited(
  project: SignedProject,
  { spend, auditedOut, interest }: Pick<SettlementWish, 'spend' | 'auditedOut' | 'interest'>,
): Settled {
  const { contract, execution } = project;
  return settleProject(rulesOf(project), {
    grant: contract.grant,
    paid: releasedFen(execution),
    kind: contract.organisationKind,
    budget: contract.lines,
    spend,
    ...(auditedOut && { auditedOut }),
    ...(interest !== undefined && { interest }),
  });
}

/**
 * 终止, for a reason, also for a breach of the agreement (违约), which bans the organisation where the place says so. What of the money paid
 * is asked back is the place's rule. Refusals: those of `ready`, `invalid/due-missing`, `invalid/instalments`, `invalid/breach-date`.
 */
export function proposeTermination(project: Project, wish: TerminationWish, today: PlainDate): Decision {
  const running = ready(project);
  if (!running.ok) return running;
  const { breachOn } = wish;
  if (breachOn !== undefined && breachOn > today) {
    return refuse(
      refusal('invalid/breach-date', '违约日期不能晚于今天', 'the breach cannot lie after today'),
    );
  }
  const rules = rulesOf(running.value);
  const spend = wish.spend ?? project.execution.spend?.lines ?? [];
  const { eligible, steps } = audited(running.value, { spend });
  const paid = releasedFen(project.execution);
  const rule = recoveredAtEnd(running.value, today);
  const back = recovered(rule, paid, eligible);
  const step: Step = {
    code: 'terminated',
    inputs: { rule: rule === 'none' ? 'nothing' : rule, paid: toYuan(paid), eligible: toYuan(eligible) },
    result: toYuan(fen(0 - back)),
  };
  const disallowed = steps.filter(({ code }) => code !== 'settled');
  const until = breachOn === undefined ? undefined : banUntil(rules, breachOn);
  const more = {
    ...(breachOn !== undefined && { breachOn }),
    ...(until !== undefined && { bannedUntil: until }),
  };
  const figures = { balance: fen(0 - back), steps: [...disallowed, step], eligible };
  return proposal('termination', wish, figures, today, more);
}

const STRICTNESS = ['none', 'unspent', 'all'] as const;

/**
 * By which rule money comes back: that of a failed evaluation or that of an early end, whichever takes more, so that a project that
 * failed gives back no less than one that did not; what is unspent where the place sets neither.
 */
function recoveredAtEnd(project: SignedProject, today: PlainDate): (typeof STRICTNESS)[number] {
  const { failure, termination } = rulesOf(project);
  const failed = failureOf(project, today);
  const ofFailure = failed && failure?.[failed.stage === 'final' ? 'acceptance' : 'midTerm']?.recover;
  return STRICTNESS.findLast((rule) => rule === ofFailure || rule === termination) ?? 'unspent';
}

/**
 * 逾期未使用的收回: what was paid longer ago than the place allows and was not spent. Ends the project. Refusals: those of `ready`,
 * `conflict/nothing-unused`, `invalid/due-missing`, `invalid/instalments`.
 */
export function proposeUnused(
  project: Project,
  wish: Said,
  payments: readonly ReceivedPayment[],
  today: PlainDate,
): Decision {
  const running = ready(project);
  if (!running.ok) return running;
  const spent = spentFen(project.execution);
  const unused = unusedSince(rulesOf(running.value), payments, spent, today);
  if (unused === 0) {
    return refuse(
      refusal(
        'conflict/nothing-unused',
        '没有超过使用期限而未使用的资金',
        'no money is unused beyond the time that the place allows',
      ),
    );
  }
  const step: Step = {
    code: 'unused',
    inputs: { paid: toYuan(sumFen(payments.map((one) => one.fen))), spent: toYuan(spent) },
    result: toYuan(fen(0 - unused)),
  };
  return proposal('unused', wish, { balance: fen(0 - unused), steps: [step], eligible: spent }, today);
}

type Figures = { readonly balance: Fen; readonly steps: readonly Step[]; readonly eligible: Fen };

function proposal(
  cause: ConclusionCause,
  { reason, evidence, dueOn, instalments }: Said,
  { balance, steps, eligible }: Figures,
  today: PlainDate,
  more: { readonly breachOn?: PlainDate; readonly bannedUntil?: PlainDate } = {},
): Decision {
  if (balance < 0) {
    const wrong = whyNotDue(fen(0 - balance), dueOn, instalments, today);
    if (wrong) return refuse(wrong);
  }
  const back = balance < 0 && { ...(dueOn !== undefined && { dueOn }), ...(instalments && { instalments }) };
  const figures = { eligible, balance, steps };
  return ok({ kind: 'conclusion-proposed', cause, reason, evidence, ...figures, ...back, ...more });
}

function whyNotDue(
  amount: Fen,
  dueOn: PlainDate | undefined,
  instalments: readonly Instalment[] | undefined,
  today: PlainDate,
): Refusal | undefined {
  if (dueOn === undefined || dueOn <= today) {
    return refusal(
      'invalid/due-missing',
      `应收回 ${toYuan(amount)} 元：请写明今天以后的缴回期限`,
      `${toYuan(amount)} is to be given back: say until which day after today`,
      { amount: toYuan(amount) },
    );
  }
  if (!instalments) return undefined;
  const sum = sumFen(instalments.map((one) => one.fen));
  const days = instalments.map((one) => one.dueOn);
  const ascending = days.every((day, index) => day > (days[index - 1] ?? today));
  return sum === amount && ascending && days.at(-1) === dueOn
    ? undefined
    : refusal(
        'invalid/instalments',
        `各期缴回金额合计应为 ${toYuan(amount)} 元，日期由近及远，最后一期为缴回期限`,
        `the instalments add up to ${toYuan(amount)}, on later and later days, the last of them the day it is due`,
        { amount: toYuan(amount), sum: toYuan(sum) },
      );
}

/**
 * 结算、终止、收回的决定, by another person. A last payment goes only to an organisation in good standing. Refusals: `missing/conclusion`,
 * `forbidden/same-person`, `forbidden/organisation-status`, `forbidden/organisation-banned`, `invalid/decision-date`, `invalid/reason-missing`.
 */
export function decideConclusion(
  project: Project,
  cause: ConclusionCause,
  wish: DecisionWish,
  by: string,
  today: PlainDate,
  organisation: OrganisationStanding,
): Decision {
  const { conclusion } = project.execution;
  if (!conclusion || conclusion.decided || conclusion.proposed.cause !== cause) {
    return refuse(
      refusal(
        'missing/conclusion',
        '没有待决定的结算、终止或收回',
        'nothing of this kind waits for a decision',
        { cause },
      ),
    );
  }
  const { proposed } = conclusion;
  const wrong =
    samePerson(by, [proposed.by], {
      zh: '提出人不能作出决定',
      en: 'whoever proposed it does not decide it',
    }) ?? datedWrong(proposed.at, wish.decidedOn, today);
  if (wrong) return refuse(wrong);
  if (wish.outcome === 'refused') {
    return wish.reason === undefined ? refuse(REASON_MISSING) : ok({ kind: 'conclusion-decided', ...wish });
  }
  const barred = proposed.balance > 0 ? whyOrganisationBarred(organisation, today) : undefined;
  return barred ? refuse(barred) : ok({ kind: 'conclusion-decided', ...wish });
}

/** 结项: once it is decided how the project ends and nothing is outstanding. Refusals: `conflict/not-concluded`, `conflict/recovery-open`, `conflict/project-closed`. */
export function closeProject(project: Project, outstanding: Fen): Decision {
  const { conclusion, closed } = project.execution;
  if (closed)
    return refuse(refusal('conflict/project-closed', '项目已结项', 'the project is closed already'));
  if (!conclusion?.decided) {
    return refuse(
      refusal(
        'conflict/not-concluded',
        '项目尚未结算或终止：请先作出决定',
        'the project was neither settled nor ended: decide that first',
      ),
    );
  }
  if (outstanding > 0) {
    return refuse(
      refusal(
        'conflict/recovery-open',
        `尚有 ${toYuan(outstanding)} 元未缴回：缴清、豁免或撤销后再结项`,
        `${toYuan(outstanding)} is still to be given back: the project is closed once that is paid, waived or revoked`,
        { outstanding: toYuan(outstanding) },
      ),
    );
  }
  return ok({ kind: 'closed' });
}

function ready(project: Project): Result<SignedProject> {
  const running = inExecution(project);
  if (!running.ok) return running;
  if (project.execution.change) return refuse(CHANGE_OPEN);
  return hasOpenRelease(project) ? refuse(RELEASE_OPEN) : running;
}
