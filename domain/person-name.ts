import { ok, type Refusal, type RefusalCode, type Result, refusal, refuse } from './result.ts';

/**
 * Names of persons (姓名). Stored as the person's document has them, in NFC; rare characters (生僻字) are kept, never
 * replaced by a variant. Length is counted in characters (code points), not in UTF-16 units: 𬎆 is one character.
 */
export type PersonName = string;

/** The dot between the parts of a minority or foreign name: U+00B7 only (twelve ministries' notice of 2016). */
export const MIDDLE_DOT = '\u00b7';
/** Dots that look the same and are typed instead; banks do not take them for U+00B7. */
const DOT_LOOKALIKES = /[\u2022\u2027\u2219\u22c5\u30fb\uff65]/gu;

/** The same notice asks systems to take names of at least 50 bytes; we take as many characters. */
const LONGEST = 50;

const FAULTS: readonly { pattern: RegExp; code: RefusalCode; zh: string; en: string }[] = [
  {
    pattern: /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u,
    code: 'invalid/name-control-character',
    zh: '不可见的控制字符：请删除姓名后重新输入',
    en: 'an invisible control character: delete the name and type it again',
  },
  {
    pattern: /\p{Co}/u,
    code: 'invalid/name-private-character',
    zh: '自造字（专用区字符），其他系统无法识别：请用 GB 18030-2022 的标准汉字重新输入',
    en: 'a private-use character that other systems cannot read: type the standard character of GB 18030-2022',
  },
  {
    pattern: /[?？*＊\ufffd□]/u,
    code: 'invalid/name-lost-character',
    zh: '“?”“*”一类的符号，说明生僻字已丢失或姓名被脱敏：请按证件重新输入完整姓名',
    en: 'a sign such as "?" or "*": a rare character was lost or the name was masked; type the full name from the document',
  },
  {
    pattern: /[|\\,;"<>=@{}\d０-９]/u,
    code: 'invalid/name-character',
    zh: '姓名中不应有的数字、分隔符或符号：请按证件重新输入',
    en: 'a digit, separator or sign that no name has: type the name from the document',
  },
];

/** Reads a name typed by a person or found in a sheet: NFC, trimmed, otherwise unchanged. */
export function parsePersonName(text: string): Result<PersonName> {
  const name = text.normalize('NFC').trim();
  const characters = Array.from(name);
  if (characters.length === 0) {
    return refuse(
      refusal(
        'invalid/name-empty',
        '姓名为空：请按证件填写姓名',
        'the name is empty: enter it as on the document',
      ),
    );
  }
  if (characters.length > LONGEST) {
    return refuse(
      refusal(
        'invalid/name-length',
        `姓名不超过${LONGEST}个字，现为${characters.length}个字：请核对该列内容`,
        `a name has at most ${LONGEST} characters, this has ${characters.length}: check what the column holds`,
        { length: characters.length },
      ),
    );
  }
  const fault = faultIn(characters);
  return fault ? refuse(fault) : ok(name);
}

function faultIn(characters: readonly string[]): Refusal | undefined {
  for (const { pattern, code, zh, en } of FAULTS) {
    const index = characters.findIndex((character) => pattern.test(character));
    if (index === -1) continue;
    return refusal(code, `姓名第${index + 1}个字是${zh}`, `character ${index + 1} of the name is ${en}`, {
      position: index + 1,
    });
  }
  return undefined;
}

/** Position (from 1) of the first dot that looks like U+00B7 and is another character, with its code point. */
export function dotLookalike(name: string): { position: number; codePoint: string } | undefined {
  const index = Array.from(name).findIndex((character) => character !== unifyDots(character));
  if (index === -1) return undefined;
  const code = Array.from(name)[index]?.codePointAt(0) ?? 0;
  return { position: index + 1, codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` };
}

/** Every dot that looks like U+00B7 becomes U+00B7: for comparing and masking, never for storing or sending. */
export function unifyDots(name: string): string {
  return name.replace(DOT_LOOKALIKES, MIDDLE_DOT);
}

/**
 * A name as it is compared: in NFC, with one kind of dot, trimmed. Variant characters are never folded (镕 is not 熔, 喆 is not 哲),
 * nor case, width or inner spaces: two people may differ by just that.
 */
export function comparableName(name: string): string {
  return unifyDots(name.normalize('NFC')).trim();
}

/** The same name written twice. */
export function sameName(a: string, b: string): boolean {
  return comparableName(a) === comparableName(b);
}
