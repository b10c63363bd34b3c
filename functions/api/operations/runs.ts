import type { RunId } from '../../../domain/ids.ts';
import { parseYuan } from '../../../domain/money.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Reasoned } from '../../../domain/run/approval-commands.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { StaffActor } from '../../middleware/actor.ts';
import type { Answer } from '../../run/service.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { type RunBody, runView } from '../views/run-view.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Runs = StaffServices['runs'];
/** What every act on a run comes with: whose it is, on which run, and by whom. */
type Ordered<Body> = {
  readonly runId: RunId;
  readonly by: string;
  /** Names the request, so that one taken over after a crash does its act once. */
  readonly request: string;
  readonly actor: StaffActor;
  readonly body: Body;
};

/** An act on one run: is it in reach, do it, show the run as it is then. */
function act<Body>(order: (runs: Runs, request: Ordered<Body>) => Answer<Run>) {
  return async (
    call: {
      readonly actor: StaffActor;
      readonly params: { readonly runId: string };
      readonly body: Body;
      readonly effectId: string;
    },
    { runs }: StaffServices,
  ): Promise<Result<{ body: RunBody; headers: Readonly<Record<string, string>> }>> => {
    const runId = runInReach(call.actor, call.params.runId);
    if (!runId.ok) return runId;
    const { actor, body, effectId } = call;
    const run = await order(runs, { runId: runId.value, by: actor.id, request: effectId, actor, body });
    return run.ok ? shown(runs, run.value) : run;
  };
}

async function shown(runs: Runs, run: Run) {
  return ok({ body: await runView(runs, run), headers: { location: `/v1/runs/${run.runId}` } });
}

type Payment = { readonly payment: string; readonly reason: string };
type Control = Payment & { readonly control: string };
type WithReason = { readonly reason: string };
type Seen = { readonly revision: number; readonly hash: string };
type Submitted = Seen & { readonly acknowledged?: readonly Reasoned[] | undefined };
type Signing = Seen & { readonly onBehalfOf?: string | undefined };

export const runActs: Pick<
  StaffOperations,
  | 'startRun'
  | 'holdPayment'
  | 'liftHold'
  | 'proposeOverride'
  | 'confirmOverride'
  | 'recomputeRun'
  | 'submitRun'
  | 'sendBackRun'
  | 'signRun'
  | 'voidRun'
  | 'requestFunding'
  | 'returnFundingRequest'
  | 'reverseFunding'
  | 'fundRun'
  | 'dispatchRun'
  | 'closeRun'
> = {
  async startRun({ actor, body, effectId }, { runs }) {
    const { street, ...identity } = body;
    const run = await runs.startRun(
      { jurisdiction: actor.jurisdiction, ...identity, ...(street !== undefined && { street }) },
      actor.id,
      effectId,
    );
    return run.ok ? shown(runs, run.value) : run;
  },
  holdPayment: act<Payment>((runs, { runId, by, request, body }) =>
    runs.holdPayment({ runId, by, request, ...body }),
  ),
  liftHold: act<Payment>((runs, { runId, by, request, body }) =>
    runs.liftHold({ runId, by, request, ...body }),
  ),
  proposeOverride: act<Control>((runs, { runId, by, request, body }) =>
    runs.proposeOverride({ runId, by, request, ...body }),
  ),
  confirmOverride: act<Control>((runs, { runId, by, request, body }) =>
    runs.confirmOverride({ runId, by, request, ...body }),
  ),
  recomputeRun: act<WithReason>((runs, { runId, by, request, body }) =>
    runs.recompute({ runId, by, request, ...body }),
  ),
  submitRun: act<Submitted>((runs, { runId, by, request, body }) =>
    runs.submit({ runId, by, request, ...body }),
  ),
  sendBackRun: act<WithReason>((runs, { runId, by, request, body }) =>
    runs.sendBack({ runId, by, request, ...body }),
  ),
  signRun: act<Signing>((runs, { runId, request, actor, body: { revision, hash, onBehalfOf } }) =>
    runs.sign({
      runId,
      request,
      revision,
      hash,
      signer: { id: actor.id, roles: actor.roles },
      ...(onBehalfOf !== undefined && { onBehalfOf }),
    }),
  ),
  voidRun: act<WithReason>((runs, { runId, by, request, body }) =>
    runs.voidRun({ runId, by, request, ...body }),
  ),
  requestFunding: act<unknown>((runs, { runId, by, request }) => runs.requestFunding({ runId, by, request })),
  returnFundingRequest: act<WithReason>((runs, { runId, by, request, body }) =>
    runs.returnFunding({ runId, by, request, ...body }),
  ),
  fundRun: act<{ voucher: string; date: string; amount: string }>(
    async (runs, { runId, by, request, body }) => {
      const { voucher, date } = body;
      const amount = parseYuan(body.amount);
      return amount.ok ? runs.fund({ runId, by, request, voucher, date, fen: amount.value }) : amount;
    },
  ),
  reverseFunding: act<WithReason & { voucher: string }>((runs, { runId, by, request, body }) =>
    runs.reverseFunding({ runId, by, request, ...body }),
  ),
  dispatchRun: act<unknown>((runs, { runId, by, request }) => runs.dispatch({ runId, by, request })),
  closeRun: act<unknown>((runs, { runId, by, request }) => runs.close({ runId, by, request })),
};
