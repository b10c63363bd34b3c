// Goal: what counts as income, what is taken off it, and where each limit lies. Method: one household per rule, a step below, on
// and above every limit.
import { describe, expect, it } from 'vitest';
import type { HouseholdCase, Obligor } from '../../../../domain/household/household-case.ts';
import { due, family, householdOf, member, monthly, proposed } from './samples.ts';

const BEIJING = '110000';
const MONTH = '2024-09';
/** What is due without top-ups: 1450 a head less the income, for so many persons. */
const NO_TOP_UPS = { topUps: 'none' };
/** The income that the proposal worked with: standard × persons less the base. */
function countedIncome(household: HouseholdCase, changes: Record<string, unknown> = {}): string {
  const { derivation } = proposed(BEIJING, household, MONTH, { ...NO_TOP_UPS, ...changes });
  return derivation.find(({ code }) => code === 'per-capita')!.inputs['income']!;
}

describe('income', () => {
  it('adds up members and household, months and twelfths of a year, without rounding on the way', () => {
    const household = householdOf(
      [
        member('P1', { incomes: [{ kind: 'pension', amount: '100.00', basis: 'month' }] }),
        member('P2', { incomes: [{ kind: 'operating', amount: '1000.00', basis: 'year' }] }),
        member('P3'),
      ],
      { incomes: [{ kind: 'property', amount: '2000.00', basis: 'year' }] },
    );
    // 100 + 3000 ÷ 12.
    expect(countedIncome(household)).toBe('350.00');
    const third = family(3, '0.00', { incomes: [{ kind: 'operating', amount: '1000.00', basis: 'year' }] });
    expect(due(BEIJING, third, MONTH)).toBe('4266.67 + 0.00');
  });

  it('leaves out what policy does not count, and says so', () => {
    const household = family(2, '0.00', {
      incomes: [
        { kind: 'preferential-allowance', amount: '900.00', basis: 'month' },
        { kind: 'high-age-allowance', amount: '1200.00', basis: 'year' },
        { kind: 'transfer', amount: '50.00', basis: 'month' },
      ],
    });
    expect(countedIncome(household)).toBe('50.00');
    expect(countedIncome(household, { incomeNotCounted: [] })).toBe('1050.00');
    const steps = proposed(BEIJING, household, MONTH).derivation;
    expect(
      steps
        .filter(({ code }) => code === 'income-not-counted')
        .map(({ inputs, result }) => [inputs['kind'], result]),
    ).toEqual([
      ['preferential-allowance', '900.00'],
      ['high-age-allowance', '100.00'],
    ]);
  });

  it.each(['custody', 'compulsory-rehabilitation', 'clergy', 'missing'] as const)(
    'a member excluded for %s is no head and brings no income',
    (exclusion) => {
      const household = householdOf([
        member('P1', { relation: 'head', incomes: monthly('600.00') }),
        member('P2', { relation: 'spouse', incomes: monthly('5000.00'), exclusion }),
      ]);
      expect(due(BEIJING, household, MONTH)).toBe('850.00 + 0.00');
    },
  );

  it('a member who is not covered is a head and brings income, and gets no share', () => {
    const household = householdOf([member('P1'), member('P2', { covered: false, seriousIllness: true })], {
      incomes: monthly('2000.00'),
    });
    // (1450 − (2000 − 1450) ÷ 2) × 1, and no top-up for the one who is not covered.
    expect(due(BEIJING, household, MONTH)).toBe('1175.00 + 0.00');
  });

  it('nobody covered, or nobody left: nothing, with the reason', () => {
    const none = householdOf([member('P1', { covered: false })]);
    const gone = householdOf([member('P1', { exclusion: 'missing' })]);
    for (const household of [none, gone]) {
      const proposal = proposed(BEIJING, household, MONTH);
      expect([proposal.components, proposal.eligible]).toEqual([[], false]);
      expect(proposal.derivation.at(-1)!.code).toBe('nobody-covered');
    }
  });
});

describe('就业奖励', () => {
  const worker = (kind: 'employed' | 'flexible', earned: string) =>
    householdOf([member('P1', { employment: { kind, monthly: earned } }), member('P2'), member('P3')]);

  it.each([
    ['employed', '1159.99', '0.00'],
    ['employed', '1160.00', '0.00'],
    ['employed', '1160.01', '0.01'],
    ['employed', '2800.00', '1640.00'],
    // 100 % of 1450, 180 % is 2610.
    ['flexible', '1449.99', '1449.99'],
    ['flexible', '1450.00', '1450.00'],
    ['flexible', '1450.01', '1450.00'],
    ['flexible', '2609.99', '1450.00'],
    ['flexible', '2610.00', '1450.00'],
    ['flexible', '2610.01', '1450.01'],
  ] as const)('%s, earns %s: %s counts', (kind, earned, counted) => {
    expect(countedIncome(worker(kind, earned))).toBe(counted);
  });

  it('is taken off the earnings of each person and never off other income', () => {
    const household = householdOf([
      member('P1', { employment: { kind: 'employed', monthly: '500.00' }, incomes: monthly('300.00') }),
      member('P2', { employment: { kind: 'employed', monthly: '1260.00' } }),
      member('P3'),
    ]);
    expect(countedIncome(household)).toBe('400.00');
    expect(countedIncome(household, { jobReward: 'none' })).toBe('2060.00');
  });
});

