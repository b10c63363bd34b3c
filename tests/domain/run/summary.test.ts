import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fen, fen } from '../../../domain/money.ts';
import { type Draft, draftsHash, draftTotal, standing } from '../../../domain/run/draft.ts';
import { addUp, summarise } from '../../../domain/run/summary.ts';
import { anyDrafts } from './any-drafts.ts';
import { draftOf, findingOf, sha256 } from './samples.ts';

const NOTHING = { refused: {}, accountChangers: [] };
const held = [findingOf('deceased', 'hold')];
const blocked = [findingOf('no-account', 'block')];

describe('where a draft stands', () => {
  it.each([
    ['payable', draftOf(1)],
    ['payable', draftOf(1, { findings: [findingOf('x', 'warn')] })],
    ['held', draftOf(1, { findings: [...held, findingOf('x', 'warn')] })],
    ['blocked', draftOf(1, { findings: [...held, ...blocked] })],
    ['blocked', draftOf(1, { findings: [...blocked, ...held] })],
    ['nothing', draftOf(1, { fen: fen(0) })],
    ['nothing', draftOf(1, { fen: fen(0), findings: [...blocked, ...held] })],
  ] as const)('%s', (expected, draft) => {
    expect(standing(draft)).toBe(expected);
  });

  it('a total is the sum of its lines', () => {
    const line = { month: '2026-12', component: 'allowance', kind: 'entitlement' } as const;
    expect(draftTotal([])).toBe(0);
    expect(
      draftTotal([
        { ...line, fen: fen(1) },
        { ...line, fen: fen(41) },
      ]),
    ).toBe(42);
  });
});

describe('the summary of a shard', () => {
  const drafts = [
    draftOf(1, { movement: 'joined' }),
    draftOf(2, { fen: fen(500), findings: held, street: '110199002', movement: 'changed' }),
    draftOf(3, { fen: fen(700), findings: [...held, ...blocked] }),
    draftOf(4, {
      fen: fen(0),
      movement: 'stopped',
      recoveries: [
        { month: '2026-11', component: 'allowance', fen: fen(10000), cause: 'death' },
        { month: '2026-10', component: 'allowance', fen: fen(1), cause: 'death' },
      ],
    }),
    draftOf(5, { kind: 'reissue', attempt: 2, fen: fen(30), payment: '2026-10_R_GL-000000000005-1' }),
    draftOf(6, { kind: 'reissue', attempt: 2, fen: fen(40), findings: held }),
  ];
  const summary = summarise(sha256, '00-7f', 3, drafts, {
    refused: { 'missing/birth-date': 2 },
    accountChangers: ['clerk'],
  });

  it('counts payable, held and blocked apart, and reissues that need no new funds', () => {
    expect(summary).toMatchObject({
      shard: '00-7f',
      revision: 3,
      payable: { count: 2, fen: 10030 },
      held: { count: 2, fen: 540 },
      blocked: { count: 1, fen: 700 },
      reissued: { count: 1, fen: 30 },
      recoveries: { count: 2, fen: 10001 },
      refused: { 'missing/birth-date': 2 },
      accountChangers: ['clerk'],
    });
  });

  it('by street without the blocked ones, and by component and kind of line', () => {
    expect(summary.streets).toEqual({
      '110199001': { payable: { count: 2, fen: 10030 }, held: { count: 1, fen: 40 } },
      '110199002': { payable: { count: 0, fen: 0 }, held: { count: 1, fen: 500 } },
    });
    expect(summary.components).toEqual({ 'allowance/entitlement': 10500, 'allowance/reissue': 70 });
  });

  it('movements leave reissues out; findings are counted by control; periods reach back', () => {
    expect(summary.movements).toEqual({ joined: 1, stopped: 1, changed: 1, same: 1 });
    expect(summary.findings).toEqual({ deceased: 3, 'no-account': 1 });
    expect(summary.periods).toEqual(['2026-10', '2026-12']);
  });

  it('an empty shard is zero', () => {
    const empty = summarise(sha256, '00-7f', 1, [], NOTHING);
    expect(empty).toMatchObject({ payable: { count: 0, fen: 0 }, streets: {}, periods: [] });
    expect(addUp([])).toMatchObject({ payable: { count: 0, fen: 0 }, periods: [] });
  });
});

