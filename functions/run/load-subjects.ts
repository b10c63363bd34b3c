import { type Instant, monthsOfPeriod } from '../../domain/calendar.ts';
import type { HouseholdKey, PersonKey } from '../../domain/ids.ts';
import type { Situation } from '../../domain/programmes/programme.ts';
import { RUN_RULES } from '../../domain/programmes/run-rules.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { knownBy } from '../../domain/register/facts.ts';
import { type PayeeRecord, payeeFor } from '../../domain/register/payee.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RunManifest } from '../../domain/run/manifest.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import {
  type HouseholdRead,
  headKnownBy,
  householdKnownBy,
  loadHouseholds,
} from '../register/load-households.ts';

type Known = Pick<RunManifest, 'period' | 'cutOff' | 'programme'>;

/** The people behind the enrolments of a run: who they are for, with the members of a household, and who is paid. */
export type Subjects = {
  readonly persons: ReadonlyMap<PersonKey, PersonDocument>;
  /** Who is paid as known at the cut-off: the recorded payee, else the person, else the head of the household. */
  readonly payeeOf: (enrolment: EnrolmentDocument) => PersonKey;
  /** The record that names the payee; undefined where nobody was named. */
  readonly payeeRecordOf: (enrolment: EnrolmentDocument) => PayeeRecord | undefined;
  readonly payees: ReadonlySet<PersonKey>;
  /** Facts of the persons and of the household, as known at the cut-off. */
  readonly situationOf: (enrolment: EnrolmentDocument) => Pick<Situation, 'persons' | 'households'>;
};

export async function loadSubjects(
  register: RegisterStore,
  manifest: Known,
  enrolments: readonly EnrolmentDocument[],
): Promise<Subjects> {
  const households =
    RUN_RULES[manifest.programme]?.unit === 'household'
      ? await loadHouseholds(
          register,
          enrolments.map(({ subject }) => subject),
        )
      : new Map<HouseholdKey, HouseholdRead>();
  const heads = new Map(
    [...households].map(([key, read]) => [key, headKnownBy(key, read, manifest.period, manifest.cutOff)]),
  );
  const payeeRecordOf = (enrolment: EnrolmentDocument) =>
    payeeOfPeriod(enrolment, manifest.period, manifest.cutOff);
  const payeeOf = (enrolment: EnrolmentDocument): PersonKey =>
    payeeKeyOf(enrolment, payeeRecordOf(enrolment), heads.get(enrolment.subject));
  const payees = new Set(enrolments.map(payeeOf));
  const members = [...households.values()].flatMap(({ persons }) => [...persons]);
  const wanted = new Set([...payees, ...enrolments.map(({ subject }) => subject)]);
  for (const [key] of [...members, ...households]) wanted.delete(key);
  const persons = new Map([...members, ...(await register.persons([...wanted]))]);
  return {
    persons,
    payeeOf,
    payeeRecordOf,
    payees,
    situationOf: ({ subject }) => {
      const household = households.get(subject);
      if (household) return householdKnownBy(subject, household, manifest.cutOff);
      return { persons: { [subject]: knownBy(persons.get(subject)?.record.facts ?? [], manifest.cutOff) } };
    },
  };
}

/** The payee's record that counts for a period, as known at an instant. */
export function payeeOfPeriod(
  enrolment: EnrolmentDocument,
  period: RunManifest['period'],
  knownAt: Instant,
): PayeeRecord | undefined {
  return payeeFor(enrolment, `${monthsOfPeriod(period).at(-1) ?? ''}-31`, knownAt);
}

/** Who is paid: a record in the household's own name means its head, whoever that is. */
export function payeeKeyOf(
  { subject }: EnrolmentDocument,
  record: PayeeRecord | undefined,
  head: PersonKey | undefined,
): PersonKey {
  return record && record.payee !== subject ? record.payee : (head ?? subject);
}
