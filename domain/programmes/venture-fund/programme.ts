import type { Programme } from '../programme.ts';
import { VENTURE_PARAMETERS } from './parameters.ts';
import { ventureFundRunRules } from './run-rules.ts';

/** What a project is paid: tranches of its grant, and a bonus on top where the evaluation gives one. */
const TRANCHE = 'tranche';
const BONUS = 'bonus';

/**
 * 公益创投: projects of social organisations, paid in tranches by milestone. Funded from the welfare lottery and bought as a service; how
 * much, in which tranches and on what conditions is the place's.
 */
export const ventureFund: Programme = {
  ...ventureFundRunRules,
  legalBasis: [
    { document: '财政部令第102号', title: '政府购买服务管理办法' },
    { document: '财综〔2021〕18号', title: '彩票公益金管理办法' },
  ],
  parameters: VENTURE_PARAMETERS,
  components: {
    [TRANCHE]: { zh: '项目资助款（分期）', en: 'tranche of the grant' },
    [BONUS]: { zh: '考核奖励', en: 'bonus after evaluation' },
  },
  personFactKinds: [],
  enrolmentFactKinds: ['application', 'service-hours'],
};
