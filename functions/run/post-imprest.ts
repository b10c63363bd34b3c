import { makeEntry } from '../../domain/ledger/entry.ts';
import { imprestPaid } from '../../domain/ledger/imprest-entry.ts';
import { sumFen } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { Shard } from '../../domain/run/manifest.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from './ports.ts';
import { readDrafts } from './read-drafts.ts';
import type { ShardReleased } from './release-shard.ts';

const PUTS_AT_ONCE = 32;

/**
 * Posts one shard of a signed imprest run (备用金报销批次). Every entry has its own key, so that a second pass after a crash finds what the
 * first one wrote; what was kept out by hand is looked at again by the next such run.
 */
export async function postImprest(ports: RunPorts, run: Run, shard: Shard): Promise<ShardReleased> {
  const { manifest } = run;
  const drafts = await readDrafts(ports, run, shard);
  const posted = drafts.filter((draft) => isPayable(run, draft));
  const stamp = { at: ports.clock.now(), by: run.dispatchedBy ?? 'system' };
  const { jurisdiction, programme } = manifest;
  await mapBounded(posted, PUTS_AT_ONCE, async ({ payment, enrolment, fen, lines, street }) => {
    const content = imprestPaid({
      jurisdiction,
      programme,
      payment,
      enrolment,
      run: run.runId,
      fen,
      lines,
      street,
    });
    const outcome = await ports.ledger.append(makeEntry(sha256Hex, content, stamp));
    invariant(typeof outcome === 'string', `divergence: ${payment} is posted with other content`);
  });
  const keys = posted.map(({ payment }) => ({ ...manifest, payment, attempt: 1 }));
  const written = (await ports.ledger.written(keys, 'release')).flatMap((entry) => entry ?? []);
  const sum = sumFen(written.map((entry) => entry.fen));
  const verified = run.verified?.find((candidate) => candidate.shard === shard.shard);
  invariant(
    written.length === verified?.count && sum === verified.fen,
    `shard ${shard.shard} of ${run.runId} posted something else than was signed`,
  );
  return { count: written.length, fen: sum };
}
