import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Asked } from '../../../domain/determination/proposal.ts';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { toYuan } from '../../../domain/money.ts';
import { dibao } from '../../../domain/programmes/dibao/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { StoredProposal } from '../../../functions/adapters/proposal-store.ts';
import { approve, type ProposePorts, propose, reject } from '../../../functions/determination/proposals.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { addPack, code, type Office, value } from '../run/office.ts';
import { addressOf, DIBAO, determined, dibaoOffice, dibaoPack, enrolled, spansOf } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
let ports: ProposePorts;
const ADDRESS = addressOf(1);
const INITIAL: Asked = { kind: 'initial', appliedOn: '2026-10-09' };

beforeEach(async () => {
  bureau = await dibaoOffice({ historyFrom: '2026-03' });
  facts = householdFacts(bureau);
  await enrolled(bureau, 1);
  ports = {
    ...bureau.ports,
    households: facts.households,
  };
});
afterEach(() => bureau.stop());

const ask = (asked: Asked, by = 'staff-preparer', request?: string) =>
  propose(ports, ADDRESS, asked, bureau.clock.today(), { by, ...(request !== undefined && { request }) });
const decision = ({ proposal }: StoredProposal, changes: Partial<Parameters<typeof approve>[2]> = {}) => ({
  proposal: proposalId(proposal),
  hash: proposal.hash,
  document: '示民救〔2026〕88号',
  decidedOn: bureau.clock.today(),
  by: 'staff-approver',
  ...changes,
});
const decide = (stored: StoredProposal, changes: Partial<Parameters<typeof approve>[2]> = {}) =>
  approve(ports, ADDRESS, decision(stored, changes));
const open = async () => {
  const found: StoredProposal[] = [];
  for await (const { stored } of ports.proposals.openFrom(DIBAO)) if (stored) found.push(stored);
  return found;
};
const recorded = async () => (await bureau.register.enrolmentRead(ADDRESS))!.determinations;
const amountsOf = (spans: readonly { from: string; components: readonly { fen: number }[] }[]) =>
  spans.map(({ from, components }) => [from, components.reduce((sum, { fen }) => sum + fen, 0) / 100]);

test('proposed by one and decided by another, with derivation, document and the difference month by month', async () => {
  facts.earns(1, '2026-09', '450.00');
  const proposed = value(await ask(INITIAL));
  // 1450.00 less 450.00; by Beijing's rules from the month after the decision.
  expect(amountsOf(proposed.proposal.content.spans)).toEqual([['2026-12', 1000]]);
  expect(proposed.proposal.effect).toMatchObject({ monthly: 100_000, arrears: 0, overpaid: 0 });
  for (const step of proposed.proposal.content.spans[0]!.derivation)
    expect(renderStep(dibao, step).zh).not.toContain('{');
  expect(await recorded()).toEqual([]);

  expect(code(await decide(proposed, { by: 'staff-preparer' }))).toBe('forbidden/own-proposal');
  expect(code(await decide(proposed, { decidedOn: '2026-11-23' }))).toBe('invalid/decision-date');
  expect(code(await decide(proposed, { hash: '0'.repeat(64) }))).toBe('conflict/stale-proposal');
  expect(code(await decide(proposed, { proposal: '1-2' }))).toBe('missing/proposal');
  const { determination } = value(await decide(proposed, { nextReviewOn: '2027-11-30' }));
  expect(await recorded()).toEqual([determination]);
  expect(determination).toMatchObject({
    number: 1,
    kind: 'initial',
    document: '示民救〔2026〕88号',
    proposedBy: 'staff-preparer',
    decidedBy: 'staff-approver',
    nextReviewOn: '2027-11-30',
    basis: '1-1',
  });
  expect(determination!.departure).toBeUndefined();
  expect(await open()).toEqual([]);
  expect(code(await ask(INITIAL))).toBe('conflict/already-determined');
});

