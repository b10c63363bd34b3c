import type * as z from 'zod/mini';
import { toYuan } from '../../../domain/money.ts';
import { costOf, type EffectRow, type EffectSum } from '../../../domain/policy/effect.ts';
import type { CostByLevel } from '../../../domain/policy/effect-budget.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import {
  type PolicyProposal,
  type PolicyProposalAct,
  PROPOSAL_STATES,
  type ScopeEffect,
} from '../../../domain/policy/proposal.ts';
import type { Refusal } from '../../../domain/result.ts';
import type { policyContracts } from '../contracts/policy.ts';
import type { PolicyProposalView } from '../contracts/policy-schemas.ts';
import { programmeNames } from './run-view.ts';

export type PolicyProposalBody = z.input<typeof PolicyProposalView>;
type EffectBody = NonNullable<PolicyProposalBody['effect']>;
type ScopeBody = EffectBody['scopes'][number];

/** What stands beside the acts: read for the one proposal that is looked at. */
export type ProposalDetail = {
  readonly scopes?: readonly (ScopeEffect & { readonly budget?: CostByLevel })[];
  readonly packs?: readonly PolicyPack[];
  readonly acts?: readonly PolicyProposalAct[];
};

/** How far the work is, and whether what it found is still good. */
export type EffectStanding = {
  readonly done: number;
  readonly of: number;
  readonly stale: readonly ('book' | 'register')[];
};

export function policyProposalView(
  found: PolicyProposal,
  standing: EffectStanding,
  detail: ProposalDetail = {},
): PolicyProposalBody {
  const { decision, packs, proposal, proposedAt, proposedBy, refusal, state } = found;
  const { acceptedGaps, id, jurisdiction, notices, places, reason } = proposal;
  const effect = effectView(found, standing, detail);
  return {
    proposalId: id,
    jurisdiction,
    state,
    stateNames: PROPOSAL_STATES[state],
    reason,
    proposedBy,
    proposedAt,
    places: places.map((place) => ({
      ...place,
      parameters: [...place.parameters],
      programmeNames: programmeNames(place.programme),
    })),
    notices: [...notices],
    acceptedGaps: [...acceptedGaps],
    ...(effect && { effect }),
    ...(decision && { decision }),
    ...(packs && { packHashes: [...packs] }),
    ...(refusal && { refusal: refusalView(refusal) }),
    ...(detail.packs && { packs: detail.packs.map((pack) => ({ ...pack })) }),
    ...(detail.acts && { history: detail.acts.map(actView) }),
  };
}

function effectView(
  { effect, manifest }: PolicyProposal,
  { done, of, stale }: EffectStanding,
  { scopes = effect?.scopes ?? [] }: ProposalDetail,
): EffectBody | undefined {
  if (!manifest) return undefined;
  const { cutOff, knownOn, leftOut, month, round, through } = manifest;
  return {
    round,
    month,
    through,
    knownOn,
    cutOff,
    progress: { done, of },
    ...(effect && { hash: effect.hash }),
    stale: [...stale],
    scopes: scopes.map((scope) => scopeView(scope, fromOf(manifest.scopes, scope))),
    leftOut: leftOut.map(({ refusal, ...place }) => ({ ...place, refusal: refusalView(refusal) })),
  };
}

const fromOf = (
  scopes: readonly { readonly jurisdiction: string; readonly programme: string; readonly from: string }[],
  { jurisdiction, programme }: ScopeEffect,
): string =>
  scopes.find((one) => one.jurisdiction === jurisdiction && one.programme === programme)?.from ?? '';

function scopeView(
  { budget, jurisdiction, programme, totals }: ScopeEffect & { readonly budget?: CostByLevel },
  from: string,
): ScopeBody {
  const { ahead, arrears, compared, months, moved, overpaid, refused, streets } = totals;
  return {
    jurisdiction,
    programme,
    programmeNames: programmeNames(programme),
    from,
    compared,
    ...sumsView(totals),
    moved,
    arrears: toYuan(arrears),
    overpaid: toYuan(overpaid),
    ahead: toYuan(ahead),
    cost: toYuan(costOf(totals)),
    refused: { ...refused },
    ...(Object.keys(months).length > 0 && {
      months: Object.entries(months).map(([month, { gain, loss }]) => ({
        month,
        gain: toYuan(gain),
        loss: toYuan(loss),
      })),
    }),
    ...(Object.keys(streets).length > 0 && {
      streets: Object.entries(streets).map(([street, sums]) => ({ street, ...sumsView(sums) })),
    }),
    ...(budget && {
      budget: {
        levels: budget.levels.map(({ available, level, needed, short }) => ({
          level,
          needed: toYuan(needed),
          available: toYuan(available),
          short: toYuan(short),
        })),
        short: toYuan(budget.short),
      },
    }),
  };
}

const sumsView = ({ gain, gaining, loss, losing }: EffectSum) => ({
  gaining,
  gain: toYuan(gain),
  losing,
  loss: toYuan(loss),
});

const refusalView = ({ code, en, zh }: Refusal) => ({ code, zh, en });

function actView(act: PolicyProposalAct): NonNullable<PolicyProposalBody['history']>[number] {
  const { at, by, kind } = act;
  const reason = act.kind === 'rejected' || act.kind === 'withdrawn' ? act.reason : undefined;
  return {
    act: kind,
    by,
    at,
    ...(act.kind === 'approved' && { document: act.document }),
    ...(reason !== undefined && { reason }),
  };
}

type RowBody = z.input<(typeof policyContracts)['listPolicyEffect']['response']>['rows'][number];

/** One line of the list of those for whom it changes something. */
export function effectRowView(
  place: { readonly jurisdiction: string; readonly programme: string },
  { enrolment, lines, street, sum }: EffectRow,
  maskedName: string | undefined,
): RowBody {
  return {
    ...place,
    enrolmentId: enrolment,
    ...(maskedName !== undefined && { maskedName }),
    street,
    sum: toYuan(sum),
    lines: lines.map(({ after, before, component, month }) => ({
      month,
      component,
      before: toYuan(before),
      after: toYuan(after),
    })),
  };
}
