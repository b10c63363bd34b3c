import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkLine, checkLines, writeInstructionFile } from '../../../domain/bank/instruction-file.ts';
import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import { BankLayout, PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import type { TextCodec } from '../../../domain/bank/text-codec.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { InvariantError } from '../../../domain/result.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { anyLines, fileInput, gbk, line } from './samples.ts';

function written(input = fileInput(), codec: TextCodec = gb18030) {
  const file = writeInstructionFile(input, codec, sha256Hex);
  if (!file.ok) throw new Error(JSON.stringify(file.error));
  return { ...file.value, text: codec.decode(file.value.bytes) };
}
const codeOf = (changes: Parameters<typeof line>[0], codec: TextCodec = gb18030) =>
  checkLine(line(changes), PIPE_GB18030, codec)?.code ?? 'ok';

describe('instruction files (报盘文件)', () => {
  test('one file, byte for byte', () => {
    const lines = [
      line({ name: '阿依古丽·麦麦提' }),
      line({
        sequence: 2,
        name: '東𬎆',
        fen: fen(50),
        endToEndId: '202612-R-1-GL-000000000002-1',
        bankCode: '102100099996',
      }),
    ];
    const file = written(fileInput({ lines }));
    const body = [
      'H|110199|GL202612R-0001|20261210|11001045300059123456|2|1200.50|01\r\n',
      'D|000001|6222020000000000000|阿依古丽·麦麦提|1200.00||||202612高龄津贴|202612-R-1-GL-7Z3K9QX2M4BT-1\r\n',
      'D|000002|6222020000000000000|東𬎆|0.50|102100099996|||202612高龄津贴|202612-R-1-GL-000000000002-1\r\n',
    ].join('');
    const digest = createHash('sha256').update(gb18030.encode(body)).digest('hex');
    const trailer = `T|2|1200.50|${digest}\r\n`;
    expect(file.text).toBe(body + trailer);
    expect(Buffer.from(file.bytes).equals(Buffer.from(gb18030.encode(body + trailer)))).toBe(true);
    expect({ ...file, text: '', bytes: '' }).toEqual({
      fileName: 'DF_110199_GL_202612R_0001.txt',
      batchNumber: 'GL202612R-0001',
      text: '',
      bytes: '',
      count: 2,
      totalFen: 120050,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
    });
    // 東 ends in 0x7C: splitting bytes instead of text would cut the name.
    expect(Buffer.from(file.bytes).includes(Buffer.from([0x96, 0x7c]))).toBe(true);
  });

  test('what is written is what the bank reads, and again gives the same bytes', () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const file = written(fileInput({ lines }));
        const read = readInstructionFile(file.bytes, PIPE_GB18030, gb18030, sha256Hex);
        expect(read).toEqual({
          ok: true,
          value: {
            jurisdiction: '110199',
            batchNumber: 'GL202612R-0001',
            payDate: '2026-12-10',
            payerAccount: '11001045300059123456',
            totalFen: sumFen(lines.map((item) => item.fen)),
            lines,
          },
        });
        expect(written(fileInput({ lines: structuredClone(lines) })).sha256).toBe(file.sha256);
      }),
    );
  });

  test.each([
    ['U+2022', '阿依古丽\u2022麦麦提', 'invalid/bank-line-dot'],
    ['U+2027', '阿依古丽\u2027麦麦提', 'invalid/bank-line-dot'],
    ['U+30FB', '阿依古丽\u30fb麦麦提', 'invalid/bank-line-dot'],
    ['separator', '张|三', 'invalid/bank-line-name'],
    ['line feed', '张\n三', 'invalid/bank-line-name'],
    ['carriage return', '张\r三', 'invalid/bank-line-name'],
    ['no name', '', 'invalid/bank-line-name'],
    ['space at the end', '张三 ', 'invalid/bank-line-name'],
    ['lone surrogate', '张\ud842', 'invalid/bank-line-encoding'],
    ['private use', '张\ue5e5', 'invalid/bank-line-encoding'],
  ])('a name with %s is refused', (_, name, code) => {
    expect(codeOf({ name })).toBe(code);
  });

  test.each([
    [{ summary: '' }, 'invalid/bank-line-summary'],
    [{ summary: '津贴|补贴' }, 'invalid/bank-line-summary'],
    [{ summary: '津贴\t' }, 'invalid/bank-line-summary'],
    [{ summary: '津\ud842贴' }, 'invalid/bank-line-encoding'],
    [{ account: '6222 0200 0000 0000 000' }, 'invalid/bank-account-characters'],
    [{ account: '62220' }, 'invalid/bank-account-length'],
    [{ fen: fen(0) }, 'invalid/bank-line-amount'],
    [{ fen: fen(-1) }, 'invalid/bank-line-amount'],
    [{ fen: fen(1) }, 'ok'],
    [{ endToEndId: '' }, 'invalid/bank-line-reference'],
    [{ endToEndId: 'A'.repeat(36) }, 'invalid/bank-line-reference'],
    [{ endToEndId: 'A'.repeat(35) }, 'ok'],
    [{ bankCode: '10210009999' }, 'invalid/bank-line-reference'],
    [{ bankCode: '102100099996' }, 'ok'],
    [{ name: '王?' }, 'ok'],
  ])('%j is %s', (changes, code) => {
    expect(codeOf(changes)).toBe(code);
  });

  test.each(['㛃', '王𬎆', '龦', '鿭'])('%s can be written in GB 18030 and not in GBK', (name) => {
    expect(codeOf({ name })).toBe('ok');
    expect(codeOf({ name }, gbk)).toBe('invalid/bank-line-encoding');
  });

  test('the character that is lost is named by position; nothing personal is printed', () => {
    const refused = checkLine(line({ name: '𠀀张㛃' }), PIPE_GB18030, gbk);
    expect(refused?.detail).toEqual({ field: 'name', position: 1 });
    expect(checkLine(line({ name: '张王㛃' }), PIPE_GB18030, gbk)?.detail).toEqual({
      field: 'name',
      position: 3,
    });
    for (const name of ['张王㛃', '张王|', '张王\u2022']) {
      expect(JSON.stringify(checkLine(line({ name }), PIPE_GB18030, gbk))).not.toMatch(/张王|62220/);
    }
  });

  test('a codec that loses characters only in company is noticed by the line', () => {
    const joining: TextCodec = {
      encode: (text) => Buffer.from(text.replace('张三', '弡'), 'utf8'),
      decode: (bytes) => Buffer.from(bytes).toString('utf8'),
    };
    const refused = checkLine(line(), PIPE_GB18030, joining);
    expect(refused?.code).toBe('invalid/bank-line-encoding');
    expect(refused?.detail).toBeUndefined();
  });

  test('bad lines are told apart from good ones; a file with a bad line is not written at all', () => {
    const lines = [
      line({ sequence: 1, endToEndId: 'A-1' }),
      line({ sequence: 2, endToEndId: 'A-2', name: '张|三' }),
      line({ sequence: 3, endToEndId: 'A-3' }),
      line({ sequence: 4, endToEndId: 'A-4', name: '阿\u2022麦' }),
    ];
    const { accepted, refused } = checkLines(lines, PIPE_GB18030, gb18030);
    expect(accepted.map((item) => item.endToEndId)).toEqual(['A-1', 'A-3']);
    expect(refused.map((item) => [item.endToEndId, item.reason.code])).toEqual([
      ['A-2', 'invalid/bank-line-name'],
      ['A-4', 'invalid/bank-line-dot'],
    ]);
    expect(writeInstructionFile(fileInput({ lines }), gb18030, sha256Hex)).toEqual({
      ok: false,
      error: refused,
    });
  });

  test.each([
    ['no lines', { lines: [] }],
    ['a gap in the sequence', { lines: [line(), line({ sequence: 3, endToEndId: 'A-2' })] }],
    ['one end-to-end id twice', { lines: [line(), line({ sequence: 2 })] }],
    [
      'more lines than the layout takes',
      {
        layout: { ...PIPE_GB18030, maxLines: 1 },
        lines: [line(), line({ sequence: 2, endToEndId: 'A-2' })],
      },
    ],
    ['no account to pay from', { payerAccount: '' }],
    ['a pay date that does not exist', { payDate: '2026-02-30' }],
    ['a period that is none', { period: '2026-13' }],
    ['file number 0', { fileNumber: 0 }],
    ['file number 10000', { fileNumber: 10_000 }],
  ])('%s is a bug, not a refusal', (_, changes) => {
    expect(() => writeInstructionFile(fileInput(changes), gb18030, sha256Hex)).toThrow(InvariantError);
  });

  test('another layout is another constant: separator, order of columns, no digest, no version', () => {
    const layout = BankLayout.parse({
      ...PIPE_GB18030,
      separator: '|!',
      header: { marker: 'A', columns: PIPE_GB18030.header!.columns.slice(0, -1) },
      line: { marker: 'R', columns: ['name', 'amount', 'account', 'sequence', 'summary', 'end-to-end-id'] },
      trailer: { marker: 'E', columns: ['total', 'count'] },
    });
    const file = written(fileInput({ layout }));
    expect(file.text.split('\r\n').slice(1)).toEqual([
      'R|!张三|!1200.00|!6222020000000000000|!000001|!202612高龄津贴|!202612-R-1-GL-7Z3K9QX2M4BT-1',
      'E|!1200.00|!1',
      '',
    ]);
    const read = readInstructionFile(file.bytes, layout, gb18030, sha256Hex);
    expect(read.ok && read.value.lines).toEqual([line()]);
    expect(checkLine(line({ name: '张!三' }), layout, gb18030)?.code).toBe('invalid/bank-line-name');
  });
});

