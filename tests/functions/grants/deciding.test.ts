// Goal: a grant is decided once and carried out once, whoever dies and whoever decides at the same moment; a family's cap is given out
// once. Method: each attempt dies one write later, before or after it takes effect; decisions side by side on real engines.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applicationState } from '../../../domain/grants/application.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { finishMarked } from '../../../functions/grants/carry-out-grant.ts';
import { grant, reject } from '../../../functions/grants/decide-application.ts';
import { workedOutApplication } from '../../../functions/grants/work-out-grant.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { code, type Office, value } from '../run/office.ts';
import {
  APPROVER,
  aidOffice,
  applied,
  asked,
  nextRequest,
  PORTS,
  TOWNSHIP,
  URGENT,
  wishFor,
  yuan,
} from './aid-office.ts';

let bureau: Office;
let person = 0;
beforeAll(async () => {
  bureau = await aidOffice({ quickReads: true }, '5000.00');
});
afterAll(() => bureau.stop());

it('for a month that this system never pays is refused by naming it, and decided for one that it pays', async () => {
  const ports = PORTS(bureau);
  const application = await applied(
    ports,
    asked((person += 1), { ...URGENT, eventOn: '2026-10-29' }, { appliedOn: '2026-10-30' }),
  );
  const decide = async (decidedOn: string) =>
    grant(ports, application, await wishFor(ports, application, { decidedOn }), {
      by: TOWNSHIP,
      request: nextRequest(),
    });
  const before = await decide('2026-10-31');
  expect(before).toMatchObject({ error: { code: 'conflict/before-history', detail: { month: '2026-10' } } });
  expect(await determined(application)).toEqual([]);
  value(await decide('2026-11-01'));
});

/** Grants of everybody whom the application is for, as the register has them. */
async function determined(application: string) {
  const { subject } = (await PORTS(bureau).applications.load(application))!.applied;
  const [enrolment] = await bureau.register.enrolmentsOfPerson(subject);
  return enrolment ? (await bureau.register.enrolmentRead(enrolment))!.determinations : [];
}

describe('dead at a write', () => {
  it('of a decision: asked again it is the one decision, and pays once', async () => {
    await dyingAtEveryWrite(async (survived) => {
      const ports = PORTS(bureau);
      const application = await applied(ports, asked((person += 2), URGENT, { with: [person + 1] }));
      const wish = await wishFor(ports, application);
      const by = { by: TOWNSHIP, request: nextRequest() };
      const decide = () => grant(ports, application, wish, by);
      const died = await diesAfter(bureau.faults, survived, decide, 'before');
      const after = value(await decide());
      expect([applicationState(after), after.granted?.by]).toEqual(['granted', TOWNSHIP.id]);
      const { kind, basis, decidedBy } = (await determined(application))[0]!;
      expect([kind, basis, decidedBy]).toEqual(['grant', `application:${application}`, TOWNSHIP.id]);
      expect(await determined(application)).toHaveLength(1);
      return died;
    });
  });

  it('and nobody comes back: the sweeper carries out what was decided, and ends what was only begun', async () => {
    await dyingAtEveryWrite(async (survived) => {
      const ports = PORTS(bureau);
      const application = await applied(ports, asked((person += 2), URGENT, { with: [person + 1] }));
      const wish = await wishFor(ports, application);
      const decide = () => grant(ports, application, wish, { by: TOWNSHIP, request: nextRequest() });
      const died = await diesAfter(bureau.faults, survived, decide, 'after');
      const left = (await ports.applications.load(application))!;
      const later = { ...ports, clock: { ...ports.clock, now: () => '2026-11-22T03:00:00.000Z' } };
      for (const mark of await ports.marks.deciding(ports.clock.now())) await finishMarked(later, mark);
      const found = (await ports.applications.load(application))!;
      expect(applicationState(found)).toBe(left.granted ? 'granted' : 'open');
      expect(await determined(application)).toHaveLength(left.granted ? 1 : 0);
      expect(await ports.marks.deciding(ports.clock.now())).toEqual([]);
      // Nothing that was claimed and not granted keeps the family's next application waiting.
      const next = await applied(ports, asked(person + 1, { ...URGENT, cause: 'illness' }));
      const { fen } = value(
        await grant(ports, next, await wishFor(ports, next), { by: TOWNSHIP, request: nextRequest() }),
      ).granted!;
      expect(fen + (found.granted?.fen ?? 0)).toBe(left.granted ? yuan(5000) : fen);
      return died;
    });
  });
});

it('what was decided by who died is carried out through the queue, once the sweeper has seen it stand still', async () => {
  const ports = PORTS(bureau);
  const application = await applied(ports, asked((person += 2), URGENT, { with: [person + 1] }));
  const wish = await wishFor(ports, application);
  const decide = () => grant(ports, application, wish, { by: TOWNSHIP, request: nextRequest() });
  // The mark, a place for each of two persons, and the decision.
  expect(await diesAfter(bureau.faults, 3, decide, 'after')).toBe(true);
  const state = async () => applicationState((await ports.applications.load(application))!);
  expect(await state()).toBe('deciding');
  await bureau.sweep();
  await bureau.deliver();
  expect(await state()).toBe('deciding');
  await bureau.sweep();
  await bureau.deliver();
  expect([await state(), (await determined(application)).length]).toEqual(['granted', 1]);
});

