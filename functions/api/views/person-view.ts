import type * as z from 'zod/mini';
import { maskAccount, maskId, maskName, maskPhone } from '../../../domain/mask.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { AccountRecord } from '../../../domain/register/account.ts';
import { currentPayee, type EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import type { PersonRecord } from '../../../domain/register/person.ts';
import type { OwnEnrolment } from '../../run/service.ts';
import type { EnrolmentView, MaskedPerson, personContracts } from '../contracts/persons.ts';
import { programmeNames } from './run-view.ts';

export type PersonBody = z.input<(typeof personContracts)['getPerson']['response']>;
export type EnrolmentBody = z.input<typeof EnrolmentView>;
export type MaskedBody = z.input<typeof MaskedPerson>;

export function maskedPerson(record: PersonRecord): MaskedBody {
  // The name of an organisation is public, and nothing personal.
  const name = record.organisation ? record.legalName : maskName(record.legalName);
  return { personKey: record.personKey, name };
}

/** A person as the office sees one: everything that identifies is masked. */
export function personView(record: PersonRecord, enrolments: readonly EnrolmentDocument[]): PersonBody {
  return {
    ...maskedPerson(record),
    idNumber: maskId(record.idNumber),
    ...(record.phone !== undefined && { phone: maskPhone(record.phone) }),
    accounts: record.accounts.map(accountView),
    enrolments: enrolments.map(enrolmentView),
  };
}

function accountView(record: AccountRecord): PersonBody['accounts'][number] {
  return {
    account: maskAccount(record.account),
    holderName: maskName(record.holderName),
    ...(record.bankName !== undefined && { bankName: record.bankName }),
    validFrom: record.validFrom,
    recordedAt: record.recordedAt,
    confirmed: record.confirmedBy !== undefined,
  };
}

/** An enrolment as the office sees it. */
export function enrolmentView(document: EnrolmentDocument): EnrolmentBody {
  const street = latestFact(document.facts, 'street')?.value;
  const appliedOn = latestFact(document.facts, 'application')?.value;
  const lastMonth = latestFact(document.facts, 'stop')?.value;
  const payee = currentPayee(document);
  return {
    enrolmentId: document.id,
    programme: document.programme,
    programmeNames: programmeNames(document.programme),
    unit: unitOf(document.programme),
    ...(street && { street }),
    ...(appliedOn && { appliedOn }),
    ...(lastMonth && { lastMonth }),
    ...(payee !== undefined && { payee }),
  };
}

/** Whom the enrolment is for; programmes that are no longer in the registry were all for persons. */
const unitOf = (programme: string): EnrolmentBody['unit'] => PROGRAMMES[programme]?.unit ?? 'person';

/** An enrolment as its beneficiary sees it. */
export function ownEnrolmentView(own: OwnEnrolment): EnrolmentBody {
  return {
    enrolmentId: own.enrolment,
    programme: own.programme,
    programmeNames: programmeNames(own.programme),
    unit: unitOf(own.programme),
    ...(own.street && { street: own.street }),
    ...(own.appliedOn && { appliedOn: own.appliedOn }),
    ...(own.lastMonth && { lastMonth: own.lastMonth }),
  };
}
