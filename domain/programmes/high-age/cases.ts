import type { Month, PlainDate } from '../../calendar.ts';
import type { JurisdictionCode } from '../../ids.ts';
import type { IdentityClass } from './identity-classes.ts';

/**
 * Worked examples (算例). `official` prints the amount for exactly these inputs; `derived` applies an official rule to
 * invented inputs; `field` is what a system in use pays. Birth dates are invented where the text names only an age.
 */
export type HighAgeCase = {
  readonly row: string;
  readonly basis: 'official' | 'derived' | 'field';
  readonly jurisdiction: JurisdictionCode;
  readonly birthDate: PlainDate;
  readonly applied: PlainDate;
  readonly identity?: { readonly value: IdentityClass; readonly from: PlainDate };
  /** First month of entitlement, where the example names it. */
  readonly first?: Month;
  /** Yuan due for single months. */
  readonly months?: Readonly<Record<Month, string>>;
  /** Yuan due in all from the first month through this one. */
  readonly total?: { readonly through: Month; readonly yuan: string };
};

export const HIGH_AGE_CASES: readonly HighAgeCase[] = [
  {
    row: 'C1 北京, age 85: 100',
    basis: 'official',
    jurisdiction: '110000',
    birthDate: '1939-05-20',
    applied: '2019-10-08',
    months: { '2024-09': '100.00' },
  },
  {
    row: 'C2 北京, age 95: 500',
    basis: 'official',
    jurisdiction: '110000',
    birthDate: '1929-05-20',
    applied: '2019-10-08',
    months: { '2024-09': '500.00' },
  },
  {
    row: 'C3 北京, age 101: 800',
    basis: 'official',
    jurisdiction: '110000',
    birthDate: '1923-05-20',
    applied: '2019-10-08',
    months: { '2024-09': '800.00' },
  },
  {
    row: 'C4 北京, 80 on 2024-09-20, applies 2024-11-05: from 2024-09, 300 by November',
    basis: 'derived',
    jurisdiction: '110000',
    birthDate: '1944-09-20',
    applied: '2024-11-05',
    first: '2024-09',
    months: { '2024-08': '0.00', '2024-09': '100.00' },
    total: { through: '2024-11', yuan: '300.00' },
  },
  {
    row: 'C7 林口, other class, born 1944-10-05, registered 2026-03: back pay 425',
    basis: 'field',
    jurisdiction: '231025',
    birthDate: '1944-10-05',
    applied: '2026-03-10',
    first: '2024-11',
    months: { '2024-10': '0.00', '2024-11': '25.00', '2026-03': '25.00' },
    total: { through: '2026-03', yuan: '425.00' },
  },
  {
    row: 'C9 林口, other class, born 1936-01-31: 25 to 2026-01, 100 from 2026-02',
    basis: 'field',
    jurisdiction: '231025',
    birthDate: '1936-01-31',
    applied: '2024-10-08',
    months: { '2025-12': '25.00', '2026-01': '25.00', '2026-02': '100.00' },
  },
  {
    row: 'C9 林口, 低保, born 1936-01-31: 100 to 2026-01, 100 from 2026-02',
    basis: 'field',
    jurisdiction: '231025',
    birthDate: '1936-01-31',
    applied: '2024-10-08',
    identity: { value: 'dibao', from: '2020-01-01' },
    months: { '2026-01': '100.00', '2026-02': '100.00' },
  },
];
