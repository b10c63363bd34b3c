import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bodyCheck, wholeCheck } from '../../../domain/organisation-code.ts';
import type { WantedPayee } from '../../../domain/register/payee-change.ts';
import type { Run } from '../../../domain/run/run.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { payeeEndings } from '../../../functions/adapters/payee-endings.ts';
import { payeeKeyOf } from '../../../functions/run/load-subjects.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { idNumber, row } from '../register/sheet-fixture.ts';
import {
  approved,
  code,
  computed,
  DISTRICT,
  dispatched,
  type Office,
  pack,
  REGULAR,
  seen,
  value,
} from './office.ts';
import { draftsOf, smallOffice, wholeMonth } from './whole-month.ts';

let bureau: Office;
let payees: PayeeChanges;
beforeEach(async () => {
  bureau = await smallOffice();
  payees = new PayeeChanges(bureau.register);
});
afterEach(() => bureau.stop());

const enrolmentOf = async (n: number) => {
  const person = (await bureau.register.personByIdNumber(idNumber(n)))!;
  const [enrolment] = await bureau.register.enrolmentsOfPerson(person.record.personKey);
  return enrolment!;
};
const stamp = (by: string) => ({ by, at: bureau.clock.now(), today: bureau.clock.today() });
const GUARDIAN: WantedPayee = {
  kind: 'guardian',
  named: { legalName: '王儿', number: idNumber(902, '19700101'), account: '6217999999990902' },
  relation: 'child',
  document: '（2026）示0199民特12号',
  validTo: '2026-12-15',
  evidence: '判决书原件',
};
const propose = async (n: number, wanted: WantedPayee = GUARDIAN, by = 'staff-preparer') =>
  payees.propose(await enrolmentOf(n), wanted, stamp(by));
async function changed(n: number, wanted: WantedPayee = GUARDIAN, by = 'staff-reviewer-2') {
  const { change } = value(await propose(n, wanted));
  return value(await payees.confirm(await enrolmentOf(n), change.changeId, stamp(by)));
}
const findings = async (run: Run) =>
  (await draftsOf(bureau, run)).flatMap(({ findings: found }) =>
    found.flatMap(({ control, severity }) => (severity === 'warn' ? [] : [control])),
  );
const HOME = '12110199M000100Y';
const CREDIT = ((first) => first + wholeCheck(first))(HOME + bodyCheck('M000100Y'));
const organisation: WantedPayee = {
  kind: 'organisation',
  named: { legalName: '示例区社会福利院', number: CREDIT, account: '11019900000000000002' },
  document: '代养协议2026-3号',
  evidence: '登记证书与开户许可证',
};

