import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { type Fen, sumFen, toYuan } from '../../../domain/money.ts';
import { componentName } from '../../../domain/programmes/component-name.ts';
import { imprestFundOf } from '../../../domain/programmes/granted.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { invariant, unreachable } from '../../../domain/result.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';
import type { OutsideView } from '../../run/outside-service.ts';
import type { Explanation, PaymentHistory } from '../../run/service.ts';
import type { beneficiaryContracts } from '../contracts/beneficiary.ts';
import { bankReasonView } from './bank-reason-view.ts';
import { programmeNames } from './run-view.ts';

type Contracts = typeof beneficiaryContracts;
export type PaymentBody = z.input<Contracts['listMyPayments']['response']>['payments'][number];
export type ExplanationBody = z.input<Contracts['explainMyPayment']['response']>;

const STATES: Record<PaymentHistory['state'], Bilingual> = {
  preparing: { zh: '核算审批中', en: 'being prepared' },
  'in-transit': { zh: '在途', en: 'sent to the bank' },
  settled: { zh: '已发放', en: 'paid' },
  failed: { zh: '发放失败，待重发', en: 'failed, will be sent again' },
  returned: { zh: '银行退回，待重发', en: 'came back, will be sent again' },
  held: { zh: '缓发', en: 'held' },
};

/** What the one concerned can do about the bank's reason. */
const ADVICE: Record<ReturnType<typeof bankReasonView>['action'], Bilingual> = {
  'fix-data': {
    zh: '请带身份证和银行卡到街道窗口核对收款账户，核对后在下一批次重发',
    en: 'bring your identity card and bank card to the street office to check the account; it is then paid with the next run',
  },
  hold: {
    zh: '请先到开户银行恢复账户，再告知街道窗口，随后重发',
    en: 'have your bank put the account in order and tell the street office; it is then paid again',
  },
  retry: { zh: '无须办理，将在下一批次重发', en: 'nothing to do: it is sent again with the next run' },
  investigate: {
    zh: '正在向银行查询，查明后重发',
    en: 'the bank is being asked; it is sent again once that is clear',
  },
  deceased: {
    zh: '请本人或家属联系街道窗口核实',
    en: 'you or your family: please get in touch with the street office',
  },
};

/** Controls as the one concerned may read them; the others are matters of the office. */
const HELD_BECAUSE: Readonly<Record<string, Bilingual>> = {
  deceased: {
    zh: '需要核实本人情况，请本人或家属联系街道窗口',
    en: 'your status needs to be checked: you or your family, please get in touch with the street office',
  },
  'no-account': {
    zh: '尚未登记收款账户，请带身份证和银行卡到街道窗口登记',
    en: 'there is no account on record: bring your identity card and bank card to the street office',
  },
  'account-holder': {
    zh: '收款账户的户名与本人不一致，请到街道窗口核对',
    en: 'the account is in another name: please have it checked at the street office',
  },
  'shared-account': {
    zh: '收款账户与他人共用，请到街道窗口核对',
    en: 'the account is shared with others: please have it checked at the street office',
  },
  'first-payment': {
    zh: '审核确认的次月首次发放，此前应发的月份一并补发，无须办理',
    en: 'first paid in the month after the decision, with the months due before: there is nothing to do',
  },
  'account-cooling-off': {
    zh: '收款账户刚刚变更，过几天随下一批次发放，无须办理；如不是您本人要求变更，请立即联系街道窗口',
    en: 'your account was changed a few days ago, and the next payment brings this one: there is nothing to do; if it was not you who asked for the change, call the street office at once',
  },
  'publicity-open': {
    zh: '新申请的公示尚未完成，完成后补发；可向街道窗口咨询',
    en: 'the public notice of a new application is not over, and it is paid afterwards; the street office can tell you more',
  },
};
const OFFICE_MATTER: Bilingual = {
  zh: '有一项信息正在核实，核实后补发；可向街道窗口咨询',
  en: 'something is being checked and it is paid afterwards; the street office can tell you more',
};

const NO_LONGER_OWED: Bilingual = {
  zh: '未能入账，且该笔月份已不再应发，不再重发；如有疑问请向街道窗口咨询',
  en: 'it was not credited, and its months are no longer due: it is not sent again; the street office can tell you more',
};

const UNCLAIMED: Bilingual = {
  zh: '未能入账，公告期满无人认领，已上缴财政；如需领取，请持身份证件和银行卡到街道窗口办理认领',
  en: 'it was not credited, nobody claimed it in time, and it went back to the treasury; to receive it, go to the street office with your identity card and bank card',
};

