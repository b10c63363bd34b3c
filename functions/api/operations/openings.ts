import type * as z from 'zod/mini';
import type { UsedBudget } from '../../../domain/go-live/opening.ts';
import type { OpeningTotals } from '../../../domain/go-live/opening-totals.ts';
import { type Fen, parseYuan, sumFen, toYuan } from '../../../domain/money.ts';
import { ok, type Result, refusal, refuse } from '../../../domain/result.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { openingContracts } from '../contracts/openings.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { runInReach } from './scope.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type Body = z.input<(typeof openingContracts)['getOpening']['response']>;

export const openings: Pick<StaffOperations, keyof typeof openingContracts> = {
  async startOpening({ actor, body, effectId }, { runs, imports }) {
    const imported = await imports.get(body.importId);
    const { jurisdiction, programme } = imported?.request ?? {};
    if (!imported || jurisdiction !== actor.jurisdiction || programme !== body.programme) {
      return refuse(refusal('missing/import', '没有这个导入任务', 'there is no such import'));
    }
    const usedBudget = usedOf(body.usedBudget);
    if (!usedBudget.ok) return usedBudget;
    const run = await runs.startOpening({
      jurisdiction: actor.jurisdiction,
      programme: body.programme,
      imported,
      usedBudget: usedBudget.value,
      by: actor.id,
      request: effectId,
    });
    if (!run.ok) return run;
    const shown = await view(runs, run.value);
    return shown.ok
      ? ok({ ...shown.value, headers: { location: `/v1/openings/${run.value.runId}` } })
      : shown;
  },

  async getOpening({ actor, params }, { runs }) {
    const runId = runInReach(actor, params.runId);
    if (!runId.ok) return runId;
    const run = await runs.getRun(runId.value);
    return run.ok ? view(runs, run.value) : run;
  },
};

function usedOf(given: readonly { fiscalYear: string; amount: string }[]): Result<readonly UsedBudget[]> {
  const used: UsedBudget[] = [];
  for (const { fiscalYear, amount } of given) {
    const parsed = parseYuan(amount);
    if (!parsed.ok) return parsed;
    if (used.some((other) => other.fiscalYear === fiscalYear)) {
      return refuse(
        refusal(
          'invalid/fiscal-year',
          `${fiscalYear} 年度写了两次：每个年度只填一个合计`,
          `${fiscalYear} is there twice: state one total for each year`,
          { fiscalYear },
        ),
      );
    }
    if (parsed.value > 0) used.push({ fiscalYear, fen: parsed.value });
  }
  return ok(used);
}

async function view(runs: StaffServices['runs'], run: Run): Promise<Result<{ readonly body: Body }>> {
  const { manifest, totals, runId, state, revision } = run;
  const plan = manifest.opening;
  if (!plan) {
    return refuse(refusal('missing/opening', '该批次不是期初入账', 'this run is no opening', { runId }));
  }
  const refusals = totals ? await runs.assessmentRefusals(run) : [];
  return ok({
    body: {
      runId,
      state,
      importId: plan.importId,
      revision,
      rows: plan.rows,
      usedBudget: plan.usedBudget.map(({ fiscalYear, fen }) => ({ fiscalYear, amount: toYuan(fen) })),
      refused: { ...totals?.refused },
      refusals: refusals.map(({ enrolment, refusal: { code, zh, en } }) => ({ enrolment, code, zh, en })),
      ...(totals && { hash: runs.runHashOf(run) }),
      ...(totals?.opening && { totals: totalsView(totals.opening) }),
    },
  });
}

function totalsView({ rows, payments, months }: OpeningTotals): NonNullable<Body['totals']> {
  const all = Object.values(months);
  const sum = (pick: (month: (typeof all)[number]) => Fen) => toYuan(sumFen(all.map(pick)));
  return {
    rows,
    payments: { count: payments.count, accrued: toYuan(payments.fen) },
    paid: sum(({ paidFen }) => paidFen),
    returned: sum(({ returnedFen }) => returnedFen),
    recoverable: sum(({ recoverableFen }) => recoverableFen),
    months: Object.entries(months)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, one]) => ({
        month,
        rows: one.rows,
        paid: toYuan(one.paidFen),
        returned: toYuan(one.returnedFen),
        recoverable: toYuan(one.recoverableFen),
      })),
  };
}
