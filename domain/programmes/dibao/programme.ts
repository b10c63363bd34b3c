import type { Programme } from '../programme.ts';
import { DIBAO_PARAMETERS } from './parameters.ts';
import { BASE, TOP_UP } from './proposal.ts';
import { dibaoRunRules } from './run-rules.ts';
import { proposeSchedule } from './schedule.ts';

/**
 * 最低生活保障: what a household lacks to the place's standard. A month pays the determination in force; the rules here only
 * propose one (`propose`, `proposeSchedule`).
 */
export const dibao: Programme = {
  ...dibaoRunRules,
  legalBasis: [
    { document: '国务院令第649号', title: '社会救助暂行办法', article: '第九条至第十三条' },
    { document: '国务院令第271号', title: '城市居民最低生活保障条例' },
  ],
  parameters: DIBAO_PARAMETERS,
  components: {
    [BASE]: { zh: '低保金', en: 'base' },
    [TOP_UP]: { zh: '分类施保（增发）', en: 'top-ups' },
  },
  personFactKinds: [],
  enrolmentFactKinds: ['application', 'stop', 'paid-elsewhere'],
  propose: proposeSchedule,
};
