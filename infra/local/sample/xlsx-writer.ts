import { columnLetters } from '../../../domain/register/sheet-notes.ts';
import { packageParts } from '../../../functions/register/workbook/xlsx-package.ts';
import { escapeXml } from '../../../functions/register/workbook/xml-scanner.ts';
import { packedText, zipArchive } from '../../../functions/register/workbook/zip-writer.ts';
import type { Fixture, FixtureCell, FixtureSheet } from './workbook-content.ts';

type Options = {
  /** Changes or adds parts before they are packed. */
  readonly parts?: (parts: Map<string, string>) => void;
  /** Texts within the cells, as some programs write them, instead of shared. */
  readonly inline?: boolean;
};

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
/** Style 1 is a date of format 14, style 2 one of a format of its own, style 3 text. */
const STYLES = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="49"/></cellXfs></styleSheet>`;

/** Writes a fixture as an .xlsx. */
export function xlsxOf(fixture: Fixture, options: Options = {}): Buffer {
  const names = fixture.sheets.map(({ name }, index) => name ?? `Sheet${index + 1}`);
  const strings: string[] = [];
  const side = options.inline ? (['styles'] as const) : (['styles', 'sharedStrings'] as const);
  const parts = new Map(packageParts(names, side, fixture.date1904));
  for (const [index, sheet] of fixture.sheets.entries()) {
    parts.set(`xl/worksheets/sheet${index + 1}.xml`, sheetXml(sheet, options.inline ? undefined : strings));
    if (sheet.hidden) {
      const workbook = parts.get('xl/workbook.xml') ?? '';
      const mark = `sheetId="${index + 1}"`;
      parts.set('xl/workbook.xml', workbook.replace(mark, `${mark} state="hidden"`));
    }
  }
  parts.set('xl/styles.xml', STYLES);
  if (!options.inline) {
    const items = strings.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
    parts.set('xl/sharedStrings.xml', `<sst xmlns="${MAIN}">${items.join('')}</sst>`);
  }
  options.parts?.(parts);
  return Buffer.from(zipArchive([...parts].map(([name, xml]) => packedText(name, xml))));
}

function sheetXml(sheet: FixtureSheet, strings: string[] | undefined): string {
  const numbers = new Map<string, number>();
  const shared = (text: string): number => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const number = (strings?.push(text) ?? 0) - 1;
    numbers.set(text, number);
    return number;
  };
  const rows = sheet.rows.flatMap((cells, index) => {
    if (cells.length === 0) return [];
    const row = index + 1;
    const hidden = sheet.hiddenRows?.includes(row) ? ' hidden="1"' : '';
    const written = cells.map((cell, column) =>
      cellXml(cell, `${columnLetters(column)}${row}`, strings ? shared : undefined),
    );
    return [`<row r="${row}" spans="1:${cells.length}"${hidden}>${written.join('')}</row>`];
  });
  const columns = (sheet.hiddenColumns ?? []).map(
    (column) => `<col min="${column + 1}" max="${column + 1}" width="9" hidden="1"/>`,
  );
  const merges = (sheet.merges ?? []).map((reference) => `<mergeCell ref="${reference}"/>`);
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<!-- a "comment" < --><worksheet xmlns="${MAIN}">${columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''}<sheetData>${rows.join('')}</sheetData>${merges.length > 0 ? `<mergeCells count="${merges.length}">${merges.join('')}</mergeCells>` : ''}<pageMargins left="0.7" right="0.7" top="0.7" bottom="0.7" header="0.3" footer="0.3"/></worksheet>`;
}

function cellXml(cell: FixtureCell, at: string, shared: ((text: string) => number) | undefined): string {
  if (cell === undefined) return `<c r="${at}" s="3"/>`;
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    return shared
      ? `<c r="${at}" s="3" t="s"><v>${shared(cell)}</v></c>`
      : `<c r="${at}" s="3" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
  }
  if ('date' in cell) return `<c r="${at}" s="${cell.date % 2 === 0 ? 1 : 2}"><v>${cell.date}</v></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><f>VLOOKUP(A1,B:B,1)</f><v>${cell.error}</v></c>`;
  const formula = `<f>${escapeXml(cell.formula)}</f>`;
  if (cell.value === undefined) return `<c r="${at}">${formula}</c>`;
  return typeof cell.value === 'number'
    ? `<c r="${at}">${formula}<v>${cell.value}</v></c>`
    : `<c r="${at}" t="str">${formula}<v>${escapeXml(cell.value)}</v></c>`;
}
