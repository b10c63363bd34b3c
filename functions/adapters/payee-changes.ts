import * as z from 'zod/mini';
import type { Instant, PlainDate } from '../../domain/calendar.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { programmeById } from '../../domain/programmes/index.ts';
import type { EnrolmentDocument } from '../../domain/register/enrolment.ts';
import type { PayeeRecord } from '../../domain/register/payee.ts';
import {
  checkPayee,
  confirmPayee,
  namedRecord,
  type PayeeChange,
  PayeeChangeSchema,
  payeeKeyOf,
  type WantedPayee,
} from '../../domain/register/payee-change.ts';
import { lookupNumber, type PersonDocument } from '../../domain/register/person.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import { inParts } from '../concurrency.ts';
import { noEnrolment } from '../determination/refusals.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Item } from './dynamo-table.ts';
import { rememberWard } from './payee-wards.ts';
import { type EnrolmentAddress, laterOf, type RegisterStore } from './register-store.ts';

type Proposed = { readonly by: string; readonly at: Instant; readonly today: PlainDate };
export type PayeeChangeState = {
  readonly change: PayeeChange;
  readonly confirmedBy?: string;
  readonly confirmedAt?: Instant;
};

export type WaitingChange = EnrolmentAddress & { readonly changeId: string };

const SAVE_ATTEMPTS = 8;
/** Enrolments behind a list are read so many at a time. */
const PART = 100;
const CONFIRM = '#CONFIRM';
const ConfirmSchema = z.object({ by: z.string(), at: z.string() });

/**
 * Changes of payee need two persons: one proposes, with evidence, another confirms. In the register table:
 *
 *     P#<subject>          PAYEE-CHANGE#<enrolment>#<id>           proposed; who is named in one encrypted blob (immutable)
 *     P#<subject>          PAYEE-CHANGE#<enrolment>#<id>#CONFIRM   confirmed by a second person (immutable)
 *     PAYEE-CHANGES#<j>    <enrolment>#<id>                        list of changes, marked when confirmed (projection)
 *     PAYEE-ENDS#<j>       <last day>#<enrolment>                  who may receive until when (payee-endings.ts)
 *
 * Order of a confirmation: the act, the payee's key and record, pointers, the enrolment. Whoever confirms again, also a third
 * person who is then refused, finishes what was interrupted.
 */
export class PayeeChanges {
  readonly #register: RegisterStore;

  constructor(register: RegisterStore) {
    this.#register = register;
  }

