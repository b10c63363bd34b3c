import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOfMessage, sequenceOf } from '../../../../domain/bank/iso20022/pain001.ts';
import { creditTransferReading } from '../../../../domain/bank/iso20022/pain001-reader.ts';
import { checkTransfer, writeCreditTransfer } from '../../../../domain/bank/iso20022/pain001-writer.ts';
import { fen } from '../../../../domain/money.ts';
import { line } from '../samples.ts';
import { anyTransfer, FILE, MESSAGE, read, threeLines, transferInput, written } from './samples.ts';

const codeOf = (text: string) => {
  const result = read(text, creditTransferReading());
  return result.ok ? 'read' : result.error.code;
};

describe('a credit transfer (pain.001.001.09)', () => {
  it('says what banks ask for', () => {
    const { text, fileName, count, totalFen } = written();
    expect(fileName).toBe(FILE);
    expect([count, totalFen]).toEqual([3, 150_051]);
    const joined = text.replaceAll('\n', '');
    for (const part of [
      `<MsgId>${MESSAGE}</MsgId><CreDtTm>2026-12-08T02:00:00.000Z</CreDtTm>`,
      '<NbOfTxs>3</NbOfTxs><CtrlSum>1500.51</CtrlSum>',
      '<PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>',
      '<CtgyPurp><Cd>SSBE</Cd></CtgyPurp>',
      '<ReqdExctnDt><Dt>2026-12-10</Dt></ReqdExctnDt>',
      '<DbtrAcct><Id><Othr><Id>11001045300059123456</Id></Othr></Id><Ccy>CNY</Ccy></DbtrAcct>',
      '<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>102100000011</MmbId></ClrSysMmbId>',
      `<InstrId>${MESSAGE}-000002</InstrId><EndToEndId>202612-R-1-GL-7Z3K9QX2M4BU-1</EndToEndId>`,
      '<InstdAmt Ccy="CNY">300.50</InstdAmt>',
      '<Cdtr><Nm>阿依古丽·麦麦提</Nm></Cdtr>',
      "<Cdtr><Nm>㛃&lt;&amp;&gt;&quot;'</Nm></Cdtr>",
      '<RmtInf><Ustrd>202612高龄津贴</Ustrd></RmtInf>',
    ])
      expect(joined).toContain(part);
  });

  it('property: the same input gives the same text, and the bank reads what was written', () => {
    fc.assert(
      fc.property(anyTransfer, (input) => {
        const file = written(input);
        expect(written(structuredClone(input)).text).toBe(file.text);
        expect(file.batchNumber.length).toBeLessThanOrEqual(35);
        expect(fileOfMessage(file.batchNumber)).toBe(file.fileName);
        const result = read(file.text, creditTransferReading());
        expect(result).toEqual({
          ok: true,
          value: {
            jurisdiction: '110199',
            batchNumber: file.batchNumber,
            payDate: input.payDate,
            payerAccount: input.payerAccount,
            totalFen: file.totalFen,
            lines: input.lines,
          },
        });
      }),
      { numRuns: 50 },
    );
  });

  it('property: a changed sum or count is caught, which the schema lets pass', () => {
    const { text } = written();
    fc.assert(
      fc.property(
        fc.constantFrom('CtrlSum', 'NbOfTxs'),
        fc.boolean(),
        fc.integer({ min: 0, max: 999_999 }),
        (name, inGroup, stated) => {
          const value = name === 'CtrlSum' ? `${stated}.51` : String(stated);
          fc.pre(value !== '1500.51' && value !== '3');
          const pattern = new RegExp(`<${name}>[^<]*`, 'g');
          let place = 0;
          const changed = text.replace(pattern, (found) =>
            (place += 1) === (inGroup ? 2 : 1) ? `<${name}>${value}` : found,
          );
          expect(codeOf(changed)).toBe('invalid/instruction-totals');
        },
      ),
    );
  });

  it.each([
    ['parts of a fen', '<InstdAmt Ccy="CNY">300.50<', '<InstdAmt Ccy="CNY">300.505<'],
    ['another currency', '<InstdAmt Ccy="CNY">300.50<', '<InstdAmt Ccy="USD">300.50<'],
    ['nothing', '<InstdAmt Ccy="CNY">300.50<', '<InstdAmt Ccy="CNY">0.00<'],
    ['the end-to-end id of another', 'GL-7Z3K9QX2M4BU-1<', 'GL-7Z3K9QX2M4BT-1<'],
    ['a place that is left out', `${MESSAGE}-000002`, `${MESSAGE}-000004`],
    ['an id of another message', `${MESSAGE}-000002`, '110199-GL202611R-0001-000002'],
    ['no day', '<Dt>2026-12-10</Dt>', '<Dt>2026-02-30</Dt>'],
  ])('read back, %s is refused', (_, from, to) => {
    const { text } = written();
    expect(text).toContain(from);
    expect(codeOf(text)).toBe('read');
    expect(codeOf(text.replace(from, to))).toBe('invalid/instruction-file');
  });

  it('trailing zeros beyond the fen are the same amount', () => {
    expect(codeOf(written().text.replace('>300.50<', '>300.50000<'))).toBe('read');
  });
});

