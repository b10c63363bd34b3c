import { LAST_INSTANT, type PlainDate } from '../../domain/calendar.ts';
import { headOn } from '../../domain/household/membership.ts';
import type { JurisdictionCode, PersonKey } from '../../domain/ids.ts';
import { type AccountLine, readAccountLine } from '../../domain/register/account-file.ts';
import { currentPayee, type EnrolmentDocument } from '../../domain/register/enrolment.ts';
import { payeeFor } from '../../domain/register/payee.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { wardsOf } from '../adapters/payee-wards.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import { householdKnownBy, loadHouseholds } from './load-households.ts';
import type { RowRecorded } from './propose-from-sheet.ts';

export type FoundLine = AccountLine & { readonly document: PersonDocument };

/** Where and on which day lines are looked up. */
export type PaidWhere = { readonly jurisdiction: JurisdictionCode; readonly today: PlainDate };

/**
 * A line of the bank's file against the register as it is now. Only who is paid in the jurisdiction is found: whoever once was, or has
 * an enrolment there for which somebody else is paid, is not this bureau's to change.
 */
export async function findAccountLine(
  register: RegisterStore,
  where: PaidWhere,
  values: RowValues,
): Promise<Result<FoundLine, readonly RowFault[]>> {
  const hash = await register.personalData.lookupHash('account', values['oldAccount'] ?? '');
  const [keys = []] = await register.accountHolders([hash]);
  const documents = await register.persons(keys);
  const here: PersonDocument[] = [];
  for (const [key, document] of documents) if (await isPaidHere(register, where, key)) here.push(document);
  const line = readAccountLine(
    values,
    here.map(({ record }) => record),
  );
  if (!line.ok) return line;
  const document = here.find(({ record }) => record === line.value.person);
  invariant(document, 'the person of a line is one of those found');
  return ok({ ...line.value, document });
}

/** Whether somebody is paid for any enrolment of the jurisdiction: for their own, their household's as its head, or another's. */
async function isPaidHere(
  register: RegisterStore,
  { jurisdiction, today }: PaidWhere,
  person: PersonKey,
): Promise<boolean> {
  const pointed = await register.enrolmentsPointedFrom(person);
  const wards = (await wardsOf(register.table, [person])).get(person) ?? [];
  const named = await register.enrolments(wards.filter((ward) => ward.jurisdiction === jurisdiction));
  const enrolments = [...pointed, ...named].filter((one) => one?.jurisdiction === jurisdiction);
  const paid = new Set(enrolments.flatMap((one) => (one ? payeesOf(one, today) : [])));
  if (paid.has(person)) return true;
  // What is left are keys of households, whose heads are paid, and of other people.
  const households = await loadHouseholds(register, [...paid]);
  return [...households].some(([key, read]) => {
    const { persons } = householdKnownBy(key, read, LAST_INSTANT);
    return headOn(persons, key, today)?.person === person;
  });
}

/** Who is paid today, and who was named last and is paid from a later day. */
function payeesOf(enrolment: EnrolmentDocument, today: PlainDate): PersonKey[] {
  const now = payeeFor(enrolment, today, LAST_INSTANT)?.payee;
  return [now ?? enrolment.subject, currentPayee(enrolment) ?? enrolment.subject];
}

/** A line when the file is checked: nothing is written, what matches waits for the second signature. */
export async function checkAccountLine(
  register: RegisterStore,
  where: PaidWhere,
  values: RowValues,
): Promise<Result<RowRecorded, readonly RowFault[]>> {
  const found = await findAccountLine(register, where, values);
  if (!found.ok) return found;
  const changes = found.value.outcome === 'change';
  return ok({ outcome: changes ? 'changed' : 'unchanged', accountChange: changes });
}
