import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PIPE_GB18030, RESULT_LINE_BREAK } from '../../../domain/bank/layout.ts';
import {
  isBlankLine,
  parseResultHeader,
  parseResultLine,
  type ResultLine,
} from '../../../domain/bank/result-file.ts';
import {
  checkResultTotals,
  parseResultTotals,
  ResultCounter,
  type ResultTally,
} from '../../../domain/bank/result-totals.ts';
import { writeResultFile } from '../../../domain/bank/result-writer.ts';
import { fen } from '../../../domain/money.ts';
import { InvariantError, ok, type Result } from '../../../domain/result.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { anyResultLine } from './samples.ts';

const instructionFile = 'DF_110199_GL_202612R_0001.txt';
/** Counted as they come. */
function tallyOf(lines: readonly Result<ResultLine>[]): ResultTally {
  const counter = new ResultCounter();
  for (const line of lines) counter.add(line);
  return counter.tally();
}
const write = (lines: readonly ResultLine[], answer?: number) =>
  writeResultFile(
    {
      layout: PIPE_GB18030,
      instructionFile,
      resultDate: '2026-12-11',
      lines,
      ...(answer === undefined ? {} : { answer }),
    },
    gb18030,
    sha256Hex,
  );
const settled: ResultLine = {
  sequence: 1,
  account: '6222020000000000000',
  name: '阿依古丽·麦麦提',
  fen: fen(120000),
  status: 'settled',
  returnCode: '0',
  reason: '',
  bookedOn: '2026-12-11',
  bankSerial: 'B1',
  endToEndId: '202612-R-1-GL-7Z3K9QX2M4BT-1',
};

/** Cuts bytes after line breaks the way a streaming reader does, and decodes each line alone. */
function linesOf(bytes: Uint8Array): { text: string; from: number }[] {
  const lines: { text: string; from: number }[] = [];
  let from = 0;
  while (from < bytes.length) {
    const end = bytes.indexOf(RESULT_LINE_BREAK, from) + 1 || bytes.length;
    lines.push({ text: gb18030.decode(bytes.subarray(from, end)), from });
    from = end;
  }
  return lines;
}

