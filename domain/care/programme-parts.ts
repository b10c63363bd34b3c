import type { Programme } from '../programmes/programme.ts';
import { CARE_COLUMNS } from './columns.ts';
import { type CareAmounts, decidedFor, whyNotEnded } from './decided.ts';

/** What the programmes of one decision on 特困人员救助供养 have in common beside their rules for runs. */
export function careProgrammeParts(
  amounts: CareAmounts,
): Pick<
  Programme,
  'legalBasis' | 'personFactKinds' | 'enrolmentFactKinds' | 'registerColumns' | 'propose' | 'whyNotEnded'
> {
  return {
    legalBasis: [
      { document: '国务院令第649号', title: '社会救助暂行办法', article: '第十四条至第十九条' },
      { document: '国发〔2016〕14号', title: '国务院关于进一步健全特困人员救助供养制度的意见' },
      { document: '民发〔2021〕43号', title: '特困人员认定办法' },
    ],
    personFactKinds: [
      'birth-date',
      'death-certified',
      'household-registration',
      'custody',
      'missing',
      'disability',
      'student',
      'self-care',
      'ability-assessment',
      'funeral-done',
    ],
    enrolmentFactKinds: ['application', 'stop', 'paid-elsewhere', 'care-setting', 'residence'],
    registerColumns: CARE_COLUMNS,
    propose: decidedFor(amounts),
    whyNotEnded,
  };
}
