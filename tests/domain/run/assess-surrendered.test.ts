import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { fact } from '../programmes/samples.ts';
import { accruedOver, caseOf, drafts, lines, manifest, one, proposals } from './cases.ts';

/** Turns 80 in September 2024, applied in time: 100 yuan a month in Beijing since then. */
const BEIJING = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];
const round = manifest({ jurisdiction: '110000', period: '2024-12', round: 'S1', months: [] });
const received = accruedOver('2024-10', '2024-12', 10000);
const surrendered = accruedOver('2024-09', '2024-09', 10000).map(
  (line) => ({ ...line, standing: 'surrendered' }) as const,
);
const DEAD_BEFORE = [...BEIJING, fact('death-certified', '2024-08-30')];

describe('a month that was surrendered to the treasury', () => {
  it('is not paid again by itself; once it is claimed, and so accrued no more, it is', () => {
    expect(drafts(round, caseOf('110000', BEIJING, { accrued: [...surrendered, ...received] }))).toEqual([]);
    expect(lines(round, caseOf('110000', BEIJING, { accrued: received }))).toEqual([
      ['2024-09', 10000, 'arrears', 'facts-changed'],
    ]);
  });

  it('that is owed more since pays only the difference', () => {
    const half = surrendered.map((line) => ({ ...line, fen: fen(4000) }));
    expect(one(round, caseOf('110000', BEIJING, { accrued: [...half, ...received] })).fen).toBe(6000);
  });

  it('and is not owed is nobody’s to give back; what was received is', () => {
    const found = caseOf('110000', DEAD_BEFORE, { accrued: [...surrendered, ...received] });
    expect(
      proposals(round, found).map(({ month, fen: amount, awaitedFen }) => [month, amount, awaitedFen]),
    ).toEqual([
      ['2024-10', 10000, undefined],
      ['2024-11', 10000, undefined],
      ['2024-12', 10000, undefined],
    ]);
  });

  it('takes the excess first: what was received beside it is recovered only beyond it', () => {
    const also = accruedOver('2024-09', '2024-09', 3000);
    const found = (facts: typeof BEIJING) =>
      proposals(round, caseOf('110000', facts, { accrued: [...surrendered, ...also, ...received] })).find(
        ({ month }) => month === '2024-09',
      )?.fen;
    expect(found(BEIJING)).toBeUndefined();
    expect(found(DEAD_BEFORE)).toBe(3000);
  });
});
