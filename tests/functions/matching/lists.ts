import type { MatchingKind, MatchingSource } from '../../../domain/matching/list-kinds.ts';
import type { CasePorts } from '../../../functions/matching/cases.ts';
import { idNumber, request, row } from '../register/sheet-fixture.ts';
import { DISTRICT, type Office, type OfficeOptions, pack } from '../run/office.ts';
import { smallOffice } from '../run/whole-month.ts';
import { policyValue } from '../street/town.ts';

/** A bureau where matches with lists of prisons and with declared moves hold payments, and steps of a case have deadlines. */
export function watchfulOffice(options: OfficeOptions = {}): Promise<Office> {
  const own = pack(DISTRICT) as { values: unknown[] };
  own.values = own.values.filter((value) => {
    const { parameter } = value as { parameter: string };
    return parameter !== 'matching' && parameter !== 'caseDeadlines';
  });
  own.values.push(
    policyValue('matching', { prison: 'hold', 'moved-away': 'inform' }),
    policyValue('caseDeadlines', { verify: 5, notice: 5, decide: 10 }),
  );
  return smallOffice({ packs: [pack('110000'), own], ...options });
}

export type NewList = {
  readonly kind?: MatchingKind;
  readonly source?: MatchingSource;
  readonly listDate?: string;
};

/** Brings a list in as the desk would: what it is, then the file. */
export async function importList(
  bureau: Office,
  importId: string,
  bytes: Uint8Array | string,
  { kind = 'prison', source = 'prison', listDate = '2026-11-01' }: NewList = {},
) {
  const at = bureau.clock.now();
  const list = {
    importId,
    jurisdiction: DISTRICT,
    kind,
    source,
    listDate,
    fileName: 'x.csv',
    by: 'staff-1',
    at,
  };
  await bureau.ports.matches.addList(list);
  const message = request(importId, { kind: 'matching', programme: 'all', requestedAt: at });
  await bureau.engines.files.put(message.objectKey, Buffer.from(bytes));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  return (await bureau.imports.get(importId))!;
}

/** A list that names the n-th people of the register. */
export function listOf(people: readonly number[], since = '2026-10-05'): string {
  const lines = people.map((n) => `${idNumber(n)},${row(n).split(',')[0]},${since}`);
  return `\ufeff${['身份证号,姓名,发生日期', ...lines].join('\r\n')}\r\n`;
}

/** What steps of cases need, over the bureau's own ports. */
export const casePorts = ({ ports }: Office): CasePorts => ({ ...ports, changes: ports.streets });

export async function enrolmentOf(bureau: Office, n: number) {
  const person = (await bureau.register.personByIdNumber(idNumber(n)))!;
  return (await bureau.register.enrolmentsOfPerson(person.record.personKey))[0]!;
}
