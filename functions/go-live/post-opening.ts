import { type Entry, makeEntry, returned } from '../../domain/ledger/entry.ts';
import { opening } from '../../domain/ledger/opening-entry.ts';
import { sumFen } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { Shard } from '../../domain/run/manifest.ts';
import type { Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunPorts } from '../run/ports.ts';
import { readDrafts } from '../run/read-drafts.ts';
import type { ReleasePorts, ShardReleased } from '../run/release-shard.ts';

const PUTS_AT_ONCE = 32;
/** Excel does not say why money came back: a person's word lets it be sent again. */
const REASON = 'OTHER';

/**
 * Posts one shard of a signed opening. Every entry has a key made of enrolment, month and number of the opening, so that a second
 * pass, a duplicate or a crash ends in the same entries; what came back is listed as owed after its entry stands.
 */
export async function postOpening(ports: ReleasePorts, run: Run, shard: Shard): Promise<ShardReleased> {
  const drafts = await readDrafts(ports, run, shard);
  const stamp = { at: ports.clock.now(), by: run.dispatchedBy ?? 'system' };
  await mapBounded(drafts, PUTS_AT_ONCE, async (draft) => {
    const amounts = draft.opening;
    invariant(amounts, `${draft.payment} of ${run.runId} is no opening`);
    const { jurisdiction, programme } = run.manifest;
    // Whose recoverables are open is found by this pointer, so it comes before the entry.
    if (amounts.recoverableFen !== 0)
      await ports.recoveries.list({ jurisdiction, programme, enrolment: draft.enrolment });
    const entry = await append(ports, makeEntry(sha256Hex, contentOf(run, draft, amounts), stamp));
    if (amounts.returnedFen === 0) return;
    const content = returned(entry, { reason: REASON });
    const back = await append(ports, makeEntry(sha256Hex, content, { ...stamp, previous: entry }));
    await ports.followUps.listOpen(run.manifest, {
      payment: draft.payment,
      enrolment: draft.enrolment,
      attempt: 1,
      runId: run.runId,
      kind: 'returned',
      fen: back.fen,
      reason: REASON,
      since: back.at,
    });
  });
  return countWritten(ports, run, shard, drafts);
}

/** The entry as it stands in the ledger: the first one written, whoever wrote it. */
async function append(ports: Pick<RunPorts, 'ledger'>, entry: Entry): Promise<Entry> {
  const outcome = await ports.ledger.append(entry);
  invariant(
    typeof outcome === 'string',
    `divergence: ${entry.kind} of ${entry.payment} stands with other content`,
  );
  if (outcome === 'created') return entry;
  const [slots = []] = await ports.ledger.slots([entry]);
  const standing = slots.find(({ kind }) => kind === entry.kind);
  invariant(standing, `${entry.kind} of ${entry.payment} vanished from the ledger`);
  return standing;
}

/** From a strong re-read: exactly what was signed stands in the ledger. */
async function countWritten(
  ports: Pick<RunPorts, 'ledger'>,
  run: Run,
  shard: Shard,
  drafts: readonly Draft[],
): Promise<ShardReleased> {
  const keys = drafts.map(({ payment }) => ({ ...run.manifest, payment, attempt: 1 }));
  const written = (await ports.ledger.written(keys, 'release')).flatMap((entry) => entry ?? []);
  const sum = sumFen(written.map((entry) => entry.fen));
  const verified = run.verified?.find((candidate) => candidate.shard === shard.shard);
  invariant(
    written.length === verified?.count && sum === verified.fen,
    `shard ${shard.shard} of ${run.runId} posted something else than was signed`,
  );
  return { count: written.length, fen: sum };
}

function contentOf(
  run: Run,
  { payment, enrolment, fen, lines, street }: Draft,
  { paidFen, recoverableFen }: NonNullable<Draft['opening']>,
) {
  const { jurisdiction, programme } = run.manifest;
  return opening({
    jurisdiction,
    programme,
    payment,
    enrolment,
    run: run.runId,
    fen,
    lines,
    street,
    paidFen,
    recoverableFen,
  });
}
