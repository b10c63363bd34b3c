import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import { HouseholdEvent } from '../../domain/household/event.ts';
import type { EventChanges } from '../../domain/household/event-changes.ts';
import type { HouseholdKey, JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { sha256Hex } from './hashing.ts';
import type { RegisterStore } from './register-store.ts';

/** An event as decided: what happened, what it changes, who says so. Immutable. */
export type RecordedEvent = {
  readonly eventId: string;
  readonly event: HouseholdEvent;
  readonly changes: EventChanges;
  readonly jurisdiction: JurisdictionCode;
  /** The person who joins, when the event is that. */
  readonly joining?: PersonKey | undefined;
  readonly by: string;
  readonly at: Instant;
};
export type StoredEvent = RecordedEvent & { readonly number: number; readonly done: boolean };

const Statements = z.readonly(
  z.array(z.object({ kind: z.string(), value: z.string(), validFrom: z.string() })),
);
const Changes = z.object({
  persons: z.array(z.object({ person: z.string(), household: z.string(), facts: Statements })),
  households: z.array(z.object({ household: z.string(), facts: Statements })),
  enrolments: z.array(
    z.object({
      id: z.string(),
      household: z.string(),
      programme: z.string(),
      facts: Statements,
      payee: z.optional(z.string()),
    }),
  ),
  review: z.array(z.string()),
});
const Recorded = z.object({
  eventId: z.string(),
  event: HouseholdEvent,
  changes: Changes,
  jurisdiction: z.string(),
  joining: z.optional(z.string()),
  by: z.string(),
  at: z.string(),
});

/**
 * Events of a household, in the register table beside it: `H#<household>` / `EVENT#<0001>`, sealed, because what happens to people
 * is personal; two who act at once compete for one number. `EVENT#<0001>#DONE` says that everything it changes is written.
 */
export class HouseholdEventStore {
  readonly #register: RegisterStore;

  constructor(register: RegisterStore) {
    this.#register = register;
  }

  async events(household: HouseholdKey): Promise<StoredEvent[]> {
    const { table, personalData } = this.#register;
    const events: StoredEvent[] = [];
    for await (const { sk, ...item } of table.query(`H#${household}`, { begins: PREFIX })) {
      const last = events.at(-1);
      if (sk.endsWith(DONE) && last) {
        events.splice(-1, 1, { ...last, done: true });
        continue;
      }
      const number = Number(sk.slice(PREFIX.length));
      const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
      const opened = z.parse(
        Recorded,
        await personalData.openRecord(`household-event:${household}:${number}`, sealed),
      );
      events.push({ ...(opened as RecordedEvent), number, done: false });
    }
    return events;
  }

  /** False when the number went to another event. */
  async put(household: HouseholdKey, number: number, event: RecordedEvent): Promise<boolean> {
    const sealed = await this.#register.personalData.sealRecord(
      `household-event:${household}:${number}`,
      event,
    );
    const c = sha256Hex(`household-event|${event.eventId}`);
    const key = { pk: `H#${household}`, sk: `${PREFIX}${String(number).padStart(4, '0')}` };
    return (
      (await this.#register.table.putNewOrSame({ ...key, c, at: event.at, by: event.by, sealed })).outcome !==
      'divergent'
    );
  }

  async done(household: HouseholdKey, number: number, at: Instant): Promise<void> {
    const sk = `${PREFIX}${String(number).padStart(4, '0')}${DONE}`;
    await this.#register.table.putNew({ pk: `H#${household}`, sk, at });
  }
}

const PREFIX = 'EVENT#';
const DONE = '#DONE';
