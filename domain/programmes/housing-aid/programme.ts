import { HOUSING_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { HOUSING_AID_PARAMETERS, HousingAidFacts } from './parameters.ts';
import { HOUSING, workOutHousing } from './rules.ts';
import { housingAidRunRules } from './run-rules.ts';

/** 专项救助（住房）: for repairing or rebuilding the house of a household on low income. */
export const housingAid: Programme = {
  ...housingAidRunRules,
  legalBasis: [
    { document: '国务院令第649号', title: '社会救助暂行办法', article: '第三十七条至第四十一条' },
    { document: '建村〔2021〕35号', title: '关于做好农村低收入群体等重点对象住房安全保障工作的实施意见' },
  ],
  parameters: HOUSING_AID_PARAMETERS,
  components: { [HOUSING]: { zh: '住房救助', en: 'housing aid' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: HousingAidFacts,
    columns: HOUSING_COLUMNS,
    payee: 'person',
    counts: 'family',
    occasion: (facts) => {
      const { work, finishedOn } = facts as HousingAidFacts;
      return `${work} ${finishedOn.slice(0, 4)}`;
    },
    fromRow: (row) => ({
      work: row['work'],
      category: row['category'],
      finishedOn: row['finishedOn'],
      spend: row['spend'],
    }),
    workOut: workOutHousing,
  },
};
