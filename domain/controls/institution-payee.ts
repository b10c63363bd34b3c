import { valueOn } from '../programmes/fact-history.ts';
import { type Control, lastMonth } from './control.ts';

/** 集中供养未发机构: an institution provides for the person, and the money would go to a private account. */
export const institutionPayee: Control = {
  code: 'institution-payee',
  names: { zh: '集中供养（机构养育）未发机构对公账户', en: 'an institution provides, and another is paid' },
  basis: '国发〔2016〕14号：集中供养的拨付供养服务机构；财办〔2020〕37号：不得代持、混用他人卡折',
  findings: ['C9', 'C10'],
  needs: { zh: '供养方式和收款人', en: 'who provides, and the payee' },
  explanation: {
    zh: '集中供养、机构养育的款项发机构对公账户；付给个人的，核实供养方式或更换收款人',
    en: 'what is for somebody in an institution goes to its corporate account: verify who provides, or name the institution as payee',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'street',
  check: ({ enrolment, lines, payee }) => {
    const setting = valueOn(enrolment?.facts ?? [], 'care-setting', `${lastMonth(lines)}-31`, '');
    return setting === 'institution' && !payee.organisation
      ? {
          zh: '登记为集中供养（机构养育），收款人却不是机构：请核实供养方式，或登记机构对公账户为收款人后重新核算',
          en: 'an institution provides by the register, and the payee is none: verify who provides, or name the institution as payee and recompute',
        }
      : undefined;
  },
};
