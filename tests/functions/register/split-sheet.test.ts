import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { parseReadRows } from '../../../functions/register/read-row.ts';
import { ROWS_PER_CHUNK, splitSheet } from '../../../functions/register/split-sheet.ts';
import { HEADINGS } from './sheet-fixture.ts';
import { sourceOf } from './sheet-source.ts';

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
        fc.boolean(),
        async (given, newline, mark, lastNewline, gb) => {
          const filler = Array.from({ length: ROWS_PER_CHUNK - 3 }, (_, n) => [`行${n}`, 'x']);
          const lines = [...filler, ...given, ['末', 'y']].map((cells) =>
            cells.map((text) => quoted(text.replaceAll('\0', ''))).join(','),
          );
          const text = `${mark ? '\ufeff' : ''}${[HEADINGS, ...lines].join(newline)}${lastNewline ? newline : ''}`;
          const bytes = gb ? Buffer.from(gb18030.encode(text)) : Buffer.from(text, 'utf8');
          const kept = new Map<number, Uint8Array>();
          const cut = await splitSheet(sourceOf(bytes), 'register', async (chunk, sha256, rows) => {
            expect(createHash('sha256').update(rows).digest('hex')).toBe(sha256);
            kept.set(chunk, rows);
          });
          if (!cut.ok) throw new Error(cut.error.code);
          const { chunks } = cut.value;
          const read = chunks.flatMap(({ chunk }) => parseReadRows(kept.get(chunk)!));
          const records: string[][] = parse(Buffer.from(text, 'utf8'), {
            bom: true,
            relax_column_count: true,
            record_delimiter: ['\r\n', '\n', '\r'],
          });
          const expected = records
            .map((cells, index) => ({ row: index + 1, cells: cells.map((each) => each.trim()) }))
            .slice(1)
            .filter(({ cells }) => cells.some((each) => each !== ''));
          const plain = (cells: readonly string[]) => cells.join('\t').trimEnd();
          expect(read.map(({ row, cells }) => [row, plain(cells)])).toEqual(
            expected.map(({ row, cells }) => [row, plain(cells)]),
          );
          expect(chunks.map(({ rows }) => rows).slice(0, -1)).toEqual(
            chunks.slice(0, -1).map(() => ROWS_PER_CHUNK),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['bytes that are of neither encoding', [0xe5, 0xbc, 0xff]],
    ['half a character at the end', [0xe5, 0xbc]],
  ])('refuses %s', async (_, wrong) => {
    const good = Buffer.from(`${HEADINGS}\n${'张,1\n'.repeat(50)}`);
    const cut = await splitSheet(
      sourceOf(Buffer.concat([good, Buffer.from(wrong)])),
      'register',
      async () => {},
    );
    expect(cut).toMatchObject({ ok: false, error: { code: 'invalid/encoding' } });
  });

  it('passes on a failure that says nothing about the file', async () => {
    const broken = {
      bytes: 100,
      read: async () => {
        throw new Error('connection lost');
      },
    };
    await expect(splitSheet(broken, 'register', async () => {})).rejects.toThrow('connection lost');
  });

  it('passes on a failure to keep the rows', async () => {
    const bytes = Buffer.from(`${HEADINGS}\n${'张,1\n'.repeat(5_000)}`);
    const full = async () => {
      throw new Error('no room');
    };
    await expect(splitSheet(sourceOf(bytes), 'register', full)).rejects.toThrow('no room');
  });
});
