import { determinationOf, voidBatch } from '../../domain/determination/batch.ts';
import {
  type BatchManifest,
  type BatchProposal,
  type BatchRefusal,
  proposeInBatch,
  summariseShard,
} from '../../domain/determination/standard-change.ts';
import type { Bucket } from '../../domain/ids.ts';
import type { PolicyBook } from '../../domain/policy/book.ts';
import { openStop } from '../../domain/programmes/decided-stop.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import { determinationsKnownBy } from '../../domain/register/determination.ts';
import { knownBy } from '../../domain/register/facts.ts';
import { invariant } from '../../domain/result.ts';
import { bucketsOf, type Shard } from '../../domain/run/manifest.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { type EnrolmentRead, laterOf } from '../adapters/register-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { Log } from '../middleware/queue.ts';
import type { BatchPorts } from './batch.ts';
import { concludeApplying, concludeProposing, type ShardApplied } from './batch-conclude.ts';

const PUTS_AT_ONCE = 16;

/**
 * Works out one shard of a batch: load, decide, record its proposals, and as its last act one answer from a strong re-read.
 * Delivered twice or after a crash it writes the same again, which changes nothing.
 */
export async function proposeShard(
  ports: BatchPorts,
  batchId: string,
  name: string,
  log: Log,
): Promise<void> {
  const batch = await ports.batches.load(batchId);
  invariant(batch, `a message about a batch without acts: ${batchId}`);
  if (batch.state !== 'proposing') {
    log.info('this batch is worked out or void', { batch: batchId });
    return;
  }
  const { manifest } = batch;
  if (manifest.codeVersion !== ports.settings.codeVersion) {
    await voidForCode(ports, batchId);
    return;
  }
  const shard = shardNamed(manifest, name);
  if (!(await ports.batches.shards(batchId, 'PROPOSED')).has(name)) {
    const answer = await workOutShard(ports, manifest, shard);
    await ports.batches.putShard(batchId, 'PROPOSED', name, answer);
  }
  await concludeProposing(ports, batchId);
}

/** Another version of the code would work out something else: the batch is to be started again. */
async function voidForCode({ batches, clock }: BatchPorts, batchId: string): Promise<void> {
  const reason =
    '测算期间程序版本已更新，请重新发起 / the code changed while it was worked out: start it again';
  const stamp = { at: clock.now(), by: 'system' };
  await batches.act(
    batchId,
    (now) => (now.state === 'proposing' ? voidBatch(now, reason) : undefined),
    stamp,
  );
}

async function workOutShard(ports: BatchPorts, manifest: BatchManifest, shard: Shard) {
  const { batchId, jurisdiction, programme } = manifest;
  const book = await ports.policies.book(manifest.policyHash);
  const others = { notChanged: 0, notDetermined: 0 };
  const refusals: BatchRefusal[] = [];
  for (const bucket of bucketsOf(shard)) {
    const reads: EnrolmentRead[] = [];
    for await (const read of ports.register.enrolmentsOfBucket(jurisdiction, programme, bucket))
      reads.push(read);
    const proposed = await workOutBucket(ports, manifest, book, reads, { others, refusals });
    await mapBounded(proposed, PUTS_AT_ONCE, (one) => ports.batches.putProposal(batchId, bucket, one));
  }
  const proposals = await readProposals(ports, batchId, shard);
  return summariseShard(sha256Hex, shard.shard, proposals, { ...others, refusals });
}

async function workOutBucket(
  ports: BatchPorts,
  manifest: BatchManifest,
  book: PolicyBook,
  reads: readonly EnrolmentRead[],
  tally: {
    readonly others: { notChanged: number; notDetermined: number };
    readonly refusals: BatchRefusal[];
  },
): Promise<BatchProposal[]> {
  const programme = programmeById(manifest.programme);
  invariant(programme.ok, `a batch of an unknown programme: ${manifest.programme}`);
  const households = await ports.households.of(reads.map(({ document }) => document));
  const proposals: BatchProposal[] = [];
  for (const { document, determinations } of reads) {
    const lastMonth = openStop(knownBy(document.facts, manifest.cutOff));
    const found = proposeInBatch(programme.value, manifest, book, {
      enrolment: document.id,
      determinations: determinationsKnownBy(determinations, manifest.cutOff),
      knowledge: households.get(document.id),
      ...(lastMonth !== undefined && { lastMonth }),
    });
    if (found.outcome === 'proposed') proposals.push(found.proposal);
    else if (found.outcome === 'refused')
      tally.refusals.push({ enrolment: document.id, refusal: found.refusal });
    else if (found.outcome === 'not-changed') tally.others.notChanged += 1;
    else tally.others.notDetermined += 1;
  }
  return proposals;
}

/** Proposals of a shard in key order, by strong reads: what the hash and the approval speak of. */
async function readProposals(
  { batches }: Pick<BatchPorts, 'batches'>,
  batchId: string,
  shard: Shard,
): Promise<BatchProposal[]> {
  const buckets = await mapBounded(bucketsOf(shard), PUTS_AT_ONCE, (bucket: Bucket) =>
    batches.proposals(batchId, bucket),
  );
  return buckets.flat();
}

/**
 * Applies one shard of an approved batch: each proposal becomes the determination with the number that the batch saw as next, unless
 * that number has gone to another decision, which stays. What is answered comes from a strong re-read.
 */
export async function applyShard(ports: BatchPorts, batchId: string, name: string, log: Log): Promise<void> {
  const batch = await ports.batches.load(batchId);
  invariant(batch, `a message about a batch without acts: ${batchId}`);
  if (batch.state !== 'applying') {
    log.info('this batch is not to be applied now', { batch: batchId });
    return;
  }
  const { manifest } = batch;
  const shard = shardNamed(manifest, name);
  if (!(await ports.batches.shards(batchId, 'APPLIED')).has(name)) {
    const proposals = await readProposals(ports, batchId, shard);
    const outcomes = await mapBounded(proposals, PUTS_AT_ONCE, async (proposal) => {
      const content = determinationOf(batch, proposal);
      invariant(content, 'a batch that is applied was approved');
      const address = { ...manifest, id: proposal.enrolment };
      const before = (await ports.register.enrolmentRead(address))?.determinations.at(-1);
      // Without the one before it, it would leave a gap: that cannot be unless the register lost one.
      invariant(
        (before?.number ?? 0) >= proposal.number - 1,
        `a determination of ${proposal.enrolment} vanished`,
      );
      const recordedAt = laterOf(ports.clock.now(), before?.recordedAt);
      return ports.register.recordDetermination(address, { ...content, recordedAt });
    });
    const leftOut = proposals.flatMap(({ enrolment }, index) =>
      outcomes[index] === 'divergent' ? [enrolment] : [],
    );
    const answer: ShardApplied = { applied: proposals.length - leftOut.length, leftOut };
    await ports.batches.putShard(batchId, 'APPLIED', name, answer);
  }
  await concludeApplying(ports, batchId);
}

function shardNamed({ batchId, shards }: BatchManifest, name: string): Shard {
  const shard = shards.find((candidate) => candidate.shard === name);
  invariant(shard, `batch ${batchId} has no shard ${name}`);
  return shard;
}
