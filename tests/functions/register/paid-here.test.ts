import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WantedPayee } from '../../../domain/register/payee-change.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { household, householdOffice } from '../run/household-office.ts';
import { type Office, value } from '../run/office.ts';
import { smallOffice } from '../run/whole-month.ts';
import { idNumber, request, row, sheet } from './sheet-fixture.ts';

let bureau: Office | undefined;
afterEach(() => bureau?.stop());

/** How many lines of a file of changed accounts, given as name and old account, are accepted and refused. */
async function checked(office: Office, lines: readonly (readonly [string, string])[]) {
  const message = request(`swap-${lines[0]?.[1]}`, { kind: 'accounts', requestedAt: office.clock.now() });
  const rows = lines.map(([name, account], n) => `${name},${account},62998${String(n).padStart(11, '0')}`);
  await office.engines.files.put(message.objectKey, sheet(rows, '户名,原账号,新账号'));
  office.engines.send('imports', JSON.stringify(message));
  await office.deliver();
  const { changed, rejected } = (await office.imports.read(message.importId))!.summary!.counts;
  return { changed, rejected };
}
const account = (n: number) => `6217${String(n).padStart(12, '0')}`;

describe('a line of changed accounts is for who is paid here', () => {
  let office: Office;
  const named = (n: number, name: string) => ({
    legalName: name,
    number: idNumber(n, '19700101'),
    account: account(n),
  });
  const guardian = (n: number, name: string): WantedPayee => ({
    kind: 'guardian',
    named: named(n, name),
    relation: 'child',
    document: `民特${n}号`,
    validTo: '2030-12-31',
    evidence: '判决书原件',
  });

  async function pay(wanted: WantedPayee) {
    const changes = new PayeeChanges(office.register);
    const { personKey } = (await office.register.personByIdNumber(idNumber(1)))!.record;
    const enrolment = async () => (await office.register.enrolmentsOfPerson(personKey))[0]!;
    const on = (by: string) => ({ by, at: office.clock.now(), today: office.clock.today() });
    const { change } = value(await changes.propose(await enrolment(), wanted, on('staff-preparer')));
    value(await changes.confirm(await enrolment(), change.changeId, on('staff-reviewer')));
  }

  beforeEach(async () => {
    office = await smallOffice();
    bureau = office;
  });

  it('the guardian, and neither the guardian before nor the ward whose own card is not paid into', async () => {
    await pay(guardian(901, '王大'));
    await pay(guardian(902, '王二'));
    const ward = row(1).split(',')[0]!;
    expect(await checked(office, [['王大', account(901)]])).toEqual({ changed: 0, rejected: 1 });
    expect(await checked(office, [[ward, account(1)]])).toEqual({ changed: 0, rejected: 1 });
    expect(await checked(office, [['王二', account(902)]])).toEqual({ changed: 1, rejected: 0 });
  });
});

it('looks nobody up by identity number: lines are found by their account', async () => {
  const office = await smallOffice();
  bureau = office;
  const lookedUp = vi.spyOn(office.register, 'personKeysByIdNumber');
  const message = request('with-ids', { kind: 'accounts', requestedAt: office.clock.now() });
  const line = `${row(1).split(',')[0]},${idNumber(1)},${account(1)},6299000000000001`;
  await office.engines.files.put(message.objectKey, sheet([line], '户名,身份证号,原账号,新账号'));
  office.engines.send('imports', JSON.stringify(message));
  await office.deliver();
  expect((await office.imports.read('with-ids'))?.summary?.counts).toMatchObject({ changed: 1 });
  expect(lookedUp).not.toHaveBeenCalled();
});

it('of a household the head, and not a member with an account paid into elsewhere', async () => {
  const office = await householdOffice();
  bureau = office;
  await household(office, 1);
  expect(await checked(office, [['张三', account(501)]])).toEqual({ changed: 0, rejected: 1 });
  expect(await checked(office, [['张三', account(1)]])).toEqual({ changed: 1, rejected: 0 });
});
