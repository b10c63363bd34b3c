import * as z from 'zod/mini';
import { isMonth } from '../calendar.ts';
import { parseYuan } from '../money.ts';
import { dateText } from '../written-values.ts';

/** Fields of what an application or a row of a list states: each says in Chinese and English what it is. */
const described = <T>(schema: z.ZodMiniType<T>, zh: string, en: string): z.ZodMiniType<T> =>
  schema.check(z.meta({ description: `${zh} / ${en}` }));

export const dateFact = (zh: string, en: string) => described(dateText, zh, en);

export const monthFact = (zh: string, en: string) =>
  described(
    z.string().check(z.refine((text) => isMonth(text), '月份，写作 YYYY-MM|a month written YYYY-MM')),
    zh,
    en,
  );

/** Yuan as a decimal string, above zero. */
export const yuanFact = (zh: string, en: string) =>
  described(
    z.string().check(
      z.refine((text) => {
        const amount = parseYuan(text);
        return amount.ok && amount.value > 0;
      }, '大于零的金额（元），例如 "380.00"|an amount in yuan above zero such as "380.00"'),
    ),
    zh,
    en,
  );

export const countFact = (zh: string, en: string, most = 100_000) =>
  described(z.int().check(z.minimum(1), z.maximum(most)), zh, en);

/** A short text that is not about a person: the name of a disaster, the number of an agreement. */
export const textFact = (zh: string, en: string) =>
  described(z.string().check(z.minLength(1), z.maxLength(60), z.regex(/^(?!.*\d{15})[^\p{C}]*$/u)), zh, en);

export const optionFact = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  zh: string,
  en: string,
) => described(z.enum(options), zh, en);
