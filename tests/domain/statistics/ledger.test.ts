// Goal: statistics say what the ledger says, whatever happened to the payments.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { addMonths, monthRange } from '../../../domain/calendar.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { countPayments, countRecoveries, type StatisticsBy } from '../../../domain/statistics/counted.ts';
import { balance, happens, OrderedBack } from '../recovery/ordered-back.ts';

const EVER = { from: '2000-01', to: '2099-12' } as const;

it('by month of payment they come to what left the clearing account, by month of entitlement to the expense that was received', () => {
  fc.assert(
    fc.property(fc.array(happens, { minLength: 4, maxLength: 16 }), (events) => {
      const life = new OrderedBack();
      life.release(life.assess('R'));
      for (const event of events) event(life);
      const { attempts } = life;
      const counted = (by: StatisticsBy, from: string, to: string) =>
        countPayments(attempts, { by, from, to });
      const sum = (by: StatisticsBy, from: string = EVER.from, to: string = EVER.to) =>
        sumFen(counted(by, from, to).map((one) => one.fen));
      expect(sum('payment')).toBe(0 - balance(life, 'clearing'));
      const standing = monthRange('2024-01', addMonths(life.month, 1)).map((month) =>
        life.standing(month, new Map()),
      );
      expect(sum('entitlement')).toBe(sumFen(standing.map(({ received }) => fen(received))));
      const waiting = standing.map((one) => fen(one['in-transit'] + one.open));
      expect(balance(life, 'expense')).toBe(sum('entitlement') + sumFen(waiting));
      // Month by month they add up to the whole, of money, and of payments by month of payment.
      const years = monthRange('2024-01', '2026-12');
      for (const by of ['payment', 'entitlement'] as const)
        expect(sumFen(years.map((month) => sum(by, month, month)))).toBe(sum(by));
      const payments = (from: string, to: string) => counted('payment', from, to).length;
      expect(years.reduce((total, month) => total + payments(month, month), 0)).toBe(
        payments(EVER.from, EVER.to),
      );
      const { ordered, recovered, waived } = countRecoveries(attempts, { by: 'payment', ...EVER });
      expect(ordered - recovered - waived).toBe(balance(life, 'recoverable'));
      expect(waived).toBe(balance(life, 'waived'));
    }),
    { numRuns: 100 },
  );
});
