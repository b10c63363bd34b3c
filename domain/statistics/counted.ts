import { chinaDate, type Month, monthOf } from '../calendar.ts';
import type { RunId } from '../ids.ts';
import { type Attempt, lastWord, latestAttempts } from '../ledger/attempts.ts';
import type { Entry } from '../ledger/entry.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { type Determination, determinedFor } from '../register/determination.ts';
import { linesOfAttempt, standingLines } from '../run/accruals.ts';

export const STATISTICS_BY = ['payment', 'entitlement'] as const;
export type StatisticsBy = (typeof STATISTICS_BY)[number];
/** Months from and to, both included, and by which month: see terms.ts. */
export type StatisticsSpan = { readonly by: StatisticsBy; readonly from: Month; readonly to: Month };

/** One payment that counts, as far as it counts. */
export type CountedPayment = {
  readonly street: string;
  /** The run that accrued it: whose budget it uses. */
  readonly runId: RunId;
  readonly fen: Fen;
  readonly months: readonly Month[];
};
/** Of what recoveries did in the months. */
export type CountedRecovery = {
  readonly ordered: Fen;
  readonly recovered: Fen;
  /** 抵扣: kept back of payments, less what was restored. */
  readonly setOff: Fen;
  readonly waived: Fen;
};

/** Payments of one enrolment that count. @param attempts all of them, of every period that may have some */
export function countPayments(attempts: readonly Attempt[], span: StatisticsSpan): CountedPayment[] {
  const payments = Map.groupBy(attempts, ({ payment }) => payment);
  return latestAttempts(attempts).flatMap((latest) => {
    if (latest.state !== 'settled') return [];
    const own = payments.get(latest.payment) ?? [];
    const first = own.find(({ attempt }) => attempt === 1) ?? latest;
    const about = { street: streetOf(latest, own), runId: first.release.run };
    if (span.by === 'payment') {
      if (!within(paidIn(latest), span)) return [];
      const months = linesOfAttempt(own, latest.attempt).map(({ month }) => month);
      return [{ ...about, fen: latest.fen, months: distinct(months) }];
    }
    const lines = standingLines(own).filter(({ month }) => within(month, span));
    const amount = sumFen(lines.map((line) => line.fen));
    return amount === 0 ? [] : [{ ...about, fen: amount, months: distinct(lines.map(({ month }) => month)) }];
  });
}

/** The street that kept the enrolment when it was paid; of a payment by hand, when it was first sent. @param own attempts of the payment */
export const streetOf = (latest: Attempt | undefined, own: readonly Attempt[]): string =>
  latest?.release.street ?? own.find(({ release }) => release.street !== undefined)?.release.street ?? '';

/** The month in which a settled payment reached the payee. */
function paidIn(attempt: Attempt): Month {
  const { release } = attempt;
  // An opening brings in months that were paid before; it says of which, and of no day.
  if (release.kind === 'opening') return release.lines?.[0]?.month ?? monthOfEntry(release);
  return monthOfEntry(lastWord(attempt) ?? release);
}

const monthOfEntry = ({ bankDate, at }: Entry): Month => monthOf(bankDate ?? chinaDate(at));
const within = (month: Month, { from, to }: StatisticsSpan): boolean => from <= month && month <= to;
const distinct = (months: readonly Month[]): Month[] => [...new Set(months)];

/** What recoveries did about an enrolment in the months, by the day of the paper. */
export function countRecoveries(attempts: readonly Attempt[], span: StatisticsSpan): CountedRecovery {
  const found = attempts
    .flatMap(({ recoveries = [] }) => recoveries)
    .filter((entry) => within(monthOfEntry(entry), span));
  const sum = (kind: Entry['kind']): Fen =>
    sumFen(found.filter((one) => one.kind === kind).map((one) => one.fen));
  return {
    ordered: fen(sum('recovery-ordered') - sum('recovery-revoked')),
    recovered: sum('recovered'),
    setOff: setOffIn(attempts, span),
    waived: sum('recovery-waived'),
  };
}

/** By the days on which payments were released, and on which what was never received was taken back. */
function setOffIn(attempts: readonly Attempt[], span: StatisticsSpan): Fen {
  const entries = attempts.flatMap(({ release, reversed }) => [release, ...(reversed ? [reversed] : [])]);
  const lines = entries
    .filter((entry) => within(monthOfEntry(entry), span))
    .flatMap((entry) => entry.lines ?? []);
  return fen(0 - sumFen(lines.filter(({ kind }) => kind === 'set-off').map((line) => line.fen)));
}

/**
 * How many people determinations say that the months help: the most that one of them does. Undefined when none says.
 */
export function helpedBy(
  determinations: readonly Determination[],
  months: readonly Month[],
): number | undefined {
  const said = months.flatMap((month) => {
    const grants = determinations
      .filter(({ kind }) => kind === 'grant')
      .flatMap(({ spans }) => spans.filter(({ from }) => from === month));
    const inForce = grants.length > 0 ? undefined : determinedFor(determinations, month)?.span;
    return [...grants, ...(inForce ? [inForce] : [])].flatMap(({ derivation }) =>
      derivation.flatMap(({ code, inputs }) =>
        code === 'grant-persons'
          ? numberIn(inputs['persons'])
          : code === 'members'
            ? numberIn(inputs['covered'])
            : [],
      ),
    );
  });
  return said.length === 0 ? undefined : Math.max(...said);
}

const numberIn = (text: unknown): number[] =>
  typeof text === 'string' && /^\d{1,6}$/.test(text) ? [Number(text)] : [];
