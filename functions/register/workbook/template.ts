import { columnLetters } from '../../../domain/register/sheet-notes.ts';
import { SHEETS, type SheetKind } from '../../../domain/register/sheets.ts';
import { MAIN, packageParts, SIDE_PATHS, XML_HEAD } from './xlsx-package.ts';
import { escapeXml } from './xml-scanner.ts';
import { packedText, zipArchive } from './zip-writer.ts';

/** Sheets of a template: the one to fill comes first, so that it is the one that is imported. */
const TO_FILL = '填写';
const EXAMPLE = '示例';
const COLUMN_WIDTH = 22;
const HEADING_STYLES = { optional: 2, required: 3 };
const TEXT_STYLE = 1;

/**
 * The template of a kind of sheet: headings (those that must be filled in red), every column formatted as text so that no
 * digit is lost in typing, and a second sheet with a made-up row.
 */
export function templateXlsx(kind: SheetKind): Uint8Array {
  const columns = Object.entries(SHEETS[kind]).filter(([id, column]) => !column.ignored || id === 'note');
  const headings = columns.map(([, column]) => ({
    text: column.zh,
    style: column.required ? HEADING_STYLES.required : HEADING_STYLES.optional,
  }));
  const example = columns.map(([, column]) => ({ text: column.example ?? '', style: TEXT_STYLE }));
  return zipArchive([
    ...packageParts([TO_FILL, EXAMPLE], ['styles']).map(([name, xml]) => packedText(name, xml)),
    packedText('xl/worksheets/sheet1.xml', sheetXml([headings])),
    packedText('xl/worksheets/sheet2.xml', sheetXml([headings, example])),
    packedText(`xl/${SIDE_PATHS.styles}`, STYLES),
  ]);
}

type StyledText = { readonly text: string; readonly style: number };

function sheetXml(rows: readonly (readonly StyledText[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const lines = rows.map((row, index) => {
    const cells = row.map(({ text, style }, column) => {
      const place = `r="${columnLetters(column)}${index + 1}" s="${style}"`;
      return text === ''
        ? `<c ${place}/>`
        : `<c ${place} t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
    });
    return `<row r="${index + 1}">${cells.join('')}</row>`;
  });
  return `${XML_HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${width}" width="${COLUMN_WIDTH}" style="${TEXT_STYLE}" customWidth="1"/></cols><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** Number format 49 is text (@). */
const STYLES = `${XML_HEAD}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><color rgb="FFC00000"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf xfId="0"/><xf numFmtId="49" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="2" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;
