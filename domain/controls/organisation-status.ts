import { latestFact } from '../register/facts.ts';
import { isOrganisationStatus, STATUS_NAMES } from '../register/organisation-status.ts';
import type { Control } from './control.ts';

/** 单位状态异常: no money goes to an organisation that its registration authority lists, or has struck off. */
export const organisationStatus: Control = {
  code: 'organisation-status',
  names: { zh: '收款单位登记状态异常', en: 'the organisation paid is not in good standing' },
  basis:
    '社会组织信用信息管理办法（民政部令第60号）：活动异常名录、严重违法失信名单及惩戒措施；资助协议以登记状态正常为付款条件',
  findings: ['C8'],
  needs: {
    zh: '收款单位的登记状态及来源',
    en: 'standing of organisations that receive, and where it is from',
  },
  explanation: {
    zh: '收款单位被列入活动异常名录或严重违法失信名单，或已注销：移出名录并登记后再付',
    en: 'the organisation is listed for abnormal activity or as seriously unlawful, or was cancelled: record that it left the list before it is paid',
  },
  severity: 'hold',
  owner: 'preparer',
  check: ({ payee }) => {
    const status = payee.organisation && latestFact(payee.facts, 'organisation-status')?.value;
    if (status === undefined || status === 'normal' || !isOrganisationStatus(status)) return undefined;
    const { zh, en } = STATUS_NAMES[status];
    return {
      zh: `收款单位登记状态为“${zh}”：恢复正常并登记状态后再付，或按规定终止`,
      en: `the organisation paid is ${en}: record that it is in good standing again before it is paid, or end the grant`,
    };
  },
};
