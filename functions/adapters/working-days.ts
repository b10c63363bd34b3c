import type { PlainDate } from '../../domain/calendar.ts';
import { invariant, ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { dayOfWeek, type WorkingDays } from '../../domain/working-days.ts';

/** Day → "Spring Festival,春节,4". */
type Named = Readonly<Record<string, string>>;

/** Every year has the National Day off, while its New Year may already be named in the notice for the year before. */
const NATIONAL_DAY = '10-01';
/** The notice for a year comes out in November of the year before; the first runs of the new year start late in December. */
const UPDATE_BY = '12-15';

/**
 * The official calendar, for the years whose notice is in the data of `chinese-days`; any other is `missing/calendar-year`. Only the
 * data is read: the package's functions go by the machine's time zone and take an unknown year for one without holidays. Loaded at
 * first use, so that a function that never asks does not carry it.
 */
export async function loadWorkingDays(): Promise<WorkingDays> {
  const { default: published } = await import('chinese-days/dist/chinese-days.json', {
    with: { type: 'json' },
  });
  return workingDaysOf(published.holidays, published.workdays);
}

function workingDaysOf(holidays: Named, workedWeekends: Named): WorkingDays {
  const known = (year: string): Result<true> =>
    holidays[`${year}-${NATIONAL_DAY}`] === undefined ? refuse(missingYear(year)) : ok(true);
  const nameOf = (day: PlainDate) => {
    const entry = holidays[day] ?? workedWeekends[day];
    if (entry === undefined) return undefined;
    const [en = '', zh = ''] = entry.split(',');
    return { zh, en };
  };
  return {
    nameOf,
    isWorkingDay: (day) => {
      const year = known(day.slice(0, 4));
      if (!year.ok) return year;
      if (holidays[day] !== undefined) return ok(false);
      return ok(workedWeekends[day] !== undefined || dayOfWeek(day) <= 5);
    },
    springFestival: (year) => {
      const sure = known(year);
      if (!sure.ok) return sure;
      const [first] = Object.keys(holidays)
        .filter((day) => day.startsWith(year) && nameOf(day)?.zh === '春节')
        .sort();
      invariant(first !== undefined, `the holidays of ${year} name no Spring Festival`);
      return ok(first);
    },
  };
}

function missingYear(year: string) {
  const updateBy = `${Number(year) - 1}-${UPDATE_BY}`;
  return refusal(
    'missing/calendar-year',
    `没有 ${year} 年的法定节假日安排：请在国务院办公厅通知公布后、${updateBy} 前由系统管理员更新节假日数据（chinese-days）并重新部署`,
    `the public holidays of ${year} are not known: after the State Council's notice, update the holiday data (chinese-days) and deploy by ${updateBy}`,
    { year, updateBy },
  );
}
