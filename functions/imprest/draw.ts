import { cancelDraw, drawCash } from '../../domain/imprest/commands.ts';
import type { ImprestFund } from '../../domain/imprest/fund.ts';
import { noFund } from '../../domain/imprest/refusals.ts';
import { ok, type Result, refuse } from '../../domain/result.ts';
import type { CashDraw } from '../grants/application-ports.ts';
import { drawLimits } from './imprest-policy.ts';
import type { ImprestPorts } from './ports.ts';

export type DrawPorts = Pick<ImprestPorts, 'imprest' | 'policies' | 'clock'>;

/** A decision draws once; a later decision on the same application draws anew. */
export const drawId = ({ application, sequence }: Pick<CashDraw, 'application' | 'sequence'>): string =>
  `${application}.${sequence}`;

/**
 * Draws cash from a township's fund for one decision. Two who draw at once compete for one act: the loser looks again, and is told the
 * balance where it is not enough any more. The same draw again is the one that stands.
 * Refusals: `missing/imprest-fund`, those of `drawCash` and of the policy lookup.
 */
export async function drawImprest(
  { imprest, policies, clock }: DrawPorts,
  drawing: CashDraw,
): Promise<Result<ImprestFund>> {
  const { jurisdiction, fund, fen, street, payee, receipt, application, by } = drawing;
  const today = clock.today();
  const limits = await drawLimits({ policies }, jurisdiction, today);
  if (!limits.ok) return limits;
  const wanted = { draw: drawId(drawing), application, fen, street, payee, receipt };
  return imprest.act(
    jurisdiction,
    fund,
    (found) => (found ? drawCash(found, wanted, limits.value, today) : refuse(noFund())),
    { now: clock.now, by },
  );
}

/** A decision that was begun and did not come about. */
const NOBODY = { by: 'system', reason: 'no decision stands behind it' };

/** Takes a draw back that no decision stands behind, or none any more; nothing where there is none. */
export async function undoDraw(
  { imprest, clock }: Pick<DrawPorts, 'imprest' | 'clock'>,
  drawing: CashDraw,
  { by, reason }: { readonly by: string; readonly reason: string } = NOBODY,
): Promise<Result<unknown>> {
  const { jurisdiction, fund } = drawing;
  const undone = await imprest.act(
    jurisdiction,
    fund,
    (found) => (found ? cancelDraw(found, drawId(drawing), reason, by) : undefined),
    { now: clock.now, by },
  );
  return undone.ok || undone.error.code.startsWith('missing/') ? ok(undefined) : undone;
}
