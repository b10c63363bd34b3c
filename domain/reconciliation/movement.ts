import { chinaDate, type PlainDate } from '../calendar.ts';
import type { Entry } from '../ledger/entry.ts';
import { type FundingEntry, isFunding, type JournalEntry } from '../ledger/funding.ts';
import { type Fen, fen } from '../money.ts';

/** What an entry does to the clearing account and to what is in transit; entries of one day and file are one sum. */
export type Movement =
  | {
      readonly kind: 'released' | 'settled' | 'failed' | 'returned';
      readonly file: string;
      readonly date: PlainDate;
      readonly fen: Fen;
    }
  | {
      /** Money that no file carries: a voucher, a payment by hand. Positive onto the account, negative off it. */
      readonly kind: 'voucher';
      readonly ref: string;
      readonly date: PlainDate;
      readonly fen: Fen;
    };

const FILE_KINDS = {
  release: 'released',
  settled: 'settled',
  failed: 'failed',
  returned: 'returned',
} as const;

/** Undefined for what moves nothing on the account: what is no longer owed, or was paid before this system. */
export function movementOf(entry: JournalEntry): Movement | undefined {
  if (isFunding(entry))
    return { kind: 'voucher', ref: entry.voucher, date: entry.date, fen: clearingOf(entry) };
  const date = entry.bankDate ?? chinaDate(entry.at);
  const kind = entry.file === '' ? undefined : FILE_KINDS[entry.kind as keyof typeof FILE_KINDS];
  if (kind) return { kind, file: entry.file, date, fen: entry.fen };
  const net = clearingOf(entry);
  return net === 0 ? undefined : { kind: 'voucher', ref: refOf(entry), date, fen: net };
}

function clearingOf({ postings }: JournalEntry): Fen {
  const clearing = postings.filter(({ account }) => account === 'clearing');
  return fen(
    clearing.reduce((sum, { side, fen: amount }) => sum + (side === 'debit' ? amount : 0 - amount), 0),
  );
}

const refOf = (entry: Exclude<Entry, FundingEntry>): string =>
  (entry.outside ?? entry.surrender)?.voucher ?? `${entry.kind} ${entry.payment}`;

/** Sums movements of the same kind, file or voucher, and day. In any order in, the same out. */
class MovementSums {
  readonly #sums = new Map<string, Movement>();

  add(movement: Movement | undefined): void {
    if (!movement) return;
    const name = [
      movement.kind,
      movement.kind === 'voucher' ? movement.ref : movement.file,
      movement.date,
    ].join('|');
    const before = this.#sums.get(name)?.fen ?? 0;
    this.#sums.set(name, { ...movement, fen: fen(before + movement.fen) });
  }

  list(): Movement[] {
    return [...this.#sums].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, movement]) => movement);
  }
}

/** Kinds of entries that a closed run may still get; each stands on a list, too. */
export const LATER_KINDS = ['returned', 'paid-outside', 'surrendered'] as const;
export type LaterCounts = Readonly<Record<(typeof LATER_KINDS)[number], number>>;
export const NOTHING_LATER: LaterCounts = { returned: 0, 'paid-outside': 0, surrendered: 0 };

/** What entries of a run come to on its account, and how many of them are of a kind that may still come. */
export type RunMovements = { readonly sums: readonly Movement[]; readonly later: LaterCounts };

/** Takes in entries one by one, in any order. */
export class RunMovementSums {
  readonly #sums = new MovementSums();
  readonly #later = { ...NOTHING_LATER };

  entry(entry: Entry): void {
    this.#sums.add(movementOf(entry));
    const kind = LATER_KINDS.find((one) => one === entry.kind);
    if (kind) this.#later[kind] += 1;
  }

  result(): RunMovements {
    return { sums: this.#sums.list(), later: this.#later };
  }
}

/** Those of parts of a run that have no entry in common are those of all of them. */
export function addMovements(parts: readonly RunMovements[]): RunMovements {
  const sums = new MovementSums();
  const later = { ...NOTHING_LATER };
  for (const part of parts) {
    for (const movement of part.sums) sums.add(movement);
    for (const kind of LATER_KINDS) later[kind] += part.later[kind];
  }
  return { sums: sums.list(), later };
}
