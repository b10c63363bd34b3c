import * as z from 'zod/mini';
import {
  DELIVERY_MEANS,
  RECEIPT_MEANS,
  RECOVERY_MEANS,
  RECOVERY_STATES,
  RELIEFS,
} from '../../../domain/recovery/recovery.ts';
import type { Contract } from './contract.ts';
import { EnrolmentIdText } from './determinations.ts';
import { MaskedPerson } from './persons.ts';
import {
  Amount,
  AmountInput,
  Count,
  DateText,
  DocumentNumber,
  MonthText,
  Next,
  ProgrammeText,
  paging,
  Reason,
} from './primitives.ts';
import {
  Component,
  figures,
  instalments,
  ofRecovery,
  RecoverySummary,
  RecoveryView,
} from './recovery-schemas.ts';
import { Voucher } from './runs.ts';
import { statementContracts } from './statements.ts';

const acted = { params: ofRecovery, status: 200, response: RecoveryView } as const;
const filters = {
  programme: ProgrammeText,
  state: z.optional(z.enum([...RECOVERY_STATES, 'open'])),
  overdue: z.optional(z.literal('true').check(z.meta({ description: '只看逾期未缴 / overdue ones only' }))),
} as const;

export const recoveryContracts = {
  ...statementContracts,
  proposeRecovery: {
    summary: { zh: '提出追缴', en: 'Propose to recover overpaid money' },
    notes: {
      zh: '按月发放的项目，以最近一次核算的拟追缴为准，可只选其中的月份和给付项目；按单笔决定发放的项目，先作出撤销或核减决定，超出部分即为追缴金额。提出不动账，由另一人决定。分期须合计等于追缴金额，最后一期的日期即缴款期限。',
      en: 'In programmes that pay by the month, what the last run found overpaid (`/v1/recovery-proposals`), or the months and components of it that are named; in programmes that pay by grants, what was received beyond the grants as they stand: withdraw first. Nothing moves before another person decides. Instalments come to the sum; the last is due on `dueOn`.',
    },
    request: z.strictObject({
      enrolmentId: EnrolmentIdText,
      of: z.optional(
        z.enum(['overpaid', 'brought-in']).check(
          z.meta({
            description:
              '默认为核算发现的多发（overpaid）；brought-in 为期初转入、上线前已决定追缴的款项 / what runs found overpaid by default; `brought-in`: what an opening brought in as to be recovered',
          }),
        ),
      ),
      months: z.optional(z.array(MonthText).check(z.minLength(1), z.maxLength(240))),
      components: z.optional(z.array(Component).check(z.minLength(1), z.maxLength(20))),
      reason: Reason,
      dueOn: DateText,
      instalments,
    }),
    status: 201,
    response: RecoveryView,
  },
  listRecoveries: {
    summary: { zh: '追缴清单（逾期未缴）', en: 'Recovery orders, overdue ones' },
    notes: {
      zh: '合计为筛选后的全部，不受分页影响。应缴 = 已缴 + 抵扣 + 豁免 + 撤销 + 尚欠。送达后超过期限未缴的为逾期；暂缓期间不计逾期。',
      en: 'Totals are over the whole filtered list: ordered = received + setOff + waived + revoked + outstanding. What is not paid in by its day is overdue once the order was delivered, and not while it is paused.',
    },
    query: z.strictObject({ ...filters, ...paging }),
    status: 200,
    response: z.strictObject({
      asOf: DateText,
      recoveries: z.array(RecoverySummary),
      totals: z.strictObject({ count: Count, ...figures }),
      next: Next,
    }),
  },
  getRecovery: {
    summary: { zh: '查看追缴', en: 'One recovery order with everything that was done' },
    ...acted,
  },
  decideRecovery: {
    summary: { zh: '追缴决定或不予追缴（另一人）', en: 'Order it, or refuse to (another person)' },
    notes: {
      zh: '决定时按账簿从最近发放的款项起确定追缴哪几笔，批次须已关账；记账后该金额不再列入拟追缴。方式（means）默认退回（refund）；抵扣（set-off）须本地政策允许，送达后由以后批次从同一保障对象的应发中按比例抵扣，先决定的先扣；分期的每期只抵扣到期金额；暂缓、待审批豁免或撤销时不抵扣。',
      en: 'What it takes back is worked out from the ledger then, the latest payments first; their runs are closed. From then on runs propose it no more. `means`: `refund` by default; `set-off` only where policy allows it: once delivered, later runs keep it back of what the same enrolment is paid, up to the share that policy leaves to be taken, older orders first, with instalments only what is due, and not while it is paused or a waiver or revocation waits.',
    },
    ...acted,
    request: z.discriminatedUnion('decision', [
      z.strictObject({
        decision: z.literal('order'),
        document: DocumentNumber,
        decidedOn: DateText,
        dueOn: z.optional(DateText),
        instalments,
        means: z.optional(z.enum(RECOVERY_MEANS)),
      }),
      z.strictObject({ decision: z.literal('refuse'), reason: Reason }),
    ]),
  },
  deliverRecovery: {
    summary: { zh: '登记送达', en: 'Record that the order was delivered' },
    ...acted,
    request: z.strictObject({ on: DateText, means: z.enum(DELIVERY_MEANS), evidence: Reason }),
  },
  receiveRecovery: {
    summary: { zh: '登记收缴', en: 'Record money that was given back' },
    notes: {
      zh: 'treasury：缴入国库，写缴款书号，当年的恢复预算指标，以前年度的归财政；bank-return：决定之后银行又将该笔退回。',
      en: '`treasury`: paid in to the treasury by voucher; within the year it frees the budget line, of a closed year it is the treasury’s. `bank-return`: the bank sent the payment back after the order.',
    },
    ...acted,
    request: z.strictObject({
      amount: AmountInput,
      means: z.enum(RECEIPT_MEANS),
      voucher: Voucher,
      on: DateText,
      evidence: Reason,
    }),
  },
  proposeRecoveryRelief: {
    summary: { zh: '申请豁免或撤销', en: 'Ask to waive or to revoke what is outstanding' },
    notes: {
      zh: '豁免（waiver）可为部分，不写金额即全部尚欠；撤销（revocation）为全部尚欠，其月份恢复为已发放。由另一人决定。',
      en: 'A waiver may be of a part; a revocation says that everything outstanding was owed, and its months count as paid again. Another person decides.',
    },
    ...acted,
    request: z.strictObject({
      relief: z.enum(RELIEFS),
      amount: z.optional(AmountInput),
      reason: Reason,
    }),
  },
  decideRecoveryRelief: {
    summary: { zh: '审批豁免或撤销（另一人）', en: 'Decide on a waiver or revocation (another person)' },
    ...acted,
    request: z.strictObject({
      outcome: z.enum(['granted', 'refused']),
      document: DocumentNumber,
      reason: Reason,
    }),
  },
  pauseRecovery: {
    summary: { zh: '暂缓收缴', en: 'Pause until a day to come' },
    ...acted,
    request: z.strictObject({ until: DateText, reason: Reason }),
  },
  resumeRecovery: {
    summary: { zh: '恢复收缴', en: 'Resume' },
    ...acted,
    request: z.strictObject({ reason: Reason }),
  },
  getRecoveryNotice: {
    summary: { zh: '追缴通知书（打印）', en: 'Notice of a recovery order, to print' },
    params: ofRecovery,
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  listRecoverables: {
    summary: { zh: '待追缴账户（按账龄）', en: 'Recoverable accounts that are open, by age' },
    notes: {
      zh: '每个对象的待追缴科目余额，与追缴决定尚欠、期初转入未立案之和核对：一致时 difference 为 0；已结平的只计户数。账龄自最早未结清的决定（或期初入账）起算。',
      en: 'The balance of each recoverable account against what orders and openings say of it: `difference` is zero when they agree. Accounts at zero are counted only. Age runs from the oldest decision (or opening) that is not settled.',
    },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.strictObject({
      asOf: DateText,
      recoverables: z.array(
        z.strictObject({
          enrolmentId: EnrolmentIdText,
          person: z.optional(MaskedPerson),
          ordered: Amount,
          broughtIn: Amount,
          balance: Amount,
          difference: Amount,
          since: z.optional(DateText),
          days: Count,
        }),
      ),
      ages: z.array(z.strictObject({ fromDays: Count, count: Count, amount: Amount })),
      totals: z.strictObject({ open: Count, settled: Count, amount: Amount }),
    }),
  },
  getRecoverablesSheet: {
    summary: { zh: '待追缴账龄表（打印）', en: 'Open recoverable accounts by age, to print' },
    query: z.strictObject({ programme: ProgrammeText }),
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
  getRecoverySheet: {
    summary: { zh: '收缴台账（打印）', en: 'Book of recovery orders, to print' },
    query: z.strictObject(filters),
    status: 200,
    response: z.string(),
    mediaType: 'text/html',
  },
} as const satisfies Record<string, Contract>;
