// Goal: what is decided about a person is what the register knew of him for the month. Method: facts of each kind, by day and by instant.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personCaseOn } from '../../../domain/care/person-case.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { fact } from '../programmes/samples.ts';

const PERSON = '7Z3K9QX2M4BT';
const HOUSEHOLD = 'H0000000000A';
const of = (
  person: readonly Fact[],
  own: readonly Fact[] = [],
  month = '2026-08',
  kept: readonly Fact[] = [],
) =>
  personCaseOn(
    { persons: { [PERSON]: person }, households: { [HOUSEHOLD]: kept } },
    { subject: PERSON, jurisdiction: '110199', facts: own },
    month,
  );

describe('a person of a month', () => {
  it('is as the facts of its last day say', () => {
    const facts = [
      fact('birth-date', '1950-03-05'),
      fact('self-care', '2026-01-10', 'full'),
      fact('self-care', '2026-08-31', 'half'),
      fact('ability-assessment', '2026-09-01', 'level:severe'),
      fact('disability', '2020-01-01', '2:limb'),
      fact('student', '2026-02-01', ''),
    ];
    expect(of(facts, [fact('care-setting', '2026-08-01', 'institution')])).toEqual({
      person: PERSON,
      birthDate: '1950-03-05',
      setting: 'institution',
      selfCare: 'half',
      disability: { grade: 2, kind: 'limb' },
    });
    expect(of(facts, [], '2026-07').selfCare).toBe('full');
    expect(of(facts, [], '2026-09').ability).toEqual({ level: 'severe' });
  });
  it('lives where the enrolment says, or the household, or the registration', () => {
    const member = [fact('household', '2026-01-01', `${HOUSEHOLD}:head:covered`)];
    const registered = fact('registration-kind', '1960-01-01', 'urban');
    const kept = [fact('residence', '2026-01-01', 'rural')];
    expect(of([]).residence).toBeUndefined();
    expect(of([registered]).residence).toBe('urban');
    expect(of([...member, registered], [], '2026-08', kept).residence).toBe('rural');
    expect(of(member, [fact('residence', '2026-03-01', 'urban')], '2026-08', kept).residence).toBe('urban');
    expect(of(member, [fact('residence', '2026-09-01', 'urban')], '2026-08', kept).residence).toBe('rural');
  });
  it('is dead by certificate alone, whichever is known of first, and buried when that is said', () => {
    const reported = fact('death-reported', '2026-08-02');
    expect(of([reported]).diedIn).toBeUndefined();
    const certified = fact('death-certified', '2026-07-31');
    expect(of([reported, certified])).toMatchObject({ diedIn: '2026-07' });
    expect(of([certified, fact('funeral-done', '2026-08-03')])).toMatchObject({ funeralIn: '2026-08' });
    const withdrawn = fact('funeral-done', '2026-08-03', '', '2026-08-09T01:00:00.000Z');
    expect(of([certified, fact('funeral-done', '2026-08-03'), withdrawn]).funeralIn).toBeUndefined();
  });
  it.each([
    ['custody', 'custody', 'custody', 'released'],
    ['missing', 'missing', 'missing', 'found'],
    ['household-registration', '440103', 'moved-out', 'in'],
  ] as const)('%s: away from then on, and back again', (kind, value, why, back) => {
    const gone = fact(kind, '2026-06-15', value);
    expect(of([gone])).toMatchObject({ away: { why, since: '2026-06' } });
    expect(of([gone], [], '2026-05').away).toBeUndefined();
    expect(of([gone, fact(kind, '2026-08-20', back)]).away).toBeUndefined();
  });
  it('a move within the district is none', () => {
    expect(of([fact('household-registration', '2026-06-15', '110199002')]).away).toBeUndefined();
  });
  it('the order of facts says nothing', () => {
    const facts = [
      fact('self-care', '2026-01-10', 'full'),
      fact('self-care', '2026-02-10', 'none'),
      fact('custody', '2026-03-01', 'custody'),
      fact('custody', '2026-04-01', 'released'),
      fact('disability', '2026-01-01', '1:mental'),
      fact('birth-date', '1950-03-05'),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
        expect(of(shuffled)).toEqual(of(facts));
      }),
    );
  });
});
