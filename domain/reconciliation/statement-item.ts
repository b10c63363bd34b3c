import type { Entry, EntryContent } from '../ledger/entry.ts';
import { returned, settled } from '../ledger/entry.ts';
import type { ExceptionKind } from '../run/reconcile.ts';
import { type BankItem, serialOf } from './bank-items.ts';

/**
 * 记账方式: whether a bank that books a file at once debits the whole file and credits back what failed (gross, 全额), or debits what it
 * could credit (net, 净额).
 */
export const DEBIT_BOOKINGS = ['gross', 'net'] as const;
export type DebitBooking = (typeof DEBIT_BOOKINGS)[number];
/** What sums of a file are held against where the run says nothing: the laxer of the two. No payment is settled by it. */
export const USUAL_BOOKING: DebitBooking = 'net';

export type ItemVerdict =
  | { readonly kind: 'record'; readonly entry: EntryContent }
  /** The ledger says so already, or the item says nothing of a single payment's outcome. */
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'exception'; readonly exception: ExceptionKind }
  /** It names nothing that was sent: matched with vouchers and files, or a break. */
  | { readonly kind: 'loose' };

/**
 * What one item of a statement means for the attempt that it names. A debit is the payment leaving the account: it settles what the
 * bank had not answered, and confirms what it had. A credit is its money back: it returns what was settled. Dates and references of a
 * statement are its own, so that they are not compared with those of an answer. No outcome is ever changed.
 *
 * @param slots the attempt's entries as read strongly; empty when nothing was released
 * @param booking undefined where the place has not said: then a booking of many settles none of them, for some may fail yet
 */
export function reconcileItem(
  item: BankItem,
  slots: readonly Entry[],
  booking: DebitBooking | undefined,
): ItemVerdict {
  const release = slots.find((entry) => entry.kind === 'release');
  if (item.endToEndId === undefined || !release) return { kind: 'loose' };
  if (release.fen !== item.fen) return { kind: 'exception', exception: 'amount-mismatch' };
  const outcome = slots.find((entry) => entry.kind === 'settled' || entry.kind === 'failed');
  const bankSerial = serialOf(item);
  const word = { bankDate: item.bookedOn, ...(bankSerial !== '' && { bankSerial }) };
  if (item.side === 'debit') {
    // The whole file was debited, whatever becomes of its lines.
    if (!item.single && booking === 'gross') return { kind: 'confirmed' };
    if (outcome?.kind === 'failed') return { kind: 'exception', exception: 'late-success' };
    const maybeWhole = !item.single && booking === undefined;
    return outcome || maybeWhole ? { kind: 'confirmed' } : { kind: 'record', entry: settled(release, word) };
  }
  if (slots.some((entry) => entry.kind === 'returned')) return { kind: 'confirmed' };
  if (outcome?.kind === 'settled')
    return { kind: 'record', entry: returned(release, { ...word, reason: item.reason ?? 'OTHER' }) };
  if (outcome?.kind === 'failed' && booking === 'gross') return { kind: 'confirmed' };
  return { kind: 'exception', exception: 'return-without-success' };
}
