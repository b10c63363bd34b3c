import * as z from 'zod/mini';
import { RUN_ID } from '../domain/run/manifest.ts';
import { Count, envelope, ObjectKeyText, OpaqueText, ShardText } from './envelope.ts';

const RunIdText = z.string().check(z.regex(RUN_ID));
const shardAtRevision = { runId: RunIdText, revision: Count, shard: ShardText };

/** 核算: assess the enrolments of one shard and write their drafts. */
export const ComputeShard = z.strictObject({
  ...envelope('run.compute-shard'),
  ...shardAtRevision,
});
export type ComputeShard = z.infer<typeof ComputeShard>;

/** 发放前核验: check one shard's drafts and accounts against what was signed. */
export const VerifyShard = z.strictObject({
  ...envelope('run.verify-shard'),
  ...shardAtRevision,
});
export type VerifyShard = z.infer<typeof VerifyShard>;

/** 报盘: write the release entries of one shard. */
export const ReleaseShard = z.strictObject({
  ...envelope('run.release-shard'),
  ...shardAtRevision,
});
export type ReleaseShard = z.infer<typeof ReleaseShard>;
export const DispatchMessage = z.discriminatedUnion('type', [VerifyShard, ReleaseShard]);
export type DispatchMessage = z.infer<typeof DispatchMessage>;

/** Build the instruction files of a run whose every shard is released. */
export const BuildFiles = z.strictObject({ ...envelope('run.build-files'), runId: RunIdText });
export type BuildFiles = z.infer<typeof BuildFiles>;

/** 回盘: a bank result file was uploaded. */
export const ResultReceived = z.strictObject({
  ...envelope('bank.result-received'),
  runId: RunIdText,
  resultId: OpaqueText,
  objectKey: ObjectKeyText,
});
export type ResultReceived = z.infer<typeof ResultReceived>;

/** Match one chunk of a result file; its bytes and hash are in the plan stored under the result. */
export const ReconcileChunk = z.strictObject({
  ...envelope('bank.reconcile-chunk'),
  runId: RunIdText,
  resultId: OpaqueText,
  chunk: Count,
});
export type ReconcileChunk = z.infer<typeof ReconcileChunk>;

/** 关账: tally and hash one shard's entries for a request to close. */
export const TallyShard = z.strictObject({
  ...envelope('run.tally-shard'),
  runId: RunIdText,
  request: OpaqueText,
  shard: ShardText,
});
export type TallyShard = z.infer<typeof TallyShard>;

/**
 * Count again what a run's budget has spent, because something was paid outside or came back; or that of one period and round
 * ("2026-12#R"), because something of it was surrendered.
 */
export const RestateBudget = z.strictObject({
  ...envelope('run.restate-budget'),
  runId: RunIdText,
  origin: z.optional(z.string().check(z.regex(/^\d{4}-[0-9A-Z]{1,2}#[ROST]\d{0,2}$/))),
});
export type RestateBudget = z.infer<typeof RestateBudget>;
export const ClosingMessage = z.discriminatedUnion('type', [TallyShard, RestateBudget]);
export type ClosingMessage = z.infer<typeof ClosingMessage>;

/** Write an export of a run's ledger. */
export const ExportRequested = z.strictObject({
  ...envelope('audit.export-requested'),
  runId: RunIdText,
  exportId: OpaqueText,
});
export type ExportRequested = z.infer<typeof ExportRequested>;