describe('bank results (回盘)', () => {
  test('one file, byte for byte', () => {
    const failed: ResultLine = {
      sequence: 2,
      account: '6222020000000000001',
      name: '東𬎆',
      fen: fen(50),
      status: 'failed',
      returnCode: 'E19',
      reason: '户名不符',
      bankSerial: '',
      endToEndId: '',
    };
    const file = write([settled, failed], 2);
    expect(file.fileName).toBe(`${instructionFile}.ret2`);
    const body = [
      'H|110199|GL202612R-0001|20261211|DF_110199_GL_202612R_0001.txt|01\r\n',
      'D|000001|6222020000000000000|阿依古丽·麦麦提|1200.00|S|0||20261211|B1|202612-R-1-GL-7Z3K9QX2M4BT-1\r\n',
      'D|000002|6222020000000000001|東𬎆|0.50|F|E19|户名不符||| \r\n'.replace(' ', ''),
    ].join('');
    const trailer = `T|2|1|1200.00|1|0.50|0|0.00|0|0.00|${sha256Hex(gb18030.encode(body))}\r\n`;
    expect(gb18030.decode(file.bytes)).toBe(body + trailer);
  });

  test('what the bank writes is what we read, cut into lines by bytes', () => {
    fc.assert(
      fc.property(fc.array(anyResultLine, { maxLength: 20 }), (lines) => {
        const { bytes } = write(lines);
        const cut = linesOf(bytes);
        expect(cut).toHaveLength(lines.length + 2);
        const header = parseResultHeader(cut[0]!.text, PIPE_GB18030);
        expect(header.ok && header.value).toEqual({
          batchNumber: 'GL202612R-0001',
          resultDate: '2026-12-11',
          instructionFile,
          identity: {
            jurisdiction: '110199',
            programmeCode: 'GL',
            compactPeriod: '202612',
            round: 'R',
            fileNumber: 1,
          },
        });
        const read = cut.slice(1, -1).map(({ text }) => parseResultLine(text, PIPE_GB18030));
        expect(read).toEqual(lines.map(ok));
        const last = cut.at(-1)!;
        const trailer = parseResultTotals(last.text, PIPE_GB18030);
        expect(trailer.ok).toBe(true);
        if (!trailer.ok) return;
        expect(trailer.value.digest).toBe(sha256Hex(bytes.subarray(0, last.from)));
        expect(checkResultTotals(PIPE_GB18030, trailer.value, tallyOf(read))).toBeUndefined();
      }),
    );
  });

  const good = 'D|000001|6222020000000000000|张三|1200.00|S|0||20261211|B1|202612-R-1-GL-7Z3K9QX2M4BT-1';
  const codeOf = (text: string) => {
    const result = parseResultLine(text, PIPE_GB18030);
    return result.ok ? 'ok' : result.error.code.replace('invalid/result-', '');
  };

  test.each([
    [good, 'ok'],
    [`${good}\n`, 'ok'],
    [`${good}\r\n`, 'ok'],
    [good.replaceAll('|', ' | ').replace('D ', 'D'), 'ok'],
    [good.replace('|S|', '|R|'), 'ok'],
    [good.replace('|S|0||20261211|', '|F|0|||'), 'ok'],
    [good.replace('|S|0||20261211|', '|P|0|||'), 'ok'],
    [good.replace('|S|0||20261211|', '|S|0|||'), 'booked-on'],
    [good.replace('|S|0||20261211|', '|R|0|||'), 'booked-on'],
    [good.replace('20261211', '20261311'), 'booked-on'],
    [good.replace('|S|0||20261211|', '|F|0||20260230|'), 'booked-on'],
    [good.replace('20261211', '2026-12-11'), 'booked-on'],
    [good.replace('|S|', '|s|'), 'status'],
    [good.replace('|S|', '|成功|'), 'status'],
    [good.replace('|S|', '||'), 'status'],
    [good.replace('1200.00', '1,200.00'), 'amount'],
    [good.replace('1200.00', '1200.005'), 'amount'],
    [good.replace('1200.00', '１２００'), 'amount'],
    [good.replace('1200.00', '1.2E3'), 'amount'],
    [good.replace('1200.00', '0.00'), 'amount'],
    [good.replace('1200.00', '-1200.00'), 'amount'],
    [good.replace('1200.00', ''), 'amount'],
    [good.replace('000001', '0'), 'sequence'],
    [good.replace('000001', '-1'), 'sequence'],
    [good.replace('000001', '1.0'), 'sequence'],
    [good.replace('|0||', '|代码||'), 'return-code'],
    [good.replace('|B1|', '|张三|'), 'bank-serial'],
    [good.replace('202612-R-1-GL', '202612-r-1-GL'), 'end-to-end-id'],
    [good.replace('|张三|', '|张|三|'), 'columns'],
    [good.replace('|张三', ''), 'columns'],
    ['', 'columns'],
    [good.replace('D|', 'X|'), 'columns'],
  ])('%j is %s', (text, expected) => {
    expect(codeOf(text)).toBe(expected);
  });

  test('a refusal prints no cell, wherever the columns were shifted to', () => {
    expect(codeOf(good.replace('1200.00', '张三丰'))).toBe('amount');
    fc.assert(
      fc.property(fc.nat(11), fc.constantFrom('张三丰', '6222020000000000000'), (at, personal) => {
        const cells = good.replace('张三', '甲').replace('6222020000000000000', '12345678901').split('|');
        cells.splice(at, at % 2, personal);
        const result = parseResultLine(cells.join('|'), PIPE_GB18030);
        return result.ok || !JSON.stringify(result.error).includes(personal);
      }),
    );
  });

  test('what is wrong is named as staff call it', () => {
    const wordsOf = (text: string) => {
      const result = parseResultLine(text, PIPE_GB18030);
      return result.ok ? '' : result.error.zh;
    };
    expect(wordsOf(good.replace('20261211', '20261311'))).toContain('第1笔的“记账日期”');
    expect(wordsOf(good.replace('1200.00', '1,200.00'))).toContain('第1笔的“金额”');
    expect(wordsOf(good.replace('000001', '0'))).toContain('“序号”');
    const result = parseResultHeader(header.replace('H|110199', 'H|110105'), PIPE_GB18030);
    expect(!result.ok && result.error.zh).toContain('“行政区划”');
    const other = parseResultHeader(good, PIPE_GB18030);
    expect(!other.ok && other.error.zh).toContain('“列数”');
  });

  const header = 'H|110199|GL202612R-0001|20261211|DF_110199_GL_202612R_0001.txt|01';
  test.each([
    ['another version', header.replace('|01', '|02'), 'layout-version'],
    ['another district', header.replace('H|110199', 'H|110105'), 'jurisdiction'],
    ['another batch', header.replace('GL202612R-0001', 'GL202612R-0002'), 'batch-number'],
    ['another file', header.replace('.txt', '.xls'), 'instruction-file'],
    ['no such day', header.replace('20261211', '20260229'), 'result-date'],
    ['a missing column', header.replace('|01', ''), 'columns'],
    ['a line', good, 'columns'],
  ])('a header with %s is refused', (_, text, column) => {
    const result = parseResultHeader(text, PIPE_GB18030);
    expect(!result.ok && [result.error.code, result.error.detail]).toEqual([
      'invalid/result-header',
      { column },
    ]);
  });

  const digest = 'a'.repeat(64);
  test.each([
    ['no digest', 'T|1|1|1200.00|0|0.00|0|0.00|0|0.00|'],
    ['a digest in capitals', `T|1|1|1200.00|0|0.00|0|0.00|0|0.00|${digest.toUpperCase()}`],
    ['a missing status', `T|1|1|1200.00|0|0.00|0|0.00|${digest}`],
    ['a count that is none', `T|1|x|1200.00|0|0.00|0|0.00|0|0.00|${digest}`],
    ['a sum that is none', `T|1|1|1,200|0|0.00|0|0.00|0|0.00|${digest}`],
    ['a negative sum', `T|1|1|-1.00|0|0.00|0|0.00|0|0.00|${digest}`],
    ['no number of lines', `T||1|1200.00|0|0.00|0|0.00|0|0.00|${digest}`],
    ['another marker', `X|1|1|1200.00|0|0.00|0|0.00|0|0.00|${digest}`],
  ])('a trailer with %s is refused', (_, text) => {
    const result = parseResultTotals(text, PIPE_GB18030);
    expect(!result.ok && result.error.code).toBe('invalid/result-trailer');
  });

  test('a file that disagrees with its trailer is refused, by lines, counts or sums of any status', () => {
    const lines = [settled, { ...settled, sequence: 2, status: 'returned' as const, fen: fen(1) }];
    const last = linesOf(write(lines).bytes).at(-1)!.text;
    const trailer = parseResultTotals(last, PIPE_GB18030);
    if (!trailer.ok) throw new Error('trailer');
    const check = (read: readonly ResultLine[]) =>
      checkResultTotals(PIPE_GB18030, trailer.value, tallyOf(read.map(ok)));
    expect(check(lines)).toBeUndefined();
    expect(check(lines.slice(1))?.detail).toEqual({ stated: 2, found: 1 });
    expect(check([...lines, settled])?.detail).toEqual({ stated: 2, found: 3 });
    const other = check([settled, { ...lines[1]!, fen: fen(2) }]);
    expect(other?.detail).toEqual({ figure: 'returned-total', stated: '0.01', found: '0.02' });
    expect(other?.zh).toContain('退票金额');
    expect(check([settled, { ...lines[1]!, status: 'failed' }])?.detail).toMatchObject({
      figure: 'failed-count',
      stated: '0',
      found: '1',
    });
    // Same sum, other count: one settled line taken for two would hide a payment.
    const halves = [1, 2].map((sequence) => ({ ...settled, sequence, fen: fen(60_000) }));
    const whole = parseResultTotals(linesOf(write([settled]).bytes).at(-1)!.text, PIPE_GB18030);
    if (!whole.ok) throw new Error('trailer');
    const figures = new Map(whole.value.figures).set('lines', 2);
    const found = checkResultTotals(PIPE_GB18030, { figures }, tallyOf(halves.map(ok)));
    expect(found?.code).toBe('invalid/result-totals');
  });

  test('an unreadable line still counts as a line, and does not make the good ones bad', () => {
    const last = linesOf(write([settled, { ...settled, sequence: 2 }]).bytes).at(-1)!.text;
    const trailer = parseResultTotals(last, PIPE_GB18030);
    if (!trailer.ok) throw new Error('trailer');
    const unreadable = parseResultLine('D|x', PIPE_GB18030);
    const tally = tallyOf([ok(settled), unreadable]);
    expect(tally).toMatchObject({ lines: 2, unreadable: 1, totals: { settled: { count: 1, fen: 120000 } } });
    expect(checkResultTotals(PIPE_GB18030, trailer.value, tally)).toBeUndefined();
    expect(checkResultTotals(PIPE_GB18030, trailer.value, tallyOf([ok(settled)]))?.code).toBe(
      'invalid/result-line-count',
    );
  });

  test.each([
    ['', true],
    ['\r\n', true],
    ['\u001a', true],
    ['DX|1', false],
    ['合计|1', false],
  ])('%j is blank: %s', (text, blank) => {
    expect(isBlankLine(text)).toBe(blank);
  });

  test('answering a file of another layout is a bug of the simulator', () => {
    expect(() =>
      writeResultFile(
        { layout: PIPE_GB18030, instructionFile: 'x.txt', resultDate: '2026-12-11', lines: [] },
        gb18030,
        sha256Hex,
      ),
    ).toThrow(InvariantError);
  });
});
