import type { PaymentId } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { RunTally } from '../run/act.ts';
import { classOf } from './accounts.ts';
import {
  type Entry,
  type EntryKind,
  mayComeBack,
  RECOVERY_KINDS,
  type RecoveryKind,
  SLOT_OF,
} from './entry.ts';

/** Where one attempt stands: the fold of its slots. */
export type AttemptState = 'in-transit' | 'settled' | 'failed' | 'returned';
export type Attempt = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly state: AttemptState;
  readonly fen: Fen;
  /** What opened it: sent to the bank, or paid outside the system and settled by that. */
  readonly release: Entry;
  readonly outcome?: Entry;
  readonly returned?: Entry;
  /** What of it is no longer owed: its state stays, and the next attempt is for the rest. */
  readonly reversed?: Entry;
  /** 上缴财政: nobody claimed it and it was given back. Its state stays, and nothing of it is sent again. */
  readonly surrendered?: Entry;
  /** 追缴: orders that take it back, what was given back or given up of them, and orders called back. Its state stays. */
  readonly recoveries?: readonly Entry[];
};

/**
 * Groups entries into attempts, whatever the order they are read in.
 * @throws InvariantError on an outcome without a release, a second outcome, a return of what was not settled, or a reversal or
 *   surrender of what neither failed nor came back
 */
export function foldAttempts(entries: Iterable<Entry>): Attempt[] {
  const attempts = new Map<string, Attempt>();
  for (const entry of inSlotOrder(entries)) {
    const key = `${entry.payment}#${entry.attempt}`;
    const before = attempts.get(key);
    if (opens(entry.kind)) {
      // One key, as below.
      invariant(!before || before.release.h === entry.h, `${key} is opened twice`);
      attempts.set(key, {
        payment: entry.payment,
        attempt: entry.attempt,
        state: entry.kind === 'release' ? 'in-transit' : 'settled',
        fen: entry.fen,
        release: entry,
      });
      continue;
    }
    invariant(before, `${entry.kind} of ${key} without a release`);
    if (isRecovery(entry.kind)) {
      const known = (before.recoveries ?? []).filter(({ h }) => h !== entry.h);
      attempts.set(key, { ...before, recoveries: [...known, entry] });
    } else if (entry.kind === 'returned') {
      const settled = before.outcome?.kind === 'settled' || mayComeBack(before.release);
      invariant(settled, `${key} came back without having been settled`);
      attempts.set(key, { ...before, state: 'returned', returned: entry });
    } else if (entry.kind === 'reversed' || entry.kind === 'surrendered') {
      const open = before.state === 'failed' || before.state === 'returned';
      invariant(open && entry.fen <= before.fen, `${key} is taken back beyond what is open of it`);
      // One key, as above.
      const earlier = before.reversed ?? before.surrendered;
      invariant(!earlier || earlier.h === entry.h, `${key} is taken back and surrendered`);
      attempts.set(key, { ...before, [entry.kind]: entry });
    } else {
      invariant(before.release.kind === 'release', `${entry.kind} of ${key}, which was paid outside`);
      // The outcome slot has one key, so two of them cannot be stored: whoever reads two is not reading our table.
      invariant(!before.outcome || before.outcome.h === entry.h, `${key} has two outcomes`);
      attempts.set(key, { ...before, state: entry.kind, outcome: entry });
    }
  }
  return [...attempts.values()];
}

const RANK = {
  release: 0,
  opening: 0,
  'imprest-paid': 0,
  'paid-outside': 0,
  settled: 1,
  failed: 1,
  returned: 2,
  reversed: 3,
  surrendered: 3,
  'recovery-ordered': 4,
  recovered: 4,
  'recovery-waived': 4,
  'recovery-revoked': 4,
} as const;

const isRecovery = (kind: EntryKind): kind is RecoveryKind => RECOVERY_KINDS.some((one) => one === kind);

type Opening = 'release' | 'opening' | 'imprest-paid' | 'paid-outside';
const opens = (kind: EntryKind): kind is Opening => SLOT_OF[kind] === 'release';

function inSlotOrder(entries: Iterable<Entry>): Entry[] {
  return [...entries].sort((a, b) => RANK[a.kind] - RANK[b.kind]);
}

