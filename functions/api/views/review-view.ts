import type * as z from 'zod/mini';
import type { Batch } from '../../../domain/determination/batch.ts';
import type { ReviewTask } from '../../../domain/determination/review.ts';
import type { BatchProposal, BatchTotals } from '../../../domain/determination/standard-change.ts';
import { type Fen, toYuan } from '../../../domain/money.ts';
import type { reviewContracts, StandardChangeView } from '../contracts/reviews.ts';
import { spanView } from './determination-view.ts';
import { programmeNames } from './run-view.ts';

type Contracts = typeof reviewContracts;
type TaskBody = z.input<Contracts['closeReviewTask']['response']>;
export type StandardChangeBody = z.input<typeof StandardChangeView>;
type ProposalBody = z.input<Contracts['listStandardChangeProposals']['response']>['proposals'][number];

export function reviewTaskView({ causes, closed, enrolment, openedAt, street, task }: ReviewTask): TaskBody {
  return {
    enrolmentId: enrolment,
    task,
    street,
    openedAt,
    state: closed ? 'closed' : 'open',
    causes: causes.map(({ kind, about, month, recordedAt }) => ({ kind, about, month, recordedAt })),
  };
}

export function standardChangeView(
  batch: Batch,
  progress: StandardChangeBody['progress'],
): StandardChangeBody {
  const { applied, approval, hash, leftOut, manifest, reason, totals } = batch;
  return {
    batchId: manifest.batchId,
    programme: manifest.programme,
    programmeNames: programmeNames(manifest.programme),
    state: batch.state,
    document: manifest.document,
    issuedOn: manifest.issuedOn,
    through: manifest.through,
    historyFrom: manifest.historyFrom,
    startedBy: batch.startedBy,
    startedAt: batch.startedAt,
    progress,
    ...(hash !== undefined && { hash }),
    ...(totals && { totals: totalsView(totals) }),
    ...(approval && { approval }),
    ...(applied !== undefined && { applied }),
    ...(leftOut && { leftOut: [...leftOut] }),
    ...(reason !== undefined && { reason }),
  };
}

function totalsView(totals: BatchTotals): NonNullable<StandardChangeBody['totals']> {
  const { households, notChanged, notDetermined, refused, sample } = totals;
  return {
    households,
    notChanged,
    notDetermined,
    sample,
    refused,
    monthly: toYuan(totals.monthly),
    arrears: byMonth(totals.arrears),
    arrearsTotal: toYuan(totals.arrearsTotal),
    overpaid: toYuan(totals.overpaid),
    beforeHistory: toYuan(totals.beforeHistory),
  };
}

export function batchProposalView(programme: string, proposal: BatchProposal): ProposalBody {
  return {
    enrolmentId: proposal.enrolment,
    number: proposal.number,
    monthly: toYuan(proposal.monthly),
    arrears: byMonth(proposal.arrears),
    spans: proposal.content.spans.map((span) => spanView(programme, span)),
  };
}

const byMonth = (amounts: Readonly<Record<string, Fen>>) =>
  Object.entries(amounts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, amount]) => ({ month, amount: toYuan(amount) }));
