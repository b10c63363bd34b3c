import type { Instant } from '../../domain/calendar.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import {
  decideHouseholdRow,
  type HouseholdRowDecision,
  type HouseholdRowInput,
} from '../../domain/register/household-import.ts';
import { type HouseholdRow, householdRow } from '../../domain/register/household-row.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { HouseholdStore } from '../adapters/household-store.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
import { type KnownHouseholds, loadKnownHouseholds } from './known-households.ts';
import {
  instantAfter,
  proposeFromSheet,
  type RecorderServices,
  type RowRecorded,
} from './propose-from-sheet.ts';
import type { ImportOrigin } from './record-row.ts';

const ATTEMPTS = 10;

/**
 * Records rows of the household sheet, each by itself: in any order, twice, or again after it was interrupted between any two
 * writes. What all rows of a chunk need is read first; a row that finds its ground changed by a neighbour reads again for itself.
 * Fixed order: keys, pointers, payee, member, household, ward, enrolment; what is new is stamped right before it is written.
 */
export class HouseholdRecorder {
  readonly #services: RecorderServices;
  readonly #households: HouseholdStore;
  readonly #origin: ImportOrigin;
  #known: KnownHouseholds = { people: new Map(), households: new Map(), pointed: new Set() };
  readonly #changed = new Map<EnrolmentId, EnrolmentAddress>();

  constructor(services: RecorderServices, origin: ImportOrigin) {
    this.#services = services;
    this.#households = new HouseholdStore(services.register);
    this.#origin = origin;
  }

  /** Loads what these rows name, before any of them is recorded. */
  async prepare(rows: readonly RowValues[]): Promise<void> {
    this.#known = await this.#load(
      rows.flatMap((values) => {
        const row = householdRow(values);
        return row.ok ? [row.value] : [];
      }),
    );
  }

  /** Of a row that was prepared. */
  async record(values: RowValues): Promise<Result<RowRecorded, readonly RowFault[]>> {
    const row = householdRow(values);
    if (!row.ok) return row;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load([row.value]);
      const input = this.#inputOf(row.value, known);
      const decision = decideHouseholdRow(input);
      if (!decision.ok) return decision;
      if (!known.pointed.has(row.value.member.idNumber)) await this.#savePointers(input);
      if (!(await this.#save(decision.value, input))) continue;
      if (decision.value.outcome !== 'unchanged') this.#toReview(input);
      return ok(await proposeFromSheet(this.#services, this.#origin, decision.value, input));
    }
    throw new Error('a row lost every race against other writers');
  }

  /** Enrolments whose households the rows changed, each once: what they are due may have to be looked at again. */
  get changed(): readonly EnrolmentAddress[] {
    return [...this.#changed.values()];
  }

  /** One that this sheet founds has no determination yet that could be reviewed. */
  #toReview({ enrolment }: HouseholdRowInput): void {
    if (!enrolment || enrolment.facts[0]?.by === this.#origin.importId) return;
    const { id, jurisdiction, programme } = enrolment;
    this.#changed.set(id, { id, jurisdiction, programme });
  }

  #load(rows: readonly HouseholdRow[]): Promise<KnownHouseholds> {
    return loadKnownHouseholds(this.#services.register, this.#households, this.#origin, rows);
  }

  #inputOf(row: HouseholdRow, { people, households }: KnownHouseholds): HouseholdRowInput {
    const member = people.get(row.member.idNumber);
    const head = people.get(row.head.idNumber);
    const payee = row.payee ? people.get(row.payee.idNumber) : head;
    const found = households.get(row.head.idNumber);
    invariant(member && head && payee && found, 'everyone whom a row names was looked up');
    const origin = { ...this.#origin, now: this.#services.clock.now() };
    return { row, member, head, payee, ...found, origin };
  }

  async #savePointers({ household, member, enrolmentId: id }: HouseholdRowInput): Promise<void> {
    const { jurisdiction, programme } = this.#origin;
    await this.#households.savePointers(household, member.key, [{ id, jurisdiction, programme }]);
  }

  /** False when someone else was faster. */
  async #save(decision: HouseholdRowDecision, input: HouseholdRowInput): Promise<boolean> {
    if (decision.payee && !(await this.#savePerson('payee', input))) return false;
    if (decision.member && !(await this.#savePerson('member', input))) return false;
    if (decision.household && !(await this.#saveHousehold(input))) return false;
    if (!decision.enrolment) return true;
    const [first] = decision.enrolment.payees;
    if (!input.enrolment && first)
      await rememberWard(this.#services.register.table, first.payee, decision.enrolment);
    const again = this.#again(input, input.enrolment).enrolment;
    invariant(again, 'the same row decides the same at another instant');
    return (await this.#services.register.saveEnrolment(again, input.enrolment)) === 'written';
  }

  async #savePerson(who: 'payee' | 'member', input: HouseholdRowInput): Promise<boolean> {
    const { register } = this.#services;
    const before = input[who].document;
    const record = (at: HouseholdRowInput): PersonRecord => {
      const found = decided(at)[who];
      invariant(found, 'the same row decides the same at another instant');
      return found;
    };
    await register.savePersonPointers(record(input), before);
    const now = instantAfter(this.#services.clock, before);
    return (await register.putPerson(record(stamped(input, now)), before, now)) === 'written';
  }

  async #saveHousehold(input: HouseholdRowInput): Promise<boolean> {
    const now = instantAfter(this.#services.clock, input.document);
    const { household } = decided(stamped(input, now));
    invariant(household, 'the same row decides the same at another instant');
    return (await this.#households.saveHousehold(household, input.document, now)) === 'written';
  }

  #again(
    input: HouseholdRowInput,
    before: { readonly changedAt: Instant } | undefined,
  ): HouseholdRowDecision {
    return decided(stamped(input, instantAfter(this.#services.clock, before)));
  }
}

const stamped = (input: HouseholdRowInput, now: Instant): HouseholdRowInput => ({
  ...input,
  origin: { ...input.origin, now },
});

function decided(input: HouseholdRowInput): HouseholdRowDecision {
  const decision = decideHouseholdRow(input);
  invariant(decision.ok, 'the same row decides the same at another instant');
  return decision.value;
}
