import type { BankAnswer } from '../../domain/bank/answer.ts';
import { parseEndToEndId } from '../../domain/ids.ts';
import { type Entry, type EntryContent, makeEntry } from '../../domain/ledger/entry.ts';
import { invariant } from '../../domain/result.ts';
import { type BankException, type Reconciled, reconcileLine } from '../../domain/run/reconcile.ts';
import type { Run } from '../../domain/run/run.ts';
import { ReconcileMessage } from '../../events/bank-statement.ts';
import type { ReconcileChunk } from '../../events/run.ts';
import type { ChunkCounts, ResultRecord } from '../adapters/bank-result-store.ts';
import { FileManifestStore } from '../adapters/file-manifest-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { AttemptKey } from '../adapters/ledger-store.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { mapBounded } from '../concurrency.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { type RunStores, runStoresFrom } from '../run/ports.ts';
import { type Environment, filesFrom, processEnvironment, tableFrom } from '../wiring.ts';
import { isUnreadable } from './answers-file.ts';
import { answersOfChunk } from './answers-of-chunk.ts';
import { resolveEarlyReturns } from './apply-decision.ts';
import { exceptionKind } from './late-success.ts';
import { listOpen } from './list-open.ts';
import { reconcileStatement } from './statement-chunk.ts';

export type ReconcilePorts = RunStores & {
  readonly files: ObjectStore;
  readonly manifests: FileManifestStore;
};
/** A chunk is worked through in blocks, so that one block is read while others are being written. */
const LINES_PER_BLOCK = 64;
const BLOCKS_AT_ONCE = 4;
const PUTS_PER_BLOCK = 8;

/**
 * Matches one chunk of a result in canonical form: every line to its attempt by end-to-end id, or by file and line where the bank returns none, then by
 * amount; each outcome is written once, at its slot. A line that does not fit writes nothing but an exception for a person.
 */
export async function reconcileChunk(ports: ReconcilePorts, message: ReconcileChunk): Promise<void> {
  const [run, result, plan] = await Promise.all([
    ports.runs.load(message.runId),
    ports.results.result(message.runId, message.resultId),
    ports.results.plan(message.runId, message.resultId, message.chunk),
  ]);
  invariant(run && result && plan, `a message about an unknown chunk: ${message.resultId}/${message.chunk}`);
  const lines = (await answersOfChunk(ports.files, run, result, plan)).map(
    (answer): Stated =>
      isUnreadable(answer) ? { position: answer.position } : { position: answer.position, line: answer },
  );
  const keys = await attemptKeys(ports, run, result, lines);
  const verdicts = await mapBounded(blocksOf(lines.length), BLOCKS_AT_ONCE, async ([from, to]) => {
    const attempts = await loadAttempts(ports, keys.slice(from, to));
    return mapBounded(lines.slice(from, to), PUTS_PER_BLOCK, (stated, index) =>
      settleLine(ports, run, result, stated, attempts[index]),
    );
  });
  await resolveEarlyReturns(ports, run);
  await ports.results.putChunkDone(run.runId, result.sha256, plan.chunk, count(lines, verdicts.flat()));
}

/** Places in the chunk, the second excluded. */
function blocksOf(lines: number): [number, number][] {
  return Array.from({ length: Math.ceil(lines / LINES_PER_BLOCK) }, (_, block) => [
    block * LINES_PER_BLOCK,
    (block + 1) * LINES_PER_BLOCK,
  ]);
}

type Stated = { readonly position: number; readonly line?: BankAnswer };
type Attempt = { readonly key: AttemptKey; readonly slots: readonly Entry[] };
type Verdict = Reconciled['kind'];

/** The attempts that the lines speak of; undefined where a line names none. */
async function attemptKeys(
  ports: ReconcilePorts,
  run: Run,
  result: ResultRecord,
  lines: readonly Stated[],
): Promise<(AttemptKey | undefined)[]> {
  const unnamed = lines.flatMap(({ line }) => (line?.endToEndId === '' ? (line.sequence ?? []) : []));
  const manifest = await ports.manifests.lines(result.fileName, unnamed);
  const bySequence = new Map(unnamed.map((sequence, index) => [sequence, manifest[index]]));
  return lines.map(({ line }): AttemptKey | undefined => {
    const named =
      line &&
      (line.endToEndId === '' ? bySequence.get(line.sequence ?? 0) : parseEndToEndId(line.endToEndId));
    const { jurisdiction, programme } = run.manifest;
    return named && { jurisdiction, programme, payment: named.payment, attempt: named.attempt };
  });
}

/** The attempts with their slots, read strongly. */
async function loadAttempts(
  ports: ReconcilePorts,
  keys: readonly (AttemptKey | undefined)[],
): Promise<(Attempt | undefined)[]> {
  const wanted = keys.filter((key) => key !== undefined);
  const slots = await ports.ledger.slots(wanted);
  const found = new Map(wanted.map((key, index) => [key, slots[index] ?? []]));
  return keys.map((key) => key && { key, slots: found.get(key) ?? [] });
}

