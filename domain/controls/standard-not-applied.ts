import { determinedFor } from '../register/determination.ts';
import { type Control, lastMonth } from './control.ts';

/** 未按新标准核定: the standard that governs the month paid was decided after the determination that is paid. */
export const standardNotApplied: Control = {
  code: 'standard-not-applied',
  names: { zh: '核定早于现行标准', en: 'determined before the standard in force' },
  basis: '审计常见问题：未按标准发放（惠来2022）；社会救助暂行办法第十三条',
  findings: ['C7'],
  needs: { zh: '核定和政策库', en: 'determinations and the policy book' },
  explanation: {
    zh: '发放月份的标准在现行核定之后才决定：请批量调标或复核，确认金额是否应调整',
    en: 'the standard of the month was decided after the determination in force: change the standard for all, or review this one',
  },
  parameter: 'controlsOn',
  severity: 'warn',
  owner: 'preparer',
  check: ({ lines, standard, subject }) => {
    const inForce = determinedFor(subject.determinations ?? [], lastMonth(lines))?.determination;
    if (!standard || !inForce) return undefined;
    const looked = inForce.issuedOn ?? '';
    const known = looked > inForce.decidedOn ? looked : inForce.decidedOn;
    return known < standard.decidedOn
      ? {
          zh: `现行核定（${inForce.decidedOn}）早于${standard.document}（${standard.decidedOn}）规定的标准：请批量调标或复核`,
          en: `the determination of ${inForce.decidedOn} is older than the standard of ${standard.document} (${standard.decidedOn}): change the standard for all, or review`,
        }
      : undefined;
  },
};
