import { expect, test } from 'vitest';
import { bucketName } from '../../../domain/ids.ts';
import { policyFile } from '../../policy-files.ts';
import { dibaoPack, districtPack } from '../determination/bureau.ts';
import { childPacks, family, PROGRAMME } from '../run/child-family.ts';
import { computed, LINES, openOffice, REGULAR, value } from '../run/office.ts';
import { draftsOf, wholeMonth } from '../run/whole-month.ts';
import { approve, asked, proposed } from './proposal-office.ts';

const PLACE = { jurisdiction: REGULAR.jurisdiction, programme: PROGRAMME };
const DECEMBER = { ...REGULAR, programme: PROGRAMME };
const BUCKETS = Array.from({ length: 256 }, (_, index) => bucketName(index));

/** The city's stacking rules with another amount to be taken off for a child in a dibao household, as the text of 2026 has it. */
function topUpAlone() {
  const city = policyFile('110000', PROGRAMME);
  const before = city.values.find(({ parameter }) => parameter === 'stacking')!;
  const rules = (before.value as { with: string; action: string; reference?: string }[]).map((rule) =>
    rule.with === 'dibao' && rule.action === 'top-up' ? { ...rule, reference: 'own-top-up' } : rule,
  );
  const { inForceTo: _open, ...rest } = before;
  return { ...PLACE, values: [{ ...rest, value: rules, inForceFrom: '2026-10', decidedOn: '2026-11-20' }] };
}

test('which amount of dibao is taken off a child is policy: the effect knows the household, and the next run pays what it said', async () => {
  const packs = [dibaoPack('110000'), districtPack(), ...childPacks()];
  const bureau = await openOffice({ people: 0, quickReads: true, packs });
  try {
    const budget = { ...PLACE, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: LINES, by: 'staff-finance' }));
    const { decided } = await family(bureau);
    await decided(1, '2026-11', 750, 362.5);
    bureau.clock.moveTo('2026-11-23');
    await wholeMonth(bureau, { identity: DECEMBER });
    bureau.clock.moveTo('2026-11-24');
    const found = await proposed(bureau, asked(topUpAlone()));
    const scopes = found.manifest?.scopes ?? [];
    expect(scopes).toContainEqual(expect.objectContaining({ ...PLACE, from: '2026-10' }));
    // Dibao does not rest on what a child gets beside it.
    expect(scopes.map(({ programme }) => programme)).not.toContain('dibao');
    const rows = await bureau.ports.policyProposals.rows(found.proposal.id, 1, PLACE, BUCKETS);
    const said = rows.flatMap(({ lines }) => lines.map(({ after, before, month }) => [month, before, after]));
    // Worked example D3: 1737.50 by the older text, 2487.50 by the newer one.
    expect(said).toEqual([
      ['2026-11', 173_750, 248_750],
      ['2026-12', 173_750, 248_750],
    ]);
    expect(value(await approve(bureau, found)).state).toBe('in-force');
    bureau.clock.moveTo('2026-11-25');
    const run = await computed(bureau, { ...DECEMBER, round: 'S1' });
    const lines = (await draftsOf(bureau, run)).flatMap((draft) => draft.lines);
    expect(lines.map(({ fen, month }) => [month, fen])).toEqual([
      ['2026-11', 75_000],
      ['2026-12', 75_000],
    ]);
  } finally {
    await bureau.stop();
  }
});