async function settleLine(
  ports: ReconcilePorts,
  run: Run,
  result: ResultRecord,
  stated: Stated,
  attempt: Attempt | undefined,
): Promise<Verdict> {
  const { line, position } = stated;
  const raise = async (kind: BankException['kind'], slots: readonly Entry[] = []): Promise<Verdict> => {
    await ports.results.putException(run.runId, exceptionIdOf(result, position), {
      ...exceptionOf(kind, result, stated, attempt, slots),
      raisedAt: ports.clock.now(),
    });
    return 'exception';
  };
  if (!line) return raise('unreadable');
  if (line.contradictory) return raise('duplicate', attempt?.slots);
  let slots = attempt?.slots ?? [];
  // Twice, because between reading and writing another file may have said something else of the same payment.
  for (let look = 0; look < 2; look += 1) {
    const verdict = reconcileLine(line, result.fileName, slots);
    if (verdict.kind === 'exception')
      return raise(await exceptionKind(ports, verdict.exception, attempt?.key), slots);
    // A line that was raised as an exception once is no longer its own: a person may have decided on it.
    if (
      line.status === 'returned' &&
      verdict.kind === 'record' &&
      (await isRaised(ports, run, result, position))
    )
      return 'exception';
    const entry = verdict.kind === 'record' ? await recordOutcome(ports, verdict.entry, slots) : slots.at(-1);
    if (entry || verdict.kind !== 'record') {
      if (attempt && verdict.kind === 'pending') await noteProgress(ports, run, attempt.key, line);
      await listOpen(ports, entry);
      return verdict.kind;
    }
    slots = (await ports.ledger.slots(attempt ? [attempt.key] : []))[0] ?? [];
  }
  return raise('repeated-differently', slots);
}

/** How far the bank is with what it has not decided: shown to people, and no outcome. */
async function noteProgress(
  ports: ReconcilePorts,
  { runId }: Run,
  { payment, attempt }: AttemptKey,
  { progress }: BankAnswer,
): Promise<void> {
  const at = ports.clock.now();
  await ports.progress.note(runId, { payment, attempt, at, ...(progress && { progress }) });
}

/** @returns the entry as it now stands, or undefined when the slot was taken by something else meanwhile. */
async function recordOutcome(
  ports: ReconcilePorts,
  content: EntryContent,
  slots: readonly Entry[],
): Promise<Entry | undefined> {
  const previous = slots.at(-1);
  const stamp = { at: ports.clock.now(), by: 'bank', ...(previous && { previous }) };
  const entry = makeEntry(sha256Hex, content, stamp);
  return typeof (await ports.ledger.append(entry)) === 'string' ? entry : undefined;
}

async function isRaised(
  ports: ReconcilePorts,
  run: Run,
  result: ResultRecord,
  position: number,
): Promise<boolean> {
  return (await ports.results.exception(run.runId, exceptionIdOf(result, position))) !== undefined;
}

/** The same line of the same bytes is the same exception, however often it is delivered. */
const exceptionIdOf = (result: ResultRecord, position: number): string =>
  `${result.sha256.slice(0, 12)}-${String(position).padStart(6, '0')}`;

function exceptionOf(
  kind: BankException['kind'],
  result: ResultRecord,
  { line, position }: Stated,
  attempt: Attempt | undefined,
  slots: readonly Entry[],
): BankException {
  const release = slots.find((entry) => entry.kind === 'release');
  return {
    kind,
    result: result.sha256,
    file: result.fileName,
    resultLine: position,
    ...(attempt && { payment: attempt.key.payment, attempt: attempt.key.attempt }),
    ...(release && { instructedFen: release.fen }),
    ...(line && {
      ...(line.sequence !== undefined && { sequence: line.sequence }),
      statedFen: line.fen,
      statedStatus: line.status,
      bankSerial: line.bankSerial,
      ...(line.reason !== undefined && { statedReason: line.reason }),
      ...(line.bookedOn !== undefined && { bookedOn: line.bookedOn }),
    }),
  };
}

function count(lines: readonly Stated[], verdicts: readonly Verdict[]): ChunkCounts {
  const known = (status: BankAnswer['status']) =>
    lines.filter(
      ({ line }, index) =>
        line?.status === status && (verdicts[index] === 'record' || verdicts[index] === 'already'),
    ).length;
  return {
    lines: lines.length,
    settled: known('settled'),
    failed: known('failed'),
    returned: known('returned'),
    pending: lines.filter(({ line }, index) => line?.status === 'pending' && verdicts[index] !== 'exception')
      .length,
    exceptions: verdicts.filter((verdict) => verdict === 'exception').length,
  };
}

export function reconcilePortsFrom(env: Environment = processEnvironment()): ReconcilePorts {
  return {
    ...runStoresFrom(env),
    files: filesFrom(env),
    manifests: new FileManifestStore(tableFrom('operations', env)),
  };
}

export function reconcileHandler(ports: () => ReconcilePorts): QueueHandler {
  return queueHandler(ReconcileMessage, (message) =>
    message.type === 'bank.reconcile-statement'
      ? reconcileStatement(ports(), message)
      : reconcileChunk(ports(), message),
  );
}

let ports: ReconcilePorts | undefined;
export const handler = reconcileHandler(() => (ports ??= reconcilePortsFrom()));
