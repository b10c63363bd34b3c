// Goal: one child in two programmes on the engines: what is decided late in one repairs the other to the fen, in both directions, and what
// is decided between computing and release is found before a fen leaves.
import { expect, it } from 'vitest';
import type { Run } from '../../../domain/run/run.ts';
import { dibaoPack, districtPack } from '../determination/bureau.ts';
import { childPacks, family, PROGRAMME } from './child-family.ts';
import { approved, computed, dispatched, LINES, type Office, openOffice, REGULAR, value } from './office.ts';
import { draftsOf, runNow, wholeMonth } from './whole-month.ts';

const DECEMBER = { ...REGULAR, programme: PROGRAMME };

const linesOf = async (bureau: Office, run: Run) =>
  (await draftsOf(bureau, run)).flatMap(({ lines }) =>
    lines.map(({ month, fen: amount, cause }) => `${month} ${amount} ${cause ?? ''}`.trim()),
  );
const proposalsOf = async (bureau: Office) =>
  (await bureau.follow.listRecoveryProposals(REGULAR.jurisdiction, PROGRAMME, { limit: 9 })).items.map(
    ({ month, fen: amount, cause }) => `${month} ${amount} ${cause}`,
  );

it('tops a child up over what dibao decides of it, whenever that is decided', async () => {
  const bureau = await openOffice({
    people: 0,
    quickReads: true,
    packs: [dibaoPack('110000'), districtPack(), ...childPacks()],
  });
  try {
    const budget = { jurisdiction: REGULAR.jurisdiction, programme: PROGRAMME, fiscalYear: '2026' };
    value(await bureau.office.setBudget({ ...budget, lines: LINES, by: 'staff-finance' }));
    const { decided } = await family(bureau);
    // On dibao from November, 750 + 362.50 of it the child's own (worked example D3).
    await decided(1, '2026-11', 750, 362.5);
    bureau.clock.moveTo('2026-11-23');
    const december = await wholeMonth(bureau, { identity: DECEMBER });
    expect(december.manifest.related?.ofHouseholds).toEqual(['dibao']);
    expect(await linesOf(bureau, december)).toEqual([
      '2026-10 285000 newly-joined',
      '2026-11 173750 newly-joined',
      '2026-12 173750',
    ]);
    const [paid] = await draftsOf(bureau, december);
    expect(paid!.derivations['2026-12']?.at(-1)).toMatchObject({
      code: 'stacking-topped-up',
      inputs: { with: 'dibao', amount: '1112.50', reference: 'own-share' },
      result: '1737.50',
    });

    // Its top-up ends in December: decided late, and the child is owed more here.
    bureau.clock.moveTo('2026-11-25');
    await decided(2, '2026-12', 750, 0);
    bureau.clock.moveTo('2026-11-26');
    const arrears = await wholeMonth(bureau, { identity: { ...DECEMBER, round: 'S1' } });
    expect(await linesOf(bureau, arrears)).toEqual(['2026-12 36250 facts-changed']);
    expect(await proposalsOf(bureau)).toEqual([]);

    // It was due from October at 900: what was paid here beyond it is proposed for recovery, month by month.
    bureau.clock.moveTo('2026-11-27');
    await decided(3, '2026-10', 900, 0);
    bureau.clock.moveTo('2026-11-28');
    const less = await computed(bureau, { ...DECEMBER, round: 'S2' });
    // November turns out to be owed more: 2850 − 900 is above 1737.50 by 212.50.
    expect(await linesOf(bureau, less)).toEqual(['2026-11 21250 facts-changed']);
    expect(await proposalsOf(bureau)).toEqual(['2026-10 90000 facts-changed', '2026-12 15000 facts-changed']);

    // Between computing and release dibao gives the child more again: what would be paid here is held.
    const signed = await approved(bureau, less);
    await decided(4, '2026-10', 1200, 0);
    const after = await dispatched(bureau, signed);
    expect(after.state).not.toBe('dispatched');
    const holds = [...(await runNow(bureau, signed)).holds.values()];
    expect(holds.map(({ late }) => late?.control)).toEqual(['related-since']);
  } finally {
    await bureau.stop();
  }
}, 30_000);
