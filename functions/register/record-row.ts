import type { Instant } from '../../domain/calendar.ts';
import { lastMembership } from '../../domain/household/membership.ts';
import type { EnrolmentId, PersonKey } from '../../domain/ids.ts';
import { PROGRAMMES } from '../../domain/programmes/index.ts';
import { decideDeathRow } from '../../domain/register/death-row.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import {
  decideRegisterRow,
  type RegisterRowDecision,
  type RegisterRowInput,
} from '../../domain/register/import-row.ts';
import type { PersonDocument, PersonRecord } from '../../domain/register/person.ts';
import { type RegisterRow, registerRow } from '../../domain/register/register-row.ts';
import type { PersonFound, RowOrigin } from '../../domain/register/sheet-person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result, refuse } from '../../domain/result.ts';
import { publicityFaults } from '../../domain/street/no-publicity.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';
import {
  instantAfter,
  proposeFromSheet,
  type RecorderServices,
  type RowRecorded,
} from './propose-from-sheet.ts';

type Recorded = Result<RowRecorded, readonly RowFault[]>;
type RowInput = Omit<RegisterRowInput, 'origin'>;

/** Which import the rows belong to; when each is recorded is read from the clock. */
export type ImportOrigin = Omit<RowOrigin, 'now'> & {
  /** First part of enrolment ids, e.g. "GL". */
  readonly programmeCode: string;
};

const ATTEMPTS = 10;

/** What the register knows of the people in a set of rows. */
type Known = {
  readonly people: ReadonlyMap<string, PersonFound>;
  readonly enrolments: ReadonlyMap<PersonKey, EnrolmentDocument>;
  readonly enrolmentIds: ReadonlyMap<PersonKey, EnrolmentId>;
};

/**
 * Records the rows of one chunk. What all rows need is read first, in three batches; a row that finds its ground
 * changed by a neighbour reads again for itself.
 *
 * What is new is stamped right before its document is written, and not before: a run's cut-off lies a margin before its first
 * read, and only a write that follows its stamp within that margin is either seen by the run or stamped after its cut-off.
 */
export class RowRecorder {
  readonly #register: RegisterStore;
  readonly #services: RecorderServices;
  readonly #origin: ImportOrigin;
  readonly #clock: Pick<Clock, 'now'>;
  #known: Known = { people: new Map(), enrolments: new Map(), enrolmentIds: new Map() };
  readonly #subjects = new Set<PersonKey>();

  constructor(services: RecorderServices, origin: ImportOrigin) {
    this.#services = services;
    this.#register = services.register;
    this.#clock = services.clock;
    this.#origin = origin;
  }

