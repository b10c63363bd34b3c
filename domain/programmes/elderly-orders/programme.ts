import { monthOf } from '../../calendar.ts';
import { ELDERLY_ORDERS_COLUMNS } from '../../register/elderly-columns.ts';
import type { Programme } from '../programme.ts';
import { ELDERLY_ORDERS_PARAMETERS, ElderlyOrderFacts } from './parameters.ts';
import { ORDERS, workOutOrder } from './rules.ts';
import { elderlyOrdersRunRules } from './run-rules.ts';

/** 养老服务订单结算: verified orders of services that a person has an allowance for, paid to who served. */
export const elderlyOrders: Programme = {
  ...elderlyOrdersRunRules,
  legalBasis: [
    {
      document: '中华人民共和国主席令第七十二号',
      title: '中华人民共和国老年人权益保障法',
      article: '第三十七条',
    },
  ],
  parameters: ELDERLY_ORDERS_PARAMETERS,
  components: { [ORDERS]: { zh: '养老服务订单', en: 'orders of elderly services' } },
  personFactKinds: ['death-certified', 'death-reported'],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: ElderlyOrderFacts,
    columns: ELDERLY_ORDERS_COLUMNS,
    payee: 'organisation',
    occasion: (facts) => (facts as ElderlyOrderFacts).order,
    settlement: {
      oncePer: 'organisation',
      accountMonth: (facts) => monthOf((facts as ElderlyOrderFacts).servedOn),
    },
    fromRow: ({ order, servedOn, service, hours, orderAmount }) => ({
      order,
      servedOn,
      service,
      ...(hours !== undefined && { hours }),
      ...(orderAmount !== undefined && { amount: orderAmount }),
    }),
    workOut: workOutOrder,
  },
};
