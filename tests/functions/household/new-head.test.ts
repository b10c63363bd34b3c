// Goal: one person alone changes nobody's payee by naming a new head. Method: households with determinations on real engines, runs
// before and after the second person, a writer that dies at every write.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HouseholdEvent } from '../../../domain/household/event.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { recordHouseholdEvent } from '../../../functions/household/household-events.ts';
import { bucketOfEnrolment } from '../../../functions/run/buckets.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { DIBAO } from '../determination/bureau.ts';
import { determine, household, householdOffice, MONTH, person, yuan } from '../run/household-office.ts';
import { approved, code, computed, DISTRICT, dispatched, type Office, value } from '../run/office.ts';
import { draftsOf } from '../run/whole-month.ts';

let bureau: Office;
let payees: PayeeChanges;
beforeEach(async () => {
  bureau = await householdOffice();
  payees = new PayeeChanges(bureau.register);
});
afterEach(() => bureau.stop());

const evidence = '户口簿';
const record = (key: string, event: HouseholdEvent, eventId: string) =>
  recordHouseholdEvent(
    { ...bureau.ports, households: householdsOf(bureau.register) },
    { household: key, event, eventId, by: 'staff-preparer', jurisdiction: DISTRICT },
  );
const named = (person: string): HouseholdEvent => ({
  event: 'new-head',
  person,
  formerHead: 'spouse',
  from: '2026-12',
  evidence,
});
const stamp = (by: string) => ({ by, at: bureau.clock.now(), today: bureau.clock.today() });
const confirm = async (by: string) => {
  const [waiting] = await payees.waiting(DISTRICT);
  return payees.confirm(waiting!, waiting!.changeId, stamp(by));
};
async function paid() {
  const run = await computed(bureau, MONTH);
  const [draft] = await draftsOf(bureau, run);
  const controls = draft!.findings.flatMap(({ control, severity }) => (severity === 'hold' ? [control] : []));
  value(await bureau.actions.voidRun({ runId: run.runId, by: 'staff-preparer', reason: '再算' }));
  return { payee: draft!.account?.payee, controls };
}

describe('a new head', () => {
  it('is paid once a second person has confirmed it, and not before', async () => {
    const { key, head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    value(await record(key, named(spouse), 'he-1'));
    bureau.clock.moveTo('2026-11-23');
    expect(await paid()).toEqual({ payee: head, controls: [] });
    expect(await payees.waiting(DISTRICT)).toMatchObject([{ id: enrolment.id }]);
    const [proposed] = await payees.ofEnrolment(enrolment);
    expect(proposed?.change).toMatchObject({ kind: 'head', evidence, proposedBy: 'staff-preparer' });
    expect(code(await confirm('staff-preparer'))).toBe('forbidden/same-person');
    value(await confirm('staff-reviewer'));
    expect(await payees.waiting(DISTRICT)).toEqual([]);
    bureau.clock.moveTo('2026-11-24');
    expect(await paid()).toEqual({ payee: spouse, controls: [] });
  }, 20_000);

  it('who was head and leaves before that is not paid for a household they left: held until it is confirmed', async () => {
    const { key, head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    value(await record(key, named(spouse), 'he-1'));
    value(await record(key, { event: 'leave', person: head, from: '2026-12', evidence }, 'he-2'));
    bureau.clock.moveTo('2026-11-23');
    expect(await paid()).toEqual({ payee: head, controls: ['payee-left'] });
    value(await confirm('staff-reviewer'));
    bureau.clock.moveTo('2026-11-24');
    expect(await paid()).toEqual({ payee: spouse, controls: [] });
  }, 20_000);

  it('named again before that: what was proposed first is overtaken, and who was paid still is', async () => {
    const { key, head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    value(await record(key, named(spouse), 'he-1'));
    const [first] = await payees.waiting(DISTRICT);
    const son: HouseholdEvent = {
      event: 'join',
      cause: 'other',
      name: '张三',
      idNumber: (await bureau.register.person(await person(bureau, 77)))!.record.idNumber,
      relation: 'child',
      covered: true,
      from: '2026-12',
      evidence,
    };
    value(await record(key, son, 'he-2'));
    const joined = (await bureau.register.personByIdNumber(son.idNumber))!.record.personKey;
    value(await record(key, named(joined), 'he-3'));
    expect(code(await payees.confirm(first!, first!.changeId, stamp('staff-reviewer')))).toBe(
      'conflict/payee-changed-since',
    );
    bureau.clock.moveTo('2026-11-23');
    expect((await paid()).payee).toBe(head);
    value(await confirm('staff-reviewer'));
    bureau.clock.moveTo('2026-11-24');
    expect((await paid()).payee).toBe(joined);
  }, 20_000);

  it('after the death of the head: held until confirmed, and the same enrolment goes on', async () => {
    const { key, head, spouse, enrolment } = await household(bureau, 1);
    await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
    await determine(bureau, (await household(bureau, 2)).enrolment, 1, { '2026-12': yuan(100) });
    value(await record(key, { event: 'death', person: head, date: '2026-11-12', evidence }, 'he-1'));
    value(await record(key, named(spouse), 'he-2'));
    await determine(bureau, enrolment, 2, { '2026-12': yuan(725) });
    bureau.clock.moveTo('2026-11-23');
    const run = await computed(bureau, MONTH);
    const [mine] = (await draftsOf(bureau, run)).filter((draft) => draft.enrolment === enrolment.id);
    expect(mine!.account?.payee).toBe(head);
    expect(mine!.findings.map(({ control, severity }) => `${severity} ${control}`)).toContain(
      'hold deceased',
    );
    await dispatched(bureau, await approved(bureau, run));
    value(await confirm('staff-reviewer'));
    const [hold] = await bureau.ports.followUps.holds(DIBAO, bucketOfEnrolment(enrolment.id));
    const jurisdiction = DISTRICT;
    value(
      await bureau.follow.releaseHold({
        jurisdiction,
        holdId: hold!.payment,
        by: 'staff-reviewer',
        reason: '新户主已确认',
      }),
    );
    bureau.clock.moveTo('2026-11-24');
    const [draft] = await draftsOf(bureau, await computed(bureau, { ...MONTH, round: 'S1' }));
    expect(draft).toMatchObject({ enrolment: enrolment.id, fen: 72_500, account: { payee: spouse } });
    expect(draft!.findings.filter(({ severity }) => severity === 'hold')).toEqual([]);
  }, 30_000);

  it('whoever records it dies at any write: never is the new head paid before the second person', async () => {
    await dyingAtEveryWrite(async (survived) => {
      const { key, head, spouse, enrolment } = await household(bureau, survived + 1);
      const event = () => record(key, named(spouse), `he-${survived}`);
      const died = await diesAfter(bureau.faults, survived, event);
      const between = (await bureau.register.enrolment(DISTRICT, 'dibao', enrolment.id))!.payees.at(-1);
      const facts = (await bureau.register.person(spouse))!.record.facts;
      const isHead = facts.some(({ kind, value: text }) => kind === 'household' && text.includes(':head:'));
      expect([isHead, between?.payee ?? '']).toSatisfy(([is, payee]) => !is || payee === head);
      value(await event());
      const after = (await bureau.register.enrolment(DISTRICT, 'dibao', enrolment.id))!;
      expect(after.payees.map(({ payee }) => payee)).toEqual([head]);
      expect(await payees.ofEnrolment(after)).toHaveLength(1);
      return died;
    });
  }, 60_000);
});
