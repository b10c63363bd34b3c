import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { currentAccount } from '../../../domain/register/account.ts';
import {
  accountFileHash,
  announceAccountFile,
  confirmAccountFile,
} from '../../../functions/register/account-file.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { approved, code, computed, dispatched, type Office, REGULAR, seen, value } from '../run/office.ts';
import { changedAccount, seeded, smallOffice, wholeMonth } from '../run/whole-month.ts';
import { idNumber, request, row, sheet } from './sheet-fixture.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await smallOffice();
});
afterEach(() => bureau.stop());

const HEADINGS = '户名,身份证号,原账号,新账号';
const oldAccount = (n: number) => `6217${String(n).padStart(12, '0')}`;
const newAccount = (n: number) => `6299${String(n).padStart(12, '0')}`;
const nameOf = (n: number) => row(n).split(',')[0]!;
const line = (n: number, name = nameOf(n)) => `${name},,${oldAccount(n)},${newAccount(n)}`;

/** Uploads a file and has it checked. */
async function checked(importId: string, lines: readonly string[]) {
  const message = request(importId, { kind: 'accounts', requestedAt: bureau.clock.now() });
  await bureau.engines.files.put(message.objectKey, sheet(lines, HEADINGS));
  bureau.engines.send('imports', JSON.stringify(message));
  await bureau.deliver();
  const stored = (await bureau.imports.read(importId))!;
  return {
    stored,
    hash: (await accountFileHash(bureau.fileServices, stored))!,
    counts: stored.summary!.counts,
  };
}
type Checked = Awaited<ReturnType<typeof checked>>;
const confirm = ({ stored, hash }: Checked, by = 'staff-cashier') =>
  confirmAccountFile(bureau.fileServices, stored, { by, at: bureau.clock.now(), hash });
const accountsOf = async (n: number) =>
  (await bureau.register.personByIdNumber(idNumber(n)))!.record.accounts;
const current = async (n: number) => currentAccount({ accounts: await accountsOf(n) })?.account;

