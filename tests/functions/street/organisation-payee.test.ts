// Goal: a row of a street that names no payee leaves an institution that is paid for somebody as it is.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lastMembership } from '../../../domain/household/membership.ts';
import { bodyCheck, wholeCheck } from '../../../domain/organisation-code.ts';
import { currentPayee } from '../../../domain/register/enrolment.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import type { EnrolmentAddress } from '../../../functions/adapters/register-store.ts';
import { headId } from '../register/household-sheet.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { value } from '../run/office.ts';
import { acceptedReport, newHousehold, openHouseholdTown, openTown, STREETS, type Town } from './town.ts';

const stamp = (by: string) => ({ by, at: '2026-11-23T01:00:00.000Z', today: '2026-11-23' });
const HOME = '12110199M000100Y';
const number = ((first) => first + wholeCheck(first))(HOME + bodyCheck('M000100Y'));

async function paidToTheHome(town: Town, address: EnrolmentAddress): Promise<string> {
  const payees = new PayeeChanges(town.bureau.register);
  const named = { legalName: '示例区社会福利院', number, account: '11019900000000000002' };
  const wanted = { kind: 'organisation', named, document: '代养协议', evidence: '登记证书' } as const;
  const { change } = value(await payees.propose(address, wanted, stamp('staff-preparer')));
  value(await payees.confirm(address, change.changeId, stamp('staff-reviewer')));
  return currentPayee((await enrolment(town, address))!)!;
}
const enrolment = (town: Town, { jurisdiction, programme, id }: EnrolmentAddress) =>
  town.bureau.register.enrolment(jurisdiction, programme, id);
/** Whoever the register knows, and the changes that wait for a second person. */
async function known({ bureau }: Town): Promise<string[]> {
  const items = await bureau.engines.scan('register');
  const named = items.filter(({ pk }) => /^(P|PAYEE-CHANGES)#/.test(pk));
  return named.map(({ pk, sk }) => `${pk} ${sk}`).sort();
}

let households: Town;
let persons: Town;
beforeAll(async () => {
  [households, persons] = await Promise.all([openHouseholdTown(), openTown()]);
});
afterAll(async () => {
  await Promise.all([households.bureau.stop(), persons.bureau.stop()]);
});

it('a household that is stopped', async () => {
  await acceptedReport(households, [newHousehold(1)]);
  const head = (await households.bureau.register.personByIdNumber(headId(1)))!.record;
  const { household } = lastMembership(head.facts)!;
  const [address] = await households.bureau.register.enrolmentsOfPerson(household);
  const home = await paidToTheHome(households, address!);
  const before = await known(households);
  const row = { change: '停发', name: '张户主', idNumber: headId(1), stopMonth: '2026-12', cause: '死亡' };
  await acceptedReport(households, [row], { period: '2027-01' });
  const after = (await enrolment(households, address!))!;
  expect(latestFact(after.facts, 'stop')?.value).toBe('2026-12');
  expect(currentPayee(after)).toBe(home);
  expect(await known(households)).toEqual(before);
});

it('a person who is stopped', async () => {
  const { register } = persons.bureau;
  const person = (await register.personByIdNumber(idNumber(1)))!.record;
  const [address] = await register.enrolmentsOfPerson(person.personKey);
  const home = await paidToTheHome(persons, address!);
  const before = await known(persons);
  const street = latestFact((await enrolment(persons, address!))!.facts, 'street')?.value;
  expect(STREETS).toContain(street);
  const row = {
    change: '停发',
    name: person.legalName,
    idNumber: idNumber(1),
    stopMonth: '2026-12',
    cause: '迁出',
  };
  await acceptedReport(persons, [row], { period: '2027-01', programme: 'high-age' });
  const after = (await enrolment(persons, address!))!;
  expect(latestFact(after.facts, 'stop')?.value).toBe('2026-12');
  expect(currentPayee(after)).toBe(home);
  expect(await known(persons)).toEqual(before);
});
