import { CHILD_IN_NEED_CASES } from '../../../domain/programmes/child-in-need/cases.ts';
import { ORPHAN_CASES } from '../../../domain/programmes/orphan/cases.ts';
import { UNATTENDED_CHILD_CASES } from '../../../domain/programmes/unattended-child/cases.ts';
import type { Row } from './rows.ts';

const born = { id: 'child', birthDate: '2015-03-05' };
const orphan = (category: string) => ({
  person: born,
  enrolments: [{ programme: '孤儿基本生活费', facts: { 儿童类别: category } }],
});

/** The child and a grandmother on 低保, with what the decision gives each. */
const onDibao = (enrolment: object) => ({
  household: {
    residence: 'urban',
    members: [
      { id: 'grandmother', age: 66 },
      { ...born, relation: '孙子女' },
    ],
  },
  enrolments: [
    {
      programme: '低保',
      determined: {
        from: '2024-07',
        amount: { base: 1500, 'top-up': '362.5' },
        shares: [
          { person: 'grandmother', component: 'base', amount: 750 },
          { person: 'child', component: 'base', amount: 750 },
          { person: 'child', component: 'top-up', amount: 362.5 },
        ],
      },
    },
    { person: 'child', appliedOn: '2024-05-06', decidedOn: '2024-06-12', ...enrolment },
  ],
});

/** The rows of the programmes by their own facts, every month as they say. */
const BY_FACTS: readonly Row[] = [
  ...ORPHAN_CASES.map((one) => ({ programme: 'orphan', ...one })),
  ...UNATTENDED_CHILD_CASES.map((one) => ({ programme: 'unattended-child', ...one })),
  ...CHILD_IN_NEED_CASES.map((one) => ({ programme: 'child-in-need', ...one })),
]
  .filter((one) => !('dibao' in one))
  .flatMap(({ programme, row, jurisdiction, facts, months }) =>
    Object.entries(months).map(([month, amount]): Row => {
      const of = (kind: string) => facts.find((one) => one.kind === kind)?.value;
      const dated: Record<string, { value: string; from: string }[]> = {};
      for (const { kind, value, from } of facts)
        if (!['birth-date', 'application', 'decision'].includes(kind))
          (dated[kind] ??= []).push({ value, from });
      const enrolment = {
        programme,
        appliedOn: of('application'),
        decidedOn: of('decision')?.slice(0, 10) ?? null,
        facts: dated,
      };
      const given = { person: { birthDate: of('birth-date') }, enrolments: [enrolment] };
      return { row: `${row}: ${month}`, place: jurisdiction, months: month, given, amounts: [amount] };
    }),
  );

/** Rows D: children. */
export const CHILD_ROWS: readonly Row[] = [
  ...BY_FACTS,
  {
    row: 'D1 北京, orphan, by category in words: 2450 before, 2850 from 2025-07',
    place: '110000',
    months: '2025-06..2025-07',
    given: orphan('201'),
    amounts: ['2450.00', '2850.00'],
  },
  {
    row: 'D2 北京, disabled child of a family on 低保: 1140 on top',
    place: '110000',
    months: '2025-07',
    given: onDibao({ programme: 'child-in-need', facts: { 'child-category': 'dibao-ill-disabled' } }),
    amounts: ['1862.50', '1140.00'],
    total: '3002.50',
  },
  {
    row: 'D3 北京, topped up by 1737.50 over an own share of 1112.50',
    place: '110000',
    months: '2025-07',
    given: onDibao({ programme: 'unattended-child', facts: { 'child-category': '120' } }),
    amounts: ['1862.50', '1737.50'],
  },
  {
    row: 'D3 北京, by the other reading, over the top-ups alone: 2487.50',
    place: '110000',
    months: '2025-07',
    given: {
      ...onDibao({ programme: 'unattended-child', facts: { 'child-category': '120' } }),
      policy: [
        {
          programme: 'unattended-child',
          values: {
            stacking: [{ with: 'dibao', of: 'household', action: 'top-up', reference: 'own-top-up' }],
          },
        },
      ],
    },
    amounts: ['1862.50', '2487.50'],
  },
  {
    row: 'D3 北京, nobody said whose part is how much: a review is asked for',
    place: '110000',
    months: '2025-07',
    given: {
      household: {
        residence: 'urban',
        members: [
          { id: 'grandmother', age: 66 },
          { ...born, relation: 'grandchild' },
        ],
      },
      enrolments: [
        { programme: 'dibao', determined: { from: '2024-07', amount: 1862.5 } },
        { programme: 'unattended-child', person: 'child', facts: { 'child-category': '120' } },
      ],
    },
    amounts: ['1862.50', 'missing/dibao-shares'],
  },
  {
    row: 'D7 嘉祥, approved in January: from February',
    place: '370829',
    months: '2026-01..2026-02',
    given: {
      person: born,
      enrolments: [{ programme: 'orphan', appliedOn: '2026-01-06', decidedOn: '2026-01-20' }],
    },
    amounts: ['0.00', '1987.00'],
    total: '1987.00',
  },
];
