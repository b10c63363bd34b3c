import * as z from 'zod/mini';
import type { PayCycle, Period, PlainDate } from '../calendar.ts';
import { addMonths, daysInMonth, isMonth, type Month, monthsOfPeriod, PAY_CYCLES } from '../calendar.ts';
import { DEBIT_BOOKINGS } from '../reconciliation/statement-item.ts';
import { invariant, ok, type Result } from '../result.ts';
import type { ApprovalStep } from '../run/manifest.ts';
import { APPLICATION_PARAMETERS } from './application-parameters.ts';
import { ApprovalChain, frozenChain } from './approval-chain.ts';
import { BANK_FILE_PARAMETERS } from './bank-file-parameters.ts';
import { BANK_PARTY_PARAMETERS } from './bank-party.ts';
import type { PolicyBook } from './book.ts';
import { BUDGET_PARAMETERS } from './budget-parameters.ts';
import { CONTROL_PARAMETERS } from './control-parameters.ts';
import { FLOOR_PARAMETERS } from './floors.ts';
import { lookupParameter, type PolicyScope } from './lookup.ts';
import { MATCHING_PARAMETERS } from './matching-parameters.ts';
import type { ParameterSpec } from './parameter.ts';
import { OPTION, practiceSpec } from './practice-spec.ts';
import { SET_OFF_PARAMETERS } from './set-off-rule.ts';
import { UNPAID_PARAMETERS } from './unpaid-parameters.ts';

/** When a period is paid: before its months or after them, on which day of which month. */
export const PayTiming = z.strictObject({
  /** `advance` (预发) counts from the period's first month, `arrears` (后发) from its last. */
  mode: z.enum(['advance', 'arrears']),
  /** 1 to 31; a shorter month pays on its last day. */
  dueDay: z.int().check(z.minimum(1), z.maximum(31)),
  /** Months from there to the month of payment, e.g. -1 with `advance`: in the month before. */
  monthsOffset: z.int().check(z.minimum(-12), z.maximum(12)),
});
export type PayTiming = z.infer<typeof PayTiming>;

export const DAY_SHIFTS = ['none', 'before', 'after'] as const;
export type DayShift = (typeof DAY_SHIFTS)[number];

export const GRANT_RUNS = ['manual', 'daily', 'at-once'] as const;
export type GrantRuns = (typeof GRANT_RUNS)[number];

