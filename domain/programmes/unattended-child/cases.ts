import type { ChildCase } from '../../children/case.ts';

const CHILD = [
  { kind: 'birth-date', value: '2015-03-05', from: '2015-03-05' },
  { kind: 'application', value: '2024-05-06', from: '2024-05-06' },
  { kind: 'decision', value: '2024-06-12/示例〔2024〕1号', from: '2024-06-12' },
  { kind: 'child-category', value: '120', from: '2024-06-12' },
] as const;

export const UNATTENDED_CHILD_CASES: readonly ChildCase[] = [
  {
    row: 'D3 北京, on 低保 with an own share of 750 + 362.50: topped up by 1737.50 (reading of 2019: 本人低保救助金额)',
    basis: 'derived',
    jurisdiction: '110000',
    facts: CHILD,
    dibao: [
      { of: 'child', component: 'base', yuan: '750.00' },
      { of: 'child', component: 'top-up', yuan: '362.50' },
      { of: 'other', component: 'base', yuan: '750.00' },
    ],
    months: { '2025-07': '1737.50', '2026-09': '1737.50' },
  },
  {
    row: 'D4 广州, full rate: 2976',
    basis: 'official',
    jurisdiction: '440100',
    facts: CHILD,
    months: { '2025-01': '2976.00' },
  },
  {
    row: '北京, full rate: as orphans, 2850 from 2025-07; 1800 before 2019-07 by the text of 2016',
    basis: 'official',
    jurisdiction: '110000',
    facts: [
      { kind: 'birth-date', value: '2010-03-05', from: '2010-03-05' },
      { kind: 'application', value: '2017-05-06', from: '2017-05-06' },
      { kind: 'decision', value: '2017-06-12/示例〔2017〕1号', from: '2017-06-12' },
      { kind: 'child-category', value: '120', from: '2017-06-12' },
    ],
    first: '2017-07',
    months: { '2017-06': '0.00', '2017-07': '1800.00', '2019-06': '1800.00', '2025-07': '2850.00' },
  },
  {
    row: '北京 2019, not confirmed yet and nobody cares for the child: interim aid at the full rate',
    basis: 'derived',
    jurisdiction: '110000',
    facts: [
      { kind: 'birth-date', value: '2015-03-05', from: '2015-03-05' },
      { kind: 'application', value: '2025-09-06', from: '2025-09-06' },
      { kind: 'interim-aid', value: 'yes', from: '2025-09-10' },
      { kind: 'decision', value: '2026-01-12/示例〔2026〕2号', from: '2026-01-12' },
    ],
    first: '2025-10',
    months: { '2025-09': '0.00', '2025-10': '2850.00', '2026-01': '2850.00', '2026-02': '2850.00' },
  },
];
