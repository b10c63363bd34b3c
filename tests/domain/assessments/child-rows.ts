import type { Row } from './rows.ts';

const born = { id: 'child', birthDate: '2015-03-05' };
const orphan = (category: string) => ({
  person: born,
  enrolments: [{ programme: '孤儿基本生活费', facts: { 儿童类别: category } }],
});

/** Rows D: children. */
export const CHILD_ROWS: readonly Row[] = [
  ...['2025-06', '2025-07', '2026-09'].flatMap((month) => ({
    row: `D1 北京, orphan, ${month}`,
    place: '110000',
    months: month,
    given: orphan('201'),
    amounts: [month < '2025-07' ? '2450.00' : '2850.00'],
  })),
];
