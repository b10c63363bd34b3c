import type { Instant, PlainDate } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';

/**
 * 授权代签: a member of staff who may sign lets a deputy sign in his place, from one day to another, by a document or for a reason.
 * The grant is an act and its revocation another: neither is ever edited, and to change one is to revoke it and grant anew.
 */
export type Delegation = {
  readonly delegationId: string;
  readonly jurisdiction: JurisdictionCode;
  /** 授权人: whose authority it is. */
  readonly principal: string;
  /** 代签人 */
  readonly deputy: string;
  /** Only for these; for every programme when absent. */
  readonly programmes?: readonly ProgrammeId[];
  /** First and last day (Asia/Shanghai) on which the deputy may sign. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly reason: string;
  /** Number of the document (文号) that says so. */
  readonly document?: string;
  readonly grantedBy: string;
  readonly grantedAt: Instant;
  /** Ends it at once. */
  readonly revoked?: { readonly by: string; readonly at: Instant; readonly reason: string };
};

/** The roles that sign steps of an approval chain. */
export const SIGNING_ROLES = ['reviewer', 'approver'] as const;

/** Whose place a signer takes: his signing roles as he last signed in, and what he granted, read when it is used. */
export type Principal = {
  readonly id: string;
  readonly roles: readonly string[];
  readonly delegations: readonly Delegation[];
};

export type DelegationWish = Pick<
  Delegation,
  'jurisdiction' | 'principal' | 'deputy' | 'programmes' | 'from' | 'to' | 'reason' | 'document'
>;

/**
 * Whether a delegation may be granted. Refusals: `invalid/delegation-dates`, `invalid/delegation-backdated`,
 * `invalid/delegation-to-oneself`, `forbidden/delegation-to-granter`, `forbidden/principal-role`.
 *
 * @param principalRoles signing roles of the principal as he last signed in; whoever has none has nothing to delegate.
 */
export function grantDelegation(
  wish: DelegationWish,
  granter: string,
  principalRoles: readonly string[],
  today: PlainDate,
): Result<DelegationWish> {
  const { from, to } = wish;
  if (to < from) {
    return refuse(
      refusal(
        'invalid/delegation-dates',
        `截止日期 ${to} 早于起始日期 ${from}`,
        `the last day ${to} is before the first, ${from}`,
        { from, to },
      ),
    );
  }
  if (from < today) {
    return refuse(
      refusal(
        'invalid/delegation-backdated',
        `授权不能倒签：起始日期 ${from} 早于今天 ${today}，请从今天起授权`,
        `a delegation is not backdated: it would begin on ${from}, before today, ${today}; let it begin today`,
        { from, today },
      ),
    );
  }
  if (wish.deputy === wish.principal) {
    return refuse(
      refusal(
        'invalid/delegation-to-oneself',
        '授权人与代签人不能是同一人',
        'nobody is his own deputy: name another person',
      ),
    );
  }
  if (wish.deputy === granter) {
    return refuse(
      refusal(
        'forbidden/delegation-to-granter',
        '不能把他人的签批权授予自己：请由授权人本人或另一管理员登记',
        'nobody grants himself the authority of another: let the principal or another administrator do it',
      ),
    );
  }
  return principalRoles.length > 0 ? ok(wish) : refuse(noSigningRole());
}

const noSigningRole = (): Refusal =>
  refusal(
    'forbidden/principal-role',
    '授权人没有复核或审批岗位（以其最近一次登录为准），无权可授：请其本人登录后再授权',
    'the principal has no role that signs, as of his last sign-in, and so nothing to delegate: let him sign in first',
  );

/**
 * The delegation under which `deputy` signs for the principal today. A delegation gives what the principal has himself and nothing
 * that was delegated to him. Refusals name the dates: `forbidden/no-delegation`, `forbidden/delegation-revoked`,
 * `forbidden/delegation-not-begun`, `forbidden/delegation-expired`.
 */
export function delegationInForce(
  principal: Principal,
  deputy: string,
  scope: { readonly jurisdiction: JurisdictionCode; readonly programme: ProgrammeId },
  today: PlainDate,
): Result<Delegation> {
  const granted = principal.delegations.filter(
    (one) =>
      one.principal === principal.id &&
      one.deputy === deputy &&
      one.jurisdiction === scope.jurisdiction &&
      (one.programmes === undefined || one.programmes.includes(scope.programme)),
  );
  const inForce = granted.find((one) => !one.revoked && one.from <= today && today <= one.to);
  if (inForce) return ok(inForce);
  // Of several that do not hold, people mean the one that still stands, or else the last one granted.
  const latest = granted.toSorted((a, b) => (a.grantedAt > b.grantedAt ? -1 : 1));
  const meant = latest.find(({ revoked }) => !revoked) ?? latest[0];
  return refuse(meant ? notInForce(meant, today) : noDelegation());
}

const noDelegation = (): Refusal =>
  refusal(
    'forbidden/no-delegation',
    '此人没有授权您在本区划代签本项目：请由其本人签批，或先登记授权',
    'this person has not delegated the signing of this programme to you: let them sign, or have a delegation recorded first',
  );

function notInForce(one: Delegation, today: PlainDate): Refusal {
  const { delegationId, from, to, revoked } = one;
  const facts = { delegationId, from, to, today };
  const [zh, en] = [
    `授权期 ${from} 至 ${to}，今天 ${today}`,
    `it holds from ${from} to ${to}; today is ${today}`,
  ];
  if (revoked) {
    return refusal(
      'forbidden/delegation-revoked',
      `授权已撤销（${zh}）：请由本人签批或重新授权`,
      `the delegation was revoked (${en}): let the principal sign or grant anew`,
      { ...facts, revokedAt: revoked.at },
    );
  }
  if (today < from) {
    return refusal(
      'forbidden/delegation-not-begun',
      `授权尚未开始（${zh}）：请在期内签批`,
      `the delegation has not begun (${en}): sign within its days`,
      facts,
    );
  }
  return refusal(
    'forbidden/delegation-expired',
    `授权已期满（${zh}）：请由本人签批或重新授权`,
    `the delegation has ended (${en}): let the principal sign or grant anew`,
    facts,
  );
}

/**
 * Whether someone may revoke a delegation: the principal or an administrator, once. Refusals: `forbidden/not-your-delegation`,
 * `conflict/delegation-revoked`.
 */
export function revokeDelegation(
  delegation: Delegation,
  by: string,
  isAdministrator: boolean,
): Result<Delegation> {
  if (by !== delegation.principal && !isAdministrator) {
    return refuse(
      refusal(
        'forbidden/not-your-delegation',
        '只能由授权人本人或管理员撤销授权',
        'only the principal or an administrator revokes a delegation',
      ),
    );
  }
  return delegation.revoked ? refuse(revokedBefore(delegation.revoked)) : ok(delegation);
}

/** Also for two who revoke at once: the first one's word stands. */
export const revokedBefore = ({ at }: NonNullable<Delegation['revoked']>): Refusal =>
  refusal('conflict/delegation-revoked', '该授权已撤销', 'this delegation is revoked already', {
    revokedAt: at,
  });
