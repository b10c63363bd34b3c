import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOn } from '../../../domain/household/case-on.ts';
import { lastMembership, membershipText } from '../../../domain/household/membership.ts';
import { latestFact } from '../../../domain/register/facts.ts';
import type { WantedPayee } from '../../../domain/register/payee-change.ts';
import { PayeeChanges } from '../../../functions/adapters/payee-changes.ts';
import { wardsOf } from '../../../functions/adapters/payee-wards.ts';
import type { ImportServices } from '../../../functions/register/import-services.ts';
import { householdKnownBy, loadHouseholds } from '../../../functions/register/load-households.ts';
import { type Delivery, type Engines, startEngines } from '../../engines.ts';
import { HOUSEHOLD_HEADINGS, headId, headRow, memberId, memberRow } from './household-sheet.ts';
import { FIXED_KEYS, registerContent, request, runImport, servicesFor, sheet } from './sheet-fixture.ts';

let engines: Engines;
let services: ImportServices;
beforeEach(async () => {
  engines = await startEngines();
  services = servicesFor(engines);
});
afterEach(() => engines.stop());

const bring = (
  importId: string,
  rows: readonly string[],
  fields: Parameters<typeof request>[1] = {},
  delivery?: Parameters<typeof runImport>[4],
) =>
  runImport(
    engines,
    services,
    request(importId, { kind: 'households', programme: 'dibao', ...fields }),
    sheet(rows, HOUSEHOLD_HEADINGS),
    delivery,
  );
const counts = async (...args: Parameters<typeof bring>) => (await bring(...args)).status?.counts;
const found = async (id: string) => (await services.register.personByIdNumber(id))!.record;
const householdOf = async (id: string) => lastMembership((await found(id)).facts)!.household;
const caseFor = async (id: string, month: string) => {
  const key = await householdOf(id);
  const read = (await loadHouseholds(services.register, [key])).get(key)!;
  const made = caseOn({ ...householdKnownBy(key, read, '9999'), enrolments: [] }, key, month);
  if (!made.ok) throw new Error(made.error.en);
  return made.value;
};
const errorsOf = async (importId: string) => {
  const status = await services.imports.get(importId);
  return Buffer.from((await services.files.read(status!.errorFileKey!))!).toString('utf8');
};

const shuffled = (seed: number) => () => {
  seed = (seed * 16_807) % 2_147_483_647;
  return seed / 2_147_483_647;
};

const TWO = [
  headRow(1, { employment: '在职', wage: '1800', disability: '肢体', grade: '二级' }),
  memberRow(1, 1),
  memberRow(1, 2, { covered: '否', pension: '1200.5' }),
  headRow(2, { residence: '农村', payee: '赵代表', payeeId: memberId(9, 9) }),
];

