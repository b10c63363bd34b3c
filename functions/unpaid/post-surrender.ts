import { type PaymentId, parsePaymentId } from '../../domain/ids.ts';
import { type Attempt, foldAttempts, lastWord } from '../../domain/ledger/attempts.ts';
import { type Entry, makeEntry } from '../../domain/ledger/entry.ts';
import { spentOn } from '../../domain/ledger/spending.ts';
import { type FundedBy, surrendered } from '../../domain/ledger/surrender.ts';
import { sumFen } from '../../domain/money.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { cashLines } from '../../domain/run/accruals.ts';
import type { Run } from '../../domain/run/run.ts';
import type { OriginUse } from '../adapters/closing-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { StoredSurrender } from '../adapters/unclaimed-store.ts';
import type { RunPorts } from '../run/ports.ts';
import { originOf, sendRestatement } from '../run/restate-budget.ts';

/**
 * Writes the entry that a confirmation stands for, stamped with who confirmed and when, so that it is the same entry whoever writes
 * it; asks for the budget to be counted again; and only then marks it as done: the sweeper repeats what is not marked.
 */
export async function postSurrender(
  ports: Pick<RunPorts, 'ledger' | 'runs' | 'queues' | 'unclaimed'>,
  scope: LedgerScope,
  stored: StoredSurrender,
): Promise<Result<StoredSurrender>> {
  const { decision, payment, attempt, surrenderId, runId, paidInOn, voucher, evidence, by, fen } = stored;
  if (decision?.decision !== 'confirmed' || stored.posted) return ok(stored);
  const attempts = await attemptsOf(ports, scope, payment);
  const mine = attempts.find((one) => one.attempt === attempt);
  const last = mine && lastWord(mine);
  invariant(last, `a surrender of ${payment}, which was never sent`);
  const paper = { voucher, evidence, proposedBy: by };
  const spent = spentOn(scope.programme, cashLines(attempts), RUN_RULES[scope.programme]?.debits);
  const content = surrendered(last, fen, paidInOn, paper, await fundingOf(ports, attempts), spent);
  await append(ports, makeEntry(sha256Hex, content, { at: decision.at, by: decision.by, previous: last }));
  await sendRestatement(ports, runId, originOf(payment));
  await ports.unclaimed.markPosted({ ...scope, payment, attempt }, surrenderId);
  return ok({ ...stored, posted: true });
}

async function append({ ledger }: Pick<RunPorts, 'ledger'>, entry: Entry): Promise<void> {
  const outcome = await ledger.append(entry);
  invariant(
    typeof outcome === 'string',
    `divergence: ${entry.payment} is taken back or surrendered by another`,
  );
}

/** Confirmations of a programme whose entry or budget is not written yet, because their writer died. @returns how many */
export async function sweepSurrenders(
  ports: Pick<RunPorts, 'ledger' | 'runs' | 'queues' | 'unclaimed'>,
  scope: LedgerScope,
): Promise<number> {
  let mended = 0;
  for (const { surrenders: stated } of await ports.unclaimed.records(scope)) {
    for (const one of stated) {
      if (one.decision?.decision !== 'confirmed' || one.posted) continue;
      await postSurrender(ports, scope, one);
      mended += 1;
    }
  }
  return mended;
}

/**
 * Confirmed surrenders of a run that its tallies have not counted: their writer died before the entry, or wrote it after the tallies were
 * taken. Both are stamped before the seal, and would be in none.
 *
 * @param used per period and round, what all tallies together found
 */
export async function surrendersUncounted(
  ports: Pick<RunPorts, 'unclaimed'>,
  { runId, manifest }: Run,
  used: ReadonlyMap<string, OriginUse>,
): Promise<number> {
  const confirmed = (await ports.unclaimed.records(manifest)).flatMap(({ surrenders }) =>
    surrenders.filter(({ decision }) => decision?.decision === 'confirmed'),
  );
  const byOrigin = Map.groupBy(confirmed, ({ payment }) => originOf(payment));
  const missing = [...byOrigin].filter(
    ([origin, all]) => sumFen(all.map(({ fen }) => fen)) !== (used.get(origin)?.surrendered ?? 0),
  );
  return missing.flatMap(([, all]) => all.filter((one) => one.runId === runId)).length;
}

/** All attempts of one payment, read strongly. */
export async function attemptsOf(
  ports: Pick<RunPorts, 'ledger'>,
  scope: LedgerScope,
  payment: PaymentId,
): Promise<Attempt[]> {
  const { enrolment, period } = parsePaymentId(payment);
  const entries = await ports.ledger.ofEnrolment(scope, period, enrolment);
  return foldAttempts(entries.filter((entry) => entry.payment === payment));
}

/** Whose money it was: of the run that first sent it, or of before go-live. */
export async function fundingOf(
  ports: Pick<RunPorts, 'runs'>,
  attempts: readonly Attempt[],
): Promise<FundedBy> {
  const first = attempts.find(({ attempt }) => attempt === 1)?.release;
  if (!first || first.kind === 'opening') return 'opening';
  const run = await ports.runs.load(first.run);
  invariant(run, `an entry of an unknown run: ${first.run}`);
  return { fiscalYear: run.manifest.fiscalYear };
}