  /** Loads what these rows name, before any of them is recorded. */
  async prepare(rows: readonly RowValues[]): Promise<void> {
    this.#known = await this.#load(
      rows
        .flatMap((values) => [values['idNumber'], values['payeeIdNumber']])
        .filter((id) => id !== undefined),
    );
  }

  async recordRegisterRow(values: RowValues): Promise<Recorded> {
    const programme = PROGRAMMES[this.#origin.programme];
    const shown = programme ? publicityFaults(programme, values) : [];
    if (shown.length > 0) return refuse(shown);
    const row = registerRow(values, programme?.registerColumns);
    if (!row.ok) return row;
    const numbers = [row.value.idNumber, ...(row.value.payee ? [row.value.payee.idNumber] : [])];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load(numbers);
      const input = this.#inputOf(row.value, known);
      const decision = decideRegisterRow(this.#stamped(input));
      if (!decision.ok) return decision;
      if (!(await this.#save(decision.value, input))) continue;
      this.#changed(decision.value, input.subject.document, programme?.amountBasis === 'decision');
      return ok(await proposeFromSheet(this.#services, this.#origin, decision.value, input));
    }
    throw new Error('a row lost every race against other writers');
  }

  async recordDeathRow(values: RowValues): Promise<Recorded> {
    const { idNumber } = values;
    invariant(idNumber, 'the identity number of a death was checked before');
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load([idNumber]);
      const person = known.people.get(idNumber)?.document;
      const now = instantAfter(this.#clock, person);
      const decision = decideDeathRow(values, person, { importId: this.#origin.importId, now });
      if (!decision.ok) return decision;
      const { outcome, person: next } = decision.value;
      if (next && (await this.#register.savePerson(next, person, now)) === 'conflict') continue;
      this.#changed({ outcome }, person, true);
      return ok({ outcome, accountChange: false });
    }
    throw new Error('a row lost every race against other writers');
  }

  /** Households of which the rows changed a member, and persons: what was decided for them may have to be looked at again. */
  get subjects(): ReadonlySet<PersonKey> {
    return this.#subjects;
  }

  /** `decided`: there may be a decision about the person himself; of other sheets the next look of the sweeper finds it. */
  #changed(
    { outcome }: Pick<RowRecorded, 'outcome'>,
    person: PersonDocument | undefined,
    decided: boolean,
  ): void {
    if (!person || outcome === 'unchanged') return;
    const household = lastMembership(person.record.facts)?.household;
    if (household !== undefined) this.#subjects.add(household);
    if (decided) this.#subjects.add(person.record.personKey);
  }

  /** Fixed order: payee, subject, pointers, enrolment. False when someone else was faster. */
  async #save(decision: RegisterRowDecision, input: RowInput): Promise<boolean> {
    const { payee, subject, enrolment } = decision;
    if (payee && !(await this.#savePerson('payee', payee, input))) return false;
    if (subject && !(await this.#savePerson('subject', subject, input))) return false;
    if (!enrolment) return true;
    const pointed = await this.#register.saveEnrolmentPointer(enrolment, input.enrolment);
    if (pointed === 'conflict') return false;
    const [first] = enrolment.payees;
    if (!input.enrolment && first && first.payee !== enrolment.subject)
      await rememberWard(this.#register.table, first.payee, enrolment);
    const again = this.#decidedAgain(input, input.enrolment).enrolment;
    invariant(again, 'the same row decides the same at another instant');
    return (await this.#register.putEnrolment(again, input.enrolment)) === 'written';
  }

  /** Key and pointers first; then the record is stamped and written. */
  async #savePerson(who: 'payee' | 'subject', record: PersonRecord, input: RowInput): Promise<boolean> {
    const before = input[who].document;
    // The key that was assumed while deciding is the one assigned, unless it belonged to somebody else already.
    if (!before && (await this.#register.assignPersonKey(record.idNumber)) !== record.personKey) return false;
    await this.#register.savePersonPointers(record, before);
    const now = instantAfter(this.#clock, before);
    const again = this.#decidedAgain(input, before, now)[who];
    invariant(again, 'the same row decides the same at another instant');
    return (await this.#register.putPerson(again, before, now)) === 'written';
  }

  #decidedAgain(
    input: RowInput,
    before: { readonly changedAt: Instant } | undefined,
    now = instantAfter(this.#clock, before),
  ): RegisterRowDecision {
    const decision = decideRegisterRow(this.#stamped(input, now));
    invariant(decision.ok, 'the same row decides the same at another instant');
    return decision.value;
  }

  #stamped(input: RowInput, now = this.#clock.now()): RegisterRowInput {
    return { ...input, origin: { ...this.#origin, now } };
  }

  #inputOf(row: RegisterRow, { people, enrolments, enrolmentIds }: Known): RowInput {
    const subject = people.get(row.idNumber);
    const payee = row.payee ? people.get(row.payee.idNumber) : subject;
    invariant(subject && payee, 'everyone whom a row names was looked up');
    const enrolmentId = enrolmentIds.get(subject.key);
    invariant(enrolmentId, 'everyone who was looked up has an id for their enrolment');
    return { row, subject, payee, enrolment: enrolments.get(subject.key), enrolmentId };
  }

  async #load(idNumbers: readonly string[]): Promise<Known> {
    const numbers = [...new Set(idNumbers)];
    const known = await this.#register.personKeysByIdNumber(numbers);
    const documents = await this.#register.persons(known.filter((key) => key !== undefined));
    const people = new Map<string, PersonFound>();
    for (const [index, idNumber] of numbers.entries()) {
      const key = known[index] ?? (await this.#register.personalData.personKeyFor(idNumber));
      people.set(idNumber, { key, document: documents.get(key) });
    }
    const { jurisdiction, programme, programmeCode } = this.#origin;
    const keys = [...people.values()].map(({ key }) => key);
    const enrolmentIds = await this.#register.enrolmentIds(keys, jurisdiction, programmeCode);
    const addresses = [...enrolmentIds.values()].map((id) => ({ jurisdiction, programme, id }));
    const enrolments = new Map<PersonKey, EnrolmentDocument>();
    for (const document of await this.#register.enrolments(addresses)) {
      if (document) enrolments.set(document.subject, document);
    }
    return { people, enrolments, enrolmentIds };
  }
}
