import { type Entry, makeEntry } from '../../domain/ledger/entry.ts';
import { reversed } from '../../domain/ledger/reversal.ts';
import { invariant } from '../../domain/result.ts';
import type { Draft } from '../../domain/run/draft.ts';
import type { Run } from '../../domain/run/run.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import { settleSetOffs } from '../recovery/set-offs.ts';
import { claimAttempt } from './claim-attempt.ts';
import type { RunPorts } from './ports.ts';

type Ports = Pick<RunPorts, 'ledger' | 'runs' | 'clock'> & { readonly recoveries: RecoveryStore };
type Stamp = { readonly at: string; readonly by: string };

/**
 * 冲销: writes what a reissue says is no longer owed, right before the rest is sent. A second pass finds what the first one wrote.
 *
 * @param last the entry by which the attempt before failed or came back
 * @returns the entry as it stands, undefined when everything is still owed
 */
export async function takeBack(
  ports: Ports,
  run: Run,
  draft: Draft,
  last: Entry | undefined,
  stamp: Stamp,
): Promise<Entry | undefined> {
  if (!draft.cancelled) return undefined;
  invariant(last, `${draft.payment}: nothing stands before attempt ${draft.attempt}`);
  const entry = makeEntry(
    sha256Hex,
    reversed(last, draft.cancelled, run.runId, run.manifest.paysBy?.debits),
    {
      ...stamp,
      previous: last,
    },
  );
  const restores = draft.cancelled.some(({ kind }) => kind === 'set-off');
  const address = {
    jurisdiction: entry.jurisdiction,
    programme: entry.programme,
    enrolment: entry.enrolment,
  };
  // The mark before the entry, so that the sweeper finds the order when the writer dies behind it.
  if (restores) await ports.recoveries.mark({ ...address, at: stamp.at });
  const outcome = await ports.ledger.append(entry);
  invariant(typeof outcome === 'string', `divergence: ${entry.payment} is taken back with other content`);
  if (restores) await settleSetOffs(ports, address);
  const [slots = []] = await ports.ledger.slots([entry], ['reversal']);
  return slots[0];
}

/**
 * Payments of which nothing is owed any more: they are in no file, so they are claimed here and not while the run was verified. One
 * that people are paying by hand, or surrendering, stays as it is; the next supplementary run looks at it again.
 */
export async function takeBackWhole(
  ports: Ports & Pick<RunPorts, 'outside' | 'unclaimed'>,
  run: Run,
  draft: Draft,
  stamp: Stamp,
): Promise<void> {
  if (!draft.cancelled || draft.fen > 0 || run.holds.has(draft.payment)) return;
  const { jurisdiction, programme } = run.manifest;
  const key = { jurisdiction, programme, payment: draft.payment, attempt: draft.attempt };
  const { runId, sequence } = run;
  if (await claimAttempt(ports, key, { by: 'run', runId, sequence })) return;
  const [before = [], next = []] = await ports.ledger.slots([{ ...key, attempt: draft.attempt - 1 }, key]);
  if (next.length === 0) await takeBack(ports, run, draft, before.at(-1), stamp);
}