export function paymentView(history: PaymentHistory): PaymentBody {
  const last = history.attempts.at(-1);
  return {
    payment: history.payment,
    programme: history.programme,
    programmeNames: programmeNames(history.programme),
    period: history.period,
    amount: toYuan(history.fen),
    state: history.state,
    stateNames: STATES[history.state],
    explanation: withOrderedBack(
      explanationOf(history),
      history.attempts.findLast((one) => one.orderedBack)?.orderedBack,
    ),
    ...(history.state === 'settled' && last?.bankDate !== undefined && { paidOn: last.bankDate }),
    lines: history.lines.map((line) => lineView(history.programme, line)),
  };
}

type OrderedBack = PaymentHistory['attempts'][number]['orderedBack'];

/** 追缴, beside what became of the payment itself. */
function withOrderedBack(said: Bilingual, ordered: OrderedBack): Bilingual {
  if (!ordered) return said;
  const [amount, outstanding] = [toYuan(ordered.fen), toYuan(ordered.outstandingFen)];
  return {
    zh: `${said.zh}；其中 ${amount} 元已决定追缴，尚欠 ${outstanding} 元，详见追缴通知书`,
    en: `${said.en}; ${amount} yuan of it were ordered back, ${outstanding} are outstanding: see the notice you were given`,
  };
}

function explanationOf(history: PaymentHistory): Bilingual {
  const last = history.attempts.at(-1);
  switch (history.state) {
    case 'preparing':
      return { zh: '正在核算和审批，尚未发放', en: 'being computed and approved; not paid yet' };
    case 'in-transit':
      return { zh: '已报送银行，等待银行回复', en: 'sent to the bank, which has not answered yet' };
    case 'settled':
      if (last?.outside) return paidByHand(last.outside);
      if (history.lines.some(({ component }) => imprestFundOf(component) !== undefined)) return PAID_IN_CASH;
      return last?.bankDate === undefined
        ? { zh: '已发放到您的收款账户', en: 'paid to your account' }
        : { zh: `${last.bankDate} 已发放到您的收款账户`, en: `paid to your account on ${last.bankDate}` };
    case 'failed':
    case 'returned':
      if (last?.cancelledFen === history.fen) return NO_LONGER_OWED;
      if (last?.surrendered) return UNCLAIMED;
      return bankTrouble(last?.reason ?? 'OTHER');
    case 'held':
      return heldBecause(history);
    default:
      return unreachable(history.state);
  }
}

const PAID_IN_CASH: Bilingual = {
  zh: '已由乡镇（街道）以备用金现金发放',
  en: 'paid in cash by the township out of its imprest fund',
};

/** 现金发放 or 手工转账, with the voucher that the office keeps. */
function paidByHand({ means, voucher, paidOn }: OutsideView): Bilingual {
  return means === 'cash'
    ? {
        zh: `${paidOn} 已现金发放，凭证号 ${voucher}`,
        en: `paid in cash on ${paidOn}, voucher ${voucher}`,
      }
    : {
        zh: `${paidOn} 已手工转账，凭证号 ${voucher}`,
        en: `transferred by hand on ${paidOn}, voucher ${voucher}`,
      };
}

function heldBecause({ heldBecause: findings = [] }: PaymentHistory): Bilingual {
  const [first] = findings;
  return (first && HELD_BECAUSE[first.control]) ?? OFFICE_MATTER;
}

function bankTrouble(code: string): Bilingual {
  const { names, action } = bankReasonView(code);
  const advice = ADVICE[action];
  return { zh: `银行原因：${names.zh}。${advice.zh}`, en: `the bank says: ${names.en}. ${advice.en}` };
}

const KINDS: Record<PaymentLine['kind'], Bilingual> = {
  entitlement: { zh: '本月应发', en: 'due for the month' },
  arrears: { zh: '补发', en: 'arrears' },
  'set-off': { zh: '抵扣', en: 'set off' },
};

function lineView(programme: string, line: PaymentLine): PaymentBody['lines'][number] {
  const component = componentName(programme, line.component);
  const kind = KINDS[line.kind];
  const names = component
    ? { zh: `${component.zh}（${kind.zh}）`, en: `${component.en} (${kind.en})` }
    : kind;
  return { month: line.month, kind: line.kind, names, amount: toYuan(line.fen) };
}

/** Month by month: what was due, every step that led there, and the article each rests on. */
export function explanationView({ draft, programme: id, history }: Explanation): ExplanationBody {
  const programme = PROGRAMMES[id];
  invariant(programme, `a payment of programme ${id}, which is not in the registry`);
  const dueOf = (month: string): Fen =>
    // What is set off is due all the same.
    sumFen(
      history.lines.filter((line) => line.month === month && line.kind !== 'set-off').map((line) => line.fen),
    );
  return {
    payment: paymentView(history),
    legalBasis: programme.legalBasis.map((citation) => ({ ...citation })),
    months: Object.entries(draft.derivations)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, steps]) => ({
        month,
        amount: toYuan(dueOf(month)),
        steps: steps.map((step) => ({
          ...renderStep(programme, step),
          ...(step.citation && { citation: step.citation }),
        })),
      })),
  };
}
