import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { monthRange } from '../../../domain/calendar.ts';
import { latestAttempts, owedOf } from '../../../domain/ledger/attempts.ts';
import { sumFen } from '../../../domain/money.ts';
import { figuresOf, recoveryState } from '../../../domain/recovery/recovery.ts';
import { cashLines } from '../../../domain/run/accruals.ts';
import { countRecoveries } from '../../../domain/statistics/counted.ts';
import { due } from '../programmes/samples.ts';
import { balance, FIRST, happens } from './ordered-back.ts';
import { aboutSetOff, SetOffLife } from './set-off-life.ts';

const PLACE = '110000';

function checkBooks(life: SetOffLife): void {
  const figures = life.journal.recoveries.orders.map(figuresOf);
  const sum = (key: keyof (typeof figures)[number]) => sumFen(figures.map((one) => one[key]));
  expect(balance(life, 'recoverable')).toBe(sum('outstanding'));
  for (const one of figures)
    expect(one.ordered).toBe(one.received + one.setOff + one.waived + one.revoked + one.outstanding);
  const counted = countRecoveries(life.attempts, { by: 'payment', from: '2020-01', to: '2029-12' });
  expect(counted.setOff).toBe(sum('setOff'));
  let accrued = 0;
  for (const month of monthRange(FIRST, life.month)) {
    const standing = Object.values(life.standing(month, new Map()));
    expect(Math.min(...standing)).toBeGreaterThanOrEqual(0);
    accrued += sumFen(standing as never);
  }
  // What a month accrues does not depend on what was kept back of it.
  expect(balance(life, 'expense')).toBe(accrued);
  const open = latestAttempts(life.attempts).filter(
    ({ state }) => state === 'failed' || state === 'returned',
  );
  for (const one of open) {
    const lines = cashLines(life.attempts.filter(({ payment }) => payment === one.payment));
    expect(owedOf(one)).toBe(sumFen(lines.map((line) => line.fen)));
  }
  // Owed and not with the bank: exactly what failed. Every file and every bank answer is of what is paid out.
  const failed = open.filter(({ state }) => state === 'failed');
  expect(0 - balance(life, 'payable')).toBe(sumFen(failed.map(owedOf)));
}

const anything = fc.oneof({ weight: 2, arbitrary: happens }, { weight: 1, arbitrary: aboutSetOff });

it('whatever happens, in any order: orders tie to the books, months accrue what is due, and nobody pays a debt twice', () => {
  let kept = 0;
  let restored = 0;
  fc.assert(
    fc.property(
      fc.array(anything, { minLength: 4, maxLength: 20 }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 0, max: 20_000 }),
      (events, percent, leave) => {
        const life = new SetOffLife(percent, leave);
        life.release(life.assess('R'));
        life.answer('settled');
        for (const event of events) {
          event(life);
          checkBooks(life);
        }
        life.answer('settled');
        life.resume();
        life.orderBack();
        life.release(life.assess('S'));
        life.answer('settled');
        life.orderBack();
        checkBooks(life);
        const last = life.assess('S');
        expect(last.proposals.filter((one) => one.fen > 0)).toEqual([]);
        for (const month of monthRange(FIRST, life.month))
          expect(life.standing(month, new Map()).received).toBe(due(PLACE, life.facts, month));
        kept += life.journal.acts.filter(({ kind }) => kind === 'set-off').length;
        restored += life.journal.acts.filter(({ kind }) => kind === 'set-off-restored').length;
      },
    ),
    { numRuns: 200 },
  );
  // The property has seen what it is about.
  expect(kept).toBeGreaterThan(20);
  expect(restored).toBeGreaterThan(0);
});

it('an order that is set off whole is closed, and the next payment is whole again', () => {
  const life = new SetOffLife(50);
  life.release(life.assess('R'));
  life.release(life.assess('R'));
  life.answer('settled');
  const last = life.attempts.at(-1);
  life.die('2024-12-15');
  life.orderBack();
  expect(recoveryState(life.journal.order())).toBe('ordered');
  life.rise();
  const before = figuresOf(life.journal.order()).outstanding;
  for (let run = 0; run < 8; run += 1) {
    life.release(life.assess('R'));
    life.answer('settled');
  }
  const { outstanding, setOff } = figuresOf(life.journal.order());
  expect({ outstanding, setOff }).toEqual({ outstanding: 0, setOff: before });
  expect(recoveryState(life.journal.order())).toBe('closed');
  expect(life.assess('R').drafts[0]?.lines.some(({ kind }) => kind === 'set-off')).toBe(false);
  expect(last?.fen).toBeGreaterThan(0);
});
