// Goal: what other benefits leave of both subsidies (policy of 广州, 北京 and 四川), through the one assessment; no total depends on the order
// of the enrolments. Method: cases as a person would write them.
import { describe, expect, it } from 'vitest';
import { assessed } from '../assessments/assessed.ts';

const CHILD = { person: { birthDate: '2015-03-05', identityClass: '低保', disability: '1级肢体' } };
const OLD = { person: { birthDate: '1950-03-05', disability: '1级肢体' } };
const BOTH = ['disability-living', 'disability-nursing'];
const since = { appliedOn: '2024-05-06', decidedOn: '2024-06-12' };

/** Yuan by programme, the same in whatever order the enrolments are named. */
function amounts(place: string, month: string, given: object, enrolments: readonly unknown[]) {
  const [one, other] = [enrolments, enrolments.toReversed()].map((list) => {
    const { results } = assessed(place, month, { ...given, enrolments: list });
    return Object.fromEntries(
      results.map((each) => [each.programme, 'error' in each ? each.error.code : each.amount]),
    );
  });
  expect(other).toEqual(one);
  return one;
}

describe('other benefits', () => {
  it('特困 excludes both, by the enrolment and by the class alone', () => {
    expect(amounts('440100', '2025-06', OLD, ['tekun', ...BOTH])).toEqual({
      tekun: '2094.40',
      'disability-living': '0.00',
      'disability-nursing': '0.00',
    });
    const named = { person: { ...OLD.person, identityClass: '特困' } };
    expect(amounts('440100', '2025-06', named, BOTH)).toEqual({
      'disability-living': '0.00',
      'disability-nursing': '0.00',
    });
  });

  it('an orphan has no living subsidy, and the one for care', () => {
    const orphan = { programme: 'orphan', ...since, facts: { 'child-category': '201' } };
    expect(amounts('440100', '2025-06', CHILD, [orphan, ...BOTH])).toEqual({
      orphan: '2976.00',
      'disability-living': '0.00',
      'disability-nursing': '280.00',
    });
  });

  it('a full-rate child whom nobody cares for has no living subsidy, and the one for care', () => {
    const child = { programme: 'unattended-child', ...since, facts: { 'child-category': '120' } };
    expect(amounts('440100', '2025-06', CHILD, [child, ...BOTH])).toEqual({
      'unattended-child': '2976.00',
      'disability-living': '0.00',
      'disability-nursing': '280.00',
    });
  });

  it('high-age allowance stands beside both', () => {
    const old = { person: { birthDate: '1940-03-05', identityClass: '低保', disability: '1级肢体' } };
    expect(amounts('110000', '2024-09', old, ['high-age', ...BOTH])).toEqual({
      'high-age': '100.00',
      'disability-living': '400.00',
      'disability-nursing': '300.00',
    });
  });

  it('工伤: care allowance for a work injury excludes both, from the month after', () => {
    const facts = { 'work-injury-care': [{ value: 'yes', from: '2025-05-10' }] };
    const hurt = { person: { ...CHILD.person, birthDate: '1980-03-05', facts } };
    expect(amounts('440100', '2025-05', hurt, BOTH)).toEqual({
      'disability-living': '209.00',
      'disability-nursing': '280.00',
    });
    expect(amounts('440100', '2025-06', hurt, BOTH)).toEqual({
      'disability-living': '0.00',
      'disability-nursing': '0.00',
    });
  });
});
