// Goal: what was granted to be paid to one is not paid to another because a later grant names them, unless two people let it.
import { afterAll, expect, it } from 'vitest';
import { enrolForGrant } from '../../../functions/grants/enrol.ts';
import { AID, granted, grantee, grantOffice, NOVEMBER } from './grant-office.ts';
import { computed, type Office, value } from './office.ts';
import { draftsOf, wholeMonth } from './whole-month.ts';

let bureau: Office;
afterAll(() => bureau.stop());

it('a grant that is not paid yet is held where the next one is for another payee; one that is paid holds nothing', async () => {
  bureau = await grantOffice();
  const [one, other] = [await grantee(bureau, 1), await grantee(bureau, 2)];
  const { subject } = (await bureau.register.enrolmentRead(one))!.document;
  const { subject: payee } = (await bureau.register.enrolmentRead(other))!.document;
  const toOther = async (source: string) => {
    await enrolForGrant(bureau.ports, {
      ...AID,
      subject,
      street: '110199001',
      source,
      by: 'staff-clerk',
      appliedOn: '2026-11-20',
      payee: { payee, kind: 'representative', source, by: 'staff-clerk' },
    });
  };
  const found = async () => {
    const run = await computed(bureau, NOVEMBER);
    const [draft] = await draftsOf(bureau, run);
    value(await bureau.actions.voidRun({ runId: run.runId, reason: '核对', by: 'staff-preparer' }));
    const holds = draft?.findings.filter(({ severity }) => severity === 'hold').map(({ control }) => control);
    return [draft?.fen, draft?.account?.payee === payee, holds];
  };
  await granted(bureau, one, 'a-1', 100);
  await toOther('grant-application');
  await granted(bureau, one, 'a-2', 50);
  expect(await found()).toEqual([15_000, true, ['payee-of-later-grant']]);
  await granted(bureau, one, 'a-1-withdrawn', 100, { kind: 'grant-withdrawn' });
  expect(await found()).toEqual([5_000, true, []]);
  await wholeMonth(bureau, { identity: NOVEMBER });
  await granted(bureau, one, 'a-3', 20);
  expect(await found()).toEqual([2_000, true, []]);
});
