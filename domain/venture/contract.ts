import type { PlainDate } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import type { Fen } from '../money.ts';

/** One line of a budget, or of what was spent. */
export type BudgetLine = { readonly category: string; readonly item: string; readonly fen: Fen };

/** 分期: released when its milestone is there. `share` in percent, e.g. "40". */
export type Tranche = {
  readonly number: number;
  readonly share: string;
  readonly fen: Fen;
  readonly milestone: string;
};

/** 协议: everything by value, so that no later policy changes what was signed. */
export type Contract = {
  readonly organisation: PersonKey;
  readonly grant: Fen;
  readonly tranches: readonly Tranche[];
  readonly lines: readonly BudgetLine[];
  /** The rules of the place on the day of the call. */
  readonly rules: object;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly serviceHours?: number;
};