describe('a file of changed accounts from the bank', () => {
  it('is compared line by line, and changes nothing before the second signature', async () => {
    const file = await checked('swap', [
      line(1),
      line(2, '另一人'),
      `${nameOf(3)},${idNumber(1)},${oldAccount(3)},${newAccount(3)}`,
      `${nameOf(1)},,6217000000009999,${newAccount(9)}`,
      line(1),
    ]);
    expect(file.counts).toMatchObject({ changed: 1, rejected: 3, unchanged: 1 });
    expect(await current(1)).toBe(oldAccount(1));
    const errors = Buffer.from(
      (await bureau.engines.files.read(file.stored.summary!.errorFileKey!))!,
    ).toString();
    expect(errors).toContain('【户名】户名与对象信息库');
    expect(errors).toContain('【身份证号】身份证号与对象信息库');
    expect(errors).toContain('【原账号】本区划没有对象');
    await announceAccountFile(bureau.fileServices, 'swap');
    await bureau.deliver();
    expect(await current(1)).toBe(oldAccount(1));
    value(await confirm(file));
    await bureau.deliver();
    expect([await current(1), await current(2), await current(3)]).toEqual([
      newAccount(1),
      oldAccount(2),
      oldAccount(3),
    ]);
    expect((await accountsOf(1)).at(-1)).toMatchObject({
      holderName: nameOf(1),
      bankName: '示例银行',
      by: 'staff-preparer',
      confirmedBy: 'staff-cashier',
      evidence: 'swap',
    });
  });

  it('is signed by two persons on one hash, once', async () => {
    const file = await checked('swap', [line(1), line(2)]);
    expect(code(await confirm(file, 'staff-preparer'))).toBe('forbidden/same-person');
    expect(code(await confirm({ ...file, hash: '0'.repeat(64) }))).toBe('conflict/stale-hash');
    const answers = await Promise.all(['staff-cashier', 'staff-reviewer'].map((by) => confirm(file, by)));
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/already-confirmed']);
    await bureau.deliver();
    expect(await current(2)).toBe(newAccount(2));
    const again = await checked('swap-again', [line(1), line(2)]);
    expect(again.hash).toBe(file.hash);
    expect(again.counts).toMatchObject({ changed: 0, unchanged: 2 });
    expect(code(await confirm(again))).toBe('conflict/nothing-to-change');
  });

  it('with the same lines as another one is not applied twice', async () => {
    const [one, two] = [await checked('one', [line(1)]), await checked('two', [line(1)])];
    value(await confirm(one));
    expect(code(await confirm(two))).toBe('conflict/same-file');
    await bureau.deliver();
    expect(await accountsOf(1)).toHaveLength(2);
  });

  it('leaves out a line whose person has another account by now, and says so', async () => {
    const file = await checked('swap', [line(1), line(2)]);
    const person = (await bureau.register.personByIdNumber(idNumber(1)))!.record.personKey;
    await changedAccount(bureau, person, '6217999999990001');
    value(await confirm(file));
    await bureau.deliver();
    expect([await current(1), await current(2)]).toEqual(['6217999999990001', newAccount(2)]);
    const { done } = await bureau.fileServices.accountFiles.read('swap');
    expect(done).toMatchObject([{ changed: 1, unchanged: 0, refused: [{ row: 2 }] }]);
  });

  it('delivered twice and in any order, gives each person one new account', async () => {
    const file = await checked(
      'swap',
      [1, 2, 3].map((n) => line(n)),
    );
    value(await confirm(file));
    value(await confirm(file));
    await bureau.deliver({ times: 2, random: seeded(1) });
    for (const n of [1, 2, 3])
      expect((await accountsOf(n)).map(({ account }) => account)).toEqual([oldAccount(n), newAccount(n)]);
    const { done } = await bureau.fileServices.accountFiles.read('swap');
    expect(done).toMatchObject([{ changed: 3, unchanged: 0, refused: [] }]);
  });

  it.each(['before', 'after'] as const)(
    'is finished by the sweeper when its worker died %s any write',
    async (when) => {
      const people = [1, 2, 3];
      const account = (time: number, n: number) =>
        time === 0 ? oldAccount(n) : `62990000${String(time).padStart(4, '0')}000${n}`;
      await dyingAtEveryWrite(async (time) => {
        const name = `swap-${time}`;
        const lines = people.map((n) => `${nameOf(n)},,${account(time, n)},${account(time + 1, n)}`);
        value(await confirm(await checked(name, lines)));
        const died = await diesAfter(bureau.faults, time, bureau.deliver, when);
        bureau.failures.forget();
        for (let look = 0; look < 3; look += 1) {
          await bureau.sweep();
          await bureau.deliver();
        }
        const { done } = await bureau.fileServices.accountFiles.read(name);
        expect(done).toMatchObject([{ changed: 3, unchanged: 0, refused: [] }]);
        for (const n of people) expect(await accountsOf(n)).toHaveLength(time + 2);
        return died;
      });
      expect(await bureau.fileServices.accountFiles.unfinished()).toEqual([]);
    },
  );
});

it('whoever brought in or confirmed the file signs no run that first pays into it; a reviewer is left when the cashier confirms', async () => {
  await wholeMonth(bureau);
  value(await confirm(await checked('swap', [line(1)])));
  await bureau.deliver();
  bureau.clock.moveTo('2026-11-25');
  const run = await computed(bureau, { ...REGULAR, period: '2027-01' });
  expect(run.totals?.accountChangers).toEqual(['staff-cashier', 'staff-preparer']);
  value(await bureau.actions.submit({ ...seen(bureau, run), by: 'staff-other' }));
  const barred = { id: 'staff-cashier', roles: ['reviewer'] };
  expect(code(await bureau.actions.sign({ ...seen(bureau, run), signer: barred }))).toBe(
    'forbidden/changed-account',
  );
  value(await bureau.actions.sendBack({ runId: run.runId, reason: '更正', by: 'staff-approver' }));
  const sent = await dispatched(bureau, await approved(bureau, run));
  expect(sent.files).toMatchObject([{ count: 3 }]);
});
