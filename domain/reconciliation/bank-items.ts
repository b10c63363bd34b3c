import type { ReturnCode } from '../bank/return-codes.ts';
import type {
  EntrySide,
  Statement,
  StatementBatch,
  StatementDetail,
  StatementEntry,
} from '../bank/statement.ts';
import type { PlainDate } from '../calendar.ts';
import { parseEndToEndId } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';

/** One movement of the payer's account, or one payment named below a batch booking: what is matched one by one. */
export type BankItem = {
  /** Names the movement on its account: in a statement that repeats it, it has the same. */
  readonly key: string;
  readonly position: number;
  readonly bookedOn: PlainDate;
  readonly side: EntrySide;
  /** More than zero. */
  readonly fen: Fen;
  /** Adds to the movement of the account: not what a batch booking already carries, and nothing of an advice without balances. */
  readonly counted: boolean;
  /** One booking for one payment, and not for many. */
  readonly single: boolean;
  readonly serviceRef: string;
  readonly endToEndId?: string;
  readonly batch?: StatementBatch;
  /** The details of the booking do not add up to it: nothing is taken from them. */
  readonly detailsDiffer?: true;
  /** It names a payment that another booking of the same side names already. */
  readonly bookedTwice?: true;
  readonly returnOf?: true;
  readonly reason?: ReturnCode;
};

/**
 * What a statement says, one thing each, in its order. Only what is booked is in it. A booking whose named payments add up to it is
 * those payments; a batch booking is itself, and its payments are named without being counted a second time.
 */
export function bankItems(statement: Statement): BankItem[] {
  const balanced = statement.opening !== undefined;
  const seen = new Map<string, number>();
  return statement.entries
    .filter(({ booked }) => booked)
    .flatMap((entry) => {
      const name = nameOf(statement, entry);
      const occurrence = (seen.get(name) ?? 0) + 1;
      seen.set(name, occurrence);
      return itemsOf(entry, occurrence === 1 ? name : `${name}~${occurrence}`, balanced);
    });
}

/** By the bank's own reference; where it gives none by the place in a numbered statement, else by what the booking says. */
function nameOf(
  { sequence, to }: Statement,
  { bookedOn, side, fen: amount, serviceRef, position }: StatementEntry,
): string {
  const numbered = sequence === undefined ? '-' : `${to.slice(0, 4)}#${sequence}#${position}`;
  return [bookedOn, side === 'debit' ? 'D' : 'C', amount, serviceRef === '' ? numbered : serviceRef].join(
    '|',
  );
}

function itemsOf(entry: StatementEntry, key: string, balanced: boolean): BankItem[] {
  const { position, bookedOn, side, fen: amount, serviceRef, returnOf, reason, batch, details } = entry;
  const common = { position, bookedOn, serviceRef, ...(returnOf && { returnOf }) };
  const exact = details.length > 0 && signed(details, side) === amount;
  const itself = exact && !batch;
  const whole: BankItem = {
    ...common,
    key,
    side,
    fen: amount,
    counted: balanced,
    single: !batch,
    ...(reason && { reason }),
    ...(batch && { batch }),
    ...(details.length > 0 && !exact && { detailsDiffer: true as const }),
  };
  if (details.length > 0 && !exact) return [whole];
  const below = details.map(
    (detail, index): BankItem => ({
      ...common,
      key: `${key}|${index + 1}`,
      side: detail.side,
      fen: detail.fen,
      counted: itself && balanced,
      single: itself && details.length === 1,
      // Others have ids of their own: the finance bureau's payment order is none of ours.
      ...(parseEndToEndId(detail.endToEndId) && { endToEndId: detail.endToEndId }),
      ...((detail.reason ?? reason) && { reason: detail.reason ?? reason }),
    }),
  );
  return itself ? below : [whole, ...below];
}

/** The bank's own number of a booking; '' where it gives none and a balance stands for it. */
export const serialOf = ({ serviceRef }: Pick<BankItem, 'serviceRef'>): string =>
  serviceRef.startsWith('=') ? '' : serviceRef;

const signed = (details: readonly StatementDetail[], side: EntrySide): number =>
  sumFen(details.map((detail) => fen(detail.side === side ? detail.fen : 0 - detail.fen)));
