import { type JurisdictionCode, PAYMENT_ID, type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';

/** Where a payment stands: its programme is the first part of its enrolment's id. Undefined for what is no payment. */
export function scopeOfPayment(jurisdiction: JurisdictionCode, payment: PaymentId): LedgerScope | undefined {
  if (!PAYMENT_ID.test(payment)) return undefined;
  const code = parsePaymentId(payment).enrolment.split('-')[0];
  const programme = Object.values(PROGRAMMES).find((candidate) => candidate?.code === code);
  return programme && { jurisdiction, programme: programme.id };
}
