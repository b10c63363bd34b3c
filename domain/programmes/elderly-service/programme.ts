import { ELDERLY_SERVICE_COLUMNS } from '../../register/elderly-columns.ts';
import type { Programme } from '../programme.ts';
import { voucherOf } from '../voucher.ts';
import { ELDERLY_SERVICE_PARAMETERS } from './parameters.ts';
import { elderlyServiceRunRules } from './run-rules.ts';

/** 养老服务补贴: for elderly people who are poor or need care, by class and level; paid to the person, or given as services. */
export const elderlyService: Programme = {
  ...elderlyServiceRunRules,
  legalBasis: [
    {
      document: '中华人民共和国主席令第七十二号',
      title: '中华人民共和国老年人权益保障法',
      article: '第三十七条',
    },
  ],
  parameters: ELDERLY_SERVICE_PARAMETERS,
  components: {
    service: { zh: '养老服务补贴', en: 'service subsidy' },
    care: { zh: '护理补贴', en: 'care subsidy' },
    [voucherOf('service')]: { zh: '养老服务额度（不发现金）', en: 'allowance for services, never cash' },
    [voucherOf('care')]: { zh: '护理服务额度（不发现金）', en: 'allowance for care services, never cash' },
  },
  personFactKinds: [
    'birth-date',
    'death-certified',
    'identity-class',
    'care-level',
    'household-registration',
    'custody',
    'missing',
  ],
  enrolmentFactKinds: ['application', 'decision', 'service-class', 'stop', 'paid-elsewhere'],
  registerColumns: ELDERLY_SERVICE_COLUMNS,
};
