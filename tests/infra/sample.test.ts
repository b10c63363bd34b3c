import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { checkLine } from '../../domain/bank/instruction-file.ts';
import { PIPE_GB18030 } from '../../domain/bank/layout.ts';
import { looksMistyped, parseBankAccount } from '../../domain/bank-account.ts';
import { addMonths, birthday, monthOf } from '../../domain/calendar.ts';
import { parseIdentityNumber } from '../../domain/identity-number.ts';
import { fen } from '../../domain/money.ts';
import { dotLookalike, parsePersonName } from '../../domain/person-name.ts';
import { registerRow } from '../../domain/register/register-row.ts';
import { type RowClash, SheetAgreement } from '../../domain/register/sheet-agreement.ts';
import { readHeadings, readRow, type SheetKind } from '../../domain/register/sheets.ts';
import { gb18030 } from '../../functions/adapters/gb18030.ts';
import { DISTRICT_PEOPLE, type District, generateDistrict } from '../../infra/local/sample/district.ts';
import { LINKED_NAME, SPECIAL_NAMES } from '../../infra/local/sample/names.ts';
import { cardNumber } from '../../infra/local/sample/numbers.ts';
import { SAMPLE_STREETS } from '../../infra/local/sample/streets.ts';

const MONTH = '2026-12';
const TODAY = '2026-11-22';
const CONTEXT = { jurisdiction: '110199', today: TODAY };
const whole = generateDistrict({ seed: 'a', month: MONTH });

/** What the importer itself makes of a sheet: faults by row, and rows that clash with an earlier one. */
function readSheet(kind: SheetKind, csv: string) {
  const rows = parse(csv, { bom: true, relax_column_count: true });
  const columnIds = readHeadings(kind, rows[0] ?? []);
  if (!columnIds.ok) throw new Error(columnIds.error.en);
  const agreement = new SheetAgreement(kind, columnIds.value);
  const faults = new Map<number, string[]>();
  const clashes: RowClash[] = [];
  for (const [index, cells] of rows.slice(1).entries()) {
    const row = index + 2;
    const clash = agreement.see(row, cells);
    if (clash) clashes.push(clash);
    const values = readRow(kind, columnIds.value, cells, CONTEXT);
    const read = values.ok && kind === 'register' ? registerRow(values.value) : values;
    if (!read.ok)
      faults.set(
        row,
        read.error.map(({ column = '' }) => column),
      );
  }
  return { rows: rows.length - 1, faults, clashes };
}

const byNumber = (district: District) => new Map(district.people.map((person) => [person.idNumber, person]));

describe('the sample district', () => {
  it('is the same bytes for the same seed, and others for another seed, size or month', () => {
    const again = generateDistrict({ seed: 'a', month: MONTH });
    expect(again.registerCsv === whole.registerCsv && again.deathsCsv === whole.deathsCsv).toBe(true);
    expect(again.planted).toEqual(whole.planted);
    for (const other of [
      { seed: 'b', month: MONTH },
      { seed: 'a', month: MONTH, people: 3650 },
      { seed: 'a', month: '2026-11' },
    ]) {
      expect(generateDistrict(other).registerCsv === whole.registerCsv).toBe(false);
    }
  });

  it('has 3,649 people with an enrolment, each once, and streets in the order of the sheet', () => {
    expect(whole.people).toHaveLength(DISTRICT_PEOPLE);
    expect(byNumber(whole).size).toBe(DISTRICT_PEOPLE);
    const order = whole.people.map(({ street }) => SAMPLE_STREETS.indexOf(street));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(new Set(order).size).toBe(SAMPLE_STREETS.length);
  });

  it('has ages as a district has them', () => {
    const share = (from: number, to: number): number =>
      whole.people.filter(({ birthDate }) => {
        const turned = (age: number): boolean => birthday(birthDate, age, 'mar-1') <= `${MONTH}-01`;
        return turned(from) && !turned(to);
      }).length / DISTRICT_PEOPLE;
    expect(share(80, 90)).toBeGreaterThan(0.8);
    expect(share(90, 100)).toBeGreaterThan(0.14);
    expect(share(100, 130)).toBeGreaterThan(0.002);
    expect(share(100, 130)).toBeLessThan(0.02);
  });

  it.each([100, 137, DISTRICT_PEOPLE])('has only well-formed numbers, of nobody (%i people)', (people) => {
    const district =
      people === DISTRICT_PEOPLE ? whole : generateDistrict({ seed: 'x', month: MONTH, people });
    const payeeAccounts = new Map<string, string>();
    for (const person of district.people) {
      const own = parseIdentityNumber(person.idNumber, { today: TODAY });
      expect(own.ok && own.value.birthDate === person.birthDate && own.value.sex === person.sex).toBe(true);
      expect(person.idNumber.startsWith('110199')).toBe(true);
      expect(parseIdentityNumber(person.payee?.idNumber ?? person.idNumber, { today: TODAY }).ok).toBe(true);
      expect(parseBankAccount(person.account)).toEqual({ ok: true, value: { account: person.account } });
      expect(looksMistyped(person.account)).toBe(false);
      expect(person.account).toMatch(/^62\d{17}$/);
      expect(parsePersonName(person.name).ok).toBe(true);
      expect(person.appliedOn <= `${addMonths(MONTH, -1)}-10`).toBe(true);
      const payee = person.payee?.idNumber ?? person.idNumber;
      expect(payeeAccounts.get(payee) ?? person.account).toBe(person.account);
      payeeAccounts.set(payee, person.account);
    }
    const pairs = district.planted.cast.sharedAccounts.length;
    expect(new Set(payeeAccounts.values()).size).toBe(payeeAccounts.size - pairs);
  });

  it('has rare, dotted and long names that a bank file can carry, and one that it cannot', () => {
    const names = new Set(whole.people.map(({ name }) => name));
    for (const { name } of SPECIAL_NAMES) expect(names).toContain(name);
    for (const name of ['㛃', '𬎆', '䶮']) expect([...names].some((each) => each.includes(name))).toBe(true);
    expect([...names].some((name) => Array.from(name.replace('·', '')).length === 25)).toBe(true);
    const refused = whole.people.filter(({ name, account }) =>
      checkLine({ account, name, fen: fen(1), endToEndId: 'X', summary: '高龄津贴' }, PIPE_GB18030, gb18030),
    );
    expect(refused.map(({ idNumber }) => idNumber)).toEqual(whole.planted.cast.wrongDot);
    expect(dotLookalike(refused[0]?.name ?? '')?.codePoint).toBe('U+2022');
  });

  it('never gives the same card number twice, even for neighbouring serials', () => {
    const cards = Array.from({ length: 20_000 }, (_, serial) => cardNumber(serial));
    expect(new Set(cards).size).toBe(cards.length);
  });

  it('refuses a size that has no room for the planted people', () => {
    expect(() => generateDistrict({ seed: 'a', month: MONTH, people: 99 })).toThrow(/at least 100/);
  });
});

