import { oneOf, pastDate } from '../../register/column-words.ts';
import type { ProgrammeColumns } from '../../register/fact-columns.ts';
import type { RowValues } from '../../register/sheets.ts';
import { ok, type Result, refusal, refuse } from '../../result.ts';
import type { Programme } from '../programme.ts';
import { VETERANS_CARE_PARAMETERS } from './parameters.ts';
import { ALLOWANCE, FUNERAL } from './rules.ts';
import { veteransCareRunRules } from './run-rules.ts';

function named(cell: string): Result<string> {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/preferential-class',
      '优抚对象类别应为政策库中的代码，例如 martyr-family',
      'the class is a code of the policy, e.g. martyr-family',
    ),
  );
}

function years(cell: string): Result<string> {
  if (/^[1-9]\d?$/.test(cell)) return ok(cell);
  return refuse(
    refusal(
      'invalid/service-years',
      '服役年数应为1至99的整数',
      'years of service are a whole number from 1 to 99',
    ),
  );
}

const withYears = (cells: RowValues): Result<string> =>
  ok([cells['preferentialClass'], cells['serviceYears']].filter((cell) => cell !== undefined).join(':'));

const COLUMNS: ProgrammeColumns = {
  preferentialClass: {
    zh: '优抚对象类别',
    en: 'Class of recipient',
    example: 'martyr-family',
    parse: named,
    fact: { of: 'enrolment', kind: 'preferential-class', from: { column: 'classSince' }, value: withYears },
  },
  serviceYears: { zh: '服役年数', en: 'Years of service', parse: years },
  classSince: { zh: '类别自', en: 'Class since', content: 'date', example: '2026-01-12', parse: pastDate },
  deathCause: {
    zh: '死亡原因',
    en: 'Cause of death',
    parse: oneOf('invalid/death-cause', {
      病故: 'illness',
      旧伤复发: 'old-injury',
      其他: 'other',
      illness: 'illness',
      'old-injury': 'old-injury',
      other: 'other',
    }),
    fact: { of: 'person', kind: 'death-cause', from: 'stated' },
  },
};

/** 优抚: 定期抚恤金、残疾抚恤金、生活补助. Not counted as income elsewhere (军人抚恤优待条例 第四条). */
export const veteransCare: Programme = {
  ...veteransCareRunRules,
  legalBasis: [
    {
      document: '军人抚恤优待条例（2024年修订）',
      title: '军人抚恤优待条例',
    },
  ],
  parameters: VETERANS_CARE_PARAMETERS,
  components: {
    [ALLOWANCE]: { zh: '定期抚恤补助', en: 'regular allowance' },
    [FUNERAL]: { zh: '丧葬补助', en: 'funeral aid' },
  },
  personFactKinds: [
    'birth-date',
    'death-certified',
    'death-cause',
    'household-registration',
    'custody',
    'missing',
  ],
  enrolmentFactKinds: ['application', 'decision', 'preferential-class', 'stop', 'paid-elsewhere'],
  registerColumns: COLUMNS,
};
