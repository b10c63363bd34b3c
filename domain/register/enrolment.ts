import * as z from 'zod/mini';
import type { Instant } from '../calendar.ts';
import type { EnrolmentId, JurisdictionCode, PersonKey, ProgrammeId } from '../ids.ts';
import type { Fact } from './facts.ts';
import { type PayeeRecord, PayeeRecordSchema } from './payee.ts';
import { FactSchema } from './person.ts';

/**
 * One person, household or project in one programme (享受对象), with opaque keys and facts that are not personal data.
 * Facts and payees are only appended.
 */
export type EnrolmentDocument = {
  readonly id: EnrolmentId;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly subject: PersonKey;
  readonly payees: readonly PayeeRecord[];
  readonly facts: readonly Fact[];
  /** When the sheet was asked for that last stated this enrolment; an older sheet that arrives late changes nothing. */
  readonly sheetAt?: Instant | undefined;
  /** Optimistic lock; version 0 is an enrolment that is not stored yet. */
  readonly version: number;
  readonly changedAt: Instant;
};
export const EnrolmentDocumentSchema = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  programme: z.string(),
  subject: z.string(),
  payees: z.readonly(z.array(PayeeRecordSchema)),
  facts: z.readonly(z.array(FactSchema)),
  sheetAt: z.optional(z.string()),
  version: z.int(),
  changedAt: z.string(),
});

/** The payee now: the one recorded last. */
export function currentPayee(enrolment: { readonly payees: readonly PayeeRecord[] }): PersonKey | undefined {
  return enrolment.payees.at(-1)?.payee;
}
