import type { EntrySide } from '../bank/statement.ts';
import type { PlainDate } from '../calendar.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { daysBetween } from '../working-days.ts';
import type { BankItem } from './bank-items.ts';
import type { StatementBreakKind } from './breaks.ts';
import { chainFaults, type StatementHead } from './statement-chain.ts';
import type { DebitBooking } from './statement-item.ts';

/** An instruction file as the statement may name it. */
export type SentFile = {
  readonly fileName: string;
  /** Every name under which a bank may book it: its batch number, its PmtInfId. */
  readonly batchIds: readonly string[];
  readonly count: number;
  readonly fen: Fen;
  readonly booking: DebitBooking;
};
/** Money that the bureau knows to move without an instruction file: a voucher of the finance bureau, a payment by hand. */
export type ExpectedMovement = {
  readonly ref: string;
  readonly side: EntrySide;
  readonly fen: Fen;
  readonly date: PlainDate;
};
export type StatementBreak = {
  readonly kind: StatementBreakKind;
  /** Names the break on its account: the same facts give the same name. */
  readonly key: string;
  readonly since: PlainDate;
  readonly side?: EntrySide;
  readonly fen?: Fen;
  readonly serviceRef?: string;
  readonly endToEndId?: string;
  /** The batch as the bank calls it, and the instruction file where it is one of ours. */
  readonly batch?: string;
  readonly file?: string;
  /** Numbers or last days of the statements before and after a gap. */
  readonly before?: string;
  readonly after?: string;
};
export type KnownToBureau = {
  readonly files: readonly SentFile[];
  readonly expected: readonly ExpectedMovement[];
};

/** Days by which a booking and its voucher may lie apart. */
export const MATCH_DAYS_MAX = 15;

/**
 * Everything on the statements of one account that fits nothing: the same for any order in which they were read, and however often.
 *
 * @param loose counted items that name no payment that was sent, or a payment that is booked already
 */
export function statementBreaks(
  statements: readonly StatementHead[],
  loose: readonly BankItem[],
  known: KnownToBureau,
): StatementBreak[] {
  const { batches, rest } = byFile(loose, known.files);
  const matched = matchExpected(rest, known.expected);
  return [
    ...chainFaults(statements).map(({ kind, before, after }): StatementBreak => {
      const [from, to] = [placeOf(before), placeOf(after)];
      return { kind, key: `${kind}|${from}|${to}`, since: after.from, before: from, after: to };
    }),
    ...[...batches].flatMap(([file, items]) => batchBreak(file, items) ?? []),
    ...rest.filter((item) => !matched.has(item.key)).map(looseBreak),
  ].toSorted((one, other) => compare(one.since, other.since) || compare(one.key, other.key));
}

const placeOf = ({ sequence, to }: StatementHead): string => (sequence === undefined ? to : `#${sequence}`);

/** Batch bookings by the file that they are of; the rest names no file of ours. */
export function byFile(
  loose: readonly BankItem[],
  files: readonly SentFile[],
): { readonly batches: ReadonlyMap<SentFile, readonly BankItem[]>; readonly rest: readonly BankItem[] } {
  const byId = new Map(files.flatMap((file) => file.batchIds.map((id) => [id, file] as const)));
  const batches = new Map<SentFile, BankItem[]>();
  const rest: BankItem[] = [];
  for (const item of [...loose].sort((one, other) => compare(one.key, other.key))) {
    const file = item.batch && byId.get(item.batch.id);
    if (file) batches.set(file, [...(batches.get(file) ?? []), item]);
    else rest.push(item);
  }
  return { batches, rest };
}

/** What stands without the ledger: a whole file is debited at once and whole, and never more than it was; nor more given back. */
function batchBreak(file: SentFile, items: readonly BankItem[]): StatementBreak | undefined {
  const debits = items.filter(({ side }) => side === 'debit');
  const out = sumFen(debits.map((item) => item.fen));
  const back = sumFen(items.filter(({ side }) => side === 'credit').map((item) => item.fen));
  const stated = items.some(({ batch, fen: amount }) => batch?.fen !== undefined && batch.fen !== amount);
  const counts = debits.flatMap(({ batch }) => batch?.count ?? []);
  const count = counts.reduce((sum, one) => sum + one, 0);
  const whole = file.booking === 'gross' && debits.length > 0;
  const wrong =
    stated ||
    out > file.fen ||
    back > out ||
    count > file.count ||
    (whole && (out !== file.fen || (counts.length === debits.length && count !== file.count)));
  if (!wrong) return undefined;
  const [first] = items;
  return {
    kind: 'batch-differs',
    key: `batch-differs|${file.fileName}|${out}|${back}|${count}`,
    since: items.map(({ bookedOn }) => bookedOn).sort()[0] ?? '',
    side: 'debit',
    fen: out,
    ...(first?.batch && { batch: first.batch.id }),
    file: file.fileName,
  };
}

/**
 * Bookings that are a voucher's or a payment's by hand: the same amount the same way, days apart at most, the nearest first. One voucher
 * explains one booking.
 *
 * @returns the keys of the bookings explained, with what explains each
 */
export function matchExpected(
  items: readonly BankItem[],
  expected: readonly ExpectedMovement[],
): Map<string, ExpectedMovement> {
  const pairs = items
    .filter((item) => !item.batch && item.endToEndId === undefined && !item.detailsDiffer)
    .flatMap((item) =>
      expected
        .filter(({ side, fen: amount }) => side === item.side && amount === item.fen)
        .map((one) => ({ item, one, days: Math.abs(daysBetween(one.date, item.bookedOn)) })),
    )
    .filter(({ days }) => days <= MATCH_DAYS_MAX)
    .sort((a, b) => a.days - b.days || compare(a.item.key, b.item.key) || compare(a.one.ref, b.one.ref));
  const found = new Map<string, ExpectedMovement>();
  const used = new Set<string>();
  for (const { item, one } of pairs) {
    if (found.has(item.key) || used.has(one.ref)) continue;
    found.set(item.key, one);
    used.add(one.ref);
  }
  return found;
}

function looseBreak(item: BankItem): StatementBreak {
  const { key, side, bookedOn, serviceRef, endToEndId, batch } = item;
  return {
    kind: kindOf(item),
    key,
    since: bookedOn,
    side,
    fen: fen(item.fen),
    ...(serviceRef !== '' && { serviceRef }),
    ...(endToEndId !== undefined && { endToEndId }),
    ...(batch && { batch: batch.id }),
  };
}

function kindOf({ batch, side, endToEndId, detailsDiffer, bookedTwice }: BankItem): StatementBreakKind {
  if (bookedTwice) return 'booked-twice';
  if (detailsDiffer) return 'batch-differs';
  if (batch) return 'unknown-batch';
  if (endToEndId !== undefined) return 'unknown-payment';
  return side === 'debit' ? 'unknown-debit' : 'unknown-credit';
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
