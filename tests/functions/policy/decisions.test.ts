import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMonths } from '../../../domain/calendar.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import type { PolicyProposal } from '../../../domain/policy/proposal.ts';
import { hashOfPacks } from '../../../functions/adapters/policy-proposal-store.ts';
import { proposalInScope, rejectPolicy, withdrawPolicy } from '../../../functions/policy/decide-policy.ts';
import { proposePolicy, startEffect } from '../../../functions/policy/propose-policy.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { code, DISTRICT, type Office, openOffice, pack, SCOPE, value } from '../run/office.ts';
import { approve, asked, PREPARER, proposed, raisedBands } from './proposal-office.ts';

const BUREAU = { jurisdiction: DISTRICT };
let bureau: Office;
beforeEach(async () => {
  bureau = await openOffice({ people: 1, quickReads: true });
});
afterEach(() => bureau.stop());

const by = (request: string) => ({ ...PREPARER, request });
const again = async ({ proposal: { id } }: PolicyProposal) => {
  value(await startEffect(bureau.ports, id, 'again', PREPARER.by));
  await bureau.deliver();
  return value(await proposalInScope(bureau.ports, BUREAU, id));
};
/** The first look may find some of the work still under way; one remembers how far it is, the next finds that it stands. */
const swept = async (looks: number) => {
  for (let look = 0; look < looks; look += 1) {
    await bureau.sweep();
    await bureau.deliver();
  }
};

test('an effect that is no longer what would happen is approved by nobody: other policy, another day, another hash', async () => {
  const first = await proposed(bureau, asked(raisedBands(10, '2026-10', '2026-11-01')), by('one'));
  const second = await proposed(bureau, asked(raisedBands(20, '2026-10', '2026-11-02')), by('two'));
  expect(value(await approve(bureau, first)).state).toBe('in-force');
  // The same person with the same papers again: the same approval.
  expect(value(await approve(bureau, first)).sequence).toBe(value(await approve(bureau, first)).sequence);
  expect(code(await approve(bureau, second))).toBe('conflict/stale-effect');
  const anew = await again(second);
  expect(anew.effect?.scopes[0]?.totals.gain).toBe(3 * 1_000);
  expect(code(await approve(bureau, { ...anew, effect: second.effect! }))).toBe('conflict/stale-effect');
  bureau.clock.moveTo('2026-11-23');
  expect(code(await approve(bureau, anew))).toBe('conflict/stale-effect');
  // Nothing has changed but the day: what was signed yesterday still names it.
  expect((await again(anew)).effect?.hash).toBe(anew.effect?.hash);
  expect(value(await approve(bureau, anew)).state).toBe('in-force');
});

test('who proposed it withdraws it and decides nothing; another person rejects it; what was decided on is over', async () => {
  const { proposal } = await proposed(bureau, asked(raisedBands(10)), by('one'));
  const [{ ports }, { id }] = [bureau, proposal];
  expect(code(await rejectPolicy(ports, BUREAU, id, '标准有误', PREPARER.by))).toBe('forbidden/own-proposal');
  expect(code(await withdrawPolicy(ports, BUREAU, id, '重报', 'staff-approver'))).toBe(
    'forbidden/not-own-proposal',
  );
  expect(code(await withdrawPolicy(ports, { jurisdiction: '110101' }, id, '重报', PREPARER.by))).toBe(
    'missing/policy-proposal',
  );
  const rejected = value(await rejectPolicy(ports, BUREAU, id, '标准有误', 'staff-approver'));
  expect(rejected).toMatchObject({
    state: 'rejected',
    decision: { reason: '标准有误', by: 'staff-approver' },
  });
  expect(code(await withdrawPolicy(ports, BUREAU, id, '重报', PREPARER.by))).toBe(
    'conflict/policy-proposal-state',
  );
  expect(code(await approve(bureau, rejected))).toBe('conflict/policy-proposal-state');
  const other = await proposed(bureau, asked(raisedBands(20)), by('two'));
  expect(value(await withdrawPolicy(ports, BUREAU, other.proposal.id, '重报', PREPARER.by)).state).toBe(
    'withdrawn',
  );
  expect(await ports.policies.packs()).toHaveLength(2);
  // The place above proposes its own; and only the first pack of a place and programme comes in without a proposal.
  const above = asked({ ...raisedBands(10), jurisdiction: '110000' });
  expect(code(await proposePolicy(ports, above, by('three')))).toBe('forbidden/jurisdiction');
  expect(code(await bureau.office.importPolicyPack(raisedBands(10), 'staff-admin'))).toBe(
    'conflict/policy-installed',
  );
  expect(value(await bureau.office.importPolicyPack(pack(DISTRICT), 'staff-admin')).values).toBeGreaterThan(
    0,
  );
});

