import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTallies,
  EMPTY_TALLY,
  foldAttempts,
  latestAttempts,
  tally,
} from '../../../domain/ledger/attempts.ts';
import {
  type Entry,
  failed,
  makeEntry,
  paidOutside,
  returned,
  settled,
} from '../../../domain/ledger/entry.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { histories } from './histories.ts';
import { paymentOf, releaseAgain, releaseOf, STAMP, sha256 } from './samples.ts';

const release = releaseOf(0, fen(12345));
const after = (previous: Entry) => ({ ...STAMP, previous });
const done = makeEntry(sha256, settled(release, {}), after(release));
const refused = makeEntry(sha256, failed(release, { reason: 'OTHER' }), after(release));
const back = makeEntry(sha256, returned(release, { reason: 'OTHER' }), after(done));

describe('one attempt', () => {
  it.each([
    ['in-transit', [release]],
    ['settled', [release, done]],
    ['failed', [release, refused]],
    ['returned', [release, done, back]],
  ] as const)('is %s by its slots', (state, entries) => {
    expect(foldAttempts(entries)).toEqual([
      {
        payment: paymentOf(0),
        attempt: 1,
        state,
        fen: 12345,
        release,
        ...(entries[1] && { outcome: entries[1] }),
        ...(entries.length === 3 && { returned: back }),
      },
    ]);
  });

  it('cannot have an outcome without a release, or come back without having been settled', () => {
    for (const wrong of [[done], [refused], [back], [release, back], [release, refused, back]])
      expect(() => foldAttempts(wrong)).toThrow(InvariantError);
  });

  it('cannot be settled and failed, in whatever order that is read', () => {
    expect(() => foldAttempts([release, done, refused])).toThrow(InvariantError);
    expect(() => foldAttempts([refused, done, release])).toThrow(InvariantError);
  });
});

describe('an attempt that was paid by hand', () => {
  const outside = { voucher: 'V-1', evidence: '签收单', proposedBy: 'staff-1' };
  const paid = (means: 'cash' | 'manual-transfer', last = refused) =>
    makeEntry(sha256, paidOutside(last, '2026-12-05', { means, ...outside }, last.fen), after(last));

  it('is settled by that, follows a failure from what is owed and a return from the suspense', () => {
    const cash = paid('cash');
    expect(foldAttempts([release, refused, cash])[1]).toMatchObject({
      attempt: 2,
      state: 'settled',
      release: cash,
    });
    expect(cash.postings[0]).toMatchObject({ account: `payable:${release.enrolment}`, side: 'debit' });
    expect(paid('cash', back).postings[0]).toMatchObject({ account: `returned:${release.enrolment}` });
    expect(tally(foldAttempts([release, refused, cash]))).toMatchObject({
      released: { count: 1 },
      paidOutside: { count: 1, fen: 12345 },
      settled: { count: 1 },
      failed: { count: 1 },
    });
  });

  it('comes back when it was a transfer, never in cash, and has no outcome of the bank', () => {
    const transfer = paid('manual-transfer');
    const bounced = makeEntry(sha256, returned(transfer, { reason: 'OTHER' }), after(transfer));
    expect(foldAttempts([bounced, transfer])).toMatchObject([{ state: 'returned', returned: bounced }]);
    expect(() => returned(paid('cash'), { reason: 'OTHER' })).toThrow(InvariantError);
    expect(() => settled(transfer, {})).toThrow(InvariantError);
    expect(() => failed(transfer, { reason: 'OTHER' })).toThrow(InvariantError);
    const cash = paid('cash');
    const { outside: _outside, ...forged } = bounced;
    expect(() => foldAttempts([cash, forged])).toThrow(InvariantError);
    expect(() => foldAttempts([cash, { ...refused, attempt: 2 }])).toThrow(InvariantError);
    expect(() => foldAttempts([cash, { ...release, attempt: 2 }])).toThrow(InvariantError);
  });

  it('follows only what failed or came back', () => {
    for (const last of [release, done]) expect(() => paid('cash', last)).toThrow(InvariantError);
  });
});

describe('attempts of a payment', () => {
  it('stand beside each other; the last one is what the payment’s state is', () => {
    const second = releaseAgain(0, 2, fen(12345), 'failed', refused);
    const other = releaseOf(1);
    const attempts = foldAttempts([second, other, refused, release]);
    expect(attempts.map(({ payment, attempt, state }) => `${payment}#${attempt} ${state}`).sort()).toEqual([
      `${paymentOf(0)}#1 failed`,
      `${paymentOf(0)}#2 in-transit`,
      `${paymentOf(1)}#1 in-transit`,
    ]);
    for (const read of [attempts, attempts.toReversed()]) {
      const latest = latestAttempts(read).map(({ payment, attempt }) => `${payment}#${attempt}`);
      expect(latest.sort()).toEqual([`${paymentOf(0)}#2`, `${paymentOf(1)}#1`]);
    }
  });
});

describe('tally', () => {
  it('counts every attempt once as released and once by its state', () => {
    const entries = [release, done, back, releaseOf(1, fen(5)), releaseOf(2, fen(7))];
    const third = makeEntry(sha256, settled(entries[4]!, {}), after(entries[4]!));
    expect(tally(foldAttempts([...entries, third]))).toEqual({
      released: { count: 3, fen: 12357 },
      settled: { count: 1, fen: 7 },
      failed: { count: 0, fen: 0 },
      returned: { count: 1, fen: 12345 },
      inTransit: { count: 1, fen: 5 },
      paidOutside: { count: 0, fen: 0 },
    });
    expect(tally([])).toEqual(EMPTY_TALLY);
    expect(tally(foldAttempts([release, refused])).failed).toEqual({ count: 1, fen: 12345 });
  });

  it('adds up over parts, and nothing is lost between released and the states', () => {
    fc.assert(
      fc.property(histories, histories, (one, two) => {
        const parts = [tally(foldAttempts(one.entries)), tally(foldAttempts(two.entries))] as const;
        const sum = addTallies(...parts);
        expect(addTallies(parts[0], EMPTY_TALLY)).toEqual(parts[0]);
        for (const name of [
          'released',
          'settled',
          'failed',
          'returned',
          'inTransit',
          'paidOutside',
        ] as const) {
          expect(sum[name]?.fen).toBe(parts[0][name]!.fen + parts[1][name]!.fen);
          expect(sum[name]?.count).toBe(parts[0][name]!.count + parts[1][name]!.count);
        }
        const { released, paidOutside: hand, settled: paid, failed: not, returned: again, inTransit } = sum;
        expect(released.count + hand!.count).toBe(paid.count + not.count + again.count + inTransit.count);
        expect(released.fen + hand!.fen).toBe(paid.fen + not.fen + again.fen + inTransit.fen);
      }),
      { numRuns: 100 },
    );
  });

  it('does not depend on the order in which entries are read', () => {
    fc.assert(
      fc.property(
        histories.chain(({ entries }) =>
          fc.tuple(fc.constant(entries), fc.shuffledSubarray([...entries], { minLength: entries.length })),
        ),
        ([entries, shuffled]) => {
          const bySlot = (list: readonly Entry[]) =>
            foldAttempts(list)
              .map((one) => `${one.payment}#${one.attempt} ${one.state} ${one.outcome?.h} ${one.returned?.h}`)
              .sort();
          expect(bySlot(shuffled)).toEqual(bySlot(entries));
          expect(tally(foldAttempts(shuffled))).toEqual(tally(foldAttempts(entries)));
        },
      ),
      { numRuns: 100 },
    );
  });
});
