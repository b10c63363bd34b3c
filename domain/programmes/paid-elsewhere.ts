import type { Bilingual } from '../bilingual.ts';
import { isMonth, type Month } from '../calendar.ts';
import type { Fact } from '../register/facts.ts';
import { lastRecorded } from './fact-history.ts';
import type { Step } from './programme.ts';

/** The step of every programme for a month that the district moved from has paid. */
export const PAID_ELSEWHERE_STEP = {
  'paid-elsewhere': {
    zh: '{month}：迁入前由原发放地发放至{lastMonth}，本月不发',
    en: '{month}: the district moved from pays through {lastMonth}, nothing is due here',
  },
} as const satisfies Record<string, Bilingual>;

/**
 * Nothing is due here for a month through which the district moved from pays (迁移续发：原地停发次月起), so that no month of a
 * beneficiary is paid in two districts. Undefined for the months after it.
 */
export function paidElsewhereStep(month: Month, enrolment: readonly Fact[]): Step | undefined {
  const lastMonth = lastRecorded(enrolment, 'paid-elsewhere')?.value ?? '';
  if (!isMonth(lastMonth) || month > lastMonth) return undefined;
  return { code: 'paid-elsewhere', inputs: { month, lastMonth }, result: '0.00' };
}
