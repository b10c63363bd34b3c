import { describe, expect, it } from 'vitest';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import { hasEnded, type PayeeRecord, payeeFor } from '../../../domain/register/payee.ts';
import {
  checkPayee,
  namedRecord,
  type PayeeGround,
  type WantedPayee,
} from '../../../domain/register/payee-change.ts';
import type { PersonRecord } from '../../../domain/register/person.ts';
import { fact } from '../programmes/samples.ts';

const SUBJECT = 'AAAAAAAAAAAA';
const OTHER = 'BBBBBBBBBBBB';
const record = (payee: string, more: Partial<PayeeRecord> = {}): PayeeRecord => ({
  payee,
  recordedAt: '2026-09-01T00:00:00.000Z',
  source: 'test',
  by: 'staff-preparer',
  ...more,
});

describe('who is paid for a period', () => {
  const first = record(SUBJECT);
  const later = record(OTHER, { recordedAt: '2026-11-10T00:00:00.000Z', validFrom: '2027-01-01' });
  const at = (through: string, knownAt = '9999') =>
    payeeFor({ payees: [first, later] }, through, knownAt)?.payee;

  it('is the record valid by its end, of those known then the one recorded last', () => {
    expect([at('2026-11-31'), at('2026-12-31'), at('2027-01-31'), at('2027-02-31')]).toEqual([
      SUBJECT,
      SUBJECT,
      OTHER,
      OTHER,
    ]);
    expect(at('2027-01-31', '2026-11-09T00:00:00.000Z')).toBe(SUBJECT);
    expect(at('2027-01-31', '2026-08-01T00:00:00.000Z')).toBeUndefined();
    expect(payeeFor({ payees: [] }, '2027-01-31', '9999')).toBeUndefined();
  });

  it.each([
    ['2026-11', '2026-10-30', false],
    ['2026-12', '2026-11-30', false],
    ['2027-01', '2026-12-01', true],
    // Paid late, after the last day, for the month of the last day and the month before.
    ['2026-12', '2026-12-15', false],
    ['2026-12', '2026-12-16', true],
    ['2026-11', '2027-01-05', true],
  ])('a guardian until 15 December, paid for %s on %s: ended %s', (month, day, ended) => {
    expect(hasEnded(record(OTHER, { validTo: '2026-12-15' }), month, day)).toBe(ended);
    expect(hasEnded(record(OTHER), month, day)).toBe(false);
  });
});

