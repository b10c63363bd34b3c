import { type JurisdictionCode, parseEndToEndId, type RunId } from '../../domain/ids.ts';
import { type Entry, type EntryContent, makeEntry } from '../../domain/ledger/entry.ts';
import { serialOf } from '../../domain/reconciliation/bank-items.ts';
import { reconcileItem } from '../../domain/reconciliation/statement-item.ts';
import { invariant } from '../../domain/result.ts';
import { type BankException, BY_STATEMENT } from '../../domain/run/reconcile.ts';
import type { Run } from '../../domain/run/run.ts';
import type { ReconcileStatement } from '../../events/bank-statement.ts';
import type { StatedItem } from '../adapters/bank-statement-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { AttemptKey } from '../adapters/ledger-store.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunStores } from '../run/ports.ts';
import { resolveEarlyReturns } from './apply-decision.ts';
import { exceptionKind } from './late-success.ts';
import { listOpen } from './list-open.ts';

export type StatementChunkPorts = RunStores & { readonly files: ObjectStore };
const ITEMS_AT_ONCE = 8;

/**
 * Matches one chunk of a statement: what names a payment that was sent confirms, settles or returns it, of whichever run, closed ones
 * too; what does not fit is an exception of that run. What names none is kept for the breaks and the tie of the account.
 */
export async function reconcileStatement(
  ports: StatementChunkPorts,
  message: ReconcileStatement,
): Promise<void> {
  const { jurisdiction, statement, chunk } = message;
  const found = await chunkItems(ports, message);
  const keys = found.items.map((item) => attemptOf(jurisdiction, item));
  const wanted = keys.filter((key) => key !== undefined);
  const slots = await ports.ledger.slots(wanted);
  const slotsOf = new Map(wanted.map((key, index) => [key, slots[index] ?? []]));
  const runs = await loadRuns(ports, slots);
  const work: Work = { ports, jurisdiction, account: found.account, sha256: found.sha256, runs };
  await mapBounded(inTurns(found.items), ITEMS_AT_ONCE, async (turn) => {
    for (const [place, index] of turn.entries()) {
      const [item, key] = [found.items[index], keys[index]];
      // What the item before wrote is read again: money that went out and came back may stand on one statement.
      const known = key && (place === 0 ? slotsOf.get(key) : (await ports.ledger.slots([key]))[0]);
      if (item) await takeItem(work, item, key, known ?? []);
    }
  });
  for (const run of runs.values()) await resolveEarlyReturns(ports, run);
  await ports.statements.putChunkDone(jurisdiction, statement, chunk);
}

type Work = {
  readonly ports: StatementChunkPorts;
  readonly jurisdiction: JurisdictionCode;
  readonly account: string;
  readonly sha256: string;
  readonly runs: ReadonlyMap<RunId, Run>;
};

async function chunkItems(
  { statements, files }: StatementChunkPorts,
  { jurisdiction, statement, chunk }: ReconcileStatement,
) {
  const record = await statements.withContent(jurisdiction, statement);
  const plan = await statements.plan(jurisdiction, statement, chunk);
  invariant(record && plan, `a message about an unknown statement: ${statement}/${chunk}`);
  const bytes = await files.range(record.itemsKey, plan.firstByte, plan.lastByte);
  invariant(
    bytes && sha256Hex(bytes) === plan.sha256,
    `chunk ${chunk} of statement ${statement} is not what was planned`,
  );
  const lines = Buffer.from(bytes)
    .toString()
    .split('\n')
    .filter((line) => line !== '');
  const { account, sha256 } = record;
  return { account, sha256, items: lines.map((line) => JSON.parse(line) as StatedItem) };
}

function attemptOf(
  jurisdiction: JurisdictionCode,
  { endToEndId, programme }: StatedItem,
): AttemptKey | undefined {
  const named = endToEndId === undefined ? undefined : parseEndToEndId(endToEndId);
  return named && programme !== undefined ? { jurisdiction, programme, ...named } : undefined;
}

async function loadRuns(
  ports: StatementChunkPorts,
  slots: readonly (readonly Entry[])[],
): Promise<Map<RunId, Run>> {
  const ids = new Set(slots.flat().flatMap((entry) => (entry.kind === 'release' ? [entry.run] : [])));
  const loaded = await mapBounded([...ids], ITEMS_AT_ONCE, (runId) => ports.runs.load(runId));
  return new Map(loaded.flatMap((run) => (run ? [[run.runId, run] as const] : [])));
}

/** Items of one payment are taken one after the other, in the order of the statement. */
function inTurns(items: readonly StatedItem[]): number[][] {
  const turns = Map.groupBy(items.keys(), (index) => items[index]?.endToEndId ?? `#${index}`);
  return [...turns.values()];
}

