import { ok, type Result, refusal, refuse } from './result.ts';

/**
 * 统一社会信用代码 (GB 32100-2015): 18 characters without I, O, Z, S, V. Characters 9 to 17 are the body's own code
 * (GB 11714-1997) with its own check character; the last checks the whole.
 */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WHOLE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** GB 11714 counts letters from A = 10 without leaving any out. */
const BODY_CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

const FORM = /^[1-9A-HJ-NP-RT-UW-Y][0-9A-HJ-NP-RT-UW-Y]\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/;

/** Reads the code of an organisation; lower case is taken, spaces around it are removed, nothing else is repaired. */
export function parseOrganisationCode(text: string): Result<string> {
  const code = text.trim().toUpperCase();
  if (!FORM.test(code)) {
    return refuse(
      refusal(
        'invalid/organisation-code',
        '统一社会信用代码应为18位，只含数字和大写字母（不用 I、O、Z、S、V）：请按登记证书填写',
        'a unified social credit code has 18 digits and capital letters without I, O, Z, S and V: copy it from the certificate',
      ),
    );
  }
  if (bodyCheck(code.slice(8, 16)) !== code[16])
    return refuse(wrongCheck(17, '主体标识码（第9—17位）', 'characters 9 to 17'));
  if (wholeCheck(code.slice(0, 17)) !== code[17]) return refuse(wrongCheck(18, '前17位', 'the first 17'));
  return ok(code);
}

/** The last character of the 18, from the 17 before it (GB 32100-2015, annex A: modulo 31). */
export function wholeCheck(first: string): string {
  return CHARACTERS[(31 - (weighted(first, CHARACTERS, WHOLE_WEIGHTS) % 31)) % 31] ?? '';
}

/** Character 17, from the eight before it (GB 11714-1997: modulo 11, X for ten). */
export function bodyCheck(body: string): string {
  const check = 11 - (weighted(body, BODY_CHARACTERS, BODY_WEIGHTS) % 11);
  return check === 11 ? '0' : check === 10 ? 'X' : String(check);
}

function weighted(text: string, characters: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * characters.indexOf(text.charAt(index)), 0);
}

function wrongCheck(position: number, zh: string, en: string) {
  return refusal(
    'invalid/organisation-code-check',
    `统一社会信用代码第${position}位（校验码）与${zh}不符：请按登记证书核对`,
    `character ${position} (check) of the credit code does not fit ${en}: compare it with the certificate`,
    { position },
  );
}

/** 54 and 55: villagers' and residents' committees; N: rural collectives (GB 32100-2015, annex A). */
export const isVillageCode = (code: string): boolean => /^(?:5[45]|N)/.test(code);
