import { actsHash, type Checkpoint, checkpointHash } from '../../domain/evidence/checkpoint.ts';
import { recordingOf, verifyFunding } from '../../domain/ledger/funding.ts';
import { invariant } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import type { Seal } from '../adapters/closing-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { fundingsOf } from '../audit/run-entries.ts';
import type { RunPorts } from './ports.ts';

/** One chain of checkpoints per bureau, one seal per run: two closers compete for a number, and the second takes the first's seal. */
export async function sealRun(
  ports: RunPorts,
  run: Run,
  { ranges, tally, at }: Pick<Checkpoint, 'ranges'> & Pick<Seal, 'tally' | 'at'>,
): Promise<Seal> {
  const { jurisdiction } = run.manifest;
  // As far as the run was looked at: who comes a moment after the closing act finds the same acts, and so the same seal.
  const until = (await ports.runs.acts(run.runId)).slice(0, run.sequence);
  const acts = actsHash(sha256Hex, until);
  for (;;) {
    const { last, own } = await ports.closings.chain(jurisdiction, run.runId);
    if (own) return own;
    const checkpoint: Checkpoint = {
      sequence: (last?.checkpoint.sequence ?? 0) + 1,
      run: run.runId,
      ranges,
      acts,
      previous: last?.hash ?? '',
    };
    const seal: Seal = { checkpoint, hash: checkpointHash(sha256Hex, checkpoint), tally, at };
    if ((await ports.closings.appendSeal(jurisdiction, seal)) === 'created') return seal;
  }
}

/** The acts, which the seal covers, name the funding; the ledger must say the same, and each entry what its hashes say. */
export async function checkFundings(ports: RunPorts, run: Run): Promise<void> {
  const entries = await fundingsOf(ports, run);
  const sound = entries.every((entry) => verifyFunding(sha256Hex, entry));
  invariant(sound, `a funding of ${run.runId} is not what its hashes say`);
  for (const funding of run.fundings) {
    const { date, fen: amount, reversed } = funding;
    const [recorded, takenBack] = (['funding', 'funding-reversed'] as const).map((kind) =>
      entries.find((entry) => entry.kind === kind && recordingOf(entry) === recordingOf(funding)),
    );
    invariant(
      recorded?.date === date &&
        recorded.fen === amount &&
        takenBack?.date === reversed?.date &&
        takenBack?.p === (reversed && recorded.h),
      `the funding ${recordingOf(funding)} of ${run.runId} is not in the ledger as it was recorded`,
    );
  }
}
