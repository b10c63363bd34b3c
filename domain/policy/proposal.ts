import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../ids.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse, unreachable } from '../result.ts';
import type { Shard } from '../run/manifest.ts';
import type { EffectTotals } from './effect.ts';
import type { AcceptedGap, ProposalNotice } from './proposal-checks.ts';
import type { TouchedScope } from './touched.ts';

/** Everything that the effect of a proposal is worked out from, frozen when the work starts. */
export type EffectManifest = {
  /** 1, 2, …: worked out again when the book or the register has changed. */
  readonly round: number;
  /** The book without the proposal. */
  readonly policyHash: string;
  /** Decisions through this day are seen: today, or the latest of the proposal's own. */
  readonly knownOn: PlainDate;
  /** Facts recorded later do not exist for this round. */
  readonly cutOff: Instant;
  /** Month of the work: earlier ones are arrears, it and later ones are still to be paid. */
  readonly month: Month;
  /** December of the fiscal year: the last month compared. */
  readonly through: Month;
  /** Which enrolments are read: those of programmes and places that the change can touch. */
  readonly scopes: readonly TouchedScope[];
  /** Touched, and not worked out for the reason given (e.g. no first month that may become money). */
  readonly leftOut: readonly {
    readonly jurisdiction: JurisdictionCode;
    readonly programme: ProgrammeId;
    readonly refusal: Refusal;
  }[];
  readonly shards: readonly Shard[];
  readonly codeVersion: string;
};

/** What a programme of a place comes to. */
export type ScopeEffect = {
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly totals: EffectTotals;
};

/** A proposal's history is a numbered list of acts; its state is their fold. */
export type PolicyProposalAct = PolicyProposalActBody & {
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
};
export type PolicyProposalActBody =
  | {
      readonly kind: 'proposed';
      readonly proposal: ProposedPolicy;
      readonly request: string;
    }
  | { readonly kind: 'effect-started'; readonly manifest: EffectManifest }
  | {
      readonly kind: 'effect-found';
      readonly round: number;
      readonly hash: string;
      readonly scopes: readonly ScopeEffect[];
    }
  | {
      readonly kind: 'approved';
      readonly hash: string;
      /** 文号 and day of the bureau's decision on the proposal. */
      readonly document: string;
      readonly decidedOn: PlainDate;
    }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'withdrawn'; readonly reason: string }
  /** The packs are in the book, by hash: runs that start from now on use them. */
  | { readonly kind: 'in-force'; readonly packs: readonly string[] }
  /** Approved, and the book had meanwhile come to say something else: named, and nothing is in force. */
  | { readonly kind: 'void'; readonly refusal: Refusal };

/** What somebody proposes; its packs are kept beside the acts, under `packsHash`. */
export type ProposedPolicy = {
  readonly id: string;
  /** Whose bureau it belongs to: it decides. */
  readonly jurisdiction: JurisdictionCode;
  readonly packsHash: string;
  readonly places: readonly {
    readonly jurisdiction: JurisdictionCode;
    readonly programme: ProgrammeId;
    readonly parameters: readonly string[];
    readonly values: number;
  }[];
  /** Latest day on which one of its values was decided: nobody approves it before. */
  readonly latestDecision: PlainDate;
  readonly reason: string;
  readonly acceptedGaps: readonly AcceptedGap[];
  readonly notices: readonly ProposalNotice[];
};

export type PolicyProposalState =
  | 'working-out'
  | 'review'
  | 'approved'
  | 'in-force'
  | 'rejected'
  | 'withdrawn'
  | 'void';

export type PolicyProposal = {
  readonly proposal: ProposedPolicy;
  readonly request: string;
  readonly state: PolicyProposalState;
  readonly sequence: number;
  readonly proposedBy: string;
  readonly proposedAt: Instant;
  /** The effect that is being worked out, or was last. */
  readonly manifest?: EffectManifest;
  readonly effect?: {
    readonly round: number;
    readonly hash: string;
    readonly scopes: readonly ScopeEffect[];
    readonly at: Instant;
  };
  readonly decision?: {
    readonly by: string;
    readonly at: Instant;
    readonly document?: string;
    readonly decidedOn?: PlainDate;
    readonly reason?: string;
  };
  readonly packs?: readonly string[];
  readonly refusal?: Refusal;
};

/** Folds acts 1..n; undefined when there are none. */
export function foldProposal(acts: readonly PolicyProposalAct[]): PolicyProposal | undefined {
  let proposal: PolicyProposal | undefined;
  for (const act of acts) {
    invariant(
      act.sequence === (proposal?.sequence ?? 0) + 1,
      `act ${act.sequence} of a policy proposal does not follow`,
    );
    proposal = applyProposalAct(proposal, act);
  }
  return proposal;
}

/** One step of the fold. */
export function applyProposalAct(before: PolicyProposal | undefined, act: PolicyProposalAct): PolicyProposal {
  const { at, by, sequence } = act;
  if (act.kind === 'proposed') {
    const { proposal, request } = act;
    return { proposal, request, state: 'working-out', sequence, proposedBy: by, proposedAt: at };
  }
  invariant(before, `the first act of a policy proposal is "${act.kind}"`);
  switch (act.kind) {
    case 'effect-started': {
      const { effect: _before, ...rest } = before;
      return { ...rest, sequence, state: 'working-out', manifest: act.manifest };
    }
    case 'effect-found': {
      const { hash, round, scopes } = act;
      return { ...before, sequence, state: 'review', effect: { round, hash, scopes, at } };
    }
    case 'approved': {
      const { decidedOn, document } = act;
      return { ...before, sequence, state: 'approved', decision: { by, at, document, decidedOn } };
    }
    case 'rejected':
    case 'withdrawn':
      return { ...before, sequence, state: act.kind, decision: { by, at, reason: act.reason } };
    case 'in-force':
      return { ...before, sequence, state: 'in-force', packs: act.packs };
    case 'void':
      return { ...before, sequence, state: 'void', refusal: act.refusal };
    default:
      return unreachable(act);
  }
}

