// Goal: a basic living standard below 1.3 times 低保 is said when it is proposed, and never derived from it. Method: the packs of the places.
import { expect, it } from 'vitest';
import { type PolicyBook, policyBook } from '../../../../domain/policy/book.ts';
import { belowFloors } from '../../../../domain/policy/floors.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { policyFile } from '../../../policy-files.ts';
import { must } from '../samples.ts';

function bookWith(place: string, changes: Readonly<Record<string, unknown>> = {}): PolicyBook {
  const files = (['dibao', 'tekun'] as const).map((programme) => policyFile(place, programme));
  for (const row of files[1]!.values) if (row.parameter in changes) row.value = changes[row.parameter];
  return must(policyBook(files.map((file) => must(parsePolicyPack(file)).pack)));
}
const found = (place: string, month: string, changes?: Readonly<Record<string, unknown>>) => {
  const book = bookWith(place, changes);
  const rows = [...book.rows.values()]
    .flat()
    .filter(
      ({ programme, parameter, inForceFrom }) =>
        programme === 'tekun' && parameter === 'standard' && inForceFrom === month,
    );
  return belowFloors({ before: book, after: book }, rows, ['tekun']).map(({ action, zh }) => [action, zh]);
};

it('林口: what a town is paid is below 1.3 × 832, and is said; it is no reason to refuse it', () => {
  const [said, ...more] = found('231025', '2026-08');
  expect(more).toEqual([]);
  expect(said).toEqual(['warn', expect.stringContaining('1081.6')]);
});
it('广州: 1.6 times is above it, and a fen too little is not', () => {
  expect(found('440100', '2025-01')).toEqual([]);
  expect(found('440100', '2025-01', { standard: { urban: '1701.70', rural: '1701.70' } })).toEqual([]);
  expect(found('440100', '2025-01', { standard: { urban: '1701.70', rural: '1701.69' } })).toHaveLength(1);
});
