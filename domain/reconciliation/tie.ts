import type { Bilingual } from '../bilingual.ts';
import type { PlainDate } from '../calendar.ts';
import type { JournalEntry } from '../ledger/funding.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { BankItem } from './bank-items.ts';
import type { BreakOwner } from './breaks.ts';
import { type Movement, movementOf } from './movement.ts';
import { byFile, type ExpectedMovement, matchExpected, type SentFile } from './statement-breaks.ts';
import { chainOf, type StatementHead } from './statement-chain.ts';

/**
 * 银行存款余额调节表: the ledger's clearing account against the balance of the bank's statement, with what lies between them by name.
 * Amounts of items are positive; their side says where they are to be added or taken away:
 *
 *   ledger + bank-in − bank-out = statement + ours-in − ours-out
 */
export const TIE_SIDES = ['bank-in', 'bank-out', 'ours-in', 'ours-out'] as const;
export type TieSide = (typeof TIE_SIDES)[number];
export const TIE_SIDE_NAMES: Readonly<Record<TieSide, Bilingual>> = {
  'bank-in': { zh: '银行已收、单位未收', en: 'received by the bank, not yet by us' },
  'bank-out': { zh: '银行已付、单位未付', en: 'paid by the bank, not yet by us' },
  'ours-in': { zh: '单位已收、银行未收', en: 'received by us, not yet by the bank' },
  'ours-out': { zh: '单位已付、银行未付', en: 'paid by us, not yet by the bank' },
};

/** Why an item lies between the two balances; of those that are not explained a person has to find out. */
const TIE_KINDS = {
  'in-transit': {
    zh: '已扣款、在途或失败未退还',
    en: 'debited; in transit, or failed and not given back yet',
    explained: true,
  },
  'given-back': { zh: '发放失败、银行已退还', en: 'failed and given back', explained: true },
  'not-debited': { zh: '已记发放成功、银行尚未扣款', en: 'settled and not debited yet', explained: true },
  'not-credited': { zh: '已记退回、银行尚未入账', en: 'returned and not credited yet', explained: true },
  'not-booked': {
    zh: '已登记、银行尚未记账',
    en: 'recorded and not booked by the bank yet',
    explained: true,
  },
  'before-statements': {
    zh: '首份对账单的期初余额',
    en: 'opening balance of the first statement',
    explained: true,
  },
  decided: { zh: '已裁定、不在本账', en: 'decided: not of these books', explained: true },
  'file-differs': {
    zh: '与报盘文件不符',
    en: 'cannot be what the file comes to',
    explained: false,
    owner: 'bank',
  },
  unknown: { zh: '来历不明', en: 'explained by nothing', explained: false, owner: 'cashier' },
  'statement-missing': {
    zh: '对账单不衔接',
    en: 'a statement is missing',
    explained: false,
    owner: 'cashier',
  },
} as const;
export type TieKind = keyof typeof TIE_KINDS;
/** Whose it is to find out what is not explained. */
type TieWords = Bilingual & { readonly explained: boolean; readonly owner?: BreakOwner };
export const TIE_KIND_NAMES: Readonly<Record<TieKind, TieWords>> = TIE_KINDS;

export type TieItem = {
  readonly side: TieSide;
  readonly kind: TieKind;
  /** File, voucher, or the bank's reference and day. */
  readonly name: string;
  readonly fen: Fen;
};
export type Tie = {
  /** Last day counted on both sides. */
  readonly date: PlainDate;
  readonly ledger: Fen;
  readonly statement: { readonly to: PlainDate; readonly sequence?: number; readonly closing: Fen };
  readonly items: readonly TieItem[];
  /** Both balances with their items: the same by construction, and shown so that it can be seen. */
  readonly adjusted: Fen;
  /** Every item is one that time or the bank's way of booking explains. */
  readonly ties: boolean;
};

type FileSums = {
  debited: number;
  creditedBack: number;
  settled: number;
  returned: number;
  open: number;
  failed: number;
};
const NO_SUMS: FileSums = { debited: 0, creditedBack: 0, settled: 0, returned: 0, open: 0, failed: 0 };

/** Takes in entries and bookings one by one, in any order, and keeps sums per file and per voucher. */
export class TieSums {
  readonly #until: PlainDate;
  readonly #files = new Map<string, FileSums>();
  readonly #vouchers = new Map<string, { net: number; date: PlainDate }>();
  #booked = 0;

  /** @param until last day that counts */
  constructor(until: PlainDate) {
    this.#until = until;
  }

  /** An entry of the journal, as far as it moves the clearing account or what is in transit. */
  entry(entry: JournalEntry): void {
    const movement = movementOf(entry);
    if (movement) this.movement(movement);
  }

  /** Entries of one kind, file and day, or of one voucher and day. */
  movement(movement: Movement): void {
    const { date, fen: amount } = movement;
    if (movement.kind === 'voucher') return this.#voucher(movement.ref, amount, date);
    const file = this.#file(movement.file);
    // Files of before the day are whole: what is sent is in transit until an outcome of no later day.
    if (movement.kind === 'released') file.open += amount;
    else if (date <= this.#until) {
      file[movement.kind] += amount;
      if (movement.kind !== 'returned') file.open -= amount;
    }
  }

