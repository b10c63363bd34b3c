import { describe, expect, it } from 'vitest';
import type { EnrolmentDocument } from '../../../domain/register/enrolment.ts';
import type { RowValues } from '../../../domain/register/sheets.ts';
import {
  asksForReview,
  type HouseholdRowFound,
  householdValues,
} from '../../../domain/street/household-rows.ts';

const HOUSEHOLD = 'H00000000001';
const stamp = { recordedAt: '2026-10-01T00:00:00.000Z', source: 'register', by: 'import-1' };
const enrolment: EnrolmentDocument = {
  id: `DB-${HOUSEHOLD}-1`,
  jurisdiction: '110199',
  programme: 'dibao',
  subject: HOUSEHOLD,
  payees: [],
  facts: [{ kind: 'application', value: '2026-09-01', validFrom: '2026-09-01', ...stamp }],
  version: 1,
  changedAt: stamp.recordedAt,
};
const payee = (account?: string) => ({
  version: 1,
  changedAt: stamp.recordedAt,
  record: {
    personKey: 'P00000000001',
    legalName: '张三',
    idNumber: '1',
    facts: [],
    accounts:
      account === undefined ? [] : [{ account, holderName: '张三', validFrom: '2026-01-01', ...stamp }],
  },
});
const found = (changes: Partial<HouseholdRowFound> = {}): HouseholdRowFound => ({
  membership: { household: HOUSEHOLD, relation: 'head', covered: false },
  residence: 'urban',
  enrolment,
  determined: true,
  payee: payee('6217'),
  street: '110199001',
  ...changes,
});
const values = (row: RowValues, changes?: Partial<HouseholdRowFound>) =>
  householdValues({ name: '张三', idNumber: '1', ...row }, '110199001', 'sr-1', found(changes));
const said = (row: RowValues, changes?: Partial<HouseholdRowFound>) => {
  const read = values(row, changes);
  return read.ok ? read.value : read.error.map(({ column }) => column);
};

describe('a row as the head’s row of the household sheet', () => {
  it('keeps what it does not say: who is paid where, since when, and whether the head is covered', () => {
    expect(said({ change: 'stop', stopMonth: '2026-12' })).toEqual({
      appliedOn: '2026-09-01',
      account: '6217',
      name: '张三',
      idNumber: '1',
      stopMonth: '2026-12',
      headName: '张三',
      headIdNumber: '1',
      relation: 'head',
      covered: 'no',
      street: '110199001',
    });
  });

  it('names the representative who is paid, and gives their account to nobody else', () => {
    const named = { payee: 'P00000000001', ...stamp };
    const paid = { enrolment: { ...enrolment, payees: [named] } };
    expect(said({ change: 'stop', stopMonth: '2026-12' }, paid)).toMatchObject({
      payeeName: '张三',
      payeeIdNumber: '1',
      account: '6217',
    });
    const other = said({ change: 'change', payeeName: '李四', payeeIdNumber: '2' }, paid);
    expect(other).toMatchObject({ payeeName: '李四', payeeIdNumber: '2' });
    expect(other).not.toHaveProperty('account');
  });

  it('without an account on record a stop is still a stop', () => {
    expect(said({ change: 'stop', stopMonth: '2026-12' }, { payee: payee() })).not.toHaveProperty('account');
  });

  it.each<[string, RowValues, Partial<HouseholdRowFound>]>([
    ['a new one that was decided on', { change: 'new' }, {}],
    ['a stop of one that is not enrolled', { change: 'stop' }, { enrolment: undefined }],
    ['a stop of another street', { change: 'stop' }, { street: '110199002' }],
    ['a new one that another street keeps', { change: 'new' }, { determined: false, street: '110199002' }],
    [
      'somebody who does not head it',
      { change: 'change' },
      { membership: { household: HOUSEHOLD, relation: 'child', covered: true } },
    ],
  ])('%s is at fault', (_what, row, changes) => {
    expect(said(row, changes)).toEqual(['身份证号']);
  });

  it('a new one that another street keeps is not told to put it in as new', () => {
    const elsewhere = values({ change: 'new' }, { determined: false, street: '110199002' });
    expect(elsewhere.ok ? '' : elsewhere.error[0]?.zh).toMatch(/由其他街道管理.*“变更”/);
  });

  it('a new one says whether it is urban or rural, unless the register knows', () => {
    const nobody = { enrolment: undefined, determined: false, membership: undefined, residence: undefined };
    expect(said({ change: 'new' }, nobody)).toEqual(['城乡类别']);
    expect(said({ change: 'new', residence: 'rural' }, nobody)).toMatchObject({
      covered: 'yes',
      residence: 'rural',
    });
    expect(said({ change: 'new' }, { determined: false })).toMatchObject({ relation: 'head' });
  });

  it('put in again after an interruption it is its own row still, whatever was decided since', () => {
    const touched = { ...enrolment, facts: [...enrolment.facts, { ...enrolment.facts[0]!, by: 'sr-1' }] };
    expect(values({ change: 'new' }, { enrolment: touched, street: '110199002' }).ok).toBe(true);
  });
});

describe('whether a row asks for a review', () => {
  it.each<[boolean, RowValues]>([
    [true, { change: 'change', cause: '收入减少' }],
    [true, { change: 'change', residence: 'rural' }],
    [true, { change: 'change', checkReport: '核对1号', reviewedOn: '2026-11-01' }],
    [true, { change: 'change', account: '6217', acceptedOn: '2026-11-01' }],
    [false, { change: 'change', account: '6217', cause: '换卡' }],
    [false, { change: 'change', toStreet: '110199002' }],
    [false, { change: 'change', reviewedOn: '2026-11-01', nextReview: '2027-11-01' }],
    [false, { change: 'stop', stopMonth: '2026-12', cause: '收入超标' }],
    [false, { change: 'new', acceptedOn: '2026-11-01' }],
  ])('%s: %o', (asks, row) => {
    expect(asksForReview({ name: '张三', idNumber: '1', ...row })).toBe(asks);
  });
});
