import { columnLetters } from '../../../domain/register/sheet-notes.ts';
import { MAIN, packageParts, SIDE_PATHS, XML_HEAD } from './xlsx-package.ts';
import { escapeXml } from './xml-scanner.ts';
import { packedText, zipArchive } from './zip-writer.ts';

/** Styles that a written cell may have. Text is never taken for a number, whatever its digits. */
export const STYLE = { text: 1, heading: 2, requiredHeading: 3, amount: 4 } as const;

/** `amount` is written as a number: yuan with two decimals. */
export type WrittenCell =
  | { readonly text: string; readonly style: (typeof STYLE)['text' | 'heading' | 'requiredHeading'] }
  | { readonly amount: string };
export type WrittenSheet = {
  readonly name: string;
  readonly rows: readonly (readonly WrittenCell[])[];
};

const COLUMN_WIDTH = 22;

/** A workbook of texts and amounts, without formulas; the first row stays in sight. The same content is the same bytes. */
export function writeWorkbook(sheets: readonly WrittenSheet[]): Uint8Array {
  const names = sheets.map(({ name }) => name);
  return zipArchive([
    ...packageParts(names, ['styles']).map(([name, xml]) => packedText(name, xml)),
    ...sheets.map(({ rows }, index) => packedText(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(rows))),
    packedText(`xl/${SIDE_PATHS.styles}`, STYLES),
  ]);
}

function sheetXml(rows: WrittenSheet['rows']): string {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) => cellXml(cell, `${columnLetters(column)}${index + 1}`));
    return `<row r="${index + 1}">${cells.join('')}</row>`;
  });
  return `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${width}" width="${COLUMN_WIDTH}" style="${STYLE.text}" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(cell: WrittenCell, at: string): string {
  if ('amount' in cell) return `<c r="${at}" s="${STYLE.amount}"><v>${cell.amount}</v></c>`;
  const place = `r="${at}" s="${cell.style}"`;
  return cell.text === ''
    ? `<c ${place}/>`
    : `<c ${place} t="inlineStr"><is><t>${escapeXml(cell.text)}</t></is></c>`;
}

/** Number format 49 is text (@), 2 is 0.00. */
const STYLES = `${XML_HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><color rgb="FFC00000"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="2" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;
