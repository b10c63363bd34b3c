import {
  addMovements,
  LATER_KINDS,
  type LaterCounts,
  type Movement,
  movementOf,
  NOTHING_LATER,
  RunMovementSums,
  type RunMovements,
} from '../../domain/reconciliation/movement.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { entriesOf, fundingsOf } from '../audit/run-entries.ts';
import { mapBounded } from '../concurrency.ts';
import { ALL_BUCKETS, ofBuckets } from '../run/buckets.ts';
import type { RunPorts } from '../run/ports.ts';

const RUNS_AT_ONCE = 2;
type MovementPorts = Pick<
  RunPorts,
  'ledger' | 'followUps' | 'outside' | 'unclaimed' | 'statements' | 'closings'
>;
type Visit = (movement: Movement) => void;

/**
 * What the journals of runs come to on their account, per file, voucher and day. A closed run is not read again: all that can still happen
 * to it is that money comes back, is paid by hand or surrendered, and each of these stands on a list; while the lists are as they were
 * when it was closed, or read last, so is the sum. Others are read from the ledger.
 */
export async function visitMovements(
  ports: MovementPorts,
  runs: readonly Run[],
  visit: Visit,
): Promise<void> {
  // One recording of a voucher may be named by two runs: by one that was voided, and by the one after it.
  const seen = new Set<string>();
  for (const run of runs) {
    for (const funding of await fundingsOf(ports, run)) {
      if (!seen.has(funding.h)) visitOne(visit, movementOf(funding));
      seen.add(funding.h);
    }
  }
  const sent = runs.filter(({ files }) => files.length > 0);
  const marks = await marksOf(ports, sent);
  const found = await mapBounded(sent, RUNS_AT_ONCE, (run) => movementsOf(ports, run, marks.get(run.runId)));
  for (const movement of found.flat()) visit(movement);
}

const visitOne = (visit: Visit, movement: Movement | undefined): void => {
  if (movement) visit(movement);
};

async function movementsOf(
  ports: MovementPorts,
  run: Run,
  mark: LaterCounts | undefined,
): Promise<readonly Movement[]> {
  const kept = mark && (await ports.statements.movements(run.runId, nameOf(mark)));
  if (kept) return kept;
  const closing = mark && (await movementsAtClosing(ports, run));
  if (closing && nameOf(closing.later) === nameOf(mark)) return closing.sums;
  const parts = await ofBuckets(draftedBuckets(run), async (bucket) => {
    const sums = new RunMovementSums();
    for await (const entry of entriesOf(ports, run, bucket)) sums.entry(entry);
    return [sums.result()];
  });
  const { sums, later } = addMovements(parts);
  // A list may be ahead of the ledger for a moment, and the ledger of a list: kept is only what has everything that the lists had.
  const complete = mark && LATER_KINDS.every((kind) => later[kind] >= mark[kind]);
  if (complete) await ports.statements.putMovements(run.runId, nameOf(mark), sums);
  return sums;
}

/**
 * What the closing counted, shard by shard: a large run has more entries than a call to the API can read. Undefined where a shard was
 * tallied before this was kept, or has something in transit.
 */
async function movementsAtClosing(
  { closings }: Pick<MovementPorts, 'closings'>,
  { runId, manifest }: Run,
): Promise<RunMovements | undefined> {
  const request = await closings.request(runId);
  const found = request && (await closings.tallies(runId, request.request));
  const tallies = manifest.shards.flatMap(({ shard }) => found?.get(shard) ?? []);
  // Of two people who asked to close at once, the last may have counted before the bank's last answers, and another's count closed it.
  const parts = tallies.flatMap(({ movements, tally }) =>
    movements && tally.inTransit.count === 0 ? [movements] : [],
  );
  return parts.length === manifest.shards.length ? addMovements(parts) : undefined;
}

const nameOf = (mark: LaterCounts): string => LATER_KINDS.map((kind) => mark[kind]).join('/');

/** Per closed run, how much of what came after its closing stands on a list. */
async function marksOf(ports: MovementPorts, runs: readonly Run[]): Promise<Map<string, LaterCounts>> {
  const closed = runs.filter(({ state }) => state === 'closed');
  const marks = new Map(closed.map(({ runId }) => [runId, { ...NOTHING_LATER }]));
  const count = (runId: string, kind: keyof LaterCounts, more = 1): void => {
    const mark = marks.get(runId);
    if (mark) mark[kind] += more;
  };
  const scopes = new Map(closed.map(({ manifest }) => [manifest.programme, manifest]));
  for (const scope of scopes.values()) {
    const open = await ofBuckets(ALL_BUCKETS, (bucket) => ports.followUps.open(scope, bucket));
    for (const { runId, kind } of open) if (kind === 'returned') count(runId, kind);
    const surrenders = (await ports.unclaimed.records(scope)).flatMap((record) => record.surrenders);
    for (const { runId, posted } of surrenders) if (posted === true) count(runId, 'surrendered');
  }
  await mapBounded(closed, RUNS_AT_ONCE, async ({ runId }) => {
    const byHand = await ports.outside.ofRun(runId);
    count(runId, 'paid-outside', byHand.filter(({ decision }) => decision?.decision === 'confirmed').length);
  });
  return marks;
}
