import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen } from '../../../domain/money.ts';
import { applicableChain, nextStep } from '../../../domain/run/approval-chain.ts';
import { isLastSignature, type Signer, signRun } from '../../../domain/run/approval-commands.ts';
import type { Delegation } from '../../../domain/run/delegation.ts';
import { type ApprovalStep, manifestHash } from '../../../domain/run/manifest.ts';
import { runHash } from '../../../domain/run/run.ts';
import {
  type ActLog,
  CHAIN,
  codeOf,
  computedBody,
  effectOf,
  manifestOf,
  must,
  seenNow,
  sha256,
} from './samples.ts';
import { at, DRAFTS, NEEDED } from './stages.ts';

const office = { zh: '局长', en: 'Director' };
const stepOf = (code: string, role: string, aboveFen?: number): ApprovalStep => ({
  code,
  role,
  office,
  ...(aboveFen !== undefined && { aboveFen: fen(aboveFen) }),
});
const codes = (steps: readonly ApprovalStep[]) => steps.map(({ code }) => code);
const signingWith = (approvalChain: readonly ApprovalStep[]) =>
  at('signing', DRAFTS, { manifest: { approvalChain } });

/** Signs with somebody new at every step until the run leaves the chain; what `isLastSignature` said before each. */
function signThrough(log: ActLog) {
  const last: boolean[] = [];
  while (log.run.state === 'signing') {
    const id = `signer-${log.run.signatures.length}`;
    last.push(isLastSignature(log.run));
    const roles = [nextStep(log.run)?.role ?? ''];
    log.write(must(signRun(log.run, seenNow(log.run), { id, roles }, sha256)), id);
  }
  return { steps: log.run.signatures.map(({ step }) => step), last };
}

describe('steps above an amount', () => {
  /** 400.00 yuan are payable in the sample. */
  it.each([
    ['one fen below the total', NEEDED - 1, ['section', 'deputy', 'director']],
    ['exactly the total', NEEDED, ['section', 'deputy']],
    ['one fen above the total', NEEDED + 1, ['section', 'deputy']],
  ])('%s', (_, above, steps) => {
    const log = signingWith([
      stepOf('section', 'reviewer'),
      stepOf('deputy', 'approver'),
      stepOf('director', 'approver', above),
    ]);
    const signed = signThrough(log);
    expect(signed.steps).toEqual(steps);
    // The budget is reserved by whichever step is the last one for this run.
    expect(signed.last).toEqual(steps.map((_step, index) => index === steps.length - 1));
    expect(log.run.state).toBe('approved');
    expect(codeOf(signRun(log.run, seenNow(log.run), { id: 'x', roles: ['approver'] }, sha256))).toBe(
      'conflict/run-state',
    );
  });

  it.each([
    [2, 0],
    [3, 0],
    [4, 10],
    [5, 10],
  ])('a chain of %i signs in order and leaves out steps in the middle', (length, above) => {
    const all = [
      stepOf('section', 'reviewer'),
      stepOf('finance', 'reviewer', NEEDED + above),
      stepOf('audit', 'reviewer', NEEDED - above - 1),
      stepOf('deputy', 'approver'),
      stepOf('director', 'approver', NEEDED - 1),
    ];
    const chain = [...all.slice(0, length - 1), stepOf('last', 'approver')];
    const expected = codes(chain).filter((code) => code !== 'finance' || length < 3);
    expect(signThrough(signingWith(chain)).steps).toEqual(expected);
  });

  it('follow the total: what a hold or a recompute leaves decides who signs next time', () => {
    const chain = [...CHAIN, stepOf('director', 'approver', NEEDED - 10_000)];
    const log = signingWith(chain);
    expect(codes(applicableChain(log.run))).toEqual([...codes(CHAIN), 'director']);
    log.write({ kind: 'payment-held', effect: effectOf(DRAFTS[0]!), reason: '核实' }, 'clerk');
    expect(log.run.totals?.payable.fen).toBe(NEEDED - 10_000);
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
    expect(signThrough(log).steps).toEqual(codes(CHAIN));
    log.write({ kind: 'recompute-requested', reason: '', manifest: log.run.manifest }, 'preparer');
    expect(codes(applicableChain(log.run))).toEqual([...codes(CHAIN), 'director']);
    log.write(computedBody(log.run, DRAFTS), 'system');
    log.write({ kind: 'submitted', ...seenNow(log.run) }, 'preparer');
    expect(signThrough(log).steps).toEqual([...codes(CHAIN), 'director']);
  });

  it('change the hash of a manifest; runs frozen without them fold and hash as they always did', () => {
    expect(manifestHash(sha256, manifestOf())).toBe(
      '73c549f7c83df870b1438c8176dd8f95cbe8dbe8d417cc5263ba807634aa6324',
    );
    expect(runHash(sha256, at('signing').run)).toBe(
      'dd303835089100fbe1c0b404ad469d837c5a8279abac0748b4c2ff8f7f92481a',
    );
    expect(at('approved').run.signatures[0]).toStrictEqual({
      step: 'section',
      by: 'reviewer-1',
      at: '2026-11-26T01:00:00.000Z',
    });
    const dear = { approvalChain: [...CHAIN, stepOf('director', 'approver', 1)] };
    const dearer = { approvalChain: [...CHAIN, stepOf('director', 'approver', 2)] };
    expect(new Set([{}, dear, dearer].map((one) => manifestHash(sha256, manifestOf(one)))).size).toBe(3);
  });
});

