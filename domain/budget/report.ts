import type { RunId } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { ByLine } from './apportion.ts';
import { available, type Budget, type RunUse } from './budget.ts';
import type { BudgetLine } from './line.ts';

/** One line of the budget report (预算执行情况表), in fen. appropriated + returned − surrendered = reserved + spent + available. */
export type LineFigures = {
  readonly line: BudgetLine;
  readonly appropriated: Fen;
  readonly reserved: Fen;
  /** Settled, and not come back within the year. */
  readonly spent: Fen;
  /** Came back of closed years: adds to what the line holds. */
  readonly returned: Fen;
  /** Of it or of what was owed then, given back to the treasury: is nobody's to spend. */
  readonly surrendered: Fen;
  /** Reserved once and free again, because it is no longer owed. In `available` already. */
  readonly released: Fen;
  /** Came back within the year: not in `spent` any more; owed again, sent again or released since. */
  readonly returnedWithin: Fen;
  readonly available: Fen;
};

export function lineFigures(budget: Budget): LineFigures[] {
  const uses = Object.values(budget.runs);
  const left = available(budget);
  const sum = (line: string, part: (use: RunUse) => ByLine | undefined): Fen =>
    sumFen(uses.map((use) => part(use)?.[line] ?? fen(0)));
  return budget.lines.map((line) => ({
    line,
    appropriated: line.appropriated,
    reserved: sum(line.line, (use) => use.reserved),
    spent: sum(line.line, (use) => use.spent),
    returned: sum(line.line, (use) => (use.carried ? use.returned : undefined)),
    surrendered: sum(line.line, (use) => (use.carried ? use.surrendered : undefined)),
    released: sum(line.line, (use) => use.released),
    returnedWithin: sum(line.line, (use) => (use.carried ? undefined : use.returned)),
    available: left[line.line] ?? fen(0),
  }));
}

/** What the ledger says of one run of the year, beside what the budgets of its years show as spent. */
export type RunTie = {
  readonly runId: RunId;
  /** A run that is not closed is counted when it closes: its difference is expected. */
  readonly closed: boolean;
  readonly settled: Fen;
  readonly spent: Fen;
};

/** 与总账核对: settled less returned by the entries against spent by the budget. */
export type LedgerTie = {
  readonly settled: Fen;
  readonly spent: Fen;
  /** Settled in runs that are not closed, and not counted yet. */
  readonly open: Fen;
  /** What nothing explains: zero. */
  readonly difference: Fen;
  readonly runs: readonly RunTie[];
};

export function tieOf(runs: readonly RunTie[]): LedgerTie {
  const sum = (part: (run: RunTie) => number): Fen => fen(runs.reduce((total, run) => total + part(run), 0));
  const gap = ({ settled, spent }: RunTie) => settled - spent;
  return {
    settled: sum(({ settled }) => settled),
    spent: sum(({ spent }) => spent),
    open: sum((run) => (run.closed ? 0 : gap(run))),
    difference: sum((run) => (run.closed ? gap(run) : 0)),
    runs: runs.filter((run) => gap(run) !== 0),
  };
}
