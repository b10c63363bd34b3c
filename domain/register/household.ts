import * as z from 'zod/mini';
import type { Instant } from '../calendar.ts';
import type { HouseholdKey } from '../ids.ts';
import type { Fact } from './facts.ts';
import { FactSchema } from './person.ts';

/**
 * What the register keeps of a household (家庭) as a whole; who belongs to it is a fact of each person. Facts are only
 * appended. One encrypted blob in the store, because incomes and obligors are personal.
 */
export type HouseholdRecord = {
  readonly householdKey: HouseholdKey;
  readonly facts: readonly Fact[];
};
export const HouseholdRecordSchema = z.strictObject({
  householdKey: z.string(),
  facts: z.readonly(z.array(FactSchema)),
});

/** The record and its optimistic lock. */
export type HouseholdDocument = {
  readonly version: number;
  readonly changedAt: Instant;
  readonly record: HouseholdRecord;
};
