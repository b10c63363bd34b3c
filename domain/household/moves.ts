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
  type Statement,
} from './event-changes.ts';
import { alreadyHere, noHousehold, otherDistrict, stillPaid } from './event-refusals.ts';

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

/**
 * A household that moves back to a district goes on under the enrolment that it has there: what was paid before stays due. Its former
 * determination is in force again until the review decides.
 */
export function moveIn(input: EventInput, event: Event<'move-in'>): Result<EventChanges> {
  const { household, jurisdiction, enrolmentId } = input;
  invariant(enrolmentId, 'a household has an id for its enrolment here');
  const { appliedOn, paidThrough, programme, street } = event;
  if (!street.startsWith(jurisdiction)) return refuse(otherDistrict());
  const same = household.enrolments.filter((one) => one.programme === programme);
  const mine = same.filter((one) => one.jurisdiction === jurisdiction);
  if (mine.some((one) => paidAfter(one, paidThrough))) return refuse(alreadyHere(paidThrough));
  const elsewhere = same.filter((one) => one.jurisdiction !== jurisdiction);
  if (elsewhere.some((one) => paidAfter(one, paidThrough))) return refuse(stillPaid(paidThrough));
  const validFrom = firstDay(addMonths(paidThrough, 1));
  const here: Statement = { kind: 'street', value: street, validFrom };
  const facts: Statement[] =
    mine.length > 0
      ? [here, { kind: 'stop', value: '', validFrom }]
      : [
          { kind: 'application', value: appliedOn, validFrom: appliedOn },
          here,
          { kind: 'paid-elsewhere', value: paidThrough, validFrom },
        ];
  return ok({
    ...NOTHING,
    enrolments: [{ id: enrolmentId, programme, household: household.key, facts }],
    review: [household.key],
  });
}
