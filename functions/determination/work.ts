import { invariant, unreachable } from '../../domain/result.ts';
import { bucketsOf } from '../../domain/run/manifest.ts';
import { DeterminationMessage, type ReviewShard } from '../../events/determination.ts';
import type { EnrolmentRead } from '../adapters/register-store.ts';
import { finishMarked } from '../grants/carry-out-grant.ts';
import { finishWithdrawal } from '../grants/withdraw-row.ts';
import { finishHouseholdEvent } from '../household/household-events.ts';
import { finishImprest } from '../imprest/replenish.ts';
import { finishCase } from '../matching/cases.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { effectShard } from '../policy/effect-shards.ts';
import { drawShard } from '../rolls/draw-shard.ts';
import { reportDeath } from '../unpaid/bank-deaths.ts';
import { finishProject } from '../venture/carry-out.ts';
import { applyShard, proposeShard } from './batch-shards.ts';
import type { WorkPorts } from './ports.ts';
import { workPortsFrom } from './ports-from.ts';
import { finishDecided } from './proposals.ts';
import { REVIEW_SHARDS } from './review-shards.ts';
import { reviewEnrolment, reviewReads } from './review-tasks.ts';

/** Looks at every enrolment of a shard. */
export async function reviewShard(ports: WorkPorts, message: ReviewShard): Promise<void> {
  const { jurisdiction, programme } = message;
  const shard = REVIEW_SHARDS.find((candidate) => candidate.shard === message.shard);
  invariant(shard, `there is no shard ${message.shard}`);
  const book = await ports.policies.current();
  invariant(book.ok, `the policy book cannot be read: ${book.ok ? '' : book.error.code}`);
  const tasks = await ports.reviews.tasks({ jurisdiction, programme });
  const open = new Set(tasks.filter(({ closed }) => !closed).map(({ enrolment }) => enrolment));
  for (const bucket of bucketsOf(shard)) {
    const reads: EnrolmentRead[] = [];
    for await (const read of ports.register.enrolmentsOfBucket(jurisdiction, programme, bucket)) {
      reads.push(read);
    }
    await reviewReads(ports, book.value, reads, open);
  }
}

export function determinationsHandler(ports: () => WorkPorts): QueueHandler {
  return queueHandler(DeterminationMessage, async (message, { log }) => {
    switch (message.type) {
      case 'determination.review-enrolment':
        return reviewEnrolment(ports(), { ...message, id: message.enrolment });
      case 'determination.finish-decision': {
        const address = { ...message, id: message.enrolment };
        await finishDecided(ports(), address);
        return reviewEnrolment(ports(), address);
      }
      case 'determination.review-shard':
        return reviewShard(ports(), message);
      case 'household.finish-event': {
        const { household, number, markedAt } = message;
        return finishHouseholdEvent(ports(), { household, number, at: markedAt });
      }
      case 'matching.finish-case':
        return finishCase(ports(), { ...message, at: message.markedAt });
      case 'grants.finish-application':
        return finishMarked(ports().grants, { ...message, at: message.markedAt });
      case 'grants.finish-withdrawal': {
        const { importId, row, markedAt } = message;
        return finishWithdrawal(ports().grants, { importId, row, at: markedAt });
      }
      case 'venture.finish-project':
        return finishProject(ports().venture, { project: message.project, at: message.markedAt });
      case 'imprest.finish-replenishment':
        return finishImprest(ports(), message);
      case 'register.report-death':
        return reportDeath(ports(), message);
      case 'standard-change.propose-shard':
        return proposeShard(ports(), message.batch, message.shard, log);
      case 'standard-change.apply-shard':
        return applyShard(ports(), message.batch, message.shard, log);
      case 'policy.effect-shard':
        return effectShard(ports(), message, log);
      case 'rolls.draw-shard':
        return drawShard(ports(), message);
      default:
        return unreachable(message);
    }
  });
}

let ports: WorkPorts | undefined;
export const handler = /* @__PURE__ */ determinationsHandler(() => (ports ??= workPortsFrom()));
