import * as z from 'zod/mini';
import { Count, envelope, JurisdictionText, ObjectKeyText, OpaqueText } from './envelope.ts';
import { ReconcileChunk, ResultReceived } from './run.ts';

/** 对账单: a statement of the payer's account was uploaded. */
export const StatementReceived = z.strictObject({
  ...envelope('bank.statement-received'),
  jurisdiction: JurisdictionText,
  statementId: OpaqueText,
  objectKey: ObjectKeyText,
});
export type StatementReceived = z.infer<typeof StatementReceived>;

/** Match one chunk of an accepted statement, named by the hash of its content; the chunk's bytes and hash are in the stored plan. */
export const ReconcileStatement = z.strictObject({
  ...envelope('bank.reconcile-statement'),
  jurisdiction: JurisdictionText,
  statement: OpaqueText,
  chunk: Count,
});
export type ReconcileStatement = z.infer<typeof ReconcileStatement>;

/** What the queues of the bank's files carry. */
export const ResultMessage = z.discriminatedUnion('type', [ResultReceived, StatementReceived]);
export type ResultMessage = z.infer<typeof ResultMessage>;
export const ReconcileMessage = z.discriminatedUnion('type', [ReconcileChunk, ReconcileStatement]);
export type ReconcileMessage = z.infer<typeof ReconcileMessage>;