test('a pack that the book could not hold is refused when it is proposed, not after it was approved', async () => {
  const [value80] = raisedBands(0).values;
  const values = Array.from({ length: 600 }, (_, index) => {
    const month = addMonths('2027-01', index);
    return { ...value80!, inForceFrom: month, inForceTo: month };
  });
  const large = await proposePolicy(bureau.ports, asked({ ...raisedBands(0), values }), by('large'));
  expect(code(large)).toBe('limit/pack-size');
  expect(await bureau.ports.policyProposals.listed(DISTRICT)).toEqual([]);
});

test('a proposal that died and comes again beside another book is what it says then', async () => {
  const [first, second] = [pack(DISTRICT), pack('110000')] as [PolicyPack, PolicyPack];
  await bureau.ports.policyProposals.putPacks('pp-died', [first, second]);
  await bureau.ports.policyProposals.putPacks('pp-died', [second]);
  const { proposal } = await proposed(bureau, asked(raisedBands(10)), by('whole'));
  const again = { proposal: { ...proposal, id: 'pp-died', packsHash: hashOfPacks([second]) } };
  expect(await bureau.ports.policyProposals.packs(again)).toEqual([second]);
});

test('what bears on no amount is compared with nobody', async () => {
  const [value80] = raisedBands(0).values;
  const day = { ...value80!, parameter: 'openPaymentAlarm', value: 9 };
  const found = await proposed(bureau, asked({ ...raisedBands(0), values: [day] }));
  expect(found).toMatchObject({ state: 'review', manifest: { scopes: [] }, effect: { scopes: [] } });
});

test('proposing that dies at any write is one proposal in the end, worked out once', async () => {
  await dyingAtEveryWrite(async (survived) => {
    const request = asked(raisedBands(10 + survived));
    const propose = () => proposePolicy(bureau.ports, request, by(`p-${survived}`));
    const died = await diesAfter(bureau.faults, survived, propose);
    const { proposal } = value(await propose());
    await swept(3);
    const found = value(await proposalInScope(bureau.ports, BUREAU, proposal.id));
    expect(found).toMatchObject({ state: 'review', manifest: { round: 1 } });
    expect(found.effect?.scopes).toMatchObject([
      { ...SCOPE, totals: { gaining: 1, gain: 3 * 100 * (10 + survived) } },
    ]);
    return died;
  });
});

test('approving that dies at any write is in the book once, by the sweeper alone', async () => {
  await dyingAtEveryWrite(async (survived) => {
    const decidedOn = `2026-11-${String(survived + 1).padStart(2, '0')}`;
    const request = asked(raisedBands(10 + survived, '2026-10', decidedOn));
    const found = await proposed(bureau, request, by(`a-${survived}`));
    const died = await diesAfter(bureau.faults, survived, () => approve(bureau, found));
    await swept(1);
    const left = value(await proposalInScope(bureau.ports, BUREAU, found.proposal.id));
    // Before its act was written nobody has approved anything.
    if (left.state === 'review') value(await approve(bureau, left));
    const { packs, state } = value(await proposalInScope(bureau.ports, BUREAU, found.proposal.id));
    expect(state).toBe('in-force');
    const stored = (await bureau.ports.policies.packs()).map(({ hash }) => hash);
    expect(stored.filter((hash) => packs?.includes(hash))).toHaveLength(1);
    return died;
  });
});
