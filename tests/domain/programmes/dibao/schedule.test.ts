// Goal: the months that a first approval or a review would fix. Method: small households; each boundary the month before, of and
// after; everything proposed twice, the second time for nothing.
import { describe, expect, it } from 'vitest';
import { proposeSchedule } from '../../../../domain/programmes/dibao/schedule.ts';
import { codeOf } from '../samples.ts';
import { decide, determined, dibaoBook, family, inputOf as input, lines, schedule } from './samples.ts';

const BEIJING = '110000';
const LINKOU = '231025';
const APPROVED = { kind: 'initial', appliedOn: '2024-06-03', decidedOn: '2024-09-18' } as const;

describe('first approval', () => {
  it.each([
    ['next-month', ['2024-10: 1450.00 + 0.00']],
    ['approval-month', ['2024-09: 1450.00 + 0.00']],
    ['application-month', ['2024-06: 1395.00 + 0.00', '2024-07: 1450.00 + 0.00']],
  ])('%s', (startMonth, expected) => {
    const book = dibaoBook(BEIJING, { startMonth });
    expect(lines(schedule(APPROVED, input(BEIJING, { book })))).toEqual(expected);
  });

  it.each([
    ['2024-08-31', '2024-09'],
    ['2024-09-01', '2024-10'],
    ['2024-09-30', '2024-10'],
    ['2024-12-31', '2025-01'],
  ])('approved on %s: from %s', (decidedOn, first) => {
    const { spans } = schedule({ ...APPROVED, decidedOn }, input(BEIJING));
    expect(spans.map(({ from }) => from)).toEqual([first]);
  });

  it('starts with why it starts then', () => {
    const [span] = schedule(APPROVED, input(BEIJING)).spans;
    expect(span!.derivation[0]).toMatchObject({
      code: 'start-month',
      inputs: { applied: '2024-06', decided: '2024-09', rule: 'next-month' },
      result: '2024-10',
    });
  });

  it('follows the household of each month, and says which month has none', () => {
    const book = dibaoBook(BEIJING, { startMonth: 'application-month' });
    const born = [
      { from: '2024-06', household: family(1) },
      { from: '2024-08', household: family(2) },
    ];
    expect(lines(schedule(APPROVED, input(BEIJING, { book, cases: born })))).toEqual([
      '2024-06: 1395.00 + 0.00',
      '2024-07: 1450.00 + 0.00',
      '2024-08: 2900.00 + 0.00',
    ]);
    const late = input(BEIJING, { book, cases: [{ from: '2024-07', household: family(1) }] });
    expect(codeOf(proposeSchedule(APPROVED, late))).toBe('missing/household');
  });

  it('refuses a month without a standard; a household over the standard gets nothing, with the reason', () => {
    const decidedOn = '2025-12-15';
    expect(codeOf(proposeSchedule({ ...APPROVED, decidedOn }, input(LINKOU)))).toBe('policy/gap');
    const rich = input(BEIJING, { cases: [{ from: '2020-01', household: family(1, '1450.00') }] });
    const { spans } = schedule(APPROVED, rich);
    expect(spans[0]!.components).toEqual([]);
    expect(spans[0]!.derivation.at(-1)!.code).toBe('not-below-standard');
  });

  it('is a sample where an amount is', () => {
    expect(schedule(APPROVED, input(BEIJING)).sample).toBe(false);
    expect(schedule({ ...APPROVED, decidedOn: '2024-05-18' }, input(BEIJING)).sample).toBe(true);
  });
});

describe('review', () => {
  const before = [determined([['2024-09', 1450]])];
  const review = { kind: 'review', decidedOn: '2024-11-20' } as const;
  const cases = [
    { from: '2024-01', household: family(1) },
    { from: '2024-11', household: family(1, '100.00') },
  ];

  it.each([
    ['next-month', '2024-12'],
    ['decision-month', '2024-11'],
  ])('%s', (changeMonth, first) => {
    const book = dibaoBook(BEIJING, { changeMonth });
    const proposal = schedule(review, input(BEIJING, { book, cases, determinations: before }));
    expect(lines(proposal)).toEqual([`${first}: 1350.00 + 0.00`]);
    expect(proposal.spans[0]!.derivation[0]!.code).toBe('change-month');
  });

  it('of an unchanged household proposes nothing', () => {
    const same = input(BEIJING, { determinations: before });
    expect(schedule(review, same).spans).toEqual([]);
    const changed = input(BEIJING, { cases, determinations: before });
    const after = decide(before, schedule(review, changed), '2024-11-20');
    expect(schedule(review, { ...changed, determinations: after }).spans).toEqual([]);
  });

  it('ends months that were decided for later, even when the next one is the same', () => {
    const tapering = [
      ...before,
      determined(
        [
          ['2024-12', 1450],
          ['2025-02', 725],
          ['2025-04', 0],
        ],
        { number: 2 },
      ),
    ];
    const proposal = schedule(review, input(BEIJING, { determinations: tapering }));
    expect(lines(proposal)).toEqual(['2025-02: 1450.00 + 0.00']);
  });

  it('goes back to a month for a fact that was known late, not before the first determination', () => {
    const known = [
      { from: '2024-01', household: family(1) },
      { from: '2024-10', household: family(1, '100.00') },
      { from: '2024-11', household: family(1, '40.00') },
    ];
    const at = input(BEIJING, { cases: known, determinations: before });
    const from = (month: string, where = at) => lines(schedule({ ...review, from: month }, where));
    expect(from('2024-08')).toEqual(['2024-10: 1350.00 + 0.00', '2024-11: 1410.00 + 0.00']);
    expect(from('2024-11')).toEqual(['2024-11: 1410.00 + 0.00']);
    expect(from('2024-12')).toEqual(['2024-12: 1410.00 + 0.00']);
    expect(codeOf(proposeSchedule({ ...review, from: '2025-01' }, at))).toBe('invalid/review-month');
    const poorer = { ...at, cases: [{ from: '2024-01', household: family(2) }] };
    expect(from('2024-01', poorer)).toEqual(['2024-09: 2900.00 + 0.00']);
  });

  it('needs something to review', () => {
    expect(codeOf(proposeSchedule(review, input(BEIJING)))).toBe('conflict/not-determined');
  });
});
