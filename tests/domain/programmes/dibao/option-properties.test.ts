// Goal: what must hold for every household holds under every set of options that a policy may choose, not only those of a place that has
// a pack. Method: fast-check over households of every application and over every named option at once.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPENDING_KINDS } from '../../../../domain/household/household-case.ts';
import { DIBAO_PARAMETERS } from '../../../../domain/programmes/dibao/parameters.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { must } from '../samples.ts';
import { anyHousehold, shuffled } from './households.ts';
import { dibaoBook, viewOf } from './samples.ts';

const MONTH = '2025-03';
const either = fc.constantFrom;
const rate = either('0', '20', '33.3333', '50', '100', '150');
const yuan = either('0.00', '0.01', '104.00', '313.37');
const flat = fc.record({ urban: yuan, rural: yuan });
const age = either(16, 17, 60, 61);
const group = fc.oneof(
  fc.record({
    group: either('serious-illness', 'severe-disability', 'pension-age', 'reduced-work-capacity'),
  }),
  fc.record({ group: fc.constant('elderly'), fromAge: age }),
  fc.record({ group: fc.constant('minor'), throughAge: age }),
  fc.record({ group: fc.constant('special'), special: either('lone-parent', 'veteran', 'living-alone') }),
);
const groups = fc.array(group, { minLength: 1, maxLength: 3 });
const none = fc.constant('none');
const rounded = { rule: either('half-up', 'half-even', 'up', 'down'), unit: either('fen', 'jiao', 'yuan') };
const topUps = fc.boolean();
const tier = fc.oneof(
  fc.record({ when: groups, percent: rate }),
  fc.tuple(groups, flat).map(([when, amounts]) => ({ when, ...amounts })),
);
const elderlySupporter = fc.record({ fromAge: age, percent: rate, who: either('any', 'all') });
const deduction = fc.oneof(
  fc.record(
    { reason: fc.constant('serious-illness-or-severe-disability'), percent: rate, elderlySupporter },
    { requiredKeys: ['reason', 'percent'] },
  ),
  fc.record({ reason: fc.constant('lone-parent'), percent: rate, children: groups }),
);

/** Every parameter that a month's amount depends on, set to anything that its schema takes. */
const options = fc.record({
  base: fc.oneof(
    fc.record({
      formula: fc.constant('per-capita-difference'),
      level: either('household', 'member'),
      ...rounded,
    }),
    fc.record({ formula: fc.constant('household-total'), level: fc.constant('household'), ...rounded }),
  ),
  fullStandard: fc.oneof(none, groups),
  fullStandardIncome: fc.record({
    split: either('share-of-all', 'carried-by-others'),
    incomeDeduction: either('also', 'other-persons-only'),
  }),
  incomeNotCounted: fc.subarray(['high-age-allowance', 'scholarship', 'transfer', 'pension']),
  incomeDeduction: fc.oneof(none, fc.array(deduction, { minLength: 1, maxLength: 2 })),
  jobReward: fc.oneof(
    none,
    fc.record({
      employedPercent: rate,
      flexible: fc.record({
        fullFrom: fc.constant('180'),
        percent: either('50', '80'),
        bandFrom: fc.constant('100'),
      }),
    }),
  ),
  parentSupport: fc.oneof(none, fc.record({ livingMultiple: either('0', '1.5'), percent: rate })),
  childSupport: fc.oneof(none, fc.record({ onePercent: rate, severalPercent: rate })),
  deductibleSpending: fc.subarray([...SPENDING_KINDS]),
  rigidExpenditure: fc.record({ deduct: fc.subarray([...SPENDING_KINDS], { minLength: 1 }), topUps }),
  topUps: fc.oneof(
    none,
    fc.record({
      tiers: fc.array(tier, { minLength: 1, maxLength: 3 }),
      overlap: either('highest', 'first-listed'),
    }),
  ),
  topUpStandard: fc.oneof(fc.constant('standard'), flat),
  topUpRounding: fc.record({ order: either('each-person', 'household', 'with-base'), ...rounded }),
  singlePerson: fc.oneof(
    fc
      .tuple(groups, flat, topUps)
      .map(([when, amounts, also]) => ({ rule: 'flat', groups: when, ...amounts, topUps: also })),
    fc.record({
      rule: fc.constant('percent-of-standard'),
      classes: fc.array(fc.record({ when: groups, percent: rate }), { minLength: 1, maxLength: 2 }),
      topUps,
    }),
  ),
  minimumPayment: fc.oneof(none, fc.record({ atLeast: yuan })),
  ageChange: either('birthday-month', 'next-month'),
  leapDay: either('feb-28', 'mar-1'),
});
/** A single member covered, where that is what is asked for. */
const household = fc
  .tuple(
    anyHousehold,
    either(
      { kind: 'household' } as const,
      { kind: 'rigid-expenditure' } as const,
      { kind: 'single-person', familyRecognisedMarginal: true } as const,
    ),
  )
  .map(([one, application]) => ({
    ...one,
    application,
    members: one.members.map((member, index) =>
      application.kind === 'single-person' ? { ...member, covered: index === 0 } : member,
    ),
  }));

describe('under every set of options', () => {
  it('names every parameter, or says why it has no part in the amount of a month', () => {
    const [set] = fc.sample(options, 1);
    const inForce = ['standard', 'marginalLine', 'severeDisability', 'taper', 'startMonth', 'changeMonth'];
    const others = [...inForce, 'stacking'];
    expect([...Object.keys(set!), ...others].sort()).toEqual(Object.keys(DIBAO_PARAMETERS).sort());
  });

  it('the total does not depend on the order of members, incomes, obligors or spending; nor does the derivation', () => {
    const both = household.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(options, both, (changes, [one, other]) => {
        const view = viewOf('110000', dibaoBook('110000', changes));
        expect(must(propose(other, view, MONTH))).toEqual(must(propose(one, view, MONTH)));
      }),
      { numRuns: 400 },
    );
  });

  it('is what its components add up to, each above nothing', () => {
    fc.assert(
      fc.property(options, household, (changes, one) => {
        const { components, fen, eligible } = must(
          propose(one, viewOf('110000', dibaoBook('110000', changes)), MONTH),
        );
        expect(components.reduce((sum, component) => sum + component.fen, 0)).toBe(fen);
        expect(components.filter((component) => component.fen <= 0)).toEqual([]);
        expect(eligible || fen === 0).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