/** Two starters, four with roles of their own, two with none. */
const ROLES: Readonly<Record<string, readonly string[]>> = {
  anna: ['reviewer', 'approver'],
  bo: ['reviewer', 'approver'],
  chen: ['reviewer'],
  dora: ['approver'],
  emil: ['reviewer', 'approver'],
  fang: ['approver'],
  gao: [],
  hu: [],
};
const PEOPLE = Object.keys(ROLES);
const person = fc.constantFrom(...PEOPLE);
const anyChain = fc
  .array(fc.option(fc.integer({ min: NEEDED - 2, max: NEEDED + 2 }), { nil: undefined }), { maxLength: 3 })
  .chain((amounts) =>
    fc
      .shuffledSubarray(amounts, { minLength: amounts.length })
      .map((shuffled) => [
        stepOf('first', 'reviewer'),
        ...shuffled.map((amount, index) =>
          stepOf(`middle-${index}`, index % 2 ? 'approver' : 'reviewer', amount),
        ),
        stepOf('last', 'approver'),
      ]),
  );
const anyMove = fc.record({
  by: person,
  onBehalfOf: fc.option(person, { nil: undefined }),
  day: fc.integer({ min: 1, max: 4 }),
});
const anyGrant = fc
  .record({
    principal: person,
    deputy: person,
    from: fc.integer({ min: 1, max: 4 }),
    revoked: fc.boolean(),
  })
  .filter(({ principal, deputy }) => principal !== deputy);

it('whoever tries, in own right or for others: distinct people, true authority, complete exactly when all steps are signed', () => {
  let approved = 0;
  let byDeputy = 0;
  fc.assert(
    fc.property(
      anyChain,
      fc.array(anyGrant, { minLength: 6, maxLength: 16 }),
      fc.array(anyMove, { minLength: 20, maxLength: 60 }),
      (chain, grants, moves) => {
        const day = (number: number) => `2026-11-2${number}`;
        const delegations = grants.map(
          ({ principal, deputy, from, revoked }, index): Delegation => ({
            delegationId: `d-${index}`,
            jurisdiction: '110199',
            principal,
            deputy,
            reason: '',
            from: day(from),
            to: day(from + 1),
            grantedBy: principal,
            grantedAt: '',
            ...(revoked && { revoked: { by: principal, at: '', reason: '' } }),
          }),
        );
        const log = at('review', DRAFTS, { manifest: { approvalChain: chain }, accountChangers: ['bo'] });
        log.write({ kind: 'submitted', ...seenNow(log.run) }, 'anna');
        const needed = chain.filter(({ aboveFen }) => aboveFen === undefined || NEEDED > aboveFen);
        for (const { by, onBehalfOf, day: number } of moves) {
          const principal = onBehalfOf && {
            id: onBehalfOf,
            roles: ROLES[onBehalfOf] ?? [],
            delegations: delegations.filter((one) => one.principal === onBehalfOf),
          };
          const signer: Signer = {
            id: by,
            roles: ROLES[by] ?? [],
            ...(principal && { onBehalfOf: { principal, today: day(number) } }),
          };
          const before = log.run;
          const decision = signRun(before, seenNow(before), signer, sha256);
          if (!decision.ok) continue;
          expect(isLastSignature(before)).toBe(before.signatures.length === needed.length - 1);
          log.write(decision.value, by);
          const used = delegations.find(
            (one) => decision.value.kind === 'signed' && one.delegationId === decision.value.delegation,
          );
          if (!onBehalfOf) continue;
          byDeputy += 1;
          expect([used?.principal, used?.deputy, used?.revoked]).toEqual([onBehalfOf, by, undefined]);
          expect(used && used.from <= day(number) && day(number) <= used.to).toBe(true);
        }
        const { signatures, state } = log.run;
        const hands = signatures.flatMap(({ by, onBehalfOf }) => (onBehalfOf ? [by, onBehalfOf] : [by]));
        expect(new Set(hands).size).toBe(hands.length);
        for (const barred of ['preparer', 'anna', 'bo']) expect(hands).not.toContain(barred);
        expect(signatures.map(({ step }) => step)).toEqual(codes(needed).slice(0, signatures.length));
        for (const [index, { by, onBehalfOf }] of signatures.entries())
          expect(ROLES[onBehalfOf ?? by]).toContain(needed[index]?.role);
        expect(state).toBe(signatures.length === needed.length ? 'approved' : 'signing');
        if (state === 'approved') approved += 1;
      },
    ),
    { numRuns: 400 },
  );
  // The model is worth nothing if it never gets anywhere.
  expect([approved > 20, byDeputy > 20]).toEqual([true, true]);
});
