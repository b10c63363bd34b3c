import { latestFact } from '../register/facts.ts';
import type { Control } from './control.ts';

/** 服务量不足: a project is paid only when it delivered the share of the contracted hours of service that the place asks for. */
export const serviceHours: Control = {
  code: 'service-hours',
  names: { zh: '服务时数不足', en: 'too few hours of service' },
  basis: '审计常见问题：服务时数低于合同约定仍全额付款；比例由本地政策规定',
  findings: ['C13'],
  needs: { zh: '按协议应完成和已完成的服务时数', en: 'hours of service due by contract and delivered' },
  explanation: {
    zh: '已登记的服务时数未达到已拨资金所对应的应完成时数的规定比例：补足并登记后再付，或核减',
    en: 'the hours on record fall short of the share that policy asks for of those due for the money paid so far: record the missing ones before it is paid, or reduce the grant',
  },
  parameter: 'serviceHoursMinimum',
  severity: 'hold',
  owner: 'preparer',
  check: ({ enrolment, policy }) => {
    const percent = policy?.serviceHoursMinimum;
    const said = latestFact(enrolment?.facts ?? [], 'service-hours')?.value;
    if (percent === undefined || said === undefined) return undefined;
    const [delivered = 0, due = 0] = said.split('/').map(Number);
    return delivered * 100 < due * percent
      ? {
          zh: `已完成服务 ${delivered} 小时，按协议应完成 ${due} 小时，未达到 ${percent}%：请补足并登记后再付`,
          en: `${delivered} of ${due} hours due were delivered, less than ${percent} %: record the missing ones before it is paid`,
        }
      : undefined;
  },
};
