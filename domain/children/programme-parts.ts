import type { Bilingual } from '../bilingual.ts';
import type { Programme } from '../programmes/programme.ts';
import { CHILD_COLUMNS } from './columns.ts';
import { CHILD_PARAMETERS } from './parameters.ts';
import { INTERIM_AID, LIVING, SETTLEMENT_AID } from './rules.ts';

/** What the programmes for children have in common beside their rules for runs; `living` is what each calls its monthly amount. */
export function childProgrammeParts(
  living: Bilingual,
): Pick<
  Programme,
  'parameters' | 'components' | 'personFactKinds' | 'enrolmentFactKinds' | 'registerColumns'
> {
  return {
    parameters: CHILD_PARAMETERS,
    components: {
      [LIVING]: living,
      [INTERIM_AID]: { zh: '临时生活补贴', en: 'interim aid' },
      [SETTLEMENT_AID]: { zh: '成年安置补助', en: 'aid at settlement as an adult' },
    },
    personFactKinds: [
      'birth-date',
      'death-certified',
      'household-registration',
      'custody',
      'missing',
      'student',
    ],
    enrolmentFactKinds: [
      'application',
      'decision',
      'stop',
      'paid-elsewhere',
      'next-review',
      'child-category',
      'care-setting',
      'guardianship',
      'interim-aid',
      'settled-adult',
    ],
    registerColumns: CHILD_COLUMNS,
  };
}
