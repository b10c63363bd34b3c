import type { Month, PlainDate } from '../../calendar.ts';
import type { HouseholdCase, HouseholdMember, Income } from '../../household/household-case.ts';
import type { JurisdictionCode } from '../../ids.ts';

/**
 * Worked examples (算例) of one month. `official` prints the amount for exactly these inputs; `derived` applies an official rule
 * to invented inputs; `field` is what a system in use pays. Persons, birth dates and incomes are invented.
 */
export type DibaoCase = {
  readonly row: string;
  readonly basis: 'official' | 'derived' | 'field';
  readonly jurisdiction: JurisdictionCode;
  readonly month: Month;
  readonly knownOn: PlainDate;
  readonly household: HouseholdCase;
  /** Yuan; `topUp` 0.00 where there is none. */
  readonly base: string;
  readonly topUp: string;
  /** Whether it rests on an amount that was not read in an official text. */
  readonly sample: boolean;
};

/** A covered grown-up member without income, illness or disability, to be changed. */
function member(person: string, changes: Partial<HouseholdMember> = {}): HouseholdMember {
  return {
    person,
    relation: 'other',
    covered: true,
    birthDate: '1980-05-10',
    seriousIllness: false,
    pensionAge: false,
    reducedWorkCapacity: false,
    employment: { kind: 'none' },
    incomes: [],
    specialGroups: [],
    ...changes,
  };
}
/** Monthly income other than wages. */
const monthly = (amount: string): Income[] => [{ kind: 'transfer', amount, basis: 'month' }];

function household(members: readonly HouseholdMember[], changes: Partial<HouseholdCase> = {}): HouseholdCase {
  return {
    household: 'H00000000001',
    residence: 'urban',
    application: { kind: 'household' },
    members,
    incomes: [],
    obligors: [],
    spending: [],
    ...changes,
  };
}

const HEAD = member('P1', { relation: 'head' });
const SPOUSE = member('P2', { relation: 'spouse' });
const SIBLING = member('P3', { relation: 'sibling' });
const child = (birthDate: PlainDate) => member('P4', { relation: 'child', birthDate });
const THREE = [HEAD, SPOUSE, SIBLING];

export const DIBAO_CASES: readonly DibaoCase[] = [
  {
    row: 'A1 北京, three covered, non-wage income 2400: 1950.00',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2024-09',
    knownOn: '2024-09-20',
    household: household(THREE, { incomes: monthly('2400.00') }),
    base: '1950.00',
    topUp: '0.00',
    sample: false,
  },
  {
    row: 'A2 北京, father earns 2800, mother without income, child of 10: 2710.00 + 362.50',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2024-09',
    knownOn: '2024-09-20',
    household: household([
      { ...HEAD, employment: { kind: 'employed', monthly: '2800.00' } },
      { ...SPOUSE, birthDate: '1979-03-01' },
      child('2014-06-01'),
    ]),
    base: '2710.00',
    topUp: '362.50',
    sample: false,
  },
  {
    row: 'A5 北京, one severely disabled person without income: 1450.00 + 507.50',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2024-09',
    knownOn: '2024-09-20',
    household: household([{ ...HEAD, disability: { grade: 1, kind: 'limb' } }]),
    base: '1450.00',
    topUp: '507.50',
    sample: false,
  },
  {
    row: 'A7 北京, lone parent and child of 12, non-wage income 1800: 2550.00 + 362.50',
    basis: 'derived',
    jurisdiction: '110000',
    month: '2024-09',
    knownOn: '2024-09-20',
    household: household([HEAD, child('2012-06-01')], { incomes: monthly('1800.00') }),
    base: '2550.00',
    topUp: '362.50',
    sample: false,
  },
  {
    row: 'A12 广州, three covered, per capita 600: 2127.00',
    basis: 'derived',
    jurisdiction: '440100',
    month: '2025-06',
    knownOn: '2025-06-10',
    household: household(THREE, { incomes: monthly('1800.00') }),
    base: '2127.00',
    topUp: '0.00',
    sample: false,
  },
  {
    row: 'A13 广州, one person without income: 1309.00',
    basis: 'official',
    jurisdiction: '440100',
    month: '2025-01',
    knownOn: '2025-06-10',
    household: household([HEAD]),
    base: '1309.00',
    topUp: '0.00',
    sample: false,
  },
  {
    row: 'A17 上海, hardship from spending: 1950.00',
    basis: 'derived',
    jurisdiction: '310000',
    month: '2025-08',
    knownOn: '2025-08-10',
    household: household(THREE, {
      application: { kind: 'rigid-expenditure' },
      incomes: monthly('9000.00'),
      spending: [
        { kind: 'medical', amount: '4500.00', basis: 'month' },
        { kind: 'education', amount: '18000.00', basis: 'year' },
      ],
    }),
    base: '1950.00',
    topUp: '0.00',
    sample: true,
  },
  {
    row: 'A19 林口, 632 × 3 − 1894 rounded up once: 2.00, not 3.00',
    basis: 'field',
    jurisdiction: '231025',
    month: '2026-05',
    knownOn: '2026-05-10',
    household: household(THREE, { residence: 'rural', incomes: monthly('1894.00') }),
    base: '2.00',
    topUp: '0.00',
    sample: true,
  },
  {
    row: 'A21 林口, two entitled persons, the head for two reasons: 141.00 + 208.00',
    basis: 'field',
    jurisdiction: '231025',
    month: '2026-10',
    knownOn: '2026-10-08',
    household: household(
      [
        { ...HEAD, seriousIllness: true, birthDate: '1958-02-01' },
        { ...SPOUSE, birthDate: '1959-02-01' },
      ],
      { residence: 'rural', incomes: monthly('1123.00') },
    ),
    base: '141.00',
    topUp: '208.00',
    sample: true,
  },
  ...(['2026-03', '2026-04'] as const).map(
    (month): DibaoCase => ({
      row: `A22 林口, seriously ill member of a low-income family, ${month}`,
      basis: 'field',
      jurisdiction: '231025',
      month,
      knownOn: '2026-05-10',
      household: household(
        [
          { ...HEAD, seriousIllness: true },
          { ...SPOUSE, covered: false },
        ],
        {
          residence: 'rural',
          application: { kind: 'single-person', familyRecognisedMarginal: true },
        },
      ),
      base: month === '2026-03' ? '282.00' : '313.00',
      topUp: '0.00',
      sample: true,
    }),
  ),
  {
    row: 'A24 兴化, seriously ill member: 710.00 + 142.00 = 852.00',
    basis: 'field',
    jurisdiction: '321281',
    month: '2025-06',
    knownOn: '2025-06-10',
    household: household([{ ...HEAD, seriousIllness: true }]),
    base: '710.00',
    topUp: '142.00',
    sample: true,
  },
];
