import type { Month, PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import type { EnrolmentFactKind, PersonFactKind } from '../register/facts.ts';

/** A fact in short: its kind, the day it holds from, its value. */
type Stated = readonly [kind: PersonFactKind | EnrolmentFactKind, validFrom: PlainDate, value: string];

/**
 * Worked examples (算例) of both disability subsidies for one person. `official` prints the amount for exactly these inputs;
 * `official-2nd` was read through a summary that cites the official address; `derived` applies an official rule to invented inputs.
 */
export type DisabilityCase = {
  readonly row: string;
  readonly basis: 'official' | 'official-2nd' | 'derived';
  readonly jurisdiction: JurisdictionCode;
  readonly applied: PlainDate;
  readonly facts: readonly Stated[];
  /** Policy decided after this day is not seen; the last day there is when absent. */
  readonly knownOn?: PlainDate;
  /** Yuan due by month; absent for a subsidy that the row does not speak of. */
  readonly months: Readonly<Record<Month, { readonly living?: string; readonly nursing?: string }>>;
};

const card = (grade: string): Stated => ['disability', '2015-01-01', grade];
const DIBAO: Stated = ['identity-class', '2015-01-01', 'dibao'];

export const DISABILITY_CASES: readonly DisabilityCase[] = [
  {
    row: 'E1 广州 2025: 209 / 280',
    basis: 'official',
    jurisdiction: '440100',
    applied: '2024-05-06',
    facts: [card('1:limb'), DIBAO],
    months: {
      '2025-01': { living: '209.00', nursing: '280.00' },
      '2025-12': { living: '209.00', nursing: '280.00' },
    },
  },
  {
    row: 'E2 广州 2026-01: 217 / 290',
    basis: 'official',
    jurisdiction: '440100',
    applied: '2024-05-06',
    facts: [card('2:visual'), DIBAO],
    months: {
      '2025-12': { living: '209.00', nursing: '280.00' },
      '2026-01': { living: '217.00', nursing: '290.00' },
      '2026-02': { living: '217.00', nursing: '290.00' },
    },
  },
  {
    row: 'E4 广州, dies 2026-05-20: May 507, June 0',
    basis: 'derived',
    jurisdiction: '440100',
    applied: '2024-05-06',
    facts: [card('1:limb'), DIBAO, ['death-certified', '2026-05-20', '2026-05-20']],
    months: {
      '2026-04': { living: '217.00', nursing: '290.00' },
      '2026-05': { living: '217.00', nursing: '290.00' },
      '2026-06': { living: '0.00', nursing: '0.00' },
    },
  },
  {
    row: 'E6 北京 低保, 1级肢体: 400 + 300',
    basis: 'official',
    jurisdiction: '110000',
    applied: '2017-03-01',
    facts: [card('1:limb'), DIBAO],
    months: { '2024-09': { living: '400.00', nursing: '300.00' } },
  },
  {
    row: '北京 低保, 3级肢体: 320, no care',
    basis: 'official',
    jurisdiction: '110000',
    applied: '2017-03-01',
    facts: [card('3:limb'), DIBAO],
    months: { '2024-09': { living: '320.00', nursing: '0.00' } },
  },
  {
    row: '北京 低收入, 2级: the 低保 standard, stepping with it, and 100',
    basis: 'derived',
    jurisdiction: '110000',
    applied: '2017-03-01',
    facts: [card('2:hearing'), ['identity-class', '2015-01-01', 'marginal']],
    months: {
      '2024-06': { living: '1395.00', nursing: '100.00' },
      '2024-07': { living: '1450.00', nursing: '100.00' },
    },
  },
  {
    row: '北京 无业 16–59, 4级: 200',
    basis: 'official',
    jurisdiction: '110000',
    applied: '2017-03-01',
    facts: [
      card('4:speech'),
      ['birth-date', '1990-05-20', '1990-05-20'],
      ['employment', '2015-01-01', 'none'],
    ],
    months: { '2024-09': { living: '200.00', nursing: '0.00' } },
  },
  {
    row: '北京 老年人, own income 900: 1450 − 900',
    basis: 'derived',
    jurisdiction: '110000',
    applied: '2017-03-01',
    facts: [
      card('2:limb'),
      ['birth-date', '1950-05-20', '1950-05-20'],
      ['employment', '2015-01-01', 'none'],
      ['incomes', '2015-01-01', 'basic-pension:900.00:month'],
    ],
    months: { '2024-06': { living: '495.00' }, '2024-07': { living: '550.00' } },
  },
  {
    row: '北京 under 16, 1级: 300, and care 300',
    basis: 'official',
    jurisdiction: '110000',
    applied: '2020-03-01',
    facts: [
      card('1:mental'),
      ['birth-date', '2012-05-20', '2012-05-20'],
      ['employment', '2020-01-01', 'none'],
    ],
    months: { '2024-09': { living: '300.00', nursing: '300.00' } },
  },
  {
    row: 'E9 上海 2025-07, 低保, 1级: 450 + 350',
    basis: 'official-2nd',
    jurisdiction: '310000',
    applied: '2024-03-01',
    facts: [card('1:limb'), DIBAO],
    months: { '2025-07': { living: '450.00', nursing: '350.00' } },
  },
  {
    row: '上海 边缘, 3级智力: 320 + 180',
    basis: 'official-2nd',
    jurisdiction: '310000',
    applied: '2024-03-01',
    facts: [
      card('3:intellectual'),
      ['identity-class', '2015-01-01', 'marginal'],
      ['birth-date', '2000-05-20', '2000-05-20'],
      ['employment', '2020-01-01', 'employed:2600.00'],
    ],
    months: { '2025-07': { living: '320.00', nursing: '180.00' } },
  },
  {
    row: 'E10 湖北(黄石港) 2026-01, 低保, 2级: 110 + 125',
    basis: 'official-2nd',
    jurisdiction: '420202',
    applied: '2019-03-01',
    facts: [card('2:limb'), DIBAO],
    months: {
      '2025-12': { living: '50.00', nursing: '100.00' },
      '2026-01': { living: '110.00', nursing: '125.00' },
    },
  },
  {
    row: 'E10 湖北(黄石港) before the document of 2026-03-25 was there: 50 + 100',
    basis: 'official-2nd',
    jurisdiction: '420202',
    applied: '2019-03-01',
    knownOn: '2026-03-24',
    facts: [card('2:limb'), DIBAO],
    months: { '2026-01': { living: '50.00', nursing: '100.00' } },
  },
  {
    row: 'E11 河北(沧州) 2025-01, 低保, 1级: 106 + 100 (2024: 96 + 90)',
    basis: 'official-2nd',
    jurisdiction: '130903',
    applied: '2019-03-01',
    facts: [card('1:limb'), DIBAO],
    months: {
      '2024-12': { living: '96.00', nursing: '90.00' },
      '2025-01': { living: '106.00', nursing: '100.00' },
      '2025-02': { living: '106.00', nursing: '100.00' },
    },
  },
  {
    row: 'E12 四川(巴州) 2024, 低保, 2级: 100 + 80',
    basis: 'official-2nd',
    jurisdiction: '511902',
    applied: '2023-03-01',
    facts: [card('2:limb'), DIBAO],
    months: { '2024-07': { living: '100.00', nursing: '80.00' } },
  },
  {
    row: '四川(巴州) 2024, 低保, 1级: 100 + 110',
    basis: 'official-2nd',
    jurisdiction: '511902',
    applied: '2023-03-01',
    facts: [card('1:limb'), DIBAO],
    months: { '2024-07': { living: '100.00', nursing: '110.00' } },
  },
  {
    row: 'E13 湖南: 100 + 100 known in January 2026, 110 + 110 from the document of February on',
    basis: 'derived',
    jurisdiction: '430000',
    applied: '2025-03-01',
    facts: [card('1:limb'), DIBAO],
    months: {
      '2025-12': { living: '100.00', nursing: '100.00' },
      '2026-01': { living: '110.00', nursing: '110.00' },
    },
  },
  {
    row: 'B5 the person of B1 (特困) holds a 1级 card: both 0',
    basis: 'derived',
    jurisdiction: '440100',
    applied: '2024-05-06',
    facts: [card('1:limb'), ['identity-class', '2015-01-01', 'tekun']],
    months: { '2025-01': { living: '0.00', nursing: '0.00' } },
  },
  {
    row: 'E14 浙江(海曙, sample S): 30 % of 1130 through 2025-06, of 1185 from 2025-07',
    basis: 'derived',
    jurisdiction: '330203',
    applied: '2024-07-06',
    facts: [card('1:limb'), DIBAO, ['self-care', '2020-01-01', 'none']],
    months: {
      '2025-06': { living: '339.00', nursing: '500.00' },
      '2025-07': { living: '355.50', nursing: '500.00' },
    },
  },
  {
    row: '福建 2025, 低保, 1级: 121 + 145; 2级 not poor: 85',
    basis: 'official-2nd',
    jurisdiction: '350000',
    applied: '2024-05-06',
    facts: [
      card('1:limb'),
      DIBAO,
      ['identity-class', '2025-05-10', 'none'],
      ['disability', '2025-05-10', '2:limb'],
    ],
    months: {
      '2025-01': { living: '121.00', nursing: '145.00' },
      '2025-07': { living: '0.00', nursing: '85.00' },
    },
  },
  {
    row: '山西 2026, 3级精神: 61; 低保: 122',
    basis: 'official-2nd',
    jurisdiction: '140000',
    applied: '2025-05-06',
    facts: [card('3:mental'), DIBAO],
    months: { '2026-01': { living: '122.00', nursing: '61.00' } },
  },
  {
    row: '江苏: 低保 severe 30 % of 710, care 130 urban',
    basis: 'derived',
    jurisdiction: '321281',
    applied: '2024-05-06',
    facts: [card('1:limb'), DIBAO, ['registration-kind', '1960-01-01', 'urban']],
    months: { '2025-01': { living: '213.00', nursing: '130.00' } },
  },
  {
    row: '江苏: not 低保, 一户多残, rural: 60 % of 710, care 90',
    basis: 'derived',
    jurisdiction: '321281',
    applied: '2024-05-06',
    facts: [
      card('2:limb'),
      ['registration-kind', '1960-01-01', 'rural'],
      ['disability-hardship', '2024-01-01', 'several-disabled'],
      ['employment', '2015-01-01', 'flexible:300.00'],
      ['incomes', '2015-01-01', ''],
    ],
    months: { '2025-01': { living: '426.00', nursing: '90.00' } },
  },
];
