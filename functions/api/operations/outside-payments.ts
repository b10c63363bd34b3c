import type * as z from 'zod/mini';
import type { RunId } from '../../../domain/ids.ts';
import { toYuan } from '../../../domain/money.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { StoredOutsidePayment } from '../../adapters/outside-payment-store.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { outsidePaymentContracts } from '../contracts/outside-payments.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { exceptionView } from '../views/reconciliation-views.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Body = z.input<(typeof outsidePaymentContracts)['proposeOutsidePayment']['response']>;

export const outsidePayments: Pick<StaffOperations, keyof typeof outsidePaymentContracts> = {
  async proposeOutsidePayment({ actor, params, body }, { runs }) {
    const payment = params.paymentId;
    return withRun(actor, params.runId, async (asked) =>
      replied(await runs.proposeOutsidePayment({ ...asked, payment, ...body })),
    );
  },

  async listOutsidePayments({ actor, params }, { runs }) {
    return withRun(actor, params.runId, async ({ runId }) => {
      const listed = await runs.listOutsidePayments(runId);
      return listed.ok ? ok({ body: { outsidePayments: listed.value.map(view) } }) : listed;
    });
  },

  async decideOutsidePayment({ actor, params, body }, { runs }) {
    const { outsideId } = params;
    return withRun(actor, params.runId, async (asked) =>
      replied(await runs.decideOutsidePayment({ ...asked, outsideId, ...body })),
    );
  },

  async withdrawOutsidePayment({ actor, params, body }, { runs }) {
    const { outsideId } = params;
    return withRun(actor, params.runId, async (asked) =>
      replied(await runs.withdrawOutsidePayment({ ...asked, outsideId, ...body })),
    );
  },

  async reportOutsideReturn({ actor, params, body }, { runs }) {
    const { outsideId } = params;
    return withRun(actor, params.runId, async (asked) => {
      const reported = await runs.reportOutsideReturn({ ...asked, outsideId, ...body });
      return reported.ok ? ok({ body: exceptionView(reported.value) }) : reported;
    });
  },
};

/** Who asks of which run, once the run is known to be in reach. */
async function withRun<T>(
  actor: StaffActor,
  runId: string,
  act: (asked: { readonly runId: RunId; readonly by: string }) => Promise<Result<T>>,
): Promise<Result<T>> {
  const reached = runInReach(actor, runId);
  return reached.ok ? act({ runId: reached.value, by: actor.id }) : reached;
}

function replied(stored: Result<StoredOutsidePayment>): Result<{ readonly body: Body }> {
  return stored.ok ? ok({ body: view(stored.value) }) : stored;
}

function view({ fen, ...stored }: StoredOutsidePayment): Body {
  return { ...stored, amount: toYuan(fen) };
}
