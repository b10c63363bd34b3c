import { addMonths, type Month, monthOf, monthsOfPeriod } from '../../domain/calendar.ts';
import { earliestDeath } from '../../domain/controls/control.ts';
import type { EnrolmentId, PersonKey } from '../../domain/ids.ts';
import { foldAttempts } from '../../domain/ledger/attempts.ts';
import { strongestDeathSource } from '../../domain/matching/list-kinds.ts';
import { type PaidAfter, paidAfter } from '../../domain/matching/paid-after.ts';
import { fen } from '../../domain/money.ts';
import { lookupParameter } from '../../domain/policy/lookup.ts';
import { certifiedDeath } from '../../domain/programmes/fact-history.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { Fact } from '../../domain/register/facts.ts';
import type { LedgerStore } from '../adapters/ledger-store.ts';
import type { MatchStore } from '../adapters/match-store.ts';
import type { PolicyStore } from '../adapters/policy-store.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { RunStore } from '../adapters/run-store.ts';
import type { Scope } from '../adapters/sweep-store.ts';
import { mapBounded } from '../concurrency.ts';
import { ledgerPeriods } from '../go-live/posted-openings.ts';
import type { Clock } from '../wiring.ts';

export type DeathReportPorts = {
  readonly matches: MatchStore;
  readonly register: RegisterStore;
  readonly ledger: Pick<LedgerStore, 'ofEnrolment'>;
  readonly runs: RunStore;
  readonly policies: Pick<PolicyStore, 'current'>;
  readonly clock: Clock;
};
/** Money that a person's enrolment was given for months after their death. */
export type PaidAfterDeath = {
  readonly person: PersonKey;
  readonly enrolment: EnrolmentId;
  /** A certified death sets what is to be recovered; a reported one is to be verified first. */
  readonly basis: 'certified' | 'reported';
  readonly deathMonth: Month;
  /** The list whose word weighs most: police, then funeral homes, the health commission, social insurance. */
  readonly source?: string;
} & PaidAfter;

/** Audits look back so far (朔州 2025). */
const LOOK_BACK_MONTHS = 24;
const PERSONS_AT_ONCE = 8;

/**
 * 死亡后发放: of everybody whom lists of deaths matched, what the ledger holds for months after the death, by the date that governs
 * recovery. Only people who are themselves enrolled: for a household the determination says what a death changes.
 */
export async function deathReport(ports: DeathReportPorts, scope: Scope): Promise<PaidAfterDeath[]> {
  const programme = programmeById(scope.programme);
  if (!programme.ok || programme.value.unit !== 'person' || programme.value.afterDeath) return [];
  const sameMonth = await deathMonthStops(ports, scope);
  const since = addMonths(monthOf(ports.clock.today()), -LOOK_BACK_MONTHS);
  // No period pays a month after its own last one.
  const periods = (await ledgerPeriods(ports, scope)).filter(
    (period) => (monthsOfPeriod(period).at(-1) ?? '') >= since,
  );
  const rows = await mapBounded(
    [...(await matchedDeaths(ports, scope))],
    PERSONS_AT_ONCE,
    async (matched) => {
      const [person, enrolment] = matched;
      const document = await ports.register.person(person);
      const facts = document?.record.facts ?? [];
      const certified = certifiedDeath(facts);
      const death = certified ?? earliestDeath(facts);
      if (death === undefined) return [];
      const deathMonth = monthOf(death);
      const entries = await Promise.all(
        periods.map((period) => ports.ledger.ofEnrolment(scope, period, enrolment)),
      );
      const after = paidAfter(
        foldAttempts(entries.flat()),
        (month) => month >= since && (month > deathMonth || (sameMonth && month === deathMonth)),
      );
      if (!after) return [];
      const source = strongestDeathSource(saidBy(facts));
      const row: PaidAfterDeath = {
        person,
        enrolment,
        basis: certified === undefined ? 'reported' : 'certified',
        deathMonth,
        ...(source !== undefined && { source }),
        ...after,
      };
      return [row];
    },
  );
  return rows.flat();
}

/** Totals of some of them; people, not payments. */
export function totalsOf(rows: readonly PaidAfterDeath[]) {
  return {
    people: new Set(rows.map(({ person }) => person)).size,
    months: rows.reduce((sum, { months }) => sum + months.length, 0),
    paidFen: fen(rows.reduce((sum, { paidFen }) => sum + paidFen, 0)),
    recoveredFen: fen(rows.reduce((sum, { recoveredFen }) => sum + recoveredFen, 0)),
  };
}

/** Enrolments in the programme of everybody whom a list of deaths named, each once. */
async function matchedDeaths(
  { matches }: DeathReportPorts,
  { jurisdiction, programme }: Scope,
): Promise<Map<PersonKey, EnrolmentId>> {
  const found = new Map<PersonKey, EnrolmentId>();
  for (const list of await matches.lists(jurisdiction)) {
    if (list.kind !== 'deaths') continue;
    for await (const { person, enrolments } of matches.matches(list.importId)) {
      const own = enrolments.find((one) => one.programme === programme);
      if (own) found.set(person, own.enrolment);
    }
  }
  return found;
}

/** Who says that the person died. */
const saidBy = (facts: readonly Fact[]): string[] =>
  facts.filter(({ kind }) => kind.startsWith('death-')).map(({ source }) => source);

/** Whether nothing is due for the month of a death itself, by the programme's policy today. */
async function deathMonthStops({ policies, clock }: DeathReportPorts, scope: Scope): Promise<boolean> {
  const programme = programmeById(scope.programme);
  const spec = programme.ok ? programme.value.parameters['stopFrom'] : undefined;
  const book = await policies.current();
  if (!spec || !book.ok) return false;
  const today = clock.today();
  const query = { ...scope, knownOn: today, parameter: 'stopFrom', month: monthOf(today) };
  const stopFrom = lookupParameter(book.value, query, spec);
  return stopFrom.ok && stopFrom.value.value === 'same-month';
}
