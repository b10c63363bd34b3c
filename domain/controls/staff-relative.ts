import type { Control } from './control.ts';

/** 近亲属备案: shown to whoever signs; the member of staff concerned signs nothing in the run. */
export const staffRelative: Control = {
  code: 'staff-relative',
  names: { zh: '工作人员近亲属', en: 'relative of staff' },
  basis: '民发〔2021〕57号：经办人员、村（居）委会成员近亲属享受的单独登记备案',
  findings: ['C8'],
  needs: { zh: '近亲属备案', en: 'relatives declared by staff' },
  explanation: {
    zh: '对象、家庭成员或收款人是已备案的工作人员近亲属：重点复核，相关人员回避',
    en: 'the beneficiary, a member of the household or the payee is a declared relative of staff: look twice; the one concerned stands aside',
  },
  severity: 'warn',
  owner: 'preparer',
  check: ({ subject }) =>
    (subject.staffRelatives?.length ?? 0) > 0
      ? {
          zh: '涉及已备案的工作人员近亲属：请重点复核，备案人不得签批本批次',
          en: 'a declared relative of staff: look twice; whoever declared it signs nothing in this run',
        }
      : undefined,
};
