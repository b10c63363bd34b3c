// Goal: a month whose index was reached pays everybody on the rolls once, with nobody typing them; who joins or leaves a roll afterwards has
// the month made good; whoever is paid for them is paid here too. Method: one month of a bureau on real engines.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { membershipText } from '../../../domain/household/membership.ts';
import { fen } from '../../../domain/money.ts';
import { HouseholdStore } from '../../../functions/adapters/household-store.ts';
import { drawShard } from '../../../functions/rolls/draw-shard.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { policyFile } from '../../policy-files.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import { determine, household, learned } from '../run/household-office.ts';
import * as office from '../run/office.ts';

const { code, value } = office;
const SCOPE = { jurisdiction: office.DISTRICT, programme: 'price-subsidy' } as const;
const OCTOBER = { ...SCOPE, period: '2026-10' } as const;
const EACH = 6_090;

let bureau: office.Office;
let first: Awaited<ReturnType<typeof household>>;
let second: typeof first;
let old: string;

beforeAll(async () => {
  const own = policyFile(office.DISTRICT, 'price-subsidy');
  const like = own.values.find(({ parameter }) => parameter === 'historyFrom')!;
  const rolls = [
    { programme: 'dibao', of: 'household' },
    { programme: 'high-age', of: 'person' },
  ];
  bureau = await office.openOffice({
    people: 2,
    quickReads: true,
    packs: [
      office.pack('110000'),
      office.pack('110199'),
      policyFile('110000', 'dibao'),
      policyFile('110199', 'dibao'),
      policyFile('000000', 'price-subsidy'),
      // People of one name and birth date are no finding here.
      {
        ...own,
        values: [
          ...own.values.filter(({ parameter }) => parameter !== 'controlsOn'),
          { ...like, parameter: 'rolls', value: rolls },
        ],
      },
    ],
  });
  value(
    await bureau.office.setBudget({ ...SCOPE, fiscalYear: '2026', lines: office.LINES, by: 'staff-finance' }),
  );
  first = await household(bureau, 101);
  second = await household(bureau, 102);
  await determine(bureau, first.enrolment, 1, { '2026-10': fen(80_000) });
  old = (await bureau.register.personByIdNumber(idNumber(1)))!.record.personKey;
});
afterAll(() => bureau.stop());

/** Asks for a run until the rolls are drawn; the sweeper sends for whoever may not, as the daily tick. */
async function started(round: string, by: string) {
  const start = () => bureau.actions.startRun({ ...OCTOBER, round }, by);
  expect(code(await start())).toBe('conflict/rolls-being-drawn');
  if (by === 'system') {
    await bureau.sweep();
    expect(code(await start())).toBe('conflict/rolls-being-drawn');
    expect((await bureau.sweep()).mended).toBe(1);
  }
  await bureau.deliver({ times: 2 });
  const run = value(await start());
  await bureau.deliver();
  return value(await bureau.views.getRun(run.runId));
}
async function paid(round: string, by = 'staff-preparer') {
  const run = await started(round, by);
  const { drafts } = value(await bureau.views.listDrafts(run.runId, { filter: 'all', limit: 50 }));
  return { run, drafts };
}
async function settled(run: Awaited<ReturnType<typeof started>>) {
  const sent = await office.dispatched(bureau, await office.approved(bureau, run));
  for (const bytes of await office.bankAnswer(bureau, sent)) await office.reconciled(bureau, sent, bytes);
  expect((await office.closed(bureau, sent)).state).toBe('closed');
}

it('pays everybody on a roll of the month once; members as their household is paid', async () => {
  // One of the aged belongs to the household too: on two rolls, paid once.
  await learned(
    bureau,
    old,
    'household',
    '2026-01-01',
    membershipText({ household: first.key, relation: 'parent', covered: true }),
  );
  await new HouseholdStore(bureau.register).savePointers(first.key, old, [first.enrolment]);
  const { run, drafts } = await paid('R');
  expect(run.totals?.payable).toEqual({ count: 4, fen: fen(4 * EACH) });
  // Published on 9 November: twenty working days later.
  expect(run.manifest).toMatchObject({ payDate: '2026-11-30', payBy: '2026-12-07' });
  expect(drafts.map((draft) => draft.fen)).toEqual([EACH, EACH, EACH, EACH]);
  const payees = drafts.map(({ account }) => account?.payee);
  const head = payees.filter((key) => key === first.head);
  expect(head).toHaveLength(3);
  await settled(run);
});

it('drawing the rolls again, twice at once and dying at any write, changes nothing', async () => {
  const enrolments = async () => {
    const found = [];
    for (const person of [first.head, first.spouse, old])
      found.push(
        ...(await bureau.register.enrolmentsOfPerson(person)).filter(
          ({ programme }) => programme === SCOPE.programme,
        ),
      );
    return found;
  };
  const before = await enrolments();
  expect(before).toHaveLength(3);
  const shards = ['00-0f', 'f0-ff'];
  for (const shard of shards) {
    const message = {
      ...SCOPE,
      type: 'rolls.draw-shard',
      version: 1,
      runId: 'again',
      number: 1,
      shard,
    } as const;
    await dyingAtEveryWrite((survived) =>
      diesAfter(bureau.faults, survived, () =>
        Promise.all([drawShard(bureau.ports, message), drawShard(bureau.ports, message)]),
      ),
    );
  }
  expect(await enrolments()).toEqual(before);
});

it('who turns out to have been on a roll is paid the month, and who was not is asked for it', async () => {
  await determine(bureau, second.enrolment, 1, { '2026-10': fen(50_000) });
  await determine(bureau, first.enrolment, 2, { '2026-10': fen(0) });
  const { run, drafts } = await paid('S1', 'system');
  expect(run.totals?.payable).toEqual({ count: 2, fen: fen(2 * EACH) });
  const recovered = drafts.flatMap(({ recoveries }) => recoveries);
  // The aged one is on the other roll still.
  expect(recovered).toMatchObject([
    { month: '2026-10', fen: EACH },
    { month: '2026-10', fen: EACH },
  ]);
});

it('a month that its indices did not set off starts no run by itself', async () => {
  const { clock } = bureau;
  clock.moveTo('2027-01-15');
  const { started: runs, refused } = await bureau.tick();
  expect(Object.keys(refused).filter((key) => key.includes('price-subsidy'))).toEqual([]);
  expect(runs.filter((runId) => runId.includes('price-subsidy'))).toEqual([]);
});
