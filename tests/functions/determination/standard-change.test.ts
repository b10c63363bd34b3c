import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchProposal } from '../../../domain/determination/standard-change.ts';
import { bucketOf } from '../../../domain/ids.ts';
import { toYuan } from '../../../domain/money.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import {
  approveStandardChange,
  batchInScope,
  startBatch,
  voidStandardChange,
} from '../../../functions/determination/batch.ts';
import { addPack, code, type Office, value } from '../run/office.ts';
import { draftsOf, seeded, wholeMonth } from '../run/whole-month.ts';
import {
  addressOf,
  DIBAO,
  determined,
  dibaoOffice,
  dibaoPack,
  enrolled,
  householdKey,
  month,
  spansOf,
} from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
const portsOf = () => ({ ...bureau.ports, households: facts.households });
const START = { document: '京民社救发〔2026〕70号', issuedOn: '2026-07-08', through: '2026-08' } as const;
const PREPARER = { by: 'staff-preparer', request: 'r-1' };

async function openBureau(quickReads = true): Promise<void> {
  bureau = await dibaoOffice({ historyFrom: '2026-05', quickReads, households: () => facts.households });
  facts = householdFacts(bureau);
  bureau.clock.moveTo('2026-04-20');
}
beforeEach(() => openBureau());
afterEach(() => bureau.stop());

/** The n-th household, on the roll since March with what it earned then. */
async function onTheRoll(n: number, income: string, base: number): Promise<void> {
  await enrolled(bureau, n);
  facts.earns(n, '2026-03', income);
  await determined(bureau, n, 1, spansOf(['2026-03', base]), { assessedAt: bureau.clock.now() });
}

/** A standard of 1500.00 instead of 1450.00, in force from a month, issued in July. */
async function newStandard(from = '2026-04', retroactivity: Record<string, unknown> = {}): Promise<void> {
  const pack = dibaoPack('110000');
  const before = pack.values.find((row) => row.parameter === 'standard' && row.inForceFrom === '2024-07')!;
  pack.values = [
    {
      ...before,
      inForceFrom: from,
      decidedOn: START.issuedOn,
      value: { urban: '1500.00', rural: '1500.00' },
      retroactivity: { ...before.retroactivity, ...retroactivity },
    },
  ];
  await addPack(bureau, pack);
}

async function workedOut(delivery?: Parameters<Office['deliver']>[0]) {
  const { manifest } = value(await startBatch(portsOf(), DIBAO, START, PREPARER));
  await bureau.deliver(delivery);
  return value(await batchInScope(bureau.ports, DIBAO, manifest.batchId));
}
const seenOf = ({ hash }: { readonly hash?: string | undefined }) => ({
  hash: hash ?? '',
  document: '示民救〔2026〕100号',
  decidedOn: bureau.clock.today(),
});
const approve = (batch: Awaited<ReturnType<typeof workedOut>>, by = 'staff-approver') =>
  approveStandardChange(portsOf(), DIBAO, batch.manifest.batchId, seenOf(batch), by);
const proposalsOf = async (batchId: string, n: number): Promise<BatchProposal[]> =>
  bureau.ports.batches.proposals(batchId, bucketOf(sha256Hex, householdKey(n)));
const determinationsOf = async (n: number) =>
  (await bureau.register.enrolmentRead(addressOf(n)))!.determinations;
const amounts = (spans: readonly { from: string; components: readonly { fen: number }[] }[]) =>
  spans.map(({ from, components }) => [from, components.reduce((sum, { fen }) => sum + fen, 0) / 100]);

