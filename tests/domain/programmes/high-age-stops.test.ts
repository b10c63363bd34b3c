import { describe, expect, it } from 'vitest';
import { around, bookOf, changedPack, due, fact } from './samples.ts';

const BEIJING = '110000';

describe('stop and resumption', () => {
  const alive = [fact('birth-date', '1940-03-05'), fact('application', '2020-03-05')];

  it('death: paid through its month, nothing from the next (次月起停发)', () => {
    const facts = [...alive, fact('death-certified', '2026-05-20')];
    expect(around(BEIJING, facts, '2026-05')).toEqual([10000, 10000, 0]);
    expect(due(BEIJING, facts, '2027-01')).toBe(0);
  });

  it('death: not the month itself where the policy says so', () => {
    const book = bookOf(changedPack(BEIJING, { stopFrom: 'same-month' }));
    expect(around(BEIJING, [...alive, fact('death-certified', '2026-05-20')], '2026-05', book)).toEqual([
      10000, 0, 0,
    ]);
  });

  it('the earliest certified death wins; a reported one changes nothing; a withdrawn one is forgotten', () => {
    const later = fact('death-certified', '2026-08-02', '2026-08-02', '2026-08-05T00:00:00.000Z');
    const earlier = fact('death-certified', '2026-05-20', '2026-05-20', '2026-09-05T00:00:00.000Z');
    expect(due(BEIJING, [...alive, later, earlier], '2026-06')).toBe(0);
    expect(due(BEIJING, [...alive, earlier, later], '2026-06')).toBe(0);
    const muchLater = fact('death-certified', '2026-09-09', '2026-09-09', '2026-11-05T00:00:00.000Z');
    expect(due(BEIJING, [...alive, earlier, muchLater], '2026-06')).toBe(0);
    expect(due(BEIJING, [...alive, fact('death-reported', '2026-05-20')], '2026-06')).toBe(10000);
    const withdrawn = fact('death-certified', '2026-05-20', '', '2026-10-01T00:00:00.000Z');
    expect(due(BEIJING, [...alive, earlier, withdrawn], '2026-06')).toBe(10000);
  });

  it.each([
    ['household-registration', '420203', 'in'],
    ['custody', 'custody', 'released'],
    ['missing', 'missing', 'found'],
  ] as const)('%s: stops from the next month and resumes from the next', (kind, away, back) => {
    const facts = [...alive, fact(kind, '2026-05-20', away), fact(kind, '2026-08-10', back)];
    expect(around(BEIJING, facts, '2026-05')).toEqual([10000, 10000, 0]);
    expect(around(BEIJING, facts, '2026-08')).toEqual([0, 0, 10000]);
    const sooner = bookOf(changedPack(BEIJING, { resumeFrom: 'same-month' }));
    expect(around(BEIJING, facts, '2026-08', sooner)).toEqual([0, 10000, 10000]);
  });

  it('away and back within a month changes nothing', () => {
    const facts = [
      ...alive,
      fact('custody', '2026-05-03', 'custody'),
      fact('custody', '2026-05-20', 'released'),
    ];
    expect(around(BEIJING, facts, '2026-05')).toEqual([10000, 10000, 10000]);
  });

  it('of two facts for one day the one recorded last counts: a correction', () => {
    const wrong = fact('custody', '2026-05-03', 'custody', '2026-05-04T00:00:00.000Z');
    const corrected = fact('custody', '2026-05-03', 'released', '2026-06-20T00:00:00.000Z');
    expect(due(BEIJING, [...alive, corrected, wrong], '2026-07')).toBe(10000);
    expect(due(BEIJING, [...alive, wrong], '2026-07')).toBe(0);
  });

  it('facts that tie on every date give one answer in either order', () => {
    const [one, other] = [fact('stop', '2026-05-25', '2026-03'), fact('stop', '2026-05-25', '2026-05')];
    const amounts = (facts: typeof alive) =>
      ['2026-04', '2026-06'].map((month) => due(BEIJING, facts, month));
    expect(amounts([...alive, one, other])).toEqual(amounts([...alive, other, one]));
  });

  it('released from custody while still moved out: nothing', () => {
    const facts = [
      ...alive,
      fact('household-registration', '2026-04-10', '420203'),
      fact('custody', '2026-05-03', 'custody'),
      fact('custody', '2026-07-20', 'released'),
    ];
    expect(due(BEIJING, facts, '2026-09')).toBe(0);
  });

  it('a move inside the jurisdiction is no move-out', () => {
    expect(due(BEIJING, [...alive, fact('household-registration', '2026-05-20', '110105')], '2026-07')).toBe(
      10000,
    );
    const inDistrict = [...alive, fact('household-registration', '2026-05-20', '110199002')];
    expect(due('110199', inDistrict, '2026-07')).toBe(10000);
    const toNext = [...alive, fact('household-registration', '2026-05-20', '110105')];
    expect(due('110199', toNext, '2026-07')).toBe(0);
  });

  it.each(['in', '110000'])('came from elsewhere (%s): nothing before the registration moved in', (value) => {
    const facts = [...alive, fact('household-registration', '2026-05-20', value)];
    expect(around('110000', facts, '2026-05')).toEqual([0, 0, 10000]);
    const sooner = bookOf(changedPack('110000', { resumeFrom: 'same-month' }));
    expect(around('110000', facts, '2026-05', sooner)).toEqual([0, 10000, 10000]);
    expect(due('110000', [...alive, fact('household-registration', '1990-01-01', value)], '2026-04')).toBe(
      10000,
    );
  });

  it('came back from elsewhere: the months before the move away are still due', () => {
    const facts = [
      ...alive,
      fact('household-registration', '2026-03-05', '420203'),
      fact('household-registration', '2026-06-05', 'in'),
    ];
    expect(around(BEIJING, facts, '2026-03')).toEqual([10000, 10000, 0]);
    expect(around(BEIJING, facts, '2026-06')).toEqual([0, 0, 10000]);
  });

  it('nothing here through the month that the district moved from paid', () => {
    const facts = [...alive, fact('paid-elsewhere', '2026-06-01', '2026-05')];
    expect(around(BEIJING, facts, '2026-05')).toEqual([0, 0, 10000]);
  });

  it('a decided stop names its last month; an empty one resumes; a second one corrects', () => {
    const stop = fact('stop', '2026-05-25', '2026-05');
    expect(around(BEIJING, [...alive, stop], '2026-05')).toEqual([10000, 10000, 0]);
    const resumed = [...alive, stop, fact('stop', '2026-08-01', '')];
    expect(around(BEIJING, resumed, '2026-08')).toEqual([0, 10000, 10000]);
    const corrected = [...alive, stop, fact('stop', '2026-06-10', '2026-07')];
    expect(around(BEIJING, corrected, '2026-07')).toEqual([10000, 10000, 0]);
    const again = [...resumed, fact('stop', '2026-10-05', '2026-10')];
    expect(due(BEIJING, again, '2026-07')).toBe(0);
    expect(around(BEIJING, again, '2026-10')).toEqual([10000, 10000, 0]);
  });
});
