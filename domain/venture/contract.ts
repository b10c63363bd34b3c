import type { PlainDate } from '../calendar.ts';
import type { PersonKey } from '../ids.ts';
import type { Fen } from '../money.ts';
import type { OrganisationKind } from '../programmes/venture-fund/options.ts';
import type { VentureRules } from '../programmes/venture-fund/rules.ts';
import type { Tranche } from '../programmes/venture-fund/tranches.ts';

export type { Tranche } from '../programmes/venture-fund/tranches.ts';

/** One line of a budget, or of what was spent. */
export type BudgetLine = { readonly category: string; readonly item: string; readonly fen: Fen };

/** 协议: everything by value, so that no later policy changes what was signed. */
export type Contract = {
  readonly organisation: PersonKey;
  /** Whose caps hold: of an unregistered group, its own kind and not the sponsor's. */
  readonly organisationKind: OrganisationKind;
  readonly grant: Fen;
  readonly tranches: readonly Tranche[];
  readonly lines: readonly BudgetLine[];
  /** The rules of the place on the day of the call. */
  readonly rules: VentureRules;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly serviceHours?: number;
};
