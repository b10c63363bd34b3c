import { type ReturnCode, returnReason } from '../bank/return-codes.ts';
import { unreachable } from '../result.ts';
import { DECIDED } from './reconcile.ts';

/** What is known about the last attempt of a payment that failed or came back. */
export type LastAttempt = {
  /** Internal reason code of the failure or return, or a decision on an exception. */
  readonly reason: string;
  /** The payee's account on record is another than the one tried. */
  readonly accountChanged: boolean;
  /** It would go to an heir whom two persons have confirmed, where policy lets heirs receive: then a death is no reason to wait. */
  readonly toHeir?: boolean;
  /** A person has said, with a reason, that it may be sent again as things are (可重发). */
  readonly cleared: boolean;
  /** The bank later said of an attempt that it had credited the money after all, and nobody has decided that it had not. */
  readonly lateSuccess: boolean;
};

/** The bank's reason says nothing of what became of the money (原因不明、重复、处理中): it is asked, and nothing is paid again before. */
export function isOutcomeUnknown(reason: string | undefined): boolean {
  if (reason === undefined || reason.startsWith(DECIDED)) return false;
  return returnReason(reason as ReturnCode).retryClass === 'investigate';
}

/**
 * Whether a failed or returned payment is sent again by itself (重发). Money whose fate is not known is never sent twice: what has to
 * be investigated, what the payee has to put right at the bank, and a reported death wait for a person's word; the last also goes to an
 * heir.
 */
export function maySendAgain(last: LastAttempt): boolean {
  const { reason, accountChanged, cleared, lateSuccess, toHeir = false } = last;
  if (lateSuccess) return false;
  if (cleared || reason.startsWith(DECIDED)) return true;
  const { retryClass } = returnReason(reason as ReturnCode);
  switch (retryClass) {
    case 'retry':
      return true;
    case 'fix-data':
      return accountChanged;
    case 'deceased':
      return toHeir && accountChanged;
    case 'hold':
    case 'investigate':
      return false;
    default:
      return unreachable(retryClass);
  }
}
