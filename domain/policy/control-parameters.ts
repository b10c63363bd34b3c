import * as z from 'zod/mini';
import { isPlainDate, type Month } from '../calendar.ts';
import { RecheckWindows } from '../disability/recheck-windows.ts';
import type { PolicyBook } from './book.ts';
import { lookupParameter, type PolicyScope } from './lookup.ts';
import type { ParameterSpec, ValueOf } from './parameter.ts';
import { OPTION, practiceSpec, wholeBetween } from './practice-spec.ts';

const ControlCode = z.string().check(z.regex(/^[a-z][a-z-]{1,39}$/));
const Day = z
  .string()
  .check(z.refine((text) => isPlainDate(text), '日期，写作 YYYY-MM-DD|a date written YYYY-MM-DD'));
const MONTHS: [string, string] = ['月', 'months'];

/** 新增对象凭据: whoever applied on or after a day is paid for the first time only with these papers (逢进必核、公示无异议). */
const EntryPapers = z.strictObject({
  since: Day,
  papers: z.array(z.enum(['publicity', 'check-report'])).check(z.minLength(1), z.maxLength(2)),
});

/** What makes a whole run stand out, to be acknowledged with a reason before it is submitted. */
const RunControls = z.strictObject({
  /** 拆分: runs of one preparer in so many days that together exceed a step's amount and each stay under it. */
  splitDays: z.optional(wholeBetween(1, 366)),
  /** 集中变更账户: more payees than `max` whose account changed in the `days` before the cut-off. */
  accountChanges: z.optional(z.strictObject({ days: wholeBetween(1, 90), max: wholeBetween(0, 100_000) })),
  /** 总额波动: the regular entitlement differs from the period before by more than so many per cent. */
  totalChangePercent: z.optional(wholeBetween(1, 1_000)),
  /** 放行过多: more findings set aside than this. */
  overridesMax: z.optional(wholeBetween(0, 10_000)),
  /** 街道新增集中: of a street with at least `least` newcomers, they are more than so many per cent of its payments. */
  newSharePercent: z.optional(
    z.strictObject({ percent: wholeBetween(1, 100), least: wholeBetween(1, 10_000) }),
  ),
});

/** Controls that look where policy names them, as the registry has them; a name that is none of them is a mistake in the pack. */
export const OPT_IN_CONTROLS = [
  'identity-conflict',
  'possible-duplicate',
  'village-payee',
  'staff-payee',
  'institution-payee',
  'minor-payee',
  'departed-amount',
  'standard-not-applied',
] as const;
const OptInControl = z
  .string()
  .check(
    z.refine(
      (code) => OPT_IN_CONTROLS.some((known) => known === code),
      `核查规则代码应为：${OPT_IN_CONTROLS.join('、')}|the code of a control: ${OPT_IN_CONTROLS.join(', ')}`,
    ),
  );

/** What a place sets for the controls. All are optional: a control without its parameter does not look. */
export const CONTROL_PARAMETERS = {
  /** Opt-in controls that need no figure, by code. */
  controlsOn: practiceSpec(
    z.array(OptInControl).check(z.maxLength(OPT_IN_CONTROLS.length)),
    '启用的核查规则',
    'controls switched on',
    OPTION,
  ),
  /** Warnings that hold here. A hold or a block is never lowered. */
  controlSeverities: practiceSpec(
    z.record(ControlCode, z.literal('hold')),
    '提示改为缓发的规则',
    'warnings raised to holds',
    OPTION,
  ),
  /** 不可兼得: whoever receives one of these programmes does not receive this one. */
  exclusiveWith: practiceSpec(
    z.array(z.string().check(z.regex(/^[a-z][a-z-]{1,39}$/))).check(z.minLength(1), z.maxLength(20)),
    '不可同时享受的项目',
    'programmes that exclude this one',
    OPTION,
  ),
  /** 死亡前应发月份: whether an heir receives what was due before a death; nobody looks where it is not set. */
  heirs: practiceSpec(
    z.boolean(),
    '死亡前应发月份由继承人领取',
    'months due before a death are paid to an heir',
    OPTION,
  ),
  /** 账户变更冷静期: calendar days from the confirmation of another account to the first cut-off that may pay into it. */
  accountCoolingOff: practiceSpec(
    z.strictObject({ days: wholeBetween(1, 90) }),
    '账户变更冷静期',
    'days before a new account is paid into',
    ['日', 'days'],
  ),
  verificationEvery: practiceSpec(
    wholeBetween(1, 60),
    '核查间隔',
    'longest time between verifications',
    MONTHS,
  ),
  /** 定期核查期: whoever was not checked in the last window that has closed is held until they are. */
  recheckWindows: practiceSpec(
    z.strictObject({
      windows: RecheckWindows,
      /** Windows that closed before this month are asked about only of those of whom a check is on record. */
      since: z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份|a month written YYYY-MM')),
    }),
    '定期核查期（逾期缓发）',
    'windows of re-checks, held when missed',
    OPTION,
  ),
  /** 首次发放: as soon as it is decided, or in the month after (批准次月首发), with the months due before. */
  firstPayment: practiceSpec(
    z.enum(['when-decided', 'month-after-decision']),
    '首次发放',
    'first payment',
    OPTION,
  ),
  arrearsMonthsMax: practiceSpec(wholeBetween(1, 120), '补发最长追溯', 'farthest reach of arrears', MONTHS),
  amountJumpPercent: practiceSpec(wholeBetween(1, 1_000), '金额突增比例', 'jump of an amount', [
    '%',
    'per cent',
  ]),
  phoneSharedMax: practiceSpec(
    wholeBetween(1, 1_000),
    '同一手机号收款人数上限',
    'most payees with one telephone',
    ['人', 'persons'],
  ),
  serviceHoursMinimum: practiceSpec(
    wholeBetween(1, 100),
    '付款前须完成的服务时数比例',
    'share of contracted hours delivered before payment',
    ['%', 'per cent'],
  ),
  /** What a review that is overdue does to the money; `hold` where it is not set. A programme may know more ways (children). */
  overdueReview: practiceSpec(
    z.enum(['hold', 'nothing']),
    '逾期未复核的处理',
    'what an overdue review does',
    OPTION,
  ),
  entryPapers: practiceSpec(
    EntryPapers,
    '新增对象发放前须有的凭据',
    'papers of newcomers before they are paid',
    OPTION,
  ),
  checkReportValid: practiceSpec(wholeBetween(1, 36), '核对报告有效期', 'validity of a check report', MONTHS),
  runControls: practiceSpec(RunControls, '批次级核查', 'controls of whole runs', OPTION),
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;

/** The parameters of the controls that a place has set, as a manifest freezes them. */
export type ControlPolicy = {
  readonly [Name in keyof typeof CONTROL_PARAMETERS]?: ValueOf<(typeof CONTROL_PARAMETERS)[Name]>;
};

/** What governs a month; undefined where the place has set nothing. */
export function controlPolicy(
  book: PolicyBook,
  { jurisdiction, programme, knownOn }: PolicyScope,
  month: Month,
): ControlPolicy | undefined {
  const values = Object.entries<ParameterSpec>(CONTROL_PARAMETERS).flatMap(([parameter, one]) => {
    const found = lookupParameter(book, { jurisdiction, programme, knownOn, parameter, month }, one);
    return found.ok ? [[parameter, found.value.value] as const] : [];
  });
  return values.length === 0 ? undefined : (Object.fromEntries(values) as ControlPolicy);
}
