import type { Bilingual } from '../bilingual.ts';
import { birthday, type Month, type PlainDate } from '../calendar.ts';
import { latestFact } from '../register/facts.ts';
import { type Control, lastMonth } from './control.ts';
import type { IdentityFault } from './identity-fault.ts';

const WORDS: Readonly<Record<IdentityFault, Bilingual>> = {
  'fifteen-digits': {
    zh: '登记的是 15 位旧身份证号：请换成 18 位号码后重新核算，或申请放行',
    en: 'an old identity number of 15 digits is on record: replace it by the 18 characters and recompute, or propose an override',
  },
  malformed: {
    zh: '登记的身份证号不符合 GB 11643：请核对证件，更正后重新核算',
    en: 'the identity number on record does not follow GB 11643: check the card, correct it and recompute',
  },
  'birth-date': {
    zh: '登记的出生日期与身份证号不一致：请核对证件，更正后重新核算，或申请放行',
    en: 'the birth date on record is not the one in the identity number: check the card, correct it and recompute, or propose an override',
  },
};

/** 身份信息矛盾: an old or impossible number, or a birth date that is not the one in it, of the subject or a covered member. */
export const identityConflict: Control = {
  code: 'identity-conflict',
  names: { zh: '身份证号有误或与出生日期矛盾', en: 'identity number wrong or at odds with the birth date' },
  basis: 'GB 11643-1999；审计常见问题：证件号与公安登记不符',
  findings: ['C14', 'C20'],
  needs: { zh: '身份证号和出生日期', en: 'identity numbers and birth dates' },
  explanation: {
    zh: '年龄决定资格和金额，出生日期须与证件一致；15 位旧号不再使用',
    en: 'age decides eligibility and amounts, so the birth date is that of the card; old numbers of 15 digits are not used any more',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'street',
  check: ({ subject }) => {
    const [fault] = subject.identityFaults ?? [];
    return fault && WORDS[fault];
  },
};

const ADULT = 18;

/** 未成年收款人: somebody under eighteen is paid, or receives for another; a guardian's account is named instead. */
export const minorPayee: Control = {
  code: 'minor-payee',
  names: { zh: '收款人未满 18 周岁', en: 'the payee is under eighteen' },
  basis: '民法典第十七条、第二十三条：未成年人由监护人代理',
  findings: ['C20'],
  needs: { zh: '收款人的出生日期', en: "the payee's birth date" },
  explanation: {
    zh: '未成年人的补助付入监护人账户，未成年人也不代领',
    en: 'what a minor receives goes to the guardian’s account, and a minor receives for nobody else',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'street',
  check: ({ payee, lines, period }) => {
    const born = payee.organisation ? undefined : latestFact(payee.facts, 'birth-date')?.value;
    if (born === undefined || !isMinor(born, lastMonth(lines), period?.knownOn)) return undefined;
    return {
      zh: '收款人未满 18 周岁：请登记监护人及其账户后重新核算，或申请放行',
      en: 'the payee is under eighteen: record the guardian and the guardian’s account and recompute, or propose an override',
    };
  },
};

/** On the day the run looks; where that is not known, on the first day of the last month paid. */
function isMinor(born: PlainDate, month: Month, knownOn: PlainDate | undefined): boolean {
  return birthday(born, ADULT, 'mar-1') > (knownOn ?? `${month}-01`);
}
