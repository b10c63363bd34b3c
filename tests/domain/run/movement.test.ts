import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { bookOf, fact, packFile } from '../programmes/samples.ts';
import { accruedOver, caseOf, drafts, manifest, one } from './cases.ts';

/** Turns 80 in September 2024, applied in time: 100 yuan a month in Beijing since then. */
const BEIJING = [fact('birth-date', '1944-09-20'), fact('application', '2024-09-02')];
const beijing = manifest({ jurisdiction: '110000', period: '2024-12', months: ['2024-12'] });
const linkou = manifest({ jurisdiction: '231025', period: '2025-02', months: ['2025-02'] });

describe('movement against the period before', () => {
  const paid = accruedOver('2024-09', '2024-11', 10000);
  it.each([
    [0, 'joined'],
    [10000, 'same'],
    [9999, 'changed'],
  ] as const)('before %d fen, now 10000: %s', (previousFen, movement) => {
    expect(
      one(beijing, caseOf('110000', BEIJING, { accrued: paid, previousFen: fen(previousFen) })).movement,
    ).toBe(movement);
  });

  it('arrears make nobody changed', () => {
    const found = caseOf('110000', BEIJING, {
      accrued: accruedOver('2024-09', '2024-10', 10000),
      previousFen: fen(10000),
    });
    expect(one(beijing, found)).toMatchObject({ fen: 20000, movement: 'same' });
  });

  const before = (previousFen: number, changes = {}) => ({
    accrued: accruedOver('2019-10', '2024-11', 10000),
    previousFen: fen(previousFen),
    ...changes,
  });

  it.each([
    ['a band reached', 'age-band', [fact('birth-date', '1934-12-20'), fact('application', '2014-12-02')]],
    ['coming of age', 'start-in-time', [fact('birth-date', '1944-12-20'), fact('application', '2024-12-02')]],
    [
      'a stop that is over',
      'not-stopped',
      [...BEIJING, fact('custody', '2024-10-02', 'custody'), fact('custody', '2024-11-30', 'released')],
    ],
    ['custody', 'stopped-custody', [...BEIJING, fact('custody', '2024-11-02', 'custody')]],
  ] as const)('%s is named: %s', (_, cause, facts) => {
    const paid = cause === 'start-in-time' || cause === 'not-stopped' ? 0 : 10000;
    const found = caseOf('110000', facts, before(paid, paid === 0 ? { accrued: [] } : {}));
    expect(one(beijing, found).cause).toBe(cause);
    const { accrued: _none, ...unlooked } = found;
    expect(one(beijing, unlooked).cause).toBe(cause);
  });

  it('a change of class is named, and a change of amounts', () => {
    const dibao = [fact('birth-date', '1943-01-10'), fact('application', '2024-10-08')];
    const paid = { accrued: accruedOver('2024-10', '2025-01', 2500) };
    const facts = [...dibao, fact('identity-class', '2025-01-15', 'dibao')];
    const found = caseOf('231025', facts, before(2500, paid));
    expect(one(linkou, found)).toMatchObject({ fen: 10000, movement: 'changed', cause: 'identity-class' });
    const file = packFile('110000');
    const bands = file.values.find((row) => row.parameter === 'bands')!;
    const raised = { ...bands, value: [{ fromAge: 80, amount: '120.00' }], inForceFrom: '2024-12' };
    const book = bookOf({
      ...file,
      values: [...file.values.filter((row) => row !== bands), { ...bands, inForceTo: '2024-11' }, raised],
    });
    expect(one(beijing, caseOf('110000', BEIJING, before(10000)), book)).toMatchObject({
      movement: 'changed',
      cause: 'amount',
    });
  });

  it('a month before the policy began explains nothing: a newcomer’s start is named', () => {
    const first = manifest({ jurisdiction: '231025', period: '2024-10', months: ['2024-10'] });
    const old = [fact('birth-date', '1940-01-20'), fact('application', '2024-10-02')];
    expect(one(first, caseOf('231025', old, {}))).toMatchObject({
      movement: 'joined',
      cause: 'start-in-time',
    });
    expect(one(first, caseOf('231025', old, { previousFen: fen(1) }))).toMatchObject({
      movement: 'changed',
      cause: 'amount',
    });
  });

  it('nobody who got nothing and gets nothing has a draft', () => {
    const young = [fact('birth-date', '1944-12-31'), fact('application', '2024-12-02')];
    const before = manifest({ jurisdiction: '110000', period: '2024-11', months: ['2024-11'] });
    expect(drafts(before, caseOf('110000', young, {}))).toEqual([]);
  });
});