async function takeItem(
  work: Work,
  item: StatedItem,
  key: AttemptKey | undefined,
  known: readonly Entry[],
): Promise<void> {
  const { ports } = work;
  const release = known.find((entry) => entry.kind === 'release');
  if (!key || !release) return item.counted ? putLoose(work, item) : undefined;
  if (await isReversal(work, item))
    return item.counted ? putLoose(work, { ...item, bookedTwice: true }) : undefined;
  if (item.counted) {
    const { side, fen, bookedOn, endToEndId = '' } = item;
    const booking = { key: item.key, side, fen, bookedOn, file: release.file };
    const claimed = await ports.statements.claimBooking(work, endToEndId, booking);
    if (claimed === 'other') {
      if (side === 'debit') await ports.statements.markDebitedTwice(work, endToEndId);
      await putLoose(work, { ...item, bookedTwice: true });
      return askWhichCameBack(work, item, key);
    }
  }
  let slots = known;
  const manifest = work.runs.get(release.run)?.manifest;
  // Twice, because between reading and writing an answer of the bank may have said something of the same payment.
  for (let look = 0; look < 2; look += 1) {
    const verdict = reconcileItem(item, slots, manifest?.debitBooking);
    if (verdict.kind === 'exception') {
      const kind = await exceptionKind(ports, verdict.exception, key);
      return raise(work, item, exceptionOf(work, kind, item, release));
    }
    const raised =
      item.side === 'credit' && verdict.kind === 'record' && (await isRaised(work, item, release.run));
    // What was raised as an exception once is no longer its own: a person may have decided on it.
    const entry =
      verdict.kind !== 'record' || raised ? slots.at(-1) : await record(ports, verdict.entry, slots);
    if (entry) {
      await listOpen(ports, entry);
      return item.side === 'credit' ? askWhichCameBack(work, item, key) : undefined;
    }
    slots = (await ports.ledger.slots([key]))[0] ?? [];
  }
  await raise(work, item, exceptionOf(work, 'repeated-differently', item, release));
}

/**
 * A credit that gives back the second of two debits, and not the payment: it was credited once, and would be paid again. The first
 * credit is; another one is the payment's own. An advice waits for the statement, which has them all.
 */
async function isReversal(work: Work, { side, endToEndId, counted, key }: StatedItem): Promise<boolean> {
  const { statements } = work.ports;
  if (side === 'debit' || endToEndId === undefined) return false;
  if (!(await statements.debitedTwice(work, endToEndId))) return false;
  return !counted || (await statements.claimReversal(work, endToEndId, key)) === 'mine';
}

/**
 * A payment that counts as returned and was debited twice, with one credit: that may have been the second debit's. Asked for by whichever
 * of the two bookings is read last, so that it is not paid again before a person has decided.
 */
async function askWhichCameBack(work: Work, item: StatedItem, key: AttemptKey): Promise<void> {
  if (!(await work.ports.statements.awaitsReversal(work, item.endToEndId ?? ''))) return;
  const slots = (await work.ports.ledger.slots([key]))[0] ?? [];
  const release = slots.find((entry) => entry.kind === 'release');
  if (!release || !slots.some((entry) => entry.kind === 'returned')) return;
  await raise(work, item, { ...exceptionOf(work, 'duplicate', item, release), statedStatus: 'settled' });
}

/** @returns the entry as it now stands, or undefined when the slot was taken by something else meanwhile. */
async function record(
  ports: StatementChunkPorts,
  content: EntryContent,
  slots: readonly Entry[],
): Promise<Entry | undefined> {
  const previous = slots.at(-1);
  const stamp = { at: ports.clock.now(), by: BY_STATEMENT, ...(previous && { previous }) };
  const entry = makeEntry(sha256Hex, content, stamp);
  return typeof (await ports.ledger.append(entry)) === 'string' ? entry : undefined;
}

/** Without its programme, which is found from the payment. */
async function putLoose({ ports, jurisdiction, account }: Work, stated: StatedItem): Promise<void> {
  const { programme: _programme, ...item } = stated;
  await ports.statements.putLoose({ jurisdiction, account }, item);
}

async function raise(
  { ports, ...work }: Work,
  item: StatedItem,
  exception: BankException & { readonly run: RunId },
): Promise<void> {
  const { run, ...found } = exception;
  await ports.results.putException(run, exceptionIdOf({ ports, ...work }, item), {
    ...found,
    raisedAt: ports.clock.now(),
  });
}

const isRaised = async (work: Work, item: StatedItem, run: RunId): Promise<boolean> =>
  (await work.ports.results.exception(run, exceptionIdOf(work, item))) !== undefined;

/**
 * The same booking of the same payment is the same exception, in whichever statement it stands. Bookings that the bank does not number
 * may look the same on two lists of one day, and be of two payments.
 */
const exceptionIdOf = ({ jurisdiction, account }: Work, { key, endToEndId = '' }: StatedItem): string =>
  `s${sha256Hex(`${jurisdiction}#${account}#${key}#${endToEndId}`).slice(0, 20)}`;

function exceptionOf(
  { runs, sha256 }: Work,
  kind: BankException['kind'],
  item: StatedItem,
  release: Entry,
): BankException & { readonly run: RunId } {
  const gross = runs.get(release.run)?.manifest.debitBooking === 'gross';
  return {
    run: release.run,
    kind,
    result: sha256,
    file: release.file,
    resultLine: item.position,
    payment: release.payment,
    attempt: release.attempt,
    instructedFen: release.fen,
    statedFen: item.fen,
    statedStatus: item.side === 'debit' ? 'settled' : 'returned',
    // As it is written where the success is known first: a return without a reason is for a person, in whatever order it is read.
    ...(item.side === 'credit' && { statedReason: item.reason ?? 'OTHER' }),
    bookedOn: item.bookedOn,
    bankSerial: serialOf(item),
    statementEntry: item.key,
    ...(gross && item.side === 'credit' && { creditedBack: true }),
  };
}
