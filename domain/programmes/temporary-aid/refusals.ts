import { type Refusal, refusal } from '../../result.ts';

export const notOffered = (kind: 'urgent' | 'spending'): Refusal =>
  refusal(
    'policy/kind-not-offered',
    kind === 'urgent' ? '本地政策没有急难型临时救助' : '本地政策没有支出型临时救助',
    kind === 'urgent' ? 'the place offers no urgent aid' : 'the place offers no aid for spending',
    { kind },
  );

export const monthsMissing = (): Refusal =>
  refusal('invalid/months', '急难型临时救助须写明救助月数', 'urgent aid needs the number of months');

export const monthsAbove = (months: number, limit: number): Refusal =>
  refusal(
    'policy/months',
    `救助月数 ${months} 超过本地政策的上限 ${limit} 个月：请改为不超过 ${limit}，确需增加的按一事一议办理`,
    `${months} months are more than the ${limit} of local policy: state at most ${limit}, or decide case by case`,
    { months, limit },
  );

export const notByMonth = (): Refusal =>
  refusal(
    'policy/continuing',
    '本地政策没有“一次审批、按月救助”',
    'local policy does not pay one decision over several months',
  );

export const onlyUrgent = (): Refusal =>
  refusal(
    'invalid/only-urgent',
    '先行救助和按月救助只适用于急难型临时救助：支出型请去掉这两项',
    'only urgent aid is paid first or by the month: leave both out for aid for spending',
  );

export const spendMissing = (): Refusal =>
  refusal('invalid/spend', '支出型临时救助须写明必需支出金额', 'aid for spending needs the amount spent');

export const spendBelow = (spend: string, least: string): Refusal =>
  refusal(
    'policy/spend-below-least',
    `必需支出 ${spend} 元，低于起助线 ${least} 元，不予支出型救助`,
    `the necessary spend of ${spend} yuan is below the ${least} from which aid is due`,
    { spend, least },
  );

export const noClass = (): Refusal =>
  refusal(
    'policy/family-class',
    '本地政策没有该类家庭的支出型救助标准',
    'local policy has no rates for this class of family',
  );

export const noCause = (cause: string): Refusal =>
  refusal(
    'policy/cause',
    '本地政策没有该困难事由的支出型救助标准',
    'local policy has no amount for this cause',
    { cause },
  );

export const outsideFlatBands = (spend: string, through: string): Refusal =>
  refusal(
    'policy/spend-above-bands',
    `支出 ${spend} 元，超过本地政策已有的最高档 ${through} 元：请先补充政策依据，系统不会推算`,
    `the spend of ${spend} yuan is above the last band, ${through}: add the policy first, nothing is guessed`,
    { spend, through },
  );

export const notEntitled = (kind: string, who: string): Refusal =>
  refusal(
    'policy/registration',
    who === 'local'
      ? '该类临时救助只受理本地户籍家庭'
      : '该类临时救助受理本地户籍，或持居住证、有效居住证明的家庭和个人',
    who === 'local'
      ? 'this kind of aid is for families registered here'
      : 'this kind of aid is for those registered here or with proof of residence',
    { kind, who },
  );

export const outsideWindow = (eventOn: string, since: string, months: number): Refusal =>
  refusal(
    'policy/event-window',
    `事由发生在 ${eventOn}，不在申请日前 ${months} 个月内（${since} 起）`,
    `the event of ${eventOn} is not within the ${months} month(s) before the application (from ${since})`,
    { eventOn, since, months },
  );

export const eventAhead = (eventOn: string, appliedOn: string): Refusal =>
  refusal(
    'invalid/event-date',
    `事由发生日 ${eventOn} 晚于申请日 ${appliedOn}`,
    `the event of ${eventOn} lies after the application of ${appliedOn}`,
    { eventOn, appliedOn },
  );

export const causeAgain = (decidedOn: string): Refusal =>
  refusal(
    'policy/same-cause',
    `该家庭已于 ${decidedOn} 因同一事由获得临时救助，一年内不得重复：事由确实不同的，请注明并附说明`,
    `the family was aided for the same cause on ${decidedOn}, and not again within a year: where the event is another one, say so with a statement`,
    { decidedOn },
  );

export const yearCapReached = (cap: string, used: string): Refusal =>
  refusal(
    'policy/year-cap',
    `该家庭本自然年度已获救助 ${used} 元，已达上限 ${cap} 元：确有特殊困难的按一事一议拟定金额`,
    `the family got ${used} yuan this calendar year, the most being ${cap}: set an amount case by case where need is exceptional`,
    { cap, used },
  );

export const notCaseByCase = (): Refusal =>
  refusal('policy/case-by-case', '本地政策没有一事一议', 'local policy has no case-by-case amounts');

export const notAboveOrdinary = (amount: string, ordinary: string): Refusal =>
  refusal(
    'invalid/special-amount',
    `一事一议金额 ${amount} 元不高于按标准可得的 ${ordinary} 元：请按一般程序办理`,
    `${amount} yuan set case by case is not above the ${ordinary} due by the rates: decide it the ordinary way`,
    { amount, ordinary },
  );

export const noYearFund = (): Refusal =>
  refusal(
    'policy/no-year-fund',
    '本地政策没有规定临时救助金年度总额的算法',
    'local policy does not say how much is put aside for a year',
  );

export const nothingDue = (): Refusal =>
  refusal(
    'policy/nothing-due',
    '按本地政策计入的支出为零，没有可给付的金额',
    'none of the spend counts by local policy: nothing is due',
  );
