import { expect, it } from 'vitest';
import { firstPayment, waitsForMonthAfter } from '../../../domain/controls/first-payment.ts';
import { fact } from '../programmes/samples.ts';
import { payment } from './ordinary-payment.ts';

const policy = { firstPayment: 'month-after-decision' } as const;
const facts = [fact('decision', '2026-04-10', '2026-04-10/示〔2026〕1号')];
const checked = (knownOn: string, isNew = true, withPolicy = true) =>
  firstPayment.check({
    ...payment(),
    ...(withPolicy && { policy }),
    enrolment: { facts, isNew },
    period: { first: '2026-04', knownOn },
  });

it.each([
  ['2026-04-10', true],
  ['2026-04-30', true],
  ['2026-05-01', false],
])('as of %s a newcomer decided in April is held: %s', (knownOn, held) => {
  expect(checked(knownOn) !== undefined).toBe(held);
  // What was held is let go by the calendar alone.
  expect(waitsForMonthAfter(facts, policy, knownOn)).toBe(held);
});

it('is nothing for whoever was paid before, without a decision on record, and where the place does not wait', () => {
  expect(checked('2026-04-30', false)).toBeUndefined();
  expect(checked('2026-04-30', true, false)).toBeUndefined();
  expect(waitsForMonthAfter([], policy, '2026-04-30')).toBe(false);
  expect(waitsForMonthAfter(facts, { firstPayment: 'when-decided' }, '2026-04-30')).toBe(false);
});
