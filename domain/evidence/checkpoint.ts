import { contentHash, type Sha256 } from '../canonical.ts';
import type { RunId } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { Act } from '../run/act.ts';

/** One shard of a closed run as sealed: how many entries, their sum in fen, and the root over their evidence hashes. */
export type SealedRange = {
  readonly shard: string;
  readonly count: number;
  readonly fen: Fen;
  readonly root: string;
};

/**
 * Checkpoint (封存) of a closed run: its ranges, the hash of its acts, and the checkpoint before it in the same jurisdiction, so that
 * the seals of a bureau form one chain.
 */
export type Checkpoint = {
  readonly sequence: number;
  readonly run: RunId;
  readonly ranges: readonly SealedRange[];
  /** Hash over the run's acts up to the closing: who signed what is sealed with the money. */
  readonly acts: string;
  readonly previous: string;
};

/** Hash over the acts of a run up to its closing, in their order: what `acts` of its checkpoint is. */
export function actsHash(sha256: Sha256, acts: readonly Act[]): string {
  return contentHash(sha256, 'run-acts.v1', acts);
}

export function checkpointHash(sha256: Sha256, checkpoint: Checkpoint): string {
  return contentHash(sha256, 'checkpoint.v1', checkpoint);
}
