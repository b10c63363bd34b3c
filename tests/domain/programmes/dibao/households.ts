import * as fc from 'fast-check';
import {
  DISABILITY_KINDS,
  EXCLUSIONS,
  type HouseholdCase,
  INCOME_KINDS,
  RELATIONS,
  RESIDENCES,
  SPECIAL_GROUPS,
  SPENDING_KINDS,
  STUDENT_LEVELS,
} from '../../../../domain/household/household-case.ts';
import { fen, toYuan } from '../../../../domain/money.ts';

/** Households of any kind, for properties. Most are poor, so that most are due something. */
const yuan = (most: number) => fc.integer({ min: 0, max: most * 100 }).map((amount) => toYuan(fen(amount)));
const basis = fc.constantFrom('month' as const, 'year' as const);
const rarely = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
const pick = <T>(values: readonly T[]) => fc.constantFrom(...values);

const incomes = fc.array(fc.record({ kind: pick(INCOME_KINDS), amount: yuan(900), basis }), { maxLength: 2 });
const employment = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constantFrom('employed' as const, 'flexible' as const), monthly: yuan(3500) }),
);
const birthDate = fc
  .tuple(
    fc.integer({ min: 1930, max: 2024 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'));

/** Absent rather than undefined, as a case built from facts has it. */
function without<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

const anyMember = fc
  .record({
    relation: pick(RELATIONS),
    birthDate,
    disability: rarely(fc.record({ grade: fc.integer({ min: 1, max: 4 }), kind: pick(DISABILITY_KINDS) })),
    seriousIllness: fc.boolean(),
    student: rarely(pick(STUDENT_LEVELS)),
    pensionAge: fc.boolean(),
    reducedWorkCapacity: fc.boolean(),
    employment,
    incomes,
    specialGroups: fc.uniqueArray(pick(SPECIAL_GROUPS), { maxLength: 2 }),
    exclusion: fc.option(pick(EXCLUSIONS), { nil: undefined, freq: 9 }),
  })
  .map(without);
const members = fc
  .array(fc.tuple(anyMember, fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 6 })
  .map((drawn) =>
    drawn.map(([member, luck], index) => ({
      ...member,
      person: `P${index + 1}`,
      covered: index === 0 || luck > 0,
    })),
  );
const obligor = fc
  .record({
    duty: fc.constantFrom('parent-support' as const, 'child-support' as const),
    monthlyIncome: yuan(12_000),
    persons: fc.integer({ min: 1, max: 5 }),
    supported: fc.integer({ min: 1, max: 3 }),
    exempt: rarely(fc.constantFrom('dibao' as const, 'tekun' as const, 'low-income' as const)),
  })
  .map(without);

export const anyHousehold: fc.Arbitrary<HouseholdCase> = fc.record({
  household: fc.constant('H00000000001'),
  residence: pick(RESIDENCES),
  application: fc.constant({ kind: 'household' as const }),
  members,
  incomes,
  obligors: fc.array(obligor, { maxLength: 2 }),
  spending: fc.array(fc.record({ kind: pick(SPENDING_KINDS), amount: yuan(800), basis }), { maxLength: 2 }),
});

/** The same household, with every list in another order. */
export function shuffled(household: HouseholdCase): fc.Arbitrary<HouseholdCase> {
  const mix = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  return fc
    .tuple(mix(household.members), mix(household.incomes), mix(household.obligors), mix(household.spending))
    .map(([people, own, obligors, spending]) => ({
      ...household,
      members: people.map((person) => ({
        ...person,
        incomes: person.incomes.toReversed(),
        specialGroups: person.specialGroups.toReversed(),
      })),
      incomes: own,
      obligors,
      spending,
    }));
}
