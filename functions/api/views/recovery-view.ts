import type * as z from 'zod/mini';
import { fen, toYuan } from '../../../domain/money.ts';
import { recoveryStateName } from '../../../domain/recovery/checks.ts';
import {
  openParts,
  type RecoveredLine,
  type RecoveryAct,
  type RecoveryMeans,
  setOffFen,
} from '../../../domain/recovery/recovery.ts';
import type { ListedRecovery } from '../../recovery/recovery-list.ts';
import type { recoveryContracts } from '../contracts/recoveries.ts';
import type { MaskedBody } from './person-view.ts';

export type RecoveryBody = z.input<(typeof recoveryContracts)['getRecovery']['response']>;
export type RecoverySummaryBody = z.input<
  (typeof recoveryContracts)['listRecoveries']['response']
>['recoveries'][number];

export function figuresView(figures: ListedRecovery['figures']) {
  return {
    ordered: toYuan(figures.ordered),
    received: toYuan(figures.received),
    setOff: toYuan(figures.setOff),
    waived: toYuan(figures.waived),
    revoked: toYuan(figures.revoked),
    outstanding: toYuan(figures.outstanding),
    overdue: toYuan(figures.overdue),
  };
}

/** 追缴方式. */
export const MEANS_NAMES: Readonly<Record<RecoveryMeans, { readonly zh: string; readonly en: string }>> = {
  refund: { zh: '退回', en: 'to be given back' },
  'set-off': { zh: '抵扣', en: 'kept back of later payments' },
};

export function recoverySummary(one: ListedRecovery, person?: MaskedBody): RecoverySummaryBody {
  const { recoveryId, address, order, state, figures } = one;
  const { proposed, ordered } = order;
  return {
    recoveryId,
    programme: address.programme,
    enrolmentId: address.enrolment,
    ...(person && { person }),
    state,
    stateNames: { zh: recoveryStateName(state), en: state },
    amount: toYuan(proposed.fen),
    ...figuresView(figures),
    dueOn: (ordered ?? proposed).dueOn,
    ...(ordered && { document: ordered.document }),
    means: ordered?.means ?? 'refund',
    meansNames: MEANS_NAMES[ordered?.means ?? 'refund'],
    proposedAt: proposed.at,
  };
}

export function recoveryView(one: ListedRecovery, person?: MaskedBody): RecoveryBody {
  const { proposed, ordered, refused, delivered, receipts, setOffs, reliefs, paused } = one.order;
  const open = openParts(one.order);
  return {
    ...recoverySummary(one, person),
    basis: proposed.basis,
    reason: proposed.reason,
    proposedBy: proposed.by,
    lines: (proposed.lines ?? []).map(lineView),
    instalments: (ordered ?? proposed).instalments.map(({ dueOn, fen }) => ({ dueOn, amount: toYuan(fen) })),
    ...(ordered && {
      decision: {
        document: ordered.document,
        decidedOn: ordered.decidedOn,
        payments: ordered.parts.map(({ payment, attempt, runId, fen, lines }, place) => ({
          payment,
          attempt,
          runId,
          amount: toYuan(fen),
          outstanding: toYuan(open[place] ?? fen),
          lines: lines.map(lineView),
        })),
        ...stamp(ordered),
      },
    }),
    ...(refused && { refused: { reason: refused.reason, ...stamp(refused) } }),
    ...(delivered && {
      delivery: {
        on: delivered.on,
        means: delivered.means,
        evidence: delivered.evidence,
        ...stamp(delivered),
      },
    }),
    receipts: receipts.map((act) => ({
      amount: toYuan(act.fen),
      means: act.means,
      voucher: act.voucher,
      on: act.on,
      evidence: act.evidence,
      ...stamp(act),
    })),
    setOffs: setOffs.map((kept) => ({
      payment: kept.taken.payment,
      runId: kept.taken.run,
      amount: toYuan(kept.taken.fen),
      restored: toYuan(fen(kept.taken.fen - setOffFen(kept))),
      at: kept.taken.at,
    })),
    reliefs: reliefs.map(({ proposed: asked, decided }) => ({
      relief: asked.relief,
      amount: toYuan(asked.fen),
      reason: asked.reason,
      ...stamp(asked),
      ...(decided && {
        decision: {
          outcome: decided.outcome,
          document: decided.document,
          reason: decided.reason,
          ...stamp(decided),
        },
      }),
    })),
    ...(paused && { paused: { until: paused.until, reason: paused.reason, ...stamp(paused) } }),
  };
}

const stamp = ({ by, at }: Pick<RecoveryAct, 'by' | 'at'>) => ({ by, at });
const lineView = ({ month, component, fen }: RecoveredLine) => ({ month, component, amount: toYuan(fen) });
