import * as z from 'zod/mini';
import type { Instant } from '../../domain/calendar.ts';
import type { PersonKey } from '../../domain/ids.ts';
import {
  type AccountChange,
  AccountChangeSchema,
  type AccountRecord,
  confirmChange,
  currentAccount,
  type WantedAccount,
} from '../../domain/register/account.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Item } from './dynamo-table.ts';
import { laterOf, type RegisterStore } from './register-store.ts';

export type AccountProposal = WantedAccount & { readonly by: string; readonly at: Instant };
export type AccountChangeState = {
  readonly change: AccountChange;
  readonly confirmedBy?: string;
  readonly confirmedAt?: Instant;
};

const SAVE_ATTEMPTS = 8;

/**
 * Changes of account need two persons: one proposes, with evidence, another confirms. Both acts are immutable items
 * under the person (`ACC-CHANGE#<id>` and `ACC-CHANGE#<id>#CONFIRM`); only the second appends to the person's accounts.
 */
export class AccountChanges {
  readonly #register: RegisterStore;

  constructor(register: RegisterStore) {
    this.#register = register;
  }

  /**
   * Records a proposal. The same account proposed again is the same change: the answer is 'same' and the change as it was
   * first proposed. Refusals: `missing/person`, `conflict/account-unchanged`.
   */
  async propose(
    personKey: PersonKey,
    proposal: AccountProposal,
  ): Promise<Result<{ change: AccountChange; outcome: 'created' | 'same' }>> {
    const person = await this.#register.person(personKey);
    if (!person) return refuse(noPerson(personKey));
    const { by, at, ...what } = proposal;
    if (sameAccount(currentAccount(person.record), proposal)) return refuse(unchanged(personKey));
    const basis = person.record.accounts.length;
    const changeId = await this.#register.personalData.opaqueId('account-change', [
      personKey,
      String(basis),
      what.account,
      what.holderName,
      what.bankName ?? '',
      what.bankCode ?? '',
    ]);
    const change: AccountChange = { changeId, ...what, proposedBy: by, proposedAt: at };
    const sealed = await this.#register.personalData.sealRecord(sealId(personKey, changeId), change);
    const sk = `ACC-CHANGE#${changeId}`;
    const outcome = await this.#register.table.putNew({
      pk: `P#${personKey}`,
      sk,
      proposedBy: by,
      proposedAt: at,
      basis,
      sealed,
    });
    if (outcome === 'created') return ok({ change, outcome });
    const before = await this.#register.table.get(`P#${personKey}`, sk);
    invariant(before, 'a change of account vanished');
    return ok({ change: await this.#open(personKey, changeId, before), outcome: 'same' });
  }

  /**
   * Confirms a proposal and appends the account. Confirming again by the same person finishes what was interrupted.
   * Refusals: `missing/account-change`, `forbidden/same-person`, `conflict/already-confirmed` (by someone else),
   * `conflict/account-changed-since`.
   */
  async confirm(
    personKey: PersonKey,
    changeId: string,
    by: string,
    at: Instant,
  ): Promise<Result<AccountRecord>> {
    const stored = await this.#register.table.get(`P#${personKey}`, `ACC-CHANGE#${changeId}`);
    const person = await this.#register.person(personKey);
    if (!stored || !person) return refuse(noChange(changeId));
    const change = await this.#open(personKey, changeId, stored);
    const record = confirmChange(change, by, at);
    if (!record.ok) return record;
    const basis = z.parse(z.int(), stored['basis']);
    const applied = appliedChange(person, changeId) !== undefined;
    if (!applied && person.record.accounts.length !== basis) return refuse(changedSince(changeId));
    const sk = `ACC-CHANGE#${changeId}#CONFIRM`;
    const put = await this.#register.table.putNewOrSame({ pk: `P#${personKey}`, sk, c: by, by, at });
    if (put.outcome === 'divergent') return refuse(alreadyConfirmed(changeId));
    return this.#append(personKey, record.value, changeId, basis);
  }

  /** All changes ever proposed for a person, in no particular order. */
  async list(personKey: PersonKey): Promise<AccountChangeState[]> {
    const items: Item[] = [];
    for await (const item of this.#register.table.query(`P#${personKey}`, { begins: 'ACC-CHANGE#' })) {
      items.push(item);
    }
    const confirmations = new Map(
      items.filter(({ sk }) => sk.endsWith('#CONFIRM')).map((item) => [item.sk, item]),
    );
    const proposals = items.filter(({ sk }) => !sk.endsWith('#CONFIRM'));
    return Promise.all(
      proposals.map(async (item) => {
        const change = await this.#open(personKey, item.sk.slice('ACC-CHANGE#'.length), item);
        const confirmed = confirmations.get(`${item.sk}#CONFIRM`);
        if (!confirmed) return { change };
        const { by, at } = z.parse(z.object({ by: z.string(), at: z.string() }), confirmed);
        return { change, confirmedBy: by, confirmedAt: at };
      }),
    );
  }

  /**
   * Checked once more against what is written: of two changes of one account that were confirmed at once, the slower one rests on an
   * account that is no longer in use. Stamped no earlier than the person's last change, so that it is the account in use from then on.
   */
  async #append(
    personKey: PersonKey,
    record: AccountRecord,
    changeId: string,
    basis: number,
  ): Promise<Result<AccountRecord>> {
    for (let attempt = 0; attempt < SAVE_ATTEMPTS; attempt += 1) {
      const person = await this.#register.person(personKey);
      if (!person) return refuse(noPerson(personKey));
      const done = appliedChange(person, changeId);
      if (done) return ok(done);
      if (person.record.accounts.length !== basis) return refuse(changedSince(changeId));
      const recordedAt = laterOf(record.recordedAt, person.changedAt);
      const stamped = { ...record, recordedAt };
      const next = withAccount(person, stamped);
      if ((await this.#register.savePerson(next, person, recordedAt)) === 'written') return ok(stamped);
    }
    throw new Error('a person was changed by others too often to append an account');
  }

  async #open(personKey: PersonKey, changeId: string, item: Item): Promise<AccountChange> {
    const sealed = z.parse(z.instanceof(Uint8Array), item['sealed']);
    const opened = await this.#register.personalData.openRecord(sealId(personKey, changeId), sealed);
    return z.parse(AccountChangeSchema, opened);
  }
}

