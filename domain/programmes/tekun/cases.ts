import type { Month, PlainDate } from '../../calendar.ts';
import type { CareSetting } from '../../care/person-case.ts';
import type { CareTier } from '../../care/self-care.ts';
import type { Residence } from '../../household/household-case.ts';
import type { JurisdictionCode } from '../../ids.ts';

/** Worked examples (算例): what a published text or a system in use pays for a month; yuan, or the code of a refusal. */
export type TekunCase = {
  readonly row: string;
  readonly basis: 'official' | 'derived' | 'field';
  readonly jurisdiction: JurisdictionCode;
  readonly month: Month;
  readonly residence?: Residence;
  readonly setting?: CareSetting;
  readonly tier?: CareTier;
  readonly birthDate?: PlainDate;
  readonly basic?: string;
  readonly pocketMoney?: string;
  readonly care?: string;
};

const GZ = { basis: 'official', month: '2025-01' } as const;
const LK = { basis: 'field', jurisdiction: '231025', month: '2026-08', setting: 'family' } as const;

export const TEKUN_CASES: readonly TekunCase[] = [
  { row: 'B1 广州天河: 2094.4', ...GZ, jurisdiction: '440106', basic: '2094.40' },
  { row: 'B1 广州天河 农村: 2094.4', ...GZ, jurisdiction: '440106', residence: 'rural', basic: '2094.40' },
  { row: 'B2 广州番禺 农村: 2512', ...GZ, jurisdiction: '440113', residence: 'rural', basic: '2512.00' },
  { row: '番禺 城镇: 2094.4', ...GZ, jurisdiction: '440113', residence: 'urban', basic: '2094.40' },
  { row: '番禺, residence unknown', ...GZ, jurisdiction: '440113', basic: 'missing/residence' },
  { row: '黄埔 农村: 2413', ...GZ, jurisdiction: '440112', residence: 'rural', basic: '2413.00' },
  { row: '南沙 农村: 2121', ...GZ, jurisdiction: '440115', residence: 'rural', basic: '2121.00' },
  {
    row: '番禺 农村, in an institution: a fifth is pocket money',
    ...GZ,
    basis: 'derived',
    jurisdiction: '440113',
    residence: 'rural',
    setting: 'institution',
    basic: '2009.60',
    pocketMoney: '502.40',
  },
  {
    row: 'the document ended on 2026-05-31: nothing is carried on',
    basis: 'derived',
    jurisdiction: '440106',
    month: '2026-06',
    basic: 'policy/gap',
  },
  {
    row: 'the same in a district with a level of its own',
    basis: 'derived',
    jurisdiction: '440113',
    month: '2026-06',
    residence: 'urban',
    basic: 'policy/gap',
  },
  { row: '林口 农村, 全自理', ...LK, residence: 'rural', tier: 'full', basic: '822.00', care: '191.00' },
  { row: '林口 农村, 半护理', ...LK, residence: 'rural', tier: 'half', basic: '822.00', care: '319.00' },
  { row: '林口 城镇, 全护理', ...LK, residence: 'urban', tier: 'none', basic: '1076.00', care: '478.00' },
  {
    row: '林口 before the standard began',
    ...LK,
    month: '2026-07',
    residence: 'rural',
    tier: 'half',
    basic: 'policy/gap',
    care: 'policy/gap',
  },
  {
    row: '林口 in an institution: nothing is published',
    ...LK,
    setting: 'institution',
    residence: 'rural',
    basic: 'policy/not-offered',
  },
  {
    row: '北京, shares of the minimum wage',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2025-08',
    tier: 'none',
    care: '1452.00',
  },
  {
    row: '北京 after the minimum wage rose',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2025-09',
    tier: 'none',
    care: '1524.00',
  },
];
