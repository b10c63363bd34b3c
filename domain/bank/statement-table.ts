import { isPlainDate, type PlainDate } from '../calendar.ts';
import { type Fen, fen, parseYuan } from '../money.ts';
import { dateText } from '../register/sheet-dates.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { classifyReason } from './return-codes.ts';
import { batchIdOf, type EntrySide, type Statement, type StatementEntry } from './statement.ts';
import {
  headingText,
  STATEMENT_COLUMNS,
  STATEMENT_LABELS,
  type StatementColumn,
  type StatementLabel,
  type StatementLayout,
} from './statement-layout.ts';

type Rows = readonly (readonly string[])[];
type Places = Partial<Record<StatementColumn, number>>;
type Line = {
  readonly row: number;
  readonly side: EntrySide;
  readonly fen: Fen;
  readonly balance?: Fen;
  readonly date: PlainDate;
  readonly cell: (column: StatementColumn) => string;
};

/**
 * Reads a statement from the rows of a table, as text: labels above the headings, one booking per row, a total row at the end or none.
 * Rows may go from old to new or back; the running balance tells. Nothing is repaired: a row that cannot be read refuses the whole.
 *
 * @param account the account that the caller says it is of: a statement that names another is refused
 */
export function readStatementTable(rows: Rows, layout: StatementLayout, account: string): Result<Statement> {
  const heading = rows.findIndex((cells) => placesIn(cells, layout) !== undefined);
  const places = placesIn(rows[heading] ?? [], layout);
  if (!places) return refuse(noHeadings());
  const labels = labelsIn(rows.slice(0, heading), layout);
  const named = labels.account?.replaceAll(/\s/g, '');
  if (named !== undefined && named !== '' && named !== account) return refuse(otherAccount());
  const lines: Line[] = [];
  for (const [index, cells] of rows.slice(heading + 1).entries()) {
    if (isNoBooking(cells, places)) continue;
    const line = readRow(cells, places, layout, heading + 2 + index);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const ordered = inOrder(lines);
  if (!ordered.ok) return ordered;
  return assemble(ordered.value, labels, layout, account);
}

function assemble(
  lines: readonly Line[],
  labels: Partial<Record<StatementLabel, string>>,
  layout: StatementLayout,
  account: string,
): Result<Statement> {
  const [first, last] = [lines[0], lines.at(-1)];
  const from = dateText(labels.from ?? first?.date ?? '');
  const to = dateText(labels.to ?? last?.date ?? '');
  if (!isPlainDate(from) || !isPlainDate(to)) return refuse(noPeriod());
  const opening =
    stated(labels.opening) ?? (first?.balance === undefined ? undefined : fen(first.balance - moved(first)));
  const closing = stated(labels.closing) ?? last?.balance;
  if (opening === undefined || closing === undefined) return refuse(noBalance());
  const sequence = /^[1-9]\d{0,8}$/.test(labels.sequence ?? '') ? Number(labels.sequence) : undefined;
  return ok({
    account,
    ...(sequence !== undefined && { sequence }),
    from,
    to,
    opening,
    closing,
    entries: lines.map((line, index) => entryOf(line, index + 1, layout)),
  });
}

function entryOf(
  { side, fen: amount, date, balance, cell }: Line,
  position: number,
  layout: StatementLayout,
): StatementEntry {
  const summary = cell('summary');
  const returnOf = side === 'credit' && layout.returnWords.some((word) => summary.includes(word));
  const [id, batch] = [cell('end-to-end-id'), cell('batch')];
  // It stands in keys and in the ledger: a cell with anything else in it may hold a name.
  const serial = /^[0-9A-Za-z./:_-]{1,40}$/.test(cell('serial')) ? cell('serial') : '';
  return {
    position,
    side,
    fen: amount,
    booked: true,
    bookedOn: date,
    // The balance after a booking tells it from another of the same day and amount where the bank numbers none.
    serviceRef: serial !== '' || balance === undefined ? serial : `=${balance}`,
    ...(returnOf && { returnOf, reason: classifyReason('', summary) }),
    ...(batch !== '' && { batch: { id: batchIdOf(batch) } }),
    details: id === '' ? [] : [{ endToEndId: id, fen: amount, side }],
  };
}

/** Where each column stands; undefined when the row is not the headings. */
function placesIn(cells: readonly string[], layout: StatementLayout): Places | undefined {
  const places: Places = {};
  for (const column of STATEMENT_COLUMNS) {
    const words: readonly string[] = layout.headings[column];
    const at = cells.findIndex((cell) => words.includes(headingText(cell)));
    if (at >= 0) places[column] = at;
  }
  const sides = places.debit !== undefined && places.credit !== undefined;
  const signed = places.direction !== undefined && places.amount !== undefined;
  return places.date !== undefined && (sides || signed) ? places : undefined;
}

/** The label and its value in one cell or in two beside each other. */
function labelsIn(rows: Rows, layout: StatementLayout): Partial<Record<StatementLabel, string>> {
  const found: Partial<Record<StatementLabel, string>> = {};
  for (const cells of rows) {
    for (const [index, cell] of cells.entries()) {
      const [label = '', ...rest] = cell.trim().split(/[：:]/);
      const name = STATEMENT_LABELS.find((one) =>
        (layout.labels[one] as readonly string[]).includes(headingText(label)),
      );
      if (name) found[name] ??= (rest.join(':').trim() || cells[index + 1] || '').trim();
    }
  }
  return found;
}

/** Blank rows and total rows: 合计 stands in place of a date. */
function isNoBooking(cells: readonly string[], places: Places): boolean {
  if (cells.every((cell) => cell.trim() === '')) return true;
  return (
    !/\d/.test(cells[places.date ?? 0] ?? '') &&
    cells.some((cell) => /合计|总计|小计|期末|共\d+笔/.test(cell))
  );
}

function readRow(
  cells: readonly string[],
  places: Places,
  layout: StatementLayout,
  row: number,
): Result<Line> {
  const cell = (column: StatementColumn) => (cells[places[column] ?? -1] ?? '').trim();
  const date = dateText(cell('date').replace(/[ T]\d{1,2}:\d{2}(:\d{2})?$/, ''));
  if (!isPlainDate(date)) return refuse(wrongRow(row, '交易日期', 'date'));
  const money = places.debit === undefined ? oneColumn(cell, layout) : twoColumns(cell);
  if (!money) return refuse(wrongRow(row, '借方、贷方或金额', 'amount'));
  const balance = cell('balance') === '' ? undefined : parseYuan(cell('balance'));
  if (balance && !balance.ok) return refuse(wrongRow(row, '余额', 'balance'));
  return ok({ row, date, cell, ...money, ...(balance && { balance: balance.value }) });
}

type Money = { readonly side: EntrySide; readonly fen: Fen };

/** One of the two has an amount; the other is empty or zero. */
function twoColumns(cell: (column: StatementColumn) => string): Money | undefined {
  const [debit, credit] = [stated(cell('debit'), true), stated(cell('credit'), true)];
  if (debit === undefined || credit === undefined || (debit === 0) === (credit === 0)) return undefined;
  const [side, amount] = debit === 0 ? (['credit', credit] as const) : (['debit', debit] as const);
  // Money taken back in red (红字) stands on its side with a minus.
  return amount > 0
    ? { side, fen: amount }
    : { side: side === 'debit' ? 'credit' : 'debit', fen: fen(0 - amount) };
}

function oneColumn(cell: (column: StatementColumn) => string, layout: StatementLayout): Money | undefined {
  const amount = stated(cell('amount'));
  const side = (['debit', 'credit'] as const).find((one) =>
    layout.directions[one].some((word) => word.toUpperCase() === cell('direction').toUpperCase()),
  );
  return amount !== undefined && amount > 0 && side ? { side, fen: amount } : undefined;
}

function stated(text: string | undefined, emptyIsZero = false): Fen | undefined {
  if (text === undefined || text === '' || text === '-') return emptyIsZero ? fen(0) : undefined;
  const amount = parseYuan(text);
  return amount.ok ? amount.value : undefined;
}

const moved = ({ side, fen: amount }: Money): number => (side === 'credit' ? amount : 0 - amount);

/** Old to new, as the running balance says, or else the dates. Refused where it fits neither way. */
function inOrder(lines: readonly Line[]): Result<readonly Line[]> {
  const reversed = lines.toReversed();
  const falling = (lines[0]?.date ?? '') > (lines.at(-1)?.date ?? '');
  const ways = falling ? [reversed, lines] : [lines, reversed];
  const fits = ways.find((way) =>
    way.every((line, index) => {
      const before = way[index - 1]?.balance;
      return before === undefined || line.balance === undefined || before + moved(line) === line.balance;
    }),
  );
  if (fits) return ok(fits);
  return refuse(
    refusal(
      'invalid/statement-balance',
      '对账单逐笔余额不连续：可能缺行或被改动，请重新从银行下载',
      'the running balance of the statement has a break: a row is missing or was changed; download it again',
    ),
  );
}

const noHeadings = (): Refusal =>
  refusal(
    'invalid/statement-headings',
    '没有找到对账单的标题行：应有“交易日期”和“借方、贷方”（或“借贷标志、金额”）等列',
    'no row of headings: a statement has a date and debit and credit columns, or a direction and an amount',
  );
const otherAccount = (): Refusal =>
  refusal(
    'conflict/other-account',
    '对账单写明的账号不是所选账号：请核对是否选对了文件或账号',
    'the statement names another account than the one chosen: check file and account',
  );
const noPeriod = (): Refusal =>
  refusal(
    'invalid/statement-period',
    '对账单没有明细，也没有写明起始和截止日期：请下载写明期间的对账单',
    'the statement has no bookings and does not say its first and last day: download one that does',
  );
const noBalance = (): Refusal =>
  refusal(
    'invalid/statement-balance',
    '对账单没有余额列，也没有写明期初、期末余额：不能核对，请下载带余额的对账单',
    'the statement has neither a balance column nor opening and closing balance: download one that has',
  );
const wrongRow = (row: number, zh: string, en: string): Refusal =>
  refusal(
    'invalid/statement-row',
    `对账单第 ${row} 行的“${zh}”无法识别（金额应为半角数字的元，不含千分位）：请按银行原文件重新下载，不要手工修改`,
    `row ${row} of the statement: the ${en} cannot be read (amounts are plain digits in yuan without thousands separators); download it again and do not edit it`,
    { row },
  );
