import { expect, it } from 'vitest';
import { violationsOf } from './simulated-bank.ts';

// Of many that were tried (`npm run prove` tries more): a delimited file booked payment by payment, an ISO message debited as a whole, a bank
// that is matched by account, and a workbook.
it.each([30, 17, 24, 29])(
  'whatever a bank answers, in any order and twice: everything ends once, ties, and what does not fit has a name (seed %i)',
  async (seed) => {
    expect(await violationsOf(seed)).toEqual([]);
  },
  120_000,
);
