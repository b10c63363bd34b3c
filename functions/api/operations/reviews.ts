import type { Batch } from '../../../domain/determination/batch.ts';
import { ok, type Result } from '../../../domain/result.ts';
import { decodeCursor, encodeCursor } from '../../adapters/cursor.ts';
import type { reviewContracts } from '../contracts/reviews.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import {
  batchProposalView,
  reviewTaskView,
  type StandardChangeBody,
  standardChangeView,
} from '../views/review-view.ts';
import { addressOf } from './determinations.ts';
import { pageAsked } from './page-asked.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
const PAGE_SIZE = 50;

export const reviews: Pick<StaffOperations, keyof typeof reviewContracts> = {
  async listReviewTasks({ actor, query }, services) {
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
    const cursorScope = [
      actor.id,
      'listReviewTasks',
      actor.jurisdiction,
      query.programme,
      query.street ?? '',
    ];
    const page = pageAsked(cursorScope, query);
    if (!page.ok) return page;
    const asked = { ...page.value.request, street: query.street };
    const tasks = await services.reviews.openTasks(scope, asked);
    return ok({ body: { tasks: tasks.items.map(reviewTaskView), ...page.value.next(tasks) } });
  },

  async closeReviewTask({ actor, params, body, effectId }, services) {
    const address = addressOf(actor, params.enrolmentId);
    if (!address.ok) return address;
    const seen = { task: Number(params.task), causes: body.causes };
    const by = { by: actor.id, reason: body.reason, request: effectId };
    const closed = await services.reviews.closeTask(address.value, seen, by);
    return closed.ok ? ok({ body: reviewTaskView(closed.value) }) : closed;
  },

  async startStandardChange({ actor, body, effectId }, services) {
    const { programme, ...start } = body;
    const scope = { jurisdiction: actor.jurisdiction, programme };
    const by = { by: actor.id, request: effectId };
    return shown(services, await services.reviews.startBatch(scope, start, by));
  },

  async listStandardChanges({ actor, query }, services) {
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme };
    const found = await services.reviews.batches(scope);
    const views = found.map(async (batch) => viewOf(services, batch));
    return ok({ body: { standardChanges: await Promise.all(views) } });
  },

  async getStandardChange({ actor, params }, services) {
    return shown(services, await services.reviews.batch(actor, params.batchId));
  },

  async listStandardChangeProposals({ actor, params, query }, services) {
    const found = await services.reviews.batch(actor, params.batchId);
    if (!found.ok) return found;
    const scope = [actor.id, 'listStandardChangeProposals', params.batchId];
    const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor);
    if (after && !after.ok) return after;
    const batch = found.value;
    const limit = Number(query.limit ?? PAGE_SIZE);
    const page = await services.reviews.proposals(batch, {
      limit,
      ...(after && { afterBucket: after.value }),
    });
    // Who could not be worked out stands on the first page, by name.
    const refused = after ? [] : await services.reviews.refusals(batch);
    return ok({
      body: {
        proposals: page.proposals.map((one) => batchProposalView(batch.manifest.programme, one)),
        refused: refused.map(({ enrolment, refusal: { code, zh, en } }) => ({
          enrolmentId: enrolment,
          code,
          zh,
          en,
        })),
        ...(page.next !== undefined && { next: encodeCursor(scope, page.next) }),
      },
    });
  },

  async approveStandardChange({ actor, params, body }, services) {
    return shown(services, await services.reviews.approveBatch(actor, params.batchId, body, actor.id));
  },

  async voidStandardChange({ actor, params, body }, services) {
    return shown(services, await services.reviews.voidBatch(actor, params.batchId, body.reason, actor.id));
  },
};

async function shown(
  services: StaffServices,
  batch: Result<Batch>,
): Promise<Result<{ readonly body: StandardChangeBody }>> {
  return batch.ok ? ok({ body: await viewOf(services, batch.value) }) : batch;
}

async function viewOf(services: StaffServices, batch: Batch): Promise<StandardChangeBody> {
  return standardChangeView(batch, await services.reviews.progress(batch));
}
