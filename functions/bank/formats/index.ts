import { PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import { invariant } from '../../../domain/result.ts';
import { loadGb18030 } from '../../adapters/text-tables.ts';
import type { BankFormat } from './bank-format.ts';

/** Loaded when asked for: hot functions carry no format at start. */
const FORMATS: Readonly<Record<string, () => Promise<BankFormat>>> = {
  [PIPE_GB18030.id]: async () => {
    const { delimitedFormat } = await import('./delimited.ts');
    return delimitedFormat(PIPE_GB18030, await loadGb18030());
  },
};

/** @throws InvariantError for an id that is not in the catalogue: a run's id was checked when it was started. */
export async function bankFormat(id: string): Promise<BankFormat> {
  const load = FORMATS[id];
  invariant(load, `unknown bank format ${id}`);
  return load();
}