describe('a line that a credit transfer cannot carry', () => {
  it.each([
    ['a control character', { name: '张\u0001三' }, 'invalid/bank-line-name'],
    ['half a character', { name: '张\ud800' }, 'invalid/bank-line-name'],
    ['a character that is none', { summary: '高龄\ufffe' }, 'invalid/bank-line-summary'],
    ['a name of 141 characters', { name: '𬎆'.repeat(141) }, 'invalid/bank-line-name'],
    ['another dot than U+00B7', { name: '阿依古丽•麦麦提' }, 'invalid/bank-line-dot'],
    ['no amount', { fen: fen(0) }, 'invalid/bank-line-amount'],
    ['an end-to-end id of 36 characters', { endToEndId: 'A'.repeat(36) }, 'invalid/bank-line-reference'],
  ])('%s: held with a reason, the others go out', (_, change, code) => {
    const bad = line(change);
    expect(checkTransfer(bad)?.code).toBe(code);
    const refused = writeCreditTransfer(transferInput({ lines: [bad, ...threeLines().slice(1)] }));
    expect(!refused.ok && refused.error.map(({ reason }) => reason.code)).toEqual([code]);
    expect(threeLines().map(checkTransfer)).toEqual([undefined, undefined, undefined]);
  });

  it('a name of 140 rare characters, and those that GBK lacks, go out', () => {
    expect(checkTransfer(line({ name: '𬎆'.repeat(140) }))).toBeUndefined();
    expect(checkTransfer(line({ name: '㛃|\\' }))).toBeUndefined();
  });

  it('an id twice, or a place left out, is a fault of the code', () => {
    const [first, second] = threeLines();
    const twice = [first!, { ...second!, endToEndId: first!.endToEndId }];
    expect(() => writeCreditTransfer(transferInput({ lines: twice }))).toThrow('occurs twice');
    expect(() => writeCreditTransfer(transferInput({ lines: [second!] }))).toThrow('sequences');
  });
});

describe('ids', () => {
  it('of another place, message or form name no line of ours', () => {
    expect(sequenceOf(`${MESSAGE}-000012`, MESSAGE)).toBe(12);
    for (const id of [
      '',
      `${MESSAGE}-000000`,
      `${MESSAGE}-12`,
      'NOTPROVIDED',
      '110199-GL202611R-0001-000012',
    ])
      expect(sequenceOf(id, MESSAGE)).toBeUndefined();
    for (const id of ['', '110199-GL202613R-0001', `${MESSAGE}-1`, 'X', '__proto__'])
      expect(fileOfMessage(id)).toBeUndefined();
  });
});
