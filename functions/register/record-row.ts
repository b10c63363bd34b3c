import type { PersonKey } from '../../domain/ids.ts';
import { enrolmentId } from '../../domain/ids.ts';
import { decideDeathRow } from '../../domain/register/death-row.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import {
  decideRegisterRow,
  type PersonFound,
  type RegisterRowDecision,
  type RowOrigin,
} from '../../domain/register/import-row.ts';
import type { PersonDocument, PersonRecord } from '../../domain/register/person.ts';
import { type RegisterRow, registerRow } from '../../domain/register/register-row.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import type { AccountChanges } from '../adapters/account-changes.ts';
import type { RegisterStore } from '../adapters/register-store.ts';

export type RowRecorded = {
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'unmatched';
  readonly accountChange: boolean;
};
type Recorded = Result<RowRecorded, readonly RowFault[]>;

const ATTEMPTS = 10;

/** What the register knows of the people in a set of rows. */
type Known = {
  readonly people: ReadonlyMap<string, PersonFound>;
  readonly enrolments: ReadonlyMap<PersonKey, EnrolmentDocument>;
};

/**
 * Records the rows of one chunk. What all rows need is read first, in three batches; a row that finds its ground
 * changed by a neighbour reads again for itself.
 */
export class RowRecorder {
  readonly #register: RegisterStore;
  readonly #accountChanges: AccountChanges;
  readonly #origin: RowOrigin;
  #known: Known = { people: new Map(), enrolments: new Map() };

  constructor(register: RegisterStore, accountChanges: AccountChanges, origin: RowOrigin) {
    this.#register = register;
    this.#accountChanges = accountChanges;
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
      const decision = decideRegisterRow(input);
      if (!decision.ok) return decision;
      if (await this.#save(decision.value, input))
        return ok(await this.#propose(decision.value, input.payee));
    }
    throw new Error('a row lost every race against other writers');
  }

  async recordDeathRow(values: RowValues): Promise<Recorded> {
    const { idNumber } = values;
    invariant(idNumber, 'the identity number of a death was checked before');
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const known = attempt === 0 ? this.#known : await this.#load([idNumber]);
      const person = known.people.get(idNumber)?.document;
      const decision = decideDeathRow(values, person, this.#origin);
      if (!decision.ok) return decision;
      const { outcome, person: next } = decision.value;
      if (!next || (await this.#savePerson(next, person, idNumber)))
        return ok({ outcome, accountChange: false });
    }
    throw new Error('a row lost every race against other writers');
  }

  /** Fixed order: payee, subject, enrolment. False when someone else was faster. */
  async #save(
    decision: RegisterRowDecision,
    input: { subject: PersonFound; payee: PersonFound; enrolment: EnrolmentDocument | undefined },
  ): Promise<boolean> {
    const { payee, subject, enrolment } = decision;
    if (payee && !(await this.#savePerson(payee, input.payee.document, payee.idNumber))) return false;
    if (subject && !(await this.#savePerson(subject, input.subject.document, subject.idNumber))) return false;
    if (!enrolment) return true;
    return (await this.#register.saveEnrolment(enrolment, input.enrolment?.version ?? 0)) === 'written';
  }

  async #savePerson(
    record: PersonRecord,
    before: PersonDocument | undefined,
    idNumber: string,
  ): Promise<boolean> {
    // The key that was assumed while deciding is the one assigned, unless it belonged to somebody else already.
    if (!before && (await this.#register.assignPersonKey(idNumber)) !== record.personKey) return false;
    return (await this.#register.savePerson(record, before, this.#origin.now)) === 'written';
  }

  async #propose({ outcome, accountChange }: RegisterRowDecision, payee: PersonFound): Promise<RowRecorded> {
    if (!accountChange) return { outcome, accountChange: false };
    const { importId, by, now, requestedOn } = this.#origin;
    const proposed = await this.#accountChanges.propose(payee.key, {
      ...accountChange,
      validFrom: requestedOn,
      evidence: importId,
      by,
      at: now,
    });
    // Somebody has just made it the account in use: then there is nothing left to propose.
    if (!proposed.ok) return { outcome, accountChange: false };
    const ours = proposed.value.outcome === 'created' || proposed.value.change.evidence === importId;
    return { outcome: outcome === 'unchanged' && ours ? 'changed' : outcome, accountChange: ours };
  }

  #inputOf(row: RegisterRow, { people, enrolments }: Known) {
    const subject = people.get(row.idNumber);
    const payee = row.payee ? people.get(row.payee.idNumber) : subject;
    invariant(subject && payee, 'everyone whom a row names was looked up');
    return { row, subject, payee, enrolment: enrolments.get(subject.key), origin: this.#origin };
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
    const addresses = [...people.values()].map(({ key }) => ({
      jurisdiction,
      programme,
      id: enrolmentId(programmeCode, key, 1),
    }));
    const enrolments = new Map<PersonKey, EnrolmentDocument>();
    for (const document of await this.#register.enrolments(addresses)) {
      if (document) enrolments.set(document.subject, document);
    }
    return { people, enrolments };
  }
}
