import { LAST_DAY, type Month, type PlainDate } from '../calendar.ts';
import type { EnrolmentId, HouseholdKey, JurisdictionCode, PersonKey } from '../ids.ts';
import { certifiedDeath, lastRecorded } from '../programmes/fact-history.ts';
import type { EnrolmentDocument } from '../register/enrolment.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import type { HouseholdEvent } from './event.ts';
import { membersOn } from './membership.ts';

export type Event<Kind extends HouseholdEvent['event']> = Extract<HouseholdEvent, { event: Kind }>;

export type Statement = { readonly kind: FactKind; readonly value: string; readonly validFrom: PlainDate };

/** A household as the register has it now, with everybody who was ever a member. */
export type HouseholdNow = {
  readonly key: HouseholdKey;
  readonly facts: readonly Fact[];
  readonly persons: Readonly<Record<PersonKey, readonly Fact[]>>;
  /** Of all districts. */
  readonly enrolments: readonly EnrolmentDocument[];
};
export type EventInput = {
  readonly event: HouseholdEvent;
  readonly household: HouseholdNow;
  /** merge: the household joined. join: the one that is left, where there is one. */
  readonly other: HouseholdNow | undefined;
  /** split: the key of the household founded. join: the person who joins. move-in: the enrolment's id here. */
  readonly founded: HouseholdKey | undefined;
  readonly joining: { readonly key: PersonKey; readonly facts: readonly Fact[] } | undefined;
  readonly enrolmentId: EnrolmentId | undefined;
  readonly jurisdiction: JurisdictionCode;
  readonly today: PlainDate;
};

/** What an event says of whom; recorded in this order: persons, households, enrolments. */
export type EventChanges = {
  readonly persons: readonly {
    readonly person: PersonKey;
    readonly household: HouseholdKey;
    readonly facts: readonly Statement[];
  }[];
  readonly households: readonly { readonly household: HouseholdKey; readonly facts: readonly Statement[] }[];
  readonly enrolments: readonly {
    readonly id: EnrolmentId;
    readonly household: HouseholdKey;
    readonly programme: string;
    readonly facts: readonly Statement[];
    /** Whoever goes on being paid until a second person has confirmed that the new head is. */
    readonly payee?: PersonKey;
  }[];
  /** Households whose determinations are to be looked at again. */
  readonly review: readonly HouseholdKey[];
};

export const NOTHING: EventChanges = { persons: [], households: [], enrolments: [], review: [] };
export const firstDay = (month: Month): PlainDate => `${month}-01`;

export const membersNow = ({ persons, key }: HouseholdNow) => membersOn(persons, key, LAST_DAY);
export const livingNow = (household: HouseholdNow) =>
  membersNow(household).filter(({ facts }) => certifiedDeath(facts) === undefined);
export const memberNow = (household: HouseholdNow, person: PersonKey) =>
  membersNow(household).find((member) => member.person === person);
export const enrolmentsHere = ({ household, jurisdiction }: EventInput) =>
  household.enrolments.filter((enrolment) => enrolment.jurisdiction === jurisdiction);

/** Whether an enrolment is paid for months after one: by the stop recorded last, the open one or none. */
export function paidAfter({ facts }: EnrolmentDocument, month: Month): boolean {
  const lastMonth = lastRecorded(facts, 'stop')?.value ?? '';
  return lastMonth === '' || lastMonth > month;
}

/** What a stop after a month concerns. A second stop would correct one that is open, and make the months in between due. */
export const paidHereAfter = (input: EventInput, month: Month): EnrolmentDocument[] =>
  enrolmentsHere(input).filter((enrolment) => paidAfter(enrolment, month));
