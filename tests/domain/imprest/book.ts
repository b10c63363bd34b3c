/** A fund with its acts: what a store does, without one. */
import { expect } from 'vitest';
import type { ImprestAct, ImprestActBody } from '../../../domain/imprest/acts.ts';
import {
  confirmOpening,
  type Decision,
  decideReplenishment,
  drawCash,
  openFund,
} from '../../../domain/imprest/commands.ts';
import { applyImprestAct, type ImprestFund } from '../../../domain/imprest/fund.ts';
import { fen } from '../../../domain/money.ts';

export const TODAY = '2026-11-22';
export const LIMITS = { perDraw: fen(500_000), perPersonYear: fen(1_000_000) };
export const STREET = '110199001';

export class Book {
  readonly acts: ImprestAct[] = [];
  fund: ImprestFund | undefined;

  do(
    decide: (found: ImprestFund | undefined) => Decision,
    by = 'clerk',
    at = `${TODAY}T02:00:00.000Z`,
  ): string {
    const decision = decide(this.fund);
    if (!decision) return 'done already';
    if (!decision.ok) return decision.error.code;
    this.add(decision.value, by, at);
    return 'ok';
  }
  add(body: ImprestActBody, by: string, at: string): void {
    const stamp = { jurisdiction: '110199', fund: 'chengguan', sequence: this.acts.length + 1, at, by };
    const act = { ...body, ...stamp } as ImprestAct;
    this.fund = applyImprestAct(this.fund, act);
    this.acts.push(act);
  }
  get now(): ImprestFund {
    return this.fund!;
  }
}

export const opening = (broughtIn: number, streets = [STREET, '110199002']) => ({
  jurisdiction: '110199',
  name: '城关镇备用金',
  streets,
  organisation: '0RGAN1SAT10N',
  broughtIn: fen(broughtIn),
  document: '示民救〔2026〕1号',
});
export function opened(broughtIn = 1_000_000): Book {
  const book = new Book();
  expect(book.do((found) => openFund(found, opening(broughtIn)))).toBe('ok');
  if (broughtIn > 0) book.do((found) => confirmOpening(found!, 'cashier'), 'cashier');
  return book;
}
export const drawing = (number: number, amount: number, changes: object = {}) => ({
  draw: `ga-1.${number}`,
  application: 'ga-1',
  fen: fen(amount),
  street: STREET,
  payee: `PAYEE${number % 3}`,
  receipt: `R${number}`,
  ...changes,
});
export const draw = (book: Book, number: number, amount: number, changes: object = {}) =>
  book.do((found) => drawCash(found!, drawing(number, amount, changes), LIMITS, TODAY));
export const posting = (number: number, month = '2026-11') => ({
  draw: `ga-1.${number}`,
  enrolment: `LS-${number}`,
  month,
});
export const approve = (number: number) => (found?: ImprestFund) =>
  decideReplenishment(
    found!,
    number,
    { outcome: 'approved', document: '示民救〔2026〕2号', decidedOn: TODAY, sample: false },
    { by: 'boss', today: TODAY },
  );
