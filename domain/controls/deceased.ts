import { type Control, type ControlInput, earliestDeath, paysAfterDeath } from './control.ts';
import { householdDeath } from './household-deaths.ts';

/**
 * 疑似死亡: money for months after a death that any source reports. The rule itself stops a certified death; this control
 * keeps a merely reported one, and the death of the payee, from being paid before someone has looked.
 */
export const deceased: Control = {
  code: 'deceased',
  names: { zh: '疑似死亡仍发放', en: 'paid after a reported death' },
  basis: '审计常见问题：人员死亡后继续发放；京民养老发〔2019〕160号（死亡次月起停发）',
  findings: ['C1', 'C2'],
  needs: { zh: '死亡登记和比对名单', en: 'deaths certified, and deaths from matching lists' },
  explanation: {
    zh: '任何来源显示对象、收款人或保障成员已死亡，而本笔含死亡以后的月份：取最早的日期，核实前不发',
    en: 'any source reports the beneficiary, the payee or a covered member dead before the months paid: the earliest date counts, and nothing goes out before somebody has looked',
  },
  severity: 'hold',
  owner: 'street',
  check: (input: ControlInput) => {
    const { lines, subject, payee, deathMonthStops = false } = input;
    const inHousehold = householdDeath(input);
    if (inHousehold) return inHousehold;
    const death = earliestDeath(subject.facts);
    if (death && paysAfterDeath(lines, death, deathMonthStops)) {
      return {
        zh: deathMonthStops
          ? '有来源显示对象已死亡，本笔含死亡当月及以后的月份：请街道核实后登记死亡或申请放行'
          : '有来源显示对象已死亡，本笔含死亡次月及以后的月份：请街道核实后登记死亡或申请放行',
        en: 'a source reports the beneficiary dead before the months paid here: verify, then record the death or propose an override',
      };
    }
    if (payee.key !== subject.key && earliestDeath(payee.facts)) {
      return {
        zh: '有来源显示收款人已死亡：请核实并更换收款人',
        en: 'a source reports the payee dead: verify and name another payee',
      };
    }
    return undefined;
  },
};