  /**
   * Records a proposal; the same one again is the same change, as it was first proposed. Refusals: `missing/enrolment`, and those of
   * `checkPayee`.
   */
  async propose(
    address: EnrolmentAddress,
    wanted: WantedPayee,
    { by, at, today }: Proposed,
  ): Promise<Result<{ change: PayeeChange; outcome: 'created' | 'same' }>> {
    const enrolment = await this.#register.enrolment(address.jurisdiction, address.programme, address.id);
    if (!enrolment) return refuse(noEnrolment(address.id));
    const checked = checkPayee(wanted, {
      enrolment,
      unit: unitOf(enrolment),
      payee: wanted.named && (await this.#named(wanted)),
      today,
    });
    return checked.ok ? ok(await this.#record(enrolment, wanted, { by, at })) : checked;
  }

  /** What a sheet says, whose columns name neither relation nor document: checked by who confirms it. */
  async proposeFromSheet(
    enrolment: EnrolmentDocument,
    wanted: WantedPayee,
    proposed: Omit<Proposed, 'today'>,
  ): Promise<{ change: PayeeChange; outcome: 'created' | 'same' }> {
    return this.#record(enrolment, wanted, proposed);
  }

  async #record(
    enrolment: EnrolmentDocument,
    wanted: WantedPayee,
    { by, at }: Omit<Proposed, 'today'>,
  ): Promise<{ change: PayeeChange; outcome: 'created' | 'same' }> {
    const { id, jurisdiction, programme, subject } = enrolment;
    const basis = enrolment.payees.length;
    const { evidence: _evidence, ...content } = wanted;
    const changeId = await this.#register.personalData.opaqueId('payee-change', [
      id,
      String(basis),
      JSON.stringify(content, [...Object.keys(content), ...Object.keys(content.named ?? {})].sort()),
    ]);
    const change: PayeeChange = { ...wanted, changeId, enrolment: id, proposedBy: by, proposedAt: at };
    const sealed = await this.#register.personalData.sealRecord(sealId(id, changeId), change);
    const key = { pk: `P#${subject}`, sk: `PAYEE-CHANGE#${id}#${changeId}` };
    await this.#register.table.putNew({ ...listed(enrolment, changeId), programme, basis, confirmed: false });
    const outcome = await this.#register.table.putNew({
      ...key,
      jurisdiction,
      proposedBy: by,
      proposedAt: at,
      basis,
      sealed,
    });
    if (outcome === 'created') return { change, outcome };
    const before = await this.#register.table.get(key.pk, key.sk);
    invariant(before, 'a change of payee vanished');
    return { change: await this.#open(id, changeId, before), outcome: 'same' };
  }

  /**
   * Confirms a proposal and appends the payee. Refusals: `missing/payee-change`, `forbidden/same-person`, `conflict/already-confirmed`
   * (by someone else), `conflict/payee-changed-since`, and those of `checkPayee` when the register has changed since.
   */
  async confirm(
    address: EnrolmentAddress,
    changeId: string,
    { by, at, today }: Proposed,
  ): Promise<Result<PayeeRecord>> {
    const enrolment = await this.#register.enrolment(address.jurisdiction, address.programme, address.id);
    const sk = `PAYEE-CHANGE#${address.id}#${changeId}`;
    const stored = enrolment && (await this.#register.table.get(`P#${enrolment.subject}`, sk));
    if (!enrolment || !stored) return refuse(noChange(changeId));
    const change = await this.#open(address.id, changeId, stored);
    const basis = z.parse(z.int(), stored['basis']);
    const payee = change.named && (await this.#named(change));
    const ground = { enrolment, unit: unitOf(enrolment), payee, today };
    const allowed = confirmPayee(change, payeeKeyOf(change, ground), by, at);
    if (!allowed.ok) return allowed;
    const key = { pk: `P#${enrolment.subject}`, sk: `${sk}${CONFIRM}` };
    let act = await this.#register.table.get(key.pk, key.sk);
    if (!act) {
      if (enrolment.payees.length !== basis) return refuse(changedSince(changeId));
      const checked = isFromSheet(change) ? ok(undefined) : checkPayee(change, ground);
      if (!checked.ok) return checked;
      const mine = { ...key, c: by, by, at };
      const put = await this.#register.table.putNewOrSame(mine);
      act = put.outcome === 'divergent' ? put.existing : mine;
    }
    const first = z.parse(ConfirmSchema, act);
    // What another left half done is finished, in their name, before anybody is told of it. It is stamped now: a register's facts are.
    const confirmed = { by: first.by, at, today: shanghaiDate(first.at) };
    const payeeKey = change.named ? await this.#savePayee(change, confirmed) : enrolment.subject;
    const record = { ...allowed.value, payee: payeeKey, confirmedBy: first.by };
    const appended = await this.#append(enrolment, record, changeId, basis);
    return appended.ok && first.by !== by ? refuse(alreadyConfirmed(changeId)) : appended;
  }

  /** All changes ever proposed for an enrolment, oldest first. */
  async ofEnrolment({ id, subject }: EnrolmentDocument): Promise<PayeeChangeState[]> {
    const begins = `PAYEE-CHANGE#${id}#`;
    const items: Item[] = [];
    for await (const item of this.#register.table.query(`P#${subject}`, { begins })) items.push(item);
    const states = await Promise.all(
      items
        .filter(({ sk }) => !sk.endsWith(CONFIRM))
        .map(async (item): Promise<PayeeChangeState> => {
          const change = await this.#open(id, item.sk.slice(begins.length), item);
          const confirmed = items.find(({ sk }) => sk === `${item.sk}${CONFIRM}`);
          if (!confirmed) return { change };
          const { by, at } = z.parse(ConfirmSchema, confirmed);
          return { change, confirmedBy: by, confirmedAt: at };
        }),
    );
    return states.sort((a, b) => (a.change.proposedAt < b.change.proposedAt ? -1 : 1));
  }

  /** Changes of a jurisdiction that wait for a second person. */
  async waiting(jurisdiction: JurisdictionCode): Promise<WaitingChange[]> {
    const found: WaitingChange[] = [];
    for await (const { item } of this.waitingFrom(jurisdiction)) if (item) found.push(item);
    return found;
  }

  /**
   * Changes of a jurisdiction one by one, by enrolment, behind the place of one; `item` only where it waits for a second person. Those
   * that another change has overtaken wait for nobody.
   */
  async *waitingFrom(
    jurisdiction: JurisdictionCode,
    startAfter?: string,
  ): AsyncGenerator<{ readonly key: string; readonly item?: WaitingChange }, void, undefined> {
    const options = startAfter === undefined ? {} : { startAfter };
    const listed = this.#register.table.query(`PAYEE-CHANGES#${jurisdiction}`, options);
    for await (const part of inParts(listed, PART)) {
      const open = part.flatMap((item) =>
        item['confirmed'] === true ? [] : [waitingOf(jurisdiction, item)],
      );
      const enrolments = await this.#register.enrolments(open);
      const waiting = new Map(
        open.flatMap(({ key, basis, ...item }, index) =>
          enrolments[index]?.payees.length === basis ? [[key, item]] : [],
        ),
      );
      for (const { sk: key } of part) {
        const item = waiting.get(key);
        yield { key, ...(item && { item }) };
      }
    }
  }

  /** Key first, pointers, then the record: of a new payee, or with a first account. */
  async #savePayee(change: PayeeChange, confirmed: Proposed): Promise<PersonKey> {
    invariant(change.named, 'a payee is saved only where one is named');
    const key = await this.#register.assignPersonKey(numberOf(change.kind, change.named.number));
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const before = await this.#register.person(key);
      const at = laterOf(confirmed.at, before?.changedAt);
      const next = namedRecord(change, { key, record: before?.record }, { ...confirmed, at });
      if (!next || (await this.#register.savePerson(next, before, at)) === 'written') return key;
    }
    throw new Error('a payee was changed by others too often to be recorded');
  }

  async #append(
    { id, jurisdiction, programme }: EnrolmentDocument,
    record: PayeeRecord,
    changeId: string,
    basis: number,
  ): Promise<Result<PayeeRecord>> {
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const before = await this.#register.enrolment(jurisdiction, programme, id);
      invariant(before, 'an enrolment vanished while its payee was changed');
      const done = before.payees.find(({ evidence }) => evidence === changeId);
      if (!done && before.payees.length !== basis) return refuse(changedSince(changeId));
      if (!done) {
        if (record.payee !== before.subject) await rememberWard(this.#register.table, record.payee, before);
        if (record.validTo !== undefined)
          await this.#register.table.putNew({
            pk: `PAYEE-ENDS#${jurisdiction}`,
            sk: `${record.validTo}#${id}`,
            programme,
          });
      }
      const recordedAt = laterOf(record.recordedAt, before.changedAt);
      const stamped = done ?? { ...record, recordedAt };
      const next = {
        ...before,
        payees: [...before.payees, stamped],
        version: before.version + 1,
        changedAt: recordedAt,
      };
      if (done || (await this.#register.putEnrolment(next, before)) === 'written') {
        await this.#register.table.put({ ...listed(before, changeId), programme, confirmed: true });
        return ok(stamped);
      }
    }
    throw new Error('an enrolment was changed by others too often to append a payee');
  }

  async #named({ kind, named }: WantedPayee): Promise<{ key: PersonKey; document?: PersonDocument }> {
    invariant(named, 'somebody is named');
    const number = numberOf(kind, named.number);
    const [key] = await this.#register.personKeysByIdNumber([number]);
    if (key === undefined) return { key: await this.#register.personalData.personKeyFor(number) };
    const document = await this.#register.person(key);
    return document ? { key, document } : { key };
  }

  async #open(enrolment: string, changeId: string, item: Item): Promise<PayeeChange> {
    const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
    return z.parse(
      PayeeChangeSchema,
      await this.#register.personalData.openRecord(sealId(enrolment, changeId), sealed),
    );
  }
}