it('of two applications that share one member, decided at once, one has all that is left and the other what remains', async () => {
  const ports = PORTS(bureau);
  for (let round = 0; round < 3; round += 1) {
    const [one, shared, two] = [(person += 3), person + 1, person + 2];
    const facts = { ...URGENT, months: 1 };
    const first = await applied(ports, asked(one, facts, { with: [shared] }));
    const second = await applied(ports, asked(two, { ...facts, cause: 'illness' }, { with: [shared] }));
    const wishes = await Promise.all([first, second].map((each) => wishFor(ports, each)));
    const decided = await Promise.all(
      [first, second].map((each, index) =>
        grant(ports, each, wishes[index]!, { by: TOWNSHIP, request: nextRequest() }),
      ),
    );
    const codes = decided.map(code).sort();
    expect(codes).toEqual(['accepted', 'conflict/stale-application']);
    const lost = [first, second][decided.findIndex(({ ok }) => !ok)]!;
    value(await grant(ports, lost, await wishFor(ports, lost), { by: TOWNSHIP, request: nextRequest() }));
    const grants = await Promise.all([first, second].map((each) => ports.applications.load(each)));
    expect(sumFen(grants.map((each) => each!.granted!.fen))).toBe(yuan(5000));
  }
});

it('three families that share a member each with each other one: decided at once, one wins, and all together get the cap', async () => {
  const ports = PORTS(bureau);
  const [a, b, c] = [(person += 4), person + 1, person + 2];
  const pairs = [
    [a, b],
    [b, c],
    [c, a],
  ] as const;
  const applications: string[] = [];
  for (const [index, [who, other]] of pairs.entries()) {
    const cause = ['fire', 'illness', 'traffic'][index];
    applications.push(await applied(ports, asked(who, { ...URGENT, cause }, { with: [other] })));
  }
  // All of them look before any of them decides.
  const wishes = await Promise.all(applications.map((each) => wishFor(ports, each)));
  const decide = (application: string, seen: (typeof wishes)[number]) =>
    grant(ports, application, seen, { by: TOWNSHIP, request: nextRequest() });
  const decided = await Promise.all(applications.map((each, index) => decide(each, wishes[index]!)));
  expect(decided.filter(({ ok }) => ok)).toHaveLength(1);
  const next = applications[decided.findIndex(({ ok }) => !ok)]!;
  value(await decide(next, await wishFor(ports, next)));
  const granted = await Promise.all(applications.map((each) => ports.applications.load(each)));
  expect(sumFen(granted.map((each) => each!.granted?.fen ?? fen(0)))).toBe(yuan(5000));
});

it('two who decide on one application at once: one decision stands, and the other is told so', async () => {
  const ports = PORTS(bureau);
  const application = await applied(ports, asked((person += 2)));
  const wish = await wishFor(ports, application);
  const no = {
    document: '示民临〔2026〕9号',
    decidedOn: '2026-11-22',
    ground: 'other',
    reason: '不符合条件',
  } as const;
  const decided = await Promise.all([
    grant(ports, application, wish, { by: TOWNSHIP, request: nextRequest() }),
    grant(ports, application, wish, { by: APPROVER, request: nextRequest() }),
    reject(ports, application, no, { by: APPROVER, request: nextRequest() }),
  ]);
  expect(decided.map(code).filter((each) => each === 'accepted')).toHaveLength(1);
  expect(decided.map(code).filter((each) => each === 'conflict/application-state')).toHaveLength(2);
});

it('what a list got for the subject while an application was being decided is not granted twice: the decision is void and says so', async () => {
  const ports = PORTS(bureau);
  const facts = { disaster: '11·3洪涝', occurredOn: '2026-11-03', evacuated: 2 };
  const application = await applied(ports, asked((person += 2), facts, { programme: 'disaster-relief' }));
  const wish = await wishFor(ports, application);
  const { subject } = (await ports.applications.load(application))!.applied;
  const { occasion } = value(
    await workedOutApplication(ports, (await ports.applications.load(application))!, wish.decidedOn),
  );
  bureau.faults.around = async (call) => {
    delete bureau.faults.around;
    await ports.grantLists.claimOnce('disaster-relief', { subject, occasion: occasion! }, 'list:im-1:1');
    return call();
  };
  const by = { by: APPROVER, request: nextRequest() };
  expect(code(await grant(ports, application, wish, by))).toBe('conflict/granted-by-list');
  expect(code(await grant(ports, application, wish, by))).toBe('conflict/granted-by-list');
  const found = (await ports.applications.load(application))!;
  expect([applicationState(found), found.voided?.code]).toEqual(['open', 'conflict/granted-by-list']);
  const marks = await ports.marks.deciding(ports.clock.now());
  expect(marks.filter((mark) => mark.application === application)).toEqual([]);
  expect(await determined(application)).toEqual([]);
});
