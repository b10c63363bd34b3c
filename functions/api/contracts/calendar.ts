import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import { DateText, FiscalYear, Jurisdiction, Names, PeriodText, ProgrammeText } from './primitives.ts';
import { MovedDay } from './run-schemas.ts';

const Day = z.strictObject({
  day: DateText,
  moved: z.optional(MovedDay),
});

const PlannedPeriodView = z
  .strictObject({
    period: PeriodText,
    startsOn: DateText,
    reportCutOff: z.optional(Day),
    payDay: Day,
    refused: z.optional(z.strictObject({ code: z.string(), zh: z.string(), en: z.string() })),
  })
  .check(
    z.meta({
      id: 'PlannedPeriod',
      description:
        '一期的安排：自动启动日、街道月报截止日、发放日 / one period: when its run starts by itself, when reports are locked, when it is paid',
    }),
  );

export const calendarContracts = {
  getPayCalendar: {
    summary: { zh: '发放日历', en: 'Calendar of pay days' },
    notes: {
      zh: '按发放日落在该年的各期列出，含顺延、提前及其缘由。节假日以国务院办公厅通知为准；通知未公布的年份，凡按工作日安排的一律拒绝（missing/calendar-year），不按周一至周五推算。lastPayDay 为全年最后一个发放日；fiscalYearClose 为政策规定的年终最后发放日和结账日，晚于它的期间写明 refused，届时不能启动。undecided 为来年年初可能提前到本年发放、尚不能确定的期间。',
      en: 'The periods whose pay day falls in the year, with what was moved and why. Holidays are those of the State Council’s notice; where pay days go by working days, a year whose notice is not published is refused (missing/calendar-year), never guessed from Monday to Friday. `lastPayDay` is the last one of the year; `fiscalYearClose` what policy says of its end, and a period after that says why its run is refused. `undecided`: periods due early next year that may still be brought forward into this one.',
    },
    query: z.strictObject({
      programme: ProgrammeText,
      year: FiscalYear,
      jurisdiction: z.optional(Jurisdiction),
    }),
    status: 200,
    response: z.strictObject({
      jurisdiction: Jurisdiction,
      programme: ProgrammeText,
      programmeNames: Names,
      year: FiscalYear,
      periods: z.array(PlannedPeriodView),
      lastPayDay: z.optional(DateText),
      fiscalYearClose: z.optional(z.strictObject({ lastPayDay: DateText, closeDay: DateText })),
      undecided: z.array(PeriodText),
    }),
  },
} as const satisfies Record<string, Contract>;
