import type { PaymentId } from '../ids.ts';
import { type Fen, fen } from '../money.ts';
import { invariant } from '../result.ts';
import type { RunTally } from '../run/act.ts';
import type { Entry } from './entry.ts';

/** Where one attempt stands: the fold of its slots. */
export type AttemptState = 'in-transit' | 'settled' | 'failed' | 'returned';
export type Attempt = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly state: AttemptState;
  readonly fen: Fen;
  readonly release: Entry;
  readonly outcome?: Entry;
  readonly returned?: Entry;
};

/**
 * Groups entries into attempts, whatever the order they are read in.
 * @throws InvariantError on an outcome without a release, a second outcome, or a return of what was not settled
 */
export function foldAttempts(entries: Iterable<Entry>): Attempt[] {
  const attempts = new Map<string, Attempt>();
  for (const entry of inSlotOrder(entries)) {
    const key = `${entry.payment}#${entry.attempt}`;
    const before = attempts.get(key);
    if (entry.kind === 'release') {
      attempts.set(key, {
        payment: entry.payment,
        attempt: entry.attempt,
        state: 'in-transit',
        fen: entry.fen,
        release: entry,
      });
      continue;
    }
    invariant(before, `${entry.kind} of ${key} without a release`);
    if (entry.kind === 'returned') {
      invariant(before.state === 'settled', `${key} came back without having been settled`);
      attempts.set(key, { ...before, state: 'returned', returned: entry });
    } else {
      // The outcome slot has one key, so two of them cannot be stored: whoever reads two is not reading our table.
      invariant(!before.outcome || before.outcome.h === entry.h, `${key} has two outcomes`);
      attempts.set(key, { ...before, state: entry.kind, outcome: entry });
    }
  }
  return [...attempts.values()];
}

const RANK = { release: 0, settled: 1, failed: 1, returned: 2 } as const;

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

const NONE = { count: 0, fen: fen(0) };
export const EMPTY_TALLY: RunTally = {
  released: NONE,
  settled: NONE,
  failed: NONE,
  returned: NONE,
  inTransit: NONE,
};

/** Counts and sums of attempts by state: absolute figures from the entries themselves. */
export function tally(attempts: readonly Attempt[]): RunTally {
  const totals = {
    released: { ...NONE },
    settled: { ...NONE },
    failed: { ...NONE },
    returned: { ...NONE },
    inTransit: { ...NONE },
  };
  const add = (name: keyof RunTally, amount: Fen) => {
    totals[name] = { count: totals[name].count + 1, fen: fen(totals[name].fen + amount) };
  };
  for (const attempt of attempts) {
    add('released', attempt.fen);
    add(attempt.state === 'in-transit' ? 'inTransit' : attempt.state, attempt.fen);
  }
  return totals;
}

export function addTallies(a: RunTally, b: RunTally): RunTally {
  const add = (name: keyof RunTally) => ({
    count: a[name].count + b[name].count,
    fen: fen(a[name].fen + b[name].fen),
  });
  return {
    released: add('released'),
    settled: add('settled'),
    failed: add('failed'),
    returned: add('returned'),
    inTransit: add('inTransit'),
  };
}
