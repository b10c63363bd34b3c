import * as z from 'zod/mini';
import { isPlainDate } from '../../../domain/calendar.ts';
import {
  DOCUMENT_NUMBER_MAX,
  DOCUMENT_NUMBER_MIN,
  parseDocumentNumber,
} from '../../../domain/document-number.ts';
import { PAYMENT_ID } from '../../../domain/ids.ts';
import { parseYuan } from '../../../domain/money.ts';
import { RUN_ID } from '../../../domain/run/manifest.ts';

/** The words of every contract. Sentences of a violation are Chinese and English with a line break between. */
export const sentence = (zh: string, en: string): string => `${zh}\n${en}`;
const about = (zh: string, en: string, extra: Readonly<Record<string, unknown>> = {}) =>
  z.meta({ description: `${zh} / ${en}`, ...extra });

function pattern(expression: RegExp, zh: string, en: string, example: string) {
  return z.string().check(
    z.regex(expression, {
      error: sentence(`应为${zh}，例如 ${example}`, `must be ${en}, e.g. ${example}`),
    }),
    about(zh, en, { examples: [example] }),
  );
}

/** Amounts as the service writes them. */
export const Amount = z.string().check(
  z.regex(/^-?(?:0|[1-9]\d{0,12})\.\d{2}$/),
  about('金额，单位元，两位小数', 'amount in yuan (CNY) with two decimals', {
    id: 'Amount',
    examples: ['1200.00'],
  }),
);
/** Amounts as callers write them: at most two decimals, never negative. */
export const AmountInput = z.string().check(
  z.regex(/^(?:0|[1-9]\d{0,12})(?:\.\d{1,2})?$/, {
    error: (issue) => {
      const parsed = parseYuan(String(issue.input));
      return parsed.ok
        ? sentence('金额不能为负数', 'the amount cannot be negative')
        : sentence(parsed.error.zh, parsed.error.en);
    },
  }),
  about('金额，单位元，半角数字，最多两位小数', 'amount in yuan (CNY), plain digits, at most two decimals', {
    examples: ['1200.00'],
  }),
);
export const Count = z.int().check(z.nonnegative(), about('笔数', 'number of payments'));

export const Jurisdiction = pattern(
  /^\d{6}$/,
  '六位行政区划代码',
  'a GB/T 2260 code of six digits',
  '110199',
);
export const StreetText = pattern(/^\d{9}$/, '九位街道代码', 'a street code of nine digits', '110199001');
export const ProgrammeText = pattern(
  /^[a-z][a-z0-9-]{1,39}$/,
  '发放项目编号',
  'the id of a programme',
  'high-age',
);
export const PeriodText = pattern(
  /^\d{4}-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|Y)$/,
  '发放期间（月、季、半年或年）',
  'a pay period (month, quarter, half-year or year)',
  '2026-12',
);
export const RoundText = pattern(
  /^(?:R|S[1-9]\d?)$/,
  '轮次：R 为正常批次，S1、S2…为补充批次',
  'a round: R is regular, S1, S2, ... are supplementary',
  'R',
);
/** Of a run to start: without a number it is the next one. */
export const StartRoundText = pattern(
  /^(?:R|[SI](?:[1-9]\d?)?)$/,
  '轮次：R 为正常批次，S1、S2…为补充批次，I1、I2…为备用金报销批次；S、I 为下一个',
  'a round: R is regular, S1, S2, ... are supplementary, I1, I2, ... post what imprest funds paid out; S or I is the next one',
  'R',
);
/** Of a run that was started: also O1, O2, ..., which open the ledger at go-live; always with its number. */
export const RunRoundText = pattern(
  /^(?:R|[SIO][1-9]\d?)$/,
  '轮次：R 正常、S1… 补充、I1… 备用金报销、O1… 期初',
  'a round: R regular, S1, ... supplementary, I1, ... imprest postings, O1, ... opening',
  'R',
);
export const MonthText = pattern(/^\d{4}-(?:0[1-9]|1[0-2])$/, '月份 YYYY-MM', 'a month YYYY-MM', '2026-12');
export const DateText = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/, {
    error: sentence('应为日期 YYYY-MM-DD', 'must be a date YYYY-MM-DD'),
    abort: true,
  }),
  z.refine(isPlainDate, { error: sentence('没有这一天', 'there is no such day') }),
  about('日期', 'calendar date', { examples: ['2026-12-05'] }),
);
export const InstantText = z
  .string()
  .check(about('时刻，UTC', 'instant in UTC, ISO 8601', { examples: ['2026-12-01T02:00:00.000Z'] }));
