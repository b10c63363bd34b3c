import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { membershipText } from '../../../domain/household/membership.ts';
import type { Run } from '../../../domain/run/run.ts';
import { maskedPersons } from '../../../functions/api/views/masked-persons.ts';
import { bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import { DIBAO } from '../determination/bureau.ts';
import { determine, household, householdOffice, learned, MONTH, person, yuan } from './household-office.ts';
import { approved, computed, dispatched, type Office, value } from './office.ts';
import { balances, draftsOf, runNow, wholeMonth } from './whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await householdOffice();
});
afterEach(() => bureau.stop());

const S1 = { ...MONTH, round: 'S1' } as const;
const findings = async (run: Run) =>
  (await draftsOf(bureau, run)).flatMap((draft) =>
    draft.findings.flatMap(({ control, severity, zh }) => (severity === 'hold' ? [[control, zh]] : [])),
  );
const late = (run: Run) => [...run.holds.values()].map((hold) => hold.late?.control);
/** The clock of the desk, a little later than what a run has seen. */
const nextDay = (date: string) => bureau.clock.moveTo(date);

describe('a month of 低保', () => {
  it('pays what was determined to the head, from start to close, and the books balance', async () => {
    const one = await household(bureau, 1);
    const two = await household(bureau, 2);
    await household(bureau, 3);
    await determine(bureau, one.enrolment, 1, { '2026-10': yuan(1450) });
    await determine(bureau, two.enrolment, 1, { '2026-12': yuan(900) });
    nextDay('2026-11-23');
    const run = await wholeMonth(bureau, { identity: MONTH });
    expect(run.state).toBe('closed');
    const drafts = await draftsOf(bureau, run);
    const lines = Object.fromEntries(
      drafts.map((draft) => [draft.enrolment, draft.lines.map(({ month, fen }) => `${month} ${fen}`)]),
    );
    expect(lines).toEqual({
      [one.enrolment.id]: ['2026-10 145000', '2026-11 145000', '2026-12 145000'],
      [two.enrolment.id]: ['2026-12 90000'],
    });
    expect(drafts.find(({ enrolment }) => enrolment === one.enrolment.id)?.account?.payee).toBe(one.head);
    expect(await balances(bureau)).toEqual({ 'appropriation:2026': -525_000, 'expense:dibao': 525_000 });
  }, 20_000);

  it('is found by every member, and by its own programme', async () => {
    const { head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    nextDay('2026-11-23');
    await wholeMonth(bureau, { identity: MONTH });
    for (const member of [head, spouse]) {
      const [paid] = await bureau.beneficiary.paymentsOf(member, { months: 24 });
      expect(paid).toMatchObject({ programme: 'dibao', state: 'settled', fen: 145_000 });
      expect(value(await bureau.beneficiary.explain(member, paid!.payment)).draft.enrolment).toBe(
        enrolment.id,
      );
    }
    await learned(bureau, spouse, 'household', '2026-11-01', '');
    expect(await bureau.beneficiary.paymentsOf(spouse, { months: 24 })).toEqual([]);
  }, 20_000);

  it('pays a named representative instead of the head', async () => {
    const { enrolment } = await household(bureau, 1);
    const representative = await person(bureau, 900);
    const recorded = {
      payee: representative,
      recordedAt: bureau.clock.now(),
      source: 'desk',
      by: 'staff-preparer',
    };
    await bureau.register.saveEnrolment(
      { ...enrolment, payees: [recorded], version: 2, changedAt: recorded.recordedAt },
      enrolment,
    );
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    nextDay('2026-11-23');
    const run = await computed(bureau, MONTH);
    expect((await draftsOf(bureau, run))[0]?.account?.payee).toBe(representative);
  });

  it('a later fact moves no money; the next determination pays exactly its difference', async () => {
    const { head, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-10': yuan(1450) });
    nextDay('2026-11-23');
    await wholeMonth(bureau, { identity: MONTH });
    nextDay('2026-11-25');
    await learned(bureau, head, 'employment', '2026-10-01', 'employed:800.00');
    const S2 = { ...MONTH, round: 'S1' } as const;
    nextDay('2026-11-26');
    expect(await draftsOf(bureau, await computed(bureau, S2))).toEqual([]);
    value(
      await bureau.actions.voidRun({
        runId: '110199.dibao.2026-12.S1.1',
        by: 'staff-preparer',
        reason: '无',
      }),
    );
    await determine(bureau, enrolment, 2, { '2026-11': yuan(1500) });
    nextDay('2026-11-27');
    const drafts = await draftsOf(bureau, await computed(bureau, S1));
    expect(drafts.flatMap(({ lines }) => lines.map(({ month, fen }) => [month, fen]))).toEqual([
      ['2026-11', 5000],
      ['2026-12', 5000],
    ]);
  }, 20_000);
});

describe('a death in a household', () => {
  const told = async (diedIn: string, who: 'head' | 'spouse') => {
    const made = await household(bureau, 1);
    await determine(bureau, made.enrolment, 1, { '2026-12': yuan(1450) });
    nextDay('2026-11-23');
    await learned(bureau, made[who], 'death-reported', `${diedIn}-20`, `${diedIn}-20`);
    nextDay('2026-11-24');
    return made;
  };

  it.each([
    ['2026-11', 1],
    ['2026-12', 0],
  ])('of a covered member in %s: %i finding in the payment of December', async (month, count) => {
    await told(month, 'spouse');
    const found = await findings(await computed(bureau, MONTH));
    expect(found.map(([control]) => control)).toEqual(Array.from({ length: count }, () => 'deceased'));
    expect(found.filter(([, zh]) => zh?.includes('重新核定'))).toHaveLength(count);
  });

  it('of a covered member: paid again once a determination has weighed it', async () => {
    const { enrolment } = await told('2026-11', 'spouse');
    await determine(bureau, enrolment, 2, { '2026-12': yuan(725) }, { kind: 'standard-change' });
    expect(await findings(await computed(bureau, MONTH))).toHaveLength(1);
    value(
      await bureau.actions.voidRun({
        runId: '110199.dibao.2026-12.R.1',
        by: 'staff-preparer',
        reason: '重新核定',
      }),
    );
    nextDay('2026-11-25');
    await determine(bureau, enrolment, 3, { '2026-12': yuan(725) });
    nextDay('2026-11-26');
    const run = await computed(bureau, MONTH);
    expect(await findings(run)).toEqual([]);
    expect((await draftsOf(bureau, run))[0]?.fen).toBe(72_500);
  });

  it('of the head: held until a new head is named, then the same enrolment goes on', async () => {
    const { key, head, spouse, enrolment } = await told('2026-11', 'head');
    await determine(bureau, (await household(bureau, 2)).enrolment, 1, { '2026-12': yuan(100) });
    nextDay('2026-11-25');
    const run = await computed(bureau, MONTH);
    expect((await findings(run))[0]?.[1]).toContain('新户主');
    await dispatched(bureau, await approved(bureau, run));
    nextDay('2026-11-26');
    await learned(
      bureau,
      spouse,
      'household',
      '2026-12-01',
      membershipText({ household: key, relation: 'head', covered: true }),
    );
    await determine(bureau, enrolment, 2, { '2026-12': yuan(725) });
    const [hold] = await bureau.ports.followUps.holds(DIBAO, bucketOfEnrolment(enrolment.id));
    expect(hold?.enrolment).toBe(enrolment.id);
    value(
      await bureau.follow.releaseHold({
        jurisdiction: DIBAO.jurisdiction,
        holdId: hold!.payment,
        by: 'staff-reviewer',
        reason: '已确定新户主',
      }),
    );
    nextDay('2026-11-27');
    const again = await computed(bureau, S1);
    const [draft] = await draftsOf(bureau, again);
    expect(draft).toMatchObject({ enrolment: enrolment.id, fen: 72_500 });
    expect(await findings(again)).toEqual([]);
    expect(draft?.account?.payee).toBe(spouse);
    expect(draft?.account?.payee).not.toBe(head);
  }, 20_000);

  it.each(['head', 'spouse'] as const)(
    'of the %s after the run was computed: found before release',
    async (who) => {
      const made = await household(bureau, 1);
      await determine(bureau, made.enrolment, 1, { '2026-12': yuan(1450) });
      nextDay('2026-11-23');
      const run = await approved(bureau, await computed(bureau, MONTH));
      await learned(bureau, made[who], 'death-certified', '2026-11-20', '2026-11-20');
      const after = await dispatched(bureau, run);
      expect(after.state).not.toBe('dispatched');
      expect(late(await runNow(bureau, run))).toEqual(['deceased']);
    },
    20_000,
  );

  it.each([
    ['lower', 700, ['determined-since']],
    ['an end', 0, ['determined-since']],
    ['higher, which arrears make good', 1500, []],
  ] as const)(
    'determined anew after the run was computed: %s',
    async (_what, amount, found) => {
      const { enrolment } = await household(bureau, 1);
      await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
      nextDay('2026-11-23');
      const run = await approved(bureau, await computed(bureau, MONTH));
      await determine(bureau, enrolment, 2, { '2026-12': yuan(amount) });
      await dispatched(bureau, run);
      expect(late(await runNow(bureau, run))).toEqual(found);
    },
    20_000,
  );

  it('another head named after the run was computed: another payee', async () => {
    const { key, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    nextDay('2026-11-23');
    const run = await approved(bureau, await computed(bureau, MONTH));
    await learned(
      bureau,
      spouse,
      'household',
      '2026-12-01',
      membershipText({ household: key, relation: 'head', covered: true }),
    );
    await dispatched(bureau, run);
    expect(late(await runNow(bureau, run))).toEqual(['payee-changed']);
  }, 20_000);
});

describe('a household to look at', () => {
  it('is shown by the masked name of its head', async () => {
    const { key, head, spouse } = await household(bureau, 1);
    const shown = await maskedPersons(bureau.register, [key, spouse]);
    expect(shown.get(key)).toEqual({ personKey: head, name: '张*' });
    expect(shown.get(spouse)?.personKey).toBe(spouse);
  });
});
