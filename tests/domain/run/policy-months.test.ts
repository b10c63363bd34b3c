import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { bookOf, changedPack, fact } from '../programmes/samples.ts';
import { accruedOver, caseOf, manifest, one } from './cases.ts';

const BEFORE = '2024-11-20T00:00:00.000Z';
const AFTER = '2024-12-10T00:00:00.000Z';
/** Turns 80 in September 2024: 100 yuan a month until the policy makes it 120. */
const BORN = fact('birth-date', '1944-09-20', '1944-09-20', BEFORE);
const APPLIED = fact('application', '2024-09-02', '2024-09-02', BEFORE);
const book = bookOf(changedPack('110000', { bands: [{ fromAge: 80, amount: '120.00' }] }));
const run = manifest({
  jurisdiction: '110000',
  period: '2024-12',
  months: ['2024-12'],
  previous: {
    runId: '110000.high-age.2024-11.R.1',
    period: '2024-11',
    cutOff: '2024-11-25T00:00:00.000Z',
    policyHash: 'before',
  },
});
const paid = {
  accrued: accruedOver('2024-09', '2024-11', 10_000),
  previousFen: fen(10_000),
  policyChanged: true,
};
const causes = (facts: Parameters<typeof caseOf>[1]) => {
  const { lines, recoveries } = one(run, caseOf('110000', facts, paid), book);
  return Object.fromEntries(
    [...lines.filter(({ kind }) => kind === 'arrears'), ...recoveries].map(({ month, cause }) => [
      month,
      cause,
    ]),
  );
};

describe('when policy and facts change between two runs', () => {
  it('what no fact moved is the policy’s doing', () => {
    const all = { '2024-09': 'policy-changed', '2024-10': 'policy-changed', '2024-11': 'policy-changed' };
    expect(causes([BORN, APPLIED])).toEqual(all);
    // A fact that changes no amount changes no cause.
    expect(causes([BORN, APPLIED, fact('identity-class', '2024-12-01', 'none', AFTER)])).toEqual(all);
  });

  it('what a new fact moved is named after the facts, month by month', () => {
    const gone = fact('custody', '2024-10-20', 'custody', AFTER);
    expect(causes([BORN, APPLIED, gone])).toEqual({
      '2024-09': 'policy-changed',
      '2024-10': 'policy-changed',
      '2024-11': 'facts-changed',
    });
  });

  it('a fact that the last run knew is none of the reasons', () => {
    const gone = fact('custody', '2024-11-10', 'custody', BEFORE);
    expect(causes([BORN, APPLIED, gone])['2024-11']).toBe('policy-changed');
  });

  it('where nothing could be said before, the facts are the reason', () => {
    const late = fact('birth-date', '1944-09-20', '1944-09-20', AFTER);
    expect(causes([late, APPLIED])['2024-09']).toBe('facts-changed');
  });

  it('a death is a death', () => {
    expect(causes([BORN, APPLIED, fact('death-certified', '2024-10-30', '2024-10-30', AFTER)])).toEqual({
      '2024-09': 'policy-changed',
      '2024-10': 'policy-changed',
      '2024-11': 'death',
    });
  });
});
