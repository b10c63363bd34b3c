import { describe, expect, it } from 'vitest';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { code, computed, type OfficeOptions, pack, REGULAR, value } from './office.ts';
import { died, smallOffice, wardWithoutAccount } from './whole-month.ts';

type Pack = { values: { parameter: string; inForceFrom: string; sample?: boolean }[] };

/** The city's pack with one of its values replaced by changed copies. */
function city(parameter: string, ...changes: object[]): unknown {
  const found = pack('110000') as Pack;
  const values = found.values.flatMap((value) =>
    value.parameter === parameter ? changes.map((change) => ({ ...value, ...change })) : [value],
  );
  return { ...found, values };
}

async function inOffice<T>(
  options: OfficeOptions,
  look: (bureau: Awaited<ReturnType<typeof smallOffice>>) => Promise<T>,
): Promise<T> {
  const bureau = await smallOffice(options);
  try {
    return await look(bureau);
  } finally {
    await bureau.stop();
  }
}

describe('the month of a death', () => {
  it('is what the policy says it is: the manifest carries it to the controls', async () => {
    const stopsAtOnce = { packs: [city('stopFrom', { value: 'same-month' }), pack('110199')] };
    await inOffice(stopsAtOnce, async (bureau) => {
      bureau.clock.moveTo('2026-12-03');
      await died(bureau, 2, '2026-12-01', '比对');
      const run = await computed(bureau);
      expect(run.manifest.deathMonthStops).toBe(true);
      expect(run.totals).toMatchObject({ payable: { count: 2 }, held: { count: 1 } });
    });
    await inOffice({}, async (bureau) => {
      bureau.clock.moveTo('2026-12-03');
      await died(bureau, 2, '2026-12-01', '比对');
      const run = await computed(bureau);
      expect(run.manifest).not.toHaveProperty('deathMonthStops');
      expect(run.totals).toMatchObject({ payable: { count: 3 }, held: { count: 0 } });
    });
  });
});

describe('outside demo mode', () => {
  const packs = [city('bands', { sample: true }), pack('110199')];

  it('an amount that rests on a sample is blocked, and cannot be overridden', async () => {
    await inOffice({ demoMode: false, packs }, async (bureau) => {
      const run = await computed(bureau);
      expect(run.totals).toMatchObject({ payable: { count: 0 }, blocked: { count: 3, fen: 90_000 } });
      const [draft] = value(await bureau.views.listDrafts(run.runId, { filter: 'blocked', limit: 5 })).drafts;
      expect(draft?.sample).toBe(true);
      expect(draft?.findings[0]).toMatchObject({ control: 'sample-value', severity: 'block' });
      const override = { runId: run.runId, payment: draft!.payment, control: 'sample-value', reason: '急' };
      expect(code(await bureau.actions.proposeOverride({ ...override, by: 'staff-a' }))).toBe(
        'forbidden/not-overridable',
      );
      expect(code(await bureau.actions.holdPayment({ ...override, by: 'staff-a' }))).toBe(
        'conflict/not-payable',
      );
    });
  });

  it('in demo mode the same is paid', async () => {
    await inOffice({ demoMode: true, packs }, async (bureau) => {
      expect((await computed(bureau)).totals).toMatchObject({ payable: { count: 3 }, blocked: { count: 0 } });
    });
  });

  it('published amounts are paid although the bureau’s own arrangements are samples', async () => {
    await inOffice({ demoMode: false }, async (bureau) => {
      expect((await computed(bureau)).totals).toMatchObject({ payable: { count: 3 }, blocked: { count: 0 } });
    });
  });
});

describe('a gap in the policy', () => {
  it('refuses those whose months it touches, by name, and pays the others', async () => {
    const packs = [city('bands', { inForceTo: '2026-10' }, { inForceFrom: '2026-12' }), pack('110199')];
    await inOffice({ packs }, async (bureau) => {
      // Eighty in December, after the gap.
      await bureau.importRows('young', [row(51, { id: idNumber(51, '19461205') })]);
      const run = await computed(bureau);
      expect(run.totals).toMatchObject({ payable: { count: 1, fen: 10_000 }, refused: { 'policy/gap': 3 } });
      const refusals = await bureau.views.assessmentRefusals(run);
      expect(refusals).toHaveLength(3);
      expect(refusals[0]?.refusal.zh).toContain('2026-11');
      expect(refusals[0]?.refusal.en).toContain('2026-11');
    });
  });

  it('in what a run itself needs refuses the start, and leaves nothing behind', async () => {
    const packs = [city('payTiming', { inForceFrom: '2027-01' }), pack('110199')];
    await inOffice({ packs, people: 0 }, async (bureau) => {
      const refused = await bureau.actions.startRun(REGULAR, 'staff-preparer');
      expect(refused).toMatchObject({ ok: false, error: { code: 'policy/gap' } });
      expect(refused.ok ? '' : refused.error.zh).toContain('2026-12');
      expect(await bureau.ports.runs.activePointer(REGULAR)).toBeUndefined();
      expect(await bureau.ports.runs.livePointers(REGULAR)).toEqual([]);
    });
  });
});

it('a payee without an account is blocked with the reason, and the others are paid', async () => {
  await inOffice({}, async (bureau) => {
    const { enrolment } = await wardWithoutAccount(bureau, 31);
    const run = await computed(bureau);
    expect(run.totals).toMatchObject({
      payable: { count: 3 },
      blocked: { count: 1 },
      findings: { 'no-account': 1 },
    });
    const [draft] = value(await bureau.views.listDrafts(run.runId, { filter: 'blocked', limit: 5 })).drafts;
    expect(draft).toMatchObject({ enrolment, fen: 30_000 });
    expect(draft).not.toHaveProperty('account');
    expect(draft?.findings[0]?.zh).toContain('账户');
  });
});
