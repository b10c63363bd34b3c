// Goal: one decision on a list is over exactly what was seen, by somebody else, and the control totals are those of its rows in whatever
// order. Method: random lists and every wrong wish.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ListTotals, listDecision, listTotals, type StagedGrant } from '../../../domain/grants/list.ts';
import { fen } from '../../../domain/money.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { codeOf } from '../programmes/samples.ts';

const SCOPE = { jurisdiction: '110199', programme: 'disaster-relief' } as const;
const staged = (row: number, amount: number, changes: Partial<StagedGrant> = {}): StagedGrant => ({
  row,
  subject: `H${String(row).padStart(11, '0')}`,
  street: `11019900${(row % 3) + 1}`,
  appliedOn: '2026-11-20',
  occasion: '10·3洪涝',
  facts: {},
  proposal: {
    parts: [{ monthsAfter: 0, components: [{ component: 'evacuated', fen: fen(amount) }] }],
    decidedAt: 'district',
    persons: (row % 4) + 1,
    derivation: [],
    sample: false,
  },
  ...changes,
});
const totalsOf = (rows: readonly StagedGrant[]): ListTotals => listTotals(sha256Hex, SCOPE, rows);

describe('control totals', () => {
  const lists = fc.array(fc.integer({ min: 1, max: 9_000_000 }), { minLength: 1, maxLength: 40 });

  it('are the sums of the rows and of the streets, in any order of rows, and told apart by any amount', () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 0, max: 39 }), (amounts, at) => {
        const rows = amounts.map((amount, index) => staged(index + 2, amount));
        const totals = totalsOf(rows);
        expect(totals.fen).toBe(amounts.reduce((sum, amount) => sum + amount, 0));
        expect(totals.streets.reduce((sum, street) => sum + street.fen, 0)).toBe(totals.fen);
        expect(totals.streets.reduce((sum, street) => sum + street.count, 0)).toBe(amounts.length);
        expect(totalsOf(rows.toReversed())).toEqual(totals);
        const index = at % rows.length;
        const other = rows.with(index, staged(index + 2, amounts[index]! + 1));
        expect(totalsOf(other).hash).not.toBe(totals.hash);
      }),
    );
  });

  it('tell lists apart by subject, occasion and payee, and not by the row they stand in', () => {
    const one = staged(2, 500);
    const { hash } = totalsOf([one]);
    expect(totalsOf([{ ...one, row: 9 }]).hash).toBe(hash);
    for (const changes of [{ subject: 'H00000000099' }, { occasion: '7·21洪涝' }, { payee: 'P00000000001' }])
      expect(totalsOf([{ ...one, ...changes }]).hash).not.toBe(hash);
  });
});

describe('a decision on a list', () => {
  const rows = [staged(2, 30_000), staged(3, 200_000)];
  const totals = totalsOf(rows);
  const wish = { by: 'head', document: '示民救〔2026〕1号', decidedOn: '2026-11-22' };
  const asked = { ...wish, hash: totals.hash, count: 2, fen: fen(230_000) };
  const origin = { by: 'clerk', workedOutOn: '2026-11-20' };
  const today = '2026-11-22';
  const decide = (changes: object, from = origin, on = today, sums = totals) =>
    codeOf(listDecision(from, sums, { ...asked, ...changes }, { at: `${on}T02:00:00.000Z`, today: on }));

  it.each([
    ['as seen', {}, 'ok'],
    ['by who uploaded it', { by: 'clerk' }, 'forbidden/same-person'],
    ['of another content', { hash: '0'.repeat(64) }, 'conflict/stale-hash'],
    ['with another count', { count: 3 }, 'conflict/control-totals'],
    ['with another amount', { fen: fen(230_001) }, 'conflict/control-totals'],
    ['dated before it came in', { decidedOn: '2026-11-19' }, 'invalid/decision-date'],
    ['dated tomorrow', { decidedOn: '2026-11-23' }, 'invalid/decision-date'],
  ])('%s', (_, changes, expected) => {
    expect(decide(changes)).toBe(expected);
  });

  it('is of the month by whose policy the list was worked out', () => {
    expect(decide({ decidedOn: '2026-12-01' }, origin, '2026-12-01')).toBe('conflict/worked-out-before');
  });

  it('is on something, and on nothing that has to be decided case by case', () => {
    const none = totalsOf([]);
    expect(decide({ hash: none.hash, count: 0, fen: fen(0) }, origin, today, none)).toBe(
      'conflict/nothing-to-grant',
    );
    const special = { ...rows[0]!, proposal: { ...rows[0]!.proposal, decidedAt: 'special' as const } };
    const mixed = totalsOf([special, rows[1]!]);
    expect(decide({ hash: mixed.hash }, origin, today, mixed)).toBe('policy/special-rows');
  });
});
