import type { PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import { type Fen, sumFen, toYuan } from '../money.ts';
import { budgetFaults } from '../programmes/venture-fund/budget-lines.ts';
import { checkPeriod } from '../programmes/venture-fund/deadlines.ts';
import { splitGrant } from '../programmes/venture-fund/tranches.ts';
import { type OrganisationStatus, STATUS_NAMES } from '../register/organisation-status.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { Call } from './call.ts';
import type { BudgetLine, Contract } from './contract.ts';
import { inStage, ownProject } from './intake.ts';
import type { Ban } from './organisation.ts';
import type { Project } from './project.ts';
import type { IntakeActBody } from './project-acts.ts';
import { withinRule } from './within-rule.ts';

/** What the parties agreed on where it is not as in the application; the grant is what the committee gave. */
export type Terms = {
  readonly lines?: readonly BudgetLine[];
  readonly from?: PlainDate;
  readonly to?: PlainDate;
  readonly serviceHours?: number;
};

/**
 * Drafts the agreement (协议): the grant that the committee gave, split by the place's plan, and the rules of the call by value. The same
 * again is `undefined`; another draft takes the place of the one before. Refusals: `conflict/project-stage`, `policy/budget-line`, those
 * of the project's length, of the plan, and of `withinRule` for lines that are another budget.
 */
export function draftContract(
  found: Project,
  call: Call,
  terms: Terms,
  sha256: Sha256,
): Result<IntakeActBody> | undefined {
  const wrong = inStage(found, ['publicised', 'drafted'], {
    zh: '起草协议',
    en: 'have its contract drafted',
  });
  if (wrong || !found.shortlisted) return refuse(wrong ?? notShortlisted());
  const { application, shortlisted } = found;
  const { rules } = call;
  const split = splitGrant(shortlisted.grant, rules.tranches);
  if (!split.ok) return split;
  const { from = application.from, to = application.to, lines = application.lines } = terms;
  const period = checkPeriod(rules, from, to);
  if (!period.ok) return period;
  if (terms.lines) {
    const budget = sumFen(lines.map((line) => line.fen));
    const within = withinRule(found, rules, budget, shortlisted.grant);
    if (!within.ok) return within;
  }
  const [fault] = budgetFaults(rules, lines, application.organisationKind, shortlisted.grant);
  if (fault) return refuse(refusal('policy/budget-line', fault.zh, fault.en, { fault: fault.code }));
  const serviceHours = terms.serviceHours ?? application.serviceHours;
  const contract: Contract = {
    organisation: application.organisation,
    organisationKind: application.organisationKind,
    grant: shortlisted.grant,
    tranches: split.value,
    lines,
    rules,
    from,
    to,
    ...(serviceHours !== undefined && { serviceHours }),
  };
  const hash = contractHash(sha256, contract);
  return found.draft?.hash === hash ? undefined : ok({ kind: 'contract-drafted', contract, hash });
}

export const contractHash = (sha256: Sha256, contract: Contract): string =>
  contentHash(sha256, 'venture-contract.v1', contract);

/** What is known of the organisation on the day of the signature. */
export type Standing = {
  readonly status: OrganisationStatus | undefined;
  readonly ban: Ban | undefined;
  readonly hasAccount: boolean;
  /** What the year's allotments give the project; undefined: nothing any more. */
  readonly allotted: Fen | undefined;
};

/**
 * 签约, by another person than who filed or drafted it, for the draft that was read, after publicity without an open or upheld
 * objection. Signed so already, it is `undefined`. Refusals: `conflict/project-stage`, `forbidden/own-project`, `forbidden/same-person`, `conflict/stale-contract`,
 * `policy/publicity-open`, `conflict/objection-open`, `policy/objection-upheld`, `invalid/signing-date`, `policy/organisation-status`,
 * `missing/organisation-status`, `policy/banned`, `missing/account`, `conflict/not-allotted`.
 */
export function signContract(
  found: Project,
  seen: { readonly hash: string; readonly document: string; readonly signedOn: PlainDate },
  standing: Standing,
  by: string,
  today: PlainDate,
): Result<IntakeActBody> | undefined {
  if (found.signed?.hash === seen.hash && found.signed.document === seen.document) return undefined;
  const wrong = inStage(found, ['drafted'], { zh: '签约', en: 'be signed' }) ?? ownProject(found, by);
  if (wrong || !found.draft) return refuse(wrong ?? notShortlisted());
  if (found.draft.by === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '起草协议的人不能签约，请由另一人办理',
        'whoever drafted a contract does not sign it: ask another person',
      ),
    );
  }
  if (found.draft.hash !== seen.hash) {
    return refuse(
      refusal(
        'conflict/stale-contract',
        '协议在您查看之后改过：请重新查看后再签',
        'the contract was drafted anew since you read it: read it again',
      ),
    );
  }
  const early = publicityFault(found, seen.signedOn, today) ?? standingFault(standing, found.draft.contract);
  if (early) return refuse(early);
  return ok({ kind: 'signed', contract: found.draft.contract, ...seen });
}

function publicityFault(
  { publicised, objections }: Project,
  signedOn: PlainDate,
  today: PlainDate,
): Refusal | undefined {
  if (objections.some(({ decided }) => !decided)) {
    return refusal(
      'conflict/objection-open',
      '还有异议未处理：请先处理异议',
      'an objection is open: decide it first',
    );
  }
  if (objections.some(({ decided }) => decided?.upheld)) {
    return refusal(
      'policy/objection-upheld',
      '公示异议成立，不能签约：请办理退出',
      'an objection was upheld: the project cannot be signed, drop it',
    );
  }
  const last = publicised?.to ?? '';
  if (signedOn <= last) {
    return refusal(
      'policy/publicity-open',
      `公示至 ${last}：公示期满后才能签约`,
      `it is publicised through ${last}: sign it after that`,
      { publicUntil: last },
    );
  }
  if (signedOn <= today) return undefined;
  return refusal('invalid/signing-date', '签约日不能晚于今天', 'the day of signature cannot lie after today');
}

function standingFault(
  { status, ban, hasAccount, allotted }: Standing,
  { grant }: Contract,
): Refusal | undefined {
  if (status === undefined) {
    return refusal(
      'missing/organisation-status',
      '还没有登记该单位的登记状态：请先查询并登记状态和来源',
      'the standing of the organisation is not on record: look it up and record it with its source',
    );
  }
  if (status !== 'normal') {
    const { zh, en } = STATUS_NAMES[status];
    return refusal(
      'policy/organisation-status',
      `该单位登记状态为“${zh}”，不能签约`,
      `the organisation is ${en} and cannot sign`,
      { status },
    );
  }
  if (ban) {
    return refusal(
      'policy/banned',
      `该单位因违约在 ${ban.until} 前不得获得资助（${ban.document}）`,
      `the organisation is banned through ${ban.until} (${ban.document})`,
      { until: ban.until },
    );
  }
  if (!hasAccount) {
    return refusal(
      'missing/account',
      '该单位没有户名与登记名称一致的对公账户：请先登记账户',
      'the organisation has no account in its registered name: record one first',
    );
  }
  if (allotted === grant) return undefined;
  return refusal(
    'conflict/not-allotted',
    `协议金额 ${toYuan(grant)} 元与入围额度不符：请重新起草协议`,
    `the contract says ${toYuan(grant)} yuan, which is not what the project was given: draft it anew`,
  );
}

const notShortlisted = () =>
  refusal('conflict/project-stage', '项目尚未入围', 'the project has not been shortlisted');
