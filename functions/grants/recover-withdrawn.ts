import type { Month } from '../../domain/calendar.ts';
import { rowBasis, type Withdrawal, withdrawnBasis } from '../../domain/grants/withdrawal.ts';
import { latestAttempts } from '../../domain/ledger/attempts.ts';
import { type Fen, fen, sumFen } from '../../domain/money.ts';
import type { Component } from '../../domain/programmes/programme.ts';
import { type RecoveredLine, recoveryIdOf } from '../../domain/recovery/recovery.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { DeterminationMessage } from '../../events/determination.ts';
import type { GrantWithdrawals, WithdrawalMark } from '../adapters/grant-withdrawals.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';
import type { RecoveryStore } from '../adapters/recovery-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import { proposeRecovery } from '../recovery/propose-recovery.ts';
import { beyondGranted, receivedMoney } from '../recovery/received-money.ts';
import { activeRunId } from '../run/active-run.ts';
import type { Clock } from '../wiring.ts';

/** What looking at the books of a withdrawn row needs. */
export type RecoverPorts = {
  readonly withdrawals: GrantWithdrawals;
  readonly recoveries: RecoveryStore;
  readonly ledger: LedgerStore;
  readonly runs: RunStore;
  readonly clock: Clock;
};
const WAITING = undefined;

/**
 * 追缴: of what a row gave and was withdrawn, what had been received; proposed by whoever proposed the withdrawal, for another to decide.
 * Waits while a run may still pay it, or its money is on its way; the sweeper looks again.
 */
export async function recoverWithdrawn(ports: RecoverPorts, found: Withdrawal): Promise<Result<Withdrawal>> {
  const { recorded, proposed, decided } = found;
  if (found.state !== 'recorded' || !recorded || !decided) return ok(found);
  const { jurisdiction, programme } = proposed;
  const address = { jurisdiction, programme, enrolment: recorded.enrolment };
  // A run that began before may still pay it.
  if ((await activeRunId(ports.runs, address)) !== undefined) return ok(found);
  const basis = withdrawnBasis(rowBasis(found));
  const before = (await ports.recoveries.of(address)).orders.find((one) => one.proposed.basis === basis);
  if (before) {
    const recoveryId = recoveryIdOf(address.enrolment, before.order);
    return concluded(ports, found, { fen: before.proposed.fen, recoveryId });
  }
  const lines = await receivedLines(ports, found);
  if (lines === WAITING) return ok(found);
  const amount = sumFen(lines.map((line) => line.fen));
  if (amount === 0) return concluded(ports, found, { fen: amount });
  const { reason, by } = proposed;
  const wish = { basis, fen: amount, lines, reason, dueOn: decided.dueOn };
  const asked = await proposeRecovery(ports, { ...address, ...wish, by });
  // Another proposal stands for the same months: what it leaves is seen once it is decided.
  if (!asked.ok && asked.error.code === 'conflict/recovery-proposed') return ok(found);
  if (!asked.ok) return asked;
  return concluded(ports, found, { fen: amount, recoveryId: asked.value.recoveryId });
}

/** What of the row was received and is granted by nothing else; undefined while money of the enrolment is on its way. */
async function receivedLines(
  ports: RecoverPorts,
  { proposed: { jurisdiction, programme }, recorded }: Withdrawal,
): Promise<RecoveredLine[] | undefined> {
  invariant(recorded, 'the books are looked at after the register');
  const address = { jurisdiction, programme, enrolment: recorded.enrolment };
  const { attempts } = await receivedMoney(ports, address);
  if (latestAttempts(attempts).some(({ state }) => state === 'in-transit')) return WAITING;
  const left = new Map<Month, readonly Component[]>(
    recorded.left.map(({ month, components }) => [month, components]),
  );
  const gave = new Map(
    recorded.gave.flatMap(({ month, components }) =>
      components.map((one) => [`${month}/${one.component}`, one.fen] as const),
    ),
  );
  return beyondGranted(attempts, (month) => left.get(month) ?? []).flatMap((line) => {
    const most = Math.min(line.fen, gave.get(`${line.month}/${line.component}`) ?? 0);
    return most > 0 ? [{ ...line, fen: fen(most) }] : [];
  });
}

const concluded = (
  { withdrawals, clock }: RecoverPorts,
  found: Withdrawal,
  said: { readonly fen: Fen; readonly recoveryId?: string },
): Promise<Result<Withdrawal>> =>
  withdrawals.act(
    found,
    (now) => (now?.state === 'recorded' ? ok({ kind: 'concluded', ...said }) : undefined),
    { now: clock.now, by: 'system' },
  );

type SweptPorts = RecoverPorts & { readonly queues: MessageQueues; readonly sweeps: SweepStore };

/** Withdrawals that are not done: whoever may write the register is asked for the first half, the books are looked at here. */
export async function sweepWithdrawals(ports: SweptPorts): Promise<number> {
  let mended = 0;
  for (const marked of await ports.withdrawals.open()) {
    const found = await ports.withdrawals.load(marked);
    if (found?.state === 'concluded') await ports.withdrawals.settle(marked);
    else if (found?.state === 'recorded') mended += await lookedAt(ports, found, marked);
    else if (await ports.sweeps.stands(`withdrawal ${rowBasis(marked)}`, marked.at)) {
      await askToFinish(ports, marked);
      mended += 1;
    }
  }
  return mended;
}

async function lookedAt(ports: SweptPorts, found: Withdrawal, marked: WithdrawalMark): Promise<number> {
  const after = await recoverWithdrawn(ports, found);
  invariant(after.ok, `a recovery of what was withdrawn is refused: ${after.ok ? '' : after.error.code}`);
  if (after.value.state !== 'concluded') return 0;
  await ports.withdrawals.settle(marked);
  return 1;
}

const askToFinish = ({ queues }: SweptPorts, { importId, row, at }: WithdrawalMark): Promise<void> =>
  queues.send('determinations', DeterminationMessage, {
    type: 'grants.finish-withdrawal',
    version: 1,
    importId,
    row,
    markedAt: at,
  });
