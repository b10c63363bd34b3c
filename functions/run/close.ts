import type { SealedRange } from '../../domain/evidence/checkpoint.ts';
import { merkleRoot } from '../../domain/evidence/merkle.ts';
import type { Bucket } from '../../domain/ids.ts';
import { addTallies, EMPTY_TALLY, foldAttempts, tally } from '../../domain/ledger/attempts.ts';
import { type Entry, verifyEntry } from '../../domain/ledger/entry.ts';
import { journalOf } from '../../domain/ledger/reversal.ts';
import { sumFen } from '../../domain/money.ts';
import { RunMovementSums } from '../../domain/reconciliation/movement.ts';
import { invariant, ok, type Refusal, refusal } from '../../domain/result.ts';
import { bucketsOf, postsImprest, type Shard } from '../../domain/run/manifest.ts';
import { draftedBuckets, type Run } from '../../domain/run/run.ts';
import { ClosingMessage, TallyShard } from '../../events/run.ts';
import type { CloseRequest, OriginUse, Seal, ShardTally } from '../adapters/closing-store.ts';
import { sha256Bytes, sha256Hex } from '../adapters/hashing.ts';
import { unappliedDecisions } from '../bank/apply-decision.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { surrendersUncounted } from '../unpaid/post-surrender.ts';
import { type Environment, processEnvironment } from '../wiring.ts';
import { ofBuckets } from './buckets.ts';
import { type RunPorts, runPortsFrom } from './ports.ts';
import {
  addUse,
  isOutdated,
  originOf,
  restateForOutside,
  restateOrigin,
  UNUSED,
  usedOf,
  useOf,
} from './restate-budget.ts';
import { checkFundings, sealRun } from './seal.ts';
import { openShards, shardOf } from './shards.ts';

/**
 * Tallies one shard for a request to close: its entries as the ledger has them now, counted, summed and hashed. Whoever finds all
 * shards tallied decides: closed and sealed, or not yet, with the reason.
 */
export async function tallyShard(ports: RunPorts, message: TallyShard, log: Log): Promise<void> {
  const run = await ports.runs.load(message.runId);
  const request = await ports.closings.request(message.runId);
  invariant(run && request, `a message about an unknown request to close: ${message.runId}`);
  if (run.state !== 'dispatched' || request.request !== message.request || request.refusal) {
    log.info('this request to close is over', { runId: run.runId, state: run.state });
    return;
  }
  const shard = shardOf(run, message.shard);
  await ports.closings.putTally(run.runId, request.request, shard.shard, await tallyOf(ports, run, shard));
  await concludeClosing(ports, run, request);
}

async function tallyOf(ports: RunPorts, run: Run, shard: Shard): Promise<ShardTally> {
  const all: Entry[] = [];
  for (const bucket of bucketsOf(shard)) all.push(...(await entriesOfPeriods(ports, run, bucket)));
  const entries = all.filter((entry) => journalOf(entry) === run.runId);
  for (const entry of entries) {
    invariant(
      verifyEntry(sha256Hex, entry),
      `an entry of ${entry.payment} is not what its hash says: it was changed in the store`,
    );
  }
  const range: SealedRange = {
    shard: shard.shard,
    count: entries.length,
    fen: sumFen(entries.map((entry) => entry.fen)),
    root: merkleRoot(
      sha256Bytes,
      entries.map((entry) => entry.h),
    ),
  };
  const attempts = foldAttempts(all.filter((entry) => entry.run === run.runId));
  const movements = new RunMovementSums();
  for (const entry of entries) movements.entry(entry);
  return {
    tally: tally(attempts),
    range,
    usedByOrigin: usedByOrigin(all),
    movements: movements.result(),
  };
}

/**
 * Per period and round, all that is settled, came back or was taken back so far: by the run that closes, by those before it and by
 * those after it.
 */
function usedByOrigin(entries: readonly Entry[]): Record<string, OriginUse> {
  const used: Record<string, OriginUse> = {};
  for (const attempt of foldAttempts(entries)) {
    // Out of money that the budget gave when the fund was replenished.
    if (attempt.release.kind === 'imprest-paid') continue;
    const origin = originOf(attempt.payment);
    const use = addUse(used[origin] ?? UNUSED, useOf(attempt));
    if (use.settled > 0 || use.reversed > 0 || use.returned !== undefined) used[origin] = use;
  }
  return used;
}

async function entriesOfPeriods(ports: Pick<RunPorts, 'ledger'>, run: Run, bucket: Bucket): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const period of run.totals?.periods ?? []) {
    for await (const entry of ports.ledger.ofBucket(run.manifest, period, bucket)) entries.push(entry);
  }
  return entries;
}

