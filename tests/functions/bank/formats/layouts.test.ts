import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { BankLayout } from '../../../../domain/bank/layout.ts';
import { LAYOUTS } from '../../../../domain/bank/layouts.ts';
import { answerOfLine } from '../../../../domain/bank/result-file.ts';
import { fen, sumFen } from '../../../../domain/money.ts';
import { ok } from '../../../../domain/result.ts';
import { sha256Hex } from '../../../../functions/adapters/hashing.ts';
import { isUnreadable } from '../../../../functions/bank/answers-file.ts';
import { bankFormat } from '../../../../functions/bank/formats/index.ts';
import { anyLines, line } from '../../../domain/bank/samples.ts';
import { HEAD, IDENTITY, read, stated } from './reading.ts';

const formats = await Promise.all(
  LAYOUTS.map(async (layout) => [layout.id, layout, await bankFormat(layout.id)] as const),
);

describe.each(formats)('%s', (_, layout, format) => {
  const fileName = format.instructionFileName({ ...IDENTITY, payDate: HEAD.payDate });

  it('is a sound layout, and its names are read back', () => {
    expect(BankLayout.parse(layout)).toEqual(layout);
    const dated = layout.fileName.includes('{date}');
    expect(format.identityOf(fileName)).toEqual(ok({ ...IDENTITY, ...(dated && { payDate: HEAD.payDate }) }));
    expect(format.identityOf(`x${fileName}`).ok).toBe(false);
  });

  it('what is written is what the bank reads, whole or in parts, and again the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyLines, fc.nat(20), async (drawn, cut) => {
        const lines = drawn
          .filter((one) => format.checkLine(one) === undefined)
          .map((one, index) => ({ ...one, sequence: index + 1 }));
        fc.pre(lines.length > 0);
        const file = format.writeInstruction({ ...HEAD, lines });
        if (!file.ok) throw new Error(JSON.stringify(file.error));
        const writer = format.writer!(HEAD);
        expect(writer.add(lines.slice(0, cut)).ok && writer.add(lines.slice(cut)).ok).toBe(true);
        const inParts = writer.finish();
        expect(inParts).toEqual(file.value);
        expect(file.value.fileName).toBe(fileName);
        const back = await format.readInstruction(file.value.bytes, fileName);
        if (!back.ok) throw new Error(JSON.stringify(back.error));
        const columns = layout.line.columns;
        expect(back.value).toMatchObject({
          jurisdiction: '110199',
          batchNumber: 'GL202612R-0003',
          totalFen: sumFen(lines.map((one) => one.fen)),
        });
        expect(back.value.lines).toEqual(
          lines.map(({ bankCode, ...one }) => ({
            ...one,
            endToEndId: columns.includes('end-to-end-id') ? one.endToEndId : '',
            ...(columns.includes('bank-code') && bankCode !== undefined && { bankCode }),
          })),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('what the bank answers is what we read, each answer on its payment', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyLines,
        fc.array(fc.nat(3), { minLength: 20, maxLength: 20 }),
        async (drawn, draw) => {
          const lines = drawn
            .filter((one) => format.checkLine(one) === undefined)
            .map((one, index) => ({ ...one, sequence: index + 1, account: `62220200000${index + 1000}` }));
          const answers = stated(lines, draw);
          const result = format.writeResult({
            instructionFile: fileName,
            resultDate: '2026-12-11',
            lines: answers,
          });
          const found = await read(format, result.bytes, result.fileName, lines);
          if (found.refused) throw new Error(JSON.stringify(found.refused));
          const has = (column: string) => (layout.resultLine.columns as string[]).includes(column);
          expect(found).toMatchObject({ instructionFile: fileName });
          expect(found.answers).toEqual(
            answers.map((answer, index) => {
              const { bookedOn, sequence, ...rest } = answerOfLine(answer, index + 1);
              return {
                ...rest,
                ...((has('sequence') || !has('end-to-end-id')) && { sequence }),
                endToEndId: has('end-to-end-id') ? rest.endToEndId : '',
                bankSerial: has('bank-serial') ? rest.bankSerial : '',
                ...(has('booked-on') && bookedOn !== undefined && { bookedOn }),
              };
            }),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('a character that GBK has with a separator or a backslash in its second byte comes through', async () => {
    const names = ['珅億', '東瑋', '鄚銃', '誠錦', '璡琝俓', '阿依古丽·麦麦提'];
    const lines = names.map((name, index) =>
      line({ name, sequence: index + 1, account: `62220200000${index + 1000}`, endToEndId: `A-${index}` }),
    );
    const file = format.writeInstruction({ ...HEAD, lines });
    expect(file.ok).toBe(true);
    if (!file.ok) return;
    const sent = await format.readInstruction(file.value.bytes, fileName);
    expect(sent.ok && sent.value.lines.map(({ name }) => name)).toEqual(names);
    const { bytes, fileName: answer } = format.writeResult({
      instructionFile: fileName,
      resultDate: '2026-12-11',
      lines: stated(lines, []),
    });
    const found = await read(format, bytes, answer, lines);
    expect(found.answers.filter(isUnreadable)).toEqual([]);
    expect(found.answers).toHaveLength(names.length);
  });

  it.each(['1,200.00', '1200.005', '１２００', '1.2E3', '-5', '', '0'])(
    'an amount of %j makes its line unreadable and no other',
    async (amount) => {
      const lines = [1, 2].map((sequence) =>
        line({
          sequence,
          fen: fen(77_700 + sequence),
          account: `62220200000${sequence + 1000}`,
          endToEndId: `A-${sequence}`,
        }),
      );
      const { bytes, fileName: answer } = format.writeResult({
        instructionFile: fileName,
        resultDate: '2026-12-11',
        lines: stated(lines, []),
      });
      const codec = layout.encoding === 'gbk' ? 'gbk' : 'gb18030';
      const text = iconv.decode(Buffer.from(bytes), codec);
      const cell = layout.amountUnit === 'fen' ? '77702' : '777.02';
      const body = text.replace(
        `${layout.separator}${cell}${layout.separator}`,
        `${layout.separator}${amount}${layout.separator}`,
      );
      expect(body).not.toBe(text);
      const changed = iconv.encode(withDigest(body, layout, codec), codec);
      const found = await read(format, changed, answer, lines);
      expect(found.refused).toBeUndefined();
      expect(found.answers.map(isUnreadable)).toEqual([false, true]);
    },
  );
});

/** The digest made to fit again, where the layout has one. */
function withDigest(text: string, layout: BankLayout, codec: string): string {
  if (!layout.resultTotals?.cells.includes('digest')) return text;
  return text.replace(/[0-9a-f]{64}(?=\r?\n$)/, () => {
    const start = text.trimEnd().lastIndexOf('\n') + 1;
    return sha256Hex(iconv.encode(text.slice(0, start), codec));
  });
}
