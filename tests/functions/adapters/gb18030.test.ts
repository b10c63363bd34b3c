import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';

const hex = (text: string) => Buffer.from(gb18030.encode(text)).toString('hex');

describe('GB 18030', () => {
  test.each([
    ['·', 'a1a4'],
    ['億', '837c'],
    ['誠', 'd55c'],
    ['㛃', '8230b731'],
    ['𬎆', '9931de30'],
    ['䶮', 'fe9f'],
    ['€', 'a2e3'],
    ['A|\r\n', '417c0d0a'],
    ['', ''],
  ])('%j is written as %s', (text, bytes) => {
    expect(hex(text)).toBe(bytes);
    expect(gb18030.decode(gb18030.encode(text))).toBe(text);
  });

  test('the same bytes as the whole iconv-lite for every character, and 0x0A and 0x0D only for the line break', () => {
    const different: string[] = [];
    const lost: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const text = String.fromCodePoint(code);
      const bytes = Buffer.from(gb18030.encode(text));
      if (!bytes.equals(iconv.encode(text, 'gb18030'))) different.push(code.toString(16));
      if (gb18030.decode(bytes) !== text) lost.push(code.toString(16));
      if (code > 0x7f && (bytes.includes(0x0a) || bytes.includes(0x0d))) different.push(code.toString(16));
    }
    expect(different).toEqual([]);
    // One private-use character: what the round trip of every line is for.
    expect(lost).toEqual(['e5e5']);
  });

  test('half a character does not come back: a lone surrogate, a file cut inside a character', () => {
    for (const text of ['张\ud842', '\udfb7三']) {
      expect(gb18030.decode(gb18030.encode(text))).not.toBe(text);
    }
    expect(hex('张\ud842')).toBe('d5c53f');
    expect(gb18030.decode(gb18030.encode('王𬎆').subarray(0, 4))).toContain('\ufffd');
  });

  test('a view into a larger buffer is read from where it starts', () => {
    const bytes = gb18030.encode('甲|张三');
    expect(gb18030.decode(bytes.subarray(3))).toBe('张三');
  });
});