/** Reads all tallies strongly; with the last one there, the run closes or the request is answered with what stands in the way. */
export async function concludeClosing(ports: RunPorts, run: Run, request: CloseRequest): Promise<void> {
  const tallies = await ports.closings.tallies(run.runId, request.request);
  const all = run.manifest.shards.flatMap(({ shard }) => tallies.get(shard) ?? []);
  if (all.length < run.manifest.shards.length) return;
  // The seal decides: one that was written before its writer died is what the run closes with, whatever came back since.
  const { own } = await ports.closings.chain(run.manifest.jurisdiction, run.runId);
  const seal = own ?? (await decideSeal(ports, run, request, all));
  if (!seal) return;
  const { checkpoint, hash, tally: sealed } = seal;
  await ports.runs.act(
    run.runId,
    (now) =>
      now.state === 'dispatched'
        ? ok({ kind: 'closed', tally: sealed, seal: { sequence: checkpoint.sequence, hash } })
        : undefined,
    { at: ports.clock.now(), by: request.by },
  );
}

/** Seals the run, or answers the request with what stands in the way. */
async function decideSeal(
  ports: RunPorts,
  run: Run,
  request: CloseRequest,
  all: readonly ShardTally[],
): Promise<Seal | undefined> {
  // Before the last look: what was stamped until now and is in no tally is found in transit or on the open list.
  const at = ports.clock.now();
  const total = all.map((shard) => shard.tally).reduce(addTallies, EMPTY_TALLY);
  const used = usedByAll(all);
  const obstacle = (await findObstacle(ports, run, total)) ?? (await surrendersPending(ports, run, used));
  if (obstacle) {
    // Someone may have asked again meanwhile: that request has tallies of its own.
    const current = await ports.closings.request(run.runId);
    if (current?.request === request.request) {
      await ports.closings.putRequest(run.runId, { ...request, refusal: obstacle });
    }
    return undefined;
  }
  await checkFundings(ports, run);
  await restateBudgets(ports, run, used);
  return sealRun(ports, run, { ranges: all.map((shard) => shard.range), tally: total, at });
}

function usedByAll(all: readonly ShardTally[]): ReadonlyMap<string, OriginUse> {
  const used = new Map<string, OriginUse>();
  for (const shard of all) {
    for (const [origin, use] of Object.entries(shard.usedByOrigin))
      used.set(origin, addUse(used.get(origin) ?? UNUSED, use));
  }
  return used;
}

/** Surrenders that were confirmed and not counted: they would be in no seal. */
async function surrendersPending(
  ports: RunPorts,
  run: Run,
  used: ReadonlyMap<string, OriginUse>,
): Promise<Refusal | undefined> {
  const uncounted = await surrendersUncounted(ports, run, used);
  if (uncounted === 0) return undefined;
  return refusal(
    'conflict/decisions-pending',
    `有 ${uncounted} 笔上缴财政的确认尚未入账：请稍候一两分钟再次关账`,
    `${uncounted} confirmed surrenders to the treasury are not counted yet: ask to close again in a minute or two`,
    { surrenders: uncounted },
  );
}

type Totals = ShardTally['tally'];

/** A run closes when the ledger holds exactly what was sent, every line is answered, and each open fen stands on a list. */
async function findObstacle(ports: RunPorts, run: Run, total: Totals): Promise<Refusal | undefined> {
  const sent = run.totals?.opening?.payments ??
    postedOf(run) ?? {
      count: run.files.reduce((sum, file) => sum + file.count, 0),
      fen: sumFen(run.files.map((file) => file.fen)),
    };
  if (total.released.count !== sent.count || total.released.fen !== sent.fen) {
    return refusal(
      'conflict/ledger-differs',
      '账上发出数与报盘文件不一致，不能关账：请联系管理员核查',
      'the ledger and the instruction files differ: ask the administrator',
      {
        released: total.released.count,
        sent: sent.count,
      },
    );
  }
  const open = await exceptionsOpen(ports, run);
  if (open) return open;
  if (total.inTransit.count > 0) {
    return refusal(
      'conflict/in-transit',
      `还有 ${total.inTransit.count} 笔在途，银行尚未回盘`,
      `${total.inTransit.count} payments are in transit: the bank has not answered`,
      {
        inTransit: total.inTransit.count,
      },
    );
  }
  return listsDiffer(ports, run, total);
}

/** Exceptions that wait for a decision, or whose decision is not in the ledger yet: it would be in no seal. */
export async function exceptionsOpen(ports: RunPorts, run: Run): Promise<Refusal | undefined> {
  const exceptions = await ports.results.exceptions(run.runId);
  const waiting = exceptions.filter((exception) => !exception.decision).length;
  if (waiting > 0) {
    return refusal(
      'conflict/exceptions-open',
      `还有 ${waiting} 条差异未处理`,
      `${waiting} exceptions wait for a decision`,
      { exceptions: waiting },
    );
  }
  const unapplied = await unappliedDecisions(ports, run, exceptions);
  if (unapplied === 0) return undefined;
  return refusal(
    'conflict/decisions-pending',
    `有 ${unapplied} 条差异的处理决定尚未入账：请稍候一两分钟再次关账`,
    `${unapplied} decisions on exceptions are not in the ledger yet: ask to close again in a minute or two`,
    { decisions: unapplied },
  );
}

