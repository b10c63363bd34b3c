import { type BatchCase, proposeInBatch, type WorkedOutFrom } from '../determination/standard-change.ts';
import type { EnrolmentFacts, Programme } from '../programmes/programme.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { PolicyBook } from './book.ts';

/**
 * An enrolment of a programme paid by decision as it would be after a change of standard (批量调标) under a book: with the determination
 * that the batch would make. Where nothing changes, and of what was never determined, as it is. Refusal: that of the batch.
 */
export function supposed(
  programme: Programme,
  from: WorkedOutFrom,
  book: PolicyBook,
  enrolment: EnrolmentFacts,
  found: Pick<BatchCase, 'knowledge' | 'lastMonth'>,
): Result<EnrolmentFacts> {
  const { determinations = [], id } = enrolment;
  const outcome = proposeInBatch(programme, from, book, { enrolment: id, determinations, ...found });
  if (outcome.outcome === 'refused') return refuse(outcome.refusal);
  if (outcome.outcome !== 'proposed') return ok(enrolment);
  const { content, number } = outcome.proposal;
  const supposedly = {
    enrolment: id,
    number,
    ...content,
    document: '',
    decidedOn: from.knownOn,
    proposedBy: '',
    decidedBy: '',
    recordedAt: from.cutOff,
  };
  return ok({ ...enrolment, determinations: [...determinations, supposedly] });
}
