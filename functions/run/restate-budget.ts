import { totalOf } from '../../domain/budget/apportion.ts';
import { type Budget, restate } from '../../domain/budget/budget.ts';
import { netSpent, restateCarried } from '../../domain/budget/year-end.ts';
import { parsePaymentId, type RunId } from '../../domain/ids.ts';
import { type Attempt, cashOrderedBack, foldAttempts, givenBackOf } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { type Fen, fen } from '../../domain/money.ts';
import { invariant, ok } from '../../domain/result.ts';
import { runIdOf } from '../../domain/run/manifest.ts';
import { fundsNeeded, type Run } from '../../domain/run/run.ts';
import { RestateBudget } from '../../events/run.ts';
import type { OriginUse } from '../adapters/closing-store.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import { ALL_BUCKETS, ofBuckets } from './buckets.ts';
import type { RunPorts, RunStores } from './ports.ts';

type RestatePorts = Pick<RunStores, 'runs' | 'ledger' | 'budgets' | 'outside' | 'results' | 'followUps'>;

/** The period and round that accrued a payment: whose budget it uses. Example: "2026-12#R". */
export function originOf(payment: string): string {
  const { period, round } = parsePaymentId(payment);
  return `${period}#${round}`;
}

export const UNUSED: OriginUse = { settled: 0, reversed: 0 };
/**
 * What was surrendered to the treasury is owed by this budget no more; a later claim is funded anew. What was ordered back (追缴) is spent
 * until it is paid in, and given up as spent when it is waived; once paid in it frees the line, of a closed year it is the treasury's. If
 * the bank returns it after the order, it is not owed.
 */
export const useOf = (attempt: Attempt): OriginUse => {
  const { state, fen: amount, reversed, surrendered, returned } = attempt;
  // What was set off (抵扣) was never drawn from this budget, and frees nothing of it.
  const recovered = fen(Math.min(amount, givenBackOf(attempt)));
  const taken = state === 'settled' ? recovered : cashOrderedBack(attempt);
  return {
    settled: state === 'settled' ? amount - recovered : 0,
    reversed: ((reversed ?? surrendered)?.fen ?? 0) + taken,
    ...(returned && { returned: returned.fen }),
    ...(surrendered && { surrendered: surrendered.fen }),
    ...(recovered > 0 && { recovered }),
  };
};
export const addUse = (one: OriginUse, other: OriginUse): OriginUse => {
  const returned = (one.returned ?? 0) + (other.returned ?? 0);
  const surrendered = (one.surrendered ?? 0) + (other.surrendered ?? 0);
  const recovered = (one.recovered ?? 0) + (other.recovered ?? 0);
  return {
    settled: one.settled + other.settled,
    reversed: one.reversed + other.reversed,
    ...(returned > 0 && { returned }),
    ...(surrendered > 0 && { surrendered }),
    ...(recovered > 0 && { recovered }),
  };
};
/** What is paid in of an order came back to the bureau and is the treasury's at once. */
const backOf = ({ returned = 0, recovered = 0 }: OriginUse): Fen => fen(returned + recovered);
const givenOf = ({ surrendered = 0, recovered = 0 }: OriginUse): Fen => fen(surrendered + recovered);

/**
 * Restates what the run of a period and round has used: settled is spent, what is no longer owed is free again, and the rest of what
 * was approved stays reserved. In the budget of its fiscal year; once that is closed, in the next one that is open.
 * @param use what became of the origin's payments over all runs, given what the budgets show of it; asked for after the budget was
 *   read, and again when somebody else wrote the budget meanwhile, so that a later count is never overwritten by an earlier one
 */
export async function restateOrigin(
  ports: Pick<RunStores, 'runs' | 'budgets'>,
  scope: LedgerScope,
  origin: string,
  use: (shown: OriginUse) => OriginUse | Promise<OriginUse>,
): Promise<void> {
  const { jurisdiction, programme } = scope;
  const [period = '', round = ''] = origin.split('#');
  const identity = { jurisdiction, programme, period, round };
  const pointer = await ports.runs.livePointer(identity);
  const accruing = await ports.runs.load(pointer?.runId ?? runIdOf(identity, 1));
  if (!accruing) return;
  const { runId } = accruing;
  const approved = fundsNeeded(accruing);
  for (;;) {
    const closed = await closedYears(ports, scope, accruing.manifest.fiscalYear);
    const fiscalYear = String(Number(accruing.manifest.fiscalYear) + closed.length);
    const written = await ports.budgets.change({ jurisdiction, programme, fiscalYear }, async (budget) => {
      // Somebody closes this year: its last figures stand, and the year after takes what is new.
      if (budget.closed) return ok(budget);
      const facts = await use(shownIn([...closed, budget], runId));
      const settled = fen(facts.settled);
      const owedOrPaid = fen(approved - facts.reversed);
      const [returned, surrendered] = [backOf(facts), givenOf(facts)];
      if (closed.length === 0)
        return ok(restate(budget, runId, owedOrPaid, settled, { returned, surrendered }));
      return ok(
        restateCarried(budget, closed, runId, { approved: owedOrPaid, settled, returned, surrendered }),
      );
    });
    if (!written.ok || !written.value.closed) return;
  }
}

/** What the budgets of a run's years show of it. */
const shownIn = (years: readonly Budget[], runId: RunId): OriginUse =>
  years
    .map(({ runs }) => runs[runId])
    .map((use) => ({
      settled: netSpent(use),
      reversed: 0,
      returned: totalOf(use?.returned),
      surrendered: totalOf(use?.surrendered),
    }))
    .reduce(addUse, UNUSED);