/** The last attempt of each payment: what the payment's state is. */
export function latestAttempts(attempts: readonly Attempt[]): Attempt[] {
  const latest = new Map<PaymentId, Attempt>();
  for (const attempt of attempts) {
    const before = latest.get(attempt.payment);
    if (!before || attempt.attempt > before.attempt) latest.set(attempt.payment, attempt);
  }
  return [...latest.values()];
}

/**
 * What can still be paid of an attempt that failed or came back: all of it, or what a reversal left; nothing once surrendered. What was
 * ordered back before the bank returned it is not owed either.
 */
export const owedOf = (attempt: Attempt): Fen =>
  fen(
    attempt.fen - (attempt.reversed?.fen ?? 0) - (attempt.surrendered?.fen ?? 0) - cashOrderedBack(attempt),
  );

/** 追缴 of an attempt by kind of entry, in fen. */
export const recoveryOf = ({ recoveries = [] }: Attempt, kind: RecoveryKind): Fen =>
  sumFen(recoveries.flatMap((entry) => (entry.kind === kind ? [entry.fen] : [])));

/** Paid in to the treasury of what was ordered back; what the bank returned after the order stood with us already. */
export const givenBackOf = ({ recoveries = [] }: Attempt): Fen =>
  sumFen(
    recoveries.flatMap(({ kind, postings, fen: amount }) =>
      kind === 'recovered' && postings.every(({ account }) => classOf(account) !== 'returned')
        ? [amount]
        : [],
    ),
  );

/** Of what was ordered back of an attempt and not called back, what had gone to the payee and was not set off (抵扣). */
export const cashOrderedBack = ({ recoveries = [] }: Attempt): Fen => {
  const cash = (kind: RecoveryKind): Fen =>
    sumFen(
      recoveries.flatMap((entry) =>
        entry.kind === kind
          ? (entry.lines ?? []).filter((line) => line.kind !== 'set-off').map((line) => line.fen)
          : [],
      ),
    );
  return fen(cash('recovery-ordered') - cash('recovery-revoked'));
};

/** Ordered back of an attempt, less what was called back. */
export const orderedBackOf = (attempt: Attempt): Fen =>
  fen(recoveryOf(attempt, 'recovery-ordered') - recoveryOf(attempt, 'recovery-revoked'));

/** The entry that an attempt's state comes from; undefined in transit. */
export function lastWord({ state, release, outcome, returned }: Attempt): Entry | undefined {
  return returned ?? outcome ?? (state === 'settled' ? release : undefined);
}

const NONE = { count: 0, fen: fen(0) };
export const EMPTY_TALLY: RunTally = {
  released: NONE,
  settled: NONE,
  failed: NONE,
  returned: NONE,
  inTransit: NONE,
  paidOutside: NONE,
};

/**
 * Counts and sums of attempts by state: absolute figures from the entries themselves. Each was released or paid outside, and each
 * stands in one state: what was paid outside is settled, or returned when a transfer made by hand came back.
 */
export function tally(attempts: readonly Attempt[]): RunTally {
  const totals = {
    released: { ...NONE },
    settled: { ...NONE },
    failed: { ...NONE },
    returned: { ...NONE },
    inTransit: { ...NONE },
    paidOutside: { ...NONE },
  };
  const add = (name: keyof typeof totals, amount: Fen) => {
    totals[name] = { count: totals[name].count + 1, fen: fen(totals[name].fen + amount) };
  };
  for (const { release, state, fen: amount } of attempts) {
    add(release.kind === 'paid-outside' ? 'paidOutside' : 'released', amount);
    add(state === 'in-transit' ? 'inTransit' : state, amount);
  }
  return totals;
}

export function addTallies(a: RunTally, b: RunTally): RunTally {
  const add = (name: keyof RunTally) => {
    const [one, two] = [a[name] ?? NONE, b[name] ?? NONE];
    return { count: one.count + two.count, fen: fen(one.fen + two.fen) };
  };
  return {
    released: add('released'),
    settled: add('settled'),
    failed: add('failed'),
    returned: add('returned'),
    inTransit: add('inTransit'),
    paidOutside: add('paidOutside'),
  };
}
