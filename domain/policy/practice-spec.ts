import * as z from 'zod/mini';
import { LEAP_DAY_RULES, type LeapDayRule } from '../calendar.ts';
import type { ParameterSpec } from './parameter.ts';

/** A parameter of local practice, whose value is no money: an option, a number of days, a chain of signatures. */
export const practiceSpec = <T>(
  schema: z.ZodMiniType<T>,
  zh: string,
  en: string,
  unit: readonly [zh: string, en: string],
): ParameterSpec<T> => ({
  schema,
  label: { zh, en },
  unit: { zh: unit[0], en: unit[1] },
  bearsAmount: false,
});

/** A parameter whose value is money, or decides how much is paid. */
export const moneySpec = <T>(
  schema: z.ZodMiniType<T>,
  zh: string,
  en: string,
  unit: readonly [zh: string, en: string] = ['元', 'yuan'],
): ParameterSpec<T> => ({ ...practiceSpec(schema, zh, en, unit), bearsAmount: true });

/** The unit of a value that is one of some names. */
export const OPTION: readonly [zh: string, en: string] = ['选项', 'option'];

export const wholeBetween = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

/** When those born on 29 February have their birthday in a common year; the same question in every programme that counts ages. */
export const leapDaySpec: ParameterSpec<LeapDayRule> = practiceSpec(
  z.enum(LEAP_DAY_RULES),
  '2月29日出生者的生日（平年）',
  'birthday of those born on 29 February',
  OPTION,
);
