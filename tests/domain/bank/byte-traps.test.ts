import { describe, expect, it } from 'vitest';
import { answerText, Contradictions, readAnswers } from '../../../domain/bank/answer-lines.ts';
import { readAmount } from '../../../domain/bank/columns.ts';
import { checkLine } from '../../../domain/bank/instruction-file.ts';
import { type BankLayout, PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import { answerOfLine, parseResultLine } from '../../../domain/bank/result-file.ts';
import { survives } from '../../../domain/bank/text-codec.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { gbkCodec } from '../../../functions/adapters/gbk.ts';
import { gbk, line } from './samples.ts';

/** What has broken bank files elsewhere, one by one. */
const GBK: BankLayout = { ...PIPE_GB18030, id: 'pipe-gbk', encoding: 'gbk' };
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a) second bytes that are a separator or a backslash', () => {
  it.each(Array.from('珅億東瑋鄚銃'))('%s ends in 0x7C, and its line has its columns', (character) => {
    const bytes = gbkCodec.encode(character);
    expect(bytes.at(-1)).toBe(0x7c);
    expect(columnsOf(character)).toEqual([character, 'ok']);
  });

  it.each(Array.from('誠錦璡琝俓'))('%s ends in 0x5C, and its line has its columns', (character) => {
    expect(gbkCodec.encode(character).at(-1)).toBe(0x5c);
    expect(columnsOf(character)).toEqual([character, 'ok']);
  });

  /** The name of a result line as read from its bytes. */
  function columnsOf(name: string): [string, string] {
    const text = `D|000001|6222020000000000000|${name}|1.00|S|0||20261211|B1|`;
    const read = parseResultLine(gbkCodec.decode(gbkCodec.encode(text)), GBK);
    return read.ok ? [read.value.name, 'ok'] : ['', read.error.code];
  }
});

describe('b) characters that GBK lacks', () => {
  it.each(['㛃', '𬎆', '龦', '鿭', '㐂', '龴'])(
    '%s would reach the bank as "?": held in GBK, written in GB 18030',
    (character) => {
      expect(gbkCodec.decode(gbkCodec.encode(character))).toMatch(/^\?+$/);
      const held = checkLine(line({ name: `张${character}` }), GBK, gbkCodec);
      expect(held).toMatchObject({
        code: 'invalid/bank-line-encoding',
        detail: { field: 'name', position: 2 },
      });
      expect(held?.zh).toContain('GBK');
      expect(checkLine(line({ name: `张${character}` }), PIPE_GB18030, gb18030)).toBeUndefined();
    },
  );
});

describe('c) the dot in a name', () => {
  it('is U+00B7, A1A4 in either encoding', () => {
    expect([gbkCodec, gb18030].map((codec) => hex(codec.encode('·')))).toEqual(['a1a4', 'a1a4']);
    expect(checkLine(line({ name: '阿依古丽·麦麦提' }), GBK, gbkCodec)).toBeUndefined();
  });

  it.each(['\u2022', '\u2027'])('is never %j', (dot) => {
    for (const [layout, codec] of [
      [GBK, gbkCodec],
      [PIPE_GB18030, gb18030],
    ] as const)
      expect(checkLine(line({ name: `阿依古丽${dot}麦麦提` }), layout, codec)?.code).toBe(
        'invalid/bank-line-dot',
      );
  });
});

describe('d) private-use characters', () => {
  it('U+E78D comes back from our codec, and from no other: one codec both ways', () => {
    expect(hex(gb18030.encode('\ue78d'))).toBe('a6d9');
    expect(survives(gb18030, '\ue78d')).toBe(true);
    // The TextDecoder of Node 20 reads U+FE10 from these bytes.
    const decode = (bytes: Uint8Array) => gb18030.decode(bytes).replace('\ue78d', '\ufe10');
    expect(survives({ ...gb18030, decode }, '\ue78d')).toBe(false);
  });
});

describe('e) the euro sign', () => {
  it('is A2E3 in either encoding, and never 0x80, which CP936 alone has; iconv-lite would write that', () => {
    expect([gbkCodec, gb18030].map((codec) => hex(codec.encode('€')))).toEqual(['a2e3', 'a2e3']);
    expect(hex(gbk.encode('€'))).toBe('80');
    expect(survives(gbkCodec, '€')).toBe(true);
  });
});

describe('f) amounts', () => {
  it.each(['1,200', '1,200.00', '1200.005', '１２００', '1200.', '.50', '+5', '1e3', ' 5', '', '-5'])(
    '%j is none in yuan',
    (text) => {
      expect(readAmount(PIPE_GB18030, text)).toBeUndefined();
    },
  );

  it.each(['1,200', '1200.00', '１２０', '1e3', '007', '', '-5', '1'.repeat(16)])(
    '%j is none in fen',
    (text) => {
      expect(readAmount({ ...PIPE_GB18030, amountUnit: 'fen' }, text)).toBeUndefined();
    },
  );

  it('120000 is 1200.00', () => {
    expect(readAmount(PIPE_GB18030, '1200.00')).toBe(120_000);
    expect(readAmount({ ...PIPE_GB18030, amountUnit: 'fen' }, '120000')).toBe(120_000);
  });
});

describe('answers in canonical form', () => {
  const text =
    'D|000001|6222020000000000000|张三|1200.00|F|E1|张三的账户已销户||B1|202612-R-1-GL-7Z3K9QX2M4BT-1';
  const read = parseResultLine(text, PIPE_GB18030);
  const answer = answerOfLine(read.ok ? read.value : (undefined as never), 1);

  it('carry nothing of the person, and come back as they were', () => {
    expect(answerText(answer)).not.toMatch(/张三|62220/);
    expect(readAnswers(`${answerText(answer)}${answerText({ position: 2, unreadable: true })}`)).toEqual([
      answer,
      { position: 2, unreadable: true },
    ]);
  });

  it('contradict each other when they differ in anything but their place', () => {
    const found = new Contradictions((said) => said);
    found.see(answer);
    found.see({ ...answer, position: 2 });
    expect([found.count, found.has(answer)]).toEqual([0, false]);
    found.see({ ...answer, position: 3, bankSerial: 'B2' });
    found.see({ ...answer, position: 4, sequence: 2 });
    expect([found.count, found.has(answer), found.has({ ...answer, sequence: 2 })]).toEqual([1, true, false]);
  });

  it('that name no payment contradict nobody', () => {
    const { sequence: _sequence, ...nameless } = { ...answer, endToEndId: '' };
    const found = new Contradictions((said) => said);
    found.see(nameless);
    found.see({ ...nameless, bankSerial: 'B2' });
    expect(found.count).toBe(0);
  });
});
