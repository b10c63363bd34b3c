import * as z from 'zod/mini';
import type { Bilingual } from '../bilingual.ts';
import { isMonth, isPlainDate } from '../calendar.ts';
import { parseYuan, toYuan } from '../money.ts';
import { wordIn } from '../register/column-words.ts';
import { dateText, monthText } from '../register/sheet-dates.ts';

/*
 * How people write things in a case, before its schema looks at it: amounts as numbers or with separators, dates with slashes or as
 * months, words in Chinese or English. What cannot be read is left as it is, for the schema to name.
 */

/** Rewrites what is given where it can be read, then the schema decides. The JSON Schema shows what it decides on. */
export function lenient<Schema extends z.ZodMiniType>(rewrite: (given: unknown) => unknown, schema: Schema) {
  return z.pipe(z.transform(rewrite), schema);
}

const described = ({ zh, en }: Bilingual, examples: readonly unknown[]) =>
  z.meta({ description: `${zh} / ${en}`, ...(examples.length > 0 && { examples: [...examples] }) });
const isText = (given: unknown): given is string => typeof given === 'string';

/** Yuan: 2400, "2400", "2,400元" are "2400.00". */
export function yuan(about: Bilingual, example = '2400.00') {
  const schema = z.string().check(
    z.refine((text) => {
      const amount = parseYuan(text);
      return amount.ok && amount.value >= 0;
    }, '以元为单位的金额，最多两位小数，例如 "2400.00"|an amount in yuan with at most two decimals, such as "2400.00"'),
    described(about, [example]),
  );
  return lenient((given) => {
    const text = typeof given === 'number' ? String(given) : given;
    if (!isText(text)) return given;
    const read = parseYuan(text.normalize('NFKC').replace(/[,\s元¥]/g, ''));
    return read.ok ? toYuan(read.value) : text;
  }, schema);
}

/** A day; a month is its first day. */
export function date(about: Bilingual, example = '2024-09-18') {
  const schema = z.string().check(
    z.refine((text) => isPlainDate(text), '存在的日期，写作 YYYY-MM-DD|an existing date written YYYY-MM-DD'),
    described(about, [example]),
  );
  return lenient((given) => {
    if (!isText(given)) return given;
    const month = monthText(given.trim());
    return isMonth(month) ? `${month}-01` : dateText(given.trim());
  }, schema);
}

/** A month; a day is the month it lies in. */
export function month(about: Bilingual, example = '2024-09') {
  const schema = z.string().check(
    z.refine((text) => isMonth(text), '月份，写作 YYYY-MM|a month written YYYY-MM'),
    described(about, [example]),
  );
  return lenient((given) => {
    if (!isText(given)) return given;
    const day = dateText(given.trim());
    return isPlainDate(day) ? day.slice(0, 7) : monthText(given.trim());
  }, schema);
}

const YES = ['yes', 'true', '是', '有', '1'];
const NO = ['no', 'false', '否', '无', '没有', '0'];

export function flag(about: Bilingual) {
  const schema = z.boolean().check(described(about, []));
  return lenient((given) => {
    const text = String(given).trim().toLowerCase();
    return YES.includes(text) ? true : NO.includes(text) ? false : given;
  }, schema);
}

/** A whole number; digits in quotes are one too. */
export function whole(about: Bilingual, least: number, most: number, example: number) {
  const schema = z.int().check(z.minimum(least), z.maximum(most), described(about, [example]));
  return lenient(
    (given) => (isText(given) && /^\d{1,9}$/.test(given.trim()) ? Number(given) : given),
    schema,
  );
}

/** One of some words, by its English or one of its Chinese spellings. */
export function word<const Word extends string>(
  words: readonly Word[],
  spellings: Readonly<Record<string, string>>,
  about: Bilingual,
) {
  const chinese = Object.keys(spellings).filter((spelling) => /\p{Script=Han}/u.test(spelling));
  const also = chinese.length > 0 ? ` — ${chinese.join('、')}` : '';
  const schema = z.enum(words).check(described({ ...about, en: `${about.en}${also}` }, []));
  return lenient((given) => {
    if (!isText(given)) return given;
    const text = given.trim();
    return wordIn(spellings, text) ?? wordIn(spellings, text.toLowerCase()) ?? text.toLowerCase();
  }, schema);
}

/** A list; one thing alone is a list of one. */
export function list<Schema extends z.ZodMiniType>(item: Schema, about: Bilingual) {
  const schema = z.array(item).check(z.maxLength(60), described(about, []));
  return lenient((given) => {
    if (given === null || given === '' || given === '无') return [];
    return given === undefined || Array.isArray(given) ? given : [given];
  }, schema);
}

/** Fields by the names they have, where somebody wrote another that means the same; both are left for the schema to name. */
export function renamed(given: unknown, names: Readonly<Record<string, string>>): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(
    Object.entries(given).map(([field, value]) => {
      const name = wordIn(names, field);
      return name === undefined || name in given ? [field, value] : [name, value];
    }),
  );
}

export const text = (about: Bilingual, example: string) =>
  z.string().check(z.minLength(1), z.maxLength(200), described(about, [example]));
export const says = (zh: string, en: string): Bilingual => ({ zh, en });
