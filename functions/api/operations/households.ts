import { RESIDENCES } from '../../../domain/household/household-case.ts';
import { membersOn } from '../../../domain/household/membership.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import { HouseholdEventStore, type StoredEvent } from '../../adapters/household-event-store.ts';
import { loadHouseholds } from '../../register/load-households.ts';
import type { householdContracts } from '../contracts/households.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import { enrolmentView, maskedPerson } from '../views/person-view.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const households: Pick<StaffOperations, keyof typeof householdContracts> = {
  async getHousehold({ actor, params }, { register, clock }) {
    const key = params.householdKey;
    const enrolments = (await register.enrolmentsOfPerson(key)).filter(
      ({ jurisdiction }) => jurisdiction === actor.jurisdiction,
    );
    const read = (await loadHouseholds(register, [key])).get(key);
    if (enrolments.length === 0 || !read) {
      return refuse(
        refusal('missing/household', '本区划没有这个家庭', 'there is no such household in your jurisdiction'),
      );
    }
    const persons = Object.fromEntries(
      [...read.persons].map(([person, { record }]) => [person, record.facts]),
    );
    const value = latestFact(read.document?.record.facts ?? [], 'residence')?.value;
    const residence = RESIDENCES.find((known) => known === value);
    const members = membersOn(persons, key, clock.today()).flatMap(({ person, relation, covered }) => {
      const record = read.persons.get(person)?.record;
      return record ? [{ person: maskedPerson(record), relation, covered }] : [];
    });
    const events = (await new HouseholdEventStore(register).events(key)).filter(
      ({ jurisdiction }) => jurisdiction === actor.jurisdiction,
    );
    return ok({
      body: {
        householdKey: key,
        ...(residence && { residence }),
        members,
        enrolments: enrolments.map(enrolmentView),
        events: events.map(eventView),
      },
    });
  },

  async recordHouseholdEvent({ actor, params, body, effectId }, { recordHouseholdEvent }) {
    const recorded = await recordHouseholdEvent({
      household: params.householdKey,
      event: body,
      eventId: `he-${effectId}`,
      by: actor.id,
      jurisdiction: actor.jurisdiction,
    });
    return recorded.ok ? ok({ body: eventView(recorded.value) }) : recorded;
  },
};

const eventView = ({ number, eventId, event, at, by }: StoredEvent) => ({
  number,
  eventId,
  event: event.event,
  recordedAt: at,
  recordedBy: by,
});
