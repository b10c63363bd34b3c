import type { Instant } from '../../domain/calendar.ts';
import type { EnrolmentId, PersonKey } from '../../domain/ids.ts';
import { decideDeathRow } from '../../domain/register/death-row.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import {
  decideRegisterRow,
  type PersonFound,
  type RegisterRowDecision,
  type RegisterRowInput,
  type RowOrigin,
} from '../../domain/register/import-row.ts';
import type { PersonRecord } from '../../domain/register/person.ts';
import { type RegisterRow, registerRow } from '../../domain/register/register-row.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import type { AccountChanges } from '../adapters/account-changes.ts';
import { PayeeChanges } from '../adapters/payee-changes.ts';
import { rememberWard } from '../adapters/payee-wards.ts';
import { laterOf, type RegisterStore } from '../adapters/register-store.ts';
import type { Clock } from '../wiring.ts';

export type RowRecorded = {
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'unmatched';
  readonly accountChange: boolean;
};
type Recorded = Result<RowRecorded, readonly RowFault[]>;
type RowInput = Omit<RegisterRowInput, 'origin'>;

/** Which import the rows belong to; when each is recorded is read from the clock. */
export type ImportOrigin = Omit<RowOrigin, 'now'> & {
  /** First part of enrolment ids, e.g. "GL". */
  readonly programmeCode: string;
};
export type RecorderServices = {
  readonly register: RegisterStore;
  readonly accountChanges: AccountChanges;
  readonly clock: Pick<Clock, 'now'>;
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
  readonly #accountChanges: AccountChanges;
  readonly #payeeChanges: PayeeChanges;
  readonly #origin: ImportOrigin;
  readonly #clock: Pick<Clock, 'now'>;
  #known: Known = { people: new Map(), enrolments: new Map(), enrolmentIds: new Map() };

  constructor({ register, accountChanges, clock }: RecorderServices, origin: ImportOrigin) {
    this.#register = register;
    this.#accountChanges = accountChanges;
    this.#payeeChanges = new PayeeChanges(register);
    this.#clock = clock;
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
    const row = registerRow(values);
    if (!row.ok) return row;
    const numbers = [row.value.idNumber, ...(row.value.payee ? [row.value.payee.idNumber] : [])];
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load(numbers);
      const input = this.#inputOf(row.value, known);
      const decision = decideRegisterRow(this.#stamped(input));
      if (!decision.ok) return decision;
      if (await this.#save(decision.value, input)) return ok(await this.#propose(decision.value, input));
    }
    throw new Error('a row lost every race against other writers');
  }

  async recordDeathRow(values: RowValues): Promise<Recorded> {
    const { idNumber } = values;
    invariant(idNumber, 'the identity number of a death was checked before');
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load([idNumber]);
      const person = known.people.get(idNumber)?.document;
      const now = this.#instantAfter(person);
      const decision = decideDeathRow(values, person, { importId: this.#origin.importId, now });
      if (!decision.ok) return decision;
      const { outcome, person: next } = decision.value;
      if (!next || (await this.#register.savePerson(next, person, now)) === 'written')
        return ok({ outcome, accountChange: false });
    }
    throw new Error('a row lost every race against other writers');
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
    const now = this.#instantAfter(before);
    const again = this.#decidedAgain(input, before, now)[who];
    invariant(again, 'the same row decides the same at another instant');
    return (await this.#register.putPerson(again, before, now)) === 'written';
  }

  #decidedAgain(
    input: RowInput,
    before: { readonly changedAt: Instant } | undefined,
    now = this.#instantAfter(before),
  ): RegisterRowDecision {
    const decision = decideRegisterRow(this.#stamped(input, now));
    invariant(decision.ok, 'the same row decides the same at another instant');
    return decision.value;
  }

  #stamped(input: RowInput, now = this.#clock.now()): RegisterRowInput {
    return { ...input, origin: { ...this.#origin, now } };
  }

  /** Now, and never before what the document says already: clocks differ, and the fact recorded last is the one recorded latest. */
  #instantAfter(before: { readonly changedAt: Instant } | undefined): Instant {
    return laterOf(this.#clock.now(), before?.changedAt);
  }

  /** What a second person has to confirm: another payee, another account. */
  async #propose(decision: RegisterRowDecision, input: RowInput): Promise<RowRecorded> {
    const { outcome, accountChange } = await this.#proposeAccount(decision, input.payee);
    const named = await this.#proposePayee(decision, input.enrolment);
    return {
      outcome: outcome === 'unchanged' && named ? 'changed' : outcome,
      accountChange: accountChange || named,
    };
  }

  async #proposePayee(
    { payeeChange }: RegisterRowDecision,
    enrolment: EnrolmentDocument | undefined,
  ): Promise<boolean> {
    if (!payeeChange || !enrolment) return false;
    const { importId, by } = this.#origin;
    const proposed = { by, at: this.#clock.now() };
    const { change, outcome } = await this.#payeeChanges.proposeFromSheet(enrolment, payeeChange, proposed);
    return outcome === 'created' || change.evidence === importId;
  }

  async #proposeAccount(
    { outcome, accountChange }: RegisterRowDecision,
    payee: PersonFound,
  ): Promise<RowRecorded> {
    if (!accountChange) return { outcome, accountChange: false };
    const { importId, by, requestedOn } = this.#origin;
    const proposed = await this.#accountChanges.propose(payee.key, {
      ...accountChange,
      validFrom: requestedOn,
      evidence: importId,
      by,
      at: this.#clock.now(),
    });
    // Somebody has just made it the account in use: then there is nothing left to propose.
    if (!proposed.ok) return { outcome, accountChange: false };
    const ours = proposed.value.outcome === 'created' || proposed.value.change.evidence === importId;
    return { outcome: outcome === 'unchanged' && ours ? 'changed' : outcome, accountChange: ours };
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
