import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { PolicyBook } from '../policy/book.ts';
import { type EntitledMonths, entitledMonths } from '../programmes/months.ts';
import type { EnrolmentFacts, Entitlement, Situation } from '../programmes/programme.ts';
import { determinationsKnownBy } from '../register/determination.ts';
import { type Fact, knownBy } from '../register/facts.ts';
import type { EnrolmentCase } from './assess-payment.ts';

type Span = {
  readonly historyFrom: Month;
  readonly through: Month;
  readonly knownOn: PlainDate;
  readonly jurisdiction: JurisdictionCode;
  /** Cut-off of the last run that was paid; facts recorded later are new to this one. */
  readonly since: Instant | undefined;
};

/**
 * Accrued months whose difference, if there is one, is the doing of a policy decided since: those in which the facts recorded since
 * the last run change no amount. Of the others the facts are the cause, alone or with the policy.
 */
export function policyMonths(
  book: PolicyBook,
  { enrolment, situation, accrued = [] }: Pick<EnrolmentCase, 'enrolment' | 'situation' | 'accrued'>,
  now: EntitledMonths,
  { since, ...span }: Span,
): Month[] {
  const months = [...new Set(accrued.map(({ month }) => month))];
  if (since === undefined) return months;
  const before = asOf(situation, since);
  if (sameSize(situation, before)) return months;
  const mine = before.enrolments.find(({ id }) => id === enrolment.id) ?? enrolment;
  const then = entitledMonths(before, mine, book, span);
  if (!then.ok) return [];
  const [amountsNow, amountsThen] = [amountsOf(now.months), amountsOf(then.value.months)];
  return months.filter((month) => amountsNow.get(month) === amountsThen.get(month));
}

function asOf(situation: Situation, since: Instant): Situation {
  const known = <Key extends string>(all: Readonly<Record<Key, readonly Fact[]>>) =>
    Object.fromEntries(
      Object.entries<readonly Fact[]>(all).map(([key, facts]) => [key, knownBy(facts, since)]),
    );
  return {
    persons: known(situation.persons),
    ...(situation.households && { households: known(situation.households) }),
    enrolments: situation.enrolments.map(
      (one): EnrolmentFacts => ({
        ...one,
        facts: knownBy(one.facts, since),
        ...(one.determinations && { determinations: determinationsKnownBy(one.determinations, since) }),
      }),
    ),
  };
}

/** Facts are only ever added: as many as before are the same as before. */
function sameSize(one: Situation, other: Situation): boolean {
  const count = ({ persons, households, enrolments }: Situation) =>
    [...Object.values(persons), ...Object.values(households ?? {})].flat().length +
    enrolments.reduce((sum, { facts, determinations = [] }) => sum + facts.length + determinations.length, 0);
  return count(one) === count(other);
}

/** A month without entitlement is a month of nothing. */
function amountsOf(months: readonly Entitlement[]): Map<Month, string> {
  return new Map(
    months
      .filter(({ components }) => components.length > 0)
      .map(({ month, components }) => [
        month,
        components.map(({ component, fen }) => `${component}:${fen}`).join(';'),
      ]),
  );
}
