import type { Budget } from '../../domain/budget/budget.ts';
import {
  type LedgerTie,
  type LineFigures,
  lineFigures,
  type RunTie,
  tieOf,
} from '../../domain/budget/report.ts';
import { netSpent } from '../../domain/budget/year-end.ts';
import type { Period } from '../../domain/calendar.ts';
import type { JurisdictionCode, ProgrammeId } from '../../domain/ids.ts';
import { foldAttempts } from '../../domain/ledger/attempts.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import { fen, sumFen } from '../../domain/money.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { parseRunId } from '../../domain/run/manifest.ts';
import type { OriginUse } from '../adapters/closing-store.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import { ALL_BUCKETS, ofBuckets } from '../run/buckets.ts';
import type { RunStores } from '../run/ports.ts';
import { addUse, originOf, UNUSED, useOf } from '../run/restate-budget.ts';

export type ReportPorts = Pick<RunStores, 'budgets' | 'runs' | 'ledger'>;
export type ReportQuery = {
  readonly jurisdiction: JurisdictionCode;
  readonly fiscalYear: string;
  readonly programme?: ProgrammeId;
  /** Ties every programme to the entries of its year's runs, read strongly: as slow as there are entries. */
  readonly ledger: boolean;
  /** Ties the runs of one period only. */
  readonly period?: Period;
};
export type ProgrammeReport = {
  readonly programme: ProgrammeId;
  readonly budget: Budget;
  readonly lines: readonly LineFigures[];
  readonly tie?: LedgerTie;
};

/** 预算执行情况: programmes that have a budget in the year, each with its lines. */
export async function budgetReport(ports: ReportPorts, query: ReportQuery): Promise<ProgrammeReport[]> {
  const { jurisdiction, fiscalYear, programme: only } = query;
  const wanted = Object.keys(PROGRAMMES).filter((id) => only === undefined || id === only);
  const budgets = await Promise.all(
    wanted.map(
      async (programme) => (await ports.budgets.load({ jurisdiction, programme, fiscalYear })).budget,
    ),
  );
  const reports: ProgrammeReport[] = [];
  for (const budget of budgets.filter(({ lines }) => lines.length > 0)) {
    const tie = query.ledger ? await tieToLedger(ports, budget, query.period) : undefined;
    const { programme } = budget;
    reports.push({ programme, budget, lines: lineFigures(budget), ...(tie && { tie }) });
  }
  return reports;
}

/** What was stated as used before go-live has no entry of its own year and is left out. */
async function tieToLedger(ports: ReportPorts, budget: Budget, only?: Period): Promise<LedgerTie> {
  const { jurisdiction, programme } = budget;
  const scope = { jurisdiction, programme };
  const later = await laterYears(ports, budget);
  const byPeriod = new Map<string, ReadonlyMap<string, OriginUse>>();
  const runs: RunTie[] = [];
  for (const [runId, use] of Object.entries(budget.runs)) {
    const identity = parseRunId(runId);
    if (use.carried || !identity.ok) continue;
    const { period, round } = identity.value;
    if (only !== undefined && period !== only) continue;
    const known = byPeriod.get(period) ?? (await usedByOrigin(ports, scope, period));
    byPeriod.set(period, known);
    const run = await ports.runs.load(runId);
    runs.push({
      runId,
      closed: run?.state === 'closed',
      settled: fen(known.get(`${period}#${round}`)?.settled ?? 0),
      spent: sumFen([budget, ...later].map((year) => netSpent(year.runs[runId]))),
    });
  }
  return tieOf(runs);
}

/** The budgets that go on with the runs of a closed year, up to the first that is open. */
async function laterYears(ports: Pick<ReportPorts, 'budgets'>, budget: Budget): Promise<Budget[]> {
  const later: Budget[] = [];
  for (let last = budget; last.closed; ) {
    const fiscalYear = String(Number(last.fiscalYear) + 1);
    last = (await ports.budgets.load({ ...budget, fiscalYear })).budget;
    later.push(last);
  }
  return later;
}

/** What became of the payments of each round of a period. */
async function usedByOrigin(
  ports: Pick<ReportPorts, 'ledger'>,
  scope: LedgerScope,
  period: string,
): Promise<ReadonlyMap<string, OriginUse>> {
  const buckets = await ofBuckets(ALL_BUCKETS, async (bucket) => {
    const entries: Entry[] = [];
    for await (const entry of ports.ledger.ofBucket(scope, period, bucket)) entries.push(entry);
    const used = new Map<string, OriginUse>();
    for (const attempt of foldAttempts(entries)) add(used, originOf(attempt.payment), useOf(attempt));
    return [...used];
  });
  const used = new Map<string, OriginUse>();
  for (const [origin, use] of buckets) add(used, origin, use);
  return used;
}

function add(used: Map<string, OriginUse>, origin: string, use: OriginUse): void {
  used.set(origin, addUse(used.get(origin) ?? UNUSED, use));
}
