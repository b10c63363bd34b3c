import { describe, expect, it } from 'vitest';
import { monthsLater } from '../../../domain/calendar.ts';
import type { ControlInput } from '../../../domain/controls/control.ts';
import { reviewOverdue } from '../../../domain/controls/review-overdue.ts';
import { fen } from '../../../domain/money.ts';
import { papersOf } from '../../../domain/register/paper-columns.ts';
import { completePapers, type Papers, reviewDue, withPapers } from '../../../domain/street/papers.ts';

const STAMP = { recordedAt: '2026-11-22T02:00:00.000Z', source: 'counter', by: 'st-1', on: '2026-11-22' };
const TODAY = '2026-11-22';
const BEIJING = { stable: 12, unstable: 6 };
const complete = (
  papers: Papers,
  before: Papers = {},
  intervals: Record<string, number> | undefined = BEIJING,
) => {
  const done = completePapers(withPapers([], before, STAMP), papers, intervals, TODAY);
  return done.ok ? done.value.nextReview : done.error.code;
};

describe('papers as facts', () => {
  it('each has its day; what says nothing new adds nothing', () => {
    const papers: Papers = {
      acceptedOn: '2026-09-01',
      checkReport: '核对〔2026〕7号',
      publicity: { from: '2026-09-10', to: '2026-09-16' },
      decision: { number: '示民审〔2026〕12号', on: '2026-09-20' },
      reviewClass: 'stable',
      nextReview: '2027-09-20',
    };
    const facts = withPapers([], papers, STAMP);
    expect(facts.map(({ kind, value, validFrom }) => `${kind} ${value} ${validFrom}`)).toEqual([
      'acceptance 2026-09-01 2026-09-01',
      'check-report 核对〔2026〕7号 2026-11-22',
      'publicity 2026-09-10/2026-09-16 2026-09-10',
      'decision 2026-09-20/示民审〔2026〕12号 2026-09-20',
      'review-class stable 2026-11-22',
      'next-review 2027-09-20 2026-11-22',
    ]);
    expect(withPapers(facts, papers, STAMP)).toBe(facts);
    expect(withPapers(facts, {}, STAMP)).toBe(facts);
    expect([reviewDue(facts), reviewDue([])]).toEqual(['2027-09-20', undefined]);
  });

  it('of a row: halves of what belongs together are faults', () => {
    expect(papersOf({})).toMatchObject({ ok: true });
    for (const values of [
      { publicityFrom: '2026-09-10' },
      { publicityFrom: '2026-09-10', publicityTo: '2026-09-09' },
      { decisionNumber: '12号' },
      { reviewedOn: '2026-09-10' },
      { reviewedOn: '2026-09-10', nextReview: '2026-09-10' },
    ])
      expect(papersOf(values)).toMatchObject({ ok: false });
  });
});

describe('the next review', () => {
  it('follows from the class by policy, unless it is given', () => {
    expect(complete({ reviewedOn: '2026-11-20', reviewClass: 'stable' })).toBe('2027-11-20');
    expect(complete({ reviewedOn: '2026-11-20' }, { reviewClass: 'unstable' })).toBe('2027-05-20');
    expect(complete({ reviewedOn: '2026-11-20', nextReview: '2027-01-31' })).toBe('2027-01-31');
    expect(complete({ reviewedOn: '2026-11-20' })).toBe('invalid/review-class');
    expect(complete({ reviewedOn: '2026-11-20', reviewClass: 'stable' }, {}, {})).toBe(
      'invalid/review-class',
    );
    expect(complete({ checkReport: '7号' })).toBeUndefined();
  });
  it('ends a longer month on the last day of a shorter one', () => {
    expect(monthsLater('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsLater('2026-10-31', 1)).toBe('2026-11-30');
  });
  it('refuses dates that contradict each other, and an older review after a newer', () => {
    expect(complete({ reviewedOn: '2026-11-23', reviewClass: 'stable' })).toBe('invalid/papers');
    expect(complete({ acceptedOn: '2026-11-23' })).toBe('invalid/papers');
    expect(complete({ publicity: { from: '2026-11-02', to: '2026-11-01' } })).toBe('invalid/papers');
    expect(complete({ reviewedOn: '2026-11-20', nextReview: '2026-11-20' })).toBe('invalid/papers');
    expect(
      complete({ reviewedOn: '2026-11-19', nextReview: '2027-01-01' }, { reviewedOn: '2026-11-20' }),
    ).toBe('conflict/review-older');
  });
});

describe('the control', () => {
  const held = (due: string, knownOn: string, month = '2026-12') => {
    const lines = [{ month, component: 'allowance', fen: fen(1), kind: 'entitlement' }] as const;
    return reviewOverdue.check({ lines, review: { due, knownOn } } as unknown as ControlInput) !== undefined;
  };
  it('holds once the day has passed, and not on it', () => {
    expect(held('2026-11-21', '2026-11-20')).toBe(false);
    expect(held('2026-11-21', '2026-11-21')).toBe(false);
    expect(held('2026-11-21', '2026-11-22')).toBe(true);
  });
  it('holds months after the one of the review, which the review before covers', () => {
    expect(held('2026-11-21', '2026-12-05', '2026-11')).toBe(false);
    expect(held('2026-11-21', '2026-12-05', '2026-12')).toBe(true);
  });
  it('knows nothing of enrolments without a review', () => {
    expect(reviewOverdue.check({ lines: [] } as unknown as ControlInput)).toBeUndefined();
  });

  it('does nothing where the place says that it does nothing, or stops the money by rule', () => {
    const lines = [{ month: '2026-12', component: 'base', fen: 1, kind: 'entitlement' }];
    const review = { due: '2026-06-30', knownOn: '2026-12-01' };
    const held = (overdueReview?: string) =>
      reviewOverdue.check({
        lines,
        review,
        ...(overdueReview && { policy: { overdueReview } }),
      } as unknown as ControlInput) !== undefined;
    expect([held(), held('hold'), held('nothing'), held('stop')]).toEqual([true, true, false, false]);
  });
});
