import type { Instant, PlainDate } from '../calendar.ts';
import { appendFact } from './append-fact.ts';
import type { EnrolmentDocument } from './enrolment.ts';
import type { EnrolmentFactKind } from './facts.ts';
import type { PayeeRecord } from './payee.ts';

/** What is said of an enrolment that no register sheet brings: one of a grant, or one drawn from the roll of another programme. */
export type Enrolling = Pick<EnrolmentDocument, 'id' | 'jurisdiction' | 'programme' | 'subject'> & {
  /** The day of the application, from which street and community hold. */
  readonly appliedOn: PlainDate;
  readonly street?: string | undefined;
  readonly community?: string | undefined;
  readonly source: string;
  readonly by: string;
  readonly recordedAt: Instant;
};

/**
 * The document with what is said; the very same one where it says so already.
 *
 * @param payeeOf who is to be appended as payee; undefined where who receives is on record already
 */
export function enrolled(
  { id, jurisdiction, programme, subject, ...said }: Enrolling,
  before: EnrolmentDocument | undefined,
  payeeOf: (start: EnrolmentDocument) => PayeeRecord | undefined,
): EnrolmentDocument {
  const { appliedOn: validFrom, source, by, recordedAt } = said;
  const start: EnrolmentDocument = before ?? {
    id,
    jurisdiction,
    programme,
    subject,
    payees: [],
    facts: [],
    version: 0,
    changedAt: recordedAt,
  };
  const stated: readonly (readonly [EnrolmentFactKind, string | undefined])[] = [
    ['application', before ? undefined : validFrom],
    ['street', said.street],
    ['community', said.community],
  ];
  const facts = stated.reduce(
    (known, [kind, value]) =>
      value === undefined ? known : appendFact(known, { kind, value, validFrom, recordedAt, source, by }),
    start.facts,
  );
  const payee = payeeOf(start);
  const payees = payee ? [...start.payees, payee] : start.payees;
  if (before && facts === before.facts && payees === before.payees) return before;
  return { ...start, facts, payees, version: start.version + 1, changedAt: recordedAt };
}
