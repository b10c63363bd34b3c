import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { openingDrafts } from '../../../domain/go-live/opening.ts';
import { assertBalanced } from '../../../domain/ledger/entry.ts';
import { opening } from '../../../domain/ledger/opening-entry.ts';
import { fen, sumFen } from '../../../domain/money.ts';

it('shares out what Excel has in one sum, to the fen, in entries that balance', () => {
  const amounts = fc.record({
    paid: fc.integer({ min: -500, max: 500 }),
    returned: fc.nat(300),
    recoverable: fc.integer({ min: -100, max: 100 }),
    due: fc.array(fc.nat(200), { minLength: 1, maxLength: 4 }),
  });
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
      expect(sumFen(drafts.map((draft) => draft.fen))).toBe(paid - recoverable);
      for (const { opening: brought, lines, fen: amount, payment, enrolment, street } of drafts) {
        const { paidFen, recoverableFen } = brought!;
        const scope = { jurisdiction: '110199', programme: 'high-age', run: 'r' };
        const content = { ...scope, payment, enrolment, street, lines, fen: amount, paidFen, recoverableFen };
        assertBalanced(opening(content).postings);
      }
      const back = drafts.filter(({ payment }) => payment.includes('_T1_'));
      expect(back.map((draft) => draft.fen)).toEqual(returned > 0 ? [returned] : []);
    }),
  );
});
