import type { JurisdictionCode } from '../../domain/ids.ts';
import { type AccountLine, readAccountLine } from '../../domain/register/account-file.ts';
import type { PersonDocument } from '../../domain/register/person.ts';
import type { RowFault, RowValues } from '../../domain/register/sheets.ts';
import { invariant, ok, type Result } from '../../domain/result.ts';
import { wardsOf } from '../adapters/payee-wards.ts';
import type { RegisterStore } from '../adapters/register-store.ts';
import type { RowRecorded } from './propose-from-sheet.ts';

export type FoundLine = AccountLine & { readonly document: PersonDocument };

/**
 * A line of the bank's file against the register as it is now. Only who is paid in the jurisdiction is found: for an enrolment of their
 * own, of their household, or as payee of another.
 */
export async function findAccountLine(
  register: RegisterStore,
  jurisdiction: JurisdictionCode,
  values: RowValues,
): Promise<Result<FoundLine, readonly RowFault[]>> {
  const hash = await register.personalData.lookupHash('account', values['oldAccount'] ?? '');
  const [keys = []] = await register.accountHolders([hash]);
  const documents = await register.persons(keys);
  const here: PersonDocument[] = [];
  for (const [key, document] of documents) {
    const own = await register.enrolmentsPointedFrom(key);
    const wards = (await wardsOf(register.table, [key])).get(key) ?? [];
    if ([...own, ...wards].some((one) => one.jurisdiction === jurisdiction)) here.push(document);
  }
  const line = readAccountLine(
    values,
    here.map(({ record }) => record),
  );
  if (!line.ok) return line;
  const document = here.find(({ record }) => record === line.value.person);
  invariant(document, 'the person of a line is one of those found');
  return ok({ ...line.value, document });
}

/** A line when the file is checked: nothing is written, what matches waits for the second signature. */
export async function checkAccountLine(
  register: RegisterStore,
  jurisdiction: JurisdictionCode,
  values: RowValues,
): Promise<Result<RowRecorded, readonly RowFault[]>> {
  const found = await findAccountLine(register, jurisdiction, values);
  if (!found.ok) return found;
  const changes = found.value.outcome === 'change';
  return ok({ outcome: changes ? 'changed' : 'unchanged', accountChange: changes });
}
