import type { Programme } from '../../domain/programmes/programme.ts';
import type { RowContext } from '../../domain/register/columns.ts';
import { type Cells, type RowFault, readRow, sheetColumns } from '../../domain/register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { shownCell } from '../../domain/shown-cell.ts';
import { REPORT_ROWS_MAX } from '../../domain/street/report-commands.ts';
import { type ReportRow, rowFaults } from '../../domain/street/report-rows.ts';
import type { HttpRefusal, Violation } from '../middleware/problem.ts';

/** What cells are checked against, and whom the rows are about. */
export type ReportContext = RowContext & Pick<Programme, 'unit' | 'registerColumns' | 'noPublicity'>;
/** A row before it is read: where a person finds it, its cells, and what the file itself had wrong with them. */
type FoundRow = { readonly pointer: string; readonly cells: Cells; readonly faults: readonly RowFault[] };

/** Reads rows given by column id. Refusal `invalid/report-rows` names every cell at fault; nothing is taken then. */
export function readGivenRows(
  rows: readonly ReportRow[],
  context: ReportContext,
): Result<ReportRow[], HttpRefusal> {
  const columns = sheetColumns('changes', context.registerColumns);
  const ids = Object.keys(columns);
  const found = rows.map((row, index) => ({
    pointer: `/rows/${index}`,
    cells: ids.map((id) => row[id] ?? ''),
    faults: Object.keys(row).flatMap((id) => (Object.hasOwn(columns, id) ? [] : [unknownColumn(id)])),
  }));
  return readRows(ids, found, context);
}

export function readRows(
  columnIds: readonly string[],
  found: readonly FoundRow[],
  context: ReportContext,
): Result<ReportRow[], HttpRefusal> {
  if (found.length > REPORT_ROWS_MAX) {
    return refuse(
      refusal(
        'limit/report-rows',
        `一份变动表最多 ${REPORT_ROWS_MAX} 行：请由区民政局按名册导入`,
        `a change report has at most ${REPORT_ROWS_MAX} rows: have the district import a register sheet`,
        { rowsMax: REPORT_ROWS_MAX },
      ),
    );
  }
  const rows: ReportRow[] = [];
  const errors: Violation[] = [];
  const seen = new Set<string>();
  for (const { pointer, cells, faults } of found) {
    const read = readRow('changes', columnIds, cells, context, context.registerColumns);
    const wrong = [
      ...faults,
      ...(read.ok ? [...rowFaults(read.value, context), ...twice(read.value, seen)] : read.error),
    ];
    for (const fault of wrong) {
      const column = fault.column === undefined ? '' : `“${fault.column}”`;
      errors.push({ pointer, code: 'invalid', zh: `${column}${fault.zh}`, en: fault.en });
    }
    if (read.ok) rows.push(read.value);
  }
  if (errors.length === 0) return ok(rows);
  return refuse({
    ...refusal(
      'invalid/report-rows',
      `变动表有 ${errors.length} 处不对，整份未收：请按 errors 逐处改正后重新填报`,
      `${errors.length} things are wrong and nothing was taken: correct what \`errors\` names and prepare the report again`,
      { faults: errors.length },
    ),
    errors,
  });
}

const unknownColumn = (id: string): RowFault => ({
  column: shownCell(id),
  zh: '本项目的变动表没有此列',
  en: `${shownCell(id)}: the change report of this programme has no such column`,
});

/** Two rows about one person could contradict each other: what came last would stand by accident. */
function twice(row: ReportRow, seen: Set<string>): RowFault[] {
  const idNumber = row['idNumber'] ?? '';
  if (!seen.has(idNumber)) {
    seen.add(idNumber);
    return [];
  }
  return [
    {
      column: '身份证号',
      zh: '同一人在本表出现两次：请合并为一行',
      en: 'the same person appears twice in this report: merge the rows',
    },
  ];
}
