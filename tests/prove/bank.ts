import { violationsOf } from '../functions/bank/simulated-bank.ts';

/** Months at a simulated bank with every fault it has, one per seed. @returns whether nothing was wrong in any of them */
export async function proveBank(seeds: number, first: number): Promise<boolean> {
  let wrong = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const found = await violationsOf(seed);
    wrong += found.length;
    for (const violation of found) console.log(`       ${violation}`);
    if ((seed - first + 1) % 10 === 0) console.log(`       ${seed - first + 1}/${seeds} months at the bank`);
  }
  console.log(wrong === 0 ? `proved: ${seeds} months at any bank end as they must` : 'NOT PROVED');
  return wrong === 0;
}