describe('a sheet of households', () => {
  it('becomes households, members, payees and enrolments; head columns are carried down', async () => {
    expect(await counts('h1', TWO)).toMatchObject({ accepted: 4, created: 4, rejected: 0 });
    const household = await caseFor(headId(1), '2026-03');
    expect(household).toMatchObject({ residence: 'urban', application: { kind: 'household' } });
    expect(household.members.map(({ relation, covered }) => `${relation} ${covered}`).toSorted()).toEqual([
      'child false',
      'child true',
      'head true',
    ]);
    expect(household.members.find(({ relation }) => relation === 'head')).toMatchObject({
      disability: { grade: 2, kind: 'limb' },
      employment: { kind: 'employed', monthly: '1800.00' },
    });
    expect(household.members.flatMap(({ incomes }) => incomes)).toEqual([
      { kind: 'pension', amount: '1200.50', basis: 'month' },
    ]);
    const [enrolment] = await services.register.enrolmentsOfPerson(household.household);
    expect(enrolment).toMatchObject({ programme: 'dibao', payees: [] });
    expect(enrolment!.id).toBe(`DB-${household.household}-1`);
    for (const kind of ['application', 'street'] as const)
      expect(latestFact(enrolment!.facts, kind)?.value).toBe(kind === 'street' ? '110199001' : '2026-03-05');
    const [other] = await services.register.enrolmentsOfPerson(await householdOf(headId(2)));
    const payee = await found(memberId(9, 9));
    expect(other!.payees.map((record) => record.payee)).toEqual([payee.personKey]);
    expect([payee.accounts.length, (await found(headId(2))).accounts.length]).toEqual([1, 0]);
  });

  it('brought again changes nothing; a changed row is a new dated fact beside the old one', async () => {
    await bring('h1', TWO);
    const before = await registerContent(engines, services);
    const again = await counts('h2', TWO, { requestedAt: '2026-11-21T02:00:00.000Z' });
    expect(again).toMatchObject({ unchanged: 4, changed: 0, created: 0, accountChanges: 0 });
    const persons = (content: unknown) =>
      (content as { pk: string; sk: string }[]).filter(({ pk, sk }) => pk.startsWith('P#') && sk === 'DOC');
    expect(persons(await registerContent(engines, services))).toEqual(persons(before));
    const changed = [
      headRow(1, { employment: '未就业', disability: '肢体', grade: '二级', changedOn: '2026-10-05' }),
      ...TWO.slice(1),
    ];
    expect(await counts('h3', changed, { requestedAt: '2026-11-22T02:00:00.000Z' })).toMatchObject({
      changed: 1,
      unchanged: 3,
    });
    const work = (await found(headId(1))).facts.filter(({ kind }) => kind === 'employment');
    expect(work.map(({ value, validFrom }) => [value, validFrom])).toEqual([
      ['employed:1800.00', '2026-03-05'],
      ['none', '2026-10-05'],
    ]);
    // A sheet that was asked for before it, and arrives after it, is not heard.
    expect(await counts('h0', TWO, { requestedAt: '2026-11-21T12:00:00.000Z' })).toMatchObject({
      changed: 0,
    });
    expect((await found(headId(1))).facts.filter(({ kind }) => kind === 'employment')).toHaveLength(2);
  });

  it('asks for a review of each household that it changes, once, and of none that it founds or leaves alone', async () => {
    const reviews = () => engines.bodies('determinations').map((body) => JSON.parse(body).enrolment);
    await bring('h1', TWO);
    expect(reviews()).toEqual([]);
    const changed = [
      headRow(1, { employment: '未就业', disability: '肢体', grade: '二级', changedOn: '2026-10-05' }),
      memberRow(1, 1),
      memberRow(1, 2, { covered: '否', pension: '1300', changedOn: '2026-10-05' }),
      TWO[3]!,
    ];
    await bring('h2', changed, { requestedAt: '2026-11-22T02:00:00.000Z' });
    expect(reviews()).toEqual([`DB-${await householdOf(headId(1))}-1`]);
  });

  it('gives the same register whether its chunks come once, or twice and in any order', async () => {
    // Members come far from the row of their head, the last of them in another chunk.
    const heads = Array.from({ length: 126 }, (_, index) => index + 1);
    const rows = [
      ...heads.map((n) => headRow(n)),
      ...heads.map(
        (n) =>
          `张户主,${headId(n)},${headRow(n).split(',').slice(2, 10).join(',')},${memberRow(n, 3).split(',').slice(10).join(',')}`,
      ),
    ];
    const brought = async (delivery: Delivery) => {
      const own = await startEngines();
      const desk = servicesFor(own, undefined, { ...own.env, ...FIXED_KEYS });
      const message = request('h1', { kind: 'households', programme: 'dibao' });
      const { status } = await runImport(own, desk, message, sheet(rows, HOUSEHOLD_HEADINGS), delivery);
      const content = await registerContent(own, desk);
      await own.stop();
      return { counts: status?.counts, chunks: status?.chunks, content };
    };
    const once = await brought({});
    const twice = await brought({ times: 2, random: shuffled(7) });
    expect(once.counts).toMatchObject({ accepted: 252, rejected: 0, created: 252 });
    expect(once.chunks).toBe(2);
    expect(twice).toEqual(once);
  }, 60_000);

  it('names the first payee; another one than two persons confirmed is only proposed, and two persons confirm it', async () => {
    const changes = new PayeeChanges(services.register);
    const enrolmentOf = async (n: number) =>
      (await services.register.enrolmentsOfPerson(await householdOf(headId(n))))[0]!;
    const on = { at: '2026-11-21T02:00:00.000Z', today: '2026-11-21' };
    const confirmed = async (n: number, wanted: WantedPayee) => {
      const proposed = await changes.propose(await enrolmentOf(n), wanted, { ...on, by: 'staff-one' });
      if (!proposed.ok) throw new Error(proposed.error.en);
      const { changeId } = proposed.value.change;
      expect((await changes.confirm(await enrolmentOf(n), changeId, { ...on, by: 'staff-two' })).ok).toBe(
        true,
      );
    };
    const representative = { payee: '赵代表', payeeId: memberId(9, 9) };
    await bring('h1', [headRow(1), headRow(2, representative), headRow(3)]);
    const home = {
      legalName: '示例养老院',
      number: '52110199MJ0000001X',
      account: '62179999',
    };
    const evidence = 'visit';
    await confirmed(1, { kind: 'organisation', named: home, document: '协议1号', evidence });
    await confirmed(2, { kind: 'head', evidence });
    const before = [await enrolmentOf(1), await enrolmentOf(2), await enrolmentOf(3)];
    const counted = await counts(
      'h2',
      [headRow(1), headRow(2), headRow(3, { ...representative, account: '6217000000000002' })],
      { requestedAt: '2026-11-22T02:00:00.000Z' },
    );
    // The second is paid to its head already, whose first account the sheet brings.
    expect(counted).toMatchObject({ changed: 3, accountChanges: 2 });
    for (const [index, { payees }] of before.entries())
      expect((await enrolmentOf(index + 1)).payees).toEqual(payees);
    const waiting = await changes.waiting('110199');
    expect(waiting.map(({ id }) => id).toSorted()).toEqual([before[0]!.id, before[2]!.id].toSorted());
    for (const [n, payee] of [
      [1, before[0]!.subject],
      [3, (await found(memberId(9, 9))).personKey],
    ] as const) {
      const { changeId } = waiting.find(({ id }) => id === before[n - 1]!.id)!;
      const alone = await changes.confirm(await enrolmentOf(n), changeId, { ...on, by: 'staff-preparer' });
      expect(alone).toMatchObject({ ok: false, error: { code: 'forbidden/same-person' } });
      await changes.confirm(await enrolmentOf(n), changeId, { ...on, by: 'staff-two' });
      expect((await enrolmentOf(n)).payees.at(-1)).toMatchObject({ payee, confirmedBy: 'staff-two' });
    }
  });

  it('remembers for whom a payee is paid, before the enrolment names them', async () => {
    await bring('h1', TWO);
    const { personKey } = await found(memberId(9, 9));
    const wards = await wardsOf(services.register.table, [personKey]);
    expect(wards.get(personKey)?.map(({ id }) => id)).toEqual([`DB-${await householdOf(headId(2))}-1`]);
  });

  it('names row and column of what is wrong, in both languages, and lets the rest in', async () => {
    const rows = [
      headRow(1),
      memberRow(1, 1, { relation: '表亲' }),
      memberRow(1, 2, { disability: '肢体' }),
      memberRow(1, 3, { employment: '在职' }),
      headRow(2, { residence: '' }),
      headRow(3, { payee: '赵代表' }),
      memberRow(3, 4, { id: headId(1) }),
      memberRow(1, 5, {
        headName: '张户主',
        headId: headId(1),
        residence: '农村',
        street: '110199001',
        applied: '2026-03-05',
        account: '62170000000000011',
      }),
    ];
    expect(await counts('h1', rows)).toMatchObject({ accepted: 1, rejected: 7 });
    const errors = await errorsOf('h1');
    for (const text of [
      '与户主关系',
      '残疾等级',
      '月工资收入',
      '城乡类别',
      '领款人身份证号',
      '同一户在第2行的户信息与本行不同',
      'the same person as in row 2',
    ])
      expect(errors).toContain(text);
  });

  it('takes nobody out of another household, and replaces no head', async () => {
    await bring('h1', [headRow(1), memberRow(1, 1), headRow(2)]);
    const at = { requestedAt: '2026-11-21T02:00:00.000Z' };
    const taken = memberRow(2, 1, { id: memberId(1, 1) });
    expect(await counts('h2', [headRow(2), taken], at)).toMatchObject({ unchanged: 1, rejected: 1 });
    expect(await errorsOf('h2')).toContain('已登记在另一个家庭');
    const usurper = [headRow(3, { id: memberId(1, 1), name: '李成员' })];
    expect(await counts('h3', usurper, at)).toMatchObject({ rejected: 1 });
    expect(await errorsOf('h3')).toContain('其他家庭的成员');
    expect(await householdOf(memberId(1, 1))).toBe(await householdOf(headId(1)));
  });

  it('writes down a membership as it is read', async () => {
    await bring('h1', [headRow(1)]);
    const { facts } = await found(headId(1));
    const household = await householdOf(headId(1));
    expect(latestFact(facts, 'household')?.value).toBe(
      membershipText({ household, relation: 'head', covered: true }),
    );
  });
});
