import { parsePaymentId } from '../../domain/ids.ts';
import { type Entry, makeEntry } from '../../domain/ledger/entry.ts';
import { recoveryEntry } from '../../domain/ledger/recovery-entry.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { type Posted, postedBy } from '../../domain/recovery/posted-by.ts';
import { foldRecoveries, type RecoveryAct, type RecoveryPart } from '../../domain/recovery/recovery.ts';
import { invariant } from '../../domain/result.ts';
import { postsImprest } from '../../domain/run/manifest.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { RecoveryAddress } from '../adapters/recovery-store.ts';
import { secondsBefore } from '../instants.ts';
import type { RunPorts } from '../run/ports.ts';
import { originOf, sendRestatement } from '../run/restate-budget.ts';
import type { RecoveryPorts } from './recovery-ports.ts';
import { settleSetOffs } from './set-offs.ts';

type Ports = Pick<RecoveryPorts, 'ledger' | 'runs' | 'queues' | 'recoveries' | 'clock'>;
/** So long after an act the budget is asked to count again: its writer may have died right after the entry. */
const RECENT_SECONDS = 48 * 3_600;
const ORPHANED_SECONDS = 3_600;

/** Acts that left a mark. */
const MARKED: ReadonlySet<RecoveryAct['kind']> = new Set([
  'ordered',
  'received',
  'relief-decided',
  'set-off',
]);

/**
 * Writes the entries that the acts on an enrolment's orders stand for, stamped with who acted and when, so that they are the same whoever
 * writes them; asks for the budget to be counted where money came in; and only then takes the marks away.
 */
export async function finishRecoveries(
  ports: Ports,
  address: RecoveryAddress,
): Promise<'settled' | 'pending'> {
  // What a run claims after this is not looked at here, and keeps its mark.
  const last = (await ports.recoveries.acts(address)).findLast(({ kind }) => MARKED.has(kind));
  const setOffs = await settleSetOffs(ports, address);
  const acts = await ports.recoveries.acts(address);
  const { orders } = foldRecoveries(acts);
  const moving = acts.flatMap((act) => postedBy(act, orders[act.order - 1]));
  const attempts = new Map(moving.map(({ part }) => [`${part.payment}#${part.attempt}`, part]));
  const keys = [...attempts.values()].map(({ payment, attempt }) => ({ ...address, payment, attempt }));
  const slots = await ports.ledger.slots(keys);
  const entriesOf = new Map([...attempts.keys()].map((name, at) => [name, slots[at] ?? []]));
  const origins = new Map<string, RecoveryPart>();
  const recent = secondsBefore(ports.clock.now(), RECENT_SECONDS);
  for (const posted of moving) {
    const { part, fact, at } = posted;
    const written = await post(ports, posted, entriesOf.get(`${part.payment}#${part.attempt}`) ?? []);
    const counts = fact.kind === 'recovered' && (written === 'created' || at >= recent);
    // What an imprest fund paid out is no budget's: that of its advance gave the money when it was replenished.
    if (counts && !isImprest(part)) origins.set(originOf(part.payment), part);
  }
  for (const [origin, { runId }] of origins) await sendRestatement(ports, runId, origin);
  if (last && setOffs === 'settled') await ports.recoveries.settle({ ...address, at: last.at });
  return setOffs;
}

async function post(ports: Ports, posted: Posted, slots: readonly Entry[]): Promise<'created' | 'same'> {
  const { part, fact, fen: amount, on, note, at, by } = posted;
  const opened = slots.find((entry) => entry.attempt === part.attempt && !FOLLOWING.has(entry.kind));
  invariant(opened, `a recovery of ${part.payment}, which was never paid`);
  const previous = slots.find(({ kind }) => kind === 'settled') ?? opened;
  const { debits } = RUN_RULES[opened.programme] ?? {};
  const content = recoveryEntry(opened, fact, amount, on, note, debits);
  const outcome = await ports.ledger.append(makeEntry(sha256Hex, content, { at, by, previous }));
  invariant(typeof outcome === 'string', `divergence: order ${note.order} about ${part.payment}`);
  return outcome;
}

const isImprest = ({ payment }: RecoveryPart): boolean => postsImprest(parsePaymentId(payment));

const FOLLOWING: ReadonlySet<string> = new Set(['settled', 'failed', 'returned']);

/** Acts whose writer died before their entries. @returns how many enrolments were finished */
export async function sweepRecoveries(ports: Ports & Pick<RunPorts, 'sweeps'>): Promise<number> {
  let mended = 0;
  for (const posting of await ports.recoveries.posting(ports.clock.now())) {
    if (!(await ports.sweeps.stands(`recovery ${posting.jurisdiction}#${posting.enrolment}`, posting.at)))
      continue;
    if ((await finishRecoveries(ports, posting)) === 'pending') continue;
    // A mark without an act after so long: its writer is dead, or another was faster.
    if (posting.at < secondsBefore(ports.clock.now(), ORPHANED_SECONDS))
      await ports.recoveries.settle(posting);
    mended += 1;
  }
  return mended;
}