it('periods of several shards are listed in order, each once', () => {
  const reaching = (payment: string) => summarise(sha256, 's', 1, [draftOf(1, { payment })], NOTHING);
  const shards = ['2026-12_R_GL-1', '2026-10_R_GL-1', '2026-12_S1_GL-1'].map(reaching);
  expect(addUp(shards).periods).toEqual(['2026-10', '2026-12']);
});

describe('the hash of drafts', () => {
  const drafts = [draftOf(1), draftOf(2), draftOf(3)];
  const hash = draftsHash(sha256, drafts);

  it.each<[string, Draft[]]>([
    ['one is missing', drafts.slice(1)],
    ['two change places', drafts.toReversed()],
    ['one is there twice', [...drafts, draftOf(3)]],
    ['an amount is another', drafts.with(0, draftOf(1, { fen: fen(10001) }))],
    [
      'an account is another',
      drafts.with(1, draftOf(2, { account: { payee: '000000000002', index: 1, hash: 'h' } })),
    ],
    ['a finding is another', drafts.with(2, draftOf(3, { findings: held }))],
    ['a derivation is another', drafts.with(2, draftOf(3, { derivations: { '2026-12': [] } }))],
  ])('is another when %s', (_, changed) => {
    expect(draftsHash(sha256, changed)).not.toBe(hash);
  });

  it('is in the summary', () => {
    expect(summarise(sha256, 's', 1, drafts, NOTHING).hash).toBe(hash);
  });
});

describe('adding up', () => {
  it('shards in any split and order give what one shard would have said', () => {
    fc.assert(
      fc.property(
        anyDrafts,
        fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 }),
        (drafts, deal) => {
          const part = (shard: number) =>
            summarise(
              sha256,
              `s${shard}`,
              1,
              drafts.filter((_, index) => deal[index] === shard),
              { refused: { 'policy/gap': shard }, accountChangers: shard === 0 ? ['b', 'a'] : ['a'] },
            );
          const {
            shard: _s,
            revision: _r,
            hash: _h,
            ...whole
          } = summarise(sha256, 's', 1, drafts, {
            refused: { 'policy/gap': 3 },
            accountChangers: ['a', 'b'],
          });
          expect(addUp([part(0), part(1), part(2)])).toEqual(whole);
          expect(addUp([part(2), part(0), part(1)])).toEqual(whole);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('streets add up to the totals, and money of every draft is counted once', () => {
    fc.assert(
      fc.property(anyDrafts, (drafts) => {
        const totals = summarise(sha256, 's', 1, drafts, NOTHING);
        const add = (amounts: Fen[]) => amounts.reduce((sum, amount) => sum + amount, 0);
        const streets = Object.values(totals.streets);
        expect(add(streets.map((street) => street.payable.fen))).toBe(totals.payable.fen);
        expect(add(streets.map((street) => street.held.fen))).toBe(totals.held.fen);
        expect(add(Object.values(totals.components))).toBe(totals.payable.fen + totals.held.fen);
        expect(add(drafts.map((draft) => draft.fen))).toBe(
          totals.payable.fen + totals.held.fen + totals.blocked.fen,
        );
      }),
      { numRuns: 100 },
    );
  });
});

it('whoever recorded the evidence of grants is named once, of what is paid or held and of nothing else', () => {
  const by = (...evidenceBy: string[]) => ({ evidenceBy });
  const drafts = [
    draftOf(1, by('m-2', 'm-1')),
    draftOf(2, { findings: held, ...by('m-1') }),
    draftOf(3, { fen: fen(0), ...by('m-3') }),
  ];
  const summary = summarise(sha256, '00-7f', 1, drafts, NOTHING);
  expect(summary.evidenceBy).toEqual(['m-1', 'm-2']);
  expect(addUp([summary, summarise(sha256, '80-ff', 1, [draftOf(4)], NOTHING)]).evidenceBy).toEqual([
    'm-1',
    'm-2',
  ]);
  expect(summarise(sha256, '80-ff', 1, [draftOf(4)], NOTHING)).not.toHaveProperty('evidenceBy');
});
