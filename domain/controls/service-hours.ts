import { latestFact } from '../register/facts.ts';
import type { Control } from './control.ts';

/** 服务量不足: a project is paid only when it delivered the share of the contracted hours of service that the place asks for. */
export const serviceHours: Control = {
  code: 'service-hours',
  names: { zh: '服务时数不足', en: 'too few hours of service' },
  basis: '审计常见问题：服务时数低于合同约定仍全额付款；比例由本地政策规定',
  findings: ['C13'],
  needs: { zh: '合同约定和已完成的服务时数', en: 'hours of service contracted and delivered' },
  explanation: {
    zh: '已登记的服务时数未达到合同约定的规定比例：补足并登记后再付，或核减',
    en: 'the hours on record fall short of the share of the contract that policy asks for: record the missing ones before it is paid, or reduce the grant',
  },
  parameter: 'serviceHoursMinimum',
  severity: 'hold',
  owner: 'preparer',
  check: ({ enrolment, policy }) => {
    const percent = policy?.serviceHoursMinimum;
    const said = latestFact(enrolment?.facts ?? [], 'service-hours')?.value;
    if (percent === undefined || said === undefined) return undefined;
    const [delivered = 0, contracted = 0] = said.split('/').map(Number);
    return delivered * 100 < contracted * percent
      ? {
          zh: `已完成服务 ${delivered} 小时，合同约定 ${contracted} 小时，未达到 ${percent}%：请补足并登记后再付`,
          en: `${delivered} of ${contracted} contracted hours were delivered, less than ${percent} %: record the missing ones before it is paid`,
        }
      : undefined;
  },
};
