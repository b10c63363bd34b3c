// Goal: what the bank says of a death reaches the register once, stops the next payment and asks for a look at the household, wherever
// a worker dies and however often a message comes. Method: small bureaus on real engines.
import { afterEach, describe, expect, it } from 'vitest';
import { reportDeath } from '../../../functions/unpaid/bank-deaths.ts';
import { diesAfter } from '../../faults.ts';
import { determine, household, householdOffice, yuan } from '../run/household-office.ts';
import { computed, failing, type Office, REGULAR } from '../run/office.ts';
import { unsettled } from '../run/paid-by-hand.ts';
import { answeredMonth, draftsOf, smallOffice } from '../run/whole-month.ts';

let bureau: Office;
afterEach(() => bureau.stop());

const NEXT = { ...REGULAR, period: '2027-01' };
const factsOf = async (person: string) =>
  ((await bureau.register.person(person))?.record.facts ?? [])
    .filter(({ kind }) => kind.startsWith('death'))
    .map(({ kind, value, source }) => [kind, value, source]);
const open = async () => (await bureau.ports.bankDeaths.open(bureau.clock.now())).length;

describe('a payment that failed because its payee is dead', () => {
  it('reaches the register once, and holds the months after the bank’s day', async () => {
    bureau = await smallOffice();
    const run = await answeredMonth(bureau, { answer: failing([2], '客户已死亡') });
    const [lost] = await unsettled(bureau, run);
    const person = lost!.payment.split('-')[2]!;
    expect(await open()).toBe(1);
    await bureau.sweep();
    await bureau.deliver({ times: 2 });
    expect(await factsOf(person)).toEqual([['death-reported', '2026-11-22', 'bank']]);
    expect(await open()).toBe(0);
    await bureau.sweep();
    await bureau.deliver();
    expect(await factsOf(person)).toHaveLength(1);
    bureau.clock.moveTo('2026-12-22');
    const next = await computed(bureau, NEXT);
    const mine = (await draftsOf(bureau, next)).find(({ enrolment }) => enrolment.includes(person));
    expect(mine?.findings.map(({ control }) => control)).toContain('deceased');
    expect(next.totals).toMatchObject({ payable: { count: 2 }, held: { count: 1 } });
  });

  it('is on record once wherever a worker dies', async () => {
    bureau = await smallOffice();
    const run = await answeredMonth(bureau, { answer: failing([2], '客户已死亡') });
    const person = (await unsettled(bureau, run))[0]!.payment.split('-')[2]!;
    await bureau.sweep();
    const [body] = bureau.engines.bodies('determinations');
    const message = JSON.parse(body!);
    const { ports } = bureau;
    const work = { ...ports, households: { of: async () => new Map() } };
    let survived = 0;
    while (await diesAfter(bureau.faults, survived, () => reportDeath(work, message))) {
      survived += 1;
      expect(await open()).toBe(1);
    }
    expect(survived).toBeGreaterThan(1);
    expect(await factsOf(person)).toEqual([['death-reported', '2026-11-22', 'bank']]);
    expect(await open()).toBe(0);
  });
});

it('a death in a household asks for one review of what was decided for it', async () => {
  bureau = await householdOffice();
  const { head, enrolment } = await household(bureau, 1);
  await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
  bureau.clock.moveTo('2026-11-23');
  const { jurisdiction, programme } = enrolment;
  const told = {
    type: 'register.report-death',
    version: 1,
    jurisdiction,
    programme,
    payment: `2026-12_R_${enrolment.id}`,
    attempt: 1,
    person: head,
    diedOn: '2026-11-20',
    markedAt: '2026-11-23T02:00:00.000Z',
  } as const;
  bureau.engines.send('determinations', JSON.stringify(told));
  bureau.engines.send('determinations', JSON.stringify(told));
  await bureau.deliver();
  const task = await bureau.ports.reviews.task(enrolment);
  expect(task?.causes.map(({ kind, about }) => [kind, about])).toEqual([['death-reported', head]]);
});