const numberOf = (kind: WantedPayee['kind'], idNumber: string): string =>
  lookupNumber(kind === 'organisation' ? { idNumber, organisation: true } : { idNumber });
const sealId = (enrolment: string, changeId: string): string => `payee-change:${enrolment}:${changeId}`;
const isFromSheet = ({ kind, document }: PayeeChange): boolean =>
  kind === 'representative' && document === undefined;
const listed = ({ id, jurisdiction }: EnrolmentDocument, changeId: string) => ({
  pk: `PAYEE-CHANGES#${jurisdiction}`,
  sk: `${id}#${changeId}`,
});

const ListedSchema = z.object({ programme: z.string(), basis: z.int() });

function waitingOf(
  jurisdiction: JurisdictionCode,
  item: Item,
): WaitingChange & { key: string; basis: number } {
  const [id = '', changeId = ''] = item.sk.split('#');
  return { key: item.sk, jurisdiction, id, changeId, ...z.parse(ListedSchema, item) };
}

function unitOf({ programme }: EnrolmentDocument): 'person' | 'household' {
  const found = programmeById(programme);
  return found.ok && found.value.unit === 'household' ? 'household' : 'person';
}

const noChange = (changeId: string): Refusal =>
  refusal(
    'missing/payee-change',
    '没有这项收款人变更：请刷新后重试',
    'there is no such change of payee: reload and try again',
    { changeId },
  );

const alreadyConfirmed = (changeId: string): Refusal =>
  refusal(
    'conflict/already-confirmed',
    '这项收款人变更已由他人确认',
    'this change of payee was already confirmed by someone else',
    { changeId },
  );

const changedSince = (changeId: string): Refusal =>
  refusal(
    'conflict/payee-changed-since',
    '提出变更后收款人已另有变化：请重新提出变更',
    'the payee has changed since this was proposed: propose the change again',
    { changeId },
  );
