import type { Control } from './control.ts';

/** 无可用账户: nowhere to send the money. Cannot be overridden, only mended. */
export const payableAccount: Control = {
  code: 'no-account',
  names: { zh: '收款人没有账户', en: 'the payee has no account' },
  basis: '社会化发放：补助资金支付到收款人账户',
  findings: ['C10'],
  needs: { zh: '收款账户', en: 'accounts on record' },
  explanation: {
    zh: '收款人没有登记账户，不能以现金代替：补录账户',
    en: 'the payee has no account on record, and cash takes no place of it: record one',
  },
  severity: 'block',
  owner: 'street',
  check: ({ payee }) =>
    payee.account
      ? undefined
      : {
          zh: '收款人没有登记收款账户：请补录账户后重新核算',
          en: 'the payee has no account on record: record one and recompute',
        },
};

/** 户名不符: the account is in another name than the payee's. */
export const accountHolder: Control = {
  code: 'account-holder',
  names: { zh: '账户户名与收款人不符', en: 'the account is in another name' },
  basis: '财办〔2020〕37号：发放到个人的补贴入本人账户',
  findings: ['C9'],
  needs: { zh: '收款账户和姓名', en: 'accounts and names on record' },
  explanation: {
    zh: '账户户名须与收款人姓名一致',
    en: 'the holder of the account has to be the payee',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ payee }) =>
    payee.account && !payee.account.holderMatches
      ? {
          zh: '账户户名与收款人姓名不一致：请核对生僻字、间隔号或更换账户',
          en: "the account holder's name differs from the payee's: check rare characters and dots, or change the account",
        }
      : undefined,
};

/** 报盘无法表示: a name that the file's encoding cannot carry would reach the bank as "?". */
export const writableLine: Control = {
  code: 'unwritable-line',
  names: { zh: '报盘文件无法表示', en: 'cannot be written into the instruction file' },
  basis: 'GB 18030-2022；12 部门 2016 年姓名用字通知：间隔号用 U+00B7',
  findings: [],
  needs: { zh: '收款账户', en: 'accounts on record' },
  explanation: {
    zh: '户名或账号不能写入银行报盘文件',
    en: 'the name or number cannot be written into the file for the bank',
  },
  severity: 'block',
  owner: 'preparer',
  check: ({ payee }) => payee.account?.unwritable,
};

/** 卡号校验位不符: most likely mistyped; a passbook may look the same, so it only warns. */
export const mistypedCard: Control = {
  code: 'card-check-digit',
  names: { zh: '卡号校验位不符', en: 'the card number has a wrong check digit' },
  basis: 'GB/T 15694.1（ISO/IEC 7812-1）附录 B：卡号末位为校验码',
  findings: [],
  needs: { zh: '收款账户', en: 'accounts on record' },
  explanation: {
    zh: '卡号末位校验码不符，多为录错；存折可能如此，只作提示',
    en: 'the check digit of a card is wrong, most likely mistyped; a passbook may look so, too, and it only warns',
  },
  severity: 'warn',
  owner: 'street',
  check: ({ payee }) =>
    payee.account?.looksMistyped
      ? {
          zh: '收款卡号末位校验码不符，可能录错：请与银行卡核对；如为存折账号可不处理',
          en: 'the check digit of the card number is wrong: compare it with the card; nothing to do for a passbook',
        }
      : undefined,
};