/** What people put on lists and what the ledger counts must be the same payments: those paid by hand, and those still owed. */
async function listsDiffer(ports: RunPorts, run: Run, total: Totals): Promise<Refusal | undefined> {
  const outside = await ports.outside.ofRun(run.runId);
  const byHand = outside.filter(({ decision }) => decision?.decision === 'confirmed').length;
  const counted = total.paidOutside?.count ?? 0;
  if (byHand !== counted) {
    return refusal(
      'conflict/outside-payments-differ',
      '刚有系统外发放被确认，尚未计入：请再次关账',
      'a payment by hand was confirmed just now and is not counted yet: ask to close again',
      { confirmed: byHand, counted },
    );
  }
  const listed = await openOfRun(ports, run);
  const owed = {
    count: total.failed.count + total.returned.count,
    fen: total.failed.fen + total.returned.fen,
  };
  if (listed.count !== owed.count || listed.fen !== owed.fen) {
    return refusal(
      'conflict/open-list-differs',
      '失败和退回清单与账面不一致，不能关账：请联系管理员核查',
      'the list of failed and returned payments differs from the ledger: ask the administrator',
      {
        listed: listed.count,
        owed: owed.count,
      },
    );
  }
  return undefined;
}

/** Of a run without files: what was verified is what it posted. */
function postedOf({ manifest, verified = [] }: Run): { count: number; fen: number } | undefined {
  if (!postsImprest(manifest)) return undefined;
  return {
    count: verified.reduce((sum, { count }) => sum + count, 0),
    fen: sumFen(verified.map((shard) => shard.fen)),
  };
}

async function openOfRun(ports: RunPorts, run: Run): Promise<{ count: number; fen: number }> {
  const open = await ofBuckets(draftedBuckets(run), (bucket) => ports.followUps.open(run.manifest, bucket));
  const mine = open.filter((attempt) => attempt.runId === run.runId);
  return { count: mine.length, fen: sumFen(mine.map((attempt) => attempt.fen)) };
}

/**
 * Settled money is spent, what is no longer owed is free again, the rest of what was approved stays reserved: for this run and for
 * those of the periods whose payments it carries. Whichever closes last counts everything, so that the order does not matter.
 */
async function restateBudgets(
  ports: RunPorts,
  run: Run,
  used: ReadonlyMap<string, OriginUse>,
): Promise<void> {
  for (const [origin, use] of used) {
    // Somebody counted after the tallies: a payment by hand, another run, money that came back, a surrender.
    await restateOrigin(ports, run.manifest, origin, (shown) =>
      isOutdated(use, shown) ? usedOf(ports, run.manifest, origin) : use,
    );
  }
}

/**
 * Asks for tallies in the name of a request to close. A request that still waits for some goes on, with who made it; one that was
 * refused, or whose tallies are all there and being decided on, is followed by another, so that asking again looks again.
 */
export async function askForTallies(
  ports: Pick<RunPorts, 'closings' | 'queues' | 'clock'>,
  run: Run,
  by: string,
): Promise<void> {
  const before = await ports.closings.request(run.runId);
  if (before && !before.refusal) {
    const open = openShards(run, await ports.closings.tallies(run.runId, before.request));
    if (open.length > 0) return sendTallies(ports, run, before.request, open);
  }
  const at = ports.clock.now();
  const request = at.replaceAll(/[-:.]/g, '');
  await ports.closings.putRequest(run.runId, { request, by, at });
  await sendTallies(ports, run, request);
}

export async function sendTallies(
  ports: Pick<RunPorts, 'queues'>,
  run: Run,
  request: string,
  only?: readonly string[],
): Promise<void> {
  const messages = run.manifest.shards
    .filter(({ shard }) => !only || only.includes(shard))
    .map(
      ({ shard }): TallyShard => ({ type: 'run.tally-shard', version: 1, runId: run.runId, request, shard }),
    );
  await ports.queues.sendAll('closing', TallyShard, messages);
}

export function closeHandler(ports: () => RunPorts): QueueHandler {
  return queueHandler(ClosingMessage, (message, { log }) =>
    message.type === 'run.tally-shard'
      ? tallyShard(ports(), message, log)
      : restateForOutside(ports(), message),
  );
}

export function closePortsFrom(env: Environment = processEnvironment()): RunPorts {
  return runPortsFrom(env);
}

let ports: RunPorts | undefined;
// Pure: who imports another part of this module does not bundle its handler.
export const handler = /* @__PURE__ */ closeHandler(() => (ports ??= closePortsFrom()));