export const FiscalYear = pattern(/^20\d{2}$/, '预算年度', 'a fiscal year', '2026');
export const RunIdText = pattern(
  RUN_ID,
  '发放批次编号',
  'the id of a payment run',
  '110199.high-age.2026-12.R.1',
);
export const PaymentIdText = pattern(
  PAYMENT_ID,
  '发放明细编号',
  'the id of a payment',
  '2026-12_R_GL-7Z3K9QX2M4BT-1',
);
export const PersonKeyText = pattern(
  /^[0-9A-HJKMNP-TV-Z]{12}$/,
  '人员内部编号（不含个人信息）',
  'an opaque person key',
  '7Z3K9QX2M4BT',
);
export const OpaqueId = pattern(
  /^[A-Za-z0-9][A-Za-z0-9._|-]{0,119}$/,
  '内部编号',
  'an opaque id of the service',
  'up-3f9c2a7b51d04e68',
);
export const HashText = pattern(
  /^[0-9a-f]{64}$/,
  'SHA-256 摘要（小写十六进制）',
  'a SHA-256 in lower-case hex',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
);
export const ControlCode = pattern(
  /^[a-z][a-z0-9-]{1,39}$/,
  '控制规则编号',
  'the code of a control',
  'deceased',
);

/** Why someone did something: kept for ever beside the act, so it must not carry what may not be kept in clear. */
export const Reason = z.string().check(
  z.trim(),
  z.minLength(2, { error: sentence('请写明事由（至少 2 个字）', 'give a reason of at least 2 characters') }),
  z.maxLength(500, {
    error: sentence('事由不能超过 500 字', 'a reason has at most 500 characters'),
  }),
  z.refine(carriesNoNumber, {
    error: sentence(
      '事由中不要写身份证号、账号或电话',
      'leave identity, account and phone numbers out of the reason',
    ),
  }),
  about('事由，留存于审计记录', 'reason, kept in the audit trail', { examples: ['街道核实后恢复发放'] }),
);

/** 文号: kept in clear beside what it decides. The one contract of every operation that takes one. */
export const DocumentNumber = z.string().check(
  z.trim(),
  z.refine((text) => parseDocumentNumber(text).ok, {
    error: (issue) => {
      const parsed = parseDocumentNumber(String(issue.input));
      return parsed.ok ? '' : sentence(parsed.error.zh, parsed.error.en);
    },
  }),
  about('文号', 'number of a document', {
    minLength: DOCUMENT_NUMBER_MIN,
    maxLength: DOCUMENT_NUMBER_MAX,
    examples: ['示民救〔2026〕88号'],
  }),
);

/** True unless ten or more digits stand together (spaces and dashes between them do not hide them). */
function carriesNoNumber(text: string): boolean {
  return !/\d{10,}/.test(text.normalize('NFKC').replace(/[\s-]/g, ''));
}

export const PageLimit = pattern(/^(?:[1-9]\d?|100)$/, '每页条数 1–100', 'rows per page, 1 to 100', '50');
export const Cursor = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(2000),
    about('上一页返回的 next', '`next` of the page before', { examples: ['WyJhIiwiYiJd'] }),
  );
export const Next = z.optional(
  z
    .string()
    .check(about('下一页的标记；没有则已是最后一页', 'cursor of the next page; absent on the last one')),
);

/** What a list that comes in pages is asked with, besides its own filters. */
export const paging = { limit: z.optional(PageLimit), cursor: z.optional(Cursor) } as const;

export const Names = z
  .strictObject({ zh: z.string(), en: z.string() })
  .check(z.meta({ id: 'Bilingual', description: '中文与英文 / Chinese and English' }));
export const Tally = z
  .strictObject({ count: Count, amount: Amount })
  .check(z.meta({ id: 'Tally', description: '笔数与金额 / number and amount' }));
export const Link = z
  .string()
  .check(about('限时下载地址（5 分钟）', 'download address, valid for five minutes'));
