import { oneOf, pastDate } from '../register/column-words.ts';
import { orWithdrawn, type ProgrammeColumns } from '../register/fact-columns.ts';
import { HOUSEHOLD_COLUMNS } from '../register/household-columns.ts';
import type { RowValues } from '../register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { ABILITY_LEVELS, ACTIVITIES } from './self-care.ts';

const ACTIVITY_WORDS: Readonly<Record<string, string>> = {
  吃饭: 'eating',
  穿衣: 'dressing',
  上下床: 'transfer',
  如厕: 'toilet',
  室内行走: 'walking',
  洗澡: 'bathing',
  ...Object.fromEntries(ACTIVITIES.map((word) => [word, word])),
};
const LEVEL_WORDS: Readonly<Record<string, string>> = {
  能力完好: 'intact',
  轻度失能: 'light',
  中度失能: 'moderate',
  重度失能: 'severe',
  ...Object.fromEntries(ABILITY_LEVELS.map((word) => [word, word])),
};
const NOTHING_LOST = ['无', '均能完成', 'none'];

const setting = oneOf('invalid/care-setting', {
  集中: 'institution',
  集中供养: 'institution',
  分散: 'family',
  分散供养: 'family',
  institution: 'institution',
  family: 'family',
});
const selfCare = oneOf('invalid/self-care', {
  全自理: 'full',
  半护理: 'half',
  半自理: 'half',
  全护理: 'none',
  full: 'full',
  half: 'half',
  none: 'none',
});
const residence = oneOf('invalid/residence', {
  城镇: 'urban',
  城市: 'urban',
  农村: 'rural',
  urban: 'urban',
  rural: 'rural',
});

/** A level (能力完好…重度失能), or the activities that are not managed, joined by 、 or "," (无 for none). */
function ability(cell: string): Result<string> {
  const level = LEVEL_WORDS[cell];
  if (level) return ok(`level:${level}`);
  if (NOTHING_LOST.includes(cell.toLowerCase())) return ok('adl:');
  const said = cell.split(/[、,，;；]/).map((word) => ACTIVITY_WORDS[word.trim()]);
  const known = said.filter((word) => word !== undefined);
  if (known.length === said.length && new Set(known).size === known.length)
    return ok(`adl:${known.sort().join(',')}`);
  return refuse(
    refusal(
      'invalid/ability-assessment',
      '能力评估填等级（能力完好、轻度失能、中度失能、重度失能），或不能完成的活动，用顿号相连（吃饭、穿衣、上下床、如厕、室内行走、洗澡），均能完成的填“无”',
      'an assessment is a level (intact, light, moderate, severe) or the activities not managed (eating, dressing, transfer, toilet, walking, bathing), "none" where all are',
    ),
  );
}

/** Kind and grade of the card: `2:limb`. */
function disability(cells: RowValues): Result<string> {
  const [kind, grade] = [cells['disabilityKind'], cells['disabilityGrade']];
  return kind && grade
    ? ok(`${grade}:${kind}`)
    : refuse(
        refusal(
          'invalid/disability',
          '残疾类别和残疾等级须同时填写',
          'the kind of disability and its grade go together',
        ),
      );
}

/** Columns of the register sheet of 特困人员救助供养. All of them may be left out. */
export const CARE_COLUMNS: ProgrammeColumns = {
  residence: {
    zh: '城乡类别',
    en: 'Residence',
    example: '农村',
    parse: residence,
    fact: { of: 'enrolment', kind: 'residence', from: 'first-known' },
  },
  careSetting: {
    zh: '供养方式',
    en: 'Care setting',
    example: '分散',
    parse: setting,
    fact: { of: 'enrolment', kind: 'care-setting', from: { column: 'careSettingFrom' } },
  },
  careSettingFrom: {
    zh: '供养方式自',
    en: 'Setting from',
    content: 'date',
    example: '2026-01-12',
    parse: pastDate,
  },
  selfCare: {
    zh: '自理能力认定',
    en: 'Self-care',
    aliases: ['照料护理档次'],
    example: '半护理',
    parse: selfCare,
    fact: { of: 'person', kind: 'self-care', from: { column: 'assessedOn' } },
  },
  ability: {
    zh: '能力评估',
    en: 'Assessment of ability',
    parse: ability,
    fact: { of: 'person', kind: 'ability-assessment', from: { column: 'assessedOn' } },
  },
  assessedOn: {
    zh: '认定评估日期',
    en: 'Assessed on',
    content: 'date',
    example: '2026-01-12',
    parse: pastDate,
  },
  disabilityKind: {
    ...HOUSEHOLD_COLUMNS.disabilityKind,
    fact: { of: 'person', kind: 'disability', from: 'first-known', value: disability },
  },
  disabilityGrade: HOUSEHOLD_COLUMNS.disabilityGrade,
  student: {
    ...HOUSEHOLD_COLUMNS.student,
    fact: { of: 'person', kind: 'student', from: { column: 'studySince' } },
  },
  studySince: { zh: '在读阶段自', en: 'Study since', content: 'date', parse: pastDate },
  funeralDone: {
    zh: '丧葬办理完毕日期',
    en: 'Funeral done on',
    content: 'date',
    parse: orWithdrawn(pastDate),
    fact: { of: 'person', kind: 'funeral-done', from: 'stated' },
  },
};
