import type { Control } from './control.ts';

/** 村（居）代收: money for a person or family that would go to a village's or residents' committee, as a lump sum once did. */
export const villagePayee: Control = {
  code: 'village-payee',
  names: { zh: '收款人为村（居）委会', en: 'the payee is a village committee' },
  basis: '审计常见问题：救助金由村里打捆领取、一人代签（常州2017）；GB 32100-2015 附录：机构类别 54、55',
  findings: ['C10'],
  needs: { zh: '收款单位的统一社会信用代码', en: 'credit codes of organisations that receive' },
  explanation: {
    zh: '发给个人、家庭的补助不经村（居）委会转付；由其担任监护人的，凭监护文书放行',
    en: 'benefits of persons and families do not pass through a committee; where it is the guardian, its document supports an override',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'preparer',
  check: ({ payee }) =>
    payee.organisation?.village
      ? {
          zh: '收款人是村（居）民委员会或集体经济组织：请改付本人或监护人账户；由其担任监护人的，凭文书申请放行',
          en: 'the payee is a village or residents’ committee or collective: pay the person or guardian; where it is the guardian, propose an override with its document',
        }
      : undefined,
};

/** 工作人员代收: a member of staff of the office, the village or an institution receives on a private account. */
export const staffPayee: Control = {
  code: 'staff-payee',
  names: { zh: '工作人员个人账户代收', en: 'a member of staff receives on a private account' },
  basis: '财办〔2020〕37号：不得代持、混用他人卡折；审计常见问题：补贴打入村干部、私人存折（桂林）',
  findings: ['C9', 'C10'],
  needs: { zh: '收款人与对象的关系', en: 'what the payee is to the person paid for' },
  explanation: {
    zh: '村（居）、民政或机构工作人员不以个人账户代领：改付本人、亲属监护人或机构对公账户',
    en: 'staff of the village, the bureau or an institution do not receive on private accounts: pay the person, a guardian or the institution’s corporate account',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'preparer',
  check: ({ payee }) =>
    payee.relation !== undefined && !payee.organisation && STAFF.includes(payee.relation)
      ? {
          zh: '收款人以村（居）、民政或机构工作人员身份用个人账户代领：请改付本人、监护人或机构对公账户，或申请放行',
          en: 'the payee receives as staff of a village, the bureau or an institution on a private account: pay the person, a guardian or a corporate account, or propose an override',
        }
      : undefined,
};
const STAFF: readonly string[] = ['village-or-community', 'civil-affairs', 'institution-staff'];
