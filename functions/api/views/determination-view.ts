import type * as z from 'zod/mini';
import { type DeterminationProposal, proposalId } from '../../../domain/determination/proposal.ts';
import { type Effect, totalOf } from '../../../domain/determination/spans.ts';
import type { CompanionProposal } from '../../../domain/determination/together.ts';
import { toYuan } from '../../../domain/money.ts';
import { DETERMINED_WORDS } from '../../../domain/programmes/determined.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Determination, DeterminationSpan } from '../../../domain/register/determination.ts';
import { invariant } from '../../../domain/result.ts';
import type { StoredProposal } from '../../adapters/proposal-store.ts';
import type { DeterminationView, ProposalView, SpanView } from '../contracts/determinations.ts';

export type ProposalBody = z.input<typeof ProposalView>;
export type DeterminationBody = z.input<typeof DeterminationView>;

/** A span with its steps as sentences. */
export function spanView(programmeId: string, span: DeterminationSpan): z.input<typeof SpanView> {
  const programme = PROGRAMMES[programmeId];
  invariant(programme, `a determination of an unknown programme: ${programmeId}`);
  return {
    from: span.from,
    amount: toYuan(totalOf(span.components)),
    components: span.components.map(({ component, fen }) => ({ component, amount: toYuan(fen) })),
    steps: span.derivation.map((step) => ({ code: step.code, ...renderStep(programme, step) })),
  };
}

export function determinationView(programme: string, determination: Determination): DeterminationBody {
  const { departure, basis, evidenceBy, nextReviewOn } = determination;
  return {
    enrolmentId: determination.enrolment,
    number: determination.number,
    kind: determination.kind,
    kindNames: kindNames(determination.kind),
    document: determination.document,
    decidedOn: determination.decidedOn,
    sample: determination.sample,
    spans: determination.spans.map((span) => spanView(programme, span)),
    ...(departure !== undefined && { departure }),
    ...(basis !== undefined && { basis }),
    ...(evidenceBy !== undefined && { evidenceBy }),
    ...(nextReviewOn !== undefined && { nextReviewOn }),
    proposedBy: determination.proposedBy,
    decidedBy: determination.decidedBy,
    recordedAt: determination.recordedAt,
  };
}

export function proposalView({ proposal, decision }: StoredProposal): ProposalBody {
  const { content, effect } = proposal;
  return {
    proposalId: proposalId(proposal),
    enrolmentId: proposal.enrolment,
    programme: proposal.programme,
    state: decision?.outcome ?? 'open',
    asked: proposal.asked,
    plannedFor: proposal.plannedFor,
    kind: content.kind,
    kindNames: kindNames(content.kind),
    hash: proposal.hash,
    sample: content.sample,
    spans: content.spans.map((span) => spanView(proposal.programme, span)),
    differences: differenceViews(proposal),
    effect: effectView(effect),
    ...(proposal.with && { with: proposal.with.map(companionView) }),
    proposedBy: proposal.proposedBy,
    proposedAt: proposal.proposedAt,
    ...(decision && { decision: decisionView(decision) }),
  };
}

function companionView(one: CompanionProposal): NonNullable<ProposalBody['with']>[number] {
  const { content, effect, enrolment, number, programme } = one;
  return {
    enrolmentId: enrolment,
    programme,
    number,
    kind: content.kind,
    kindNames: kindNames(content.kind),
    sample: content.sample,
    spans: content.spans.map((span) => spanView(programme, span)),
    differences: differenceViews(one),
    effect: effectView(effect),
  };
}

const effectView = ({ monthly, arrears, overpaid, beforeHistory }: Effect): ProposalBody['effect'] => ({
  monthly: toYuan(monthly),
  arrears: toYuan(arrears),
  overpaid: toYuan(overpaid),
  beforeHistory: toYuan(beforeHistory),
});

function differenceViews({
  differences,
}: Pick<DeterminationProposal, 'differences'>): ProposalBody['differences'] {
  return differences.map(({ month, inForce, proposed, change }) => ({
    month,
    inForce: toYuan(inForce),
    proposed: toYuan(proposed),
    change: toYuan(change),
  }));
}

function decisionView(
  decision: NonNullable<StoredProposal['decision']>,
): NonNullable<ProposalBody['decision']> {
  if (decision.outcome === 'approved') {
    const { decidedBy, recordedAt } = decision.determination;
    return { outcome: 'approved', by: decidedBy, at: recordedAt };
  }
  const { outcome, by, at } = decision;
  return { outcome, by, at, ...(decision.outcome === 'rejected' && { reason: decision.reason }) };
}

export const kindNames = (kind: string) => DETERMINED_WORDS[kind] ?? { zh: kind, en: kind };
