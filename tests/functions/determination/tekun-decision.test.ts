// Goal: a decision on several enrolments is never half done in silence. Method: its writer dies at every write, and once another decision
// takes the number of the second enrolment in between.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { proposalId } from '../../../domain/determination/proposal.ts';
import { approveStandardChange, batchInScope, startBatch } from '../../../functions/determination/batch.ts';
import { householdsOf } from '../../../functions/determination/households.ts';
import { openTasks } from '../../../functions/determination/list-review-tasks.ts';
import { approve, finishDecided, propose } from '../../../functions/determination/proposals.ts';
import { determinationService } from '../../../functions/determination/service.ts';
import { diesAfter, dyingAtEveryWrite } from '../../faults.ts';
import { CALLERS } from '../api/api-client.ts';
import { deskOf } from '../api/desk.ts';
import { addPack, type Office, value } from '../run/office.ts';
import { addressOf, enrol, PLACE, party, tekunOffice, tekunPack } from './tekun-bureau.ts';

let bureau: Office;
beforeEach(async () => {
  bureau = await tekunOffice();
});
afterEach(() => bureau.stop());

const portsOf = () => ({ ...bureau.ports, households: householdsOf(bureau.register) });
const SCOPE = { jurisdiction: PLACE, programme: 'tekun' };

/** A person with a proposal on both enrolments, and how it is decided. */
async function proposed() {
  const person = await party(bureau, '王二', [
    ['birth-date', '1948-03-05', '1948-03-05'],
    ['self-care', '2026-10-20', 'half'],
  ]);
  const at = ['residence', '2026-11-03', 'rural'] as const;
  await enrol(bureau, 'basic', person, person, [at, ['care-setting', '2026-11-03', 'family']]);
  await enrol(bureau, 'care', person, person);
  const [address, today] = [addressOf('basic', person), bureau.clock.today()];
  const asked = { kind: 'initial', appliedOn: '2026-11-03' } as const;
  const { proposal } = value(await propose(portsOf(), address, asked, today, { by: 'staff-preparer' }));
  const decision = { proposal: proposalId(proposal), hash: proposal.hash, document: '示民救〔2026〕1号' };
  return {
    person,
    decide: () => approve(portsOf(), address, { ...decision, decidedOn: today, by: 'staff-approver' }),
  };
}
const determined = async (person: string) =>
  Promise.all(
    (['basic', 'care'] as const).map(async (part) => {
      const read = await bureau.register.enrolmentRead(addressOf(part, person));
      return read?.determinations.map(({ document }) => document);
    }),
  );
const isOpen = async (person: string) => {
  for await (const { enrolment, stored } of bureau.ports.proposals.openFrom(SCOPE))
    if (stored && enrolment === addressOf('basic', person).id) return true;
  return false;
};

test('what died at any write is finished, twice over, and then is one document on both', async () => {
  await dyingAtEveryWrite(async (survived) => {
    const { person, decide } = await proposed();
    const died = await diesAfter(bureau.faults, survived, decide);
    for (const _ of [1, 2]) await finishDecided(portsOf(), addressOf('basic', person));
    const wasDecided = (await determined(person))[0]?.length === 1;
    const both = wasDecided ? ['示民救〔2026〕1号'] : [];
    expect(await determined(person)).toEqual([both, both]);
    expect(await isOpen(person)).toBe(!wasDecided);
    return died;
  });
});

test('where another decision took the second number, a person is asked to look, once', async () => {
  const { person, decide } = await proposed();
  await diesAfter(bureau.faults, 2, decide);
  expect(await determined(person)).toEqual([['示民救〔2026〕1号'], []]);
  const [first] = (await bureau.register.enrolmentRead(addressOf('basic', person)))!.determinations;
  const other = { ...first!, enrolment: addressOf('care', person).id, document: '示民救〔2026〕7号' };
  expect(await bureau.register.recordDetermination(addressOf('care', person), other)).toBe('created');
  for (const _ of [1, 2]) await finishDecided(portsOf(), addressOf('basic', person));
  expect(await determined(person)).toEqual([['示民救〔2026〕1号'], ['示民救〔2026〕7号']]);
  const { items } = await openTasks(bureau.ports, SCOPE, { limit: 9 });
  expect(items.map(({ causes }) => causes.map(({ kind }) => kind))).toEqual([['decision-overtaken']]);
  expect(await isOpen(person)).toBe(false);
});

test('the statement of the decision says what it fixed for both', async () => {
  const { person, decide } = await proposed();
  value(await decide());
  const desk = await deskOf(bureau, { determinations: determinationService(portsOf()) });
  const params = { enrolmentId: addressOf('basic', person).id };
  const { proposals } = (await desk.done('listEnrolmentProposals', { as: CALLERS.preparer, params })).body;
  expect(proposals[0].with).toMatchObject([{ programme: 'tekun-care', spans: [{ amount: '1016.00' }] }]);
  const statement = await desk.done('getDeterminationStatement', { as: CALLERS.preparer, params });
  for (const words of [
    '特困人员基本生活核定表',
    '2000.00 元',
    '特困人员照料护理（同一决定一并核定）',
    '1016.00 元',
  ])
    expect(statement.body).toContain(words);
});

test('a change of standard is one batch of each programme by itself', async () => {
  const { person, decide } = await proposed();
  value(await decide());
  const pack = tekunPack('basic');
  const [before] = pack.values.filter(({ parameter }) => parameter === 'standard');
  bureau.clock.moveTo('2026-12-05');
  const raised = { urban: '2300.00', rural: '2110.00' };
  const row = { ...before!, value: raised, inForceFrom: '2026-12', decidedOn: '2026-12-01' };
  await addPack(bureau, { ...pack, values: [row] });

  const start = { document: '示民救〔2026〕70号', issuedOn: '2026-12-01', through: '2027-01' } as const;
  const by = { by: 'staff-preparer', request: 'r-1' };
  const { manifest } = value(await startBatch(portsOf(), SCOPE, start, by));
  await bureau.deliver();
  const batch = value(await batchInScope(bureau.ports, SCOPE, manifest.batchId));
  expect(batch).toMatchObject({ state: 'review', totals: { households: 1, monthly: 11_000 } });
  const seen = { hash: batch.hash!, document: '示民救〔2026〕71号', decidedOn: '2026-12-05' };
  value(await approveStandardChange(portsOf(), SCOPE, manifest.batchId, seen, 'staff-approver'));
  await bureau.deliver();
  const [basic, care] = await determined(person);
  expect([basic, care]).toEqual([['示民救〔2026〕1号', '示民救〔2026〕71号'], ['示民救〔2026〕1号']]);
  const last = (await bureau.register.enrolmentRead(addressOf('basic', person)))?.determinations.at(-1);
  expect(last).toMatchObject({
    kind: 'standard-change',
    spans: [{ from: '2026-12', components: [{ component: 'basic', fen: 211_000 }] }],
  });
});
