import type { PlainDate } from '../../domain/calendar.ts';
import type { PaymentId, RunId } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { Reasoned } from '../../domain/run/approval-commands.ts';
import type { RunIdentity } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';

/** Who asks, and the name of the request: asked for twice under one name, an act is done once. */
type Asked = { readonly runId: RunId; readonly by: string; readonly request?: string };
export type OfPayment = Asked & { readonly payment: PaymentId; readonly reason: string };
type OfControl = OfPayment & { readonly control: string };
type WithReason = Asked & { readonly reason: string };
type Seen = { readonly runId: RunId; readonly revision: number; readonly hash: string };

/** Acts of staff on one run. */
export type RunActions = {
  /** A supplementary run may be limited to one street. */
  startRun: (
    identity: RunIdentity & { readonly street?: string },
    by: string,
    request?: string,
  ) => Promise<Result<Run>>;
  holdPayment: (request: OfPayment) => Promise<Result<Run>>;
  liftHold: (request: OfPayment) => Promise<Result<Run>>;
  proposeOverride: (request: OfControl) => Promise<Result<Run>>;
  confirmOverride: (request: OfControl) => Promise<Result<Run>>;
  recompute: (request: WithReason) => Promise<Result<Run>>;
  /** With a reason for each finding about the run as a whole. */
  submit: (
    request: Seen & Asked & { readonly acknowledged?: readonly Reasoned[] | undefined },
  ) => Promise<Result<Run>>;
  sendBack: (request: WithReason) => Promise<Result<Run>>;
  sign: (
    request: Seen &
      Pick<Asked, 'request'> & {
        readonly signer: { readonly id: string; readonly roles: readonly string[] };
        /** 代签: the person in whose place the signer signs. */
        readonly onBehalfOf?: string;
      },
  ) => Promise<Result<Run>>;
  voidRun: (request: WithReason) => Promise<Result<Run>>;
  requestFunding: (request: Asked) => Promise<Result<Run>>;
  returnFunding: (request: WithReason) => Promise<Result<Run>>;
  fund: (
    request: Asked & { readonly voucher: string; readonly date: PlainDate; readonly fen: Fen },
  ) => Promise<Result<Run>>;
  /** 冲销拨款登记: a voucher that was recorded wrongly. */
  reverseFunding: (request: WithReason & { readonly voucher: string }) => Promise<Result<Run>>;
  dispatch: (request: Asked) => Promise<Result<Run>>;
  close: (request: Asked) => Promise<Result<Run>>;
};
