import { RUN_RULES } from '../programmes/run-rules.ts';
import type { Control } from './control.ts';

/** 疑似重复: somebody of the same name and birth date is in the programme under another number. */
export const possibleDuplicate: Control = {
  code: 'possible-duplicate',
  names: { zh: '疑似重复享受', en: 'possibly enrolled twice' },
  basis: '审计常见问题：同一费用重复支付（苍南2025）',
  findings: ['C4', 'C5'],
  needs: { zh: '姓名、出生日期和本项目在册对象', en: 'names, birth dates and enrolments of the programme' },
  explanation: {
    zh: '本项目中另有姓名和出生日期相同而身份证号不同的在册对象：核实是否同一人',
    en: 'another enrolment of the programme has the same name and birth date under another number: verify whether it is one person',
  },
  parameter: 'controlsOn',
  severity: 'hold',
  owner: 'street',
  check: ({ subject }) =>
    subject.twins
      ? {
          zh: `本项目另有 ${subject.twins} 名姓名和出生日期相同、证号不同的在册对象：请核实是否同一人，是则停发其一，否则申请放行`,
          en: `${subject.twins} other enrolment(s) of the programme have the same name and birth date under another number: if it is one person stop one of them, else propose an override`,
        }
      : undefined,
};

/** 不可兼得: the subject, or a covered member, stands enrolled in a programme that policy names as exclusive. */
export const exclusiveProgramme: Control = {
  code: 'exclusive-programme',
  names: { zh: '同时享受不可兼得的项目', en: 'in programmes that exclude each other' },
  basis: '审计常见问题：两个部门重复发放同类补贴（松阳2018）；不可同时享受的项目由本地政策规定',
  findings: ['C5'],
  needs: { zh: '各项目在册对象', en: 'enrolments of all programmes' },
  explanation: {
    zh: '对象或保障成员在政策规定不可同时享受的项目中在册：择一享受，停发另一项',
    en: 'the subject or a covered member stands enrolled in a programme that policy excludes: one of the two is stopped',
  },
  parameter: 'exclusiveWith',
  severity: 'hold',
  owner: 'preparer',
  check: ({ subject }) => {
    const others = subject.alsoIn ?? [];
    if (others.length === 0) return undefined;
    const names = others.map((id) => RUN_RULES[id]?.names ?? { zh: id, en: id });
    return {
      zh: `同时在册：${names.map(({ zh }) => zh).join('、')}，政策规定不可同时享受：请择一停发，或申请放行`,
      en: `enrolled in ${names.map(({ en }) => en).join(', ')} as well, which policy excludes: stop one of them, or propose an override`,
    };
  },
};
