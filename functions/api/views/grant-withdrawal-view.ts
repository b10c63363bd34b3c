import type * as z from 'zod/mini';
import { WITHDRAWAL_STATE_NAMES, type Withdrawal } from '../../../domain/grants/withdrawal.ts';
import { toYuan } from '../../../domain/money.ts';
import type { grantListContracts } from '../contracts/grant-lists.ts';

type WithdrawalBody = z.input<(typeof grantListContracts)['decideGrantRowWithdrawal']['response']>;

/** How the withdrawal of a row stands; nothing personal is in it. */
export function withdrawalView({
  row,
  state,
  proposed,
  kept,
  decided,
  concluded,
}: Withdrawal): WithdrawalBody {
  const { reason, by, at, document } = proposed;
  return {
    row,
    state,
    stateNames: WITHDRAWAL_STATE_NAMES[state],
    reason,
    proposal: { by, at, document },
    ...(decided && {
      decision: {
        by: decided.by,
        at: decided.at,
        document: decided.document,
        decidedOn: decided.decidedOn,
      },
    }),
    ...(kept && { kept: { by: kept.by, reason: kept.reason } }),
    ...(concluded && { received: toYuan(concluded.fen) }),
    ...(concluded?.recoveryId !== undefined && { recoveryId: concluded.recoveryId }),
  };
}
