import { type Fen, parseYuan, toYuan } from '../../../../domain/money.ts';
import { policyBook } from '../../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { type VentureRules, ventureRules } from '../../../../domain/programmes/venture-fund/rules.ts';
import type { Result } from '../../../../domain/result.ts';
import { type PolicyFile, policyFile } from '../../../policy-files.ts';
import { must } from '../samples.ts';

export const PLACES = [
  '110199',
  '120116',
  '330203',
  '330604',
  '331100',
  '370300',
  '440100',
  '441900',
  '442000',
];
export const ventureFile = (place: string): PolicyFile => policyFile(place, 'venture-fund');

export const rulesOf = (file: PolicyFile, on: string): Result<VentureRules> => {
  const book = must(policyBook([must(parsePolicyPack(file)).pack]));
  const scope = { jurisdiction: file.jurisdiction, programme: 'venture-fund', knownOn: '2026-11-22' };
  return ventureRules({ book, scope }, on);
};

/** The rules of a place on a day, some parameters set to something else. */
export function rulesFor(
  place: string,
  on = '2026-03-01',
  changes: Record<string, unknown> = {},
): VentureRules {
  const file = ventureFile(place);
  for (const [parameter, value] of Object.entries(changes)) {
    const rows = file.values.filter((row) => row.parameter === parameter);
    for (const row of rows) row.value = value;
    const [first] = file.values;
    if (rows.length === 0 && first) file.values.push({ ...first, parameter, value, inForceFrom: '2000-01' });
  }
  return must(rulesOf(file, on));
}

export const yuan = (text: string): Fen => must(parseYuan(text));
export const inYuan = (amounts: readonly { readonly fen: Fen }[]): string[] =>
  amounts.map((one) => toYuan(one.fen));
export const refusalOf = (result: Result<unknown>) => {
  if (result.ok) throw new Error(`not refused: ${JSON.stringify(result.value)}`);
  return result.error;
};