describe('naming a payee', () => {
  const enrolment: EnrolmentDocument = {
    id: `GL-${SUBJECT}-1`,
    jurisdiction: '110199',
    programme: 'high-age',
    subject: SUBJECT,
    payees: [],
    facts: [],
    version: 1,
    changedAt: '',
  };
  const account = {
    holderName: '王儿',
    account: '6217000000009900',
    validFrom: '2026-01-01',
    recordedAt: '',
    source: '',
    by: '',
  };
  const known = (more: Partial<PersonRecord> = {}): PayeeGround['payee'] => ({
    key: OTHER,
    document: {
      version: 1,
      changedAt: '',
      record: { personKey: OTHER, legalName: '王儿', idNumber: '', facts: [], accounts: [account], ...more },
    },
  });
  const GUARDIAN: WantedPayee = {
    kind: 'guardian',
    named: { legalName: '王儿', number: '110101197001010016' },
    relation: 'child',
    document: '（2026）示0199民特12号',
    validTo: '2026-12-15',
    evidence: '判决书原件',
  };
  const answer = (wanted: Partial<WantedPayee>, ground: Partial<PayeeGround> = {}) => {
    const checked = checkPayee(
      { ...GUARDIAN, ...wanted },
      { enrolment, unit: 'person', payee: known(), today: '2026-11-20', ...ground },
    );
    return checked.ok ? 'accepted' : checked.error.code;
  };
  const bare = { named: undefined, relation: undefined, document: undefined, validTo: undefined };

  it('takes a guardian with relation, document and a last day that is not past', () => {
    expect(answer({})).toBe('accepted');
    for (const missing of ['named', 'relation', 'document', 'validTo'] as const)
      expect(answer({ [missing]: undefined })).toBe('invalid/payee-grounds');
    expect(answer({ validTo: '2026-11-19' })).toBe('invalid/payee-dates');
    expect(answer({ validTo: '2026-11-20' })).toBe('accepted');
    expect(answer({ validFrom: '2026-12-16' })).toBe('invalid/payee-dates');
  });

  it('takes a caregiver of a person under an agreement that ends', () => {
    expect(answer({ kind: 'caregiver', relation: 'other' })).toBe('accepted');
    for (const missing of ['named', 'relation', 'document', 'validTo'] as const)
      expect(answer({ kind: 'caregiver', [missing]: undefined })).toBe('invalid/payee-grounds');
    expect(answer({ kind: 'caregiver' }, { unit: 'household' })).toBe('invalid/payee-kind');
  });

  it('fits the unit: a person himself, a household its head or a member', () => {
    expect(answer({ ...bare, kind: 'self' }, { payee: undefined })).toBe('accepted');
    expect(answer({ ...bare, kind: 'head' }, { payee: undefined })).toBe('invalid/payee-kind');
    const household = { unit: 'household' } as const;
    expect(answer({ ...bare, kind: 'head' }, { ...household, payee: undefined })).toBe('accepted');
    expect(answer({ ...bare, kind: 'self' }, { ...household, payee: undefined })).toBe('invalid/payee-kind');
    expect(answer({ kind: 'representative' }, household)).toBe('conflict/payee-not-a-member');
    const member = known({ facts: [fact('household', '2026-01-01', `${SUBJECT}:spouse:covered`)] });
    expect(answer({ kind: 'representative' }, { ...household, payee: member })).toBe('accepted');
    expect(answer({ kind: 'representative', validTo: undefined })).toBe('accepted');
    expect(answer({ kind: 'organisation', relation: undefined, validTo: undefined })).toBe('accepted');
    expect(answer({ kind: 'organisation', document: undefined })).toBe('invalid/payee-grounds');
  });

  it('is held against the register: name, death, account', () => {
    expect(answer({ named: { legalName: '王二', number: '110101197001010016' } })).toBe(
      'conflict/payee-name',
    );
    expect(answer({}, { payee: { key: SUBJECT } })).toBe('conflict/payee-is-beneficiary');
    const dead = known({ facts: [fact('death-reported', '2026-11-01', '2026-11-01')] });
    expect(answer({}, { payee: dead })).toBe('conflict/payee-reported-dead');
    expect(answer({}, { payee: known({ accounts: [] }) })).toBe('missing/payee-account');
    expect(answer({}, { payee: { key: OTHER } })).toBe('missing/payee-account');
    const named = { legalName: '王儿', number: '110101197001010016', account: '6217000000009901' };
    expect(answer({ named }, { payee: { key: OTHER } })).toBe('accepted');
    expect(answer({ named })).toBe('conflict/payee-account');
    expect(answer({ named: { ...named, account: account.account } })).toBe('accepted');
  });

  it('changes something', () => {
    const { named: _named, evidence: _evidence, ...grounds } = GUARDIAN;
    const already = { ...enrolment, payees: [record(OTHER, grounds)] };
    expect(answer({}, { enrolment: already })).toBe('conflict/payee-unchanged');
    expect(answer({ validTo: '2027-12-15' }, { enrolment: already })).toBe('accepted');
  });

  it('makes a record of an organisation with its account, and leaves a known one alone', () => {
    const change = {
      ...GUARDIAN,
      kind: 'organisation',
      named: { legalName: '示例区社会福利院', number: '91350100M000100Y43', account: '11019900000000000002' },
      changeId: 'CHANGE',
      enrolment: enrolment.id,
      proposedBy: 'staff-preparer',
      proposedAt: '',
    } as const;
    const confirmed = { by: 'staff-reviewer', at: '2026-11-20T02:00:00.000Z', today: '2026-11-20' };
    expect(namedRecord(change, { key: OTHER }, confirmed)).toMatchObject({
      organisation: true,
      legalName: '示例区社会福利院',
      idNumber: '91350100M000100Y43',
      facts: [],
      accounts: [{ holderName: '示例区社会福利院', by: 'staff-preparer', confirmedBy: 'staff-reviewer' }],
    });
    expect(namedRecord(change, { key: OTHER, record: known()!.document!.record }, confirmed)).toBeUndefined();
    expect(namedRecord({ ...change, named: undefined }, { key: OTHER }, confirmed)).toBeUndefined();
  });
});