/** What a jurisdiction sets for the runs of any programme, beside the programme's own parameters. */
export const RUN_PARAMETERS = {
  payCycle: practiceSpec(z.enum(PAY_CYCLES), '发放周期', 'pay cycle', OPTION),
  payTiming: practiceSpec(PayTiming, '发放时间', 'time of payment', ['日、月', 'day, months']),
  approvalChain: practiceSpec(ApprovalChain, '审批流程', 'approval chain', ['步骤', 'steps']),
  /** Months before it never become money: they were paid outside this system, or nobody decided to pay them. */
  historyFrom: practiceSpec(
    z.string().check(z.refine((text) => isMonth(text), '月份，写作 YYYY-MM|a month written YYYY-MM')),
    '起算月份',
    'first month that may become money',
    ['月份', 'month'],
  ),
  /** Of programmes that pay by grants, when a run starts by itself: never, once a day, or as soon as something was granted. */
  grantRuns: practiceSpec(z.enum(GRANT_RUNS), '给付批次的启动', 'when runs of grants start', OPTION),
  /** Which day pays when the due day is no working day: that day all the same, the working day before it, or the one after it. */
  payDayShift: practiceSpec(z.enum(DAY_SHIFTS), '发放日遇休息日', 'pay day on a day off', OPTION),
  /** 春节前提前发放: what is due in the month of the Spring Festival is paid this many working days before it begins. */
  advanceBeforeSpringFestival: practiceSpec(
    z.strictObject({ workingDaysBefore: z.int().check(z.minimum(1), z.maximum(10)) }),
    '春节前提前发放',
    'paid before the Spring Festival',
    ['工作日', 'working days'],
  ),
  /** The same for the day on which streets' change reports are locked. */
  reportCutOffShift: practiceSpec(z.enum(DAY_SHIFTS), '月报截止日遇休息日', 'cut-off on a day off', OPTION),
  /** Whether what the bank cannot pay may be handed over in cash against a signature; asked for only when somebody wants to. */
  cashPayments: practiceSpec(z.boolean(), '允许现金发放', 'cash payments allowed', OPTION),
  /** Last day on which streets prepare and sign the change report of a period; asked for only where streets report. */
  reportCutOff: practiceSpec(PayTiming, '街道月报截止日', 'cut-off of streets’ change reports', [
    '日、月',
    'day, months',
  ]),
  /** For how many others one person may receive before it is looked into; no limit where it is not set. */
  payeeWardsMax: practiceSpec(
    z.int().check(z.minimum(1), z.maximum(1_000)),
    '一人代领人数上限',
    'most beneficiaries that one person receives for',
    ['人', 'persons'],
  ),
  /** Months from one review to the next, by class of household or person; asked for only when a review is recorded. */
  reviewInterval: practiceSpec(
    z.record(z.string().check(z.regex(/^[a-z][a-z-]{0,39}$/)), z.int().check(z.minimum(1), z.maximum(36))),
    '复核周期',
    'interval of reviews',
    ['月', 'months'],
  ),
  /** The bureau's own account at the paying bank (代发户): stands in the header of every instruction file. */
  payerAccount: practiceSpec(
    z.string().check(z.regex(/^\d{11,32}$/)),
    '代发户账号',
    'clearing account at the paying bank',
    ['账号', 'account number'],
  ),
  /** Whether the bank debits a whole file and credits back what failed, or debits what it could credit; where it is not set, a booking of many payments settles none of them. */
  debitBooking: practiceSpec(z.enum(DEBIT_BOOKINGS), '批量记账方式', 'how a file is debited', OPTION),
  ...BUDGET_PARAMETERS,
  ...BANK_FILE_PARAMETERS,
  ...BANK_PARTY_PARAMETERS,
  ...CONTROL_PARAMETERS,
  ...UNPAID_PARAMETERS,
  ...SET_OFF_PARAMETERS,
  ...MATCHING_PARAMETERS,
  ...APPLICATION_PARAMETERS,
  ...FLOOR_PARAMETERS,
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;

export type RunPolicy = {
  readonly payCycle: PayCycle;
  readonly payTiming: PayTiming;
  readonly approvalChain: readonly ApprovalStep[];
  readonly historyFrom: Month;
  readonly payerAccount: string;
};

/** Of programmes that pay by grants: by month, whenever something was granted, so that no time of payment is set. */
export type GrantRunPolicy = Omit<RunPolicy, 'payTiming'> & { readonly payTiming?: never };

/**
 * The run parameters that govern a month. A run reads them for the first month of its period and keeps them in its
 * manifest. Refusals: those of `lookup`.
 */
export function runPolicy(book: PolicyBook, scope: PolicyScope, month: Month): Result<RunPolicy> {
  const read = <T>(parameter: keyof typeof RUN_PARAMETERS, parameterSpec: ParameterSpec<T>) =>
    lookupParameter(book, { ...scope, parameter, month }, parameterSpec);
  const payCycle = read('payCycle', RUN_PARAMETERS.payCycle);
  if (!payCycle.ok) return payCycle;
  const payTiming = read('payTiming', RUN_PARAMETERS.payTiming);
  if (!payTiming.ok) return payTiming;
  const others = grantRunPolicy(book, scope, month);
  if (!others.ok) return others;
  return ok({ ...others.value, payCycle: payCycle.value.value, payTiming: payTiming.value.value });
}

/** The run parameters of a month for programmes that pay by grants. Refusals: those of `lookup`. */
export function grantRunPolicy(book: PolicyBook, scope: PolicyScope, month: Month): Result<GrantRunPolicy> {
  const read = <T>(parameter: keyof typeof RUN_PARAMETERS, parameterSpec: ParameterSpec<T>) =>
    lookupParameter(book, { ...scope, parameter, month }, parameterSpec);
  const approvalChain = read('approvalChain', RUN_PARAMETERS.approvalChain);
  if (!approvalChain.ok) return approvalChain;
  const historyFrom = read('historyFrom', RUN_PARAMETERS.historyFrom);
  if (!historyFrom.ok) return historyFrom;
  const payerAccount = read('payerAccount', RUN_PARAMETERS.payerAccount);
  if (!payerAccount.ok) return payerAccount;
  return ok({
    payCycle: 'month',
    approvalChain: frozenChain(approvalChain.value.value),
    historyFrom: historyFrom.value.value,
    payerAccount: payerAccount.value.value,
  });
}

/** The day by which a period is to be paid. Example: "2026-12", advance, day 31, offset -1 → 2026-11-30. */
export function dueDate(period: Period, timing: PayTiming): PlainDate {
  const months = monthsOfPeriod(period);
  const base = timing.mode === 'advance' ? months.at(0) : months.at(-1);
  invariant(base, `a period without months: ${period}`);
  const month = addMonths(base, timing.monthsOffset);
  const day = Math.min(timing.dueDay, daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5))));
  return `${month}-${String(day).padStart(2, '0')}`;
}
