import * as z from 'zod/mini';

/** What a line of a delimited or spreadsheet statement (对账单) may say; `debit` and `credit`, or `direction` and `amount`. */
export const STATEMENT_COLUMNS = [
  'date',
  'debit',
  'credit',
  'direction',
  'amount',
  'balance',
  'serial',
  'batch',
  'end-to-end-id',
  'summary',
] as const;
export type StatementColumn = (typeof STATEMENT_COLUMNS)[number];
/** What may stand above the headings, beside its label: 账号：6222… */
export const STATEMENT_LABELS = ['account', 'sequence', 'from', 'to', 'opening', 'closing'] as const;
export type StatementLabel = (typeof STATEMENT_LABELS)[number];

const Words = z.array(z.string().check(z.minLength(1), z.maxLength(20)));

/** A layout as data: a bank with other headings needs other words here, not other code. */
export const StatementLayout = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  names: z.strictObject({ zh: z.string(), en: z.string() }),
  /** Tried in this order on the line of headings. Ignored for a workbook. */
  separators: z.array(z.enum(['|!', '|', '\t', ',', ';'])),
  headings: z.record(z.enum(STATEMENT_COLUMNS), Words),
  labels: z.record(z.enum(STATEMENT_LABELS), Words),
  /** How the bank writes that money left, and that it came. */
  directions: z.strictObject({ debit: Words, credit: Words }),
  /** Words in a summary that say that the money is a payment's that came back. */
  returnWords: Words,
});
export type StatementLayout = z.infer<typeof StatementLayout>;

/** The usual headings of Chinese banks' account statements; two columns for the two directions, or one with its direction. */
export const USUAL_STATEMENT: StatementLayout = {
  id: 'statement-table',
  names: { zh: '对账单（表格或文本）', en: 'statement as table or text' },
  separators: ['|!', '|', '\t', ',', ';'],
  headings: {
    date: ['交易日期', '记账日期', '入账日期', '日期'],
    debit: ['借方', '借方金额', '借方发生额', '支出', '支出金额'],
    credit: ['贷方', '贷方金额', '贷方发生额', '收入', '收入金额'],
    direction: ['借贷标志', '借贷方向', '收支标志'],
    amount: ['交易金额', '发生额', '金额'],
    balance: ['余额', '账户余额', '交易后余额'],
    serial: ['流水号', '交易流水号', '银行流水号', '凭证号'],
    batch: ['批次号', '批号', '业务批次号'],
    'end-to-end-id': ['对账码', '端到端标识', '端到端标识号'],
    summary: ['摘要', '用途', '附言', '备注'],
  },
  labels: {
    account: ['账号', '账户', '户号'],
    sequence: ['对账单号', '对账单编号', '序号'],
    from: ['起始日期', '开始日期'],
    to: ['截止日期', '结束日期'],
    opening: ['期初余额', '上期余额'],
    closing: ['期末余额', '本期余额'],
  },
  directions: { debit: ['借', 'D', '支', '支出', '-'], credit: ['贷', 'C', '收', '收入', '+'] },
  returnWords: ['退票', '退回', '退汇', '冲正', '冲账'],
};
