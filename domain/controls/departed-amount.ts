import { determinedFor } from '../register/determination.ts';
import { type Control, lastMonth } from './control.ts';

/** 核定与测算不一致: the amount decided is not the one the rules give; allowed with a reason, and shown to whoever approves. */
export const departedAmount: Control = {
  code: 'departed-amount',
  names: { zh: '核定金额与测算额不一致', en: 'decided otherwise than worked out' },
  basis: '审计常见问题：未按标准发放（惠来2022）；社会救助暂行办法第十三条',
  findings: ['C7'],
  needs: { zh: '核定及其测算额', en: 'determinations and what was proposed' },
  explanation: {
    zh: '现行核定金额不同于按政策测算的金额：审批时对照核定书所载理由',
    en: 'the determination in force is not what the rules gave: compare it with the reason in the written decision',
  },
  parameter: 'controlsOn',
  severity: 'warn',
  owner: 'preparer',
  check: ({ lines, subject }) => {
    const inForce = determinedFor(subject.determinations ?? [], lastMonth(lines));
    const departed = inForce?.span.derivation.find(({ code }) => code === 'departed');
    return departed
      ? {
          zh: `核定每月 ${departed.result} 元，测算额为每月 ${departed.inputs['proposed'] ?? ''} 元：请对照核定理由`,
          en: `${departed.result} yuan a month was decided, ${departed.inputs['proposed'] ?? ''} was worked out: compare the reason of the decision`,
        }
      : undefined;
  },
};
