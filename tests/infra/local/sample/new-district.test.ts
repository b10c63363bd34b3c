// Goal: the second bureau of the demo is one that could be: everybody has numbers of his own, and whoever is in a programme has figures that
// were worked out apart from it, by which paying, paying late and asking back come out as they must.
import { expect, it } from 'vitest';
import { parseIdentityNumber } from '../../../../domain/identity-number.ts';
import { parseOrganisationCode } from '../../../../domain/organisation-code.ts';
import { EXPECTED_QUARTER, expectedRuns } from '../../../../infra/local/sample/expected-quarter.ts';
import { FEW_PEOPLE } from '../../../../infra/local/sample/few-people.ts';
import { NEW_ORGANISATIONS, NEW_PEOPLE, newRegister } from '../../../../infra/local/sample/new-district.ts';
import { NEW_HOUSEHOLDS, newHouseholdSheet } from '../../../../infra/local/sample/new-households.ts';

it('everybody has an identity number and an account of his own', () => {
  const ids = [...NEW_PEOPLE, ...FEW_PEOPLE].map(({ idNumber }) => idNumber);
  const members = NEW_HOUSEHOLDS.flatMap((household) => household.members.map(({ idNumber }) => idNumber));
  for (const idNumber of [...ids, ...members])
    expect(parseIdentityNumber(idNumber, { today: '2026-11-22' }).ok).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(members).size).toBe(members.length);
  const accounts = [
    ...[...NEW_PEOPLE, ...FEW_PEOPLE].map(({ cells }) => cells['收款账号']),
    ...NEW_HOUSEHOLDS.map(({ account }) => account),
  ];
  expect(new Set(accounts).size).toBe(accounts.length);
  for (const [, code] of Object.values(NEW_ORGANISATIONS)) expect(parseOrganisationCode(code).ok).toBe(true);
});

it('whoever is in a programme that pays by the month has figures, and nobody else', () => {
  const { dibao, 'price-subsidy': _onRolls, ...enrolledByOne } = EXPECTED_QUARTER;
  expect(Object.keys(dibao ?? {})).toHaveLength(NEW_HOUSEHOLDS.length);
  for (const [programme, persons] of Object.entries(enrolledByOne)) {
    const enrolled = NEW_PEOPLE.filter((person) => programme in person.in).map(({ id }) => id);
    expect(Object.keys(persons).toSorted()).toEqual(enrolled.toSorted());
  }
  // Three orders of headings and rows: the sheet, a later one about one person, and the household whose income was told late.
  expect(newRegister('orphan').trim().split('\r\n')).toHaveLength(5);
  expect(newRegister('orphan', { 'orphan-back': {} }).trim().split('\r\n')).toHaveLength(2);
  expect(newHouseholdSheet('corrected').trim().split('\r\n')).toHaveLength(4);
});

it('the one in five programmes: arrears of what was learned late, and what is asked back after his death', () => {
  expect(expectedRuns('high-age', 'five')).toEqual([
    { lines: { '2026-10': 10_000 }, recoveries: {} },
    { lines: { '2026-10': 2_000, '2026-11': 12_000 }, recoveries: {} },
    { lines: {}, recoveries: { '2026-11': 12_000 } },
  ]);
  expect(expectedRuns('disability-nursing', 'five')[1]?.lines).toEqual({
    '2026-10': 20_000,
    '2026-11': 30_000,
  });
  expect(expectedRuns('veterans-care', 'five')[2]).toEqual({
    lines: { '2026-10': 630_000 },
    recoveries: { '2026-11': 105_000 },
  });
});

it('what was ordered back is proposed no more; what was not stays proposed', () => {
  const asked = (programme: string, who: string) =>
    expectedRuns(programme, who).map(({ recoveries }) => recoveries['2026-10'] ?? 0);
  expect(asked('orphan', 'orphan-back')).toEqual([0, 285_000, 0]);
  expect(asked('price-subsidy', 'orphan-back')).toEqual([0, 6_090, 6_090]);
});
