import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../domain/calendar.ts';
import { fen } from '../../../domain/money.ts';
import {
  type AccruedLine,
  type DifferenceHints,
  differences,
} from '../../../domain/programmes/differences.ts';
import type { Entitlement } from '../../../domain/programmes/programme.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { bookOf, changedPack, fact, monthsOfFacts, must } from './samples.ts';

const accruedOver = (from: string, to: string, amount: number): AccruedLine[] =>
  monthRange(from, to).map((month) => ({ month, component: 'allowance', fen: fen(amount) }));

/** Differences for a Beijing person against what is accrued. */
function differ(facts: Fact[], accrued: AccruedLine[], through: string, hints?: DifferenceHints) {
  const { months, span } = must(monthsOfFacts('110000', facts, through));
  return differences(accrued, months, span, hints).map(({ month, fen: amount, cause }) => [
    month,
    amount,
    cause,
  ]);
}
const person = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];

describe('causes', () => {
  it('nothing changed: no lines', () => {
    expect(differ(person, accruedOver('2024-09', '2024-12', 10000), '2024-12')).toEqual([]);
  });

  it('a late application: the months before it, and the months since as newly joined', () => {
    const late = [fact('birth-date', '1944-09-20'), fact('application', '2024-11-05')];
    expect(differ(late, [], '2024-11')).toEqual([
      ['2024-09', 10000, 'late-application'],
      ['2024-10', 10000, 'late-application'],
      ['2024-11', 10000, 'newly-joined'],
    ]);
  });

  it('the period’s own month of someone already paid before', () => {
    const hints = { periodMonths: ['2024-12'] };
    expect(differ(person, accruedOver('2024-09', '2024-11', 10000), '2024-12', hints)).toEqual([
      ['2024-12', 10000, 'period'],
    ]);
  });

  it('death: months paid after it are proposed for recovery', () => {
    const facts = [...person, fact('death-certified', '2024-10-30')];
    expect(differ(facts, accruedOver('2024-09', '2024-12', 10000), '2024-12')).toEqual([
      ['2024-11', -10000, 'death'],
      ['2024-12', -10000, 'death'],
    ]);
  });

  it('custody reported late: facts changed', () => {
    const facts = [...person, fact('custody', '2024-11-03', 'custody')];
    expect(differ(facts, accruedOver('2024-09', '2024-12', 10000), '2024-12')).toEqual([
      ['2024-12', -10000, 'facts-changed'],
    ]);
  });

  it('a month of the period that was already paid and changed: facts changed', () => {
    const hints = { periodMonths: ['2024-12'] };
    expect(
      differ(person, accruedOver('2024-09', '2024-12', 9000).slice(-1), '2024-12', hints).at(-1),
    ).toEqual(['2024-12', 1000, 'facts-changed']);
  });

  it('a first month that moved later gives back the months before it', () => {
    const facts = [fact('birth-date', '1944-10-20'), fact('application', '2024-09-02')];
    expect(differ(facts, accruedOver('2024-09', '2024-10', 10000), '2024-10')).toEqual([
      ['2024-09', -10000, 'facts-changed'],
    ]);
  });

  it('a lifted hold and a new policy are named by the caller', () => {
    expect(
      differ(person, accruedOver('2024-09', '2024-10', 10000), '2024-11', { heldMonths: ['2024-11'] }),
    ).toEqual([['2024-11', 10000, 'hold-lifted']]);
    expect(
      differ(person, accruedOver('2024-09', '2024-09', 8000), '2024-09', { policyMonths: ['2024-09'] }),
    ).toEqual([['2024-09', 2000, 'policy-changed']]);
  });

  it('months before historyFrom and months after the span never move money', () => {
    const book = bookOf(changedPack('110000', { historyFrom: '2024-11' }));
    const { months, span } = must(monthsOfFacts('110000', person, '2024-12', book));
    const accrued = [...accruedOver('2024-09', '2024-10', 7000), ...accruedOver('2025-01', '2025-03', 10000)];
    expect(differences(accrued, months, span).map(({ month }) => month)).toEqual(['2024-11', '2024-12']);
    expect(differences(accrued, [], span)).toEqual([]);
  });
});

describe('sums', () => {
  const month = fc.integer({ min: 0, max: 11 }).map((offset) => addMonths('2026-01', offset));
  const amount = fc.integer({ min: -90000, max: 90000 }).map(fen);
  const line = fc.record({ month, component: fc.constantFrom('allowance', 'top-up'), fen: amount });
  const entitled = fc
    .uniqueArray(
      fc.record({
        month,
        components: fc.array(fc.record({ component: fc.constantFrom('allowance', 'top-up'), fen: amount }), {
          maxLength: 2,
        }),
      }),
      {
        selector: (one) => one.month,
      },
    )
    .map((list) => list.map((one) => ({ ...one, derivation: [] }) as unknown as Entitlement));

  it('per component, differences are exactly new minus old; paying them leaves nothing to pay', () => {
    const span = { from: '2026-03', through: '2026-10' };
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), entitled, (accrued, now) => {
        const found = differences(accrued, now, span);
        const inside = (one: { month: string }) => one.month >= span.from && one.month <= span.through;
        const sum = (list: { fen: number }[]) => list.reduce((all, one) => all + one.fen, 0);
        const owed = sum(now.filter(inside).flatMap((one) => [...one.components]));
        expect(sum(found)).toBe(owed - sum(accrued.filter(inside)));
        for (const name of ['allowance', 'top-up']) {
          const named = (one: { component: string }) => one.component === name;
          const due = sum(now.filter(inside).flatMap((one) => one.components.filter(named)));
          expect(sum(found.filter(named))).toBe(due - sum(accrued.filter(inside).filter(named)));
        }
        expect(found.every((one) => one.fen !== 0 && inside(one))).toBe(true);
        expect(differences([...accrued, ...found], now, span)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
