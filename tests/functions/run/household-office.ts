import { membershipText } from '../../../domain/household/membership.ts';
import { type Fen, fen } from '../../../domain/money.ts';
import type { Determination } from '../../../domain/register/determination.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Fact, FactKind } from '../../../domain/register/facts.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import { DIBAO, dibaoOffice } from '../determination/bureau.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import type { Office } from './office.ts';

export const MONTH = { ...DIBAO, period: '2026-12', round: 'R' } as const;

/** A bureau that pays 低保, with households and determinations put directly through the register. */
export const householdOffice = (): Promise<Office> => dibaoOffice();

export const BEFORE = '2026-11-01T01:00:00.000Z';
export const fact = (kind: FactKind, validFrom: string, text: string, recordedAt = BEFORE): Fact => ({
  kind,
  value: text,
  validFrom,
  recordedAt,
  source: 'register',
  by: 'import-1',
});

/** The n-th person, with an account of their own. */
export async function person(bureau: Office, n: number, facts: readonly Fact[] = []): Promise<string> {
  const number = idNumber(n, '19800115');
  const personKey = await bureau.register.assignPersonKey(number);
  const account = {
    account: `6217${String(n).padStart(12, '0')}`,
    holderName: '张三',
    validFrom: '2026-01-01',
    recordedAt: BEFORE,
    source: 'register-sheet',
    by: 'staff-preparer',
  };
  const born = fact('birth-date', '1980-01-15', '1980-01-15');
  const record = {
    personKey,
    legalName: '张三',
    idNumber: number,
    facts: [born, ...facts],
    accounts: [account],
  };
  await bureau.register.savePerson(record, undefined, BEFORE);
  return personKey;
}

/** Adds a fact that is learned now. */
export async function learned(bureau: Office, key: string, kind: FactKind, validFrom: string, text: string) {
  const before = (await bureau.register.person(key))!;
  const at = bureau.clock.now();
  const record = { ...before.record, facts: [...before.record.facts, fact(kind, validFrom, text, at)] };
  await bureau.register.savePerson(record, before, at);
}

/** A household of a head and a spouse, both covered, and its enrolment; `payees` as recorded. */
export async function household(bureau: Office, n: number) {
  const store = new HouseholdStore(bureau.register);
  const head = await person(bureau, n);
  const spouse = await person(bureau, n + 500);
  const key = await store.assignKey(head, new Set());
  await learned(
    bureau,
    head,
    'household',
    '2026-01-01',
    membershipText({ household: key, relation: 'head', covered: true }),
  );
  await learned(
    bureau,
    spouse,
    'household',
    '2026-01-01',
    membershipText({ household: key, relation: 'spouse', covered: true }),
  );
  const enrolment: EnrolmentDocument = {
    ...DIBAO,
    id: `DB-${key}-1`,
    subject: key,
    payees: [],
    facts: [fact('application', '2026-09-01', '2026-09-01'), fact('street', '2026-09-01', '110199001')],
    version: 1,
    changedAt: BEFORE,
  };
  await bureau.register.saveEnrolment(enrolment, undefined);
  for (const member of [head, spouse]) await store.savePointers(key, member, [enrolment]);
  const residence = fact('residence', '2026-09-01', 'urban');
  await store.saveHousehold({ householdKey: key, facts: [residence] }, undefined, BEFORE);
  return { key, head, spouse, enrolment };
}

/** A decision on a household, recorded now. */
export async function determine(
  bureau: Office,
  { id: enrolment }: EnrolmentDocument,
  number: number,
  amounts: Readonly<Record<string, Fen>>,
  changes: Partial<Determination> = {},
): Promise<void> {
  const determination: Determination = {
    enrolment,
    number,
    kind: number === 1 ? 'initial' : 'review',
    document: `示民核〔2026〕${number}号`,
    decidedOn: '2026-10-20',
    spans: Object.entries(amounts).map(([from, amount]) => ({
      from,
      components: amount === 0 ? [] : [{ component: 'base', fen: amount }],
      derivation: [],
    })),
    sample: true,
    proposedBy: 'staff-preparer',
    decidedBy: 'staff-approver',
    recordedAt: bureau.clock.now(),
    ...changes,
  };
  await bureau.register.recordDetermination({ ...DIBAO, id: enrolment }, determination);
}

export const yuan = (amount: number): Fen => fen(amount * 100);
