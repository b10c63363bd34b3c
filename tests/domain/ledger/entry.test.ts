import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertBalanced,
  type Entry,
  failed,
  firstRelease,
  makeEntry,
  nextRelease,
  type Posting,
  returned,
  SLOT_OF,
  SLOTS,
  settled,
  verifyEntry,
} from '../../../domain/ledger/entry.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { instruction, releaseAgain, releaseOf, STAMP, sha256 } from './samples.ts';

const WORD = { bankDate: '2026-12-02', bankSerial: 'B1' };
const sides = (postings: readonly Posting[]) =>
  postings.map(({ account, side, fen: amount }) => `${side} ${account} ${amount}`);
const release = releaseOf(0, fen(12345));
const who = release.enrolment;

describe('what each fact posts', () => {
  it('a first release accrues and instructs at once', () => {
    expect(sides(release.postings)).toEqual([
      'debit expense:high-age 12345',
      `credit payable:${who} 12345`,
      `debit payable:${who} 12345`,
      `credit in-transit:${release.file} 12345`,
    ]);
    expect(release).toMatchObject({ kind: 'release', attempt: 1, fen: 12345, street: '110199001' });
  });

  it('settled leaves the clearing account', () => {
    const { postings } = settled(release, WORD);
    expect(sides(postings)).toEqual([`debit in-transit:${release.file} 12345`, 'credit clearing 12345']);
  });

  it('failed is owed again', () => {
    const { postings, reason } = failed(release, { ...WORD, reason: 'ACCT_CLOSED' });
    expect(sides(postings)).toEqual([
      `debit in-transit:${release.file} 12345`,
      `credit payable:${who} 12345`,
    ]);
    expect(reason).toBe('ACCT_CLOSED');
  });

  it('returned comes back to the clearing account and waits in suspense', () => {
    const { postings } = returned(release, { ...WORD, reason: 'ACCT_CLOSED' });
    expect(sides(postings)).toEqual(['debit clearing 12345', `credit returned:${who} 12345`]);
  });

  it('a next release takes the money from where the attempt before left it, and accrues nothing', () => {
    const again = (after: 'failed' | 'returned') => releaseAgain(0, 2, fen(12345), after, release);
    const file = again('failed').file;
    expect(sides(again('failed').postings)).toEqual([
      `debit payable:${who} 12345`,
      `credit in-transit:${file} 12345`,
    ]);
    expect(sides(again('returned').postings)).toEqual([
      `debit returned:${who} 12345`,
      `credit in-transit:${file} 12345`,
    ]);
    expect(again('failed').lines).toBeUndefined();
    expect(again('failed').p).toBe(release.h);
  });

  it('an outcome carries the payment, attempt, file and line of its release', () => {
    for (const after of [settled(release, WORD), failed(release, { ...WORD, reason: 'OTHER' })]) {
      const { payment, enrolment, attempt, run, file, line } = release;
      expect(after).toMatchObject({ payment, enrolment, attempt, run, file, line, fen: 12345, ...WORD });
    }
  });

  it('slots hold facts that exclude each other', () => {
    expect(SLOT_OF.settled).toBe(SLOT_OF.failed);
    expect(new Set(Object.values(SLOT_OF))).toEqual(new Set(SLOTS));
    expect(new Set([SLOT_OF.release, SLOT_OF.settled, SLOT_OF.returned]).size).toBe(3);
  });
});

describe('what cannot be made', () => {
  it('a first release of attempt 2, or a next release of attempt 1', () => {
    expect(() => firstRelease({ ...instruction(0), attempt: 2 })).toThrow(InvariantError);
    expect(() => nextRelease(instruction(0), 'failed')).toThrow(InvariantError);
  });

  it('a release that does not pay exactly its lines', () => {
    const off = { ...instruction(0), fen: fen(10001) };
    expect(() => firstRelease(off)).toThrow(InvariantError);
    expect(() => firstRelease({ ...instruction(0), lines: [] })).toThrow(InvariantError);
  });

  it('a release of nothing', () => {
    expect(() => makeEntry(sha256, firstRelease(instruction(0, 1, fen(0))), STAMP)).toThrow(InvariantError);
  });

  it('an outcome of an outcome', () => {
    const done = makeEntry(sha256, settled(release, WORD), STAMP);
    expect(() => settled(done, WORD)).toThrow(InvariantError);
    expect(() => failed(done, { reason: 'OTHER' })).toThrow(InvariantError);
    expect(() => returned(done, { reason: 'OTHER' })).toThrow(InvariantError);
  });

  it('an entry that does not balance, has no posting, or one that is not positive', () => {
    const debit = (amount: number): Posting => ({ account: 'clearing', side: 'debit', fen: fen(amount) });
    const credit = (amount: number): Posting => ({
      account: 'appropriation:2026',
      side: 'credit',
      fen: fen(amount),
    });
    expect(() => assertBalanced([debit(3), credit(1), credit(2)])).not.toThrow();
    for (const wrong of [[], [debit(1)], [credit(1)], [debit(2), credit(1)], [debit(0), credit(0)]])
      expect(() => assertBalanced(wrong)).toThrow(InvariantError);
    expect(() => assertBalanced([debit(-1), credit(-1)])).toThrow(InvariantError);
    const content = { ...firstRelease(instruction(0)), postings: [debit(5), credit(4)] };
    expect(() => makeEntry(sha256, content, STAMP)).toThrow(InvariantError);
  });
});

