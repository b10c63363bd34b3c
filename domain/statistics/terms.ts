import type { Bilingual } from '../bilingual.ts';

/**
 * What the figures of statistics mean: the one place. 人, 户 and 人次 are three units and are never added to each other (人 people,
 * 户 households, 人次 payments).
 */
export const STATISTICS_TERMS = {
  persons: {
    zh: '人：去重后的受助人数。以个人为对象的，每人计一次；一次给付救助多人的（临时救助家庭），按期内各次给付中人数最多的一次计；以户为对象的，按所属月份生效核定的保障人数计，核定未写明人数的户另列，不计入',
    en: 'people: each beneficiary once; where a grant helps several (a family), the largest number that one grant of the time helped; of a household, the people covered by the determination in force, and households whose determination does not say are listed apart and not counted',
  },
  households: { zh: '户：去重后的户数', en: 'households: each once' },
  bodies: {
    zh: '单位（项目）：去重后的单位或项目个数',
    en: 'organisations or projects: each once',
  },
  payments: {
    zh: '人次：发放到位的笔数。同一笔失败、退回后重发只计一次；退回未重发的不计',
    en: 'payments: those that reached the payee; one that failed or came back and was sent again counts once, one that came back and was not counts never',
  },
  amount: {
    zh: '金额：人次所含的金额，按今日账簿',
    en: 'amount: of the payments counted, by the ledger as it stands today',
  },
  payment: {
    zh: '按发放月份：银行入账（现金签领、手工转账、备用金支付）日期所在的月份；期初并入的，以其所属月份为发放月份',
    en: 'by month of payment: of the day on which the bank credited it, or cash was signed for; what an opening brought in, by its own month',
  },
  entitlement: {
    zh: '按所属月份：金额所属的待遇月份，补发计入其所属月份；已决定追缴的部分不计',
    en: 'by month of entitlement: the months that the money is for, arrears in their own; what was ordered back is not in it',
  },
  tenThousand: {
    zh: '万元：四舍五入到两位小数；分项之和与合计的差列为“尾差”，不改任何一项',
    en: '万元 (10,000 yuan): half up to two decimals; the difference between the sum of the parts and the rounded total is shown as remainder, and no part is changed for it',
  },
  recovery: {
    zh: '追缴、收缴、抵扣、豁免：按决定、缴款、发放日期所在的月份，不从发放金额中扣减（按所属月份除外）',
    en: 'ordered back, paid in, set off, waived: by the month of the paper or of the payment; not taken off what was paid, except by month of entitlement',
  },
  street: {
    zh: '街道：该笔发放时的街道。期内换街道的，分街道各计一次，合计只计一次',
    en: 'street: the one at the time of the payment; who moved is counted in each, and once in the sum',
  },
  total: {
    zh: '合计：各项目之间按人、户、单位去重；以户为对象的项目的人数不与个人项目合并；一次给付救助多人的，合计只计受益人本人（同住家人无从与他人去重），故合计的人可能少于某一项目的人。备用金拨付是预付，不计入合计',
    en: 'total: people, households and bodies each once over all programmes; people of households are not joined with people of other programmes; of a grant that helps several the total counts the beneficiary alone, for the others cannot be told apart from anybody else, so that it may be less than the people of one programme. Imprest replenishments are advances and in no total',
  },
} as const satisfies Record<string, Bilingual>;
