import { reserve, restate } from '../../domain/budget/budget.ts';
import { usedBefore } from '../../domain/go-live/opening.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import type { RunStores } from '../run/ports.ts';

type BudgetPorts = Pick<RunStores, 'budgets'>;

/**
 * Takes what was used before go-live from the budgets of its years: with the last signature, so that an opening is not signed whose
 * budget was never set. Refusal `limit/budget`. Kept under a name of its own: no run that closes restates it.
 */
export async function reserveUsedBudget(ports: BudgetPorts, run: Run): Promise<Result<true>> {
  for (const { fiscalYear, fen } of run.manifest.opening?.usedBudget ?? []) {
    const reserved = await ports.budgets.change(keyOf(run, fiscalYear), (budget) =>
      reserve(budget, usedBefore(run.runId), fen),
    );
    if (!reserved.ok) return reserved;
  }
  return ok(true);
}

/** Once everything is posted it is spent; absolute, so that saying it again changes nothing. */
export async function spendUsedBudget(ports: BudgetPorts, run: Run): Promise<void> {
  for (const { fiscalYear, fen } of run.manifest.opening?.usedBudget ?? [])
    await ports.budgets.change(keyOf(run, fiscalYear), (budget) =>
      ok(restate(budget, usedBefore(run.runId), fen, fen)),
    );
}

const keyOf = ({ manifest: { jurisdiction, programme } }: Run, fiscalYear: string) => ({
  jurisdiction,
  programme,
  fiscalYear,
});
