import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESULT_STATUSES, type ResultStatus } from '../../../domain/bank/layout.ts';
import { answerOfLine, type ResultLine } from '../../../domain/bank/result-file.ts';
import { classifyReason } from '../../../domain/bank/return-codes.ts';
import { foldAttempts } from '../../../domain/ledger/attempts.ts';
import { type Entry, makeEntry, SLOT_OF, SLOTS, verifyEntry } from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import {
  type BankException,
  decidedEntry,
  reconcileLine,
  resolvedByBank,
} from '../../../domain/run/reconcile.ts';
import { fileOf, releaseOf, STAMP, sha256 } from '../ledger/samples.ts';

const FILE = fileOf(1);

/** A ledger as a table has it: one entry per payment and slot, written only where there is none. */
class Ledger {
  readonly slots = new Map<string, Entry>();
  readonly exceptions: string[] = [];
  readonly waiting = new Map<number, BankException>();

  constructor(payments: number) {
    for (let index = 0; index < payments; index += 1) {
      const release = releaseOf(index);
      this.slots.set(`${index}/release`, release);
    }
  }

  of(index: number): Entry[] {
    return SLOTS.flatMap((slot) => this.slots.get(`${index}/${slot}`) ?? []);
  }

  take(line: ResultLine): string {
    const index = line.sequence - 1;
    const known = this.of(index);
    const said = reconcileLine(answerOfLine(line, 1), FILE, known);
    if (said.kind === 'exception') {
      this.exceptions.push(`${index}/${said.exception}`);
      const { status, bookedOn, bankSerial, sequence } = line;
      const words = { statedStatus: status, bankSerial, ...(bookedOn !== undefined && { bookedOn }) };
      const reason = classifyReason(line.returnCode, line.reason);
      this.waiting.set(index, {
        kind: said.exception,
        result: '',
        file: FILE,
        resultLine: sequence,
        ...words,
        statedReason: reason,
      });
    }
    if (said.kind !== 'record') return said.kind;
    const key = `${index}/${SLOT_OF[said.entry.kind]}`;
    const previous = known.at(-1);
    if (this.slots.has(key)) return 'divergence';
    this.slots.set(key, makeEntry(sha256, said.entry, { ...STAMP, ...(previous && { previous }) }));
    return said.kind;
  }

  /** What reconciling does after every chunk. */
  resolve(): void {
    for (const [index, found] of this.waiting) {
      const known = this.of(index);
      if (resolvedByBank(found, known) !== 'returned') continue;
      const entry = decidedEntry(found, 'returned', known);
      if (!entry.ok) throw new Error(entry.error.en);
      const previous = known.at(-1);
      if (entry.value)
        this.slots.set(
          `${index}/return`,
          makeEntry(sha256, entry.value, { ...STAMP, ...(previous && { previous }) }),
        );
    }
  }

  contents(): string[] {
    return [...this.slots].map(([key, entry]) => `${key} ${entry.h}`).sort();
  }
}

const lineOf = (index: number, status: ResultStatus, serial = 'B1'): ResultLine => ({
  sequence: index + 1,
  account: '',
  name: '',
  fen: fen(10000),
  status,
  returnCode: '',
  reason: status === 'failed' || status === 'returned' ? '账户已销户' : '',
  bookedOn: '2026-12-02',
  bankSerial: serial,
  endToEndId: '',
});

/** What the bank truly did with each payment, as the lines of one clean pass. */
const truths = fc.array(
  fc.constantFrom<readonly ResultStatus[]>([], ['settled'], ['failed'], ['settled', 'returned'], ['pending']),
  { minLength: 1, maxLength: 5 },
);
/** The same lines, each at least once, in any order. */
const deliveries = truths.chain((lists) => {
  const clean = lists.flatMap((statuses, index) => statuses.map((status) => lineOf(index, status)));
  return fc.record({
    payments: fc.constant(lists.length),
    clean: fc.constant(clean),
    again: fc.array(fc.nat(), { maxLength: 8 }),
    order: fc.infiniteStream(fc.nat()),
  });
});

