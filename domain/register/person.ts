import * as z from 'zod/mini';
import type { Instant } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import { type AccountRecord, AccountRecordSchema } from './account.ts';
import type { Fact } from './facts.ts';
import { ENROLMENT_FACT_KINDS, HOUSEHOLD_FACT_KINDS, PERSON_FACT_KINDS } from './facts.ts';

/** A dated fact as stored. */
export const FactSchema = z.strictObject({
  kind: z.enum([...PERSON_FACT_KINDS, ...HOUSEHOLD_FACT_KINDS, ...ENROLMENT_FACT_KINDS]),
  value: z.string(),
  validFrom: z.string(),
  recordedAt: z.string(),
  source: z.string(),
  by: z.string(),
});

/**
 * What the register knows about a person: all of it personal data, and one encrypted blob in the store. Facts and
 * accounts are only appended; the name and the identity number identify and do not change by a sheet.
 */
export type PersonRecord = {
  readonly personKey: PersonKey;
  /** An institution or organisation that receives for others; its idNumber is the unified social credit code. */
  readonly organisation?: true | undefined;
  readonly legalName: string;
  readonly idNumber: string;
  readonly phone?: string | undefined;
  readonly facts: readonly Fact[];
  readonly accounts: readonly AccountRecord[];
};
export const PersonRecordSchema = z.strictObject({
  personKey: z.string(),
  organisation: z.optional(z.literal(true)),
  legalName: z.string(),
  idNumber: z.string(),
  phone: z.optional(z.string()),
  facts: z.readonly(z.array(FactSchema)),
  accounts: z.readonly(z.array(AccountRecordSchema)),
});

/**
 * The number by which the register finds somebody. A credit code may be all digits: organisations are kept apart from persons.
 * @param organisation whether `idNumber` is a unified social credit code
 */
export const lookupNumber = ({
  idNumber,
  organisation,
}: Pick<PersonRecord, 'idNumber' | 'organisation'>): string => (organisation ? `USCC:${idNumber}` : idNumber);

/** The record and its optimistic lock. Version 0 is a person who is not stored yet. */
export type PersonDocument = {
  readonly version: number;
  readonly changedAt: Instant;
  readonly record: PersonRecord;
};
