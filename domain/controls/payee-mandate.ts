import type { Control } from './control.ts';

/** 收款权限到期: a guardian's or representative's document has ended; the money waits for a new one. */
export const payeeEnded: Control = {
  code: 'payee-ended',
  names: { zh: '收款人权限已到期', en: "the payee's authority has ended" },
  basis: '民法典第三十九条（监护关系终止）、第一百七十三条（委托代理终止）',
  findings: ['C9'],
  needs: { zh: '收款人文书的止期', en: 'end of the payee’s document' },
  explanation: {
    zh: '监护或委托文书到期后不再向其支付',
    en: 'nobody is paid for another after the document has ended',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ payee }) =>
    payee.ended
      ? {
          zh: '收款人的监护或委托文书已到期：请核实，续期或另定收款人后重新核算',
          en: 'the document by which the payee receives has ended: renew it or name another payee, then recompute',
        }
      : undefined,
};

/**
 * 收款人已离户: a former head who is paid until the new one is confirmed, or a member who represents a household, and who belongs to it no
 * more. The money waits until somebody of the household is confirmed as payee.
 */
export const payeeLeft: Control = {
  code: 'payee-left',
  names: { zh: '收款人已不是家庭成员', en: 'the payee has left the household' },
  basis: '财办〔2020〕37号：补贴到人到户；按户发放的由户主或家庭成员领取',
  findings: ['C9'],
  needs: { zh: '家庭成员', en: 'members of the household' },
  explanation: {
    zh: '以家庭成员身份领取的人已离户：另定收款人',
    en: 'who received as a member of the household has left it: name another payee',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ payee, subject }) =>
    payee.asMember && subject.members?.every(({ person }) => person !== payee.key)
      ? {
          zh: '收款人已不是该家庭成员：请确认新户主领取或另定收款人后重新核算',
          en: 'the payee is no member of the household any more: confirm the new head or name another payee, then recompute',
        }
      : undefined,
};

/**
 * 先前给付的收款人不同: an enrolment has one payee, and the next grant named another before this one was paid. Two people look whether
 * what was granted to be paid to the former goes to the new one.
 */
export const payeeOfLaterGrant: Control = {
  code: 'payee-of-later-grant',
  names: { zh: '先前给付的收款人不同', en: 'granted before this payee was named' },
  basis: '财办〔2020〕37号：补贴到人到户，不得代持、混用他人卡折',
  findings: ['C9'],
  needs: { zh: '给付决定和收款人', en: 'grants and payees' },
  explanation: {
    zh: '先前决定、尚未发放的给付，其收款人与后一笔给付所列的不同：核实后由两人放行',
    en: 'a grant not paid yet was for another payee than the next one names: two people let it go to the new one',
  },
  severity: 'hold',
  owner: 'street',
  check: ({ payee }) =>
    payee.laterThanGrant
      ? {
          zh: '其中有先前决定的给付，当时的收款人不是现在的收款人：请核实，可放行，或另行登记收款人后重新核算',
          en: 'part of it was granted when another was to receive it: verify, and override it or name the payee anew, then recompute',
        }
      : undefined,
};

/** 一人代领多人: one person receives for more people than policy allows, such as a member of staff of an institution on a private card. */
export const payeeOfMany: Control = {
  code: 'payee-of-many',
  names: { zh: '一人代领多人', en: 'one person receives for many' },
  basis: '财办〔2020〕37号：补贴到人到户，不得代持、混用他人卡折；审计常见问题：补贴打入他人账户',
  findings: ['C9'],
  needs: { zh: '代领关系', en: 'payees of all programmes' },
  explanation: {
    zh: '一人代领人数超过本地上限：核实，机构代养的改用对公账户',
    en: 'one person receives for more people than the place allows: verify, an institution has a corporate account',
  },
  parameter: 'payeeWardsMax',
  severity: 'hold',
  owner: 'preparer',
  check: ({ payee }) => {
    const { wards } = payee;
    return wards && wards.count > wards.max
      ? {
          zh: `收款人代领 ${wards.count} 名对象，超过本地上限 ${wards.max} 名：请核实，机构代养的改用机构对公账户，或申请放行`,
          en: `the payee receives for ${wards.count} beneficiaries, the limit here is ${wards.max}: verify, use the institution's corporate account, or propose an override`,
        }
      : undefined;
  },
};
