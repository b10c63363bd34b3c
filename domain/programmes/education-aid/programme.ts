import { EDUCATION_COLUMNS } from '../../register/grant-columns.ts';
import type { Programme } from '../programme.ts';
import { EDUCATION_AID_PARAMETERS, EducationAidFacts } from './parameters.ts';
import { EDUCATION, workOutEducation } from './rules.ts';
import { educationAidRunRules } from './run-rules.ts';

/** 专项救助（教育）: for a school year, to pupils and students in need. */
export const educationAid: Programme = {
  ...educationAidRunRules,
  legalBasis: [{ document: '国务院令第649号', title: '社会救助暂行办法', article: '第三十三条至第三十六条' }],
  parameters: EDUCATION_AID_PARAMETERS,
  components: { [EDUCATION]: { zh: '教育救助', en: 'education aid' } },
  personFactKinds: [],
  enrolmentFactKinds: ['application'],
  grant: {
    schema: EducationAidFacts,
    columns: EDUCATION_COLUMNS,
    payee: 'person',
    occasion: (facts) => `school year ${(facts as EducationAidFacts).schoolYear}`,
    fromRow: (row) => ({
      schoolYear: Number(row['schoolYear']),
      stage: row['stage'],
      pupil: row['pupil'],
    }),
    workOut: workOutEducation,
  },
};
