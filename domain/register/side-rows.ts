import { isMonth, isPlainDate } from '../calendar.ts';
import { dateText, monthText } from './sheet-dates.ts';
import type { Cells } from './sheets.ts';

/** A row of a sheet that is about the sheet and not about anybody. */
export type SideRow = 'total' | 'subtotal' | 'footer' | 'headings';

const TOTAL =
  /^[(（]?(?:本页|本表|本街道|全街道|全区|全县|街道|乡镇)?(合计|总计|共计|累计|小计)[)）]?(?:[:：].*|\d+[人户名].*)?$/;
const WORDS_OF_OFFICE =
  '制表|填表|填报|编制|审核|复核|审批|核对|经办|负责|分管|主管|领导|单位|街道|乡镇|民政|日期|时间|联系|盖章|签字|签章|公章|注|说明|备注';
const FOOTER = new RegExp(`^[(（*]?(?:${WORDS_OF_OFFICE})[^:：]{0,12}[:：]`);
const FOOTER_ALONE =
  /^(?:(?:制表|填表|审核|复核|审批|经办|负责)人?(?:员|签字|签章)?|填表说明|填报日期|制表日期|日期|[(（]?(?:盖章|签字|签章|公章)[)）]?|[(（]?以下(?:空白|无正文)[)）]?|第\d+页(?:[,，]?共\d+页)?|共\d+页)$/;
/** Total rows begin in one of the first filled cells; further right the word may be anything. */
const CELLS_LOOKED_AT = 3;

/**
 * What a row is, when it is no row of data: 合计 and 小计, the lines of those who made and checked the sheet, the
 * headings again on a new page. A row with an identity or account number in it is always data.
 */
export function sideRow(texts: Cells, headingRows: readonly Cells[]): SideRow | undefined {
  const filled = texts.map(compact).filter((text) => text !== '');
  const first = filled[0];
  if (first === undefined || filled.some((text) => /\d{14}/.test(text))) return undefined;
  if (headingRows.some((headings) => sameTexts(headings, texts))) return 'headings';
  for (const text of filled.slice(0, CELLS_LOOKED_AT)) {
    const word = TOTAL.exec(text)?.[1];
    if (word !== undefined) return word === '小计' ? 'subtotal' : 'total';
  }
  const dateAlone = filled.length === 1 && isDateOrMonth(first);
  return dateAlone || FOOTER.test(first) || FOOTER_ALONE.test(first) ? 'footer' : undefined;
}

/** The number of people that a total row states: 100人, 合计：100 人. */
export function peopleStated(texts: Cells): number | undefined {
  for (const text of texts.map(compact)) {
    const [, count] = /(\d{1,7})(?:人|名)(?!次)/.exec(text) ?? [];
    if (count !== undefined) return Number(count);
  }
  return undefined;
}

const compact = (text: string): string => halfWidthDigits(text).replace(/\s/g, '');
/** Only to recognise what a row is: data is never rewritten. */
const halfWidthDigits = (text: string): string =>
  text
    .replaceAll('\u3000', ' ')
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));

function sameTexts(a: Cells, b: Cells): boolean {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, n) => n).every((n) => compact(a[n] ?? '') === compact(b[n] ?? ''));
}

function isDateOrMonth(text: string): boolean {
  return isPlainDate(dateText(text)) || isMonth(monthText(text));
}
