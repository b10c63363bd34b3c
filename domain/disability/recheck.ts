import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import { recorded } from '../programmes/fact-history.ts';
import type { Fact } from '../register/facts.ts';

type Window = { readonly from: string; readonly through: string };
type Rechecks = { readonly windows: readonly Window[]; readonly since: Month };
/** A window that has closed, and the first check since it opened. */
export type ClosedWindow = {
  readonly from: PlainDate;
  readonly through: PlainDate;
  readonly checkedOn: PlainDate | undefined;
};

/**
 * The last window of re-checks (定期核查) that closed before a month, for somebody who was already in when it opened. Undefined where none
 * is asked about: the person came in later, or the window closed before the place began to ask and no check was ever recorded here.
 * @param joined day of the application, or of the last one anew.
 */
export function closedWindow(
  month: Month,
  enrolment: readonly Fact[],
  { windows, since }: Rechecks,
  joined: PlainDate | undefined,
): ClosedWindow | undefined {
  const year = Number(month.slice(0, 4));
  const last = [year - 1, year]
    .flatMap((one) =>
      windows.map(({ from, through }) => ({ from: `${one}-${from}`, through: `${one}-${through}` })),
    )
    .filter(({ through }) => monthOf(through) < month)
    .sort((a, b) => (a.through < b.through ? -1 : 1))
    .at(-1);
  if (last === undefined || (joined !== undefined && joined >= last.from)) return undefined;
  const checks = recorded(enrolment, 'review').map(({ value }) => value);
  if (monthOf(last.through) < since && checks.length === 0) return undefined;
  const checkedOn = checks.filter((on) => on >= last.from).sort()[0];
  return { ...last, checkedOn };
}