test('another amount than the proposed one needs a reason, and the step says what was proposed', async () => {
  facts.earns(1, '2026-09', '450.00');
  const proposed = value(await ask(INITIAL));
  const fixed = spansOf(['2026-12', 900]).map(({ from, components }) => ({ from, components }));
  expect(code(await decide(proposed, { fixed }))).toBe('invalid/departure');
  expect(code(await decide(proposed, { departure: '低保评议会核实' }))).toBe('invalid/departure');
  const wrong = [{ from: '2026-12' as const, components: [{ component: 'bonus', fen: 1 as never }] }];
  expect(code(await decide(proposed, { fixed: wrong, departure: '评议' }))).toBe('invalid/fixed-spans');
  const { determination } = value(await decide(proposed, { fixed, departure: '低保评议会核实' }));
  expect(amountsOf(determination!.spans)).toEqual([['2026-12', 900]]);
  expect(determination!.departure).toBe('低保评议会核实');
  const last = determination!.spans[0]!.derivation.at(-1)!;
  expect([last.code, last.inputs['proposed'], last.result]).toEqual(['departed', '1000.00', '900.00']);
  expect(renderStep(dibao, last).zh).toBe('测算为每月1000.00元，决定自2026-12起按每月900.00元核定');
});

test('a rejected proposal gives way to the next; one that waits does not, unless it is one’s own', async () => {
  facts.earns(1, '2026-09', '450.00');
  const first = value(await ask(INITIAL, 'staff-preparer', 'request-1'));
  expect(value(await ask(INITIAL, 'staff-preparer', 'request-1'))).toEqual(first);
  expect(code(await ask(INITIAL, 'staff-preparer-2'))).toBe('conflict/proposal-open');
  expect(code(await reject(ports, ADDRESS, { proposal: '1-1', by: 'staff-preparer', reason: '改' }))).toBe(
    'forbidden/own-proposal',
  );
  value(await reject(ports, ADDRESS, { proposal: '1-1', by: 'staff-approver', reason: '请核实收入' }));
  expect(code(await decide(first))).toBe('conflict/already-decided');
  expect(await open()).toEqual([]);
  const second = value(await ask(INITIAL, 'staff-preparer-2'));
  expect(proposalId(second.proposal)).toBe('1-2');
  const third = value(await ask({ kind: 'initial', appliedOn: '2026-10-10' }, 'staff-preparer-2'));
  expect(code(await decide(second))).toBe('conflict/already-decided');
  expect((await open()).map(({ proposal }) => proposalId(proposal))).toEqual(['1-3']);
  value(await decide(third));
});

test('a fact or a policy that came since makes a proposal stale; proposed again it is the new one', async () => {
  facts.earns(1, '2026-09', '450.00');
  const first = value(await ask(INITIAL));
  facts.earns(1, '2026-10', '500.00');
  expect(code(await decide(first))).toBe('conflict/stale-proposal');
  const second = value(await ask(INITIAL, 'staff-preparer-2'));
  expect(amountsOf(second.proposal.content.spans)).toEqual([['2026-12', 950]]);
  const pack = dibaoPack('110000');
  const standard = pack.values.find(
    (row) => row['parameter'] === 'standard' && row['inForceFrom'] === '2024-07',
  )!;
  pack.values = [
    {
      ...standard,
      inForceFrom: '2026-12',
      decidedOn: '2026-11-20',
      value: { urban: '1500.00', rural: '1500.00' },
    },
  ];
  await addPack(bureau, pack);
  expect(code(await decide(second))).toBe('conflict/stale-proposal');
  const third = value(await ask(INITIAL, 'staff-preparer-2'));
  expect(amountsOf(third.proposal.content.spans)).toEqual([['2026-12', 1000]]);
  // The month of the decision is part of the question: decided in December it begins in January.
  bureau.clock.moveTo('2026-12-01');
  expect(code(await decide(third))).toBe('conflict/stale-proposal');
  expect(code(await decide(third, { decidedOn: '2026-11-30' }))).toBe('accepted');
});

test('a proposal whose number went to another determination is stale, and says why', async () => {
  facts.earns(1, '2026-09', '450.00');
  const proposed = value(await ask(INITIAL));
  await determined(bureau, 1, 1, spansOf(['2026-12', 900]), { kind: 'opening' });
  const answer = await decide(proposed);
  expect(answer.ok ? {} : answer.error).toMatchObject({
    code: 'conflict/stale-proposal',
    detail: { why: 'number' },
  });
});

