import * as z from 'zod/mini';
import { Count, envelope, JurisdictionText, OpaqueText, ProgrammeText, ShardText } from './envelope.ts';

/** When something was recorded, in UTC. */
const InstantText = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

/** Something was recorded about an enrolment's household: look whether its determination has to be reviewed. */
export const ReviewEnrolment = z.strictObject({
  ...envelope('determination.review-enrolment'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  enrolment: OpaqueText,
});
export type ReviewEnrolment = z.infer<typeof ReviewEnrolment>;

/** A decision that its writer may have left half done: write the determination, and close the review that it answers. */
export const FinishDecision = z.strictObject({
  ...envelope('determination.finish-decision'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  enrolment: OpaqueText,
});
export type FinishDecision = z.infer<typeof FinishDecision>;

/** The same look at every enrolment of a shard: what the sweeper asks for. */
export const ReviewShard = z.strictObject({
  ...envelope('determination.review-shard'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  shard: ShardText,
});
export type ReviewShard = z.infer<typeof ReviewShard>;

/** An event of a household that its writer may have left half done; `markedAt` names the mark that led to it. */
export const FinishHouseholdEvent = z.strictObject({
  ...envelope('household.finish-event'),
  household: OpaqueText,
  number: Count,
  markedAt: InstantText,
});
export type FinishHouseholdEvent = z.infer<typeof FinishHouseholdEvent>;

/** A decision on a case (疑点) that its writer may not have carried out; `markedAt` names the mark that led to it. */
export const FinishCase = z.strictObject({
  ...envelope('matching.finish-case'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  caseId: OpaqueText,
  markedAt: InstantText,
});
export type FinishCase = z.infer<typeof FinishCase>;

/** A decision on an application for a grant that its writer may not have carried out; `markedAt` names the mark that led to it. */
export const FinishApplication = z.strictObject({
  ...envelope('grants.finish-application'),
  application: OpaqueText,
  markedAt: InstantText,
});
export type FinishApplication = z.infer<typeof FinishApplication>;

/** A row of a list of grants whose withdrawal was decided, and may not be in the register; `markedAt` names the mark that led to it. */
export const FinishWithdrawal = z.strictObject({
  ...envelope('grants.finish-withdrawal'),
  importId: OpaqueText,
  row: Count,
  markedAt: InstantText,
});
export type FinishWithdrawal = z.infer<typeof FinishWithdrawal>;

/** A decision on a project (公益创投) that its writer may not have carried out; `markedAt` names the mark that led to it. */
export const FinishProject = z.strictObject({
  ...envelope('venture.finish-project'),
  project: OpaqueText,
  markedAt: InstantText,
});
export type FinishProject = z.infer<typeof FinishProject>;

/** A replenishment of an imprest fund (备用金) that was decided, and whose grant its writer may not have recorded. */
export const FinishReplenishment = z.strictObject({
  ...envelope('imprest.finish-replenishment'),
  jurisdiction: JurisdictionText,
  fund: OpaqueText,
});
export type FinishReplenishment = z.infer<typeof FinishReplenishment>;

/** 调标: work out one shard of a batch, or apply it once it is approved. */
export const ProposeShard = z.strictObject({
  ...envelope('standard-change.propose-shard'),
  batch: OpaqueText,
  shard: ShardText,
});
export type ProposeShard = z.infer<typeof ProposeShard>;
export const ApplyShard = z.strictObject({
  ...envelope('standard-change.apply-shard'),
  batch: OpaqueText,
  shard: ShardText,
});
export type ApplyShard = z.infer<typeof ApplyShard>;

/** 政策提议: compare one shard of the enrolments of a scope with and without the proposed policy. */
export const EffectShard = z.strictObject({
  ...envelope('policy.effect-shard'),
  proposal: OpaqueText,
  round: Count,
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  shard: ShardText,
});
export type EffectShard = z.infer<typeof EffectShard>;

/** 银行登记为已死亡: the bank could not credit a payment because its payee is dead; the register is to know of it. */
export const ReportDeath = z.strictObject({
  ...envelope('register.report-death'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  payment: OpaqueText,
  attempt: Count,
  person: OpaqueText,
  diedOn: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/)),
  markedAt: InstantText,
});
export type ReportDeath = z.infer<typeof ReportDeath>;

/** 提取名册: enrol everybody who stands on the rolls that a programme follows, in one shard, for a run that is to start. */
export const DrawRolls = z.strictObject({
  ...envelope('rolls.draw-shard'),
  jurisdiction: JurisdictionText,
  programme: ProgrammeText,
  runId: OpaqueText,
  number: Count,
  shard: ShardText,
});
export type DrawRolls = z.infer<typeof DrawRolls>;

/** Everything that may be on the determinations queue. */
export const DeterminationMessage = z.discriminatedUnion('type', [
  ReviewEnrolment,
  FinishDecision,
  ReviewShard,
  FinishHouseholdEvent,
  FinishCase,
  FinishProject,
  FinishApplication,
  FinishWithdrawal,
  FinishReplenishment,
  ReportDeath,
  ProposeShard,
  ApplyShard,
  EffectShard,
  DrawRolls,
]);
export type DeterminationMessage = z.infer<typeof DeterminationMessage>;
