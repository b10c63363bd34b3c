import { type Fen, sumFen, toYuan, ZERO } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { amountText, readAmount, readCells, readCount, writeCells } from './columns.ts';
import { type BankLayout, RESULT_STATUSES, type ResultStatus, type ResultTotalCell } from './layout.ts';
import type { ResultLine } from './result-file.ts';

/** What a result says of itself: number and sum of its lines, in all and by status, and a digest of every byte before. */
export type StatedTotals = {
  /** By cell: a count, or an amount in fen. */
  readonly figures: ReadonlyMap<ResultTotalCell, number>;
  /** SHA-256, lower-case hex. */
  readonly digest?: string;
};

/** What was read, to compare. */
export type ResultTally = {
  /** All lines, the unreadable ones included. */
  readonly lines: number;
  readonly unreadable: number;
  readonly totals: Readonly<Record<ResultStatus, { readonly count: number; readonly fen: Fen }>>;
};

/** Counts and sums the lines of a result as they are read. */
export class ResultCounter {
  #lines = 0;
  #unreadable = 0;
  readonly #totals: Record<ResultStatus, { count: number; fen: Fen }> = {
    settled: { count: 0, fen: ZERO },
    failed: { count: 0, fen: ZERO },
    pending: { count: 0, fen: ZERO },
    returned: { count: 0, fen: ZERO },
  };

  add(line: Result<Pick<ResultLine, 'status' | 'fen'>>): void {
    this.#lines += 1;
    if (!line.ok) {
      this.#unreadable += 1;
      return;
    }
    const sum = this.#totals[line.value.status];
    sum.count += 1;
    sum.fen = sumFen([sum.fen, line.value.fen]);
  }

  tally(): ResultTally {
    return {
      lines: this.#lines,
      unreadable: this.#unreadable,
      totals: structuredCopy(this.#totals),
    };
  }
}

const structuredCopy = (totals: ResultTally['totals']): ResultTally['totals'] => ({
  settled: { ...totals.settled },
  failed: { ...totals.failed },
  pending: { ...totals.pending },
  returned: { ...totals.returned },
});

/** The line of totals, in the layout's order. */
export function parseResultTotals(text: string, layout: BankLayout): Result<StatedTotals> {
  const { marker, cells: columns = [] } = layout.resultTotals ?? {};
  const cells = readCells(layout, marker, text);
  if (cells?.length !== columns.length) return refuse(wrongTotals());
  const figures = new Map<ResultTotalCell, number>();
  let digest: string | undefined;
  for (const [index, column] of columns.entries()) {
    const cell = (cells[index] ?? '').trim();
    if (column === 'empty') continue;
    if (column === 'digest') {
      if (!/^[0-9a-f]{64}$/.test(cell)) return refuse(wrongTotals());
      digest = cell;
      continue;
    }
    const figure = isAmount(column) ? readAmount(layout, cell) : readCount(cell);
    if (figure === undefined) return refuse(wrongTotals());
    figures.set(column, figure);
  }
  return ok({ figures, ...(digest !== undefined && { digest }) });
}

/** The bank's side: the same line. @param digest of what is before, where the layout has one */
export function resultTotalsText(
  totals: NonNullable<BankLayout['resultTotals']>,
  layout: BankLayout,
  tally: ResultTally,
  digest: string,
): string {
  const cells = totals.cells.map((column) => {
    if (column === 'empty') return '';
    if (column === 'digest') return digest;
    const figure = figureOf(column, tally);
    return isAmount(column) ? amountText(layout, figure as Fen) : String(figure);
  });
  return writeCells(layout, totals.marker, cells);
}

type Figure = Exclude<ResultTotalCell, 'digest' | 'empty'>;

const isAmount = (column: Figure): boolean => column.endsWith('total');

function figureOf(column: Figure, { lines, totals }: ResultTally): number {
  if (column === 'lines') return lines;
  if (column === 'total') return sumFen(RESULT_STATUSES.map((status) => totals[status].fen));
  const [status = '', what] = column.split('-');
  const sum = totals[status as ResultStatus];
  return what === 'count' ? sum.count : sum.fen;
}

/**
 * Why a file disagrees with its own totals, or undefined. With unreadable lines only the number of lines can be compared: the
 * unreadable ones are exceptions of their own, and the readable ones stay good. A bank that answers with failures only may count what
 * succeeded: there are no lines to hold that against.
 */
export function checkResultTotals(
  layout: BankLayout,
  { figures }: StatedTotals,
  read: ResultTally,
): Refusal | undefined {
  const lines = figures.get('lines');
  if (lines !== undefined && lines !== read.lines) {
    return refusal(
      'invalid/result-line-count',
      `回盘文件写明${lines}笔，实有${read.lines}笔：文件不完整，请重新从银行下载`,
      `the totals of the result file say ${lines} lines, there are ${read.lines}: the file is incomplete, download it from the bank again`,
      { stated: lines, found: read.lines },
    );
  }
  if (read.unreadable > 0) return undefined;
  for (const [column, stated] of figures) {
    const figure = column as Figure;
    if (layout.resultCarries === 'failures' && /^(?:settled|pending)/.test(column)) continue;
    const found = figureOf(figure, read);
    if (found === stated) continue;
    const shown = (value: number) => (isAmount(figure) ? toYuan(value as Fen) : String(value));
    return refusal(
      'invalid/result-totals',
      `回盘文件写明的${figureName(figure)}与明细合计不符：请向银行核实，不要入账`,
      `the figure "${column}" that the result file states differs from its lines: ask the bank, post nothing`,
      { figure: column, stated: shown(stated), found: shown(found) },
    );
  }
  return undefined;
}

/** How staff call each status. */
const STATUS_NAMES: Record<ResultStatus, string> = {
  settled: '成功',
  failed: '失败',
  pending: '处理中',
  returned: '退票',
};

function figureName(column: Figure): string {
  const [status = '', what = status] = column.split('-');
  const name = RESULT_STATUSES.find((candidate) => candidate === status);
  return `${name ? STATUS_NAMES[name] : '合计'}${what === 'total' ? '金额' : '笔数'}`;
}

function wrongTotals(): Refusal {
  return refusal(
    'invalid/result-trailer',
    '回盘文件没有完整的合计行（笔数、各状态笔数和金额、摘要值）：文件不完整，请重新从银行下载',
    'the result file has no complete line of totals (lines, count and sum per status, digest): it is incomplete, download it from the bank again',
  );
}