/** What the effect was worked out from, beside how things stand. */
export type Standing = { readonly policyHash: string; readonly today: PlainDate };

/**
 * Why the effect is no longer what would happen: `book` when other policy came into force since, `register` when it is of another day
 * than today. Empty while it is good.
 */
export function staleBecause(
  { manifest }: PolicyProposal,
  standing: Standing,
  dayOf: (at: Instant) => PlainDate,
): ('book' | 'register')[] {
  if (!manifest) return [];
  return [
    ...(manifest.policyHash === standing.policyHash ? [] : (['book'] as const)),
    ...(dayOf(manifest.cutOff) === standing.today ? [] : (['register'] as const)),
  ];
}

/**
 * 批准: by another person than the one who proposed it, for the effect that was read, while that is still what would happen. Refusals:
 * `conflict/policy-proposal-state`, `forbidden/own-proposal`, `conflict/stale-effect`, `invalid/decision-date`.
 */
export function approveProposal(
  proposal: PolicyProposal,
  seen: { readonly hash: string; readonly document: string; readonly decidedOn: PlainDate },
  by: string,
  standing: Standing,
  dayOf: (at: Instant) => PlainDate,
): Result<PolicyProposalActBody> {
  if (proposal.state !== 'review') return refuse(wrongState(proposal));
  if (proposal.proposedBy === by) return refuse(ownProposal());
  const stale = staleBecause(proposal, standing, dayOf);
  if (stale.length > 0) return refuse(staleEffect(stale));
  if (seen.hash !== proposal.effect?.hash) return refuse(otherEffect());
  const { latestDecision } = proposal.proposal;
  if (seen.decidedOn > standing.today || seen.decidedOn < latestDecision)
    return refuse(wrongDay(seen.decidedOn, latestDecision, standing.today));
  return ok({ kind: 'approved', ...seen });
}

/** 退回: by another person, with a reason. Refusals: `conflict/policy-proposal-state`, `forbidden/own-proposal`. */
export function rejectProposal(
  proposal: PolicyProposal,
  reason: string,
  by: string,
): Result<PolicyProposalActBody> {
  if (!isOpen(proposal)) return refuse(wrongState(proposal));
  return proposal.proposedBy === by ? refuse(ownProposal()) : ok({ kind: 'rejected', reason });
}

/** 撤回: by whoever proposed it. Refusals: `conflict/policy-proposal-state`, `forbidden/not-own-proposal`. */
export function withdrawProposal(
  proposal: PolicyProposal,
  reason: string,
  by: string,
): Result<PolicyProposalActBody> {
  if (!isOpen(proposal)) return refuse(wrongState(proposal));
  return proposal.proposedBy === by ? ok({ kind: 'withdrawn', reason }) : refuse(notOwn());
}

/** Not decided on yet. */
export const isOpen = ({ state }: Pick<PolicyProposal, 'state'>): boolean =>
  state === 'working-out' || state === 'review';

/** Names of the states for people. */
export const PROPOSAL_STATES: Readonly<
  Record<PolicyProposalState, { readonly zh: string; readonly en: string }>
> = {
  'working-out': { zh: '影响测算中', en: 'effect being worked out' },
  review: { zh: '待审批', en: 'waits for approval' },
  approved: { zh: '已批准，正在入库', en: 'approved, being put into the book' },
  'in-force': { zh: '已入库生效', en: 'in the policy book' },
  rejected: { zh: '已退回', en: 'rejected' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  void: { zh: '未能入库', en: 'could not be put into the book' },
};

export const wrongState = ({ state }: Pick<PolicyProposal, 'state'>): Refusal =>
  refusal(
    'conflict/policy-proposal-state',
    `该政策提议当前为“${PROPOSAL_STATES[state].zh}”，不能这样操作`,
    `the policy proposal is "${PROPOSAL_STATES[state].en}" and this cannot be done to it`,
    { state },
  );

const ownProposal = () =>
  refusal(
    'forbidden/own-proposal',
    '提议人不能审批自己的政策提议：请由另一人审批',
    'whoever proposed it cannot decide on it: another person must',
  );

const notOwn = () =>
  refusal(
    'forbidden/not-own-proposal',
    '只有提议人可以撤回；不同意请退回并说明理由',
    'only who proposed it withdraws it; to decide against it, reject it with a reason',
  );

const staleEffect = (stale: readonly ('book' | 'register')[]) =>
  refusal(
    'conflict/stale-effect',
    `影响测算已过时（${stale.map((one) => (one === 'book' ? '测算后政策库有变动' : '测算不是当日的对象信息')).join('；')}）：请重新测算后再审批`,
    `the effect is no longer current (${stale.map((one) => (one === 'book' ? 'other policy came into force since' : 'it is not of today’s register')).join('; ')}): work it out again, then approve`,
    { because: stale.join(',') },
  );

const otherEffect = () =>
  refusal(
    'conflict/stale-effect',
    '您看到的不是当前的影响测算：请重新打开核对',
    'what you saw is not the effect as it stands: open it again',
    { because: 'hash' },
  );

const wrongDay = (decidedOn: PlainDate, from: PlainDate, to: PlainDate) =>
  refusal(
    'invalid/decision-date',
    `审批日期 ${decidedOn} 须不早于所提政策的决定日期 ${from}，且不晚于今天 ${to}`,
    `the day of decision, ${decidedOn}, is before the values were decided, ${from}, or after today, ${to}`,
    { decidedOn, from, to },
  );
