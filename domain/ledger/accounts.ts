import { unreachable } from '../result.ts';

/**
 * Chart of accounts (科目). Fafang keeps an auxiliary ledger (备查辅助账): it says where each fen of a benefit stands, and its
 * summary feeds the unit's own books. An account is a class and, where the class is kept in detail, what it is for.
 */
export const ACCOUNT_CLASSES = {
  /** 财政拨款: what the finance bureau provided, per run's voucher. Credit side. */
  appropriation: { zh: '财政拨款', side: 'credit', hledger: 'revenues:appropriation' },
  /** 补助支出: accrued benefit expense per programme. Debit side. */
  expense: { zh: '补助支出', side: 'debit', hledger: 'expenses' },
  /** 应付补助: owed to an enrolment and not yet sent to the bank. Credit side. */
  payable: { zh: '应付补助', side: 'credit', hledger: 'liabilities:payable' },
  /** 代发户: the paying bank's clearing account. Debit side. */
  clearing: { zh: '代发户', side: 'debit', hledger: 'assets:clearing' },
  /** 在途: sent to the bank in one file and not yet answered. Credit side; reaches zero when every line is answered. */
  'in-transit': { zh: '在途', side: 'credit', hledger: 'liabilities:in-transit' },
  /** 退回待处理: credited and came back, owed to the enrolment still. Credit side. */
  returned: { zh: '退回待处理', side: 'credit', hledger: 'liabilities:returned' },
  /** 待追缴: paid to an enrolment and not owed, to be given back by decision. Debit side. */
  recoverable: { zh: '待追缴', side: 'debit', hledger: 'assets:recoverable' },
  /** 豁免: of what was to be given back, given up by two people. Debit side. */
  waived: { zh: '豁免追缴', side: 'debit', hledger: 'equity:waived' },
  /** 期初: what was paid before this system; stands against the expense and the recoverables it brings in. Credit side. */
  opening: { zh: '期初', side: 'credit', hledger: 'equity:opening' },
  /** 备用金: advanced to a township's imprest fund and not yet accounted for by what it paid out. Debit side. */
  imprest: { zh: '备用金', side: 'debit', hledger: 'assets:imprest' },
} as const;
export type AccountClass = keyof typeof ACCOUNT_CLASSES;

/** e.g. "payable:GL-7Z3K9QX2M4BT-1", "in-transit:DF_110199_GL_202612_R_0001", "clearing". */
export type Account = AccountClass | `${AccountClass}:${string}`;

export function account(kind: AccountClass, detail: string): Account {
  switch (kind) {
    case 'clearing':
    case 'opening':
      return kind;
    case 'appropriation':
    case 'expense':
    case 'payable':
    case 'in-transit':
    case 'returned':
    case 'recoverable':
    case 'waived':
    case 'imprest':
      return `${kind}:${detail}`;
    default:
      return unreachable(kind);
  }
}

export function classOf(name: Account): AccountClass {
  return name.split(':', 1)[0] as AccountClass;
}
