import type * as z from 'zod/mini';
import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import type { BankReason } from '../contracts/reconciliation.ts';

export type BankReasonBody = z.input<typeof BankReason>;

/** The bank's reason in words, with what to do; a code that is not in the table is shown as it is. */
export function bankReasonView(code: string): BankReasonBody {
  const known = RETURN_REASONS.find((reason) => reason.code === code);
  return known
    ? { code, names: known.label, action: known.retryClass }
    : { code, names: { zh: code, en: code }, action: 'investigate' };
}