describe('赡养费、抚养费', () => {
  const obliged = (changes: Partial<Obligor>) =>
    family(3, '0.00', {
      obligors: [{ duty: 'parent-support', monthlyIncome: '12000.00', persons: 3, supported: 2, ...changes }],
    });

  it.each([
    // (12000 − 1.5 × 1450 × 3) × 20 % ÷ 2.
    ['two families', {}, '547.50'],
    ['one family', { supported: 1 }, '1095.00'],
    ['just enough for themselves', { monthlyIncome: '6525.00' }, '0.00'],
    ['a yuan more', { monthlyIncome: '6526.00' }, '0.10'],
    ['less than enough', { monthlyIncome: '3000.00' }, '0.00'],
    ['on 低保', { exempt: 'dibao' }, '0.00'],
    ['on 特困', { exempt: 'tekun' }, '0.00'],
    ['低收入', { exempt: 'low-income' }, '0.00'],
    ['one child', { duty: 'child-support', monthlyIncome: '6000.00', supported: 1 }, '1200.00'],
    // Up to 50 % for several: 3 × 20 % would be 60 %.
    ['one of three children', { duty: 'child-support', monthlyIncome: '6000.00', supported: 3 }, '1000.00'],
    ['one of two children', { duty: 'child-support', monthlyIncome: '6000.00', supported: 2 }, '1200.00'],
  ] as const)('%s: %s', (_, changes, counted) => {
    expect(countedIncome(obliged(changes))).toBe(counted);
  });

  it('adds up several obligors; a place without the rule counts none', () => {
    const one: Obligor = { duty: 'parent-support', monthlyIncome: '12000.00', persons: 3, supported: 2 };
    const household = family(3, '0.00', { obligors: [one, { ...one, monthlyIncome: '7525.00' }] });
    expect(countedIncome(household)).toBe('647.50');
    expect(countedIncome(household, { parentSupport: 'none' })).toBe('0.00');
  });
});

