import type { Citation } from '../citation.ts';
import type { EnrolmentFactKind, PersonFactKind } from '../register/facts.ts';

export const DISABILITY_LAW: readonly Citation[] = [
  {
    document: '国发〔2015〕52号',
    title: '国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见',
  },
  { document: '民发〔2021〕70号', title: '关于进一步完善困难残疾人生活补贴和重度残疾人护理补贴制度的意见' },
];

export const DISABILITY_PERSON_FACTS: readonly PersonFactKind[] = [
  'birth-date',
  'death-certified',
  'identity-class',
  'household-registration',
  'registration-kind',
  'household',
  'custody',
  'missing',
  'disability',
  'disability-card',
  'regrading',
  'service-disability',
  'disability-hardship',
  'self-care',
  'work-injury-care',
  'employment',
  'incomes',
];

export const DISABILITY_ENROLMENT_FACTS: readonly EnrolmentFactKind[] = [
  'application',
  'decision',
  'federation-review',
  'income-report',
  'reapplication',
  'review',
  'stop',
  'paid-elsewhere',
];
