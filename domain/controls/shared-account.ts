import type { Control } from './control.ts';

/** 多人共用账户: one account number on record as the current account of several payees. */
export const sharedAccount: Control = {
  code: 'shared-account',
  names: { zh: '多名收款人共用同一账户', en: 'one account, several payees' },
  basis: '财办〔2020〕37号：补贴到人到户，不得代持、混用他人卡折；审计常见问题：补贴打入他人账户',
  findings: ['C4', 'C9'],
  needs: { zh: '收款账户', en: 'accounts on record' },
  explanation: {
    zh: '同一账号是多名收款人的现用账户：核实归属；同一人用两个身份登记的，多在此发现',
    en: 'one account is the current one of several payees: verify whose it is; who is registered twice is mostly found here',
  },
  severity: 'hold',
  owner: 'preparer',
  check: ({ payee }) => {
    const others = payee.account?.sharedWith ?? 0;
    return others === 0
      ? undefined
      : {
          zh: `该账户同时是另外 ${others} 名收款人的收款账户：请核实账户归属，更正账户或申请放行`,
          en: `the account is also that of ${others} other payee(s): verify whose it is, correct it or propose an override`,
        };
  },
};
