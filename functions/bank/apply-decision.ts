import { type Entry, makeEntry } from '../../domain/ledger/entry.ts';
import { InvariantError, ok, type Result } from '../../domain/result.ts';
import { BY_STATEMENT, decidedEntry, isNoEntry, resolvedByBank } from '../../domain/run/reconcile.ts';
import type { Run } from '../../domain/run/run.ts';
import type { StoredException } from '../adapters/bank-result-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import { mapBounded } from '../concurrency.ts';
import type { RunStores } from '../run/ports.ts';
import { listOpen } from './list-open.ts';

const READS_AT_ONCE = 16;
type DecisionPorts = Pick<RunStores, 'ledger' | 'results' | 'followUps' | 'bankDeaths' | 'clock'>;

/** Decisions that are not in the ledger yet: whoever made them died before the entry, and the sweeper will write it. */
export async function unappliedDecisions(
  ports: Pick<RunStores, 'ledger'>,
  run: Run,
  exceptions: readonly StoredException[],
): Promise<number> {
  const missing = await mapBounded(exceptions, READS_AT_ONCE, async (found) => {
    if (!found.decision || isNoEntry(found.decision.decision)) return false;
    const content = decidedEntry(found, found.decision.decision, await slotsOf(ports, run, found));
    return content.ok && content.value !== undefined;
  });
  return missing.filter(Boolean).length;
}

/** The slots of the attempt that an exception is about, read strongly; none when it names no attempt. */
export async function slotsOf(
  ports: Pick<RunStores, 'ledger'>,
  run: Run,
  { payment, attempt }: StoredException,
): Promise<readonly Entry[]> {
  if (payment === undefined || attempt === undefined) return [];
  const { jurisdiction, programme } = run.manifest;
  return (await ports.ledger.slots([{ jurisdiction, programme, payment, attempt }]))[0] ?? [];
}

/**
 * Writes the entry that a decision stands for, stamped with who decided and when; the sweeper repeats it after a crash. Refusal
 * `conflict/outcome-recorded`: the bank was faster with another outcome, which stands; whoever decided has to be told.
 */
export async function applyDecision(
  ports: DecisionPorts,
  run: Run,
  found: StoredException,
): Promise<Result<true>> {
  const { decision } = found;
  if (!decision || isNoEntry(decision.decision)) return ok(true);
  // Twice, because between reading and writing the bank may have said something of the same payment.
  for (let look = 0; look < 2; look += 1) {
    const slots = await slotsOf(ports, run, found);
    const content = decidedEntry(found, decision.decision, slots);
    if (!content.ok) return content;
    if (!content.value) {
      // Perhaps by this decision before a crash, and not listed yet; listing again changes nothing.
      await listOpen(ports, slots.at(-1));
      return ok(true);
    }
    const { kind } = content.value;
    const previous = slots.filter((entry) => entry.kind !== kind).at(-1);
    const stamp = { at: decision.at, by: decision.by, ...(previous && { previous }) };
    const entry = makeEntry(sha256Hex, content.value, stamp);
    if (typeof (await ports.ledger.append(entry)) !== 'string') continue;
    await listOpen(ports, entry);
    return ok(true);
  }
  throw new InvariantError(`divergence: the slot of ${found.payment} is taken, and read as empty`);
}

/**
 * Results may be read in another order than things happened: a return before its success, from another file or chunk. Whoever records
 * a success, and whoever finds a return too early, looks here afterwards, so that one of the two sees both. The decision is put
 * first: where a person was faster, their word stands.
 */
export async function resolveEarlyReturns(ports: DecisionPorts, run: Run): Promise<void> {
  for (const found of await ports.results.earlyReturns(run.runId)) {
    if (found.decision) continue;
    const resolved = resolvedByBank(found, await slotsOf(ports, run, found));
    if (!resolved) continue;
    const decision = {
      decision: resolved,
      reason:
        resolved === 'returned'
          ? '银行随后报告了发放成功 / the bank reported the success afterwards'
          : '银行随后报告了发放失败，该笔贷记为失败款项的退还 / the bank reported the failure afterwards: the credit gives back what failed',
      by: found.statementEntry === undefined ? 'bank' : BY_STATEMENT,
      at: ports.clock.now(),
    } as const;
    if ((await ports.results.decide(run.runId, found.exceptionId, decision)) === 'created')
      await applyDecision(ports, run, { ...found, decision });
  }
}
