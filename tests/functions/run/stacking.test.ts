// Goal: one child in two programmes on the engines: what is decided late in one repairs the other to the fen, in both directions, and what
// is decided between computing and release is found before a fen leaves.
import { expect, it } from 'vitest';
import { membershipText } from '../../../domain/household/membership.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Run } from '../../../domain/run/run.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import { policyFile } from '../../policy-files.ts';
import { dibaoPack, districtPack } from '../determination/bureau.ts';
import { determine, fact, household, learned, person } from './household-office.ts';
import { approved, computed, dispatched, LINES, type Office, openOffice, REGULAR, value } from './office.ts';
import { draftsOf, runNow, wholeMonth } from './whole-month.ts';

const PROGRAMME = 'unattended-child';
const DECEMBER = { ...REGULAR, programme: PROGRAMME };

/** The sample district's own values, without controls that look at papers. */
function childPacks(): unknown[] {
  const own = policyFile('110199', PROGRAMME);
  const values = own.values.filter(({ parameter }) => parameter !== 'controlsOn');
  return [policyFile('110000', 'orphan'), policyFile('110000', PROGRAMME), { ...own, values }];
}

/** A household of three on dibao, its child enrolled as one nobody cares for: 2850 yuan from October on. */
async function family(bureau: Office) {
  const found = await household(bureau, 1);
  const child = await person(bureau, 900);
  await learned(bureau, child, 'birth-date', '2015-01-15', '2015-01-15');
  const membership = membershipText({ household: found.key, relation: 'child', covered: true });
  await learned(bureau, child, 'household', '2026-01-01', membership);
  await new HouseholdStore(bureau.register).savePointers(found.key, child, [found.enrolment]);
  const enrolment: EnrolmentDocument = {
    jurisdiction: REGULAR.jurisdiction,
    programme: PROGRAMME,
    id: `SW-${child}-1`,
    subject: child,
    payees: [],
    facts: [
      fact('application', '2026-09-01', '2026-09-01'),
      fact('decision', '2026-09-20', '2026-09-20/示儿〔2026〕1号'),
      fact('street', '2026-09-01', '110199001'),
      fact('child-category', '2026-09-01', '120'),
      fact('care-setting', '2026-09-01', 'family'),
    ],
    version: 1,
    changedAt: '2026-11-01T01:00:00.000Z',
  };
  await bureau.register.saveEnrolment(enrolment, undefined);
  /** The household's next determination, in which the child's own part is this from a month on. */
  const decided = async (number: number, from: string, base: number, topUp: number) => {
    const [mine, rest, more]: Fen[] = [fen(base * 100), fen(50_000), fen(topUp * 100)];
    const shares = [
      { person: child, component: 'base', fen: mine! },
      { person: found.head, component: 'base', fen: rest! },
      { person: child, component: 'top-up', fen: more! },
    ].filter((share) => share.fen > 0);
    const totals = { base: fen(mine! + rest!), 'top-up': more! };
    const components = Object.entries(totals)
      .filter(([, amount]) => amount > 0)
      .map(([component, amount]) => ({ component, fen: amount }));
    const spans = [{ from, components, derivation: [], shares }];
    await determine(bureau, found.enrolment, number, {}, { spans });
  };
  return { enrolment, decided };
}

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
