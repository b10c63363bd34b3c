import { afterEach, beforeEach, expect, it } from 'vitest';
import { currentAccount } from '../../../domain/register/account.ts';
import { accountFileHash, confirmAccountFile } from '../../../functions/register/account-file.ts';
import { code, type Office, value } from '../run/office.ts';
import { changedAccount, smallOffice } from '../run/whole-month.ts';
import { idNumber, request, row, sheet } from './sheet-fixture.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const oldAccount = (n: number) => `6217${String(n).padStart(12, '0')}`;
const newAccount = (n: number) => `6299${String(n).padStart(12, '0')}`;
const person = async (n: number) => (await bureau.register.personByIdNumber(idNumber(n)))!.record;
const current = async (n: number) => currentAccount(await person(n))?.account;

/** Uploads a file of new accounts of some people and has it checked; what it gives signs it. */
async function checked(importId: string, people: readonly number[]) {
  const message = request(importId, { kind: 'accounts', requestedAt: bureau.clock.now() });
  const lines = people.map((n) => `${row(n).split(',')[0]},${oldAccount(n)},${newAccount(n)}`);
  await bureau.engines.files.put(message.objectKey, sheet(lines, '户名,原账号,新账号'));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const stored = (await bureau.imports.read(importId))!;
  const hash = (await accountFileHash(bureau.fileServices, stored))!;
  return () =>
    confirmAccountFile(bureau.fileServices, stored, { by: 'staff-cashier', at: bureau.clock.now(), hash });
}

it('a file is not signed when it is older than 20 days, and goes on being applied when it was signed before', async () => {
  const sign = await checked('swap', [1]);
  const signOther = await checked('other', [2]);
  bureau.clock.moveTo('2026-12-11');
  value(await sign());
  bureau.clock.moveTo('2026-12-13');
  expect(code(await signOther())).toBe('conflict/file-too-old');
  value(await sign());
  await bureau.deliver();
  expect([await current(1), await current(2)]).toEqual([newAccount(1), oldAccount(2)]);
});

it('a line leaves alone an account that was decided on after the file came, also when it is the same again', async () => {
  const sign = await checked('swap', [1, 2]);
  const { personKey } = await person(1);
  await changedAccount(bureau, personKey, '6217999999990001');
  await changedAccount(bureau, personKey, oldAccount(1));
  value(await sign());
  await bureau.deliver();
  expect([await current(1), await current(2)]).toEqual([oldAccount(1), newAccount(2)]);
  const { done } = await bureau.fileServices.accountFiles.read('swap');
  expect(done).toMatchObject([{ changed: 1, refused: [{ row: 2 }] }]);
});
