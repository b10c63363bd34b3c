import { monthsBetween } from '../calendar.ts';
import { sumFen } from '../money.ts';
import type { Control } from './control.ts';

/** 补发过久: arrears that reach farther back than the place allows without somebody looking. */
export const longArrears: Control = {
  code: 'long-arrears',
  names: { zh: '补发月份过久', en: 'arrears reach far back' },
  basis: '审计常见问题：大额跨年补发缺少依据；追溯上限由本地政策规定',
  findings: ['C18'],
  needs: { zh: '已发放和应发月份', en: 'months paid and owed' },
  explanation: {
    zh: '补发早于本期若干个月以上的月份：核对迟报原因和文件依据',
    en: 'a month is paid that lies farther before the period than policy allows: check why it is late and what it rests on',
  },
  parameter: 'arrearsMonthsMax',
  severity: 'hold',
  owner: 'preparer',
  check: ({ lines, period, policy }) => {
    const max = policy?.arrearsMonthsMax;
    const [oldest] = lines
      .filter(({ kind }) => kind === 'arrears')
      .map(({ month }) => month)
      .sort();
    if (max === undefined || oldest === undefined || !period) return undefined;
    return monthsBetween(oldest, period.first) > max
      ? {
          zh: `补发到 ${oldest}，早于本期 ${max} 个月以上：请核对迟报原因和依据，或申请放行`,
          en: `arrears reach back to ${oldest}, more than ${max} months before the period: check the reason, or propose an override`,
        }
      : undefined;
  },
};

/** 金额突增: the period's own entitlement is much more than the one before, and no decision or change of policy came between. */
export const amountJump: Control = {
  code: 'amount-jump',
  names: { zh: '金额突增', en: 'the amount jumps' },
  basis: '审计常见问题：月际金额异常变动；比例由本地政策规定',
  findings: ['C18'],
  needs: { zh: '上期应发', en: 'entitlements of the period before' },
  explanation: {
    zh: '本期应发比上期增加超过规定比例，其间没有新的核定或政策调整：核对引起变化的登记',
    en: 'the entitlement grew by more than policy allows with no new determination and no change of policy: check what was recorded',
  },
  parameter: 'amountJumpPercent',
  severity: 'warn',
  owner: 'preparer',
  check: ({ lines, before, policy }) => {
    const percent = policy?.amountJumpPercent;
    if (percent === undefined || !before || before.fen <= 0 || before.explained) return undefined;
    const now = sumFen(lines.filter(({ kind }) => kind === 'entitlement').map((line) => line.fen));
    return now * 100 > before.fen * (100 + percent)
      ? {
          zh: `本期应发比上期增加超过 ${percent}%，其间没有新的核定或政策调整：请核对引起变化的登记`,
          en: `the entitlement is more than ${percent} % above the period before, with no new determination and no change of policy: check what was recorded`,
        }
      : undefined;
  },
};
