import { DISASTER_RELIEF_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { RELIEF_NAMES } from './labels.ts';
import { DISASTER_RELIEF_PARAMETERS, DisasterReliefFacts } from './parameters.ts';
import { workOutDisasterRelief } from './rules.ts';
import { disasterReliefRunRules } from './run-rules.ts';

const count = (cell: string | undefined) => (cell === undefined ? undefined : Number(cell));
const stated = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** 受灾人员救助: mostly one list of many after a disaster. The subject is the head of an affected household. */
export const disasterRelief: Programme = {
  ...disasterReliefRunRules,
  legalBasis: [
    { document: '国务院令第577号', title: '自然灾害救助条例' },
    { document: '国务院令第649号', title: '社会救助暂行办法', article: '第二十条至第二十六条' },
  ],
  parameters: DISASTER_RELIEF_PARAMETERS,
  components: RELIEF_NAMES,
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: DisasterReliefFacts,
    columns: DISASTER_RELIEF_COLUMNS,
    payee: 'person',
    counts: 'family',
    // However it was typed: a dot more or a wide figure makes no second disaster.
    occasion: (facts) =>
      (facts as DisasterReliefFacts).disaster.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, ''),
    fromRow: (row) =>
      stated({
        disaster: row['disaster'],
        occurredOn: row['occurredOn'],
        bereaved: count(row['bereaved']),
        evacuated: count(row['evacuated']),
        transition: count(row['transition']),
        transitionDays: count(row['transitionDays']),
        house: row['house'],
        drought: count(row['drought']),
        winterSpring: count(row['winterSpring']),
      }),
    workOut: workOutDisasterRelief,
  },
};
