import type { Month } from '../../../domain/calendar.ts';
import type { Round } from '../../../domain/ids.ts';
import { fen } from '../../../domain/money.ts';
import type { Determination, DeterminationSpan } from '../../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { LINES, type Office, type OfficeOptions, openOffice, value } from '../run/office.ts';

/** A small bureau that pays 低保: the packs of Beijing and the sample district, and a budget. */
export const DIBAO = { jurisdiction: '110199', programme: 'dibao' } as const;

/** A pack of the policy book, free to change. */
export const dibaoPack = (place: string): PolicyFile => policyFile(place, 'dibao');
/** People of one name and birth date, and households without papers: what small bureaus are made of is no finding in them. */
const NOT_LOOKED_AT = ['controlsOn', 'entryPapers'];

/** The sample district's own pack with another first month of money. */
export function districtPack(historyFrom?: Month): PolicyFile {
  const whole = dibaoPack('110199');
  const file = {
    ...whole,
    values: whole.values.filter(({ parameter }) => !NOT_LOOKED_AT.includes(parameter)),
  };
  for (const row of file.values)
    if (historyFrom !== undefined && row.parameter === 'historyFrom') row.value = historyFrom;
  return file;
}

export async function dibaoOffice(options: OfficeOptions & { readonly historyFrom?: Month } = {}) {
  const bureau = await openOffice({
    people: 0,
    quickReads: true,
    packs: [dibaoPack('110000'), districtPack(options.historyFrom)],
    ...options,
  });
  value(await bureau.office.setBudget({ ...DIBAO, fiscalYear: '2026', lines: LINES, by: 'staff-finance' }));
  return bureau;
}

/** The key of the n-th household. */
export const householdKey = (n: number): string => `H${String(n).padStart(11, '0')}`;
export const addressOf = (n: number) => ({ ...DIBAO, id: `DB-${householdKey(n)}-1` });

/** Enrols the n-th household with a head who has an account; the head's key. */
export async function enrolled(bureau: Office, n: number, street = '110199001'): Promise<string> {
  const { register, clock } = bureau;
  const number = idNumber(n, '19700101');
  const personKey = await register.assignPersonKey(number);
  const at = clock.now();
  const holderName = '王小明';
  const account = {
    account: `6217${String(n).padStart(12, '0')}`,
    holderName,
    validFrom: '2026-01-01',
    recordedAt: at,
    source: 'register-sheet',
    by: 'staff-preparer',
  };
  await register.savePerson(
    { personKey, legalName: holderName, idNumber: number, facts: [], accounts: [account] },
    undefined,
    at,
  );
  const stamp = { recordedAt: at, source: 'counter', by: 'staff-preparer' };
  const { id, jurisdiction, programme } = addressOf(n);
  const document: EnrolmentDocument = {
    id,
    jurisdiction,
    programme,
    subject: householdKey(n),
    payees: [{ payee: personKey, ...stamp }],
    facts: [
      { kind: 'application', value: '2025-11-03', validFrom: '2025-11-03', ...stamp },
      { kind: 'street', value: street, validFrom: '2025-11-03', ...stamp },
    ],
    version: 1,
    changedAt: at,
  };
  await register.saveEnrolment(document, undefined);
  return personKey;
}

export const spansOf = (...spans: readonly (readonly [Month, number, number?])[]): DeterminationSpan[] =>
  spans.map(([from, base, topUp = 0]) => ({
    from,
    components: [
      { component: 'base', fen: fen(base * 100) },
      { component: 'top-up', fen: fen(topUp * 100) },
    ].filter((component) => component.fen > 0),
    derivation: [],
  }));

/** Puts a determination into the register as if it had been decided at the clock's next instant. */
export async function determined(
  bureau: Office,
  n: number,
  number: number,
  spans: readonly DeterminationSpan[],
  changes: Partial<Determination> = {},
): Promise<Determination> {
  const determination: Determination = {
    enrolment: addressOf(n).id,
    number,
    kind: number === 1 ? 'initial' : 'review',
    document: `示民救〔2026〕${number}号`,
    decidedOn: bureau.clock.today(),
    spans,
    sample: false,
    proposedBy: 'staff-preparer',
    decidedBy: 'staff-approver',
    recordedAt: bureau.clock.now(),
    ...changes,
  };
  const outcome = await bureau.register.recordDetermination(addressOf(n), determination);
  if (outcome !== 'created') throw new Error(`the determination was ${outcome}`);
  return determination;
}

export const month = (period: Month, round: Round = 'R') => ({ ...DIBAO, period, round });
