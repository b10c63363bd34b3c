import { afterAll, beforeAll, expect, it } from 'vitest';
import { raisedBands } from '../policy/proposal-office.ts';
import { type Office, openOffice, value } from '../run/office.ts';
import { CALLERS, type Caller } from './api-client.ts';
import { type Desk, deskOf } from './desk.ts';

const { admin, approver, auditor, cashier, preparer } = CALLERS;
const both: Caller = { subject: 'staff-preparer', roles: ['preparer', 'approver'] };
let bureau: Office;
let desk: Desk;
beforeAll(async () => {
  bureau = await openOffice({ people: 3 });
  desk = await deskOf(bureau);
  const lines = [
    { line: 'd', level: 'district', fund: 'general', appropriated: 10_000 },
    { line: 'c', level: 'city', fund: 'general', appropriated: 20_000 },
  ] as never;
  const budget = { jurisdiction: '110199', programme: 'high-age', fiscalYear: '2026' } as const;
  value(await bureau.office.setBudget({ ...budget, lines, by: 'staff-finance' }));
});
afterAll(() => bureau.stop());

it('a change of policy from the proposal to the book, with its effect beside the budget, its sheet and its history', async () => {
  const body = { packs: [raisedBands(50)], reason: '<b>提高</b>高龄津贴' };
  expect(await desk.code('createPolicyProposal', { as: cashier, body })).toBe('403 forbidden/role');
  const { body: proposed } = await desk.done('createPolicyProposal', { as: preparer, body });
  expect(proposed).toMatchObject({ state: 'working-out', places: [{ parameters: ['bands'], values: 1 }] });
  const params = { proposalId: proposed.proposalId };
  expect(await desk.code('getPolicyEffectSheet', { as: approver, params })).toBe(
    '409 conflict/effect-not-worked-out',
  );
  await bureau.deliver();

  const { body: found } = await desk.done('getPolicyProposal', { as: auditor, params });
  expect(found.effect).toMatchObject({ through: '2026-12', stale: [], progress: { done: 16, of: 16 } });
  expect(found.effect.scopes).toMatchObject([
    {
      from: '2026-10',
      gaining: 3,
      losing: 0,
      gain: '450.00',
      arrears: '150.00',
      ahead: '300.00',
      cost: '450.00',
      months: [
        { month: '2026-10', gain: '150.00' },
        { month: '2026-11', gain: '150.00' },
        { month: '2026-12', gain: '150.00' },
      ],
      streets: [{ gaining: 3, gain: '450.00' }],
      // Lines in their order: the first two hold 300.00 of it.
      budget: {
        levels: [
          { level: 'city', needed: '200.00', available: '200.00', short: '0.00' },
          { level: 'district', needed: '100.00', available: '100.00', short: '0.00' },
        ],
        short: '150.00',
      },
    },
  ]);
  expect(found.packs[0].values[0].value[0]).toMatchObject({ amount: '150.00' });

  const { body: first } = await desk.done('listPolicyEffect', {
    as: preparer,
    params,
    query: { limit: '1' },
  });
  const { body: losing } = await desk.done('listPolicyEffect', {
    as: preparer,
    params,
    query: { side: 'losing' },
  });
  const rest = { as: preparer, params, query: { limit: '100', cursor: first.next } };
  const { body: second } = await desk.done('listPolicyEffect', rest);
  expect(first.rows.length + second.rows.length).toBe(3);
  expect(losing.rows).toEqual([]);
  expect(first.rows[0]).toMatchObject({ sum: '150.00', maskedName: expect.stringContaining('*') });

  const { body: sheet } = await desk.done('getPolicyEffectSheet', { as: approver, params });
  expect(sheet).toContain('&lt;b&gt;提高&lt;/b&gt;');
  for (const text of [
    '政策变动影响测算表',
    'fromAge: 80, amount: 150.00',
    '150.00',
    found.effect.hash,
    '不足',
  ])
    expect(sheet).toContain(text);

  const seen = { hash: found.effect.hash, document: '示民发〔2026〕21号', decidedOn: '2026-11-22' };
  expect(await desk.code('approvePolicyProposal', { as: both, params, body: seen })).toBe(
    '403 forbidden/own-proposal',
  );
  const { body: approved } = await desk.done('approvePolicyProposal', { as: approver, params, body: seen });
  expect(approved).toMatchObject({ state: 'in-force', decision: { document: seen.document } });
  expect(await desk.code('rejectPolicyProposal', { as: approver, params, body: { reason: '重报' } })).toBe(
    '409 conflict/policy-proposal-state',
  );
  const { body: listed } = await desk.done('listPolicyProposals', {
    as: auditor,
    query: { state: 'in-force' },
  });
  expect(listed.proposals).toHaveLength(1);
  const { body: after } = await desk.done('getPolicyProposal', { as: auditor, params });
  expect(after.history.map(({ act }: { act: string }) => act)).toEqual([
    'proposed',
    'effect-started',
    'effect-found',
    'approved',
    'in-force',
  ]);
});

it('the book as a file goes out and comes in as one proposal, the same to the byte; the catalogue says what it holds', async () => {
  const { body: book } = await desk.done('exportPolicyBook', { as: auditor });
  expect(await desk.code('exportPolicyBook', { as: auditor, query: { jurisdiction: '110000' } })).toBe(
    '403 forbidden/jurisdiction',
  );
  const again = { book, reason: '导入政策库' };
  expect(await desk.code('importPolicyBook', { as: preparer, body: again })).toBe(
    '409 conflict/nothing-changes',
  );
  const forged = { ...again, book: { ...book, hash: 'a'.repeat(64) } };
  expect(await desk.code('importPolicyBook', { as: preparer, body: forged })).toBe(
    '409 conflict/policy-book-hash',
  );
  expect(await desk.code('createPolicyPack', { as: admin, body: raisedBands(60) })).toBe(
    '409 conflict/policy-installed',
  );

  const elsewhere = await openOffice({ people: 0, packs: [] });
  try {
    const other = await deskOf(elsewhere);
    const { body: proposed } = await other.done('importPolicyBook', { as: preparer, body: again });
    const params = { proposalId: proposed.proposalId };
    const withdrawn = { as: preparer, params, body: { reason: '先不导入' } };
    await elsewhere.deliver();
    const { body: found } = await other.done('getPolicyProposal', { as: approver, params });
    const seen = { hash: found.effect.hash, document: '示民发〔2026〕22号', decidedOn: '2026-11-22' };
    await other.done('approvePolicyProposal', { as: approver, params, body: seen });
    expect(await other.code('withdrawPolicyProposal', withdrawn)).toBe('409 conflict/policy-proposal-state');
    const { body: back } = await other.done('exportPolicyBook', { as: auditor });
    expect(JSON.stringify(back)).toBe(JSON.stringify(book));
  } finally {
    await elsewhere.stop();
  }

  const query = { programme: 'high-age' };
  const { body: catalogue } = await desk.done('getCatalogue', { as: auditor, query });
  const [highAge] = catalogue.programmes;
  expect(highAge.places.map(({ jurisdiction }: { jurisdiction: string }) => jurisdiction)).toEqual([
    '110000',
    '110199',
  ]);
  expect(highAge.openQuestions).toMatchObject([{ code: 'high-age-late-six-months' }]);
  const { body: text, headers } = await desk.done('getCatalogueText', { as: auditor, query });
  expect(headers['content-type']).toContain('text/markdown');
  expect(text).toContain('fromAge: 80, amount: 150.00');
  expect(await desk.code('getCatalogue', { as: auditor, query: { programme: 'none' } })).toBe(
    '422 invalid/programme',
  );
});
