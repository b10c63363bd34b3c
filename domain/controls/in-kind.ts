import { isVoucher } from '../programmes/voucher.ts';
import type { Control } from './control.ts';

/** 服务额度不发现金: what is given as services is settled with who served, by verified orders. */
export const inKind: Control = {
  code: 'in-kind',
  names: { zh: '服务额度不发现金', en: 'given as services, never as money' },
  basis: '养老服务补贴以服务方式提供的，凭核验的服务订单与服务单位结算，不得发放现金、不得套现',
  findings: ['C9'],
  needs: { zh: '补贴方式', en: 'how the subsidy is given' },
  explanation: {
    zh: '当地政策规定以服务方式提供：由服务单位的订单核验后结算，不发给本人',
    en: 'policy gives it as services: verified orders are settled to the companies, and nothing is paid to the person',
  },
  severity: 'block',
  owner: 'administrator',
  check: ({ lines }) =>
    lines.some(({ component }) => isVoucher(component))
      ? {
          zh: '本项为服务额度，不发现金：请按核验的服务订单与服务单位结算',
          en: 'this is an allowance for services and never money: settle verified orders with the companies',
        }
      : undefined,
};
