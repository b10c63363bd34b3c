import { type Movement, MovementSums, movementOf } from '../../domain/reconciliation/movement.ts';
import type { Run } from '../../domain/run/run.ts';
import { entriesOf, fundingsOf } from '../audit/run-entries.ts';
import { mapBounded } from '../concurrency.ts';
import { ofAllBuckets } from '../run/buckets.ts';
import type { RunPorts } from '../run/ports.ts';

const RUNS_AT_ONCE = 2;
type MovementPorts = Pick<RunPorts, 'ledger' | 'followUps' | 'outside' | 'unclaimed' | 'statements'>;
type Visit = (movement: Movement) => void;

/**
 * What the journals of runs come to on their account, per file, voucher and day. A closed run is read once: all that can still happen
 * to it is that money comes back, is paid by hand or surrendered, and each of these stands on a list; while the lists are as they were
 * then, so is the sum. Others are read from the ledger.
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
  mark: Later | undefined,
): Promise<readonly Movement[]> {
  const kept = mark && (await ports.statements.movements(run.runId, nameOf(mark)));
  if (kept) return kept;
  const sums = new MovementSums();
  const found = { ...NOTHING };
  await ofAllBuckets(async (bucket) => {
    for await (const entry of entriesOf(ports, run, bucket)) {
      sums.add(movementOf(entry));
      if (isLater(entry.kind)) found[entry.kind] += 1;
    }
    return [];
  });
  const movements = sums.list();
  // A list may be ahead of the ledger for a moment, and the ledger of a list: kept is only what has everything that the lists had.
  const complete = mark && LATER.every((kind) => found[kind] >= mark[kind]);
  if (complete) await ports.statements.putMovements(run.runId, nameOf(mark), movements);
  return movements;
}

/** Kinds of entries that a closed run may still get, counted on the lists that they stand on. */
const LATER = ['returned', 'paid-outside', 'surrendered'] as const;
type Later = Record<(typeof LATER)[number], number>;
const NOTHING: Later = { returned: 0, 'paid-outside': 0, surrendered: 0 };
const isLater = (kind: string): kind is keyof Later => LATER.some((one) => one === kind);
const nameOf = (mark: Later): string => LATER.map((kind) => mark[kind]).join('/');

/** Per closed run, how much of what came after its closing stands on a list. */
async function marksOf(ports: MovementPorts, runs: readonly Run[]): Promise<Map<string, Later>> {
  const closed = runs.filter(({ state }) => state === 'closed');
  const marks = new Map(closed.map(({ runId }) => [runId, { ...NOTHING }]));
  const count = (runId: string, kind: keyof Later, more = 1): void => {
    const mark = marks.get(runId);
    if (mark) mark[kind] += more;
  };
  const scopes = new Map(closed.map(({ manifest }) => [manifest.programme, manifest]));
  for (const scope of scopes.values()) {
    const open = await ofAllBuckets((bucket) => ports.followUps.open(scope, bucket));
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
