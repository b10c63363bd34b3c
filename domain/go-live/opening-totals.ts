import type { Month } from '../calendar.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { Draft } from '../run/draft.ts';
import type { OpeningRow } from './opening.ts';

/** Control totals (控制数), absolute, per month. */
export type OpeningMonth = {
  readonly rows: number;
  readonly paidFen: Fen;
  readonly returnedFen: Fen;
  readonly recoverableFen: Fen;
};
export type OpeningTotals = {
  readonly rows: number;
  /** Entries that open a payment, and what they accrue: what the ledger must hold. */
  readonly payments: { readonly count: number; readonly fen: Fen };
  readonly months: Readonly<Record<Month, OpeningMonth>>;
};

/** Control totals of drafts, and of the rows they come from. */
export function openingTotals(rows: readonly OpeningRow[], drafts: readonly Draft[]): OpeningTotals {
  const months: Record<Month, OpeningMonth> = {};
  for (const { month, paidFen, returnedFen, recoverableFen } of rows)
    months[month] = addMonth(months[month], { rows: 1, paidFen, returnedFen, recoverableFen });
  return {
    rows: rows.length,
    payments: { count: drafts.length, fen: sumFen(drafts.map((draft) => draft.fen)) },
    months,
  };
}

export function addOpening(a: OpeningTotals, b: OpeningTotals): OpeningTotals {
  const months = { ...a.months };
  for (const [month, totals] of Object.entries(b.months)) months[month] = addMonth(months[month], totals);
  return {
    rows: a.rows + b.rows,
    payments: { count: a.payments.count + b.payments.count, fen: fen(a.payments.fen + b.payments.fen) },
    months,
  };
}

function addMonth(a: OpeningMonth | undefined, b: OpeningMonth): OpeningMonth {
  if (!a) return b;
  return {
    rows: a.rows + b.rows,
    paidFen: fen(a.paidFen + b.paidFen),
    returnedFen: fen(a.returnedFen + b.returnedFen),
    recoverableFen: fen(a.recoverableFen + b.recoverableFen),
  };
}