test('started in July, a standard in force from April gives exactly new minus old, none before the history and none twice', async () => {
  await onTheRoll(1, '450.00', 1000);
  await onTheRoll(2, '900.00', 500);
  // Decided at less than was proposed: the departure stays, the difference is added.
  await onTheRoll(3, '450.00', 900);
  for (const period of ['2026-05', '2026-06', '2026-07'])
    await wholeMonth(bureau, { identity: month(period) });
  await enrolled(bureau, 4);
  await onTheRoll(5, '450.00', 1000);
  bureau.clock.moveTo('2026-07-20');
  await determined(bureau, 5, 2, spansOf(['2026-06', 0]), { kind: 'end', assessedAt: bureau.clock.now() });
  await newStandard();
  const batch = await workedOut();
  expect(batch).toMatchObject({ state: 'review', startedBy: 'staff-preparer' });
  expect(batch.totals).toMatchObject({
    households: 4,
    notChanged: 0,
    notDetermined: 1,
    refused: {},
    // Households 1 to 3 get 50 more a month; number 5 had ended and gets the months before.
    monthly: 3 * 5_000,
    arrears: { '2026-05': 4 * 5_000, '2026-06': 3 * 5_000, '2026-07': 3 * 5_000 },
    beforeHistory: 4 * 5_000,
  });
  expect(toYuan(batch.totals!.arrearsTotal)).toBe('500.00');
  expect(await determinationsOf(1)).toHaveLength(1);

  expect(code(await approve(batch, 'staff-preparer'))).toBe('forbidden/own-batch');
  expect(
    code(
      await approveStandardChange(
        portsOf(),
        DIBAO,
        batch.manifest.batchId,
        { ...seenOf(batch), hash: 'f'.repeat(64) },
        'staff-approver',
      ),
    ),
  ).toBe('conflict/stale-batch');
  value(await approve(batch));
  await bureau.deliver();
  expect(value(await batchInScope(bureau.ports, DIBAO, batch.manifest.batchId))).toMatchObject({
    state: 'applied',
    applied: 4,
    leftOut: [],
  });
  expect(amounts((await determinationsOf(1)).at(-1)!.spans)).toEqual([['2026-04', 1050]]);
  expect((await determinationsOf(3)).at(-1)).toMatchObject({
    number: 2,
    kind: 'standard-change',
    document: '示民救〔2026〕100号',
    basis: batch.manifest.batchId,
    proposedBy: 'staff-preparer',
    decidedBy: 'staff-approver',
  });
  expect(amounts((await determinationsOf(5)).at(-1)!.spans)).toEqual([
    ['2026-04', 1050],
    ['2026-06', 0],
  ]);

  const august = await wholeMonth(bureau, { identity: month('2026-08') });
  const lines = (await draftsOf(bureau, august)).map(({ enrolment, lines: of }) => [
    enrolment.split('-')[1],
    of.map(({ month: each, fen, kind }) => `${each} ${fen / 100} ${kind}`),
  ]);
  const arrears = ['2026-05', '2026-06', '2026-07'].map((each) => `${each} 50 arrears`);
  expect(Object.fromEntries(lines)).toEqual({
    [householdKey(1)]: [...arrears, '2026-08 1050 entitlement'],
    [householdKey(2)]: [...arrears, '2026-08 550 entitlement'],
    [householdKey(3)]: [...arrears, '2026-08 950 entitlement'],
    // Never paid by this system before: its month of May comes now, at the new amount.
    [householdKey(5)]: ['2026-05 1050 arrears'],
  });
  // The same again says nothing, and the next month pays the new amount and nothing else.
  bureau.clock.moveTo('2026-08-20');
  const again = value(await startBatch(portsOf(), DIBAO, START, { ...PREPARER, request: 'r-2' }));
  await bureau.deliver();
  const repeated = value(await batchInScope(bureau.ports, DIBAO, again.manifest.batchId));
  expect(repeated.totals).toMatchObject({ households: 0, notChanged: 4 });
  expect(code(await approve(repeated))).toBe('conflict/nothing-to-apply');
  value(await voidStandardChange(bureau.ports, DIBAO, again.manifest.batchId, '没有变动', 'staff-approver'));
  const september = await wholeMonth(bureau, { identity: month('2026-09') });
  expect(september.totals?.payable.fen).toBe(105_000 + 55_000 + 95_000);
});

test('the months and persons that policy names: on the roll in the month of issue, base only, a value that never reaches back', async () => {
  await onTheRoll(1, '450.00', 1000);
  await onTheRoll(2, '450.00', 1000);
  bureau.clock.moveTo('2026-07-20');
  await determined(bureau, 2, 2, spansOf(['2026-07', 0]), { kind: 'end', assessedAt: bureau.clock.now() });
  await newStandard('2026-04', { persons: 'on-roll-in-month-of-decision', components: ['base'] });
  const batch = await workedOut();
  expect(batch.totals).toMatchObject({ households: 1, notChanged: 1, monthly: 5_000 });
  expect((await proposalsOf(batch.manifest.batchId, 1)).map(({ content }) => amounts(content.spans))).toEqual(
    [[['2026-04', 1050]]],
  );
});

test('who was decided on in between is left out by name; a household without facts is refused by name', async () => {
  for (const n of [1, 2, 3]) await onTheRoll(n, '450.00', 1000);
  await enrolled(bureau, 4);
  await determined(bureau, 4, 1, spansOf(['2026-03', 1000]));
  bureau.clock.moveTo('2026-07-20');
  await newStandard();
  const batch = await workedOut();
  expect(batch.totals).toMatchObject({ households: 3, refused: { 'missing/household': 1 } });
  const individually = await determined(bureau, 2, 2, spansOf(['2026-08', 1234]));
  const answers = await Promise.all([approve(batch), approve(batch, 'staff-approver-2')]);
  expect(answers.map(code).sort()).toEqual(['accepted', 'conflict/batch-state']);
  await bureau.deliver();
  expect(value(await batchInScope(bureau.ports, DIBAO, batch.manifest.batchId))).toMatchObject({
    state: 'applied',
    applied: 2,
    leftOut: [addressOf(2).id],
  });
  expect((await determinationsOf(2)).at(-1)).toEqual(individually);
  expect(await determinationsOf(4)).toHaveLength(1);
});

