import type * as z from 'zod/mini';
import { RETURN_REASONS } from '../../../domain/bank/return-codes.ts';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { DECIDED } from '../../../domain/run/reconcile.ts';
import type { BankReason } from '../contracts/reconciliation.ts';

export type BankReasonBody = z.input<typeof BankReason>;

/** What a person decided after asking the bank; it is sent again without more ado. */
const DECIDED_NAMES: Bilingual = {
  zh: '经向银行核实，未入账或已退回',
  en: 'not credited, or come back, as the bank was asked',
};

/** The bank's reason in words, with what to do; a code that is not in the table is shown as it is. */
export function bankReasonView(code: string): BankReasonBody {
  if (code.startsWith(DECIDED)) return { code, names: DECIDED_NAMES, action: 'retry' };
  const known = RETURN_REASONS.find((reason) => reason.code === code);
  return known
    ? { code, names: known.label, action: known.retryClass }
    : { code, names: { zh: code, en: code }, action: 'investigate' };
}
