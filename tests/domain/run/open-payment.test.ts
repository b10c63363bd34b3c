import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';
import { type OpenPayment, resumeOpen } from '../../../domain/run/open-payment.ts';

const line = (month: string, amount: number): PaymentLine => ({
  month,
  component: 'allowance',
  fen: fen(amount),
  kind: 'entitlement',
});
const open = (payment: string, sendAgain: boolean, ...lines: PaymentLine[]): OpenPayment => ({
  payment,
  attempt: 2,
  lines,
  sendAgain,
});
const excess = (amounts: Record<string, number>) =>
  new Map(Object.entries(amounts).map(([month, amount]) => [`${month}/allowance`, amount]));
const shared = (payments: readonly OpenPayment[], amounts: Record<string, number>) =>
  resumeOpen(payments, excess(amounts)).map(({ payment, lines, cancelled }) => [
    payment,
    lines.map(({ fen: amount }) => amount),
    cancelled.map(({ fen: amount }) => amount),
  ]);

describe('what is no longer owed', () => {
  it('is taken from payments of the same month together, the newest first', () => {
    const payments = [
      open('2026-10_R_x', true, line('2026-10', 100)),
      open('2026-11_S1_x', true, line('2026-10', 20)),
    ];
    expect(shared(payments, {})).toEqual([
      ['2026-10_R_x', [100], []],
      ['2026-11_S1_x', [20], []],
    ]);
    expect(shared(payments, { '2026-10': 50 })).toEqual([
      ['2026-10_R_x', [70], [30]],
      ['2026-11_S1_x', [], [20]],
    ]);
    // What they cannot take is with somebody.
    expect(shared(payments, { '2026-10': 500 })).toEqual([
      ['2026-10_R_x', [], [100]],
      ['2026-11_S1_x', [], [20]],
    ]);
  });

  it('leaves other months and components alone', () => {
    const payment = open('2026-10_R_x', true, line('2026-09', 10), line('2026-10', 10), {
      ...line('2026-10', 5),
      component: 'other',
    });
    expect(shared([payment], { '2026-10': 10 })).toEqual([['2026-10_R_x', [10, 5], [10]]]);
  });

  it('is taken from a payment that waits only when nothing of it is owed', () => {
    const waits = open('2026-10_R_x', false, line('2026-09', 10), line('2026-10', 10));
    expect(shared([waits], {})).toEqual([]);
    expect(shared([waits], { '2026-10': 10 })).toEqual([]);
    expect(shared([waits], { '2026-09': 10, '2026-10': 10 })).toEqual([['2026-10_R_x', [], [10, 10]]]);
    expect(shared([open('2026-10_R_x', true)], {})).toEqual([]);
  });
});