test('of people who decide at once one wins, and the others are told', async () => {
  facts.earns(1, '2026-09', '450.00');
  const proposed = value(await ask(INITIAL));
  const answers = await Promise.all([
    decide(proposed),
    decide(proposed, { by: 'staff-approver-2', document: '示民救〔2026〕89号' }),
    reject(ports, ADDRESS, { proposal: '1-1', by: 'staff-approver-3', reason: '请核实' }),
  ]);
  const codes = answers.map(code).sort();
  expect(codes).toEqual(['accepted', 'conflict/already-decided', 'conflict/already-decided']);
  const winner = answers.findIndex((answer) => answer.ok);
  expect(await recorded()).toHaveLength(winner === 2 ? 0 : 1);
});

test('a decision whose writer died between any two writes is finished by whoever comes next, once', async () => {
  await dyingAtEveryWrite(async (survived) => {
    const n = 11 + survived;
    await enrolled(bureau, n);
    facts.earns(n, '2026-09', '450.00');
    const at = addressOf(n);
    const proposed = value(await propose(ports, at, INITIAL, bureau.clock.today(), { by: 'staff-preparer' }));
    const asked = () => approve(ports, at, decision(proposed, { request: 'r-1' }));
    const died = await diesAfter(bureau.faults, survived, asked);
    // Another who decides finds what there is: a decision to be finished, or none yet.
    const other = await approve(ports, at, decision(proposed, { by: 'staff-approver-2' }));
    const decided = (await bureau.register.enrolmentRead(at))!.determinations;
    expect(decided).toHaveLength(1);
    expect(decided[0]?.decidedBy).toBe(other.ok ? 'staff-approver-2' : 'staff-approver');
    // Who asked and got no answer asks again.
    const again = await asked();
    expect(again.ok ? again.value.determination : code(again)).toEqual(
      other.ok ? 'conflict/already-decided' : decided[0],
    );
    expect((await bureau.register.enrolmentRead(at))!.determinations).toEqual(decided);
    return died;
  });
  expect(await open()).toEqual([]);
});

test('review, taper, review without change and end are proposals too; an end needs no recorded stop', async () => {
  facts.earns(1, '2025-01', '450.00');
  await determined(bureau, 1, 1, spansOf(['2026-03', 1000]));
  expect(code(await ask({ kind: 'review' }))).toBe('conflict/nothing-changes');
  expect(code(await ask({ kind: 'review', from: '2026-02' }))).toBe('conflict/not-determined');

  const same = value(await ask({ kind: 'unchanged' }));
  expect(amountsOf(same.proposal.content.spans)).toEqual([['2026-11', 1000]]);
  value(await decide(same, { nextReviewOn: '2027-05-31' }));

  // Known in November, true since June: only what is decided for those months will be paid.
  facts.earns(1, '2026-06', '250.00');
  const review = value(await ask({ kind: 'review', from: '2026-06' }));
  expect(amountsOf(review.proposal.content.spans)).toEqual([['2026-06', 1200]]);
  expect(review.proposal.effect).toMatchObject({ arrears: 5 * 20_000, monthly: 20_000, overpaid: 0 });
  value(await decide(review));

  facts.earns(1, '2026-11', '1800.00');
  const taper = value(await ask({ kind: 'taper', declaredOn: '2026-11-20' }));
  expect(amountsOf(taper.proposal.content.spans)).toEqual([
    ['2026-12', 1200],
    ['2027-03', 600],
    ['2027-06', 0],
  ]);
  value(await decide(taper));

  const end = value(await ask({ kind: 'end', from: '2027-02', reason: '户主书面放弃' }));
  expect(amountsOf(end.proposal.content.spans)).toEqual([['2027-02', 0]]);
  expect(toYuan(end.proposal.effect.monthly)).toBe('-1200.00');
  value(await decide(end));
  expect((await recorded()).map(({ kind }) => kind)).toEqual(['initial', 'review', 'review', 'taper', 'end']);
  expect(code(await ask({ kind: 'end', from: '2027-02', reason: '再次' }))).toBe('conflict/nothing-changes');
  // A household that comes back is approved anew after its end; until then it asks for a review.
  facts.earns(1, '2026-12', '450.00');
  expect(code(await ask({ kind: 'initial', appliedOn: '2026-11-21' }))).toBe('conflict/still-due');
  bureau.clock.moveTo('2027-01-05');
  expect(code(await ask({ kind: 'initial', appliedOn: '2027-01-05' }))).toBe('accepted');
});