describe('hashes', () => {
  const entries: readonly [string, Entry][] = [
    ['release', release],
    ['settled', makeEntry(sha256, settled(release, WORD), { ...STAMP, previous: release })],
    [
      'failed',
      makeEntry(sha256, failed(release, { ...WORD, reason: 'OTHER' }), { ...STAMP, previous: release }),
    ],
    ['next release', releaseAgain(0, 2, fen(12345), 'failed', release)],
  ];

  it('content does not know who wrote it and when; evidence does', () => {
    const content = firstRelease(instruction(0));
    const first = makeEntry(sha256, content, STAMP);
    for (const stamp of [
      { ...STAMP, by: 'other' },
      { ...STAMP, at: '2026-12-01T02:00:00.001Z' },
      { ...STAMP, previous: release },
    ]) {
      const second = makeEntry(sha256, content, stamp);
      expect(second.c).toBe(first.c);
      expect(second.h).not.toBe(first.h);
    }
    expect(first.p).toBe('');
    expect(makeEntry(sha256, content, { ...STAMP, previous: release }).p).toBe(release.h);
  });

  it.each(entries)('of a %s recompute, also after a round trip as JSON', (_, entry) => {
    expect(verifyEntry(sha256, entry)).toBe(true);
    expect(verifyEntry(sha256, JSON.parse(JSON.stringify(entry)) as Entry)).toBe(true);
  });

  it.each(entries)('of a %s show a change of any field, at any depth', (_, entry) => {
    const leaves = leafPaths(entry);
    expect(leaves.length).toBeGreaterThan(20);
    for (const path of leaves) {
      const copy = structuredClone(entry) as unknown as Record<string, unknown>;
      let holder = copy;
      for (const key of path.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
      const last = path.at(-1)!;
      const before = holder[last];
      holder[last] = typeof before === 'number' ? before + 1 : `${String(before)}x`;
      expect(verifyEntry(sha256, copy as unknown as Entry), path.join('.')).toBe(false);
      holder[last] = before;
      expect(verifyEntry(sha256, copy as unknown as Entry)).toBe(true);
    }
  });

  it.each(entries)('of a %s show a field that is removed or added', (_, entry) => {
    for (const key of Object.keys(entry)) {
      const { [key as keyof Entry]: _gone, ...rest } = entry;
      expect(verifyEntry(sha256, rest as unknown as Entry), key).toBe(false);
    }
    expect(verifyEntry(sha256, { ...entry, note: 'x' } as Entry)).toBe(false);
  });

  it('of an entry moved to another place in the chain do not recompute', () => {
    const [, next] = entries[3]!;
    expect(verifyEntry(sha256, { ...next, p: entries[1]![1].h })).toBe(false);
  });
});

describe('by construction', () => {
  it('whatever the amount and the lines it is made of, both sides are equal', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 10_000_000 }).map(fen), { minLength: 1, maxLength: 12 }),
        (parts) => {
          const amount = sumFen(parts);
          const lines = parts.map((part, index) => ({
            month: `2026-${String(index + 1).padStart(2, '0')}`,
            component: 'allowance',
            fen: part,
            kind: 'arrears' as const,
          }));
          const first = makeEntry(sha256, firstRelease({ ...instruction(3), fen: amount, lines }), STAMP);
          const all = [
            first,
            makeEntry(sha256, settled(first, {}), STAMP),
            makeEntry(sha256, failed(first, { reason: 'OTHER' }), STAMP),
            makeEntry(sha256, returned(first, { reason: 'OTHER' }), STAMP),
            releaseAgain(3, 2, amount, 'returned', first),
          ];
          for (const entry of all) {
            const sum = (side: Posting['side']) =>
              sumFen(entry.postings.filter((posting) => posting.side === side).map((posting) => posting.fen));
            expect(sum('debit')).toBe(sum('credit'));
            expect(entry.fen).toBe(amount);
            expect(verifyEntry(sha256, entry)).toBe(true);
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

/** Paths to every string and number inside a value. */
function leafPaths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leafPaths(member, [...path, key]));
}
