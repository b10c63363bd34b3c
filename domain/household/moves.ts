import { addMonths } from '../calendar.ts';
import { invariant, ok, type Result, refuse } from '../result.ts';
import {
  type Event,
  type EventChanges,
  type EventInput,
  enrolmentsHere,
  firstDay,
  membersNow,
  NOTHING,
  paidAfter,
  paidHereAfter,
} from './event-changes.ts';
import { noHousehold, otherDistrict, stillPaid } from './event-refusals.ts';

export function moveStreet(input: EventInput, event: Event<'move-street'>): Result<EventChanges> {
  const { household, jurisdiction } = input;
  if (!event.street.startsWith(jurisdiction)) return refuse(otherDistrict());
  const mine = enrolmentsHere(input);
  if (mine.length === 0) return refuse(noHousehold());
  return ok({
    ...NOTHING,
    enrolments: mine.map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [{ kind: 'street', value: event.street, validFrom: firstDay(event.from) }],
    })),
    review: [household.key],
  });
}

export function moveOut(input: EventInput, event: Event<'move-out'>): Result<EventChanges> {
  const { household, jurisdiction } = input;
  if (enrolmentsHere(input).length === 0) return refuse(noHousehold());
  if (event.to === jurisdiction) return refuse(otherDistrict());
  const validFrom = firstDay(addMonths(event.lastMonth, 1));
  return ok({
    ...NOTHING,
    persons: membersNow(household).map(({ person }) => ({
      person,
      household: household.key,
      facts: [{ kind: 'household-registration', value: event.to, validFrom }],
    })),
    enrolments: paidHereAfter(input, event.lastMonth).map(({ id, programme }) => ({
      id,
      programme,
      household: household.key,
      facts: [{ kind: 'stop', value: event.lastMonth, validFrom }],
    })),
    review: [household.key],
  });
}

export function moveIn(input: EventInput, event: Event<'move-in'>): Result<EventChanges> {
  const { household, jurisdiction, enrolmentId } = input;
  invariant(enrolmentId, 'a household has an id for its enrolment here');
  if (!event.street.startsWith(jurisdiction)) return refuse(otherDistrict());
  const elsewhere = household.enrolments.filter(
    (one) => one.jurisdiction !== jurisdiction && one.programme === event.programme,
  );
  if (elsewhere.some((one) => paidAfter(one, event.paidThrough))) return refuse(stillPaid(event.paidThrough));
  const validFrom = firstDay(addMonths(event.paidThrough, 1));
  return ok({
    ...NOTHING,
    enrolments: [
      {
        id: enrolmentId,
        programme: event.programme,
        household: household.key,
        facts: [
          { kind: 'application', value: event.appliedOn, validFrom: event.appliedOn },
          { kind: 'street', value: event.street, validFrom },
          { kind: 'paid-elsewhere', value: event.paidThrough, validFrom },
        ],
      },
    ],
    review: [household.key],
  });
}
