import type { BankProgress } from '../answer.ts';
import { classifyReason, type ReturnCode, returnReason } from '../return-codes.ts';

/** A table that is asked with codes from outside. */
function codes<T>(table: Readonly<Record<string, T>>): ReadonlyMap<string, T> {
  return new Map(Object.entries(table));
}

/**
 * What the statuses of ISO 20022 mean for a payment (ExternalPaymentTransactionStatus1Code and ExternalPaymentGroupStatus1Code).
 * ACSC is settlement on the account of the debtor: the payee does not have the money yet. Only ACCC says so.
 */
export type StatusMeaning =
  | { readonly status: 'settled' | 'failed' }
  /** @property progress absent where the status says nothing of how far it is */
  | { readonly status: 'pending'; readonly progress?: BankProgress };

const MEANINGS = codes<StatusMeaning>({
  RCVD: { status: 'pending', progress: 'RCVD' },
  ACTC: { status: 'pending', progress: 'ACTC' },
  ACCP: { status: 'pending', progress: 'ACCP' },
  ACFC: { status: 'pending', progress: 'ACFC' },
  ACSP: { status: 'pending', progress: 'ACSP' },
  ACWP: { status: 'pending', progress: 'ACWP' },
  ACSC: { status: 'pending', progress: 'ACSC' },
  ACCC: { status: 'settled' },
  RJCT: { status: 'failed' },
  // Cancelled at somebody's request before it was executed: nothing was credited, and somebody has to say why.
  CANC: { status: 'failed' },
  // Accepted with a change, waiting, waiting for signatures, blocked: neither credited nor refused.
  ACWC: { status: 'pending' },
  PDNG: { status: 'pending' },
  PATC: { status: 'pending' },
  BLCK: { status: 'pending' },
});

/** Bank contracts differ in what counts as credited; the standard's own answer is ACCC. */
export type SettledAt = 'ACCC' | 'ACSC';

/** What a status means; undefined for one that is not known, of which nothing is guessed. */
export function meaningOf(status: string, settledAt: SettledAt = 'ACCC'): StatusMeaning | undefined {
  return status === 'ACSC' && settledAt === 'ACSC' ? { status: 'settled' } : MEANINGS.get(status);
}

/** Of a group only: some of its payments have another status than others. */
export const PARTIAL = 'PART';

/**
 * Reasons for which a payment was refused (ExternalStatusReason1Code). The same four letters may mean another thing among the
 * reasons for which it was returned: AC14, AC16 and BE08 do.
 */
const STATUS_REASONS = codes<ReturnCode>({
  AC01: 'ACCT_NOT_FOUND',
  AC03: 'ACCT_NOT_FOUND',
  AC04: 'ACCT_CLOSED',
  AC06: 'ACCT_FROZEN',
  AC07: 'ACCT_CLOSED',
  AC08: 'BANK_CODE_BAD',
  /** Number of the card wrong. */
  AC16: 'ACCT_NOT_FOUND',
  AG01: 'CARD_NOT_ACTIVE',
  AG03: 'CARD_NOT_ACTIVE',
  AG07: 'PAYER_NO_FUNDS',
  AM02: 'LIMIT_EXCEEDED',
  AM04: 'PAYER_NO_FUNDS',
  AM05: 'DUPLICATE',
  AM10: 'TOTAL_MISMATCH',
  AM13: 'LIMIT_EXCEEDED',
  AM14: 'LIMIT_EXCEEDED',
  AM16: 'TOTAL_MISMATCH',
  AM17: 'TOTAL_MISMATCH',
  AM18: 'TOTAL_MISMATCH',
  AM19: 'TOTAL_MISMATCH',
  AM20: 'TOTAL_MISMATCH',
  AM21: 'LIMIT_EXCEEDED',
  BE01: 'NAME_MISMATCH',
  DT03: 'CUTOFF',
  DT05: 'CUTOFF',
  DU01: 'DUPLICATE',
  DU02: 'DUPLICATE',
  DU03: 'DUPLICATE',
  DU04: 'DUPLICATE',
  DU05: 'DUPLICATE',
  DUPL: 'DUPLICATE',
  MD07: 'DECEASED',
  NOCM: 'ACCT_DORMANT',
  RC04: 'BANK_CODE_BAD',
  RC08: 'BANK_CODE_BAD',
  RC10: 'BANK_CODE_BAD',
  RR10: 'CHARSET',
  TM01: 'CUTOFF',
});

/** Reasons for which a payment came back after it was credited (ExternalReturnReason1Code). */
const RETURN_REASONS_OF_ISO = codes<ReturnCode>({
  AC01: 'ACCT_NOT_FOUND',
  AC03: 'ACCT_NOT_FOUND',
  AC04: 'ACCT_CLOSED',
  AC06: 'ACCT_FROZEN',
  AC07: 'ACCT_CLOSED',
  /** An agent in the chain of payment is wrong. */
  AC14: 'BANK_CODE_BAD',
  /** Account in sequestration, in liquidation. */
  AC16: 'ACCT_FROZEN',
  AC17: 'ACCT_FROZEN',
  AM02: 'LIMIT_EXCEEDED',
  AM05: 'DUPLICATE',
  AM07: 'ACCT_FROZEN',
  BE01: 'NAME_MISMATCH',
  DUPL: 'DUPLICATE',
  MD07: 'DECEASED',
  NOCM: 'ACCT_DORMANT',
  RC01: 'BANK_CODE_BAD',
  RC07: 'BANK_CODE_BAD',
  RR10: 'CHARSET',
  TM01: 'CUTOFF',
});

/**
 * Our code for the reason of a status. The sentence goes before the code, as with every bank; a code that is not in the table is
 * OTHER, whose class is to investigate.
 */
export function statusReason(code: string, text: string): ReturnCode {
  return classifyReason(STATUS_REASONS.get(code) ?? 'OTHER', text);
}

/** Our code for the reason of a return. */
export function returnReasonOf(code: string, text: string): ReturnCode {
  return classifyReason(RETURN_REASONS_OF_ISO.get(code) ?? 'OTHER', text);
}

/** The bank's side: a code of the list for one of our reasons, or NARR and a sentence where no code says it. */
export function isoReturnReason(reason: ReturnCode): { readonly code: string; readonly text: string } {
  const listed = Array.from(RETURN_REASONS_OF_ISO).find(([, ours]) => ours === reason);
  return listed
    ? { code: listed[0], text: '' }
    : { code: 'NARR', text: returnReason(reason).variants[0] ?? '' };
}
