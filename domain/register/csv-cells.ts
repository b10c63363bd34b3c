import type { Cells } from './sheets.ts';

/** Marks a text file as UTF-8 for spreadsheet programs. */
export const BYTE_ORDER_MARK = '\ufeff';

/** What makes a spreadsheet take a cell for a formula, also after blanks and on a later line of the cell. */
const FORMULA = /(?:^|[\r\n])[\s\u00a0\u200b]*[=+\-@\t\r＝＋－＠]/u;

/**
 * One line of a CSV file for people: every cell in quotes, and no cell that a spreadsheet would run as a formula: an
 * apostrophe stands before it, which reading takes off again.
 */
export function csvLine(cells: Cells): string {
  const safe = cells.map((cell) => {
    const text = FORMULA.test(cell) ? `'${cell}` : cell;
    return `"${text.replaceAll('"', '""')}"`;
  });
  return `${safe.join(',')}\r\n`;
}
