// Goal: what is learned late about a child, or decided late, becomes arrears or a proposal to recover: the right months, sums and causes.
import { describe, expect, it } from 'vitest';
import { monthRange } from '../../../../domain/calendar.ts';
import { type Difference, differences } from '../../../../domain/programmes/differences.ts';
import type { Fact } from '../../../../domain/register/facts.ts';
import { childBook, type Given, monthsOf, on, orphan } from './samples.ts';

const NOVEMBER = '2026-11';

/** What a run of November 2026 finds: months paid as `paidOn` knew it, against what is known now. */
function found(
  before: Given,
  now: Given,
  { from = '2025-07', paidThrough = '2026-10', paidOn = '2026-10-01', book = childBook() } = {},
): readonly Difference[] {
  const paid = monthsOf(before, from, paidThrough, book, paidOn).months;
  const accrued = paid.flatMap(({ month, components }) => components.map((one) => ({ month, ...one })));
  const { months, span } = monthsOf(now, from, NOVEMBER, book);
  return differences(accrued, months, span, { periodMonths: [NOVEMBER] }).filter(
    ({ cause }) => cause !== 'period',
  );
}
const brief = (all: readonly Difference[]) => all.map(({ month, fen, cause }) => [month, fen, cause]);
const each = (from: string, through: string, fen: number, cause: string) =>
  monthRange(from, through).map((month) => [month, fen, cause]);

describe('decided late', () => {
  it('D1: the document of 2026-01-14 raises 2025-07 to 2026-01, which were paid at the old standard', () => {
    const old = { paidOn: '2026-01-05', paidThrough: '2026-01' };
    const book = childBook();
    const paid = monthsOf(orphan(), '2025-07', '2026-01', book, old.paidOn).months;
    const accrued = paid.flatMap(({ month, components }) => components.map((one) => ({ month, ...one })));
    const { months, span } = monthsOf(orphan(), '2025-07', '2026-01', book, '2026-02-01');
    const raised = differences(accrued, months, span, { policyMonths: monthRange('2025-07', '2026-01') });
    expect(brief(raised)).toEqual(each('2025-07', '2026-01', 40000, 'policy-changed'));
    expect(raised.reduce((sum, { fen }) => sum + fen, 0)).toBe(280000);
  });
});

describe('learned late', () => {
  const changed = (...facts: readonly Fact[]) => brief(found(orphan(), orphan(...facts)));

  it('an adoption of 2026-03-20: the months from April on are to be recovered', () => {
    expect(changed(on('guardianship', '2026-03-20', 'adopted'))).toEqual(
      each('2026-04', '2026-10', -285000, 'facts-changed'),
    );
  });

  it('an adoption that turns out to be a mistake is paid in arrears', () => {
    const adopted = on('guardianship', '2026-03-20', 'adopted');
    const mistake = on('guardianship', '2026-03-20', '', '2026-11-02T01:00:00.000Z');
    expect(brief(found(orphan(adopted), orphan(adopted, mistake)))).toEqual(
      each('2026-04', '2026-10', 285000, 'facts-changed'),
    );
  });

  it('a death: the month itself was due, those after it are recovered as such', () => {
    expect(changed(on('death-certified', '2026-08-30'))).toEqual(
      each('2026-09', '2026-10', -285000, 'death'),
    );
  });

  it('a decision corrected to an earlier day is paid back to the month after it', () => {
    const later = orphan().facts.map((one) =>
      one.kind === 'decision' ? { ...one, value: '2026-08-12/示例〔2026〕1号' } : one,
    );
    const corrected = on('decision', '2026-05-12', '2026-05-12/示例〔2026〕1号', '2026-11-01T01:00:00.000Z');
    const before = { ...orphan(), facts: later };
    expect(brief(found(before, { ...before, facts: [...later, corrected] }))).toEqual(
      each('2026-06', '2026-08', 285000, 'facts-changed'),
    );
  });

  it('a move into an institution, where that is another amount', () => {
    const book = childBook({ '110000/orphan': { standard: { family: '2000.00', institution: '2500.00' } } });
    const moved = orphan(on('child-category', '2026-07-15', '202'));
    expect(brief(found(orphan(), moved, { book }))).toEqual(
      each('2026-08', '2026-10', 50000, 'facts-changed'),
    );
  });

  it('a school that had begun in September is known in November: the holidays are paid too', () => {
    const facts = orphan().facts.map((one) =>
      one.kind === 'birth-date' ? { ...one, value: '2008-03-05' } : one,
    );
    const pupil = [on('student', '2023-09-01', 'senior-secondary'), on('student', '2026-06-25', '')];
    const before = { ...orphan(), facts: [...facts, ...pupil] };
    const university = on('student', '2026-09-01', 'undergraduate', '2026-11-05T01:00:00.000Z');
    expect(brief(found(before, { ...before, facts: [...before.facts, university] }))).toEqual(
      each('2026-07', '2026-10', 285000, 'facts-changed'),
    );
  });

  it('低保 of the household decided late: the child was paid in full and is topped up only', () => {
    const full: Given = { ...orphan(), programme: 'unattended-child' };
    const beside: Given = {
      ...full,
      dibao: [
        { of: 'child', component: 'base', yuan: '750.00' },
        { of: 'child', component: 'top-up', yuan: '362.50' },
      ],
    };
    const span = { from: '2026-08', through: '2026-10' };
    const facts = full.facts.map((one) => (one.kind === 'child-category' ? { ...one, value: '120' } : one));
    const accrued = monthRange(span.from, span.through).map((month) => ({
      month,
      component: 'living',
      fen: 285000 as never,
    }));
    const now = monthsOf({ ...beside, facts }, span.from, span.through).months;
    expect(brief(differences(accrued, now, span))).toEqual(
      each('2026-08', '2026-10', -111250, 'facts-changed'),
    );
  });
});

describe('the settlement as an adult', () => {
  it('recorded twice, or late, is paid once; withdrawn it is recovered', () => {
    const book = childBook({
      '110000/orphan': { settlementAid: { amount: '20000.00', paidIn: 'same-month' } },
    });
    const settled = on(
      'settled-adult',
      '2026-08-10',
      '2026-08-10/示例〔2026〕8号',
      '2026-11-03T01:00:00.000Z',
    );
    const again = { ...settled, recordedAt: '2026-11-04T01:00:00.000Z' };
    expect(brief(found(orphan(), orphan(settled), { book }))).toEqual([
      ['2026-08', 2000000, 'facts-changed'],
    ]);
    expect(brief(found(orphan(settled), orphan(settled, again), { book }))).toEqual([]);
    const withdrawn = on('settled-adult', '2026-11-05', '');
    expect(brief(found(orphan(settled), orphan(settled, withdrawn), { book }))).toEqual([
      ['2026-08', -2000000, 'facts-changed'],
    ]);
  });
});
