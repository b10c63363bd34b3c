import type { HouseholdCase, HouseholdMember } from '../../../domain/household/household-case.ts';
import { DIBAO_CASES } from '../../../domain/programmes/dibao/cases.ts';
import { HIGH_AGE_CASES } from '../../../domain/programmes/high-age/cases.ts';
import { TEMPORARY_AID_CASES } from '../../../domain/programmes/temporary-aid/cases.ts';

/** A row of the worked examples as a case: what it is asked for and what comes out, programme by programme and month by month. */
export type Row = {
  readonly row: string;
  readonly place: string;
  readonly months: string;
  readonly given: unknown;
  readonly amounts?: readonly string[];
  readonly total?: string;
  readonly toPay?: string;
  readonly arrears?: string;
  readonly toRecover?: string;
};

const memberOf = ({
  person,
  exclusion,
  seriousIllness,
  pensionAge,
  reducedWorkCapacity,
  ...rest
}: HouseholdMember) => ({
  id: person,
  ...rest,
  ...(seriousIllness && { seriousIllness }),
  ...(pensionAge && { pensionAge }),
  ...(reducedWorkCapacity && { reducedWorkCapacity }),
  ...(exclusion && { excluded: exclusion }),
});
const householdOf = ({ application, members, residence, incomes, obligors, spending }: HouseholdCase) => ({
  residence,
  incomes,
  obligors,
  spending,
  application:
    application.kind === 'single-person' && application.familyRecognisedMarginal
      ? 'single-person:marginal'
      : application.kind,
  members: members.map(memberOf),
});
const yuan = (...amounts: string[]) => amounts.reduce((sum, each) => sum + Number(each), 0).toFixed(2);

const DIBAO: readonly Row[] = DIBAO_CASES.map(
  ({ row, jurisdiction, month, knownOn, household, base, topUp }) => ({
    row,
    place: jurisdiction,
    months: month,
    given: { household: householdOf(household), enrolments: ['dibao'], knownOn },
    amounts: [yuan(base, topUp)],
  }),
);

const HIGH_AGE: readonly Row[] = HIGH_AGE_CASES.flatMap(
  ({ row, jurisdiction, birthDate, applied, identity, months = {}, total, first }): Row[] => {
    const person = {
      birthDate,
      ...(identity && { facts: { 'identity-class': [{ value: identity.value, from: identity.from }] } }),
    };
    const given = { person, enrolments: [{ programme: 'high-age', appliedOn: applied }] };
    const single = Object.entries(months).map(([month, amount]) => ({
      row: `${row}: ${month}`,
      place: jurisdiction,
      months: month,
      given,
      amounts: [amount],
    }));
    if (!total) return single;
    const all = { ...given, enrolments: [{ ...given.enrolments[0], paid: {} }] };
    const through = total.through;
    const range = `${first}..${through}`;
    return [
      ...single,
      { row: `${row}: in all`, place: jurisdiction, months: range, given, total: total.yuan },
      { row: `${row}: back pay`, place: jurisdiction, months: through, given: all, toPay: total.yuan },
    ];
  },
);

const AID: readonly Row[] = TEMPORARY_AID_CASES.map(
  ({ row, jurisdiction, appliedOn, decidedOn, facts, due, earlier = [] }): Row => ({
    row,
    place: jurisdiction,
    months: decidedOn.slice(0, 7),
    given: {
      enrolments: [
        { programme: 'temporary-aid', appliedOn, decidedOn, facts, ...(earlier.length > 0 && { earlier }) },
      ],
    },
    amounts: [due],
  }),
);

const three = (income: string, more = {}) => ({
  residence: 'urban',
  members: [
    { id: 'head', birthDate: '1980-05-10', ...more },
    { id: 'spouse', relation: '配偶', birthDate: '1981-05-10' },
    { id: 'sibling', relation: '兄弟姐妹', birthDate: '1982-05-10' },
  ],
  incomes: [{ kind: 'transfer', amount: income, basis: 'month' }],
});
const alone = { residence: 'urban', members: [{ id: 'head', birthDate: '1980-05-10' }] };
const approved = { appliedOn: '2024-08-20', decidedOn: '2024-09-18' };

/** Rows of 低保 that name several months, a decision, or a refusal. */
const SCHEDULES: readonly Row[] = [
  {
    row: 'A8 北京 渐退: 1950 for three months, 975 for three, then nothing',
    place: '110000',
    months: '2024-09..2025-05',
    given: {
      household: three('2400.00', {
        changes: [{ from: '2024-09', employment: { kind: 'employed', monthly: 3200 } }],
      }),
      enrolments: [
        {
          programme: 'dibao',
          determined: { from: '2024-01', amount: 1950 },
          decision: { kind: '渐退', on: '2024-09-18' },
        },
      ],
    },
    amounts: ['1950.00', '1950.00', '1950.00', '1950.00', '975.00', '975.00', '975.00', '0.00', '0.00'],
  },
  ...(['110000', '500000'] as const).map((place) => ({
    row: `A9 ${place}: approved on 2024-09-18`,
    place,
    months: '2024-09..2024-10',
    given: { household: alone, enrolments: [{ programme: 'dibao', ...approved }] },
    amounts: place === '110000' ? ['0.00', '1450.00'] : ['735.00', '735.00'],
  })),
  {
    row: 'A10 北京, July and August paid at 1395: 330.00, by what is due',
    place: '110000',
    months: '2024-09',
    given: {
      household: three('0'),
      enrolments: [{ programme: '最低生活保障', paid: { '2024-07': '4185.00', '2024-08': 4185 } }],
    },
    amounts: ['4350.00'],
    toPay: '4680.00',
    arrears: '330.00',
  },
  {
    row: 'A10 北京, by a change of standard issued 2024-08-21',
    place: '110000',
    months: '2024-07..2024-09',
    given: {
      household: three('0'),
      enrolments: [
        {
          programme: 'dibao',
          determined: [{ from: '2024-03', amount: '4185.00' }],
          decision: { kind: 'standard-change', on: '2024-08-21' },
          paid: { '2024-07': '4185.00', '2024-08': '4185.00' },
        },
      ],
    },
    amounts: ['4350.00', '4350.00', '4350.00'],
    arrears: '330.00',
  },
  {
    row: 'A15 广州, two persons since March: three months of base and none of the top-ups',
    place: '440100',
    months: '2025-05',
    given: {
      household: {
        residence: 'urban',
        members: [
          { id: 'head', birthDate: '1980-05-10', seriousIllness: true },
          { id: 'spouse', relation: 'spouse', birthDate: '1981-05-10' },
        ],
      },
      enrolments: [
        {
          programme: 'dibao',
          determined: [{ from: '2025-03', amount: { base: '2476.00', 'top-up': '371.40' } }],
          decision: { kind: '调标', on: '2025-05-30', through: '2025-06' },
          paid: Object.fromEntries(
            ['2025-03', '2025-04', '2025-05'].map((month) => [
              month,
              { base: '2476.00', 'top-up': '371.40' },
            ]),
          ),
        },
      ],
    },
    arrears: '426.00',
    toRecover: '0.00',
  },
  ...(['2025-12', '2026-02', '2026-04'] as const).map((month) => ({
    row: `A26 林口, ${month}`,
    place: '231025',
    months: month,
    given: { household: alone, enrolments: ['dibao'] },
    ...(month === '2026-02' && { amounts: ['policy/gap'] }),
  })),
];

export const ROWS: readonly Row[] = [...DIBAO, ...SCHEDULES, ...HIGH_AGE, ...AID];
