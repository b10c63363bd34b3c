import type { ChildCase } from '../../children/case.ts';

const child = (birthDate: string, applied: string, decided: string) =>
  [
    { kind: 'birth-date', value: birthDate, from: birthDate },
    { kind: 'application', value: applied, from: applied },
    { kind: 'decision', value: `${decided}/示例〔2026〕1号`, from: decided },
  ] as const;
const of = (from: string, code: string) => ({ kind: 'child-category', value: code, from }) as const;

export const ORPHAN_CASES: readonly ChildCase[] = [
  {
    row: 'D1 北京, orphan: 2850 from 2025-07, by a document of 2026-01-14',
    basis: 'official',
    jurisdiction: '110000',
    facts: [...child('2015-03-05', '2024-05-06', '2024-06-12'), of('2024-06-12', '201')],
    first: '2024-07',
    months: { '2025-07': '2850.00', '2026-01': '2850.00', '2026-09': '2850.00' },
  },
  {
    row: 'D1 北京, foundling in an institution: 2850',
    basis: 'official',
    jurisdiction: '110000',
    facts: [...child('2019-03-05', '2024-05-06', '2024-06-12'), of('2024-06-12', '202')],
    months: { '2025-07': '2850.00' },
  },
  {
    row: '北京 2011, family 1400 and institution 1600',
    basis: 'official',
    jurisdiction: '110000',
    facts: [
      ...child('2000-03-05', '2011-05-06', '2011-05-20'),
      of('2011-05-20', '201'),
      { kind: 'child-category', value: '202', from: '2012-03-31' },
    ],
    first: '2011-06',
    months: { '2011-05': '0.00', '2011-06': '1400.00', '2012-03': '1400.00', '2012-04': '1600.00' },
  },
  {
    row: '北京 2016, at university when 18 in 2016-09: until the month of graduation',
    basis: 'derived',
    jurisdiction: '110000',
    facts: [
      ...child('1998-09-10', '2011-05-06', '2011-05-20'),
      of('2011-05-20', '202'),
      { kind: 'student', value: 'undergraduate', from: '2016-09-01' },
      { kind: 'student', value: '', from: '2020-06-30' },
    ],
    months: { '2016-09': '2000.00', '2016-10': '2000.00', '2019-06': '2000.00', '2020-07': '0.00' },
  },
  {
    row: 'D4 广州, orphan: 2976 from 2025-01',
    basis: 'official',
    jurisdiction: '440100',
    facts: [...child('2015-03-05', '2024-05-06', '2024-06-12')],
    months: { '2025-01': '2976.00', '2026-05': '2976.00' },
  },
  {
    row: 'D7 嘉祥, orphan approved in January 2026: 1987 from February',
    basis: 'official',
    jurisdiction: '370829',
    facts: [...child('2015-03-05', '2026-01-06', '2026-01-20')],
    first: '2026-02',
    months: { '2026-01': '0.00', '2026-02': '1987.00', '2026-12': '1987.00' },
  },
];
