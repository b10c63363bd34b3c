import { type Month, monthRange } from '../calendar.ts';
import { type Fen, sumFen, writtenFen } from '../money.ts';
import { type AccruedLine, type Difference, differences } from '../programmes/differences.ts';
import type { Entitlement } from '../programmes/programme.ts';
import { ok, type Result } from '../result.ts';
import type { CaseAt } from './case-at.ts';
import { mainComponent, type ReadEnrolment } from './read-enrolment.ts';

/** New minus old, month by month, where a case says what was paid. */
export type PaidDifferences = {
  readonly differences: readonly Difference[];
  /** Positive differences together, and the part of them that is for months before those asked about (补发). */
  readonly toPay: Fen;
  readonly arrears: Fen;
  /** Negative differences together, as a positive amount. */
  readonly toRecover: Fen;
};

/**
 * Compares what a case says was paid with what is owed. Paid amounts without components are compared as a whole.
 * Refusals: those of any month in the span, because a difference over a part would look like the whole.
 */
export function paidDifferences(
  one: ReadEnrolment,
  span: { readonly from: Month; readonly through: Month },
  at: CaseAt,
  owed: (month: Month) => Result<Entitlement>,
  owedThen: (one: ReadEnrolment, month: Month) => Result<Entitlement>,
): Result<PaidDifferences> {
  const entitled: Entitlement[] = [];
  for (const month of monthRange(span.from, span.through)) {
    const found = owed(month);
    if (!found.ok) return found;
    entitled.push(found.value);
  }
  const paid = Object.entries(one.given.paid ?? {});
  const whole = paid.every(([, amounts]) => Object.keys(amounts).every((name) => name === ''));
  const component = mainComponent(one.programme);
  const accrued = paid.flatMap(([month, amounts]) =>
    Object.entries(amounts).map(
      ([name, amount]): AccruedLine => ({
        month,
        component: name === '' ? component : name,
        fen: writtenFen(amount),
      }),
    ),
  );
  const due = whole ? entitled.map((month) => asOne(month, component)) : entitled;
  const policyMonths = paid.flatMap(([month]) => (isByPolicy(one, month, due, owedThen) ? [month] : []));
  const found = differences(accrued, due, span, { periodMonths: at.months, policyMonths });
  const sum = (lines: readonly Difference[]) => sumFen(lines.map(({ fen }) => fen));
  const positive = found.filter(({ fen }) => fen > 0);
  return ok({
    differences: found,
    toPay: sum(positive),
    arrears: sum(
      positive.filter(({ month }) => !at.months.includes(month) || paid.some(([of]) => of === month)),
    ),
    toRecover: Math.abs(sum(found.filter(({ fen }) => fen < 0))) as Fen,
  });
}

function asOne(month: Entitlement, component: string): Entitlement {
  return { ...month, components: month.fen === 0 ? [] : [{ component, fen: month.fen }] };
}

function isByPolicy(
  one: ReadEnrolment,
  month: Month,
  due: readonly Entitlement[],
  owedThen: (one: ReadEnrolment, month: Month) => Result<Entitlement>,
): boolean {
  if (one.given.decision?.kind === 'standard-change') return true;
  const now = due.find((each) => each.month === month);
  const then = owedThen(one, month);
  return now !== undefined && then.ok && then.value.fen !== now.fen;
}
