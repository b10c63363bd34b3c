import type { Draft } from './draft.ts';

/** What a run's controls count beside money; absent where policy asks for none. */
export type UnusualCounts = {
  /** Payments of newcomers by street. */
  readonly newcomers: Readonly<Record<string, number>>;
  /** Payees with money in the run whose account was changed shortly before the cut-off. */
  readonly accountsChanged: number;
};

export function countUnusual(drafts: readonly Draft[], accountsChanged: number): UnusualCounts {
  const newcomers: Record<string, number> = {};
  for (const { movement, street, fen } of drafts)
    if (movement === 'joined' && fen > 0) newcomers[street] = (newcomers[street] ?? 0) + 1;
  return { newcomers, accountsChanged };
}

export function addUnusual(a: UnusualCounts, b: UnusualCounts): UnusualCounts {
  const newcomers: Record<string, number> = { ...a.newcomers };
  for (const [street, count] of Object.entries(b.newcomers))
    newcomers[street] = (newcomers[street] ?? 0) + count;
  return { newcomers, accountsChanged: a.accountsChanged + b.accountsChanged };
}
