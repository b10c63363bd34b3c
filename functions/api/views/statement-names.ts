import type { Bilingual } from '../../../domain/bilingual.ts';
import type { AttemptState } from '../../../domain/ledger/attempts.ts';
import type { DebtKind } from '../../../domain/statement/debts.ts';
import type { DueKind, PaidLine, StatementTotals } from '../../../domain/statement/statement.ts';

/** Words of a statement, as a clerk says them. */
export const DUE_NAMES: Readonly<Record<DueKind, Bilingual>> = {
  entitlement: { zh: '本月应发', en: 'due for the month' },
  arrears: { zh: '补发', en: 'arrears' },
  opening: { zh: '上线前已发（期初）', en: 'paid before go-live' },
  cancelled: { zh: '冲销（未领到且不再应发）', en: 'never received and no longer due' },
  surrendered: { zh: '上缴财政（无人认领）', en: 'unclaimed, given back to the treasury' },
  'ordered-back': { zh: '责令退回', en: 'ordered back' },
  'owed-after-all': { zh: '撤销追缴', en: 'the order to give it back was called off' },
  nothing: { zh: '重新核算，本次不发', en: 'looked at again: nothing to pay' },
};

const CAUSES: Readonly<Record<string, Bilingual>> = {
  period: { zh: '当期', en: 'of the period' },
  'newly-joined': { zh: '新增对象', en: 'newly joined' },
  'late-application': { zh: '申请之前的月份', en: 'months before the application' },
  'facts-changed': { zh: '情况变动（晚到的信息）', en: 'facts that came late' },
  death: { zh: '死亡', en: 'death' },
  'policy-changed': { zh: '标准或政策调整', en: 'a change of standard or policy' },
  'hold-lifted': { zh: '解除缓发', en: 'a hold was let go' },
  granted: { zh: '作出给付决定', en: 'granted' },
  'grant-withdrawn': { zh: '撤销或核减给付', en: 'the grant was withdrawn' },
};
/** A cause that is the code of a step has no word of its own: the step beside it says it. */
export const causeNames = (cause: string): Bilingual | undefined => CAUSES[cause];

export const ATTEMPT_NAMES: Readonly<Record<AttemptState, Bilingual>> = {
  'in-transit': { zh: '在途', en: 'with the bank' },
  settled: { zh: '已到账', en: 'paid' },
  failed: { zh: '发放失败', en: 'failed' },
  returned: { zh: '银行退回', en: 'came back' },
};

export const MEANS_OF_PAYMENT: Readonly<Record<PaidLine['means'], Bilingual>> = {
  bank: { zh: '银行代发', en: 'by the bank' },
  cash: { zh: '现金', en: 'in cash' },
  'manual-transfer': { zh: '手工转账', en: 'transferred by hand' },
  imprest: { zh: '备用金现金', en: 'in cash out of an imprest fund' },
  'before-go-live': { zh: '上线前发放', en: 'before go-live' },
};

export const DEBT_NAMES: Readonly<Record<DebtKind, Bilingual>> = {
  ordered: { zh: '追缴决定', en: 'ordered back' },
  'brought-in': { zh: '期初转入待追缴', en: 'brought in by the opening' },
  revoked: { zh: '撤销追缴', en: 'called off' },
  received: { zh: '已缴入', en: 'paid in' },
  'bank-return': { zh: '银行退回冲抵', en: 'settled by what the bank sent back' },
  'set-off': { zh: '从发放中抵扣', en: 'kept back of a payment' },
  restored: {
    zh: '抵扣撤回（该笔未领到且不再应发）',
    en: 'set-off undone: that payment was never received nor due',
  },
  waived: { zh: '豁免', en: 'waived' },
};

/** Rows of the totals in the order in which a clerk adds them up; `sign` as it stands in the sum. */
export const TOTAL_ROWS: readonly (readonly [keyof StatementTotals, Bilingual])[] = [
  ['entitlement', { zh: '本月应发', en: 'Due for the months' }],
  ['arrears', { zh: '＋ 补发', en: '+ arrears' }],
  ['opening', { zh: '＋ 上线前已发', en: '+ before go-live' }],
  ['cancelled', { zh: '－ 冲销', en: '− no longer due' }],
  ['surrendered', { zh: '－ 上缴财政', en: '− given back to the treasury' }],
  ['due', { zh: '＝ 应得合计', en: '= due in all' }],
  ['received', { zh: '其中：已到账', en: 'of it: received' }],
  ['setOff', { zh: '抵扣追缴款', en: 'kept back for recoveries' }],
  ['inTransit', { zh: '在途', en: 'with the bank' }],
  ['open', { zh: '待重发', en: 'to be sent again' }],
  ['cameBack', { zh: '退回且已责令退回', en: 'came back after it was ordered back' }],
  ['orderedBack', { zh: '－ 责令退回（净额）', en: '− ordered back, net' }],
  ['final', { zh: '＝ 最终应得', en: '= due in the end' }],
];