/** Whether the budgets show something later than a count: what was settled at all, came back or was surrendered only ever grows. */
export function isOutdated(count: OriginUse, shown: OriginUse): boolean {
  return (
    shown.settled + backOf(shown) > count.settled + backOf(count) ||
    backOf(shown) > backOf(count) ||
    givenOf(shown) > givenOf(count)
  );
}

/** The closed budgets from a fiscal year on, oldest first, up to the first that is open. */
async function closedYears(
  ports: Pick<RunStores, 'budgets'>,
  scope: LedgerScope,
  fiscalYear: string,
): Promise<Budget[]> {
  const { jurisdiction, programme } = scope;
  const closed: Budget[] = [];
  for (;;) {
    const year = String(Number(fiscalYear) + closed.length);
    const { budget } = await ports.budgets.load({ jurisdiction, programme, fiscalYear: year });
    if (!budget.closed) return closed;
    closed.push(budget);
  }
}

/** What was paid outside is spent also when no run of its period closes any more. */
export async function restateForOutside(ports: RestatePorts, message: RestateBudget): Promise<void> {
  const run = await ports.runs.load(message.runId);
  invariant(run, `a message about a run without acts: ${message.runId}`);
  const { origin } = message;
  if (origin !== undefined) return countOrigin(ports, scopeOf(run), origin);
  const { confirmed } = await outsideFacts(ports, run.runId);
  // Before the count: what is not in the ledger yet, because its writer died, is not said to be counted.
  const keys = confirmed.map(({ payment, attempt }) => ({ ...scopeOf(run), payment, attempt }));
  const facts = (await ports.ledger.slots(keys, ['release', 'return'])).flat();
  for (const origin of new Set(confirmed.map(({ payment }) => originOf(payment)))) {
    await restateOrigin(ports, run.manifest, origin, () => usedOf(ports, run.manifest, origin));
  }
  await ports.outside.putCounted(run.runId, facts.length);
}

/** Restates one origin from the ledger, and remembers up to which return it was counted. */
async function countOrigin(
  ports: Pick<RunStores, 'runs' | 'ledger' | 'budgets' | 'followUps'>,
  scope: LedgerScope,
  origin: string,
): Promise<void> {
  const returnedAt = (await ports.followUps.uncountedReturns(scope)).get(origin);
  await restateOrigin(ports, scope, origin, () => usedOf(ports, scope, origin));
  if (returnedAt !== undefined) await ports.followUps.putCounted(scope, origin, returnedAt);
}

/** Asks to count again what came back of runs that are closed; those that are not are counted when they close. */
export async function sweepReturns(
  ports: Pick<RunPorts, 'runs' | 'followUps' | 'sweeps' | 'queues'>,
  scope: LedgerScope,
): Promise<number> {
  let asked = 0;
  for (const [origin, at] of await ports.followUps.uncountedReturns(scope)) {
    const [period = '', round = ''] = origin.split('#');
    const pointer = await ports.runs.livePointer({ ...scope, period, round });
    const run = pointer && (await ports.runs.load(pointer.runId));
    const work = `returns ${scope.jurisdiction} ${scope.programme} ${origin}`;
    if (run?.state !== 'closed' || !(await ports.sweeps.stands(work, at))) continue;
    await sendRestatement(ports, run.runId, origin);
    asked += 1;
  }
  return asked;
}

const scopeOf = ({ manifest: { jurisdiction, programme } }: Run): LedgerScope => ({
  jurisdiction,
  programme,
});

/** Confirmed outside payments of a run, and how many entries they make with those that came back. */
async function outsideFacts(ports: Pick<RunStores, 'outside' | 'results'>, runId: RunId) {
  const confirmed = (await ports.outside.ofRun(runId)).filter(
    ({ decision }) => decision?.decision === 'confirmed',
  );
  if (confirmed.length === 0) return { confirmed, facts: 0 };
  const back = (await ports.results.exceptions(runId)).filter(
    ({ kind, decision }) => kind === 'outside-returned' && decision?.decision === 'returned',
  );
  // Two people may have reported the same one.
  const returned = new Set(back.map(({ payment, attempt }) => `${payment}#${attempt}`));
  return { confirmed, facts: confirmed.length + returned.size };
}

/** True while the budget does not show all that was paid outside in a run. */
export async function needsRestating(
  ports: Pick<RunStores, 'outside' | 'results'>,
  runId: RunId,
): Promise<boolean> {
  const { facts } = await outsideFacts(ports, runId);
  return facts > 0 && facts !== (await ports.outside.counted(runId));
}

/** What became of an origin's payments, read from the ledger now. */
export async function usedOf(
  ports: Pick<RunStores, 'ledger'>,
  scope: LedgerScope,
  origin: string,
): Promise<OriginUse> {
  const [period = ''] = origin.split('#');
  const sums = await ofBuckets(ALL_BUCKETS, async (bucket) => {
    const entries: Entry[] = [];
    for await (const entry of ports.ledger.ofBucket(scope, period, bucket)) {
      if (originOf(entry.payment) === origin) entries.push(entry);
    }
    return foldAttempts(entries).map(useOf);
  });
  return sums.reduce(addUse, UNUSED);
}

/** @param origin when only that of one period and round is to be counted */
export async function sendRestatement(
  ports: Pick<RunPorts, 'queues'>,
  runId: RunId,
  origin?: string,
): Promise<void> {
  const which = origin === undefined ? {} : { origin };
  await ports.queues.send('closing', RestateBudget, {
    type: 'run.restate-budget',
    version: 1,
    runId,
    ...which,
  });
}
