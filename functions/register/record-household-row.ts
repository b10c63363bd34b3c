import type { Instant } from '../../domain/calendar.ts';
import { householdsEver, lastMembership } from '../../domain/household/membership.ts';
import type { EnrolmentId } from '../../domain/ids.ts';
import {
  decideHouseholdRow,
  type HouseholdRowDecision,
  type HouseholdRowInput,
} from '../../domain/register/household-import.ts';
import { type HouseholdRow, householdRow } from '../../domain/register/household-row.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import type { PersonFound } from '../../domain/register/sheet-person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { HouseholdStore } from '../adapters/household-store.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import type { EnrolmentAddress } from '../adapters/register-store.ts';
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
 * writes. Fixed order: keys, pointers, payee, member, household, ward, enrolment; what is new is stamped right before it is written.
 */
export class HouseholdRecorder {
  readonly #services: RecorderServices;
  readonly #households: HouseholdStore;
  readonly #origin: ImportOrigin;
  readonly #changed = new Map<EnrolmentId, EnrolmentAddress>();

  constructor(services: RecorderServices, origin: ImportOrigin) {
    this.#services = services;
    this.#households = new HouseholdStore(services.register);
    this.#origin = origin;
  }

  async record(values: RowValues): Promise<Result<RowRecorded, readonly RowFault[]>> {
    const row = householdRow(values);
    if (!row.ok) return row;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const input = await this.#load(row.value);
      const decision = decideHouseholdRow(input);
      if (!decision.ok) return decision;
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

  /** The head's key and the household's are given out now, because who else is in the household depends on them. */
  async #load(row: HouseholdRow): Promise<HouseholdRowInput> {
    const { register } = this.#services;
    const { jurisdiction, programmeCode, programme } = this.#origin;
    const member = await this.#person(row.member.idNumber);
    const head = row.head.idNumber === row.member.idNumber ? member : await this.#person(row.head.idNumber);
    const payee = row.payee ? await this.#person(row.payee.idNumber) : head;
    const facts = head.document?.record.facts ?? [];
    const household =
      lastMembership(facts)?.household ?? (await this.#households.assignKey(head.key, householdsEver(facts)));
    const ids = await register.enrolmentIds([household], jurisdiction, programmeCode);
    const enrolmentId = ids.get(household);
    invariant(enrolmentId, 'a household has an id for its enrolment');
    const { document } = await this.#households.household(household);
    const enrolment = await register.enrolment(jurisdiction, programme, enrolmentId);
    const origin = { ...this.#origin, now: this.#services.clock.now() };
    return { row, member, head, payee, household, document, enrolment, enrolmentId, origin };
  }

  async #person(idNumber: string): Promise<PersonFound> {
    const { register } = this.#services;
    const [known] = await register.personKeysByIdNumber([idNumber]);
    const key = known ?? (await register.assignPersonKey(idNumber));
    return { key, document: await register.person(key) };
  }

  /** False when someone else was faster. */
  async #save(decision: HouseholdRowDecision, input: HouseholdRowInput): Promise<boolean> {
    const { jurisdiction, programme } = this.#origin;
    const { household, member, enrolmentId: id } = input;
    await this.#households.savePointers(household, member.key, [{ id, jurisdiction, programme }]);
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