const sealId = (personKey: PersonKey, changeId: string): string => `account-change:${personKey}:${changeId}`;

function appliedChange(person: PersonDocument, changeId: string): AccountRecord | undefined {
  return person.record.accounts.find((account) => account.evidence === changeId);
}

function withAccount(person: PersonDocument, account: AccountRecord): PersonDocument['record'] {
  return { ...person.record, accounts: [...person.record.accounts, account] };
}

function sameAccount(current: AccountRecord | undefined, proposal: AccountProposal): boolean {
  return (
    current !== undefined &&
    current.account === proposal.account &&
    current.holderName === proposal.holderName &&
    (proposal.bankName === undefined || proposal.bankName === current.bankName) &&
    (proposal.bankCode === undefined || proposal.bankCode === current.bankCode)
  );
}

function noPerson(personKey: PersonKey): Refusal {
  return refusal('missing/person', '对象信息库中没有此人', 'there is no such person in the register', {
    personKey,
  });
}

function unchanged(personKey: PersonKey): Refusal {
  return refusal(
    'conflict/account-unchanged',
    '与现有收款账号相同，无需变更',
    'this is the account already in use: there is nothing to change',
    { personKey },
  );
}

function noChange(changeId: string): Refusal {
  return refusal(
    'missing/account-change',
    '没有这项账号变更：请刷新后重试',
    'there is no such change of account: reload and try again',
    { changeId },
  );
}

function alreadyConfirmed(changeId: string): Refusal {
  return refusal(
    'conflict/already-confirmed',
    '这项账号变更已由他人确认',
    'this change of account was already confirmed by someone else',
    { changeId },
  );
}

function changedSince(changeId: string): Refusal {
  return refusal(
    'conflict/account-changed-since',
    '提出变更后收款账号已另有变化：请重新提出变更',
    'the account has changed since this was proposed: propose the change again',
    { changeId },
  );
}
