import type { ByLine } from '../../domain/budget/apportion.ts';
import { available, type Budget, type RunUse, yearClosed } from '../../domain/budget/budget.ts';
import { drawBy, IN_ORDER } from '../../domain/budget/funding-rule.ts';
import { type Counted, countedOf, type Recipients, recipientsOf } from '../../domain/budget/recipients.ts';
import { addMonths, type Month } from '../../domain/calendar.ts';
import type { JurisdictionCode } from '../../domain/ids.ts';
import { type Fen, fen } from '../../domain/money.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { type Result, refuse } from '../../domain/result.ts';
import { draftedBuckets, fundsNeeded, isPayable, type Run, type RunState } from '../../domain/run/run.ts';
import { mapBounded } from '../concurrency.ts';
import { ofBuckets } from '../run/buckets.ts';
import type { RunStores } from '../run/ports.ts';
import type { FundingRequest } from '../run/service.ts';

type FundingPorts = Pick<RunStores, 'budgets' | 'runs' | 'drafts'>;

/**
 * 拨款申请: what the run drew of each budget line, without names or accounts. Before its last signature it has drawn nothing, and what
 * it would draw is said instead.
 */
export async function fundingRequest(
  ports: Pick<FundingPorts, 'budgets'>,
  run: Run,
): Promise<FundingRequest> {
  const { jurisdiction, programme, fiscalYear } = run.manifest;
  const { budget } = await ports.budgets.load({ jurisdiction, programme, fiscalYear });
  const use = budget.runs[run.runId];
  const lines = budget.lines.map((line) => ({ ...line, fen: drawnFrom(use, line.line) }));
  const { totals } = run;
  const needed = fundsNeeded(run);
  const asks = totals !== undefined && use === undefined && needed > 0 && run.state !== 'void';
  const planned = asks ? plannedDraw(run, budget, needed) : undefined;
  return { run, lines, ...(totals && { totals }), ...(planned && { planned }) };
}

/** What the last signature would draw as the budget stands now. */
function plannedDraw({ manifest }: Run, budget: Budget, needed: Fen): Result<ByLine> {
  if (budget.closed) return refuse(yearClosed(budget));
  return drawBy(manifest.funding ?? IN_ORDER, budget.fiscalYear, budget.lines, available(budget), needed);
}

/** What was drawn at the last signature, whatever became of it. */
const drawnFrom = (use: RunUse | undefined, line: string) =>
  fen(
    [use?.reserved, use?.spent, use?.released, use?.owed].reduce((sum, part) => sum + (part?.[line] ?? 0), 0),
  );

/** Whom the run pays as it stands now: read from its payments, one by one. */
export async function countRecipients(ports: Pick<FundingPorts, 'drafts'>, run: Run): Promise<Recipients> {
  const counted = await ofBuckets(draftedBuckets(run), async (bucket): Promise<Counted[]> => {
    const drafts = await ports.drafts.ofBucket(run.runId, run.draftRevision, bucket);
    return drafts.filter((draft) => isPayable(run, draft)).map(countedOf);
  });
  return recipientsOf(PROGRAMMES[run.manifest.programme]?.unit, counted);
}

/** States in which a run has drawn its budget: before, it asks for nothing. */
const DRAWN: readonly RunState[] = [
  'approved',
  'funding-requested',
  'funded',
  'verifying',
  'releasing',
  'dispatched',
  'closed',
];
const LOADS_AT_ONCE = 8;
/** A run is started in the month that it pays in or a few before. */
const STARTED_MONTHS_BEFORE = 4;

/** 用款汇总: runs of a bureau that pay in a month, by programme and period, each with what it drew. */
export async function fundingSummary(
  ports: Pick<FundingPorts, 'budgets' | 'runs'>,
  jurisdiction: JurisdictionCode,
  month: Month,
): Promise<FundingRequest[]> {
  const from = addMonths(month, 0 - STARTED_MONTHS_BEFORE);
  const listed = (await ports.runs.listings(jurisdiction)).filter(
    ({ state, startedAt }) => DRAWN.includes(state) && startedAt >= from,
  );
  const runs = await mapBounded(listed, LOADS_AT_ONCE, ({ runId }) => ports.runs.load(runId));
  const paying = runs.filter((run): run is Run => run?.manifest.payDate.slice(0, 7) === month);
  return mapBounded(
    paying.filter((run) => fundsNeeded(run) > 0),
    LOADS_AT_ONCE,
    (run) => fundingRequest(ports, run),
  );
}
