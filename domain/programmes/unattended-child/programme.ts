import { childProgrammeParts } from '../../children/programme-parts.ts';
import type { Programme } from '../programme.ts';
import { unattendedChildRunRules } from './run-rules.ts';

/** 事实无人抚养儿童基本生活补贴: the full rate, or what another benefit leaves of it (补差, by the policy's stacking rules). */
export const unattendedChild: Programme = {
  ...unattendedChildRunRules,
  legalBasis: [
    { document: '民发〔2019〕62号', title: '民政部等十二部门关于进一步加强事实无人抚养儿童保障工作的意见' },
  ],
  ...childProgrammeParts({ zh: '事实无人抚养儿童基本生活补贴', en: 'living subsidy' }),
};
