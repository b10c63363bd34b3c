import type { Month } from '../../calendar.ts';

/** Worked examples (算例): indices and standards are invented, thresholds are those of the national mechanism. */
export type PriceSubsidyCase = {
  readonly row: string;
  readonly month: Month;
  readonly cpi: string;
  readonly food: string;
  readonly scpi: string;
  readonly standard: string;
  readonly changes?: Readonly<Record<string, unknown>>;
  /** Yuan for a person on one roll. */
  readonly due: string;
};

const usual = { month: '2024-09', cpi: '3.5', food: '2.0', scpi: '4.2', standard: '1450.00' } as const;

export const PRICE_SUBSIDY_CASES: readonly PriceSubsidyCase[] = [
  { ...usual, row: 'CPI at 3.5: 1450 × 4.2%', due: '60.90' },
  { ...usual, row: 'CPI at 3.4, food at 5.9: neither', cpi: '3.4', food: '5.9', due: '0.00' },
  { ...usual, row: 'CPI at 3.4, food at 6: food alone', cpi: '3.4', food: '6', due: '60.90' },
  { ...usual, row: 'CPI at 3.49', cpi: '3.49', due: '0.00' },
  {
    ...usual,
    row: 'CPI at 3.0 in September 2022, lowered for a time',
    month: '2022-09',
    cpi: '3.0',
    due: '60.90',
  },
  { ...usual, row: 'CPI at 3.0 in August 2022', month: '2022-08', cpi: '3.0', due: '0.00' },
  { ...usual, row: 'CPI at 3.0 in March 2023', month: '2023-03', cpi: '3.0', due: '60.90' },
  { ...usual, row: 'CPI at 3.0 in April 2023', month: '2023-04', cpi: '3.0', due: '0.00' },
  { ...usual, row: '1435 × 3.73%, to the fen', scpi: '3.73', standard: '1435.00', due: '53.53' },
  {
    ...usual,
    row: '1435 × 3.73%, up to the jiao',
    scpi: '3.73',
    standard: '1435.00',
    changes: { priceRounding: { rule: 'up', unit: 'jiao' } },
    due: '53.60',
  },
  {
    ...usual,
    row: 'both asked for, one reached',
    changes: { priceTrigger: { cpi: '3.5', food: '6', combine: 'both' } },
    due: '0.00',
  },
  {
    ...usual,
    row: 'both asked for and reached',
    food: '6.1',
    changes: { priceTrigger: { cpi: '3.5', food: '6', combine: 'both' } },
    due: '60.90',
  },
  { ...usual, row: 'prices of low incomes fell', scpi: '-0.3', due: '0.00' },
  { ...usual, row: 'at least 20.00', scpi: '0.5', changes: { priceLeast: '20.00' }, due: '20.00' },
];
