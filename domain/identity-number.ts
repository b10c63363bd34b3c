import { birthday, isPlainDate, type PlainDate } from './calendar.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from './result.ts';

/**
 * Citizen identity numbers (公民身份号码) by GB 11643-1999: six digits of region, eight of birth date, three of sequence
 * (odd for men, even for women) and a check digit by ISO 7064 MOD 11-2. Refusals name a position, never the number:
 * the number itself is personal data.
 */
export type IdentityNumber = {
  /** 18 characters, the check digit X in upper case. */
  readonly number: string;
  readonly birthDate: PlainDate;
  readonly sex: 'male' | 'female';
  /**
   * Where the number was first given out. Not looked up: streets and counties are merged and abolished, the number stays,
   * and residence permits (81, 82, 83) and permanent residence cards (9) have codes of their own.
   */
  readonly regionCode: string;
};

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_DIGITS = '10X98765432';
const LENGTH = 18;
/** No one has verifiably lived longer than 122 years; more than 130 is a typing error. */
const OLDEST_AGE = 130;

/** The eighteenth character for the first seventeen digits (GB 11643-1999, 4.2). */
export function identityCheckDigit(first17: string): string {
  invariant(/^\d{17}$/.test(first17), 'a check digit needs exactly seventeen digits before it');
  let sum = 0;
  for (const [index, weight] of WEIGHTS.entries()) sum += weight * Number(first17[index]);
  return CHECK_DIGITS.charAt(sum % CHECK_DIGITS.length);
}

/**
 * Reads a number typed by a person or found in a sheet; spaces around it and a small x are accepted, nothing else is
 * repaired.
 * @param options.today the date in Asia/Shanghai, against which birth dates in the future are refused
 */
export function parseIdentityNumber(
  text: string,
  options: { readonly today: PlainDate },
): Result<IdentityNumber> {
  const number = text.trim().toUpperCase();
  const misspelt = misspelling(number);
  if (misspelt) return refuse(misspelt);
  const birthDate = birthDateIn(number);
  const impossible = impossibleBirthDate(birthDate, options.today);
  if (impossible) return refuse(impossible);
  if (identityCheckDigit(number.slice(0, 17)) !== number.slice(17)) return refuse(wrongCheckDigit(number));
  return ok({
    number,
    birthDate,
    sex: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female',
    regionCode: number.slice(0, 6),
  });
}

/** The birth date that is written in a number of 18 characters; whether there is such a day is checked when the number is read. */
export function birthDateIn(number: string): PlainDate {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
}

function misspelling(number: string): Refusal | undefined {
  if (isSpreadsheetNumber(number)) {
    return refusal(
      'invalid/identity-number-not-text',
      '身份证号被表格软件存成了数字，末几位已丢失：请把该列设为文本格式，以文本格式重新填写',
      'the identity number was stored as a number by a spreadsheet and lost digits: set the column to text and type it again as text',
    );
  }
  if (/^\d{15}$/.test(number)) {
    return refusal(
      'invalid/identity-number-fifteen-digits',
      '这是15位的旧身份证号：请按现行居民身份证填写18位号码',
      'this is an old identity number of 15 digits: enter the 18 characters of the current identity card',
    );
  }
  const length = Array.from(number).length;
  if (length !== LENGTH) {
    return refusal(
      'invalid/identity-number-length',
      `身份证号应为18位，现为${length}位：请核对证件后重新填写`,
      `an identity number has 18 characters, this has ${length}: check it against the card and enter it again`,
      { length },
    );
  }
  const wrong = Array.from(number).findIndex((character, index) =>
    index < LENGTH - 1 ? !/[0-9]/.test(character) : !/[0-9X]/.test(character),
  );
  if (wrong === -1) return undefined;
  return refusal(
    'invalid/identity-number-characters',
    `身份证号第${wrong + 1}位不是允许的字符：前17位应为半角数字，末位为半角数字或X`,
    `character ${wrong + 1} of the identity number is not allowed: seventeen ASCII digits, then a digit or X`,
    { position: wrong + 1 },
  );
}

/** 3.30203E+17, 330203194603050000.0 and 330,203,194,603,050,000 are what spreadsheets make of a number typed as it is. */
function isSpreadsheetNumber(text: string): boolean {
  return /^\d+(?:\.\d+)?E\+?\d+$/.test(text) || /^\d+\.\d*$/.test(text) || /^\d{1,3}(?:,\d{3})+$/.test(text);
}

function impossibleBirthDate(birthDate: string, today: PlainDate): Refusal | undefined {
  if (!isPlainDate(birthDate)) {
    return refusal(
      'invalid/identity-number-birth-date',
      '身份证号第7至14位不是存在的日期：请核对证件后重新填写',
      'characters 7 to 14 of the identity number are not an existing date: check it against the card',
      { position: 7 },
    );
  }
  if (birthDate > today) {
    return refusal(
      'invalid/identity-number-future',
      '身份证号中的出生日期晚于今天：请核对证件后重新填写',
      'the birth date in the identity number lies in the future: check it against the card',
      { position: 7 },
    );
  }
  if (birthday(birthDate, OLDEST_AGE + 1, 'mar-1') <= today) {
    return refusal(
      'invalid/identity-number-age',
      `按身份证号计算年龄超过${OLDEST_AGE}岁：请核对证件后重新填写`,
      `the identity number gives an age of more than ${OLDEST_AGE} years: check it against the card`,
      { position: 7 },
    );
  }
  return undefined;
}

/** A spreadsheet keeps 15 significant digits: an eighteen-digit number that ends in 000 most likely went through one. */
function wrongCheckDigit(number: string): Refusal {
  const rounded = number.endsWith('000');
  return refusal(
    'invalid/identity-number-check-digit',
    `身份证号第18位（校验码）与前17位不符：请逐位核对证件后重新填写${rounded ? '；末三位为000，可能曾被存为数字，请以文本格式重新填写' : ''}`,
    `character 18 (the check digit) of the identity number does not fit the first 17: compare every digit with the card${rounded ? '; it ends in 000 and was perhaps stored as a number: type it again as text' : ''}`,
    { position: LENGTH },
  );
}
