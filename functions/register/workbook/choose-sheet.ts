import type { ProgrammeColumns } from '../../../domain/register/fact-columns.ts';
import { findHeadings, HEADING_SEARCH_ROWS, type Headings } from '../../../domain/register/find-headings.ts';
import type { SheetFrame } from '../../../domain/register/read-sheet.ts';
import type { SheetRow } from '../../../domain/register/sheet-cell.ts';
import { note, type SheetNote, sheetName } from '../../../domain/register/sheet-notes.ts';
import type { SheetKind } from '../../../domain/register/sheets.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { wrongEncoding } from './csv-workbook.ts';
import type { Workbook, WorkbookSheet } from './workbook.ts';

export type ChosenSheet = {
  readonly sheet: WorkbookSheet;
  readonly frame: SheetFrame;
  readonly notes: readonly SheetNote[];
};

/**
 * The first sheet that has our headings, hidden ones last. When none has, the refusal is about the sheet that comes
 * closest.
 */
export async function chooseSheet(
  workbook: Workbook,
  kind: SheetKind,
  own?: ProgrammeColumns,
): Promise<Result<ChosenSheet>> {
  const inOrder = [
    ...workbook.sheets.filter(({ hidden }) => !hidden),
    ...workbook.sheets.filter(({ hidden }) => hidden),
  ];
  let refused: Refusal | undefined;
  for (const sheet of inOrder) {
    const { merges, hiddenColumns } = await sheet.frame();
    const headings = findHeadings(kind, await firstRows(sheet), merges, own);
    if (headings.ok) {
      const frame = { headings: headings.value, merges, hiddenColumns, system: workbook.system };
      return ok({ sheet, frame, notes: notesOf(workbook, sheet, headings.value) });
    }
    refused = closer(refused, headings.error);
  }
  invariant(refused, 'a workbook has a sheet');
  // Text in another encoding decodes to something, but not to our headings.
  const garbled = workbook.title.includes('GB18030') && refused.detail?.['missing'] === undefined;
  return refuse(garbled ? wrongEncoding() : workbook.sheets.length > 1 ? noneOf(workbook, refused) : refused);
}

/** A refusal that names missing columns is about a sheet where some were found. */
function closer(a: Refusal | undefined, b: Refusal): Refusal {
  const missing = (one: Refusal) => Number(one.detail?.['missing'] ?? Number.POSITIVE_INFINITY);
  return a && missing(a) <= missing(b) ? a : b;
}

async function firstRows(sheet: WorkbookSheet): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    rows.push(row);
    if (rows.length === HEADING_SEARCH_ROWS) break;
  }
  return rows;
}

function notesOf(workbook: Workbook, chosen: WorkbookSheet, headings: Headings): SheetNote[] {
  const row = headings.rows[0]?.row ?? 1;
  const notes = [
    note(
      'format',
      `文件格式：${workbook.title}，表头在第${row}行`,
      `format of the file: ${workbook.title}; headings in row ${row}`,
    ),
  ];
  const others = workbook.sheets.filter((sheet) => sheet !== chosen);
  if (others.length > 0) {
    const names = others.slice(0, 20).map(({ name }) => sheetName(name));
    const more = others.length > 20 ? '…' : '';
    notes.push(
      note(
        'sheet',
        `导入的是工作表${sheetName(chosen.name)}${chosen.hidden ? '（隐藏）' : ''}，未导入：${names.join('、')}${more}`,
        `imported is the sheet ${sheetName(chosen.name)}${chosen.hidden ? ' (hidden)' : ''}; not imported: ${names.join(', ')}${more}`,
      ),
    );
  }
  return notes;
}

function noneOf({ sheets }: Workbook, why: Refusal): Refusal {
  const names = sheets.slice(0, 20).map(({ name }) => sheetName(name));
  return refusal(
    why.code,
    `各工作表（${names.join('、')}）都没有完整的表头。${why.zh}`,
    `no sheet (${names.join(', ')}) has all the headings: ${why.en}`,
    why.detail,
  );
}
