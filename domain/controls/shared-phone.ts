import type { Control } from './control.ts';

/** 同一手机号: more payees than the place allows left one telephone number. */
export const sharedPhone: Control = {
  code: 'shared-phone',
  names: { zh: '多名收款人同一手机号', en: 'many payees, one telephone number' },
  basis: '审计常见问题：他人代办代领；人数上限由本地政策规定',
  findings: ['C20'],
  needs: { zh: '登记的手机号', en: 'telephone numbers on record' },
  explanation: {
    zh: '多名收款人登记同一手机号：核实是否有人代持卡折',
    en: 'many payees left the same number: verify that nobody keeps their cards',
  },
  parameter: 'phoneSharedMax',
  severity: 'warn',
  owner: 'street',
  check: ({ payee, policy }) => {
    const max = policy?.phoneSharedMax;
    return max !== undefined && (payee.phoneSharedWith ?? 0) + 1 > max
      ? {
          zh: `超过 ${max} 名收款人登记了同一手机号：请核实是否有人代持卡折`,
          en: `more than ${max} payees have one telephone number: verify that nobody keeps their cards`,
        }
      : undefined;
  },
};
