import { describe, expect, it } from 'vitest';
import type { InstructionLine } from '../../../../domain/bank/instruction-file.ts';
import { ISO_FORMATS } from '../../../../domain/bank/iso20022/catalogue.ts';
import { fen } from '../../../../domain/money.ts';
import { ok, type Result, refusal, refuse } from '../../../../domain/result.ts';
import type { ResultReading, StatedLine } from '../../../../functions/bank/formats/bank-format.ts';
import { isoFormat } from '../../../../functions/bank/formats/iso20022.ts';
import { FILE, threeLines, transferInput } from '../../../domain/bank/iso20022/samples.ts';

const [usual, byContract] = ISO_FORMATS.map(isoFormat) as [
  ReturnType<typeof isoFormat>,
  ReturnType<typeof isoFormat>,
];
const { party: bankParty, createdAt: releasedAt, ...head } = transferInput();
const input = { ...head, bankParty, releasedAt };
const stated = (line: InstructionLine, changes: Partial<StatedLine> = {}): StatedLine => ({
  ...line,
  status: 'settled',
  returnCode: '',
  reason: '',
  bookedOn: '2026-12-10',
  bankSerial: `BK${line.sequence}`,
  ...changes,
});
const context = (fileName = 'status.xml') => ({
  fileName,
  sentLines: async (instructionFile: string): Promise<Result<readonly InstructionLine[]>> =>
    instructionFile === FILE
      ? ok(threeLines())
      : refuse(refusal('conflict/other-run', '其他批次', 'another run')),
});
const answersOf = (reading: Result<ResultReading>) => {
  if (!reading.ok) return reading.error.code;
  return [...(reading.value.answers as Iterable<unknown>)];
};
const answer = (lines: readonly StatedLine[], number = 1) =>
  usual.writeResult({ instructionFile: FILE, resultDate: '2026-12-10', answer: number, lines });

describe('the format ISO 20022', () => {
  it('writes what the bank reads, and names it both ways', async () => {
    const file = usual.writeInstruction(input);
    if (!file.ok) throw new Error('refused');
    const { bytes, fileName, count, totalFen } = file.value;
    expect([fileName, count, totalFen]).toEqual([FILE, 3, 150_051]);
    expect(await usual.readInstruction(bytes, fileName)).toMatchObject({
      ok: true,
      value: { lines: threeLines() },
    });
    const identity = usual.identityOf(fileName);
    expect(identity.ok && usual.instructionFileName(identity.value)).toBe(fileName);
    expect(usual.writeInstruction(structuredClone(input))).toEqual(file);
  });

  it('without the payer, or the moment of release, nothing is written', () => {
    const { bankParty: _party, ...nameless } = input;
    expect(() => usual.writeInstruction(nameless)).toThrow('the payer as the bank knows it');
  });

  it('reads the bank’s answer to the lines that were sent', async () => {
    const lines = threeLines();
    const { bytes, fileName } = answer([
      stated(lines[0]!),
      stated(lines[1]!, { status: 'failed', returnCode: 'E01', reason: '账户已销户', bankSerial: '' }),
      stated(lines[2]!, { status: 'pending', progress: 'ACSC' }),
    ]);
    expect(fileName).toBe(`${FILE}.ret`);
    const reading = await usual.readResult(bytes, context());
    expect(reading.ok && reading.value.instructionFile).toBe(FILE);
    expect(answersOf(reading)).toMatchObject([
      { sequence: 1, status: 'settled', bookedOn: '2026-12-10', bankSerial: 'BK1' },
      { sequence: 2, status: 'failed', reason: 'ACCT_CLOSED' },
      { sequence: 3, status: 'pending', progress: 'ACSC' },
    ]);
    expect(answersOf(await byContract.readResult(bytes, context()))).toMatchObject([
      {},
      {},
      { status: 'settled' },
    ]);
  });

  it('returns come in an advice of their own, named as an answer to the file', async () => {
    const [line] = threeLines();
    const back = stated(line!, { status: 'returned', returnCode: 'E02', reason: '账户已销户' });
    const { bytes, fileName } = answer([back], 2);
    expect(fileName).toBe(`${FILE}.ret2`);
    expect(answersOf(await usual.readResult(bytes, context(fileName)))).toEqual([
      {
        position: 1,
        endToEndId: line!.endToEndId,
        fen: fen(120_000),
        status: 'returned',
        reason: 'ACCT_CLOSED',
        bookedOn: '2026-12-10',
        bankSerial: 'BK1',
      },
    ]);
    expect(answersOf(await usual.readResult(bytes, context('advice.xml')))).toBe('invalid/bank-file-name');
    expect(() => answer([back, stated(line!)])).toThrow('an advice of their own');
  });

  it('refuses an answer to a file of another run, and what is no message at all', async () => {
    const { bytes } = answer([]);
    const other = new TextEncoder().encode(new TextDecoder().decode(bytes).replaceAll('202612R', '202611R'));
    expect(answersOf(await usual.readResult(other, context()))).toBe('conflict/other-run');
    const statement = Buffer.from('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"/>');
    expect(answersOf(await usual.readResult(statement, context()))).toBe('invalid/xml-message');
    expect(answersOf(await usual.readResult(Buffer.from('PK\u0003\u0004'), context()))).toBe(
      'invalid/xml-syntax',
    );
  });

  it('5,000 payments and their status report are a few megabytes, within the limits of the reader', async () => {
    const lines = Array.from(
      { length: usual.maxLines },
      (_, index): InstructionLine => ({
        ...threeLines()[0]!,
        sequence: index + 1,
        endToEndId: `202612-R-1-GL-${String(index).padStart(12, '0')}-1`,
      }),
    );
    const file = usual.writeInstruction({ ...input, lines });
    const { bytes } = answer(lines.map((line) => stated(line)));
    expect(file.ok && file.value.bytes.length).toBeLessThan(5_000_000);
    expect(bytes.length).toBeLessThan(5_000_000);
    const reading = await usual.readResult(bytes, { ...context(), sentLines: async () => ok(lines) });
    expect(answersOf(reading)).toHaveLength(5_000);
  });
});
