import type { BankAnswer } from '../../../domain/bank/answer.ts';
import type { Statement } from '../../../domain/bank/statement.ts';
import { parseEndToEndId } from '../../../domain/ids.ts';
import {
  type Entry,
  type EntryContent,
  makeEntry,
  returned,
  SLOT_OF,
  SLOTS,
} from '../../../domain/ledger/entry.ts';
import { makeFunding } from '../../../domain/ledger/funding.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { type BankItem, bankItems } from '../../../domain/reconciliation/bank-items.ts';
import { type SentFile, statementBreaks } from '../../../domain/reconciliation/statement-breaks.ts';
import { type DebitBooking, reconcileItem } from '../../../domain/reconciliation/statement-item.ts';
import { type Tie, TieSums } from '../../../domain/reconciliation/tie.ts';
import {
  type BankException,
  BY_STATEMENT,
  type ExceptionKind,
  lateSuccessKind,
  reconcileLine,
  resolvedByBank,
} from '../../../domain/run/reconcile.ts';
import { fileOf, paymentOf, releaseAgain, releaseOf, STAMP, sha256 } from '../ledger/samples.ts';
import { BATCH, DAYS } from './bank-world.ts';

const FILE = fileOf(1);

/** The pure fold of everything that functions/bank does with answers and statements, in memory: writes happen once per slot. */
export class ModelDesk {
  readonly slots = new Map<string, Entry>();
  readonly exceptions = new Map<string, BankException & { decided?: string }>();
  readonly loose = new Map<string, BankItem>();
  readonly #bookings = new Map<string, BankItem>();
  readonly #statements = new Map<number, Statement>();
  readonly #amounts: readonly number[];
  readonly #booking: DebitBooking;

  constructor(amounts: readonly number[], booking: DebitBooking) {
    this.#amounts = amounts;
    this.#booking = booking;
    for (const [index, amount] of amounts.entries()) this.#put(releaseOf(index, fen(amount)));
  }

  of(index: number, attempt = 1): Entry[] {
    return SLOTS.flatMap((slot) => this.slots.get(`${paymentOf(index)}#${attempt}/${slot}`) ?? []);
  }

  entries(): Entry[] {
    return [...this.slots.values()];
  }

  /** Attempt 2 of what failed, as a supplementary run would make it: credited at once. */
  sendAgain(index: number): void {
    const before = this.of(index);
    const last = before.at(-1);
    if (last?.kind !== 'failed' || this.#isCredited(index)) return;
    this.#put(releaseAgain(index, 2, last.fen, 'failed', last));
  }

  #isCredited(index: number): boolean {
    return [...this.exceptions.values()].some(
      (one) => one.payment === paymentOf(index) && one.statedStatus === 'settled' && !one.decided,
    );
  }

  answer(line: BankAnswer): void {
    const index = (line.sequence ?? 0) - 1;
    const known = this.of(index);
    const raise = (kind: ExceptionKind) =>
      this.#raise(`a${JSON.stringify(line)}`, this.#lateKind(kind, index), line.status, index);
    if (line.contradictory) return raise('duplicate');
    const said = reconcileLine(line, FILE, known);
    if (said.kind === 'exception') raise(said.exception);
    else if (said.kind === 'record') this.#write(said.entry, 'bank', known);
    this.#resolve();
  }

  statement(read: Statement): void {
    this.#statements.set(read.sequence ?? 0, read);
    for (const item of bankItems(read)) this.#item(item);
    this.#resolve();
  }

