import * as fc from 'fast-check';
import {
  type Entry,
  failed,
  makeEntry,
  paidOutside,
  returned,
  settled,
} from '../../../domain/ledger/entry.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import { releaseAgain, releaseOf, STAMP, sha256 } from './samples.ts';

type Unpaid = 'failed' | 'returned';

/** How the attempts of one payment ended; only the last may be open or settled. */
export type Fate = {
  readonly fen: Fen;
  readonly retried: readonly Unpaid[];
  readonly last: 'in-transit' | 'settled' | Unpaid;
  /** Whether attempts after the first are sent to the bank or made by hand: in cash when that is the end of it. */
  readonly byHand: readonly boolean[];
};

const fate: fc.Arbitrary<Fate> = fc.record({
  fen: fc.integer({ min: 1, max: 500_000 }).map(fen),
  retried: fc.array(fc.constantFrom<'failed' | 'returned'>('failed', 'returned'), { maxLength: 3 }),
  last: fc.constantFrom<Fate['last']>('in-transit', 'settled', 'failed', 'returned'),
  byHand: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
});

function outcomes(release: Entry, state: Fate['last']): Entry[] {
  const entry = (content: Parameters<typeof makeEntry>[1], previous: Entry) =>
    makeEntry(sha256, content, { ...STAMP, previous });
  if (state === 'in-transit') return [];
  if (state === 'failed') return [entry(failed(release, { reason: 'ACCT_CLOSED' }), release)];
  const paid = entry(settled(release, { bankDate: '2026-12-02' }), release);
  return state === 'settled' ? [paid] : [paid, entry(returned(release, { reason: 'ACCT_CLOSED' }), paid)];
}

/** What is paid by hand is settled at once; a transfer may come back. */
function handEntries(at: number, last: Entry, state: 'settled' | 'returned'): Entry[] {
  const entry = (content: Parameters<typeof makeEntry>[1], previous: Entry) =>
    makeEntry(sha256, content, { ...STAMP, previous });
  const means = state === 'settled' && at % 2 === 0 ? 'cash' : 'manual-transfer';
  const outside = { means, voucher: `V-${at}`, evidence: '签收单', proposedBy: 'staff-1' } as const;
  const paid = entry(paidOutside(last, '2026-12-05', outside, last.fen), last);
  return state === 'settled' ? [paid] : [paid, entry(returned(paid, { reason: 'ACCT_CLOSED' }), paid)];
}

/** Entries of one payment in the order in which they come about. */
function entriesOf(index: number, { fen: amount, retried, last, byHand }: Fate): Entry[] {
  const entries: Entry[] = [];
  const states = [...retried, last];
  for (const [at, state] of states.entries()) {
    const before = retried[at - 1];
    const previous = entries.at(-1);
    if (before && previous && byHand[at] && (state === 'settled' || state === 'returned')) {
      entries.push(...handEntries(at, previous, state));
      continue;
    }
    const release =
      before && previous ? releaseAgain(index, at + 1, amount, before, previous) : releaseOf(index, amount);
    entries.push(release, ...outcomes(release, state));
  }
  return entries;
}

/** Payments with any fate and everything the ledger would hold of them. */
export const histories = fc
  .array(fate, { maxLength: 6 })
  .map((fates) => ({ fates, entries: fates.flatMap((one, index) => entriesOf(index, one)) }));
