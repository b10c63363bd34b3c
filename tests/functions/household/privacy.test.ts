import { afterEach, expect, it } from 'vitest';
import type { HouseholdEvent } from '../../../domain/household/event.ts';
import { HouseholdEventStore } from '../../../functions/adapters/household-event-store.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { recordHouseholdEvent } from '../../../functions/household/household-events.ts';
import { inClear, listening } from '../../personal-data.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { determine, household, householdOffice, yuan } from '../run/household-office.ts';
import { DISTRICT, type Office, value } from '../run/office.ts';

let bureau: Office;
afterEach(() => bureau.stop());

const PLANTED = {
  name: '阿依古丽·麦麦提',
  idNumber: idNumber(7, '20261027'),
  born: '2026-10-27',
  evidence: '出生医学证明 Q110199',
  died: '2026-11-13',
};

it('what happened to people is in no key, item, message or log in clear, and in the register sealed', async () => {
  const log = listening();
  bureau = await householdOffice();
  const { key, spouse, enrolment } = await household(bureau, 1);
  await determine(bureau, enrolment, 1, { '2026-12': yuan(1450) });
  const { name, idNumber: number, evidence, died } = PLANTED;
  const events: HouseholdEvent[] = [
    {
      event: 'join',
      cause: 'birth',
      name,
      idNumber: number,
      relation: 'child',
      covered: true,
      from: '2026-12',
      evidence,
    },
    { event: 'death', person: spouse, date: died, evidence },
  ];
  for (const [index, event] of events.entries()) {
    const ports = { ...bureau.ports, households: householdsOf(bureau.register) };
    const request = {
      household: key,
      event,
      eventId: `he-${index}`,
      by: 'staff-preparer',
      jurisdiction: DISTRICT,
    };
    value(await recordHouseholdEvent(ports, request));
  }
  // One whose writer died is finished by the worker that the sweeper asks.
  await bureau.ports.openEvents.mark({ household: key, number: 3, at: bureau.clock.now() });
  for (let looks = 0; looks < 2; looks += 1) await bureau.sweep();
  const waiting = bureau.engines.bodies('determinations');
  expect(waiting.join()).toContain(key);
  // What cannot be understood is logged.
  bureau.engines.send('determinations', JSON.stringify({ type: 'household.finish-event', ...PLANTED }));
  await bureau.deliver();
  bureau.failures.forget();
  const logged = log.end();
  expect(logged).toContain('does not match its schema');

  const stored = await new HouseholdEventStore(bureau.register).events(key);
  expect(stored.map(({ event }) => event)).toEqual(events);
  const register = inClear(await bureau.engines.scan('register'));
  const operations = inClear(await bureau.engines.scan('operations'));
  expect(register).toContain(`H#${key}`);
  expect(operations).toContain(enrolment.id);
  for (const [field, planted] of Object.entries(PLANTED)) {
    for (const [where, text] of Object.entries({ register, operations, waiting: waiting.join(), logged }))
      expect(text.includes(planted), `${field} in ${where}`).toBe(false);
  }
});
