import type { Bilingual } from '../bilingual.ts';

/** Something about a sheet as a whole that whoever brought it in should know. Never personal: rows by number only. */
export type SheetNote = Bilingual & { readonly code: SheetNoteCode };
export type SheetNoteCode =
  | 'format'
  | 'sheet'
  | 'titles'
  | 'left-alone'
  | 'hidden-columns'
  | 'hidden-rows'
  | 'blank-rows'
  | 'skipped-rows'
  | 'total-differs'
  | 'total-agrees'
  | 'merged-cells'
  | 'names-joined';

const ROWS_NAMED = 20;

export function note(code: SheetNoteCode, zh: string, en: string): SheetNote {
  return { code, zh, en };
}

/** Nothing when there are no rows; otherwise one sentence that names the first of them. */
export function noteRows(
  code: SheetNoteCode,
  rows: readonly number[],
  say: (rows: Bilingual) => Bilingual,
): SheetNote[] {
  if (rows.length === 0) return [];
  const named = rows.slice(0, ROWS_NAMED);
  const more = rows.length > ROWS_NAMED;
  const zh = `第${named.join('、')}${more ? '…' : ''}行${more ? `（共${rows.length}行）` : ''}`;
  const en = `${rows.length === 1 ? 'row' : 'rows'} ${named.join(', ')}${more ? `… (${rows.length} in all)` : ''}`;
  return [{ code, ...say({ zh, en }) }];
}

/** A name of a sheet inside a workbook; digits that may be somebody's number are not repeated. */
export function sheetName(name: string): string {
  return `“${name.slice(0, 31).replace(/\d{6,}/g, '…')}”`;
}

/** 0 is A, 26 is AA. */
export function columnLetters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}
