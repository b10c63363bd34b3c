import { afterEach, beforeEach, expect, test } from 'vitest';
import { determinationService } from '../../../functions/determination/service.ts';
import { CALLERS } from '../api/api-client.ts';
import { type Desk, deskOf } from '../api/desk.ts';
import { idNumber } from '../register/sheet-fixture.ts';
import type { Office } from '../run/office.ts';
import { addressOf, dibaoOffice, enrolled } from './bureau.ts';
import { householdFacts } from './household-facts.ts';

let bureau: Office;
let facts: ReturnType<typeof householdFacts>;
let desk: Desk;
const enrolmentId = addressOf(1).id;
const params = { enrolmentId };
const { preparer, approver, reviewer, cashier, auditor, finance } = CALLERS;

beforeEach(async () => {
  bureau = await dibaoOffice({ quickReads: false });
  facts = householdFacts(bureau);
  await enrolled(bureau, 1);
  facts.earns(1, '2026-09', '450.00');
  const ports = { ...bureau.ports, households: facts.households };
  desk = await deskOf(bureau, { determinations: determinationService(ports) });
});
afterEach(() => bureau.stop());

const ask = (asked: unknown) => desk.done('proposeDetermination', { as: preparer, params, body: { asked } });
const INITIAL = { kind: 'initial', appliedOn: '2026-10-09' };

test('a clerk proposes, the approver decides on what was read, and the statement can be printed', async () => {
  const { body: proposal } = await ask(INITIAL);
  expect(proposal).toMatchObject({
    proposalId: '1-1',
    state: 'open',
    kindNames: { zh: '首次审批' },
    spans: [{ from: '2026-12', amount: '1000.00', components: [{ component: 'base', amount: '1000.00' }] }],
    effect: { monthly: '1000.00', arrears: '0.00' },
  });
  expect(proposal.spans[0].steps.length).toBeGreaterThan(4);
  const open = await desk.done('listOpenProposals', { as: approver, query: { programme: 'dibao' } });
  expect(open.body.proposals.map(({ enrolmentId: id }: { enrolmentId: string }) => id)).toEqual([
    enrolmentId,
  ]);

  const decision = {
    params: { ...params, proposalId: '1-1' },
    body: { hash: proposal.hash, document: '示民救〔2026〕88号', decidedOn: '2026-11-22' },
  };
  expect(await desk.code('decideDetermination', { as: reviewer, ...decision })).toBe('403 forbidden/role');
  const { body: determination } = await desk.done('decideDetermination', { as: approver, ...decision });
  expect(determination).toMatchObject({ number: 1, document: '示民救〔2026〕88号', basis: '1-1' });
  expect(await desk.code('decideDetermination', { as: approver, ...decision })).toBe(
    '409 conflict/already-decided',
  );
  const listed = await desk.done('listDeterminations', { as: auditor, params });
  expect(listed.body.determinations).toEqual([determination]);
  expect(
    (await desk.done('listEnrolmentProposals', { as: cashier, params })).body.proposals[0].decision,
  ).toMatchObject({ outcome: 'approved', by: determination.decidedBy });

  const statement = await desk.done('getDeterminationStatement', { as: preparer, params });
  expect(statement.headers['content-type']).toContain('text/html');
  for (const words of [
    '最低生活保障核定表',
    '壹仟元整',
    '示民救〔2026〕88号',
    '首次审批',
    '自 2026-12 起',
    '王**',
  ])
    expect(statement.body).toContain(words);
  expect(statement.body).not.toContain('王小明');
});

test('nobody decides about a relative whom they declared', async () => {
  const { body: proposal } = await ask(INITIAL);
  const relative = { idNumber: idNumber(1, '19700101'), relation: 'in-law', declaredOn: '2026-11-20' };
  await desk.done('declareRelative', { as: approver, body: relative });
  const one = { as: approver, params: { ...params, proposalId: '1-1' } };
  const decision = { hash: proposal.hash, document: '示民救〔2026〕89号', decidedOn: '2026-11-22' };
  expect(await desk.code('decideDetermination', { ...one, body: decision })).toBe('403 forbidden/relative');
  expect(await desk.code('rejectProposal', { ...one, body: { reason: '材料不齐' } })).toBe(
    '403 forbidden/relative',
  );
});

test('what is out of reach, of no kind, or worded wrongly is refused as such', async () => {
  const other = { enrolmentId: addressOf(2).id };
  expect(await desk.code('listDeterminations', { as: preparer, params: other })).toBe(
    '404 missing/enrolment',
  );
  expect(
    await desk.code('proposeDetermination', {
      as: preparer,
      params: { enrolmentId: enrolmentId.replace('DB', 'XX') },
      body: { asked: INITIAL },
    }),
  ).toBe('404 missing/enrolment');
  expect(
    await desk.code('proposeDetermination', { as: preparer, params, body: { asked: { kind: 'guess' } } }),
  ).toBe('422 invalid/request');
  expect(await desk.code('getDeterminationStatement', { as: preparer, params })).toBe(
    '409 conflict/not-determined',
  );
  expect(await desk.code('listDeterminations', { as: finance, params })).toBe('403 forbidden/role');
  await ask(INITIAL);
  const { body } = await desk.done('rejectProposal', {
    as: reviewer,
    params: { ...params, proposalId: '1-1' },
    body: { reason: '请核实收入' },
  });
  expect(body).toMatchObject({ state: 'rejected', decision: { reason: '请核实收入' } });
});