describe('a change of payee', () => {
  it('takes a second person, once; said twice it is one change', async () => {
    const first = value(await propose(1));
    expect(value(await propose(1))).toMatchObject({
      outcome: 'same',
      change: { changeId: first.change.changeId },
    });
    const { changeId } = first.change;
    const enrolment = await enrolmentOf(1);
    expect(await payees.waiting(DISTRICT)).toMatchObject([{ id: enrolment.id, changeId }]);
    expect(code(await payees.confirm(enrolment, changeId, stamp('staff-preparer')))).toBe(
      'forbidden/same-person',
    );
    expect(code(await payees.confirm(enrolment, 'OTHER', stamp('staff-reviewer')))).toBe(
      'missing/payee-change',
    );
    const answers = await Promise.all(
      ['staff-reviewer', 'staff-approver'].map((by) => payees.confirm(enrolment, changeId, stamp(by))),
    );
    expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/already-confirmed']);
    const after = await enrolmentOf(1);
    expect(after.payees).toHaveLength(2);
    expect(await payees.waiting(DISTRICT)).toEqual([]);
    const winner = after.payees[1]!.confirmedBy!;
    value(await payees.confirm(enrolment, changeId, stamp(winner)));
    expect((await enrolmentOf(1)).payees).toHaveLength(2);
    const guardian = (await bureau.register.personByIdNumber(idNumber(902, '19700101')))!.record;
    expect(guardian.accounts).toMatchObject([
      { account: '6217999999990902', by: 'staff-preparer', confirmedBy: winner },
    ]);
  });

  it('is overtaken by another one, and then confirmed no more', async () => {
    const slow = value(await propose(1));
    await changed(1, organisation);
    expect(await payees.waiting(DISTRICT)).toEqual([]);
    expect(
      code(await payees.confirm(await enrolmentOf(1), slow.change.changeId, stamp('staff-reviewer'))),
    ).toBe('conflict/payee-changed-since');
  });

  it.each(['before', 'after'] as const)(
    'is finished by the same person when it was cut short %s any write',
    async (when) => {
      const { change } = value(await propose(1));
      const enrolment = await enrolmentOf(1);
      const confirm = () => payees.confirm(enrolment, change.changeId, stamp('staff-reviewer'));
      await dyingAtEveryWrite((survived) => diesAfter(bureau.faults, survived, confirm, when));
      value(await confirm());
      const { payees: recorded } = await enrolmentOf(1);
      expect(recorded).toHaveLength(2);
      const guardian = (await bureau.register.personByIdNumber(idNumber(902, '19700101')))!.record;
      expect(guardian.accounts).toHaveLength(1);
      expect(recorded[1]!.payee).toBe(guardian.personKey);
      expect(await payeeEndings(bureau.register, DISTRICT, '2026-12-15')).toHaveLength(1);
    },
  );

  it('is finished by whoever confirms next when its confirmer died, in the name of who confirmed it', async () => {
    const { change } = value(await propose(1));
    const enrolment = await enrolmentOf(1);
    const confirm = (by: string) => payees.confirm(enrolment, change.changeId, stamp(by));
    // The act is written, and nothing that follows from it.
    expect(await diesAfter(bureau.faults, 1, () => confirm('staff-reviewer'))).toBe(true);
    expect((await enrolmentOf(1)).payees).toHaveLength(1);
    expect(code(await confirm('staff-approver'))).toBe('conflict/already-confirmed');
    const { payees: recorded } = await enrolmentOf(1);
    expect(recorded).toHaveLength(2);
    expect(recorded[1]).toMatchObject({ evidence: change.changeId, confirmedBy: 'staff-reviewer' });
    const guardian = (await bureau.register.personByIdNumber(idNumber(902, '19700101')))!.record;
    expect(guardian.accounts).toMatchObject([{ confirmedBy: 'staff-reviewer', validFrom: '2026-11-22' }]);
    expect(await payees.waiting(DISTRICT)).toEqual([]);
    expect(code(await confirm('staff-preparer'))).toBe('forbidden/same-person');
  });

  it('by a sheet is only proposed', async () => {
    await bureau.importRows('guardian', [
      row(2, { payee: '王儿', payeeId: idNumber(902, '19700101'), account: '6217999999990902' }),
    ]);
    const before = await enrolmentOf(2);
    expect(before.payees.map(({ payee }) => payee)).toEqual([before.subject]);
    const [waiting] = await payees.waiting(DISTRICT);
    value(await payees.confirm(before, waiting!.changeId, stamp('staff-reviewer')));
    const guardian = await bureau.register.personByIdNumber(idNumber(902, '19700101'));
    expect((await enrolmentOf(2)).payees.at(-1)).toMatchObject({
      payee: guardian!.record.personKey,
      kind: 'representative',
    });
  });
});

