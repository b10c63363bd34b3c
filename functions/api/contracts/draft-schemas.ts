import * as z from 'zod/mini';
import { MaskedPerson } from './persons.ts';
import { Amount, MonthText, OpaqueId, PaymentIdText } from './primitives.ts';

const FindingView = z.strictObject({
  control: z.string(),
  severity: z.enum(['block', 'hold', 'warn']),
  zh: z.string(),
  en: z.string(),
});
const LineView = z.strictObject({
  month: MonthText,
  component: z.string(),
  kind: z.enum(['entitlement', 'arrears', 'set-off']),
  amount: Amount,
  cause: z.optional(z.string()),
});
export const DraftView = z
  .strictObject({
    payment: PaymentIdText,
    enrolment: OpaqueId,
    person: z.optional(MaskedPerson),
    payee: z.optional(MaskedPerson),
    street: z.string(),
    kind: z.enum(['regular', 'difference', 'reissue']),
    attempt: z.int(),
    amount: Amount,
    previousAmount: Amount,
    movement: z.enum(['joined', 'stopped', 'changed', 'same']),
    cause: z.optional(z.string()),
    payable: z.boolean(),
    heldByHand: z.boolean(),
    sample: z.boolean(),
    lines: z.array(LineView),
    cancelled: z.optional(
      z.array(z.strictObject({ month: MonthText, component: z.string(), amount: Amount })).check(
        z.meta({
          description: '不再应发、发放时冲销的月份 / months no longer owed, taken back at release',
        }),
      ),
    ),
    findings: z.array(FindingView),
    overrides: z.array(
      z.strictObject({ control: z.string(), proposedBy: OpaqueId, confirmedBy: z.optional(OpaqueId) }),
    ),
    recoveries: z.array(
      z.strictObject({ month: MonthText, component: z.string(), amount: Amount, cause: z.string() }),
    ),
  })
  .check(z.meta({ id: 'Draft', description: '待发明细（人员脱敏） / a payment as drafted, persons masked' }));
