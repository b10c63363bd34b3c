import type { Instant } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import { type Fen, fen, sumFen, toYuan } from '../money.ts';
import { invariant, ok, type Result, refusal, refuse, unreachable } from '../result.ts';
import type { CallId, ProjectKey } from './project-acts.ts';

/**
 * 入围额度: who was given how much of the pools of a year. One numbered list of acts for all calls of a jurisdiction and year, so that
 * two who give the last money of a pool, or a second project to one organisation, at once compete for one number.
 */
export type AllotmentActBody =
  /** Gives, or gives another amount to who has one. */
  | { readonly kind: 'allotted'; readonly document: string; readonly allotments: readonly Allotment[] }
  | { readonly kind: 'given-back'; readonly projects: readonly ProjectKey[]; readonly reason: string };
export type AllotmentAct = AllotmentActBody & {
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
};
export type Allotment = {
  readonly project: ProjectKey;
  readonly callId: CallId;
  readonly organisation: PersonKey;
  /** Of a group without a code that a sponsor applies for, its name as `groupOf` spells it. */
  readonly group?: string;
  readonly grant: Fen;
  /** The average score that the decision saw. */
  readonly average: string;
  /** A second project of the organisation was agreed to by another person. */
  readonly overridden?: true;
};
export type Allotments = {
  readonly sequence: number;
  readonly given: ReadonlyMap<ProjectKey, Allotment & { readonly document: string; readonly by: string }>;
};

export function foldAllotments(acts: readonly AllotmentAct[]): Allotments {
  const given = new Map<ProjectKey, Allotment & { readonly document: string; readonly by: string }>();
  let sequence = 0;
  for (const act of acts) {
    invariant(act.sequence === sequence + 1, `act ${act.sequence} of a year's allotments does not follow`);
    sequence = act.sequence;
    if (act.kind === 'allotted') {
      const { document, by } = act;
      for (const one of act.allotments) given.set(one.project, { ...one, document, by });
    } else if (act.kind === 'given-back') for (const project of act.projects) given.delete(project);
    else unreachable(act);
  }
  return { sequence, given };
}

/** Given out of a call's pool so far. */
export const allottedOf = ({ given }: Allotments, callId: CallId): Fen =>
  sumFen([...given.values()].filter((one) => one.callId === callId).map(({ grant }) => grant));

/** What one organisation may have; absent: no limit. */
export type OrganisationLimits = {
  /** In a year, over all calls. */
  readonly projects?: number;
  /** In one call. */
  readonly money?: Fen;
  /** Parties that won in the year before and may not win again. */
  readonly lastYear?: ReadonlySet<string>;
};

/**
 * Gives grants out of a pool, all or none. What is given already in the same amount is left out; nothing new is `undefined`. Refusals:
 * `limit/pool`, `conflict/double-support` (names the number of projects), `limit/organisation`.
 */
export function allot(
  before: Allotments,
  wanted: readonly Allotment[],
  document: string,
  pool: { readonly callId: CallId; readonly fen: Fen },
  limits: OrganisationLimits,
): Result<AllotmentActBody> | undefined {
  const fresh = wanted.filter(({ project, grant }) => before.given.get(project)?.grant !== grant);
  if (fresh.length === 0) return undefined;
  const after = new Map<ProjectKey, Allotment>(before.given);
  for (const one of fresh) {
    const refused = organisationFault([...after.values()], one, limits);
    if (refused) return refuse(refused);
    after.set(one.project, one);
  }
  const given = sumFen(
    [...after.values()].filter(({ callId }) => callId === pool.callId).map(({ grant }) => grant),
  );
  if (given > pool.fen) {
    const left = fen(pool.fen - allottedOf(before, pool.callId));
    return refuse(
      refusal(
        'limit/pool',
        `资金总盘只剩 ${toYuan(left)} 元，本次入围共需 ${toYuan(fen(given - pool.fen + left))} 元：请核减或减少项目`,
        `the pool has ${toYuan(left)} yuan left and this takes ${toYuan(fen(given - pool.fen + left))}: lower the grants or take fewer projects`,
        { left: toYuan(left) },
      ),
    );
  }
  return ok({ kind: 'allotted', document, allotments: fresh });
}

/** How a group without a code is told from another: by its name, brackets and spaces as they may be. */
export const groupOf = (name: string): string => name.normalize('NFKC').replace(/\s/g, '');

/** Who gets a grant: the organisation, and the group that it sponsors. */
export const partiesOf = ({ organisation, group }: Allotment): string[] =>
  group === undefined ? [organisation] : [organisation, `group ${group}`];

function organisationFault(given: readonly Allotment[], one: Allotment, limits: OrganisationLimits) {
  const others = given.filter(
    ({ organisation, project }) => organisation === one.organisation && project !== one.project,
  );
  const parties = partiesOf(one);
  const won = parties.some((party) => limits.lastYear?.has(party) ?? false);
  const ofParty = (party: string) =>
    given.filter((each) => each.project !== one.project && partiesOf(each).includes(party)).length;
  const most = Math.max(...parties.map(ofParty));
  const tooMany = limits.projects !== undefined && most + 1 > limits.projects;
  if ((tooMany || won) && !one.overridden) {
    return refusal(
      'conflict/double-support',
      won
        ? '该单位（或其扶持的团队）上一年度已获资助，按本地政策不再资助：确需资助的，由另一人写明理由放行'
        : `该单位（或其扶持的团队）本年度已有 ${most} 个项目获资助，按本地政策不重复资助：确需资助的，由另一人写明理由放行`,
      won
        ? 'this organisation, or the group it sponsors, won in the year before and policy gives no grant again: another person may override that with a reason'
        : `this organisation, or the group it sponsors, has ${most} granted projects this year and policy allows no more: another person may override that with a reason`,
      { project: one.project, others: most },
    );
  }
  const inCall = others.filter(({ callId }) => callId === one.callId);
  const money = sumFen([...inCall.map(({ grant }) => grant), one.grant]);
  if (limits.money === undefined || money <= limits.money) return undefined;
  return refusal(
    'limit/organisation',
    `该单位本届获资助合计将达 ${toYuan(money)} 元，超过单个单位上限 ${toYuan(limits.money)} 元：请核减`,
    `grants of this organisation would come to ${toYuan(money)} yuan in this call, more than the ${toYuan(limits.money)} of one organisation: lower them`,
    { project: one.project },
  );
}

/** Gives back what was given; undefined where there is nothing. */
export function giveBack(
  before: Allotments,
  project: ProjectKey,
  reason: string,
): Result<AllotmentActBody> | undefined {
  if (!before.given.has(project)) return undefined;
  return ok({ kind: 'given-back', projects: [project], reason });
}
