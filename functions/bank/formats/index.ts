import { CARD_XLSX } from '../../../domain/bank/card-sheet.ts';
import { ISO_FORMATS } from '../../../domain/bank/iso20022/catalogue.ts';
import type { BankLayout } from '../../../domain/bank/layout.ts';
import { LAYOUTS } from '../../../domain/bank/layouts.ts';
import { invariant } from '../../../domain/result.ts';
import { loadGb18030, loadGbk } from '../../adapters/text-tables.ts';
import type { BankFormat } from './bank-format.ts';

/** Formats in code, by id. Each is loaded when asked for. */
const FORMATS: ReadonlyMap<string, () => Promise<BankFormat>> = new Map([
  [CARD_XLSX, async () => (await import('./card-xlsx.ts')).cardXlsx(CARD_XLSX)],
  ...ISO_FORMATS.map(
    (entry) => [entry.id, async () => (await import('./iso20022.ts')).isoFormat(entry)] as const,
  ),
]);

/**
 * @param format an id of the catalogue, or a layout of a place's own
 * @throws InvariantError for an id that is not in the catalogue: a run's format was checked when its policy was imported.
 */
export async function bankFormat(format: string | BankLayout): Promise<BankFormat> {
  if (typeof format !== 'string') return delimited(format);
  const layout = LAYOUTS.find(({ id }) => id === format);
  if (layout) return delimited(layout);
  const load = FORMATS.get(format);
  invariant(load, `unknown bank format ${format}`);
  return load();
}

async function delimited(layout: BankLayout): Promise<BankFormat> {
  const codec = await (layout.encoding === 'gbk' ? loadGbk() : loadGb18030());
  const { delimitedFormat } = await import('./delimited.ts');
  return delimitedFormat(layout, codec);
}
