import type { Month } from '../../calendar.ts';
import type { JurisdictionCode } from '../../ids.ts';

/** Worked examples (算例): published amounts on invented persons. `class` is an identity class or the place's own. */
export type ElderlyServiceCase = {
  readonly row: string;
  readonly jurisdiction: JurisdictionCode;
  readonly class: string;
  readonly level?: string;
  readonly month: Month;
  /** Yuan for the month, by component. */
  readonly due: Readonly<Record<string, string>>;
};

const beijing = { jurisdiction: '110000', month: '2024-09' } as const;
const shanghai = { jurisdiction: '310000', month: '2025-09' } as const;
const level = (of: string, row: string, yuan: string, named: string): ElderlyServiceCase => ({
  ...shanghai,
  row,
  class: of,
  level: named,
  due: { 'service-voucher': yuan },
});

export const ELDERLY_SERVICE_CASES: readonly ElderlyServiceCase[] = [
  { ...beijing, row: '北京, 低保: 300', class: 'dibao', due: { service: '300.00' } },
  { ...beijing, row: '北京, low income: 200', class: 'marginal', due: { service: '200.00' } },
  { ...beijing, row: '北京, 计划生育特殊家庭: 100', class: 'special-family', due: { service: '100.00' } },
  { ...beijing, row: '北京, no class: nothing', class: 'none', due: {} },
  {
    ...beijing,
    row: '北京, care of the first tier: 600',
    class: 'none',
    level: '1',
    due: { care: '600.00' },
  },
  {
    ...beijing,
    row: '北京, care of the second tier: 400',
    class: 'none',
    level: '2',
    due: { care: '400.00' },
  },
  {
    ...beijing,
    row: '北京, care of the third tier: 200',
    class: 'none',
    level: '3',
    due: { care: '200.00' },
  },
  {
    ...beijing,
    row: '北京, 低保 with care of the second tier: both',
    class: 'dibao',
    level: '2',
    due: { service: '300.00', care: '400.00' },
  },
  level('dibao', '上海, 低保, level 1: 1110', '1110.00', '1'),
  level('dibao', '上海, 低保, level 3: 1036', '1036.00', '3'),
  level('dibao', '上海, 低保, level 6: 740', '740.00', '6'),
  level('marginal', '上海, low income, level 1: 888', '888.00', '1'),
  level('marginal', '上海, low income, level 4: 740', '740.00', '4'),
  level('marginal', '上海, low income, level 5: 444', '444.00', '5'),
  { ...shanghai, row: '上海, 低保 without a level: nothing', class: 'dibao', due: {} },
  { ...shanghai, row: '上海, no class, level 2: nothing', class: 'none', level: '2', due: {} },
];
