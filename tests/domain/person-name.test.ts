import { describe, expect, test } from 'vitest';
import { dotLookalike, parsePersonName, sameName } from '../../domain/person-name.ts';

function codeOf(text: string): string {
  const result = parsePersonName(text);
  return result.ok ? 'ok' : result.error.code;
}

describe('names', () => {
  test.each(['㛃', '王𬎆', '䶮', '阿依古丽·麦麦提', '欧阳修', 'John Smith', '张三（小）', '𬎆'.repeat(50)])(
    '%s is kept as it is',
    (name) => {
      expect(parsePersonName(name)).toEqual({ ok: true, value: name });
    },
  );

  test('trimmed and composed, but the dot that was typed is kept', () => {
    expect(parsePersonName('\u3000 Jose\u0301\u00a0')).toEqual({ ok: true, value: 'José' });
    expect(parsePersonName('阿依古丽•麦麦提')).toEqual({ ok: true, value: '阿依古丽•麦麦提' });
  });

  test.each([
    ['  \u3000', 'invalid/name-empty'],
    ['𬎆'.repeat(51), 'invalid/name-length'],
    ['张\n三', 'invalid/name-control-character'],
    ['张\u200b三', 'invalid/name-control-character'],
    ['张\ud842', 'invalid/name-control-character'],
    ['王\ue863', 'invalid/name-private-character'],
    ['王?', 'invalid/name-lost-character'],
    ['王？', 'invalid/name-lost-character'],
    ['王*', 'invalid/name-lost-character'],
    ['王\ufffd', 'invalid/name-lost-character'],
    ['张|三', 'invalid/name-character'],
    ['张\\三', 'invalid/name-character'],
    ['=张三', 'invalid/name-character'],
    ['张三2', 'invalid/name-character'],
    ['张三２', 'invalid/name-character'],
  ])('%j is refused as %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });

  test('the refusal counts characters and does not print the name', () => {
    const result = parsePersonName('𬎆𬎆?');
    expect(!result.ok && result.error.detail).toEqual({ position: 3 });
    expect(JSON.stringify(result)).not.toContain('𬎆');
  });

  test('two spellings of one name: dots, composition and outer spaces', () => {
    for (const dot of ['\u00b7', '\u2022', '\u2027', '\u2219', '\u22c5', '\u30fb', '\uff65']) {
      expect(sameName(`阿依古丽${dot}麦麦提`, ' 阿依古丽·麦麦提 ')).toBe(true);
    }
    expect(sameName('Jose\u0301', 'José')).toBe(true);
  });

  test.each([
    ['朱镕基', '朱熔基'],
    ['陈喆', '陈哲'],
    ['阿依古丽·麦麦提', '阿依古丽麦麦提'],
    ['阿依古丽·麦麦提', '阿依古丽.麦麦提'],
    ['吕布', '呂布'],
    ['张 三', '张三'],
    ['John Smith', 'JOHN SMITH'],
  ])('%s and %s are not the same name', (a, b) => {
    expect(sameName(a, b)).toBe(false);
  });

  test('a dot that only looks like the right one is found with its code point', () => {
    expect(dotLookalike('阿依古丽·麦麦提')).toBeUndefined();
    expect(dotLookalike('𬎆\u2022麦')).toEqual({ position: 2, codePoint: 'U+2022' });
    expect(dotLookalike('阿\u2027麦')).toEqual({ position: 2, codePoint: 'U+2027' });
  });
});
