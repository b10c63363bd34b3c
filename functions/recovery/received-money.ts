import type { Month } from '../../domain/calendar.ts';
import { type Attempt, foldAttempts, latestAttempts } from '../../domain/ledger/attempts.ts';
import type { FundedBy } from '../../domain/ledger/surrender.ts';
import { fen } from '../../domain/money.ts';
import { grantedOf } from '../../domain/programmes/granted.ts';
import type { Component } from '../../domain/programmes/programme.ts';
import { runRules } from '../../domain/programmes/run-rules.ts';
import { RUN_PROPOSALS } from '../../domain/recovery/commands.ts';
import { orderedSince } from '../../domain/recovery/ordered-since.ts';
import type { RecoveredLine, Recoveries } from '../../domain/recovery/recovery.ts';
import { invariant } from '../../domain/result.ts';
import { standingLines } from '../../domain/run/accruals.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RecoveryAddress } from '../adapters/recovery-store.ts';
import { mapBounded } from '../concurrency.ts';
import { ledgerPeriods } from '../go-live/posted-openings.ts';
import { bucketOfEnrolment } from '../run/buckets.ts';
import type { RecoveryPorts } from './recovery-ports.ts';

const READS_AT_ONCE = 8;

/** What an enrolment got, read strongly, and the runs that paid it. */
export type ReceivedMoney = {
  readonly attempts: readonly Attempt[];
  readonly runs: ReadonlyMap<string, Run>;
};

export async function receivedMoney(
  ports: Pick<RecoveryPorts, 'ledger' | 'runs'>,
  address: RecoveryAddress,
): Promise<ReceivedMoney> {
  const periods = await ledgerPeriods(ports, address);
  const entries = await mapBounded(periods, READS_AT_ONCE, (period) =>
    ports.ledger.ofEnrolment(address, period, address.enrolment),
  );
  const attempts = foldAttempts(entries.flat());
  const runs = new Map<string, Run>();
  for (const runId of new Set(attempts.map(({ release }) => release.run))) {
    const run = await ports.runs.load(runId);
    invariant(run, `an entry of an unknown run: ${runId}`);
    runs.set(runId, run);
  }
  return { attempts, runs };
}

/** Whose money a payment was: of the run that first sent it, or of before go-live. */
export function fundingIn({ attempts, runs }: ReceivedMoney, { payment }: Attempt): FundedBy {
  const first = attempts.find((one) => one.payment === payment && one.attempt === 1)?.release;
  const run = first && runs.get(first.run);
  return !run || first.kind === 'opening' ? 'opening' : { fiscalYear: run.manifest.fiscalYear };
}

/**
 * What an enrolment received beyond what it is owed, by month and component, less what was ordered back since that was worked out. In a
 * programme that pays by grants it follows from the grants as they stand; elsewhere it is what the last run found (拟追缴).
 */
export async function overpaidLines(
  ports: Pick<RecoveryPorts, 'register' | 'followUps' | 'runs'>,
  address: RecoveryAddress,
  { attempts }: ReceivedMoney,
  recoveries: Recoveries,
): Promise<RecoveredLine[]> {
  const rules = runRules(address.programme);
  if (rules.ok && rules.value.paidBy === 'grants') return beyondGrants(ports, address, attempts);
  const found: RecoveredLine[] = [];
  for (const proposal of await ports.followUps.recoveries(address, bucketOfEnrolment(address.enrolment))) {
    const { enrolment, month, component, runId } = proposal;
    if (enrolment !== address.enrolment || proposal.fen <= 0) continue;
    const cutOff = (await ports.runs.load(runId))?.manifest.cutOff ?? '';
    const left = proposal.fen - orderedSince(recoveries, cutOff, { month, component });
    if (left > 0) found.push({ month, component, fen: fen(left) });
  }
  return found;
}

async function beyondGrants(
  { register }: Pick<RecoveryPorts, 'register'>,
  { jurisdiction, programme, enrolment }: RecoveryAddress,
  attempts: readonly Attempt[],
): Promise<RecoveredLine[]> {
  const read = await register.enrolmentRead({ jurisdiction, programme, id: enrolment });
  const { facts = [] } = read?.document ?? {};
  const determinations = read?.determinations ?? [];
  return beyondGranted(attempts, (month) => grantedOf({ facts, determinations }, month));
}

/** What was received beyond what grants give, by month and component. */
export function beyondGranted(
  attempts: readonly Attempt[],
  grantedOf: (month: Month) => readonly Component[],
): RecoveredLine[] {
  const payments = Map.groupBy(attempts, ({ payment }) => payment);
  const paid = new Map<string, { month: string; component: string; fen: number; receivedFen: number }>();
  for (const { payment, state } of latestAttempts(attempts)) {
    for (const { month, component, fen: amount } of standingLines(payments.get(payment) ?? [])) {
      const key = `${month}/${component}`;
      const line = paid.get(key) ?? { month, component, fen: 0, receivedFen: 0 };
      line.fen += amount;
      if (state === 'settled') line.receivedFen += amount;
      paid.set(key, line);
    }
  }
  return [...paid.values()].flatMap(({ month, component, fen: amount, receivedFen }) => {
    const granted = grantedOf(month).find((one) => one.component === component);
    const beyond = Math.min(receivedFen, amount - (granted?.fen ?? 0));
    return beyond > 0 ? [{ month, component, fen: fen(beyond) }] : [];
  });
}

/** Whether an order's months have to be among those that were found overpaid. */
export const restsOnRuns = (basis: string): boolean => basis === RUN_PROPOSALS;
