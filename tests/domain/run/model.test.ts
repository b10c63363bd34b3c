import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sumFen } from '../../../domain/money.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { ActBody } from '../../../domain/run/act.ts';
import {
  recomputeRun,
  sendBackRun,
  signRun,
  submitRun,
  voidRun,
} from '../../../domain/run/approval-commands.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import {
  confirmOverride,
  holdPayment,
  liftHold,
  proposeOverride,
} from '../../../domain/run/hold-commands.ts';
import {
  concludeVerification,
  fundRun,
  requestFunding,
  returnFundingRequest,
  reverseFunding,
  startDispatch,
} from '../../../domain/run/money-commands.ts';
import { isPayable, RUN_STATES, type Run, type RunState } from '../../../domain/run/run.ts';
import { anyDrafts } from './any-drafts.ts';
import { expectedTotals, faultsOf } from './oracle.ts';
import { ActLog, codeOf, computedBody, manifestOf, seenNow, sha256 } from './samples.ts';
import { CLOSED, lateOf } from './stages.ts';

/** Everybody has every role, so that only the four eyes stand between them and signing alone. */
const PEOPLE = ['anna', 'bo', 'chen', 'dora', 'emil', 'fang'];
const ROLES = ['reviewer', 'approver'];
const CHANGER = 'fang';
const CONTROLS = ['deceased', 'shared-account', 'no-account', 'note'];

type Seen = ReturnType<typeof seenNow>;
type Name = keyof typeof MOVES;
type Move = { readonly name: Name; readonly by: string; readonly at: number; readonly which: number };
type Wish = Omit<Move, 'name'> & { readonly name: Name | 'next' };
type World = { readonly run: Run; readonly drafts: readonly Draft[]; readonly seen: Seen };

const pick = (world: World, move: Move): Draft => world.drafts[move.at % world.drafts.length]!;
const controlOf = (move: Move) => CONTROLS[move.which % CONTROLS.length] ?? '';
const NOTHING = { ok: false, error: { code: 'missing/nothing', zh: '', en: '' } } as const;
const only = (run: Run, state: RunState, body: ActBody): Result<ActBody> =>
  run.state === state ? ok(body) : NOTHING;

/** What people ask for, and what the service concludes by itself in the one state where it does. */
const MOVES = {
  compute: ({ run, drafts }: World) => only(run, 'computing', computedBody(run, drafts, [CHANGER])),
  'other code': ({ run }: World) => only(run, 'computing', { kind: 'recompute-needed', reason: '' }),
  submit: ({ run }: World) => submitRun(run, seenNow(run), sha256),
  sign: ({ run }: World, { by }: Move) => signRun(run, seenNow(run), { id: by, roles: ROLES }, sha256),
  'sign what was seen before': ({ run, seen }: World, { by }: Move) =>
    signRun(run, seen, { id: by, roles: ROLES }, sha256),
  'submit what was seen before': ({ run, seen }: World) => submitRun(run, seen, sha256),
  'send back': ({ run }: World) => sendBackRun(run, ''),
  void: ({ run }: World) => voidRun(run, ''),
  recompute: ({ run }: World) => recomputeRun(run, '', run.manifest),
  hold: (world: World, move: Move) => holdPayment(world.run, pick(world, move), ''),
  lift: (world: World, move: Move) => liftHold(world.run, pick(world, move), ''),
  propose: (world: World, move: Move) => proposeOverride(world.run, pick(world, move), controlOf(move), ''),
  confirm: (world: World, move: Move) =>
    confirmOverride(world.run, pick(world, move), controlOf(move), '', move.by),
  request: ({ run }: World) => requestFunding(run),
  'return request': ({ run }: World) => returnFundingRequest(run, ''),
  fund: ({ run }: World, { which }: Move) =>
    fundRun(run, {
      voucher: `V-${run.fundings.length}`,
      date: '2026-11-28',
      fen: fen(which % 3 === 0 ? 1 : 1_000_000),
    }),
  'reverse funding': ({ run }: World, { which }: Move) =>
    reverseFunding(run, { voucher: `V-${which % 3}`, date: '2026-11-29', reason: '' }),
  dispatch: ({ run }: World) => startDispatch(run, sha256),
  verify: ({ run, drafts }: World, { which, at }: Move) => {
    const paid = drafts.filter((draft) => isPayable(run, draft));
    const found = which % 4 === 0 ? paid.slice(at % paid.length) : [];
    const sumOf = (some: readonly Draft[]) => sumFen(some.map((draft) => draft.fen));
    const reissuedFen = sumOf(paid.filter(({ kind }) => kind === 'reissue'));
    const clean = { shard: '00-7f', count: paid.length, fen: sumOf(paid), reissuedFen };
    return concludeVerification(run, [{ ...clean, findings: found.map(lateOf), tampered: which % 13 === 1 }]);
  },
  'send files': ({ run }: World) => only(run, 'releasing', { kind: 'dispatched', files: [] }),
  close: ({ run }: World) => only(run, 'dispatched', CLOSED),
} satisfies Record<string, (world: World, move: Move) => Result<ActBody>>;

