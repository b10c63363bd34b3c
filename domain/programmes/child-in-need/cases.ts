import type { ChildCase } from '../../children/case.ts';

const child = (code: string) =>
  [
    { kind: 'birth-date', value: '2015-03-05', from: '2015-03-05' },
    { kind: 'application', value: '2024-05-06', from: '2024-05-06' },
    { kind: 'decision', value: '2024-06-12/示例〔2024〕1号', from: '2024-06-12' },
    { kind: 'child-category', value: code, from: '2024-06-12' },
  ] as const;

export const CHILD_IN_NEED_CASES: readonly ChildCase[] = [
  {
    row: 'D2 北京, disabled child of a family on 低保: 1140 on top of 低保',
    basis: 'derived',
    jurisdiction: '110000',
    facts: child('dibao-ill-disabled'),
    dibao: [
      { of: 'child', component: 'base', yuan: '750.00' },
      { of: 'child', component: 'top-up', yuan: '507.50' },
    ],
    months: { '2025-07': '1140.00' },
  },
  {
    row: '北京 2016, disabled child of a family on 低保: 40 % of 1800',
    basis: 'derived',
    jurisdiction: '110000',
    facts: [
      { kind: 'birth-date', value: '2010-03-05', from: '2010-03-05' },
      { kind: 'application', value: '2016-06-06', from: '2016-06-06' },
      { kind: 'decision', value: '2016-06-12/示例〔2016〕1号', from: '2016-06-12' },
      { kind: 'child-category', value: 'dibao-ill-disabled', from: '2016-06-12' },
    ],
    months: { '2016-06': '0.00', '2016-07': '720.00', '2019-06': '720.00' },
  },
  {
    row: '北京, infected with HIV: as orphans, 2850',
    basis: 'official',
    jurisdiction: '110000',
    facts: child('300'),
    months: { '2025-07': '2850.00' },
  },
  {
    row: '北京, rescued from trafficking and kept by an institution: as orphans, 2850',
    basis: 'official',
    jurisdiction: '110000',
    facts: child('199'),
    months: { '2025-07': '2850.00' },
  },
  {
    row: '北京, adopted disabled orphan: as orphans, 2850, although adopted',
    basis: 'official',
    jurisdiction: '110000',
    facts: [...child('adopted-disabled'), { kind: 'guardianship', value: 'adopted', from: '2024-01-10' }],
    months: { '2025-07': '2850.00' },
  },
];
