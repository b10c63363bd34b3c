import { monthsOfPeriod } from '../../domain/calendar.ts';
import { type Entry, firstRelease, makeEntry, nextRelease } from '../../domain/ledger/entry.ts';
import { type Fen, sumFen } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import { type Draft, standing } from '../../domain/run/draft.ts';
import { postsImprest, type RunManifest, type Shard } from '../../domain/run/manifest.ts';
import { isPayable, type Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { BankFormat } from '../bank/formats/bank-format.ts';
import { mapBounded } from '../concurrency.ts';
import { fileIdentity, formatOf } from './bank-layout.ts';
import { bucketOfEnrolment } from './buckets.ts';
import type { RunPorts } from './ports.ts';
import { readDrafts } from './read-drafts.ts';
import { takeBack, takeBackWhole } from './take-back.ts';

export type ReleasePorts = RunPorts & { readonly recoveries: RecoveryStore };
export type ShardReleased = { readonly count: number; readonly fen: number };
const PUTS_AT_ONCE = 32;

/** Which file and line a payable draft stands on: its place among all payable drafts of the run, in key order. */
export type Placed = {
  readonly draft: Draft;
  readonly fileNumber: number;
  readonly fileName: string;
  readonly line: number;
};

/** Payable drafts of a shard with their place. The counts that shards verified give every shard its first line. */
export async function placedDrafts(
  ports: Pick<RunPorts, 'drafts'>,
  run: Run,
  shard: Shard,
): Promise<{ placed: Placed[]; drafts: Draft[] }> {
  invariant(run.verified, `run ${run.runId} is not verified`);
  const drafts = await readDrafts(ports, run, shard);
  const payable = drafts.filter((draft) => isPayable(run, draft));
  let before = 0;
  for (const verified of run.verified) {
    if (verified.shard === shard.shard) break;
    before += verified.count;
  }
  const format = await formatOf(run.manifest);
  const placed = payable.map((draft, index) => ({ draft, ...placeOf(run.manifest, format, before + index) }));
  return { placed, drafts };
}

function placeOf(manifest: RunManifest, format: BankFormat, ordinal: number): Omit<Placed, 'draft'> {
  const fileNumber = Math.floor(ordinal / format.maxLines) + 1;
  const fileName = format.instructionFileName(fileIdentity(manifest, fileNumber));
  return { fileNumber, fileName, line: (ordinal % format.maxLines) + 1 };
}

/**
 * Writes the release entries of one shard and the holds it leaves behind. Every entry has its own key, so that a second pass
 * after a crash finds what the first one wrote. The answer comes from a strong re-read of what was written: each bucket is read
 * as soon as its last entry stands, while others are still being written. An entry never changes, so an early look is as good.
 */
export async function releaseShard(ports: ReleasePorts, run: Run, shard: Shard): Promise<ShardReleased> {
  const { manifest } = run;
  if (manifest.opening) return (await import('../go-live/post-opening.ts')).postOpening(ports, run, shard);
  if (postsImprest(manifest)) return (await import('./post-imprest.ts')).postImprest(ports, run, shard);
  const { placed, drafts } = await placedDrafts(ports, run, shard);
  const before = await lastEntries(ports, manifest, placed);
  const at = ports.clock.now();
  const by = run.dispatchedBy ?? 'system';
  const buckets = Map.groupBy(placed, ({ draft }) => bucketOfEnrolment(draft.enrolment));
  const hashes = new Map<Draft, string>();
  const released: Fen[] = [];
  await mapBounded(placed, PUTS_AT_ONCE, async (place, index) => {
    const open = before[index];
    const previous = (await takeBack(ports, run, place.draft, open, { at, by })) ?? open;
    const entry = makeEntry(sha256Hex, contentOf(run, place, open), {
      at,
      by,
      ...(previous && { previous }),
    });
    const outcome = await ports.ledger.append(entry);
    invariant(
      typeof outcome === 'string',
      `divergence: ${entry.payment} attempt ${entry.attempt} is released with other content`,
    );
    hashes.set(place.draft, entry.c);
    const bucket = buckets.get(bucketOfEnrolment(place.draft.enrolment)) ?? [];
    if (bucket.every(({ draft }) => hashes.has(draft)))
      released.push(...(await readBack(ports, manifest, bucket, hashes)));
  });
  for (const draft of drafts) {
    await leaveHold(ports, run, draft);
    await takeBackWhole(ports, run, draft, { at, by });
  }
  const verified = run.verified?.find((candidate) => candidate.shard === shard.shard);
  const sum = sumFen(released);
  invariant(
    released.length === verified?.count && sum === verified.fen,
    `shard ${shard.shard} of ${run.runId} released something else than was verified`,
  );
  return { count: released.length, fen: sum };
}

/** The amounts of entries just written, read strongly; each must be the one that was written. */
async function readBack(
  ports: Pick<RunPorts, 'ledger'>,
  manifest: RunManifest,
  bucket: readonly Placed[],
  hashes: ReadonlyMap<Draft, string>,
): Promise<Fen[]> {
  const keys = bucket.map(({ draft }) => ({ ...manifest, payment: draft.payment, attempt: draft.attempt }));
  const written = await ports.ledger.written(keys, 'release');
  return bucket.map(({ draft }, index) => {
    const entry = written[index];
    invariant(
      entry !== undefined && entry.c === hashes.get(draft),
      `${draft.payment} attempt ${draft.attempt} does not stand in the ledger as it was written`,
    );
    return entry.fen;
  });
}

/** For reissues the last entry of the attempt before, read strongly: nothing is sent again unless it failed or came back. */
async function lastEntries(
  ports: RunPorts,
  manifest: RunManifest,
  placed: readonly Placed[],
): Promise<(Entry | undefined)[]> {
  const again = placed.filter(({ draft }) => draft.kind === 'reissue');
  const slots = await ports.ledger.slots(
    again.map(({ draft }) => ({ ...manifest, payment: draft.payment, attempt: draft.attempt - 1 })),
    ['release', 'outcome', 'return', 'reversal'],
  );
  const last = new Map(again.map(({ draft }, index) => [draft, lastOpen(slots[index] ?? [])]));
  return placed.map(({ draft }) => last.get(draft));
}

/**
 * What a first pass took back is no last word. A surrender is one, after which nothing is sent: the claim keeps the two apart, and
 * whatever it missed stops here.
 */
const lastOpen = (slots: readonly Entry[]): Entry | undefined =>
  slots.filter(({ kind }) => kind !== 'reversed').at(-1);

function contentOf(run: Run, { draft, fileName, line }: Placed, previous: Entry | undefined) {
  const { account } = draft;
  invariant(account, `payable without an account: ${draft.payment}`);
  const instruction = {
    jurisdiction: run.manifest.jurisdiction,
    programme: run.manifest.programme,
    payment: draft.payment,
    enrolment: draft.enrolment,
    attempt: draft.attempt,
    run: run.runId,
    fen: draft.fen,
    file: fileName,
    line,
    street: draft.street,
    paidTo: `${account.payee}.${account.index}`,
  };
  if (draft.kind !== 'reissue')
    return firstRelease({ ...instruction, lines: draft.lines }, run.manifest.paysBy?.debits);
  const before = previous?.kind;
  invariant(
    before === 'failed' || before === 'returned',
    `${draft.payment}: attempt ${draft.attempt - 1} is not open`,
  );
  return nextRelease(instruction, before);
}

/** A payment kept out of a released run stays owed: later runs pay it once the hold is let go. Blocked ones need a change of facts. */
async function leaveHold(ports: RunPorts, run: Run, draft: Draft): Promise<void> {
  if (draft.fen === 0 || draft.kind === 'reissue' || isPayable(run, draft) || standing(draft) === 'blocked')
    return;
  const manual = run.holds.get(draft.payment);
  const findings = draft.findings.filter((finding) => finding.severity === 'hold');
  const reasons = findings.map(({ control, zh, en }) => ({ control, zh, en }));
  if (manual)
    reasons.push({
      control: manual.late?.control ?? 'manual',
      zh: manual.reason,
      en: manual.late?.en ?? manual.reason,
    });
  const months = [...new Set(draft.lines.map((line) => line.month))];
  await ports.followUps.openHold(run.manifest, {
    payment: draft.payment,
    enrolment: draft.enrolment,
    runId: run.runId,
    months: months.length > 0 ? months : monthsOfPeriod(run.manifest.period),
    fen: draft.fen,
    reasons,
    at: ports.clock.now(),
  });
}
