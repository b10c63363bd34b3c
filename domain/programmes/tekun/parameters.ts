import { BASIC_PARAMETERS } from '../../care/basic-parameters.ts';
import { JOINT_PARAMETERS } from '../../care/joint-parameters.ts';
import { MONTHLY_PARAMETERS } from '../monthly-parameters.ts';

/** What a jurisdiction sets for 特困人员基本生活, and for everything that is decided with it. */
export const TEKUN_PARAMETERS = {
  ...BASIC_PARAMETERS,
  ...JOINT_PARAMETERS,
  stacking: MONTHLY_PARAMETERS.stacking,
} as const;
