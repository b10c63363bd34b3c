import { openReviewTask, type ReviewPorts } from '../determination/review-tasks.ts';
import type { HouseholdEventPorts } from './household-events.ts';

/** Opens the review of an enrolment that was determined; where nothing was decided yet there is nothing to review. */
export function openReviewBy(ports: ReviewPorts): HouseholdEventPorts['openReview'] {
  return async (enrolment, cause) => {
    const read = await ports.register.enrolmentRead(enrolment);
    if (!read || read.determinations.length === 0) return;
    await openReviewTask(ports, enrolment, { kind: 'household-event', ...cause });
  };
}