describe('reading an instruction file', () => {
  const bytes = written(
    fileInput({ lines: [line(), line({ sequence: 2, endToEndId: 'A-2', fen: fen(1) })] }),
  ).bytes;
  const codeOfBytes = (changed: Uint8Array) => {
    const read = readInstructionFile(changed, PIPE_GB18030, gb18030, sha256Hex);
    return read.ok ? 'ok' : read.error.code;
  };
  /** Changes the text before the trailer and computes the digest again, as someone who wants to deceive would. */
  const forged = (change: (body: string) => string, trailer = (text: string) => text) => {
    const text = gb18030.decode(bytes);
    const body = change(text.slice(0, text.indexOf('T|')));
    const last = `T|2|1200.01|${sha256Hex(gb18030.encode(body))}\r\n`;
    return gb18030.encode(body + trailer(last));
  };

  test('forging nothing is good', () => {
    expect(codeOfBytes(forged((body) => body))).toBe('ok');
  });

  test('any changed byte is refused', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ flip;
        // The line break after the trailer is the only thing that carries nothing.
        fc.pre(at < bytes.length - 2);
        expect(codeOfBytes(changed)).not.toBe('ok');
      }),
    );
    expect(codeOfBytes(new Uint8Array())).toBe('invalid/instruction-file-trailer');
  });

  test.each([
    ['another amount', (body: string) => body.replace('|0.01|', '|0.02|'), 'totals'],
    ['another total in the header', (body: string) => body.replace('|2|1200.01|', '|2|1200.02|'), 'totals'],
    ['another count in the header', (body: string) => body.replace('|2|1200.01|', '|3|1200.01|'), 'totals'],
    ['a line missing', (body: string) => body.replace(/D\|000001.*\r\n/, ''), 'line'],
    ['a line too much', (body: string) => `${body}D|000003|1|a|0.00|||||\r\n`, 'totals'],
    ['an amount with a thousands separator', (body: string) => body.replace('|0.01|', '|1,000|'), 'line'],
    ['another layout version', (body: string) => body.replace('|01\r', '|02\r'), 'header'],
    ['a pay date that does not exist', (body: string) => body.replace('20261210', '20261310'), 'header'],
    ['no header', (body: string) => body.replace(/^H.*\r\n/, ''), 'header'],
  ])('%s is refused even with a good digest', (_, change, part) => {
    expect(codeOfBytes(forged(change))).toBe(`invalid/instruction-file-${part}`);
  });

  test('the trailer must agree as well', () => {
    expect(
      codeOfBytes(
        forged(
          (body) => body,
          (text) => text.replace('T|2', 'T|1'),
        ),
      ),
    ).toBe('invalid/instruction-file-totals');
    expect(
      codeOfBytes(
        forged(
          (body) => body,
          (text) => text.replace('1200.01', '1200.02'),
        ),
      ),
    ).toBe('invalid/instruction-file-totals');
  });
});
