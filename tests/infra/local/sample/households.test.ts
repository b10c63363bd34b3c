import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseReadRows } from '../../../../functions/register/read-row.ts';
import { expectedAmount } from '../../../../infra/local/sample/expected-dibao.ts';
import { generateHouseholds } from '../../../../infra/local/sample/households.ts';
import { SAMPLE_STREETS } from '../../../../infra/local/sample/streets.ts';
import { dibaoOffice } from '../../../functions/determination/bureau.ts';
import type { Office } from '../../../functions/run/office.ts';
import { addressOf, brought } from './sample-office.ts';

const MONTH = '2026-12';
const whole = generateHouseholds({ seed: 'a', month: MONTH });
const everybody = whole.households.flatMap(({ members }) => members);

describe('the households of the sample district', () => {
  it('are the same bytes for the same seed, and others for another seed, size or month', () => {
    const bytes = (options: Parameters<typeof generateHouseholds>[0]) =>
      generateHouseholds(options).sheets.map((sheet) => sheet.bytes.toString('base64'));
    const first = bytes({ seed: 'a', month: MONTH });
    expect(bytes({ seed: 'a', month: MONTH })).toEqual(first);
    for (const other of [
      { seed: 'b', month: MONTH },
      { seed: 'a', month: MONTH, households: 1101 },
      { seed: 'a', month: '2026-11' },
    ])
      expect(bytes(other).some((each) => first.includes(each))).toBe(false);
    expect(() => generateHouseholds({ seed: 'a', month: MONTH, households: 23 })).toThrow(/at least 24/);
  });

  it('are 1,100 with some 2,100 members, each person and account once, all of them below the standard', () => {
    expect(whole.households).toHaveLength(1100);
    expect(everybody.length).toBeGreaterThan(2000);
    expect(everybody.length).toBeLessThan(2400);
    const payees = whole.households.flatMap(({ payee }) => (payee ? [payee] : []));
    const numbers = [...everybody, ...payees].map(({ idNumber }) => idNumber);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(new Set(whole.households.map(({ account }) => account)).size).toBe(1100);
    expect(new Set(whole.households.map(({ certificate }) => certificate)).size).toBe(1100);
    for (const each of whole.households) expect(expectedAmount(each, MONTH)).toBeGreaterThan(0);
    const sizes = new Set(whole.households.map(({ members }) => members.length));
    expect([1, 2, 3, 4, 5, 6].every((size) => sizes.has(size))).toBe(true);
  });

  it.each(['a', 'b', 'c'])('have what is planned for them, each in another household (seed %s)', (seed) => {
    const { households, planted, sheets } = generateHouseholds({ seed, month: MONTH, households: 24 });
    const ofMember = (idNumber: string) =>
      households.find(({ members }) => members.some((member) => member.idNumber === idNumber))!;
    const { split, headDeath } = planted;
    const heads = [planted.incomeCorrection, split.head, planted.memberDeath, headDeath.head, planted.linked];
    expect(new Set(heads.map((head) => ofMember(head).certificate)).size).toBe(heads.length);
    for (const head of heads) {
      expect([planted.lateStreet, planted.nilStreet]).not.toContain(ofMember(head).street.code);
      expect(planted.newcomers).not.toContain(ofMember(head).members[0]!.idNumber);
    }
    expect(ofMember(split.leaving)).toBe(ofMember(split.head));
    expect(ofMember(headDeath.heir)).toBe(ofMember(headDeath.head));
    expect(ofMember(planted.memberDeath).members[0]!.idNumber).not.toBe(planted.memberDeath);
    expect(planted.guardianPaid.length).toBeGreaterThan(0);
    for (const head of planted.newcomers)
      expect([expectedAmount(ofMember(head), '2026-11'), expectedAmount(ofMember(head), MONTH) > 0]).toEqual([
        0,
        true,
      ]);
    expect(sheets.map(({ street }) => street)).toEqual(SAMPLE_STREETS);
  });
});

describe('the sheets of the streets', () => {
  const district = generateHouseholds({ seed: 'sheets', month: MONTH, households: 60 });
  let bureau: Office;
  beforeAll(async () => {
    bureau = await dibaoOffice();
  });
  afterAll(() => bureau.stop());

  it.each(district.sheets)('$fileName: exactly the planted rows come back', async (sheet) => {
    const { counts, importId, notes } = await brought(bureau, sheet);
    expect(counts).toMatchObject(sheet.expected);
    const bytes = await bureau.engines.files.read(`imports/${importId}/rejected/000000.json`);
    const found = bytes ? parseReadRows(bytes) : [];
    expect(found.map(({ row, faults }) => [row, faults.map(({ column }) => column)])).toEqual(
      sheet.rejected.map(({ row, columns }) => [row, columns]),
    );
    expect(sheet.rejected.length).toBeGreaterThan(0);
    expect(notes.filter(({ code }) => code === 'total-differs')).toEqual([]);
  });

  it('bring every household with its members and its payee, whatever the shape of its sheet', async () => {
    for (const household of district.households) {
      const { id } = await addressOf(bureau, household);
      const [, key = ''] = id.split('-');
      const [enrolment] = await bureau.register.enrolmentsOfPerson(key);
      const payee = household.payee ?? household.members[0]!;
      const person = (await bureau.register.personByIdNumber(payee.idNumber))!;
      expect(person.record.accounts.map(({ account }) => account)).toEqual([household.account]);
      expect(enrolment!.payees.map((each) => each.payee)).toEqual(
        household.payee ? [person.record.personKey] : [],
      );
      const application = enrolment!.facts.find(({ kind }) => kind === 'application');
      expect(application?.value).toBe(household.appliedOn);
      for (const { idNumber, name } of household.members)
        expect((await bureau.register.personByIdNumber(idNumber))?.record.legalName).toBe(name);
    }
  });
});
