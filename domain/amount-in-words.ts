import type { Fen } from './money.ts';

/**
 * Amounts in Chinese capital numerals (人民币大写) by 支付结算办法 (银发〔1997〕393号), annex 1. Where the annex leaves a choice
 * this writes: 零 after 元 when the digit of 元 is 0 and 角 follows (壹仟陆佰捌拾元零叁角贰分); no 零 between 万 and 仟 when only the
 * digit of 万 is 0 (壹拾万柒仟元); no 整 after 角.
 */
const NUMERALS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
/** What stands after the digit at 10^0, 10^4, 10^8 and 10^12 of the yuan. */
const GROUPS = ['', '万', '亿', '万'];

/** @param amount in fen; a negative amount is written with 负, which the annex does not know and vouchers use. */
export function amountInWords(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/^0+/, '');
  const fraction = fractionInWords(digits.slice(-2), yuan);
  const sign = amount < 0 ? '负' : '';
  if (yuan === '') return `人民币${sign}${fraction === '' ? '零元整' : fraction}`;
  return `人民币${sign}${yuanInWords(yuan)}元${fraction === '' ? '整' : fraction}`;
}

function fractionInWords(digits: string, yuan: string): string {
  const [jiao = 0, fen = 0] = Array.from(digits).map(Number);
  if (jiao === 0 && fen === 0) return '';
  const words = `${jiao === 0 ? '' : `${numeral(jiao)}角`}${fen === 0 ? '' : `${numeral(fen)}分`}`;
  const needsZero = yuan !== '' && (jiao === 0 || yuan.endsWith('0'));
  return needsZero ? `零${words}` : words;
}

/** @param digits of whole yuan, no leading zero, at most 14 of them (the range of exact fen). */
function yuanInWords(digits: string): string {
  let words = '';
  let zeroBefore = false;
  let groupEmpty = true;
  for (const [index, character] of Array.from(digits).entries()) {
    const power = digits.length - 1 - index;
    const digit = Number(character);
    if (digit === 0) {
      zeroBefore = true;
    } else {
      words += `${zeroBefore ? '零' : ''}${numeral(digit)}${PLACES[power % 4] ?? ''}`;
      zeroBefore = false;
      groupEmpty = false;
    }
    if (power % 4 === 0) {
      // 亿 stands even after an empty group, because 万亿 is before it: 壹拾万亿.
      if (!groupEmpty || power === 8) words += GROUPS[power / 4] ?? '';
      // The annex allows leaving out the 零 for the digit of 万 alone, not for a group that is all zeros.
      if (power === 4 && !groupEmpty) zeroBefore = false;
      groupEmpty = true;
    }
  }
  return words;
}

function numeral(digit: number): string {
  return NUMERALS.charAt(digit);
}