describe('what is planted', () => {
  it.each(['a', 'b', 'c'])(
    'is what the importer finds in the register sheet, and nothing else (seed %s)',
    (seed) => {
      const district = generateDistrict({ seed, month: MONTH, people: 300 });
      const { rejected, counts } = district.planted.register;
      const { rows, faults, clashes } = readSheet('register', district.registerCsv);
      const twice = rejected.find(({ what }) => what === 'same person twice with other content');
      const within = rejected.filter((planted) => planted !== twice);
      expect([...faults].map(([row, columns]) => ({ row, columns }))).toEqual(
        within.map(({ row, columns }) => ({ row, columns })),
      );
      expect(clashes.map(({ row, kind }) => ({ row, kind }))).toEqual([
        { row: twice?.row, kind: 'subject' },
        { row: rows + 1, kind: 'repeat' },
      ]);
      expect(rejected.length).toBe(counts.rejected);
      expect(counts.created).toBe(300);
      expect(counts.accepted + counts.rejected).toBe(rows);
    },
  );

  it('is what the importer finds in the death list', () => {
    const { rejected, counts } = whole.planted.deaths;
    const { rows, faults } = readSheet('deaths', whole.deathsCsv);
    const known = byNumber(whole);
    const payees = new Map(
      whole.people.flatMap(({ payee }) => (payee ? [[payee.idNumber, payee.name]] : [])),
    );
    const sheet = parse(whole.deathsCsv, { bom: true }).slice(1);
    const register = (idNumber: string) => known.get(idNumber)?.name ?? payees.get(idNumber);
    const found = sheet.filter(([idNumber = '']) => register(idNumber) !== undefined);
    const otherName = found.filter(([idNumber = '', name]) => register(idNumber) !== name);
    expect([...faults.keys()]).toEqual([rejected[1]?.row]);
    expect(otherName).toHaveLength(1);
    expect(sheet.indexOf(otherName[0] ?? []) + 2).toBe(rejected[0]?.row);
    expect(found.length - otherName.length).toBe(counts.changed);
    expect(rows).toBe(counts.accepted + counts.rejected);
  });

  it('names people who are what it says', () => {
    const people = byNumber(whole);
    const { cast } = whole.planted;
    const of = (ids: readonly string[]) => ids.map((id) => people.get(id)!);
    for (const [one, other] of cast.sharedAccounts) {
      expect(people.get(one)?.account).toBe(people.get(other)?.account);
      expect(people.get(one)?.payee ?? people.get(other)?.payee).toBeUndefined();
    }
    for (const { birthDate } of of(cast.turning80))
      expect(monthOf(birthday(birthDate, 80, 'mar-1'))).toBe(MONTH);
    for (const { birthDate } of of(cast.underAge))
      expect(monthOf(birthday(birthDate, 80, 'mar-1')) > MONTH).toBe(true);
    for (const { birthDate, appliedOn } of of(cast.lateApplications)) {
      expect(addMonths(monthOf(birthday(birthDate, 80, 'mar-1')), 6) < monthOf(appliedOn)).toBe(true);
    }
    for (const { stopMonth = '9999' } of of(cast.movedOut)) expect(stopMonth < MONTH).toBe(true);
    for (const { payee } of of(cast.payeeReportedDead)) expect(whole.deathsCsv).toContain(payee!.idNumber);
    const [first, second] = of(cast.oneChildForBoth);
    expect(first?.payee).toEqual(second?.payee);
    expect(first?.payee).toBeDefined();
    expect(people.get(cast.linked)?.name).toBe(LINKED_NAME);
    expect(cast.sharedAccounts.flat()).toContain(cast.overridden);
    expect(people.has(cast.heldByHand)).toBe(true);
  });

  it('adds up to all people', () => {
    const { run, cast } = whole.planted;
    expect(run.payable + run.held + run.blocked + run.nothingDue).toBe(DISTRICT_PEOPLE);
    const special = [
      ...cast.sharedAccounts.flat(),
      ...cast.reportedDead,
      ...cast.payeeReportedDead,
      ...cast.certifiedDead,
      ...cast.wrongDot,
      ...cast.underAge,
      ...cast.movedOut,
    ];
    expect(special).toHaveLength(DISTRICT_PEOPLE - run.payable);
    expect(new Set(special).size).toBe(special.length);
  });
});
