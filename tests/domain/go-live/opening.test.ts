// Goal: what Excel has in one sum is shared out over the components of the month, to the fen. Method: fast-check, against what each
// component would get if the sum were laid along them in their order.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openingDrafts } from '../../../domain/go-live/opening.ts';
import { fen, sumFen } from '../../../domain/money.ts';

const amounts = fc.record({
  paid: fc.integer({ min: -500, max: 500 }),
  returned: fc.nat(300),
  recoverable: fc.integer({ min: -100, max: 100 }),
  due: fc.array(fc.nat(200), { minLength: 1, maxLength: 4 }),
});

/** What lies on each stretch when a sum is laid along them; what is beyond the last lies on the first. */
function laidAlong(sum: number, stretches: readonly number[]): number[] {
  const ends = stretches.map((_, index) => stretches.slice(0, index + 1).reduce((all, one) => all + one, 0));
  const length = Math.abs(sum);
  const parts = stretches.map((stretch, index) => {
    const start = ends[index]! - stretch;
    return Math.max(0, Math.min(stretch, length - start));
  });
  const beyond = Math.max(0, length - (ends.at(-1) ?? 0));
  return parts.map((part, index) => Math.sign(sum) * (index === 0 ? part + beyond : part) + 0);
}

it('shares out what Excel has in one sum, and what came back of it, over the components in their order', () => {
  fc.assert(
    fc.property(amounts, ({ paid, returned, recoverable, due }) => {
      const row = {
        enrolment: 'GL-7Z3K9QX2M4BT-1',
        month: '2026-01',
        row: 2,
        street: '110199001',
        paidFen: fen(paid),
        returnedFen: fen(returned),
        recoverableFen: fen(recoverable),
      };
      const components = due.map((amount, index) => ({ component: `c${index}`, fen: fen(amount) }));
      const drafts = openingDrafts(row, 1, components);
      const lines = drafts.flatMap((draft) => draft.lines);
      const shares = components.map(({ component }) =>
        sumFen(lines.filter((line) => line.component === component).map((line) => line.fen)),
      );
      expect(shares).toEqual(laidAlong(paid - recoverable, due));
      for (const draft of drafts) expect(sumFen(draft.lines.map((line) => line.fen))).toBe(draft.fen);
      const back = drafts.filter(({ payment }) => payment.includes('_T1_'));
      expect(back.map((draft) => draft.fen)).toEqual(returned > 0 ? [returned] : []);
    }),
  );
});