  /** A counted booking of a payment in a file. */
  booking({ side, fen: amount, bookedOn }: Pick<BankItem, 'side' | 'fen' | 'bookedOn'>, file: string): void {
    if (bookedOn > this.#until) return;
    this.#booked += side === 'credit' ? amount : 0 - amount;
    this.#file(file)[side === 'debit' ? 'debited' : 'creditedBack'] += amount;
  }

  /**
   * Sets the ledger against the statements. Undefined while there is no statement of up to the day.
   *
   * @param decided keys of the bookings about which a person has decided that they are none of ours, such as interest and fees
   */
  tie(
    statements: readonly StatementHead[],
    loose: readonly BankItem[],
    files: readonly SentFile[],
    decided: ReadonlySet<string> = new Set(),
  ): Tie | undefined {
    const chain = chainOf(statements.filter(({ to }) => to <= this.#until));
    const last = chain.at(-1);
    const [first] = chain;
    if (!first || !last) return undefined;
    const counted = loose.filter(({ bookedOn }) => bookedOn <= this.#until);
    const { batches, rest } = byFile(counted, files);
    for (const [file, items] of batches) for (const item of items) this.booking(item, file.fileName);
    const vouchers = this.#expected();
    const matched = matchExpected(rest, vouchers);
    const used = new Set([...matched.values()].map(({ ref }) => ref));
    const unmatched = rest.filter(({ key }) => !matched.has(key));
    const movedLoose = rest.reduce(
      (sum, { side, fen: amount }) => sum + (side === 'credit' ? amount : 0 - amount),
      0,
    );
    const missing = last.closing - first.opening - (this.#booked + movedLoose);
    const items = [
      ...bothWays('bank', 'before-statements', first.from, first.opening),
      ...[...this.#files].flatMap(([name, sums]) => fileItems(name, sums)),
      ...vouchers.filter(({ ref }) => !used.has(ref)).map(oursItem),
      ...unmatched.map(
        (item): TieItem => ({
          side: item.side === 'credit' ? 'bank-in' : 'bank-out',
          kind: decided.has(item.key) ? 'decided' : 'unknown',
          name: `${item.bookedOn} ${item.serviceRef}`.trim(),
          fen: item.fen,
        }),
      ),
      ...bothWays('bank', 'statement-missing', last.to, missing),
    ].toSorted((a, b) => order(a) - order(b) || (a.name < b.name ? -1 : 1));
    const ledger = this.#ledger();
    const sum = (side: TieSide) => sumFen(items.filter((item) => item.side === side).map((item) => item.fen));
    const { to, sequence, closing } = last;
    return {
      date: this.#until,
      ledger,
      statement: { to, ...(sequence !== undefined && { sequence }), closing },
      items,
      adjusted: fen(closing + sum('ours-in') - sum('ours-out')),
      ties: items.every(({ kind }) => TIE_KINDS[kind].explained),
    };
  }

  #file(name: string): FileSums {
    const found = this.#files.get(name) ?? { ...NO_SUMS };
    this.#files.set(name, found);
    return found;
  }

  #voucher(ref: string, net: number, date: PlainDate): void {
    if (date > this.#until) return;
    const before = this.#vouchers.get(ref);
    this.#vouchers.set(ref, {
      net: (before?.net ?? 0) + net,
      date: before && before.date < date ? before.date : date,
    });
  }

  /** What was recorded and taken back again moved nothing. */
  #expected(): ExpectedMovement[] {
    return [...this.#vouchers]
      .filter(([, { net }]) => net !== 0)
      .map(([ref, { net, date }]) => ({
        ref,
        side: net > 0 ? 'credit' : 'debit',
        fen: fen(Math.abs(net)),
        date,
      }));
  }

  #ledger(): Fen {
    const files = [...this.#files.values()].map(({ settled, returned }) => fen(returned - settled));
    const vouchers = [...this.#vouchers.values()].map(({ net }) => fen(net));
    return sumFen([...files, ...vouchers]);
  }
}

/** What a file's bookings and its entries differ by, money out and money back apart. */
function fileItems(name: string, sums: FileSums): TieItem[] {
  const out = sums.debited - sums.settled;
  const back = sums.creditedBack - sums.returned;
  const unanswered = sums.open + sums.failed;
  return [
    ...(out > 0
      ? [
          {
            side: 'bank-out',
            kind: out <= unanswered ? 'in-transit' : 'file-differs',
            name,
            fen: fen(out),
          } as const,
        ]
      : []),
    ...(out < 0 ? [{ side: 'ours-out', kind: 'not-debited', name, fen: fen(-out) } as const] : []),
    ...(back > 0
      ? [
          {
            side: 'bank-in',
            kind: back <= Math.min(unanswered, Math.max(out, 0)) ? 'given-back' : 'file-differs',
            name,
            fen: fen(back),
          } as const,
        ]
      : []),
    ...(back < 0 ? [{ side: 'ours-in', kind: 'not-credited', name, fen: fen(-back) } as const] : []),
  ];
}

const oursItem = ({ ref, side, fen: amount }: ExpectedMovement): TieItem => ({
  side: side === 'credit' ? 'ours-in' : 'ours-out',
  kind: 'not-booked',
  name: ref,
  fen: amount,
});

const bothWays = (whose: 'bank' | 'ours', kind: TieKind, name: string, amount: number): TieItem[] =>
  amount === 0
    ? []
    : [{ side: `${whose}-${amount > 0 ? 'in' : 'out'}`, kind, name, fen: fen(Math.abs(amount)) }];

const KIND_ORDER = Object.keys(TIE_KINDS);
const order = ({ side, kind }: TieItem): number =>
  TIE_SIDES.indexOf(side) * KIND_ORDER.length + KIND_ORDER.indexOf(kind);
