import type { Control } from './control.ts';

/** 示例标准: an amount that rests on a sample parameter is for demonstrations only. */
export const sampleValue: Control = {
  code: 'sample-value',
  names: { zh: '依据示例标准', en: 'rests on a sample value' },
  basis: '政策库：标为示例的标准不得用于实际发放',
  findings: ['C7'],
  needs: { zh: '政策库', en: 'the policy book' },
  explanation: {
    zh: '依据示例标准的金额不能实际发放',
    en: 'an amount that rests on a sample value is never paid for real',
  },
  severity: 'block',
  owner: 'administrator',
  check: ({ sample, demoMode }) =>
    sample && !demoMode
      ? {
          zh: '本笔依据的标准标为“示例”，不能实际发放：请导入正式标准',
          en: 'this amount rests on a value marked as a sample: import the published one',
        }
      : undefined,
};
