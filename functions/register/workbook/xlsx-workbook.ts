import type { ByteSource } from './byte-source.ts';
import { malformed, otherFormat, tooLarge, withMacros } from './refused-file.ts';
import { BOUNDS, isBuiltInDateFormat, isDateFormat, type Workbook, type WorkbookSheet } from './workbook.ts';
import { type SheetContext, sheetFrame, sheetRows } from './xlsx-rows.ts';
import { sharedStrings } from './xlsx-strings.ts';
import { attribute, XmlScanner } from './xml-scanner.ts';
import { unpackedText, type ZipEntry, zipEntries } from './zip-reader.ts';

/** The parts of a workbook that its error file is made from. */
export type XlsxParts = {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly styles: ZipEntry | undefined;
  readonly strings: ZipEntry | undefined;
  readonly theme: ZipEntry | undefined;
  readonly workbookXml: string;
  readonly relations: readonly Relation[];
};

/** Opens an .xlsx (ECMA-376, transitional or strict). Shared strings are read at once, rows when asked for. */
export async function openXlsx(source: ByteSource): Promise<Workbook> {
  const parts = await xlsxParts(source);
  const { system, sheets } = sheetsOf(parts);
  if (sheets.length === 0) throw malformed('no worksheet');
  if (sheets.length > BOUNDS.sheets)
    throw tooLarge(`超过 ${BOUNDS.sheets} 个工作表`, `more than ${BOUNDS.sheets} sheets`);
  const context: SheetContext = {
    source,
    strings: await sharedStrings(source, parts.strings),
    dateStyles: await dateStyles(source, parts.styles),
  };
  return {
    title: 'XLSX',
    system,
    sheets: sheets.map(({ name, hidden, entry }): WorkbookSheet => {
      return {
        name,
        hidden,
        path: entry.name,
        frame: () => sheetFrame(source, entry),
        rows: () => sheetRows(context, entry),
      };
    }),
  };
}

/** The worksheets in their order, and the workbook's calendar. */
export function sheetsOf({ workbookXml, relations, entries }: XlsxParts): {
  system: Workbook['system'];
  sheets: { name: string; hidden: boolean; entry: ZipEntry }[];
} {
  let system: Workbook['system'] = 1900;
  const sheets: { name: string; hidden: boolean; entry: ZipEntry }[] = [];
  scanText(workbookXml, (name, raw) => {
    if (name === 'workbookPr' && /^(?:1|true)$/.test(attribute(raw, 'date1904') ?? '')) system = 1904;
    if (name !== 'sheet') return;
    const id = attribute(raw, 'id');
    const target = relations.find((one) => one.id === id && one.type === 'worksheet');
    const entry = target && entries.get(target.path);
    const hidden = (attribute(raw, 'state') ?? 'visible') !== 'visible';
    if (entry) sheets.push({ name: attribute(raw, 'name') ?? '', hidden, entry });
  });
  return { system, sheets };
}

/** Finds the parts by their relations. Refused: macros, the binary format, other documents in ZIP archives. */
export async function xlsxParts(source: ByteSource): Promise<XlsxParts> {
  const entries = await zipEntries(source);
  if (entries.has('mimetype'))
    throw otherFormat('OpenDocument 等其他格式的文件', 'an OpenDocument or other file');
  const types = await textOf(source, entries, '[Content_Types].xml');
  if (/macroEnabled|vbaProject/i.test(types) || [...entries.keys()].some((name) => /vbaProject/i.test(name)))
    throw withMacros();
  if (/sheet\.binary/i.test(types))
    throw otherFormat('Excel 二进制工作簿（.xlsb）', 'a binary Excel workbook (.xlsb)');
  const root = relationsIn(await textOf(source, entries, '_rels/.rels'), '');
  const workbookPath = root.find(({ type }) => type === 'officeDocument')?.path;
  if (workbookPath === undefined || !/spreadsheetml/i.test(types))
    throw otherFormat('其他类型的压缩文件或文档', 'another kind of archive or document');
  const workbookXml = await textOf(source, entries, workbookPath);
  const folder = workbookPath.slice(0, workbookPath.lastIndexOf('/') + 1);
  const own = `${folder}_rels/${workbookPath.slice(folder.length)}.rels`;
  const relations = relationsIn(await textOf(source, entries, own), folder);
  const partOf = (type: string) => {
    const path = relations.find((one) => one.type === type)?.path;
    return path === undefined ? undefined : entries.get(path);
  };
  const [styles, strings, theme] = [partOf('styles'), partOf('sharedStrings'), partOf('theme')];
  return { entries, styles, strings, theme, workbookXml, relations };
}

/** `type` is the last part of the relation's address. */
type Relation = { readonly id: string; readonly type: string; readonly path: string };

function relationsIn(xml: string, folder: string): Relation[] {
  const found: Relation[] = [];
  scanText(xml, (name, raw) => {
    if (name !== 'Relationship' || attribute(raw, 'TargetMode') === 'External') return;
    const type = (attribute(raw, 'Type') ?? '').split('/').at(-1) ?? '';
    found.push({
      id: attribute(raw, 'Id') ?? '',
      type,
      path: resolved(folder, attribute(raw, 'Target') ?? ''),
    });
  });
  return found;
}

function resolved(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** Which cell styles show dates, by their number. */
async function dateStyles(source: ByteSource, entry: ZipEntry | undefined): Promise<ReadonlySet<number>> {
  const dates = new Set<number>();
  if (!entry) return dates;
  const formats = new Map<number, boolean>();
  let [inCells, style] = [false, 0];
  scanText(await unpackedText(source, entry, BOUNDS.partBytes), (name, raw) => {
    if (name === 'numFmt')
      formats.set(Number(attribute(raw, 'numFmtId')), isDateFormat(attribute(raw, 'formatCode') ?? ''));
    if (name === 'cellXfs' || name === 'cellStyleXfs') inCells = name === 'cellXfs';
    if (name !== 'xf' || !inCells) return;
    const id = Number(attribute(raw, 'numFmtId') ?? 0);
    if (formats.get(id) ?? isBuiltInDateFormat(id)) dates.add(style);
    style += 1;
  });
  return dates;
}

async function textOf(source: ByteSource, entries: XlsxParts['entries'], name: string): Promise<string> {
  const entry = entries.get(name);
  if (!entry) throw malformed(`no part ${name.replace(/[^\w./[\]-]/g, '?').slice(0, 60)}`);
  return unpackedText(source, entry, BOUNDS.partBytes);
}

function scanText(xml: string, open: (name: string, raw: string) => void): void {
  const scanner = new XmlScanner({ open, close: () => {} });
  scanner.write(Buffer.from(xml));
  scanner.end();
}