describe('收入核减', () => {
  const ill = { seriousIllness: true };
  const limb = (grade: number) => ({ disability: { grade, kind: 'limb' as const } });
  const mental = (grade: number) => ({ disability: { grade, kind: 'mental' as const } });
  const withMember = (changes: object, others = [member('P2', { relation: 'sibling' })]) =>
    householdOf([member('P1', { relation: 'head', ...changes }), ...others], { incomes: monthly('2400.00') });

  it.each([
    ['nobody', {}, '2400.00'],
    ['serious illness', ill, '950.00'],
    ['grade 2, limb', limb(2), '950.00'],
    ['grade 3, limb', limb(3), '2400.00'],
    ['grade 3, mental', mental(3), '950.00'],
    ['grade 4, mental', mental(4), '2400.00'],
    ['both, once', { ...ill, ...limb(1) }, '950.00'],
  ])('%s: %s', (_, changes, counted) => {
    expect(countedIncome(withMember(changes))).toBe(counted);
  });

  it('is once per household and never takes income below nothing', () => {
    const two = withMember(ill, [member('P2', { relation: 'sibling', ...ill })]);
    expect(countedIncome(two)).toBe('950.00');
    const poor = householdOf([member('P1', ill)], { incomes: monthly('500.00') });
    expect(countedIncome(poor)).toBe('0.00');
  });

  it.each([
    // 60 in September 2024.
    ['the month before', '1964-10-01', '950.00'],
    ['the month of the birthday', '1964-09-30', '225.00'],
    ['the month after', '1964-08-30', '225.00'],
  ])('an elderly supporter: half a standard more, %s', (_, birthDate, counted) => {
    const spouse = member('P2', { relation: 'spouse', birthDate });
    expect(countedIncome(withMember(ill, [spouse]))).toBe(counted);
    const sibling = member('P2', { relation: 'sibling', birthDate });
    expect(countedIncome(withMember(ill, [sibling]))).toBe('950.00');
  });

  it('one elderly supporter or all of them, as policy says', () => {
    const supporters = [
      member('P2', { relation: 'parent', birthDate: '1950-01-01' }),
      member('P3', { relation: 'spouse' }),
      member('P4', { relation: 'child', birthDate: '2015-01-01' }),
    ];
    const deduction = (who: string) => ({
      incomeDeduction: [
        {
          reason: 'serious-illness-or-severe-disability',
          percent: '100',
          elderlySupporter: { fromAge: 60, percent: '50', who },
        },
      ],
    });
    const household = withMember(ill, supporters);
    expect(countedIncome(household, deduction('any'))).toBe('225.00');
    expect(countedIncome(household, deduction('all'))).toBe('950.00');
    // A child is no supporter.
    const [parent, , child] = supporters;
    expect(countedIncome(withMember(ill, [parent!, child!]), deduction('all'))).toBe('225.00');
    expect(countedIncome(withMember(ill, [child!]), deduction('all'))).toBe('950.00');
  });

  it.each([
    // 17 in September 2024; 16 and under counts.
    ['16 until the month before', '2007-10-01', {}, '950.00'],
    ['17 this month', '2007-09-01', {}, '2400.00'],
    ['17 and a student', '2007-09-01', { student: 'vocational' }, '950.00'],
    ['a postgraduate', '2000-09-01', { student: 'postgraduate' }, '2400.00'],
  ] as const)('a lone parent with a child: %s', (_, birthDate, changes, counted) => {
    const child = member('P2', { relation: 'child', birthDate, ...changes });
    expect(countedIncome(withMember({}, [child]))).toBe(counted);
    const spouse = member('P3', { relation: 'spouse' });
    expect(countedIncome(withMember({}, [child, spouse]))).toBe('2400.00');
    // Not to be seen from the relations to the head: recorded.
    const recorded = withMember({}, [
      { ...child, relation: 'grandchild' },
      { ...spouse, specialGroups: ['lone-parent'] },
    ]);
    expect(countedIncome(recorded)).toBe(counted);
  });

  it('of two reasons only the higher counts', () => {
    const child = member('P2', { relation: 'child', birthDate: '2014-01-01' });
    const rules = (lone: string) => ({
      incomeDeduction: [
        { reason: 'serious-illness-or-severe-disability', percent: '100' },
        { reason: 'lone-parent', percent: lone, children: [{ group: 'minor', throughAge: 16 }] },
      ],
    });
    expect(countedIncome(withMember(ill, [child]), rules('20'))).toBe('950.00');
    expect(countedIncome(withMember(ill, [child]), rules('120'))).toBe('660.00');
  });

  it('on the ground of somebody who gets the full standard: also, or not (ambiguity 1)', () => {
    const household = withMember(limb(1));
    const income = (incomeDeduction: string) =>
      countedIncome(household, { fullStandardIncome: { split: 'share-of-all', incomeDeduction } });
    expect(income('also')).toBe('950.00');
    expect(income('other-persons-only')).toBe('2400.00');
    // Somebody who is not covered gets no standard, and stays a ground.
    const uncovered = withMember({ ...limb(1), covered: false });
    const others = { split: 'share-of-all', incomeDeduction: 'other-persons-only' };
    expect(countedIncome(uncovered, { fullStandardIncome: others })).toBe('950.00');
    // An ill person gets no full standard in Beijing, and stays a ground.
    const illToo = withMember(ill);
    const other = { fullStandardIncome: { split: 'share-of-all', incomeDeduction: 'other-persons-only' } };
    expect(countedIncome(illToo, other)).toBe('950.00');
  });
});

describe('刚性支出', () => {
  const spending = [
    { kind: 'medical', amount: '3000.00', basis: 'month' },
    { kind: 'education', amount: '12000.00', basis: 'year' },
    { kind: 'employment', amount: '700.00', basis: 'month' },
  ] as const;
  const rigid = (income: string) =>
    family(3, income, { application: { kind: 'rigid-expenditure' }, spending });

  it('上海: what is left after medical and education counts; spending over income gives the full standard', () => {
    expect(due('310000', rigid('6400.00'), '2025-08')).toBe('2550.00 + 0.00');
    expect(due('310000', rigid('3000.00'), '2025-08')).toBe('4950.00 + 0.00');
    // 8950 − 4000 is 1650 a head: not below the standard.
    expect(due('310000', rigid('8950.00'), '2025-08')).toBe('0.00 + 0.00');
    expect(due('310000', rigid('8949.99'), '2025-08')).toBe('0.01 + 0.00');
  });

  it('spending takes nothing off the income of an ordinary household unless policy says so', () => {
    const household = family(3, '2400.00', { spending });
    expect(countedIncome(household)).toBe('2400.00');
    expect(countedIncome(household, { deductibleSpending: ['employment'] })).toBe('1700.00');
  });

  it('gets top-ups only where policy says so', () => {
    const ill = householdOf([member('P1', { seriousIllness: true })], {
      application: { kind: 'rigid-expenditure' },
    });
    const rule = (topUps: boolean) => ({ rigidExpenditure: { deduct: ['medical'], topUps } });
    expect(due(BEIJING, ill, MONTH, rule(false))).toBe('1450.00 + 0.00');
    expect(due(BEIJING, ill, MONTH, rule(true))).toBe('1450.00 + 507.50');
  });
});
