import type * as z from 'zod/mini';
import { amountInWords } from '../../../domain/amount-in-words.ts';
import type { Budget } from '../../../domain/budget/budget.ts';
import type { BudgetLine } from '../../../domain/budget/line.ts';
import { type LineFigures, lineFigures } from '../../../domain/budget/report.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { fundsNeeded } from '../../../domain/run/run.ts';
import type { ProgrammeReport } from '../../budget/report.ts';
import type { FundingRequest } from '../../run/service.ts';
import { summaryLines } from '../budget-sheets.ts';
import type { budgetContracts } from '../contracts/budgets.ts';
import { programmeNames } from './run-view.ts';

type Body<Id extends keyof typeof budgetContracts> = z.input<(typeof budgetContracts)[Id]['response']>;

/** A line as it is named everywhere: number, level, fund and codes. */
const lineNames = ({ line, level, fund, functional, economic }: BudgetLine) => ({
  line,
  level,
  fund,
  ...(functional !== undefined && { functional }),
  ...(economic !== undefined && { economic }),
});

const lineView = ({ line, appropriated, reserved, spent, available }: LineFigures) => ({
  ...lineNames(line),
  ...(line.document !== undefined && { document: line.document }),
  ...(line.carriedFrom && { carriedFrom: line.carriedFrom }),
  appropriated: toYuan(appropriated),
  reserved: toYuan(reserved),
  spent: toYuan(spent),
  available: toYuan(available),
});

export function budgetView(budget: Budget): Body<'getBudget'> {
  const { jurisdiction, programme, fiscalYear, acts = [], closing, closed } = budget;
  const yearEnd = closed ?? closing;
  return {
    jurisdiction,
    programme,
    fiscalYear,
    state: closed ? 'closed' : 'open',
    lines: lineFigures(budget).map(lineView),
    acts: acts.map(({ kind, line, fen, on, document, by, at }) => ({
      kind,
      line,
      amount: toYuan(fen),
      on,
      ...(document !== undefined && { document }),
      by,
      at,
    })),
    ...(yearEnd && { yearEnd: { ...yearEnd, except: [...yearEnd.except] } }),
  };
}

export function reportView(
  jurisdiction: string,
  fiscalYear: string,
  reports: readonly ProgrammeReport[],
): Body<'getBudgetReport'> {
  return {
    jurisdiction,
    fiscalYear,
    programmes: reports.map(({ programme, budget, lines, tie }) => ({
      programme,
      programmeNames: programmeNames(programme),
      state: budget.closed ? 'closed' : 'open',
      lines: lines.map((figures) => ({
        ...lineView(figures),
        returned: toYuan(figures.returned),
        surrendered: toYuan(figures.surrendered),
        released: toYuan(figures.released),
        returnedWithin: toYuan(figures.returnedWithin),
      })),
      ...(tie && {
        ledger: {
          settled: toYuan(tie.settled),
          spent: toYuan(tie.spent),
          notYetCounted: toYuan(tie.open),
          difference: toYuan(tie.difference),
          runs: tie.runs.map(({ runId, closed, settled, spent }) => ({
            runId,
            closed,
            settled: toYuan(settled),
            spent: toYuan(spent),
          })),
        },
      }),
    })),
  };
}

export function summaryView(
  jurisdiction: string,
  month: string,
  requests: readonly FundingRequest[],
): Body<'getFundingSummary'> {
  const lines = summaryLines(requests);
  const total = sumFen(lines.map(({ line }) => line.fen));
  return {
    jurisdiction,
    month,
    runs: requests.map(({ run, totals }) => ({
      runId: run.runId,
      programme: run.manifest.programme,
      period: run.manifest.period,
      round: run.manifest.round,
      payDate: run.manifest.payDate,
      payments: totals?.payable.count ?? 0,
      amount: toYuan(fundsNeeded(run)),
    })),
    lines: lines.map(({ programme, line }) => ({ programme, ...lineNames(line), amount: toYuan(line.fen) })),
    funds: [...Map.groupBy(lines, ({ line }) => line.fund)].map(([fund, of]) => ({
      fund,
      amount: toYuan(sumFen(of.map(({ line }) => line.fen))),
    })),
    total: toYuan(total),
    totalInWords: amountInWords(total),
  };
}
