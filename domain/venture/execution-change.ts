import type { PlainDate } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import { budgetFaults } from '../programmes/venture-fund/budget-lines.ts';
import { checkPeriod } from '../programmes/venture-fund/deadlines.ts';
import { replanTranches } from '../programmes/venture-fund/tranches.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import type { BudgetLine, Contract } from './contract.ts';
import type { ExecutionActBody } from './execution-acts.ts';
import { CHANGE_OPEN, datedWrong, REASON_MISSING } from './execution-release.ts';
import { inExecution, releasesOf, rulesOf, type SignedProject, samePerson } from './execution-standing.ts';
import type { Project } from './project.ts';
import { withinRule } from './within-rule.ts';

type Decision = Result<ExecutionActBody>;

/** What of the contract is to be another; whatever is absent stays. */
export type ChangeWish = {
  readonly grant?: Fen;
  readonly lines?: readonly BudgetLine[];
  readonly to?: PlainDate;
  readonly serviceHours?: number;
  readonly reason: string;
};

/**
 * 协议变更: tranches that were released stay as they are, the others share what is left of the new grant. Refusals: those of `inExecution`,
 * `conflict/change-open`, `conflict/release-open`, `invalid/nothing-changed`, `invalid/budget`, those of `replanTranches` (never below
 * what was released), of `checkPeriod`, and of `withinRule` for a higher grant or another budget.
 */
export function proposeChange(project: Project, wish: ChangeWish): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  if (project.execution.change) return refuse(CHANGE_OPEN);
  if (hasOpenRelease(project)) return refuse(RELEASE_OPEN);
  const contract = changedContract(running.value, wish);
  return contract.ok
    ? ok({ kind: 'change-proposed', contract: contract.value, reason: wish.reason })
    : contract;
}

function changedContract(
  project: SignedProject,
  { grant, lines, to, serviceHours }: ChangeWish,
): Result<Contract> {
  const { contract } = project;
  const rules = rulesOf(project);
  if (grant === undefined && lines === undefined && to === undefined && serviceHours === undefined) {
    return refuse(
      refusal('invalid/nothing-changed', '请写明变更内容', 'say what of the contract is to change'),
    );
  }
  const isRaised = grant !== undefined && grant > contract.grant;
  if (isRaised || lines) {
    const budget = sumFen((lines ?? contract.lines).map((line) => line.fen));
    const within = withinRule(project, rules, budget, grant ?? contract.grant);
    if (!within.ok) return within;
  }
  const released = releasesOf(project.execution).map(({ proposed }) => proposed.tranche);
  const tranches = replanTranches(rules.tranches, contract.tranches, released, grant ?? contract.grant);
  if (!tranches.ok) return tranches;
  if (to !== undefined) {
    const period = checkPeriod(rules, contract.from, to);
    if (!period.ok) return period;
  }
  const faults = lines ? budgetFaults(rules, lines, contract.organisationKind, grant ?? contract.grant) : [];
  if (faults.length > 0) {
    return refuse(
      refusal(
        'invalid/budget',
        `变更后的预算不符合规定：${faults.map(({ zh }) => zh).join('；')}`,
        `the changed budget breaks the rules: ${faults.map(({ en }) => en).join('; ')}`,
        { faults: faults.length },
      ),
    );
  }
  return ok({
    ...contract,
    ...(grant !== undefined && { grant }),
    tranches: tranches.value,
    ...(lines && { lines }),
    ...(to !== undefined && { to }),
    ...(serviceHours !== undefined && { serviceHours }),
  });
}

export type DecisionWish = {
  readonly outcome: 'agreed' | 'refused';
  readonly document: string;
  readonly decidedOn: PlainDate;
  readonly reason?: string;
};

/** 变更决定, by another person. Refusals: `missing/change`, `forbidden/same-person`, `invalid/decision-date`, `invalid/reason-missing`. */
export function decideChange(project: Project, wish: DecisionWish, by: string, today: PlainDate): Decision {
  const running = inExecution(project);
  if (!running.ok) return running;
  const { change } = project.execution;
  if (!change)
    return refuse(
      refusal('missing/change', '没有待决定的协议变更', 'no change of the contract waits for a decision'),
    );
  const wrong =
    samePerson(by, [change.by], {
      zh: '申请变更的人不能作出决定',
      en: 'whoever proposed the change does not decide it',
    }) ?? datedWrong(change.at, wish.decidedOn, today);
  if (wrong) return refuse(wrong);
  if (wish.outcome === 'refused' && wish.reason === undefined) return refuse(REASON_MISSING);
  return ok({ kind: 'change-decided', ...wish });
}

export const hasOpenRelease = ({ execution }: Project): boolean =>
  Object.values(execution.releases).some(({ decided }) => !decided);
export const RELEASE_OPEN = refusal(
  'conflict/release-open',
  '有拨付申请等待决定：请先决定拨付',
  'a release waits for its decision: decide that first',
);
