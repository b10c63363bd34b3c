import type { ReturnCode } from '../../../domain/bank/return-codes.ts';

/**
 * Why a bank refuses or returns a payment, in a bank's own words. Several have the same code or nearly the same words, as at real
 * banks. `mend`: what the bureau can do before paying again.
 */
export type Reason = {
  readonly code: string;
  readonly text: string;
  readonly mend: 'account' | 'again' | 'nothing' | 'ask';
  /** How the service has to understand it. */
  readonly means: ReturnCode;
};

/** Of a usual month with a register of old people's accounts, the commonest first. */
export const USUAL_FAILURES: readonly Reason[] = [
  { code: 'E0103', text: '户名不符', mend: 'account', means: 'NAME_MISMATCH' },
  { code: 'E0104', text: '账户已销户', mend: 'account', means: 'ACCT_CLOSED' },
  { code: 'E0101', text: '卡号不存在', mend: 'account', means: 'ACCT_NOT_FOUND' },
  { code: 'E0301', text: '已过当日代发截止时间', mend: 'again', means: 'CUTOFF' },
  { code: 'E0201', text: '社保卡金融账户未激活', mend: 'nothing', means: 'CARD_NOT_ACTIVE' },
  { code: 'E0104', text: '该账户已于上月销户', mend: 'account', means: 'ACCT_CLOSED' },
  { code: 'E0202', text: '睡眠户，请本人到网点激活', mend: 'nothing', means: 'ACCT_DORMANT' },
  { code: 'E0103', text: '账号与户名不符', mend: 'account', means: 'NAME_MISMATCH' },
  { code: 'E0900', text: '客户已死亡', mend: 'nothing', means: 'DECEASED' },
];

/** Every reason that the service tells apart. */
export const ALL_FAILURES: readonly Reason[] = [
  ...USUAL_FAILURES,
  { code: 'E0203', text: '账户已冻结', mend: 'nothing', means: 'ACCT_FROZEN' },
  { code: 'E0302', text: '超过Ⅱ类户日累计限额', mend: 'account', means: 'LIMIT_EXCEEDED' },
  { code: 'E0105', text: '收款行行号错误', mend: 'account', means: 'BANK_CODE_BAD' },
  { code: 'E0401', text: '付款账户余额不足', mend: 'again', means: 'PAYER_NO_FUNDS' },
  { code: 'E0501', text: '重复流水', mend: 'ask', means: 'DUPLICATE' },
  { code: 'E0502', text: '总金额不符', mend: 'ask', means: 'TOTAL_MISMATCH' },
  { code: 'E0106', text: '户名含非法字符', mend: 'account', means: 'CHARSET' },
  { code: 'E0999', text: '交易状态未明，请查询', mend: 'ask', means: 'OTHER' },
];

export const RETURNS: readonly Reason[] = [
  { code: 'R01', text: '收款账户已销户，退汇', mend: 'account', means: 'ACCT_CLOSED' },
  { code: 'R02', text: '账户只付不收，退汇', mend: 'nothing', means: 'ACCT_FROZEN' },
  { code: 'R01', text: '户名不符，对方行退回', mend: 'account', means: 'NAME_MISMATCH' },
  { code: 'R01', text: '收款人账号有误，退汇', mend: 'account', means: 'ACCT_NOT_FOUND' },
];
