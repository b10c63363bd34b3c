import * as z from 'zod/mini';
import type { Bilingual } from '../bilingual.ts';

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

/** Headings are compared without spaces and without their unit: 借方金额（元） is 借方金额. */
export const headingText = (cell: string): string => cell.replaceAll(/\s/g, '').replace(/[（(].*[）)]$/, '');

const Words = z.array(z.string().check(z.minLength(1), z.maxLength(20))).check(z.maxLength(20));
const HeadingWords = Words.check(
  z.refine((words) => words.every((word) => headingText(word) === word && !/[：:]/.test(word)), {
    error:
      '标题不写空格、冒号和末尾括号里的单位|headings are written without spaces, colons and the unit in brackets at the end',
  }),
);

/** A layout as data: a bank with other headings needs other words here, not other code. */
export const StatementLayout = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  names: z.strictObject({ zh: z.string(), en: z.string() }),
  /** Tried in this order on the line of headings. Ignored for a workbook. */
  separators: z.array(z.enum(['|!', '|', '\t', ',', ';'])).check(z.minLength(1)),
  /** Every column is named; one that the bank does not have has no words. */
  headings: z.record(z.enum(STATEMENT_COLUMNS), HeadingWords),
  labels: z.record(z.enum(STATEMENT_LABELS), HeadingWords),
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

const has = (words: readonly string[]): boolean => words.length > 0;
const namedTwice = (groups: Readonly<Record<string, readonly string[]>>): boolean => {
  const words = Object.values(groups).flat();
  return new Set(words).size < words.length;
};

/**
 * A layout of a place's own, under an id of its own. One by which no statement could ever be read, or by which a column could be taken
 * for another, is refused: it would be found out on the day when the account is to tie.
 */
export const OwnStatementLayout = StatementLayout.check(
  z.refine(({ id }) => id !== USUAL_STATEMENT.id, {
    error: '自定版式的编号与系统自带的重复|the id of the layout is that of the usual one',
  }),
  z.refine(({ headings: { date } }) => has(date), {
    error: '缺少日期列的标题|no heading for the date',
  }),
  z.refine(
    ({ headings: { debit, credit, direction, amount }, directions }) =>
      (has(debit) && has(credit)) ||
      (has(direction) && has(amount) && has(directions.debit) && has(directions.credit)),
    {
      error:
        '应有借方和贷方两列，或借贷标志和金额两列并写明借、贷的写法|either debit and credit columns, or a direction and an amount with the words of both directions',
    },
  ),
  z.refine(
    ({ headings: { balance }, labels: { opening, closing } }) =>
      has(balance) || (has(opening) && has(closing)),
    {
      error:
        '应有余额列，或期初、期末余额的标签，否则无法核对|a balance column, or labels of the opening and closing balance: without them nothing can be checked',
    },
  ),
  z.refine(
    ({ headings, labels, directions }) =>
      ![headings, labels, { debit: upper(directions.debit), credit: upper(directions.credit) }].some(
        namedTwice,
      ),
    {
      error: '同一个词不能代表两列、两个标签或两个方向|one word stands for two columns, labels or directions',
    },
  ),
);

const upper = (words: readonly string[]): string[] => words.map((word) => word.toUpperCase());

/** What each column and label is, for whoever writes a layout. */
export const STATEMENT_COLUMN_NAMES: Readonly<Record<StatementColumn, Bilingual>> = {
  date: { zh: '记账日期（必有）', en: 'day of the booking (required)' },
  debit: { zh: '借方发生额（与贷方成对）', en: 'money left (together with credit)' },
  credit: { zh: '贷方发生额（与借方成对）', en: 'money came (together with debit)' },
  direction: { zh: '借贷标志（与金额成对）', en: 'direction (together with amount)' },
  amount: { zh: '金额（与借贷标志成对）', en: 'amount (together with direction)' },
  balance: { zh: '逐笔余额', en: 'running balance' },
  serial: { zh: '银行流水号', en: 'serial of the bank' },
  batch: { zh: '代发批次号', en: 'number of the batch' },
  'end-to-end-id': { zh: '对账码', en: 'end-to-end id' },
  summary: { zh: '摘要', en: 'summary' },
};
export const STATEMENT_LABEL_NAMES: Readonly<Record<StatementLabel, Bilingual>> = {
  account: { zh: '账号', en: 'account' },
  sequence: { zh: '对账单编号', en: 'number of the statement' },
  from: { zh: '起始日期', en: 'first day' },
  to: { zh: '截止日期', en: 'last day' },
  opening: { zh: '期初余额', en: 'opening balance' },
  closing: { zh: '期末余额', en: 'closing balance' },
};
