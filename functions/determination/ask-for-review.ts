import { DeterminationMessage } from '../../events/determination.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';

/**
 * Says that something was recorded about the households of some enrolments. Sent after the register was written; a message that is
 * lost is made good by the sweeper, and one too many does no harm.
 */
export async function askForReview(
  queues: MessageQueues,
  addresses: readonly EnrolmentAddress[],
): Promise<void> {
  const messages = addresses.map(
    ({ id, jurisdiction, programme }): DeterminationMessage => ({
      type: 'determination.review-enrolment',
      version: 1,
      jurisdiction,
      programme,
      enrolment: id,
    }),
  );
  await queues.sendAll('determinations', DeterminationMessage, messages);
}
