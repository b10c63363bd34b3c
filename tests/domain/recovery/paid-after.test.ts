import { expect, it } from 'vitest';
import { paidAfter } from '../../../domain/matching/paid-after.ts';
import { OrderedBack } from './ordered-back.ts';

it('what was ordered back is received until it is paid in, and again nobody’s when it is called back', () => {
  const life = new OrderedBack();
  life.release(life.assess('R'));
  life.answer('settled');
  life.die('2024-11-15');
  const after = () => paidAfter(life.attempts, (month) => month > '2024-11');
  const months = ['2024-12', '2025-01'];
  expect(after()).toEqual({ months, paidFen: 20_000, recoveredFen: 0 });
  life.orderBack();
  expect(after()).toEqual({ months, paidFen: 20_000, recoveredFen: 0 });
  life.takeIn(0.4, 'treasury');
  expect(after()).toEqual({ months, paidFen: 12_000, recoveredFen: 8_000 });
  life.relieve('waiver');
  expect(after()).toEqual({ months, paidFen: 12_000, recoveredFen: 8_000 });
  expect(paidAfter(life.attempts, (month) => month > '2025-01')).toBeUndefined();
});

it('an order that is called back leaves the months as they were paid', () => {
  const life = new OrderedBack();
  life.release(life.assess('R'));
  life.answer('settled');
  life.die('2024-11-15');
  life.orderBack();
  life.relieve('revocation');
  expect(paidAfter(life.attempts, (month) => month > '2024-11')).toMatchObject({ paidFen: 20_000 });
});
