// Goal: the tier of care is the worst of what is known, by the mapping of the place. Method: each boundary, and properties over any grounds.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ABILITY_LEVELS,
  ACTIVITIES,
  CARE_TIERS,
  type CareGrounds,
  type CareMapping,
  careTierOf,
  readAbility,
} from '../../../domain/care/self-care.ts';
import { DISABILITY_KINDS } from '../../../domain/household/household-case.ts';
import { policyFile } from '../../policy-files.ts';

/** 广州: levels, activities, and cards of intellectual and mental disability. */
const GUANGZHOU = policyFile('440100', 'tekun-care').values.find(
  ({ parameter }) => parameter === 'careMapping',
)?.value as CareMapping;
const tier = (grounds: CareGrounds, mapping = GUANGZHOU) => careTierOf(grounds, mapping)?.tier;

describe('the tier of care', () => {
  it.each([
    [0, 'full'],
    [1, 'half'],
    [3, 'half'],
    [4, 'none'],
    [6, 'none'],
  ] as const)('%i activities lost: %s', (count, expected) => {
    expect(tier({ ability: { activities: ACTIVITIES.slice(0, count) } })).toBe(expected);
  });
  it.each([
    ['intact', 'full'],
    ['light', 'half'],
    ['moderate', 'half'],
    ['severe', 'none'],
  ] as const)('level %s: %s', (level, expected) => {
    expect(tier({ ability: { level } })).toBe(expected);
  });
  it.each([
    [1, 'mental', 'none'],
    [2, 'intellectual', 'none'],
    [3, 'mental', 'half'],
    [4, 'mental', undefined],
    [1, 'limb', undefined],
  ] as const)('a card of grade %i, %s: %s', (grade, kind, expected) => {
    expect(tier({ disability: { grade, kind } })).toBe(expected);
  });
  it('the worst counts, and names what it rests on', () => {
    const grounds = { selfCare: 'full', ability: { level: 'moderate' } } as const;
    expect(careTierOf(grounds, GUANGZHOU)).toEqual({ tier: 'half', because: 'level' });
    const worse = { ...grounds, disability: { grade: 2, kind: 'mental' } } as const;
    expect(careTierOf(worse, GUANGZHOU)).toEqual({ tier: 'none', because: 'disability' });
    expect(careTierOf({ selfCare: 'half', ability: { level: 'light' } }, GUANGZHOU)?.because).toBe(
      'confirmed',
    );
  });
  it('what a place does not map says nothing', () => {
    expect(tier({ ability: { level: 'severe' } }, {})).toBeUndefined();
    expect(tier({ selfCare: 'half', disability: { grade: 1, kind: 'mental' } }, {})).toBe('half');
    expect(tier({})).toBeUndefined();
  });

  const grounds: fc.Arbitrary<CareGrounds> = fc.record(
    {
      selfCare: fc.constantFrom(...CARE_TIERS),
      ability: fc.oneof(
        fc.record({ activities: fc.subarray([...ACTIVITIES]) }),
        fc.record({ level: fc.constantFrom(...ABILITY_LEVELS) }),
      ),
      disability: fc.record({
        grade: fc.integer({ min: 1, max: 4 }),
        kind: fc.constantFrom(...DISABILITY_KINDS),
      }),
    },
    { requiredKeys: [] },
  );
  it('knowing more never makes the tier better', () => {
    fc.assert(
      fc.property(grounds, grounds, (known, more) => {
        const before = tier(known);
        fc.pre(before !== undefined);
        const after = tier({ ...more, ...known });
        expect(CARE_TIERS.indexOf(after!)).toBeGreaterThanOrEqual(CARE_TIERS.indexOf(before));
      }),
    );
  });
});

describe('an assessment as a fact', () => {
  it.each([
    ['adl:', { activities: [] }],
    ['adl:bathing,dressing', { activities: ['dressing', 'bathing'] }],
    ['level:moderate', { level: 'moderate' }],
  ])('%s', (text, ability) => {
    expect(readAbility(text)).toEqual(ability);
  });
  it.each(['', 'adl:bathing,bathing', 'adl:singing', 'level:', 'level:bad', 'adl:a:b', 'half'])(
    '"%s" is none',
    (text) => {
      expect(readAbility(text)).toBeUndefined();
    },
  );
});
