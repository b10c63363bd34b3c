import { liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { payCalendar } from '../../../domain/policy/pay-calendar.ts';
import type { PlannedDay } from '../../../domain/policy/pay-day.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import { loadWorkingDays } from '../../adapters/working-days.ts';
import { paysByMonth } from '../../run/rounds.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { movedView } from '../views/run-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const calendar: Pick<StaffOperations, 'getPayCalendar'> = {
  async getPayCalendar({ actor, query }, { streets, clock }) {
    const { programme, year, jurisdiction = actor.jurisdiction } = query;
    if (!liesWithin(jurisdiction, actor.jurisdiction)) {
      return refuse(
        refusal(
          'forbidden/jurisdiction',
          '只能查看本区划或下级区划的发放日历',
          'only the calendar of your jurisdiction and those inside it',
          { jurisdiction },
        ),
      );
    }
    const known = programmeById(programme);
    if (!known.ok) return known;
    const monthly = paysByMonth(programme);
    if (!monthly.ok) return monthly;
    const book = await streets.policies.current();
    if (!book.ok) return book;
    const scope = { jurisdiction, programme, knownOn: clock.today() };
    const planned = payCalendar(book.value, scope, year, await loadWorkingDays());
    if (!planned.ok) return planned;
    const { periods, undecided, yearEnd } = planned.value;
    const lastPayDay = periods.at(-1)?.payDay.day;
    return ok({
      body: {
        jurisdiction,
        programme,
        programmeNames: known.value.names,
        year,
        periods: periods.map(({ period, startsOn, reportCutOff, payDay, refused }) => ({
          period,
          startsOn,
          ...(reportCutOff && { reportCutOff: dayView(reportCutOff) }),
          payDay: dayView(payDay),
          ...(refused && { refused: { code: refused.code, zh: refused.zh, en: refused.en } }),
        })),
        ...(lastPayDay !== undefined && { lastPayDay }),
        ...(yearEnd && { fiscalYearClose: yearEnd }),
        undecided: [...undecided],
      },
    });
  },
};

const dayView = ({ day, moved }: PlannedDay) => ({ day, ...(moved && { moved: movedView(moved, day) }) });