describe('a run', () => {
  it('pays the guardian through the month of the last day, and holds the money after it', async () => {
    await changed(1, { ...GUARDIAN, validTo: '2026-12-15' });
    const december = await computed(bureau);
    expect(await findings(december)).toEqual([]);
    const guardian = (await bureau.register.personByIdNumber(idNumber(902, '19700101')))!.record.personKey;
    expect((await draftsOf(bureau, december)).map(({ account }) => account?.payee)).toContain(guardian);
    value(await bureau.actions.voidRun({ runId: december.runId, reason: '测试', by: 'staff-reviewer' }));
    bureau.clock.moveTo('2026-12-22');
    const january = await computed(bureau, { ...REGULAR, period: '2027-01' });
    expect(await findings(january)).toEqual(['payee-ended']);
    expect(january.totals?.held.count).toBe(1);
  });

  it('warns of an end within sixty days, until another payee is named or the benefit ends', async () => {
    await changed(1, { ...GUARDIAN, validTo: '2026-12-15' });
    const ids = async (through: string) =>
      (await payeeEndings(bureau.register, DISTRICT, through)).map(({ enrolment }) => enrolment.id);
    const { id } = await enrolmentOf(1);
    expect([await ids('2026-12-14'), await ids('2026-12-15'), await ids('2027-06-01')]).toEqual([
      [],
      [id],
      [id],
    ]);
    await changed(1, {
      ...GUARDIAN,
      named: { ...GUARDIAN.named!, account: undefined },
      validTo: '2028-12-15',
    });
    expect(await ids('2027-06-01')).toEqual([]);
  });

  it('is not signed by who named or confirmed the payee it first pays', async () => {
    await wholeMonth(bureau);
    await changed(1, GUARDIAN, 'staff-reviewer');
    bureau.clock.moveTo('2026-11-25');
    const run = value(await bureau.actions.startRun({ ...REGULAR, period: '2027-01' }, 'staff-other'));
    await bureau.deliver();
    const review = value(await bureau.views.getRun(run.runId));
    expect(review.totals?.accountChangers).toEqual(['staff-preparer', 'staff-reviewer']);
    value(await bureau.actions.submit({ ...seen(bureau, review), by: 'staff-other' }));
    const signer = { id: 'staff-reviewer', roles: ['reviewer'] };
    expect(code(await bureau.actions.sign({ ...seen(bureau, review), signer }))).toBe(
      'forbidden/changed-account',
    );
  });

  it('pays an institution for many into its corporate account, and holds what one person receives for too many', async () => {
    await changed(1, organisation);
    const again = { ...organisation, named: { ...organisation.named!, account: undefined } };
    await changed(2, again);
    const run = await computed(bureau);
    expect(await findings(run)).toEqual([]);
    const sent = await dispatched(bureau, await approved(bureau, run));
    expect(sent.files).toMatchObject([{ count: 3 }]);
  });
});

it('one person who receives for more than policy allows is a finding', async () => {
  await bureau.stop();
  const strict = pack('110199') as { values: { parameter: string }[] };
  const values = strict.values.map((one) => (one.parameter === 'payeeWardsMax' ? { ...one, value: 1 } : one));
  bureau = await smallOffice({ packs: [pack('110000'), { ...strict, values }] });
  payees = new PayeeChanges(bureau.register);
  await changed(1, { ...GUARDIAN, validTo: '2027-12-15' });
  const known = { ...GUARDIAN, named: { ...GUARDIAN.named!, account: undefined }, validTo: '2027-12-15' };
  expect(await findings(await computed(bureau))).toEqual([]);
  const [first] = await bureau.ports.runs.listings(DISTRICT);
  value(await bureau.actions.voidRun({ runId: first!.runId, reason: '测试', by: 'staff-reviewer' }));
  await changed(2, known);
  bureau.clock.moveTo('2026-11-24');
  expect(await findings(await computed(bureau))).toEqual(['payee-of-many', 'payee-of-many']);
});

it('a household recorded as paid to its head is paid to whoever heads it; a representative stays', async () => {
  const enrolment = { ...(await enrolmentOf(1)), subject: 'HHHHHHHHHHHH' };
  const record = { payee: 'HHHHHHHHHHHH', kind: 'head', recordedAt: '', source: '', by: '' } as const;
  expect(payeeKeyOf(enrolment, record, 'AAAAAAAAAAAA')).toBe('AAAAAAAAAAAA');
  expect(payeeKeyOf(enrolment, record, 'BBBBBBBBBBBB')).toBe('BBBBBBBBBBBB');
  expect(payeeKeyOf(enrolment, undefined, 'BBBBBBBBBBBB')).toBe('BBBBBBBBBBBB');
  expect(payeeKeyOf(enrolment, { ...record, payee: 'CCCCCCCCCCCC' }, 'BBBBBBBBBBBB')).toBe('CCCCCCCCCCCC');
});