test('duplicated, reordered and crashed work comes to the same hash and the same determinations; the sweeper finishes it', async () => {
  const hashes: unknown[] = [];
  for (const round of [1, 2]) {
    if (round === 2) {
      await bureau.stop();
      await openBureau();
    }
    for (const n of [1, 2, 3, 4, 5, 6]) await onTheRoll(n, `${n}00.00`, 1450 - n * 100);
    bureau.clock.moveTo('2026-07-20');
    await newStandard();
    if (round === 2) {
      // Every eleventh change is lost with its Lambda, before or after it took effect.
      let calls = 0;
      bureau.faults.around = async (call) => {
        calls += 1;
        if (calls % 11 === 0) throw new Error('the Lambda died');
        const answer = await call();
        if (calls % 17 === 0) throw new Error('the Lambda died');
        return answer;
      };
      // Who started it got no answer, and asks again under the same name.
      for (let tries = 0; tries < 5; tries += 1)
        await startBatch(portsOf(), DIBAO, START, PREPARER).catch(() => undefined);
      await bureau.deliver({ times: 2, random: seeded(7) });
      delete bureau.faults.around;
      bureau.failures.forget();
      for (const _ of [1, 2, 3]) {
        await bureau.sweep();
        await bureau.deliver({ times: 2, random: seeded(9) });
      }
    } else await workedOut();
    const batch = value(await batchInScope(bureau.ports, DIBAO, `sc-${PREPARER.request}`));
    expect(batch.state).toBe('review');
    if (round === 2) {
      let calls = 0;
      bureau.faults.around = async (call) => {
        calls += 1;
        if (calls % 5 === 0) throw new Error('the Lambda died');
        return call();
      };
      await approve(batch).catch(() => undefined);
      await bureau.deliver({ times: 2, random: seeded(3) });
      delete bureau.faults.around;
      bureau.failures.forget();
      for (const _ of [1, 2, 3]) {
        await bureau.sweep();
        await bureau.deliver();
      }
    } else {
      value(await approve(batch));
      await bureau.deliver();
    }
    expect(value(await batchInScope(bureau.ports, DIBAO, batch.manifest.batchId))).toMatchObject({
      state: 'applied',
      applied: 6,
      leftOut: [],
    });
    const decided = await Promise.all([1, 2, 3, 4, 5, 6].map(determinationsOf));
    hashes.push(
      decided.map((determinations) => determinations.map(({ number, spans }) => [number, amounts(spans)])),
    );
  }
  expect(hashes[1]).toEqual(hashes[0]);
});

test('one batch of a programme at a time; another code version or a void ends it before it decides anything', async () => {
  await onTheRoll(1, '450.00', 1000);
  bureau.clock.moveTo('2026-07-20');
  await newStandard();
  const first = value(await startBatch(portsOf(), DIBAO, START, PREPARER));
  expect(value(await startBatch(portsOf(), DIBAO, START, PREPARER))).toEqual(first);
  expect(code(await startBatch(portsOf(), DIBAO, START, { ...PREPARER, request: 'r-2' }))).toBe(
    'conflict/batch-active',
  );
  const elsewhere = { ...DIBAO, programme: 'high-age' };
  expect(code(await startBatch(portsOf(), elsewhere, START, { ...PREPARER, request: 'r-5' }))).toBe(
    'policy/not-by-decision',
  );
  expect(
    code(
      await startBatch(
        portsOf(),
        DIBAO,
        { ...START, issuedOn: '2026-07-21' },
        { ...PREPARER, request: 'r-4' },
      ),
    ),
  ).toBe('invalid/issue-date');
  const { batchId } = first.manifest;
  expect(code(await batchInScope(bureau.ports, { jurisdiction: '110101' }, batchId))).toBe('missing/batch');
  value(await voidStandardChange(bureau.ports, DIBAO, batchId, '文件有误', 'staff-approver'));
  await bureau.deliver();
  expect(value(await batchInScope(bureau.ports, DIBAO, batchId))).toMatchObject({ state: 'void' });
  const second = value(await startBatch(portsOf(), DIBAO, START, { ...PREPARER, request: 'r-3' }));
  const other = { ...bureau.ports.settings, codeVersion: 'another' };
  Object.assign(bureau.ports, { settings: other });
  await bureau.deliver();
  expect(value(await batchInScope(bureau.ports, DIBAO, second.manifest.batchId))).toMatchObject({
    state: 'void',
  });
  expect(await determinationsOf(1)).toHaveLength(1);
});
