import type { Instant } from '../../domain/calendar.ts';
import { birthDateIn } from '../../domain/identity-number.ts';
import type { PersonKey } from '../../domain/ids.ts';
import { sameName } from '../../domain/person-name.ts';
import { type AccountRecord, currentAccount } from '../../domain/register/account.ts';
import { lookupNumber, type PersonRecord } from '../../domain/register/person.ts';
import { ok, type Result, refusal, refuse } from '../../domain/result.ts';
import { laterOf, type RegisterStore } from '../adapters/register-store.ts';
import { shanghaiDate } from '../shanghai-date.ts';
import type { Clock } from '../wiring.ts';

/** Somebody, or an organisation, whom a grant names; numbers and accounts were checked and normalised already. */
export type NamedPerson = {
  /** Identity number; of an organisation its unified social credit code. */
  readonly idNumber: string;
  readonly legalName: string;
  readonly phone?: string;
  readonly account?: {
    readonly account: string;
    readonly holderName: string;
    readonly bank?: string;
    readonly bankCode?: string;
  };
  readonly organisation?: true;
  /** Where it is said to come from, e.g. `grant-application`. */
  readonly source: string;
  readonly by: string;
};

/** `accountDiffers`: another account is on record and stays; a change of account takes two persons. */
export type EnsuredPerson = { readonly personKey: PersonKey; readonly accountDiffers: boolean };

const ATTEMPTS = 10;

/**
 * The person or organisation with this number, entered into the register when it is not there, with a first account where there is none
 * yet. Residence in the place is not asked. Refusal: `conflict/person-name` (the number is registered under another name).
 */
export async function ensurePerson(
  { register, clock }: { readonly register: RegisterStore; readonly clock: Pick<Clock, 'now'> },
  named: NamedPerson,
): Promise<Result<EnsuredPerson>> {
  const number = lookupNumber(named);
  const [known] = await register.personKeysByIdNumber([number]);
  const personKey = known ?? (await register.assignPersonKey(number));
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await register.person(personKey);
    if (before && !isSame(before.record, named)) return refuse(OTHER_NAME);
    const next = recordOf(named, personKey, before?.record, laterOf(clock.now(), before?.changedAt));
    const current = before && currentAccount(before.record);
    const accountDiffers = Boolean(current && named.account && current.account !== named.account.account);
    if (next === before?.record) return ok({ personKey, accountDiffers });
    await register.savePersonPointers(next, before);
    const at = laterOf(clock.now(), before?.changedAt);
    const stamped = recordOf(named, personKey, before?.record, at);
    if ((await register.putPerson(stamped, before, at)) === 'written')
      return ok({ personKey, accountDiffers });
  }
  throw new Error('a person was changed by others too often to be recorded');
}

const isSame = ({ legalName }: PersonRecord, named: NamedPerson): boolean =>
  named.organisation
    ? legalName.normalize('NFKC').trim() === named.legalName.normalize('NFKC').trim()
    : sameName(legalName, named.legalName);

function recordOf(
  named: NamedPerson,
  personKey: PersonKey,
  before: PersonRecord | undefined,
  at: Instant,
): PersonRecord {
  const start = before ?? newRecord(named, personKey, at);
  const phone = start.phone ?? named.phone;
  const { account } = named;
  const accounts: readonly AccountRecord[] =
    start.accounts.length > 0 || !account
      ? start.accounts
      : [
          {
            account: account.account,
            holderName: account.holderName,
            ...(account.bank !== undefined && { bankName: account.bank }),
            ...(account.bankCode !== undefined && { bankCode: account.bankCode }),
            validFrom: shanghaiDate(at),
            recordedAt: at,
            source: named.source,
            by: named.by,
          },
        ];
  if (before && phone === before.phone && accounts === before.accounts) return before;
  return { ...start, ...(phone !== undefined && { phone }), accounts };
}

function newRecord(
  { idNumber, legalName, organisation, by }: NamedPerson,
  personKey: PersonKey,
  recordedAt: Instant,
): PersonRecord {
  const party = { personKey, legalName, idNumber, accounts: [] };
  if (organisation) return { ...party, organisation, facts: [] };
  const value = birthDateIn(idNumber);
  const born = { kind: 'birth-date', value, validFrom: value, recordedAt } as const;
  return { ...party, facts: [{ ...born, source: 'identity-number', by }] };
}

const OTHER_NAME = refusal(
  'conflict/person-name',
  '该证件号码在对象信息库中登记的是另一个名称：请核对姓名（名称）和号码；确需更名的，请先办理信息更正',
  'this number is registered under another name: check both, or have the name corrected first',
);
