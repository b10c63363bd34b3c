import * as z from 'zod/mini';
import { isPlainDate, type PlainDate } from '../calendar.ts';
import { type Refusal, refusal } from '../result.ts';

const MonthDay = z
  .string()
  .check(
    z.refine(
      (text) => isPlainDate(`2025-${text}`),
      '月日，写作 MM-DD，例如 "12-25"|a day of the year such as "12-25"',
    ),
  );

/** 年终: the last day of a fiscal year on which payments are made, and the day on which its books close. */
export const FiscalYearClose = z
  .strictObject({ lastPayDay: MonthDay, closeDay: MonthDay })
  .check(
    z.refine(
      ({ lastPayDay, closeDay }) => lastPayDay <= closeDay,
      '结账日不早于最后发放日|a close day that is not before the last pay day',
    ),
  );
export type FiscalYearClose = z.infer<typeof FiscalYearClose>;

/** The same as dates of one year. */
export type YearEndDays = { readonly lastPayDay: PlainDate; readonly closeDay: PlainDate };

export const daysOf = ({ lastPayDay, closeDay }: FiscalYearClose, fiscalYear: string): YearEndDays => ({
  lastPayDay: `${fiscalYear}-${lastPayDay}`,
  closeDay: `${fiscalYear}-${closeDay}`,
});

/** Where policy sets no days, a year ends with its last day. */
export const lastDayOf = (fiscalYear: string): YearEndDays => ({
  lastPayDay: `${fiscalYear}-12-31`,
  closeDay: `${fiscalYear}-12-31`,
});

/** A run is refused whose pay day lies after the last one of its year: the treasury pays no more. */
export function lateInYear(payDate: PlainDate, rule: FiscalYearClose): Refusal | undefined {
  const { lastPayDay } = daysOf(rule, payDate.slice(0, 4));
  if (payDate <= lastPayDay) return undefined;
  const next = String(Number(payDate.slice(0, 4)) + 1);
  return refusal(
    'conflict/after-last-pay-day',
    `发放日 ${payDate} 晚于本年度最后发放日 ${lastPayDay}（fiscalYearClose）：请提前发放日，或到 ${next} 年再启动`,
    `pay day ${payDate} is after the last one of its fiscal year, ${lastPayDay} (fiscalYearClose): pay earlier, or start in ${next}`,
    { payDate, lastPayDay },
  );
}

/** After the close day nothing more is approved or sent in that fiscal year; computed again, a run moves to the next. */
export function yearIsOver(fiscalYear: string, rule: FiscalYearClose, today: PlainDate): Refusal | undefined {
  const { closeDay } = daysOf(rule, fiscalYear);
  if (today <= closeDay) return undefined;
  return refusal(
    'conflict/fiscal-year-over',
    `${fiscalYear} 年度已于 ${closeDay} 截止（fiscalYearClose），不能再占用该年度指标：请重新核算，改用下一年度`,
    `the fiscal year ${fiscalYear} ended on ${closeDay} (fiscalYearClose): compute the run again, which moves it to the next year`,
    { fiscalYear, closeDay },
  );
}

/** 提前下达: the month from which lines of the next fiscal year may be set. */
const EARLY_FROM = '09';

/** A document may allocate for its own year, those before while they are open, and from September on for the next. */
export function tooEarly(fiscalYear: string, on: PlainDate): Refusal | undefined {
  const year = Number(on.slice(0, 4));
  const last = on.slice(5, 7) >= EARLY_FROM ? year + 1 : year;
  if (Number(fiscalYear) <= last) return undefined;
  return refusal(
    'conflict/early-allocation',
    `${fiscalYear} 年度指标最早可从 ${Number(fiscalYear) - 1} 年 9 月起提前下达：请核对文件日期和年度`,
    `lines for ${fiscalYear} are allocated from September ${Number(fiscalYear) - 1} on: check the date of the document and the year`,
    { fiscalYear },
  );
}