const NEXT: Partial<Record<RunState, Name>> = {
  computing: 'compute',
  'recompute-needed': 'recompute',
  review: 'submit',
  signing: 'sign',
  approved: 'request',
  'funding-requested': 'fund',
  funded: 'dispatch',
  verifying: 'verify',
  releasing: 'send files',
  dispatched: 'close',
};
/** The move that leads on from where the run stands, by somebody who may, so that runs get far. */
function resolved(world: World, move: Wish): Move {
  if (move.name !== 'next') return { ...move, name: move.name };
  const { run } = world;
  const broke = run.state === 'funded' && !startDispatch(run, sha256).ok;
  const name = broke ? 'fund' : (NEXT[run.state] ?? 'close');
  const first = PEOPLE.indexOf(move.by);
  const line = [...PEOPLE.slice(first), ...PEOPLE.slice(0, first)];
  const by = line.find((id) => name !== 'sign' || MOVES.sign(world, { ...move, name, by: id }).ok);
  return { ...move, name, by: by ?? move.by };
}
const wish: fc.Arbitrary<Wish> = fc.record({
  name: fc.oneof(
    { weight: 5, arbitrary: fc.constant<'next'>('next') },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(MOVES) as Name[])) },
  ),
  by: fc.constantFrom(...PEOPLE),
  at: fc.nat({ max: 11 }),
  which: fc.nat({ max: 51 }),
});

const CONTENT = new Set<string>([
  'payment-held',
  'hold-lifted',
  'override-confirmed',
  'recompute-requested',
  'verification-failed',
]);
const GONE: readonly RunState[] = ['releasing', 'dispatched', 'closed', 'void'];
const BY_SERVICE = new Set(['compute', 'other code', 'verify', 'send files', 'close']);
const SETTLED: readonly RunState[] = [
  'approved',
  'funding-requested',
  'funded',
  'verifying',
  'releasing',
  'dispatched',
  'closed',
];

describe('any sequence of commands by anybody', () => {
  it('keeps signatures, totals, hash and funds true after every step', { timeout: 60_000 }, () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(anyDrafts, fc.array(wish, { minLength: 10, maxLength: 45 }), (drafts, moves) => {
        const log = new ActLog(manifestOf(), 'anna');
        let seen = seenNow(log.run);
        const hashes = new Map<string, number>([[seen.hash, 1]]);
        for (const each of moves) {
          const before = log.run;
          const world = { run: before, drafts, seen };
          const one = resolved(world, each);
          const decision = MOVES[one.name](world, one);
          // Nobody but the service moves a run that is on its way out.
          const byPeople = GONE.includes(before.state) && !BY_SERVICE.has(one.name);
          expect(byPeople && decision.ok).toBe(false);
          const stale = seen.revision !== before.revision || seen.hash !== seenNow(before).hash;
          expect(stale && one.name.endsWith('seen before') && decision.ok).toBe(false);
          if (one.at === 0) seen = seenNow(before);
          if (!decision.ok) continue;

          const after = log.write(decision.value, BY_SERVICE.has(one.name) ? 'system' : one.by);
          reached.add(after.state);
          expect(log.run).toEqual(after);
          expect(faultsOf(log.acts, after, drafts, CHANGER)).toEqual([]);
          expect(after.totals).toEqual(after.totals && expectedTotals(log.acts, after, drafts, CHANGER));
          const changed = CONTENT.has(decision.value.kind);
          expect(after.revision - before.revision).toBe(changed ? 1 : 0);
          expect(changed && after.signatures.length > 0).toBe(false);
          const now = seenNow(after);
          expect(hashes.get(now.hash) ?? now.revision).toBe(now.revision);
          hashes.set(now.hash, now.revision);
        }
      }),
      { numRuns: 150 },
    );
    // The model is worth nothing if it never gets anywhere.
    expect(RUN_STATES.filter((state) => !reached.has(state))).toEqual([]);
  });

  it('of two people who act on what both see, one act is written', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyDrafts, fc.array(wish, { maxLength: 30 }), wish, wish, (drafts, moves, one, two) => {
        const log = new ActLog(manifestOf(), 'anna');
        for (const each of moves) {
          const now = { run: log.run, drafts, seen: seenNow(log.run) };
          const earlier = resolved(now, each);
          const decision = MOVES[earlier.name](now, earlier);
          if (decision.ok) log.write(decision.value, earlier.by);
        }
        const { run } = log;
        const world = { run, drafts, seen: seenNow(run) };
        const decisions = [one, two].map((each) => {
          const asked = resolved(world, each);
          return [asked, MOVES[asked.name](world, asked)] as const;
        });
        const answers = decisions.flatMap(([each, decision]) =>
          decision.ok ? [log.put(run, decision.value, each.by)] : [],
        );
        expect(answers.filter((answer) => answer === 'appended').length).toBe(Math.min(1, answers.length));
        expect(log.run.sequence).toBe(run.sequence + Math.min(1, answers.length));
        expect(faultsOf(log.acts, log.run, drafts, CHANGER)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('a run that is approved or beyond is refused to everybody who wants to sign', {
    timeout: 60_000,
  }, () => {
    fc.assert(
      fc.property(anyDrafts, fc.array(wish, { minLength: 20, maxLength: 50 }), (drafts, moves) => {
        const log = new ActLog(manifestOf(), 'anna');
        for (const each of moves) {
          const now = { run: log.run, drafts, seen: seenNow(log.run) };
          const one = resolved(now, each);
          const decision = MOVES[one.name](now, one);
          if (decision.ok) log.write(decision.value, one.by);
          const codes = PEOPLE.map((id) =>
            codeOf(signRun(log.run, seenNow(log.run), { id, roles: ROLES }, sha256)),
          );
          expect(SETTLED.includes(log.run.state) && codes.includes('ok')).toBe(false);
        }
      }),
      { numRuns: 30 },
    );
  });
});
