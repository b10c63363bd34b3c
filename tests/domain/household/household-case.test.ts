import { describe, expect, it } from 'vitest';
import { HouseholdCase } from '../../../domain/household/household-case.ts';
import { DIBAO_CASES } from '../../../domain/programmes/dibao/cases.ts';
import { householdOf, member } from '../programmes/dibao/samples.ts';

const accepts = (candidate: unknown) => HouseholdCase.safeParse(candidate).success;
const withMember = (changes: object) => householdOf([{ ...member('P1'), ...changes }]);

describe('a household as an assessment sees it', () => {
  it('is what the worked examples give, word for word', () => {
    for (const { household } of DIBAO_CASES) expect(HouseholdCase.parse(household)).toEqual(household);
  });

  it.each([
    ['nobody in it', householdOf([])],
    ['the same person twice', householdOf([member('P1'), member('P1')])],
    ['a person without a key', householdOf([member('')])],
    ['a date that does not exist', withMember({ birthDate: '2023-02-29' })],
    ['a fifth grade of disability', withMember({ disability: { grade: 5, kind: 'limb' } })],
    ['wages with three decimals', withMember({ employment: { kind: 'employed', monthly: '1.005' } })],
    ['negative wages', withMember({ employment: { kind: 'employed', monthly: '-1.00' } })],
    ['wages as a number', withMember({ employment: { kind: 'employed', monthly: 1000 } })],
    ['wages of somebody who has no work', withMember({ employment: { kind: 'none', monthly: '1.00' } })],
    ['a name', withMember({ name: '张三' })],
    ['an income of no kind', withMember({ incomes: [{ kind: 'luck', amount: '1.00', basis: 'month' }] })],
    ['an income per week', withMember({ incomes: [{ kind: 'pension', amount: '1.00', basis: 'week' }] })],
    [
      'an obligor who supports no family',
      householdOf([member('P1')], {
        obligors: [{ duty: 'parent-support', monthlyIncome: '1.00', persons: 1, supported: 0 }],
      }),
    ],
    ['no residence', { ...householdOf([member('P1')]), residence: 'suburban' }],
  ])('refuses %s', (_, candidate) => {
    expect(accepts(householdOf([member('P1')]))).toBe(true);
    expect(accepts(candidate)).toBe(false);
  });
});
