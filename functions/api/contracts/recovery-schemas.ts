import * as z from 'zod/mini';
import {
  DELIVERY_MEANS,
  RECEIPT_MEANS,
  RECOVERY_ID,
  RECOVERY_MEANS,
  RECOVERY_STATES,
  RELIEFS,
} from '../../../domain/recovery/recovery.ts';
import { EnrolmentIdText } from './determinations.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  AmountInput,
  DateText,
  InstantText,
  MonthText,
  Names,
  OpaqueId,
  PaymentIdText,
  ProgrammeText,
  RunIdText,
  sentence,
} from './primitives.ts';

export const RecoveryIdText = z
  .string()
  .check(
    z.regex(RECOVERY_ID, { error: sentence('应为追缴编号', 'must be the id of a recovery') }),
    z.meta({ description: '追缴编号 / the id of a recovery', examples: ['GL-7Z3K9QX2M4BT-1-Z1'] }),
  );
export const ofRecovery = z.strictObject({ recoveryId: RecoveryIdText });
export const Component = z
  .string()
  .check(
    z.regex(/^[a-z][a-z0-9:-]{0,79}$/, { error: sentence('应为给付项目', 'must be a component') }),
    z.meta({ description: '给付项目 / component', examples: ['allowance'] }),
  );
const InstalmentInput = z.strictObject({ dueOn: DateText, amount: AmountInput });
export const instalments = z.optional(z.array(InstalmentInput).check(z.minLength(1), z.maxLength(60)));
const InstalmentView = z.strictObject({ dueOn: DateText, amount: Amount });
const LineView = z.strictObject({ month: MonthText, component: z.string(), amount: Amount });
const by = { by: OpaqueId, at: InstantText } as const;

export const figures = {
  ordered: Amount,
  received: Amount,
  setOff: Amount,
  waived: Amount,
  revoked: Amount,
  outstanding: Amount,
  overdue: Amount,
} as const;
const summary = {
  recoveryId: RecoveryIdText,
  programme: ProgrammeText,
  enrolmentId: EnrolmentIdText,
  person: z.optional(MaskedPerson),
  state: z.enum(RECOVERY_STATES),
  stateNames: Names,
  /** 提出金额 */
  amount: Amount,
  ...figures,
  dueOn: DateText,
  document: z.optional(z.string()),
  means: z.enum(RECOVERY_MEANS),
  meansNames: Names,
  proposedAt: InstantText,
};
export const RecoverySummary = z.strictObject(summary);
export const RecoveryView = z
  .strictObject({
    ...summary,
    basis: z.string(),
    reason: z.string(),
    proposedBy: OpaqueId,
    lines: z.array(LineView),
    instalments: z.array(InstalmentView),
    decision: z.optional(
      z.strictObject({
        document: z.string(),
        decidedOn: DateText,
        payments: z.array(
          z.strictObject({
            payment: PaymentIdText,
            attempt: z.int(),
            runId: RunIdText,
            amount: Amount,
            outstanding: Amount,
            lines: z.array(LineView),
          }),
        ),
        ...by,
      }),
    ),
    refused: z.optional(z.strictObject({ reason: z.string(), ...by })),
    delivery: z.optional(
      z.strictObject({ on: DateText, means: z.enum(DELIVERY_MEANS), evidence: z.string(), ...by }),
    ),
    receipts: z.array(
      z.strictObject({
        amount: Amount,
        means: z.enum(RECEIPT_MEANS),
        voucher: z.string(),
        on: DateText,
        evidence: z.string(),
        ...by,
      }),
    ),
    setOffs: z.array(
      z.strictObject({
        payment: PaymentIdText,
        runId: RunIdText,
        amount: Amount,
        restored: Amount,
        at: InstantText,
      }),
    ),
    reliefs: z.array(
      z.strictObject({
        relief: z.enum(RELIEFS),
        amount: Amount,
        reason: z.string(),
        ...by,
        decision: z.optional(
          z.strictObject({
            outcome: z.enum(['granted', 'refused']),
            document: z.string(),
            reason: z.string(),
            ...by,
          }),
        ),
      }),
    ),
    paused: z.optional(z.strictObject({ until: DateText, reason: z.string(), ...by })),
  })
  .check(z.meta({ id: 'Recovery', description: '追缴 / a recovery order' }));
