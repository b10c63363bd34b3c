import * as z from 'zod/mini';
import type { Contract } from './contract.ts';
import {
  Amount,
  AmountInput,
  Count,
  FiscalYear,
  HashText,
  MonthText,
  OpaqueId,
  ProgrammeText,
  RunIdText,
} from './primitives.ts';

const amounts = { paid: Amount, returned: Amount, recoverable: Amount };
const Used = <T extends z.ZodMiniType>(amount: T) =>
  z.array(z.strictObject({ fiscalYear: FiscalYear, amount })).check(z.maxLength(10));

const OpeningView = z
  .strictObject({
    runId: RunIdText,
    state: z.string(),
    importId: OpaqueId,
    revision: z.int(),
    /** What the signatures name; absent until it is computed. */
    hash: z.optional(HashText),
    rows: Count,
    usedBudget: Used(Amount),
    totals: z.optional(
      z.strictObject({
        rows: Count,
        payments: z.strictObject({ count: Count, accrued: Amount }),
        ...amounts,
        months: z.array(z.strictObject({ month: MonthText, rows: Count, ...amounts })),
      }),
    ),
    /** Rows that cannot be posted, by reason; while there are any nobody signs. */
    refused: z.record(z.string(), Count),
    refusals: z.array(
      z.strictObject({ enrolment: OpaqueId, code: z.string(), zh: z.string(), en: z.string() }),
    ),
  })
  .check(
    z.meta({ id: 'Opening', description: '期初：控制数与待入账情况 / an opening with its control totals' }),
  );

export const openingContracts = {
  startOpening: {
    summary: {
      zh: '期初入账：由已导入的期初表生成批次',
      en: 'Open the ledger with what was paid before go-live',
    },
    notes: {
      zh: '期初表（kind 为 opening）导入无退回行后才能生成。控制数按月列出；按审批链签批后由出纳“发放”即入账，不向银行报盘。更正只能用另一张填差额的期初表。',
      en: 'Takes an imported opening sheet (kind opening) without rejected rows. It shows control totals by month, goes through the approval chain, and is posted by the cashier’s dispatch; nothing goes to the bank. It is corrected by another sheet of differences only.',
    },
    request: z.strictObject({ programme: ProgrammeText, importId: OpaqueId, usedBudget: Used(AmountInput) }),
    status: 201,
    response: OpeningView,
  },
  getOpening: {
    summary: { zh: '期初控制数', en: 'An opening with its control totals' },
    params: z.strictObject({ runId: RunIdText }),
    status: 200,
    response: OpeningView,
  },
} as const satisfies Record<string, Contract>;
