import type { PlainDate } from '../../domain/calendar.ts';
import type { PaymentId, RunId } from '../../domain/ids.ts';
import type { OutsideMeans } from '../../domain/ledger/entry.ts';
import type { OutsideDecision } from '../../domain/run/outside-payment.ts';
import type { StoredOutsidePayment } from '../adapters/outside-payment-store.ts';
import type { Answer, ExceptionListing } from './service.ts';

/** What stands on paper of a payment made by hand. */
export type OutsideView = {
  readonly means: OutsideMeans;
  readonly voucher: string;
  readonly paidOn: PlainDate;
};
type Asked = { readonly runId: RunId; readonly by: string; readonly reason: string };
type OfOutside = Asked & { readonly outsideId: string };

/** Payments made by hand (系统外发放): stated by one person, confirmed or rejected by another, or withdrawn by the first. */
export type OutsidePayments = {
  proposeOutsidePayment: (
    request: Asked & OutsideView & { readonly payment: PaymentId; readonly evidence: string },
  ) => Answer<StoredOutsidePayment>;
  listOutsidePayments: (runId: RunId) => Answer<readonly StoredOutsidePayment[]>;
  decideOutsidePayment: (
    request: OfOutside & { readonly decision: Exclude<OutsideDecision['decision'], 'withdrawn'> },
  ) => Answer<StoredOutsidePayment>;
  withdrawOutsidePayment: (request: OfOutside) => Answer<StoredOutsidePayment>;
  /** Reports that a transfer made by hand came back, for another person to decide. */
  reportOutsideReturn: (request: OfOutside) => Answer<ExceptionListing>;
};
