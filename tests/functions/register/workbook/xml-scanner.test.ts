import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SheetRow, shownText } from '../../../../domain/register/sheet-cell.ts';
import { annotatedXlsx } from '../../../../functions/register/workbook/annotate-xlsx.ts';
import { openWorkbook } from '../../../../functions/register/workbook/open-workbook.ts';
import { decodeXml, escapeXml, XmlScanner } from '../../../../functions/register/workbook/xml-scanner.ts';
import { unpackedText, zipEntries } from '../../../../functions/register/workbook/zip-reader.ts';
import { xlsxOf } from '../../../../infra/local/sample/xlsx-writer.ts';
import { sourceOf } from '../sheet-source.ts';

const XML = `<?xml version="1.0"?><!-- <x> --><a:r n="1 > 0" m='"'><t>张&amp;三 &#x4e09;&#22235;</t><e/><![CDATA[<&>]]></a:r>`;

function eventsOf(pieces: readonly Uint8Array[]): string[] {
  const events: string[] = [];
  let text = '';
  const flush = () => {
    if (text !== '') events.push(`text ${decodeXml(text)}`);
    text = '';
  };
  const scanner = new XmlScanner({
    open: (name) => {
      flush();
      events.push(`open ${name}`);
    },
    close: (name) => {
      flush();
      events.push(`close ${name}`);
    },
    text: (raw) => {
      text += raw;
    },
  });
  for (const piece of pieces) scanner.write(piece);
  scanner.end();
  return events;
}

describe('XML that streams by', () => {
  it('says the same wherever it is cut', () => {
    const bytes = Buffer.from(XML);
    const expected = [
      'open r',
      'open t',
      'text 张&三 三四',
      'close t',
      'open e',
      'close e',
      'text <&>',
      'close r',
    ];
    expect(eventsOf([bytes])).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(eventsOf(pieces)).toEqual(expected);
      }),
    );
  });

  it('comes to the end of a tag whose quotes are full of signs, or which has more attributes than any program writes', () => {
    const signs = `<a m="${'>'.repeat(400_000)}" n='${'"'.repeat(400_000)}'/>`;
    const attributes = `<a ${'b="" '.repeat(190_000)}/>`;
    for (const xml of [signs, attributes])
      expect(eventsOf([Buffer.from(xml)])).toEqual(['open a', 'close a']);
  });

  it('gives back any text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeXml(escapeXml(text))).toBe(text);
      }),
    );
  });

  it.each(['<!DOCTYPE a><a/>', '<a>&b;</a>', '<a', '<a>&#x110000;</a>'])('refuses %s', (xml) => {
    expect(() => eventsOf([Buffer.from(xml)])).toThrow('invalid/workbook');
  });
});

describe('10,000 cells that would be formulas', () => {
  it('are text in the error file, and none of them acts', async () => {
    const start = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t=',
      '\r',
      ' =',
      '\n=',
      '＝',
      '=HYPERLINK("x")',
      "=cmd|' /C calc'!A0",
    );
    const cells = fc.sample(
      fc.tuple(start, fc.string({ unit: 'grapheme', maxLength: 12 })).map((parts) => parts.join('')),
      10_000,
    );
    const rows = Array.from({ length: 1_000 }, (_, row) => cells.slice(row * 10, row * 10 + 10));
    const reasons = (row: number) => (row === 1 ? undefined : rows[row - 1]?.[0]);
    const bytes = await annotatedXlsx(sourceOf(xlsxOf({ sheets: [{ rows }] })), {
      sheet: 'xl/worksheets/sheet1.xml',
      headingRow: 1,
      columns: [{ column: 10, heading: '=1+1', reasons }],
    });
    const source = sourceOf(bytes!);
    const sheet = (await zipEntries(source)).get('xl/worksheets/sheet1.xml')!;
    expect(await unpackedText(source, sheet, 10_000_000)).not.toMatch(/<(?:\w+:)?f[\s>/]/);
    const read: SheetRow[] = [];
    for await (const row of (await openWorkbook(source)).sheets[0]!.rows()) read.push(row);
    expect(read).toHaveLength(1_000);
    for (const { row, cells: found } of read) {
      expect(found.every((cell) => cell === undefined || cell.kind === 'text')).toBe(true);
      expect(found.slice(0, 10).map(shownText)).toEqual(rows[row - 1]);
    }
  });
});