function shuffled(lines: readonly ResultLine[], order: Iterator<number>): ResultLine[] {
  const rest = [...lines];
  const result: ResultLine[] = [];
  while (rest.length > 0) result.push(...rest.splice((order.next().value ?? 0) % rest.length, 1));
  return result;
}
/** Puts the first success of a payment before its return, which the bank cannot have told the other way round. */
function withoutReturnFirst(lines: readonly ResultLine[]): ResultLine[] {
  const result: ResultLine[] = [];
  for (const line of lines) {
    const known = result.some((one) => one.sequence === line.sequence && one.status === 'settled');
    if (line.status === 'returned' && !known) result.push({ ...line, status: 'settled', reason: '' });
    result.push(line);
  }
  return result;
}

describe('replay', () => {
  it('any order of any repetition leaves the entries of one clean pass, and no exception', () => {
    fc.assert(
      fc.property(deliveries, ({ payments, clean, again, order }) => {
        const once = new Ledger(payments);
        for (const line of clean) once.take(line);
        const extra = again.flatMap((at) => (clean.length > 0 ? clean[at % clean.length]! : []));
        const many = new Ledger(payments);
        for (const line of withoutReturnFirst(shuffled([...clean, ...extra], order[Symbol.iterator]())))
          many.take(line);
        expect(many.contents()).toEqual(once.contents());
        expect([...once.exceptions, ...many.exceptions]).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('a return that arrives too early waits as an exception until the success is there, and is then the same entry', () => {
    fc.assert(
      fc.property(deliveries, ({ payments, clean, order }) => {
        const once = new Ledger(payments);
        for (const line of clean) once.take(line);
        const many = new Ledger(payments);
        for (const line of shuffled(clean, order[Symbol.iterator]())) many.take(line);
        expect(many.exceptions.every((one) => one.endsWith('/return-without-success'))).toBe(true);
        many.resolve();
        expect(many.contents()).toEqual(once.contents());
      }),
      { numRuns: 200 },
    );
  });
});

describe('whatever a bank says', () => {
  const anyLine = fc
    .record({
      index: fc.nat({ max: 3 }),
      status: fc.constantFrom(...RESULT_STATUSES),
      serial: fc.constantFrom('B1', 'B2'),
      off: fc.constantFrom(0, 0, 0, 1),
    })
    .map(({ index, status, serial, off }) => ({ ...lineOf(index, status, serial), fen: fen(10000 + off) }));

  it('no entry is ever overwritten, no attempt has two outcomes, and every line is recorded, known or named', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 30 }), (lines) => {
        const ledger = new Ledger(3);
        const seen = new Map(ledger.slots);
        for (const line of lines) {
          const exceptions = ledger.exceptions.length;
          const said = ledger.take(line);
          expect(['record', 'already', 'pending', 'exception']).toContain(said);
          expect(ledger.exceptions.length - exceptions).toBe(said === 'exception' ? 1 : 0);
          expect(ledger.slots.size - seen.size).toBe(said === 'record' ? 1 : 0);
          for (const [key, entry] of seen) expect(ledger.slots.get(key)).toBe(entry);
          for (const [key, entry] of ledger.slots) seen.set(key, entry);
        }
        const entries = [...ledger.slots.values()];
        expect(entries.every((entry) => verifyEntry(sha256, entry) && entry.fen === 10000)).toBe(true);
        expect(foldAttempts(entries).length).toBe(3);
      }),
      { numRuns: 200 },
    );
  });

  it('a line taken twice says “already” or the same exception the second time', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), anyLine, (before, line) => {
        const ledger = new Ledger(3);
        for (const one of before) ledger.take(one);
        const first = ledger.take(line);
        const contents = ledger.contents();
        const second = ledger.take(line);
        expect(second).toBe(first === 'record' ? 'already' : first);
        expect(ledger.contents()).toEqual(contents);
      }),
      { numRuns: 200 },
    );
  });
});
