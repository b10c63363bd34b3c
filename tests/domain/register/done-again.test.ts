import { describe, expect, it } from 'vitest';
import { membershipText } from '../../../domain/household/membership.ts';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { decideHouseholdRow, type HouseholdRowInput } from '../../../domain/register/household-import.ts';
import { householdRow } from '../../../domain/register/household-row.ts';
import { decideRegisterRow, type RegisterRowInput } from '../../../domain/register/import-row.ts';
import type { PersonFound, RowOrigin } from '../../../domain/register/sheet-person.ts';

// Goal: a chunk that is done again after an interruption reports what it did the first time, whichever of its writes were made.

const ORIGIN: RowOrigin = {
  importId: 'imp-2',
  jurisdiction: '110199',
  programme: 'high-age',
  by: 'staff-preparer',
  requestedAt: '2026-12-20T02:00:00.000Z',
  requestedOn: '2026-12-20',
  now: '2026-12-20T02:00:05.000Z',
};
const BEFORE = '2026-11-20T02:00:05.000Z';
const fact = (kind: Fact['kind'], value: string): Fact => ({
  kind,
  value,
  validFrom: '2026-09-01',
  recordedAt: BEFORE,
  source: 'register',
  by: 'imp-1',
});
/** Known since an earlier import; `account` "" for none. */
function known(
  key: string,
  name: string,
  idNumber: string,
  account: string,
  facts: Fact[] = [],
): PersonFound {
  const record = {
    account,
    holderName: name,
    validFrom: '2026-09-01',
    recordedAt: BEFORE,
    source: 'register-sheet',
    by: 'staff-preparer',
    evidence: 'imp-1',
  };
  const accounts = account === '' ? [] : [record];
  const person = {
    personKey: key,
    legalName: name,
    idNumber,
    facts: [fact('birth-date', '1946-03-05'), ...facts],
    accounts,
  };
  return { key, document: { version: 1, changedAt: BEFORE, record: person } };
}
const MOTHER = known('AAAAAAAAAAAA', '张三', '110101194603050014', '');
const SON = { name: '王儿', idNumber: '110101197001010010' };
const enrolled = (subject: string, payee?: string): EnrolmentDocument => ({
  id: `GL-${subject}-1`,
  jurisdiction: '110199',
  programme: 'high-age',
  subject,
  payees:
    payee === undefined ? [] : [{ payee, recordedAt: BEFORE, source: 'import:imp-1', by: 'staff-preparer' }],
  facts: [fact('application', '2026-09-01'), fact('street', '110199001')],
  sheetAt: '2026-11-20T02:00:00.000Z',
  version: 1,
  changedAt: BEFORE,
});
const written = (
  { key }: PersonFound,
  record: NonNullable<PersonFound['document']>['record'],
): PersonFound => ({
  key,
  document: { version: 2, changedAt: ORIGIN.now, record },
});

describe('a row that is done again', () => {
  const row = {
    name: '张三',
    idNumber: '110101194603050014',
    phone: undefined,
    street: '110199001',
    streetName: undefined,
    appliedOn: '2026-09-01',
    identityClass: undefined,
    payee: SON,
    account: '6217000000000009',
    bankName: undefined,
    stopMonth: undefined,
  };
  it.each([
    ['whose payee had no account', known('BBBBBBBBBBBB', SON.name, SON.idNumber, ''), 'BBBBBBBBBBBB'],
    ['whose payee nobody knew', { key: 'BBBBBBBBBBBB' }, undefined],
  ] as const)('of the register sheet, %s', (_, payee, paid) => {
    const enrolment = enrolled('AAAAAAAAAAAA', paid);
    const input: RegisterRowInput = {
      row,
      subject: MOTHER,
      payee,
      enrolment,
      enrolmentId: enrolment.id,
      origin: ORIGIN,
    };
    const first = decideRegisterRow(input);
    if (!first.ok || !first.value.payee) throw new Error('the payee was to be written');
    expect(first.value.outcome).toBe('changed');
    const after = { ...input, payee: written(payee, first.value.payee) };
    const whole = { ...after, enrolment: first.value.enrolment ?? enrolment };
    for (const again of [after, whole])
      expect(decideRegisterRow(again)).toMatchObject({ ok: true, value: { outcome: 'changed' } });
    const origin = { ...ORIGIN, importId: 'imp-3', requestedAt: '2026-12-21T02:00:00.000Z' };
    const other = { ...whole, origin };
    expect(decideRegisterRow(other)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
  });

  it.each([
    ['changes only the household', { residence: 'rural' }],
    ['brings only an account', { account: '6217000000000009' }],
  ])('of the household sheet, that %s', (_, changes) => {
    const values = {
      headName: '张三',
      headIdNumber: '110101194603050014',
      name: '张三',
      idNumber: '110101194603050014',
      relation: 'head',
      covered: 'yes',
      residence: 'urban',
      street: '110199001',
      appliedOn: '2026-09-01',
      payeeName: SON.name,
      payeeIdNumber: SON.idNumber,
      account: '6217000000000001',
      ...changes,
    };
    const said = householdRow(values);
    if (!said.ok) throw new Error('a good row');
    const membership = membershipText({ household: 'HHHHHHHHHHHH', relation: 'head', covered: true });
    const head = known('AAAAAAAAAAAA', '张三', '110101194603050014', '', [fact('household', membership)]);
    const account = 'account' in changes ? '' : values.account;
    const payee = known('BBBBBBBBBBBB', SON.name, SON.idNumber, account);
    const input: HouseholdRowInput = {
      row: said.value,
      member: head,
      head,
      payee,
      household: 'HHHHHHHHHHHH',
      document: {
        version: 1,
        changedAt: BEFORE,
        record: { householdKey: 'HHHHHHHHHHHH', facts: [fact('residence', 'urban')] },
      },
      enrolment: enrolled('HHHHHHHHHHHH', 'BBBBBBBBBBBB'),
      enrolmentId: 'DB-HHHHHHHHHHHH-1',
      origin: ORIGIN,
    };
    const first = decideHouseholdRow(input);
    if (!first.ok) throw new Error(first.error[0]?.en);
    expect(first.value.outcome).toBe('changed');
    const { payee: paid, household } = first.value;
    const again = {
      ...input,
      ...(paid && { payee: written(payee, paid) }),
      ...(household && { document: { version: 2, changedAt: ORIGIN.now, record: household } }),
    };
    expect(decideHouseholdRow(again)).toMatchObject({ ok: true, value: { outcome: 'changed' } });
    const other = {
      ...again,
      origin: { ...ORIGIN, importId: 'imp-3', requestedAt: '2026-12-21T02:00:00.000Z' },
    };
    expect(decideHouseholdRow(other)).toMatchObject({ ok: true, value: { outcome: 'unchanged' } });
  });
});
