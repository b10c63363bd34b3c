import * as z from 'zod/mini';
import { type Instant, type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';

/**
 * How somebody comes to be paid: the person's own card; the head's of a household, whoever that is; a named representative's (代领人);
 * a ward's guardian's (监护人); of money for care, the caregiver's under an agreement (照料护理人); the corporate account of an institution or organisation; after the person's death, for months due before,
 * an heir's (继承人).
 */
export const PAYEE_KINDS = [
  'self',
  'head',
  'representative',
  'guardian',
  'caregiver',
  'organisation',
  'heir',
] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

/** What the payee is to the person paid for (与对象关系). */
export const PAYEE_RELATIONS = [
  'spouse',
  'parent',
  'child',
  'grandparent',
  'grandchild',
  'sibling',
  'other-relative',
  'village-or-community',
  'civil-affairs',
  'institution-staff',
  'other',
] as const;
export type PayeeRelation = (typeof PAYEE_RELATIONS)[number];

/** What a payee rests on beside the key; absent in records of a register sheet, which has no columns for it. */
export type PayeeGrounds = {
  readonly kind?: PayeeKind | undefined;
  readonly relation?: PayeeRelation | undefined;
  /** Number of the document: court order, notarised agreement, letter of authority. */
  readonly document?: string | undefined;
  /** First and last day on which the payee may receive; the last is when a guardian's document ends. */
  readonly validFrom?: PlainDate | undefined;
  readonly validTo?: PlainDate | undefined;
};
export const payeeGrounds = {
  kind: z.optional(z.enum(PAYEE_KINDS)),
  relation: z.optional(z.enum(PAYEE_RELATIONS)),
  document: z.optional(z.string()),
  validFrom: z.optional(z.string()),
  validTo: z.optional(z.string()),
};

/** Who is paid for an enrolment, as recorded at an instant; only appended to. Nothing in it is personal data. */
export type PayeeRecord = PayeeGrounds & {
  readonly payee: PersonKey;
  readonly recordedAt: Instant;
  readonly source: string;
  /** The member of staff who brought it in: signs no step of a run that first pays this payee. */
  readonly by: string;
  /** The change it came from, and the second person; absent on the first payee, which came with the register sheet. */
  readonly evidence?: string | undefined;
  readonly confirmedBy?: string | undefined;
};
export const PayeeRecordSchema = z.strictObject({
  ...payeeGrounds,
  payee: z.string(),
  recordedAt: z.string(),
  source: z.string(),
  by: z.string(),
  evidence: z.optional(z.string()),
  confirmedBy: z.optional(z.string()),
});

/**
 * Who is paid for months through a day: of the records known at an instant and valid from that day or before, the one recorded last.
 * Undefined when there is none: then a person is paid himself and a household by its head.
 */
export function payeeFor(
  enrolment: { readonly payees: readonly PayeeRecord[] },
  through: PlainDate,
  knownAt: Instant,
): PayeeRecord | undefined {
  let best: PayeeRecord | undefined;
  for (const record of enrolment.payees) {
    if (record.recordedAt > knownAt || (record.validFrom ?? '') > through) continue;
    if (!best || record.recordedAt >= best.recordedAt) best = record;
  }
  return best;
}

/** Source of the record by which an event of a household leaves its payee named until a second person has confirmed another. */
export const LEFT_NAMED = 'household-event:';

/** Whether somebody receives for a household as one of its members: its former head, or a representative whose grounds were looked at. */
export function receivesAsMember({ kind, document, source }: PayeeRecord): boolean {
  return source.startsWith(LEFT_NAMED) || (kind === 'representative' && document !== undefined);
}

/**
 * Whether a payee may no longer receive: for a period after the month in which the document ends, and for any period once the day
 * of payment is past it.
 */
export function hasEnded(record: PayeeRecord, lastMonth: Month, day: PlainDate): boolean {
  const { validTo } = record;
  return validTo !== undefined && (monthOf(validTo) < lastMonth || validTo < day);
}
