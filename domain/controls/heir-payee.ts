import type { Bilingual } from '../bilingual.ts';
import { type Control, type ControlInput, earliestDeath, paysAfterDeath } from './control.ts';

const NOT_HERE: Bilingual = {
  zh: '本地政策未允许继承人领取死亡前应发的月份：请另定收款人，或作为无人认领款项处理',
  en: 'the policy here does not let an heir receive months due before the death: name another payee, or deal with it as unclaimed',
};
const NOT_DEAD: Bilingual = {
  zh: '收款人登记为继承人，但没有对象死亡的记录：请先登记死亡，或改正收款人',
  en: 'the payee is on record as an heir, and no death of the beneficiary is: record the death, or correct the payee',
};
const AFTER_DEATH: Bilingual = {
  zh: '继承人只领取死亡当月（含）以前的月份：本笔含以后的月份，请核实后重新核算',
  en: 'an heir receives months through that of the death and none after: this payment has later ones; verify and recompute',
};
const NAME_AN_HEIR: Bilingual = {
  zh: '对象已死亡，死亡前应发的月份不再发入其本人账户：请登记继承人（公证书或协议、关系，第二人确认）后重新核算',
  en: 'the beneficiary is dead: months due before are not paid into their own account; record an heir with document and relation, confirmed by a second person, then recompute',
};

/**
 * 继承人领取: what was due before a death and was not received belongs to the estate (民法典第一千一百二十二条); the place says whether it is
 * paid, and then only to an heir whom two persons have confirmed, and for no month after the death.
 */
export const heirPayee: Control = {
  code: 'heir-payee',
  names: { zh: '死亡前应发月份的领取人', en: 'who receives months due before a death' },
  basis: '民法典第一千一百二十二条、第一千一百二十三条（遗产与继承）；审计常见问题：人员死亡后继续发放',
  findings: ['C1', 'C9'],
  needs: { zh: '死亡信息、继承人登记', en: 'deaths, and heirs on record' },
  explanation: {
    zh: '本地规定死亡前应发月份是否由继承人领取；未登记继承人的不发入死者账户，继承人不得领取死亡以后的月份',
    en: 'the place says whether heirs receive months due before a death; without an heir on record nothing goes into the account of the dead, and an heir receives no later month',
  },
  severity: 'hold',
  owner: 'street',
  parameter: 'heirs',
  check: (input) => (input.payee.heir ? ofHeir(input) : ofTheDead(input)),
};

function ofHeir({
  lines,
  subject,
  payee,
  policy,
  deathMonthStops = false,
}: ControlInput): Bilingual | undefined {
  if (policy?.heirs !== true || payee.heir?.confirmed !== true) return NOT_HERE;
  const death = earliestDeath(subject.facts);
  if (death === undefined) return NOT_DEAD;
  return paysAfterDeath(lines, death, deathMonthStops) ? AFTER_DEATH : undefined;
}

/** Only where the place has a rule: elsewhere months due before a death go on as they did. */
function ofTheDead({ subject, payee, policy }: ControlInput): Bilingual | undefined {
  const own = payee.key === subject.key && earliestDeath(subject.facts) !== undefined;
  if (!own || policy?.heirs === undefined) return undefined;
  return policy.heirs ? NAME_AN_HEIR : NOT_HERE;
}
