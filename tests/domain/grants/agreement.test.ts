// Goal: whether an award in life is taken back when its signatory withdraws from the agreement is policy's word, and its step can be read.
import { expect, it } from 'vitest';
import { policyBook } from '../../../domain/policy/book.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { policyFile } from '../../policy-files.ts';
import { codeOf, must } from '../programmes/samples.ts';

const ID = 'green-burial-agreement';
function withdrawn(value: 'keep' | 'recover', on: string, facts: { signedOn: string; year: number }) {
  const pack = policyFile('110199', ID);
  const values = pack.values.map((one) => (one.parameter === 'withdrawal' ? { ...one, value } : one));
  const book = must(policyBook([must(parsePolicyPack({ ...pack, values })).pack]));
  const view = { book, scope: { jurisdiction: '110199', programme: ID, knownOn: '2026-11-22' } };
  return PROGRAMMES[ID]!.grant!.agreement!.withdrawn({ agreement: '协12', ...facts }, on, view);
}

it.each([
  ['keep', '2026-01-01', 2026, 'policy/withdrawal-keeps'],
  ['recover', '2026-01-01', 2026, 'ok'],
  ['recover', '2026-01-01', 2025, 'ok'],
  // Of a year that began after the withdrawal nothing was due, whatever policy says.
  ['keep', '2026-02-28', 2027, 'ok'],
  ['recover', '2025-02-28', 2026, 'invalid/withdrawn-on'],
] as const)('%s: withdrawn from on %s, the award for %i: %s', (value, on, year, code) => {
  const found = withdrawn(value, on, { signedOn: '2025-03-01', year });
  expect(codeOf(found)).toBe(code);
  if (!found.ok) return;
  const said = found.value.map((step) => renderStep({ id: ID }, step).zh);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`${year}年度的生前奖补撤销`);
  expect(said[0]).not.toMatch(/[{}]/);
});
