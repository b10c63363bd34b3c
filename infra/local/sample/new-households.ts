import { identityCheckDigit } from '../../../domain/identity-number.ts';
import { HOUSEHOLD_COLUMNS } from '../../../domain/register/household-columns.ts';
import { expectedAmount } from './expected-dibao.ts';
import type { SampleHousehold, SampleMember } from './families.ts';
import { HOUSEHOLD_SHEET, householdCells, memberCells } from './household-rows.ts';
import { NEW_DISTRICT, NEW_STREETS, newPerson, sheetOf } from './new-district.ts';
import { cardNumber } from './numbers.ts';

type Member = Omit<SampleMember, 'idNumber' | 'name' | 'sex' | 'covered'>;
type Written = readonly [name: string, members: readonly (Member & { readonly is?: string })[]];

const head = (birthDate: string, more: Partial<Member> = {}): Member => ({
  relation: '户主',
  birthDate,
  ...more,
});
const spouse = (birthDate: string, more: Partial<Member> = {}): Member => ({
  relation: '配偶',
  birthDate,
  ...more,
});
const pupil = (birthDate: string): Member => ({ relation: '子女', birthDate, student: '义务教育' });

/** Who told too little of his income, and what it was in truth. */
export const INCOME_TOLD_LATE = { household: 5, wage: '2400.00' } as const;

const WRITTEN: readonly Written[] = [
  ['白', [head('1975-02-03', { disability: { kind: '肢体', grade: 2 } })]],
  [
    '崔',
    [
      head('1980-03-04', { work: { kind: '灵活就业', wage: '800.00' } }),
      spouse('1982-05-06'),
      pupil('2014-07-08'),
    ],
  ],
  [
    '雷',
    [
      head('1953-06-07', { pensionAge: true }),
      { relation: '孙子女', birthDate: '2016-03-07', is: 'unattended-poor' },
    ],
  ],
  [
    '邱',
    [head('1950-08-09', { pensionAge: true, pension: '600.00' }), spouse('1952-09-10', { pensionAge: true })],
  ],
  ['秦', [head('1984-10-11', { work: { kind: '在职', wage: '1500.00' } }), pupil('2013-11-12')]],
  [
    '侯',
    [
      head('1981-12-13', { work: { kind: '在职', wage: '1600.00' } }),
      spouse('1983-01-14'),
      pupil('2015-02-15'),
    ],
  ],
  ['邵', [head('1978-03-16', { seriousIllness: true })]],
  ['孔', [head('1979-04-17', { work: { kind: '灵活就业', wage: '1000.00' } }), spouse('1980-05-18')]],
];
const CARDS = 970_000;
const GIVEN = ['一平', '二凤', '三宝'];

export const NEW_HOUSEHOLDS: readonly SampleHousehold[] = WRITTEN.map(([surname, members], index) => ({
  kind: '单身重残',
  certificate: `DB1101983${String(index + 1).padStart(4, '0')}`,
  street: NEW_STREETS[index % 2] ?? raise(),
  residence: index % 2 === 0 ? '城镇' : '农村',
  appliedOn: '2026-07-06',
  account: cardNumber(CARDS + index),
  decision: { document: `示新民救核〔2026〕${index + 1}号`, decidedOn: '2026-09-18' },
  members: members.map(({ is, ...member }, place): SampleMember => {
    const known = is === undefined ? undefined : newPerson(is);
    const first = `${NEW_DISTRICT}${member.birthDate.replaceAll('-', '')}${700 + index * 10 + place}`;
    return {
      ...member,
      name: known?.name ?? `${surname}${GIVEN[place]}`,
      sex: 'female',
      covered: true,
      idNumber: known?.idNumber ?? first + identityCheckDigit(first),
    };
  }),
}));

function raise(): never {
  throw new Error('a district without streets');
}

/** The household sheet. @param corrected only the household whose income was told too low, as it is in truth, with the day since when */
export function newHouseholdSheet(corrected?: 'corrected'): string {
  const rows = NEW_HOUSEHOLDS.flatMap((household, index) =>
    corrected !== undefined && index !== INCOME_TOLD_LATE.household
      ? []
      : household.members.map((member, place) => ({
          ...(place === 0 ? householdCells(household) : {}),
          ...memberCells(corrected !== undefined && place === 0 ? truthful(member) : member),
          ...(corrected !== undefined && { changedOn: household.appliedOn }),
        })),
  );
  const columns = [...HOUSEHOLD_SHEET, ...(corrected === undefined ? [] : (['changedOn'] as const))];
  return sheetOf(
    rows.map((row) =>
      Object.fromEntries(
        columns.map((column) => [
          HOUSEHOLD_COLUMNS[column].zh,
          (row as Partial<Record<string, string>>)[column] ?? '',
        ]),
      ),
    ),
  );
}

const truthful = (member: SampleMember): SampleMember => ({
  ...member,
  work: { kind: '在职', wage: INCOME_TOLD_LATE.wage },
});

/** Fen a month of every household, by the arithmetic of its own; of the one whose income was told late also as it is in truth. */
export function newHouseholdFen(index: number, truth: 'told' | 'true'): number {
  const household = NEW_HOUSEHOLDS[index] ?? raise();
  const [first, ...others] = household.members;
  const isCorrected = truth === 'true' && index === INCOME_TOLD_LATE.household && first !== undefined;
  const members = isCorrected ? [truthful(first), ...others] : household.members;
  return expectedAmount({ ...household, members }, '2026-10');
}
