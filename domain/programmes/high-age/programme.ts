import type { Programme } from '../programme.ts';
import { HIGH_AGE_PARAMETERS } from './parameters.ts';
import { ALLOWANCE } from './rules.ts';
import { highAgeRunRules } from './run-rules.ts';

/** 高龄津贴: a monthly allowance by age, encouraged by the nation, set by the place. */
export const highAge: Programme = {
  ...highAgeRunRules,
  legalBasis: [
    {
      document: '中华人民共和国主席令第七十二号',
      title: '中华人民共和国老年人权益保障法',
      article: '第三十三条',
    },
  ],
  parameters: HIGH_AGE_PARAMETERS,
  components: { [ALLOWANCE]: { zh: '高龄津贴', en: 'high-age allowance' } },
  personFactKinds: [
    'birth-date',
    'death-certified',
    'identity-class',
    'household-registration',
    'custody',
    'missing',
  ],
  enrolmentFactKinds: ['application', 'stop', 'paid-elsewhere'],
};
