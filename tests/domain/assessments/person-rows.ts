import { DISABILITY_CASES } from '../../../domain/disability/cases.ts';
import { TEKUN_CASES } from '../../../domain/programmes/tekun/cases.ts';
import type { Row } from './rows.ts';

/** Rows E by their own facts: both subsidies of one person, every month as they say. */
const DISABILITY: readonly Row[] = DISABILITY_CASES.flatMap(
  ({ row, jurisdiction, applied, facts, knownOn, months }) =>
    Object.entries(months).flatMap(([month, due]): Row[] => {
      const dated: Record<string, { value: string; from: string }[]> = {};
      for (const [kind, from, value] of facts)
        if (!['birth-date', 'death-certified'].includes(kind)) (dated[kind] ??= []).push({ value, from });
      const of = (name: string) => facts.find(([named]) => named === name)?.[2];
      const person = {
        birthDate: of('birth-date') ?? '1990-05-20',
        ...(of('death-certified') !== undefined && { died: of('death-certified') }),
        facts: dated,
      };
      const asked = [
        ...(due.living === undefined ? [] : [{ programme: 'disability-living', amount: due.living }]),
        ...(due.nursing === undefined ? [] : [{ programme: 'disability-nursing', amount: due.nursing }]),
      ];
      const enrolments = asked.map(({ programme }) => ({ programme, appliedOn: applied }));
      return [
        {
          row: `${row}: ${month}`,
          place: jurisdiction,
          months: month,
          given: { person, enrolments, ...(knownOn !== undefined && { knownOn }) },
          amounts: asked.map(({ amount }) => amount),
        },
      ];
    }),
);

const TEKUN: readonly Row[] = TEKUN_CASES.flatMap(
  ({
    row,
    jurisdiction,
    month,
    residence,
    setting,
    tier,
    birthDate = '1950-04-12',
    basic,
    pocketMoney,
    care,
  }): Row[] => {
    const person = { birthDate, ...(tier && { facts: { 'self-care': tier } }) };
    const about = { ...(residence && { residence }), ...(setting && { careSetting: setting }) };
    const whole = pocketMoney === undefined ? basic : (Number(basic) + Number(pocketMoney)).toFixed(2);
    const of = (programme: string, amount: string | undefined) =>
      amount === undefined
        ? []
        : [
            {
              row: `${row} (${programme})`,
              place: jurisdiction,
              months: month,
              given: { person, enrolments: [{ programme, ...about }] },
              amounts: [amount],
            },
          ];
    return [...of('tekun', whole), ...of('tekun-care', care)];
  },
);

const both = (paid?: object) =>
  ['困难残疾人生活补贴', '重度残疾人护理补贴'].map((programme) => ({ programme, ...(paid && { paid }) }));
const disabled = (grade: number, more: object = {}) => ({
  age: 40,
  identityClass: '低保',
  disability: { grade, kind: '肢体' },
  ...more,
});
/** Rows B and E as somebody writes them by hand, in Chinese and in short. */
export const PERSON_ROWS: readonly Row[] = [
  ...DISABILITY,
  ...TEKUN,
  {
    row: 'B1 + B5 广州天河, 特困 with a 1级 card: 2094.40, and no disability subsidy',
    place: '440106',
    months: '2025-01',
    given: { person: { age: 70, disability: '1级肢体' }, enrolments: ['特困', ...both()] },
    amounts: ['2094.40', '0.00', '0.00'],
    total: '2094.40',
  },
  {
    row: 'E1, E2 广州, step in January 2026',
    place: '440100',
    months: '2025-12..2026-01',
    given: { person: disabled(1), enrolments: both() },
    amounts: ['209.00', '280.00', '217.00', '290.00'],
  },
  {
    row: 'E4 广州, dies 2026-05-20: May 507, June 0',
    place: '440100',
    months: '2026-05..2026-06',
    given: { person: disabled(1, { died: '2026-05-20' }), enrolments: both() },
    amounts: ['217.00', '290.00', '0.00', '0.00'],
    total: '507.00',
  },
  {
    row: 'E4 广州, June was paid: 507 to recover',
    place: '440100',
    months: '2026-06',
    given: {
      person: disabled(1, { died: '2026-05-20' }),
      enrolments: [
        { programme: 'disability-living', paid: { '2026-05': 217, '2026-06': 217 } },
        { programme: 'disability-nursing', paid: { '2026-05': 290, '2026-06': 290 } },
      ],
    },
    toRecover: '507.00',
    toPay: '0.00',
  },
  {
    row: 'E6 北京, in a household on 低保, whose class follows from it',
    place: '110000',
    months: '2024-09',
    given: {
      household: { residence: '城镇', members: [{ age: 40, disability: '一级肢体' }] },
      enrolments: ['低保', ...both()],
    },
    amounts: ['1957.50', '400.00', '300.00'],
  },
  {
    row: 'E13 湖南, January paid at 100 each: arrears 20',
    place: '430000',
    months: '2026-02',
    given: { person: disabled(1), enrolments: both({ '2026-01': 100 }) },
    amounts: ['110.00', '110.00'],
    arrears: '20.00',
    toPay: '240.00',
  },
  {
    row: 'E14 浙江: 30 % of S by a trial value of S, stepping with it',
    place: '330203',
    months: '2025-06..2025-07',
    given: {
      person: disabled(4),
      enrolments: ['disability-living'],
      policy: [
        {
          programme: 'dibao',
          values: [
            { parameter: 'standard', value: { urban: '1131.50', rural: '1131.50' }, inForceFrom: '2024-01' },
            {
              parameter: 'standard',
              value: { urban: '1201.00', rural: '1201.00' },
              inForceFrom: '2025-07',
              decidedOn: '2025-08-20',
            },
          ],
        },
      ],
    },
    amounts: ['339.45', '360.30'],
  },
  {
    row: 'C10 杭州, age 100: 800 in February and March 2023, and before it was raised 300',
    place: '330100',
    months: '2022-12..2023-03',
    given: { person: { birthDate: '1922-05-20' }, enrolments: ['高龄津贴'] },
    amounts: ['300.00', '800.00', '800.00', '800.00'],
  },
  {
    row: 'C10 杭州, January and February paid at 300: 1000 in arrears',
    place: '330100',
    months: '2023-03',
    given: {
      person: { birthDate: '1922-05-20' },
      enrolments: [{ programme: 'high-age', paid: { '2023-01': '300.00', '2023-02': '300.00' } }],
    },
    amounts: ['800.00'],
    arrears: '1000.00',
  },
  ...[
    ['64', '0.00'],
    ['65', '75.00'],
    ['79', '150.00'],
    ['80', '180.00'],
    ['92', '350.00'],
    ['100', '600.00'],
  ].map(([age, amount = '']) => ({
    row: `C11 上海 老年综合津贴, age ${age}`,
    place: '310000',
    months: '2024-01',
    given: { person: { age }, enrolments: ['high-age'] },
    amounts: [amount],
  })),
];
