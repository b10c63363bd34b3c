import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareLists, comparisonTotals } from '../../../domain/go-live/parallel.ts';
import { fen } from '../../../domain/money.ts';

const why = { zh: '依据', en: 'why' };

it('counts every row and every payment once, so that both totals tie', () => {
  const ours = fc.uniqueArray(fc.record({ n: fc.nat(9), amount: fc.nat(3) }), { selector: ({ n }) => n });
  const number = fc.option(fc.nat(9), { nil: undefined });
  const theirs = fc.array(fc.record({ n: number, amount: fc.nat(3), bad: fc.boolean() }));
  fc.assert(
    fc.property(ours, theirs, (mine, list) => {
      const lines = compareLists(
        mine.map(({ n, amount }) => ({ enrolment: `GL-${n}-1`, fen: fen(amount), why })),
        list.map(({ n, amount, bad }, index) => ({
          row: index + 2,
          fen: fen(amount),
          ...(n !== undefined && { enrolment: `GL-${n}-1` }),
          ...(bad && { unreadable: true as const }),
        })),
      );
      const totals = Object.values(comparisonTotals(lines));
      const sum = (pick: (one: (typeof totals)[number]) => number) =>
        totals.reduce((all, one) => all + pick(one), 0);
      expect(sum(({ count }) => count)).toBe(lines.length);
      expect(lines.filter(({ row }) => row !== undefined)).toHaveLength(list.length);
      expect(sum((one) => one.theirs)).toBe(list.reduce((all, one) => all + one.amount, 0));
      expect(sum((one) => one.ours)).toBe(mine.reduce((all, one) => all + one.amount, 0));
    }),
  );
});
