import { FiscalYearClose } from '../budget/fiscal-year.ts';
import { FundingRule } from '../budget/funding-rule.ts';
import type { ParameterSpec } from './parameter.ts';

/** What a place sets for the money of its runs. Both are optional. */
export const BUDGET_PARAMETERS = {
  /** 资金分担: lines in their order where it is not set. */
  funding: {
    schema: FundingRule,
    label: { zh: '资金分担', en: 'shares of the funding levels' },
    unit: { zh: '级次、百分比', en: 'levels, percent' },
    bearsAmount: false,
  },
  /** 年终: days of the year; without it a year is paid and reserved for to its last day, and later. */
  fiscalYearClose: {
    schema: FiscalYearClose,
    label: { zh: '年终最后发放日、结账日', en: 'last pay day and close of the fiscal year' },
    unit: { zh: '月日', en: 'days of the year' },
    bearsAmount: false,
  },
} as const satisfies Record<string, ParameterSpec<never> | ParameterSpec>;
