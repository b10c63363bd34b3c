import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthRange } from '../../../domain/calendar.ts';
import { latestAttempts, orderedBackOf, owedOf } from '../../../domain/ledger/attempts.ts';
import { sumFen } from '../../../domain/money.ts';
import { figuresOf } from '../../../domain/recovery/recovery.ts';
import { cashLines } from '../../../domain/run/accruals.ts';
import { due } from '../programmes/samples.ts';
import { balance, FIRST, happens, OrderedBack } from './ordered-back.ts';

const PLACE = '110000';

function checkBooks(life: OrderedBack): void {
  const figures = life.journal.recoveries.orders.map(figuresOf);
  const sum = (key: 'outstanding' | 'waived') => sumFen(figures.map((one) => one[key]));
  expect(balance(life, 'recoverable')).toBe(sum('outstanding'));
  expect(balance(life, 'waived')).toBe(sum('waived'));
  let accrued = 0;
  for (const month of monthRange(FIRST, life.month)) {
    const { received, 'in-transit': sent, open } = life.standing(month, new Map());
    // An order takes no more of a month than was paid for it.
    expect(Math.min(received, sent, open)).toBeGreaterThanOrEqual(0);
    accrued += received + sent + open;
  }
  expect(balance(life, 'expense')).toBe(accrued);
  // What came back and is owed is sent again; what came back of an order waits to be booked as received.
  const open = latestAttempts(life.attempts).filter(
    ({ state }) => state === 'failed' || state === 'returned',
  );
  for (const one of open) {
    const lines = cashLines(life.attempts.filter(({ payment }) => payment === one.payment));
    expect(owedOf(one)).toBe(sumFen(lines.map((line) => line.fen)));
  }
  expect(Math.min(0, ...life.attempts.map(orderedBackOf))).toBe(0);
}

it('whatever happens, in any order: the books tie, what was ordered back is proposed no more, and what is owed is paid once', () => {
  fc.assert(
    fc.property(fc.array(happens, { minLength: 4, maxLength: 18 }), (events) => {
      const life = new OrderedBack();
      life.release(life.assess('R'));
      for (const event of events) {
        event(life);
        checkBooks(life);
      }
      life.answer('settled');
      life.release(life.assess('S'));
      life.answer('settled');
      life.orderBack();
      checkBooks(life);
      const last = life.assess('S');
      expect(last.proposals.filter((one) => one.fen > 0)).toEqual([]);
      expect(last.drafts.filter((draft) => draft.fen > 0)).toEqual([]);
      for (const month of monthRange(FIRST, life.month))
        expect(life.standing(month, new Map()).received).toBe(due(PLACE, life.facts, month));
    }),
    { numRuns: 150 },
  );
});
