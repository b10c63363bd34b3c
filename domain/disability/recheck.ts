import { addMonths, isPlainDate, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { lastRecorded, recorded } from '../programmes/fact-history.ts';
import type { Fact } from '../register/facts.ts';

type Window = { readonly from: string; readonly through: string };
export type Rechecks = { readonly windows: readonly Window[]; readonly since: Month };
/** A window that has closed, and the first check since it opened. */
export type ClosedWindow = {
  readonly from: PlainDate;
  readonly through: PlainDate;
  readonly checkedOn: PlainDate | undefined;
};

/**
 * The last window of re-checks (定期核查) that closed before a month, and by the day as of which one looks, for somebody who was already in when it opened. Undefined where none
 * is asked about: the person came in later, or the window closed before the place began to ask and no earlier check is on record.
 */
export function closedWindow(
  month: Month,
  enrolment: readonly Fact[],
  { windows, since }: Rechecks,
  knownOn: PlainDate,
): ClosedWindow | undefined {
  const joined = joinedOn(enrolment, month);
  const year = Number(month.slice(0, 4));
  const last = [year - 1, year]
    .flatMap((one) =>
      windows.map(({ from, through }) => ({ from: `${one}-${from}`, through: `${one}-${through}` })),
    )
    .filter(({ through }) => monthOf(through) < month && through < knownOn)
    .sort((a, b) => (a.through < b.through ? -1 : 1))
    .at(-1);
  if (last === undefined || (joined !== undefined && joined >= last.from)) return undefined;
  const checks = recorded(enrolment, 'review').map(({ value }) => value);
  if (monthOf(last.through) < since && !checks.some((on) => on < last.from)) return undefined;
  const checkedOn = checks.filter((on) => on >= last.from).sort()[0];
  return { ...last, checkedOn };
}

/** 逾期未核查: the last day of the window that closed by a day and in which, or since, nobody checked the enrolment. */
export function missedRecheck(
  enrolment: readonly Fact[],
  rechecks: Rechecks,
  knownOn: PlainDate,
): PlainDate | undefined {
  const known = enrolment.filter(({ kind, value }) => kind !== 'review' || value <= knownOn);
  const last = closedWindow(addMonths(monthOf(knownOn), 1), known, rechecks, knownOn);
  return last && last.checkedOn === undefined ? last.through : undefined;
}

/** Day of the application, or of the last one anew, as of a month; undefined when none is on record by then. */
export function joinedOn(enrolment: readonly Fact[], month: Month): PlainDate | undefined {
  const first = lastRecorded(enrolment, 'application')?.value.slice(0, 10) ?? '';
  const again = recorded(enrolment, 'reapplication').map(({ value }) => value);
  return [first, ...again]
    .filter((on) => isPlainDate(on) && monthOf(on) <= month)
    .sort()
    .at(-1);
}
