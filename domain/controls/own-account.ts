import type { Control } from './control.ts';

/** 付款账户作收款账户: money for a person that would go into the bureau's own paying account. */
export const ownAccount: Control = {
  code: 'own-account',
  names: { zh: '收款账户为本单位代发户', en: "the payee's account is the bureau's own" },
  basis: '审计常见问题：专项资金转入本单位其他账户（苍南2025）；财办〔2020〕37号：补贴到人到户',
  findings: ['C11'],
  needs: { zh: '收款账户和代发户账号', en: "accounts on record and the bureau's paying account" },
  explanation: {
    zh: '补贴不能付入发放单位自己的代发户：更正收款账户',
    en: 'no benefit is paid into the account it is paid from: correct the account',
  },
  severity: 'block',
  owner: 'preparer',
  check: ({ payee }) =>
    payee.account?.isPayer
      ? {
          zh: '收款账户是本单位的代发户：请更正收款账户后重新核算',
          en: "the account is the bureau's own paying account: correct it and recompute",
        }
      : undefined,
};
