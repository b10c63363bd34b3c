import type { ProgrammeColumns } from '../../../domain/register/fact-columns.ts';
import { type SheetKind, sheetColumns } from '../../../domain/register/sheets.ts';
import { STYLE, writeWorkbook } from './sheet-writer.ts';

/** Sheets of a template: the one to fill comes first, so that it is the one that is imported. */
const TO_FILL = '填写';
const EXAMPLE = '示例';

/**
 * The template of a kind of sheet: headings (those that must be filled in red), every column formatted as text so that no
 * digit is lost in typing, and a second sheet with a made-up row.
 *
 * @param without ids of columns that the programme has no use for
 */
export function templateXlsx(
  kind: SheetKind,
  own?: ProgrammeColumns,
  without: readonly string[] = [],
): Uint8Array {
  const columns = Object.entries(sheetColumns(kind, own)).filter(
    ([id, column]) => (!column.ignored || id === 'note') && !without.includes(id),
  );
  const headings = columns.map(([, column]) => ({
    text: column.zh,
    style: column.required ? STYLE.requiredHeading : STYLE.heading,
  }));
  const example = columns.map(([, column]) => ({ text: column.example ?? '', style: STYLE.text }));
  return writeWorkbook([
    { name: TO_FILL, rows: [headings] },
    { name: EXAMPLE, rows: [headings, example] },
  ]);
}
