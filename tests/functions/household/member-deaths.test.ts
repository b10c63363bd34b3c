// Goal: whatever sheet tells that a member died, somebody is asked to look at what was decided for the household, once, and the
// enrolment goes on. Method: lists of deaths and register rows imported on real engines, runs before and after.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdEvent } from '../../../domain/household/event.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { recordHouseholdEvent } from '../../../functions/household/household-events.ts';
import { bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import { DIBAO } from '../determination/bureau.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import { determine, household, householdOffice, learned, MONTH, yuan } from '../run/household-office.ts';
import { approved, computed, DISTRICT, dispatched, type Office, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await householdOffice();
});
afterEach(() => bureau.stop());

/** The n-th household's head, and its spouse at n + 500, as household-office.ts makes them. */
const death = (n: number, day = '2026-11-20', source = '认证') =>
  `${idNumber(n, '19800115')},张三,${day},${source},殡葬`;
/** Imports a sheet and nothing more: what it asks of others is still queued. */
async function imported(name: string, rows: readonly string[], kind: 'deaths' | 'register') {
  const { engines, handlers } = bureau;
  const { determinations: _, ...others } = handlers;
  await bureau.deliver();
  const deliver = bureau.deliver;
  bureau.deliver = () => engines.deliver(others);
  await bureau.importRows(name, rows, kind).finally(() => {
    bureau.deliver = deliver;
  });
  return engines.bodies('determinations').map((body) => JSON.parse(body).enrolment as string);
}
const causesOf = async (enrolment: Awaited<ReturnType<typeof household>>['enrolment']) =>
  (await bureau.ports.reviews.task(enrolment))?.causes.map(({ kind, about }) => [kind, about]);

describe('a list of deaths', () => {
  it.each([
    ['认证', 'death-certified'],
    ['比对', 'death-reported'],
  ])(
    '%s: of a member, asks for one review of the household, however often it comes',
    async (source, kind) => {
      const { head, spouse, enrolment } = await household(bureau, 1);
      await household(bureau, 2);
      await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
      bureau.clock.moveTo('2026-11-23');
      const rows = [death(501, '2026-11-20', source), death(1, '2026-11-21', source), death(77)];
      expect(await imported('deaths-1', rows, 'deaths')).toEqual([enrolment.id]);
      await bureau.deliver();
      const causes = await causesOf(enrolment);
      expect(new Map(causes?.map(([what, about]) => [about, what]))).toEqual(
        new Map([
          [head, kind],
          [spouse, kind],
        ]),
      );
      const task = await bureau.ports.reviews.task(enrolment);
      expect(await imported('deaths-2', rows, 'deaths')).toEqual([]);
      await bureau.deliver();
      expect(await bureau.ports.reviews.task(enrolment)).toEqual(task);
      expect((await bureau.register.enrolmentsOfPerson(enrolment.subject))[0]?.facts).toEqual(
        enrolment.facts,
      );
    },
  );

  it('of somebody who left the household, or of a member of none, asks for nothing', async () => {
    const { spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    await learned(bureau, spouse, 'household', '2026-11-01', '');
    bureau.clock.moveTo('2026-11-23');
    expect(await imported('deaths-1', [death(501)], 'deaths')).toEqual([]);
  });
});

describe('a register row', () => {
  it('of a member of a household with a decision asks for a look; it changes nothing by itself', async () => {
    const { enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    bureau.clock.moveTo('2026-11-23');
    const rows = [row(1, { id: idNumber(501, '19800115'), name: '张三', class: '低保' }), row(9)];
    expect(await imported('register-1', rows, 'register')).toEqual([enrolment.id]);
    await bureau.deliver();
    expect(await bureau.ports.reviews.task(enrolment)).toBeUndefined();
  });
});

describe('a death in a household on decision, from the list to the payment', () => {
  const held = async (identity: Parameters<typeof computed>[1], enrolment: string) => {
    const run = await computed(bureau, identity);
    const draft = (await draftsOf(bureau, run)).find((one) => one.enrolment === enrolment);
    return { run, draft, held: draft?.findings.some(({ severity }) => severity === 'hold') };
  };

  it('of the head: held until a new head is named, confirmed and determined; the same enrolment goes on', async () => {
    const { key, head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    await determine(bureau, (await household(bureau, 2)).enrolment, 1, { '2026-12': yuan(100) });
    bureau.clock.moveTo('2026-11-23');
    await bureau.importRows('deaths-1', [death(1)], 'deaths');
    expect(await causesOf(enrolment)).toEqual([['death-certified', head]]);
    bureau.clock.moveTo('2026-11-24');
    const first = await held(MONTH, enrolment.id);
    expect(first.held).toBe(true);
    await dispatched(bureau, await approved(bureau, first.run));

    const event: HouseholdEvent = {
      event: 'new-head',
      person: spouse,
      formerHead: 'spouse',
      from: '2026-12',
      evidence: '户口簿',
    };
    value(
      await recordHouseholdEvent(
        { ...bureau.ports, households: householdsOf(bureau.register) },
        { household: key, event, eventId: 'he-1', by: 'staff-preparer', jurisdiction: DISTRICT },
      ),
    );
    const payees = new PayeeChanges(bureau.register);
    const [waiting] = await payees.waiting(DISTRICT);
    const stamp = { by: 'staff-reviewer', at: bureau.clock.now(), today: bureau.clock.today() };
    value(await payees.confirm(waiting!, waiting!.changeId, stamp));
    await determine(bureau, enrolment, 2, { '2026-12': yuan(725) });
    const [hold] = await bureau.ports.followUps.holds(DIBAO, bucketOfEnrolment(enrolment.id));
    value(
      await bureau.follow.releaseHold({
        jurisdiction: DISTRICT,
        holdId: hold!.payment,
        by: 'staff-reviewer',
        reason: '新户主已确认',
      }),
    );
    bureau.clock.moveTo('2026-11-25');
    const { draft, held: still } = await held({ ...MONTH, round: 'S1' }, enrolment.id);
    expect([still, draft?.fen, draft?.account?.payee]).toEqual([false, 72_500, spouse]);
  }, 30_000);
});