  #item(item: BankItem): void {
    const named = item.endToEndId === undefined ? undefined : parseEndToEndId(item.endToEndId);
    const index = this.#amounts.findIndex((_, at) => paymentOf(at) === named?.payment);
    const known = this.of(index);
    if (!named || known.length === 0) {
      if (item.counted) this.loose.set(item.key, item);
      return;
    }
    if (item.counted) {
      const name = `${item.endToEndId}.${item.side}`;
      const before = this.#bookings.get(name) ?? item;
      this.#bookings.set(name, before);
      if (before.key !== item.key) {
        this.loose.set(item.key, { ...item, bookedTwice: true });
        return;
      }
    }
    const verdict = reconcileItem(item, known, this.#booking);
    const name = `s${item.key}`;
    if (verdict.kind === 'exception') {
      const back = item.side === 'credit' && this.#booking === 'gross';
      const status = item.side === 'debit' ? 'settled' : 'returned';
      this.#raise(name, this.#lateKind(verdict.exception, index), status, index, {
        creditedBack: back || undefined,
        item,
      });
    } else if (verdict.kind === 'record' && !(item.side === 'credit' && this.exceptions.has(name)))
      this.#write(verdict.entry, BY_STATEMENT, known);
  }

  #lateKind(kind: ExceptionKind, index: number): ExceptionKind {
    return kind === 'late-success' ? lateSuccessKind(this.of(index, 2)) : kind;
  }

  #raise(
    name: string,
    kind: ExceptionKind,
    statedStatus: BankAnswer['status'],
    index: number,
    from: { creditedBack?: boolean | undefined; item?: BankItem } = {},
  ): void {
    if (this.exceptions.has(name)) return;
    this.exceptions.set(name, {
      kind,
      result: '',
      file: FILE,
      resultLine: 1,
      statedStatus,
      ...(index >= 0 && { payment: paymentOf(index), attempt: 1 }),
      ...(from.creditedBack && { creditedBack: true }),
      ...(from.item && { statementEntry: from.item.key, bookedOn: from.item.bookedOn }),
    });
  }

  #resolve(): void {
    for (const [name, found] of this.exceptions) {
      if (found.decided || found.payment === undefined) continue;
      const index = this.#amounts.findIndex((_, at) => paymentOf(at) === found.payment);
      const known = this.of(index);
      const resolved = resolvedByBank(found, known);
      if (!resolved) continue;
      this.exceptions.set(name, { ...found, decided: resolved });
      const [release] = known;
      if (resolved === 'returned' && release && !known.some(({ kind }) => kind === 'returned'))
        this.#write(
          returned(release, { reason: 'OTHER', ...(found.bookedOn && { bankDate: found.bookedOn }) }),
          BY_STATEMENT,
          known,
        );
    }
  }

  #write(content: EntryContent, by: string, known: readonly Entry[]): void {
    const previous = known.at(-1);
    this.#put(makeEntry(sha256, content, { ...STAMP, by, ...(previous && { previous }) }));
  }

  #put(entry: Entry): void {
    const key = `${entry.payment}#${entry.attempt}/${SLOT_OF[entry.kind]}`;
    if (this.slots.has(key)) throw new Error(`${key} is written twice`);
    this.slots.set(key, entry);
  }

  #files(): SentFile[] {
    const amounts = this.#amounts.map((amount) => fen(amount));
    return [
      {
        fileName: FILE,
        batchIds: [BATCH],
        count: amounts.length,
        fen: sumFen(amounts),
        booking: this.#booking,
      },
    ];
  }

  #funding() {
    const total = sumFen(this.#amounts.map((amount) => fen(amount)));
    const facts = {
      jurisdiction: '110199',
      programme: 'high-age',
      run: '110199.high-age.2026-12.R.1',
      voucher: 'BK-1',
      date: DAYS.funded,
      fen: total,
    };
    return makeFunding(sha256, facts, '2026', STAMP);
  }

  #heads() {
    return [...this.#statements.values()].map(({ opening, closing, ...rest }) => ({
      ...rest,
      opening: opening ?? fen(0),
      closing: closing ?? fen(0),
      entries: rest.entries.length,
    }));
  }

  breaks() {
    const { voucher, date, fen: total } = this.#funding();
    const expected = [{ ref: voucher, side: 'credit' as const, fen: total, date }];
    return statementBreaks(this.#heads(), [...this.loose.values()], { files: this.#files(), expected });
  }

  tie(until: string): Tie | undefined {
    const sums = new TieSums(until);
    for (const entry of this.entries()) sums.entry(entry);
    sums.entry(this.#funding());
    for (const item of this.#bookings.values()) sums.booking(item, FILE);
    return sums.tie(this.#heads(), [...this.loose.values()], this.#files());
  }
}
