import { columnLetters } from '../../../domain/register/sheet-notes.ts';
import type { ByteSource } from './byte-source.ts';
import { malformed } from './refused-file.ts';
import { BOUNDS, cellPlace } from './workbook.ts';
import { packageParts, SIDE_PATHS, type SidePart, XML_HEAD } from './xlsx-package.ts';
import { sheetsOf, xlsxParts } from './xlsx-workbook.ts';
import { attribute, escapeXml, XmlScanner } from './xml-scanner.ts';
import { packedEntry, unpacked } from './zip-reader.ts';
import { packedStream, packedText, zipArchive } from './zip-writer.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Columns to write beside the rows of one sheet. Columns from 0, rows from 1. */
export type Annotation = {
  /** Path of the sheet in the archive. */
  readonly sheet: string;
  readonly headingRow: number;
  readonly columns: readonly {
    readonly column: number;
    readonly heading: string;
    readonly reasons: (row: number) => string | undefined;
  }[];
};

/**
 * The workbook with one sheet of it, as it was, and columns of text added or replaced. Rows, formats, widths and merged
 * cells stay. Left out is whatever can act or reach outside: formulas (their values stay), links, rules, validations,
 * drawings, other sheets. Undefined for a strict-mode workbook, which cannot be put together with our parts.
 */
export async function annotatedXlsx(
  source: ByteSource,
  annotation: Annotation,
): Promise<Uint8Array | undefined> {
  const parts = await xlsxParts(source);
  const { entries, styles, strings, theme, workbookXml } = parts;
  const entry = entries.get(annotation.sheet);
  if (!entry) throw malformed('the sheet is gone');
  if (workbookXml.includes('purl.oclc.org')) return undefined;
  const { system, sheets } = sheetsOf(parts);
  const name = sheets.find((sheet) => sheet.entry === entry)?.name ?? 'Sheet1';
  const side = (
    [
      ['styles', styles],
      ['sharedStrings', strings],
      ['theme', theme],
    ] as const
  ).flatMap(([part, found]) => (found ? [{ part: part satisfies SidePart, found }] : []));
  const copies = await Promise.all(
    side.map(async ({ part, found }) => ({
      ...found,
      name: `xl/${SIDE_PATHS[part]}`,
      packed: await packedEntry(source, found),
    })),
  );
  const rewritten = rewrittenSheet(unpacked(source, entry, BOUNDS.sheetXmlBytes), annotation);
  const sheet = await packedStream('xl/worksheets/sheet1.xml', rewritten);
  const around = packageParts(
    [name],
    side.map(({ part }) => part),
    system === 1904,
  ).map(([path, xml]) => packedText(path, xml));
  return zipArchive([...around, sheet, ...copies]);
}

async function* rewrittenSheet(
  pieces: AsyncIterable<Uint8Array>,
  annotation: Annotation,
): AsyncGenerator<string, void, undefined> {
  const rewriter = new SheetRewriter(annotation);
  const scanner = new XmlScanner(rewriter);
  yield XML_HEAD;
  for await (const piece of pieces) {
    scanner.write(piece);
    yield rewriter.taken();
  }
  scanner.end();
  yield rewriter.taken();
}

/** What is kept of a sheet beside its rows: how it looks. */
const KEPT = [
  'sheetViews',
  'sheetFormatPr',
  'cols',
  'sheetData',
  'mergeCells',
  'pageMargins',
  'printOptions',
];
/** What is dropped within rows and cells. */
const DROPPED = ['f', 'extLst'];

class SheetRewriter {
  readonly #annotation: Annotation;
  readonly #columns: Annotation['columns'];
  #out = '';
  #depth = 0;
  /** Depth at which something that is dropped began. */
  #droppedAt: number | undefined;
  #prefix = '';
  #row = 0;
  #column = -1;
  #waiting: Annotation['columns'][number][] = [];

  constructor(annotation: Annotation) {
    this.#annotation = annotation;
    this.#columns = annotation.columns.toSorted((a, b) => a.column - b.column);
  }

  taken(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  readonly open = (name: string, raw: string): void => {
    this.#depth += 1;
    if (this.#droppedAt !== undefined) return;
    if (this.#depth === 1) this.#prefix = /^<(\w+:)/.exec(raw)?.[1] ?? '';
    const drop = this.#depth === 2 ? !KEPT.includes(name) : this.#depth > 2 && DROPPED.includes(name);
    if (drop || (name === 'c' && !this.#openCell(raw))) {
      this.#droppedAt = this.#depth;
      return;
    }
    if (name === 'row') this.#openRow(raw);
    this.#out += name === 'row' ? without(raw, 'spans') : name === 'c' ? without(raw, 'cm', 'vm') : raw;
  };

  readonly text = (raw: string): void => {
    if (this.#droppedAt === undefined) this.#out += raw;
  };

  readonly close = (name: string, raw: string): void => {
    const dropped = this.#droppedAt !== undefined;
    if (this.#droppedAt === this.#depth) this.#droppedAt = undefined;
    this.#depth -= 1;
    if (dropped) return;
    if (name === 'row' && raw !== '') this.#write(Number.POSITIVE_INFINITY);
    this.#out += raw;
  };

  #openRow(raw: string): void {
    this.#row = Number(attribute(raw, 'r') ?? this.#row + 1);
    this.#column = -1;
    this.#waiting = [...this.#columns];
  }

  /** False for a cell in whose place stands one of ours. */
  #openCell(raw: string): boolean {
    const reference = attribute(raw, 'r');
    this.#column = (reference === undefined ? undefined : cellPlace(reference)?.column) ?? this.#column + 1;
    this.#write(this.#column);
    return !this.#columns.some(({ column }) => column === this.#column);
  }

  /** Writes our cells up to a column. */
  #write(upTo: number): void {
    for (let next = this.#waiting[0]; next && next.column <= upTo; next = this.#waiting[0]) {
      this.#waiting.shift();
      const text = this.#row === this.#annotation.headingRow ? next.heading : next.reasons(this.#row);
      if (text === undefined) continue;
      const p = this.#prefix;
      const place = `${columnLetters(next.column)}${this.#row}`;
      this.#out += `<${p}c r="${place}" t="inlineStr"><${p}is><${p}t xml:space="preserve">${escapeXml(xmlText(text))}</${p}t></${p}is></${p}c>`;
    }
  }
}

/** A tag without some of its attributes. */
function without(raw: string, ...names: readonly string[]): string {
  return raw.replace(new RegExp(`\\s(?:${names.join('|')})\\s*=\\s*(?:"[^"]*"|'[^']*')`, 'g'), '');
}

/** Text without the control characters that XML cannot hold, cut to what a cell can. */
function xmlText(text: string): string {
  return text.replace(/(?![\t\n\r])\p{Cc}/gu, '').slice(0, BOUNDS.cellCharacters);
}
