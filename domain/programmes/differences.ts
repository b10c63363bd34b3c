import type { Month } from '../calendar.ts';
import { type Fen, fen, ZERO } from '../money.ts';
import type { MonthSpan } from './months.ts';
import type { Entitlement } from './programme.ts';

/** What the ledger holds accrued for one month and component of an enrolment; several lines add up. */
export type AccruedLine = { readonly month: Month; readonly component: string; readonly fen: Fen };

/**
 * Why a month's money changes. `period`: the run's own month, never paid before. `newly-joined`: the same for someone to
 * whom nothing was ever accrued; `late-application`: their months before the application. `death` and `facts-changed`
 * come from the register, `policy-changed` and `hold-lifted` from hints;
 * `granted` and `grant-withdrawn` from grants for a month.
 */
type DifferenceCause =
  | 'period'
  | 'newly-joined'
  | 'late-application'
  | 'facts-changed'
  | 'death'
  | 'policy-changed'
  | 'hold-lifted'
  | 'granted'
  | 'grant-withdrawn';

/** Positive: owed and not yet accrued (补发). Negative: a proposal to recover (追缴), never taken by itself. */
export type Difference = AccruedLine & { readonly cause: DifferenceCause };

/** What only the caller can know. */
export type DifferenceHints = {
  /** The months of the run's own period. */
  readonly periodMonths?: readonly Month[];
  /** Months that a hold kept back and that are payable now. */
  readonly heldMonths?: readonly Month[];
  /** Months whose policy was decided anew since they were accrued. */
  readonly policyMonths?: readonly Month[];
};

/**
 * New minus old per month and component, zeros left out, in order of month and component. Only the span is compared:
 * accrued lines outside it (before `historyFrom`, or later months paid in advance) are left alone, and so are
 * entitlements. A month in the span that was accrued and has no entitlement any more is owed nothing. Sums are exact:
 * within the span, the differences add up to entitled minus accrued.
 */
export function differences(
  accrued: readonly AccruedLine[],
  entitled: readonly Entitlement[],
  span: MonthSpan,
  hints: DifferenceHints = {},
): Difference[] {
  const inSpan = ({ month }: { readonly month: Month }) => span.from <= month && month <= span.through;
  const old = accrued.filter(inSpan);
  const now = entitled.filter(inSpan);
  const totals = new Map<string, { month: Month; component: string; change: number }>();
  const add = (month: Month, component: string, change: number) => {
    const key = `${month}/${component}`;
    const total = totals.get(key) ?? { month, component, change: 0 };
    totals.set(key, { ...total, change: fen(total.change + change) });
  };
  for (const line of old) add(line.month, line.component, 0 - line.fen);
  for (const { month, components } of now) {
    for (const { component, fen: due } of components) add(month, component, due);
  }
  const context: CauseContext = {
    hints,
    everAccrued: accrued.length > 0,
    accruedMonths: new Set(old.map(({ month }) => month)),
    entitled: new Map(now.map((entitlement) => [entitlement.month, entitlement])),
  };
  return [...totals.entries()]
    .filter(([, { change }]) => change !== ZERO)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, { month, component, change }]) => ({
      month,
      component,
      fen: fen(change),
      cause: causeOf(month, change, context),
    }));
}

type CauseContext = {
  readonly hints: DifferenceHints;
  readonly everAccrued: boolean;
  readonly accruedMonths: ReadonlySet<Month>;
  readonly entitled: ReadonlyMap<Month, Entitlement>;
};

function causeOf(month: Month, change: number, context: CauseContext): DifferenceCause {
  const { hints, everAccrued, accruedMonths, entitled } = context;
  const steps = entitled.get(month)?.derivation ?? [];
  if (steps.some(({ code }) => code === 'stopped-death')) return 'death';
  if (hints.heldMonths?.includes(month)) return 'hold-lifted';
  if (steps.some(({ code }) => code === 'granted' || code === 'grant-withdrawn'))
    return change > 0 ? 'granted' : 'grant-withdrawn';
  if (hints.policyMonths?.includes(month)) return 'policy-changed';
  if (accruedMonths.has(month)) return 'facts-changed';
  const applied = steps.find(({ inputs }) => inputs['applicationMonth'] !== undefined)?.inputs[
    'applicationMonth'
  ];
  if (!everAccrued) return applied !== undefined && month < applied ? 'late-application' : 'newly-joined';
  return hints.periodMonths?.includes(month) ? 'period' : 'facts-changed';
}
