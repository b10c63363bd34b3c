import type { Bilingual } from '../bilingual.ts';
import type { ExceptionKind } from '../run/reconcile.ts';

/** Ways in which the statement of the payer's account fits neither what was sent nor the statements before it. */
export const STATEMENT_BREAK_KINDS = [
  /** Numbers of two statements that follow each other leave a number out. */
  'statement-gap',
  /** A statement does not open with the balance that the one before closed with, or its entries do not lead from one to the other. */
  'balance-differs',
  /** Money off the account that nothing of ours explains. */
  'unknown-debit',
  /** Money onto the account that nothing of ours explains. */
  'unknown-credit',
  /** The same payment debited, or given back, by two different bookings. */
  'booked-twice',
  /** An end-to-end id of ours under which nothing was sent. */
  'unknown-payment',
  /** A batch that is no file of ours. */
  'unknown-batch',
  /** A batch booking whose sum or count cannot be that of its file. */
  'batch-differs',
] as const;
export type StatementBreakKind = (typeof STATEMENT_BREAK_KINDS)[number];
export type BreakKind = ExceptionKind | StatementBreakKind;

/** Who has to do something next: the bureau's own people, or the bank, whom the cashier asks. */
export const BREAK_OWNERS = ['preparer', 'cashier', 'bank', 'administrator'] as const;
export type BreakOwner = (typeof BREAK_OWNERS)[number];

/** A kind of break (差异): what it is called, whose it is, and what to do about it. */
export type BreakSpec = { readonly names: Bilingual; readonly owner: BreakOwner; readonly todo: Bilingual };

/** Every break has one of these kinds, and every kind an owner. */
export const BREAKS: Readonly<Record<BreakKind, BreakSpec>> = {
  unknown: {
    names: { zh: '报盘文件中没有这一笔', en: 'no such line was sent' },
    owner: 'bank',
    todo: {
      zh: '请银行说明该行对应哪一笔，属他人款项的由银行更正',
      en: 'ask the bank which payment the line is of',
    },
  },
  unreadable: {
    names: { zh: '该行无法读取', en: 'the line cannot be read' },
    owner: 'cashier',
    todo: {
      zh: '重新从银行下载，或向银行查询该笔结果后报告',
      en: 'download the file again, or ask the bank and report what it says',
    },
  },
  duplicate: {
    names: { zh: '同一笔有两行且内容不同', en: 'two lines of one payment that differ' },
    owner: 'bank',
    todo: { zh: '请银行书面确认该笔的最终结果', en: 'have the bank confirm the final outcome in writing' },
  },
  'amount-mismatch': {
    names: { zh: '金额与报盘不符', en: 'not the amount instructed' },
    owner: 'bank',
    todo: {
      zh: '请银行更正差额，并书面确认该笔结果',
      en: 'have the bank correct the difference and confirm the outcome',
    },
  },
  'late-success': {
    names: { zh: '先报失败，后报成功', en: 'credited after it was reported as failed' },
    owner: 'bank',
    todo: {
      zh: '在银行确认最终结果前不得重发',
      en: 'do not send it again until the bank confirms the outcome',
    },
  },
  'paid-twice-by-bank': {
    names: {
      zh: '先报失败已重发，原笔又报成功（重复支付）',
      en: 'credited after it had failed and was sent again: paid twice',
    },
    owner: 'bank',
    todo: {
      zh: '请银行收回多付的一笔；不记第二次发放',
      en: 'have the bank take one of the two back; it is no second settlement',
    },
  },
  'late-failure': {
    names: { zh: '先报成功，后报失败', en: 'failed after it was reported as credited' },
    owner: 'bank',
    todo: {
      zh: '请银行确认款项是否已退回代发户；退回的记退回',
      en: 'ask whether the money is back on the account; if so, decide it as returned',
    },
  },
  'return-without-success': {
    names: { zh: '未报成功即报退回', en: 'returned without having been credited' },
    owner: 'cashier',
    todo: {
      zh: '等待银行回盘；回盘成功后自动记退回',
      en: 'wait for the answer to the file: once credited it is returned by itself',
    },
  },
  'repeated-differently': {
    names: { zh: '重复回盘，内容不同', en: 'the same outcome again with other particulars' },
    owner: 'cashier',
    todo: {
      zh: '核对两次回盘的日期、流水号或原因，通常无需入账',
      en: 'compare date, serial and reason of both; usually nothing is entered',
    },
  },
  unanswered: {
    names: { zh: '银行未回盘', en: 'the bank has not answered' },
    owner: 'bank',
    todo: {
      zh: '凭查询清单向银行查询，按书面答复裁定；不得重做新批次',
      en: 'ask with the query list and decide by the written answer; never send it as new',
    },
  },
  'outside-returned': {
    names: { zh: '手工转账被退回', en: 'a transfer made by hand came back' },
    owner: 'preparer',
    todo: {
      zh: '核对退回凭证后记退回，更正账户',
      en: 'check the slip, decide it as returned, correct the account',
    },
  },
  'statement-gap': {
    names: { zh: '对账单缺号', en: 'a statement is missing' },
    owner: 'cashier',
    todo: { zh: '从银行补下载所缺的对账单并上传', en: 'download the missing statement and upload it' },
  },
  'balance-differs': {
    names: { zh: '余额不衔接', en: 'balances do not follow each other' },
    owner: 'cashier',
    todo: {
      zh: '补齐中间日期的对账单；仍不衔接的请银行说明',
      en: 'upload the statements in between; if none is missing, ask the bank',
    },
  },
  'unknown-debit': {
    names: { zh: '来历不明的支出', en: 'a debit that nothing explains' },
    owner: 'cashier',
    todo: {
      zh: '核对是否手续费、手工转账或他人款项；无依据的请银行冲正',
      en: 'is it a fee, a transfer by hand, somebody else’s? otherwise have the bank reverse it',
    },
  },
  'unknown-credit': {
    names: { zh: '来历不明的收入', en: 'a credit that nothing explains' },
    owner: 'cashier',
    todo: {
      zh: '核对是否未登记的拨款、利息或无对账码的退票',
      en: 'is it funding not recorded yet, interest, or a return without an id?',
    },
  },
  'booked-twice': {
    names: { zh: '同一笔在账户上两次记账', en: 'one payment booked twice on the account' },
    owner: 'bank',
    todo: { zh: '请银行核实并冲正多记的一笔', en: 'have the bank reverse one of the two bookings' },
  },
  'unknown-payment': {
    names: { zh: '对账码对应的款项未曾发出', en: 'an id of ours under which nothing was sent' },
    owner: 'administrator',
    todo: {
      zh: '立即核查：可能有人在系统外提交过报盘',
      en: 'look into it at once: somebody may have sent a file outside the system',
    },
  },
  'unknown-batch': {
    names: { zh: '批次号不是本单位的报盘', en: 'a batch that is no file of ours' },
    owner: 'bank',
    todo: {
      zh: '请银行说明该批次；误记的由银行冲正',
      en: 'ask the bank about the batch; have it reversed if it is not ours',
    },
  },
  'batch-differs': {
    names: { zh: '批量记账金额或笔数与报盘不符', en: 'a batch booking that cannot be its file' },
    owner: 'bank',
    todo: {
      zh: '请银行提供该批次明细并更正差额',
      en: 'have the bank give the details of the batch and correct the difference',
    },
  },
};
