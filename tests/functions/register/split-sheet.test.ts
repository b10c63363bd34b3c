import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRows } from '../../../functions/register/csv-rows.ts';
import { ROWS_PER_CHUNK, splitSheet } from '../../../functions/register/split-sheet.ts';
import { HEADINGS } from './sheet-fixture.ts';

/** The bytes in pieces of a given size: a stream may be cut anywhere, also inside a character. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '张三',
    '阿依古丽·麦麦提',
    '𬎆',
    '"',
    'a"b',
    'x,y',
    '行一\r\n行二',
    '行\n',
    '=1+1',
    '\ufeff',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

describe('cutting a sheet', () => {
  it('gives chunks whose rows, put together, are the rows of the sheet', async () => {
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('\r\n', '\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 400 }),
        async (given, newline, mark, lastNewline, size) => {
          const filler = Array.from({ length: ROWS_PER_CHUNK - 3 }, (_, n) => [`行${n}`, 'x']);
          const lines = [...filler, ...given, ['末', 'y']].map((cells) =>
            cells.map((text) => quoted(text.replaceAll('\0', ''))).join(','),
          );
          const text = `${mark ? '\ufeff' : ''}${[HEADINGS, ...lines].join(newline)}${lastNewline ? newline : ''}`;
          const bytes = Buffer.from(text, 'utf8');
          const cut = await splitSheet(pieces(bytes, size * 50), 'register');
          if (!cut.ok) throw new Error(cut.error.code);
          const { chunks } = cut.value;
          const parts = chunks.map(({ firstByte, lastByte }) => bytes.subarray(firstByte, lastByte + 1));
          const records: string[][] = parse(bytes, {
            bom: true,
            relax_column_count: true,
            record_delimiter: ['\r\n', '\n', '\r'],
          });
          expect(parts.flatMap((part) => parseRows(part))).toEqual(records.slice(1));
          for (const [index, part] of parts.entries()) {
            expect(createHash('sha256').update(part).digest('hex')).toBe(chunks[index]!.sha256);
          }
          expect(chunks.map(({ firstRow }) => firstRow)).toEqual(
            chunks.map((_, index) => 2 + index * ROWS_PER_CHUNK),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('finds bytes that are not UTF-8 wherever the stream is cut, and says after which row', async () => {
    const good = Buffer.from(`${HEADINGS}\n${'张,1\n'.repeat(50)}`);
    const bytes = Buffer.concat([good, Buffer.from([0xe5, 0xbc]), Buffer.from('x\n')]);
    for (const size of [1, 7, 10_000]) {
      const cut = await splitSheet(pieces(bytes, size), 'register');
      expect(cut).toMatchObject({ ok: false, error: { code: 'invalid/encoding' } });
    }
    const truncated = Buffer.concat([good, Buffer.from([0xe5, 0xbc])]);
    expect(await splitSheet(pieces(truncated, 10), 'register')).toMatchObject({
      ok: false,
      error: { code: 'invalid/encoding' },
    });
  });

  it('passes on a failure that says nothing about the file', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(HEADINGS);
      throw new Error('connection lost');
    }
    await expect(splitSheet(broken(), 'register')).rejects.toThrow('connection lost');
  });
});
