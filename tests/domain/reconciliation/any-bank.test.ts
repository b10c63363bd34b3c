// Goal: whatever the bank says of a run, in any order and repetition, the money is accounted for and every break has a kind and an owner.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldAttempts, tally } from '../../../domain/ledger/attempts.ts';
import { fen, sumFen } from '../../../domain/money.ts';
import { BREAK_OWNERS, BREAKS } from '../../../domain/reconciliation/breaks.ts';
import type { Tie, TieSide } from '../../../domain/reconciliation/tie.ts';
import { ModelDesk } from './bank-desk.ts';
import { answersOf, statementsOf, type World, worlds } from './bank-world.ts';

type Event = (desk: ModelDesk) => void;

/** Everything the bank says, twice in part, in the order of a seed. */
function read(world: World, seed: number): ModelDesk {
  const desk = new ModelDesk(
    world.fates.map(({ amount }) => amount),
    world.booking,
  );
  const events: Event[] = [
    ...answersOf(world).map(
      (answer): Event =>
        (one) =>
          one.answer(answer),
    ),
    ...statementsOf(world).map(
      (statement): Event =>
        (one) =>
          one.statement(statement),
    ),
  ];
  const random = pseudoRandom(seed);
  const again = events.filter(() => random() < 0.4);
  const order = [...events, ...again].map((event) => ({ event, at: random() })).sort((a, b) => a.at - b.at);
  for (const { event } of order) event(desk);
  return desk;
}

function pseudoRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const openKinds = (desk: ModelDesk) => [...desk.exceptions.values()].filter(({ decided }) => !decided);
const signs: Record<TieSide, number> = { 'bank-in': 1, 'bank-out': -1, 'ours-in': 0, 'ours-out': 0 };
const sumOf = (items: Tie['items'], signOf: Record<TieSide, number>) =>
  sumFen(items.map(({ side, fen: amount }) => fen(signOf[side] * amount)));

it('instructed is settled, failed, returned or in transit, and what is in transit is unknown at the bank or on a named list', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const desk = read(world, world.order);
      const attempts = foldAttempts(desk.entries());
      const { released, settled, failed, returned, inTransit } = tally(attempts);
      expect(sumFen([settled, failed, returned, inTransit].map((one) => one.fen))).toBe(released.fen);
      const named = new Set(openKinds(desk).map(({ payment }) => payment));
      for (const [index, { fate }] of world.fates.entries()) {
        const [attempt] = attempts.filter(({ payment }) => payment === desk.of(index)[0]?.payment);
        const known = world.style === 'single' || (world.style === 'named' && world.booking === 'net');
        const mayWait = fate === 'unknown' || (fate === 'silent' && !known) || named.has(attempt!.payment);
        expect([fate, attempt!.state !== 'in-transit' || mayWait]).toEqual([fate, true]);
        // What came back is never taken for received, unless somebody still has to decide.
        const told = fate !== 'bounced' || named.has(attempt!.payment) || attempt!.state === 'returned';
        expect([fate, told]).toEqual([fate, true]);
      }
    }),
    { numRuns: 400 },
  );
});

it('every break has a kind, an owner and something to do, and no break is the same twice', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const desk = read(world, world.order);
      const breaks = desk.breaks();
      for (const { kind } of [...breaks, ...desk.exceptions.values()]) {
        expect(BREAK_OWNERS).toContain(BREAKS[kind].owner);
        expect(BREAKS[kind].todo.zh).not.toBe('');
      }
      expect(new Set(breaks.map(({ key }) => key)).size).toBe(breaks.length);
      const kinds = breaks.map(({ kind }) => kind);
      const expected = [
        ...(world.noise.includes('fee') ? ['unknown-debit'] : []),
        ...(world.noise.includes('foreign-batch') ? ['unknown-batch'] : []),
        ...(world.noise.includes('booked-twice') && world.style === 'single' && kinds.includes('booked-twice')
          ? ['booked-twice']
          : []),
      ];
      expect(kinds.toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 400 },
  );
});

it('the ledger and the statement meet to the fen through named items, and with nothing strange each of these is explained', () => {
  fc.assert(
    fc.property(worlds, fc.constantFrom('2026-11-30', '2026-12-31'), (world, until) => {
      const desk = read(world, world.order);
      const tie = desk.tie(until)!;
      const clearing = desk
        .entries()
        .filter(({ bankDate = '2026-12-01' }) => bankDate <= until)
        .flatMap(({ postings }) => postings)
        .filter(({ account }) => account === 'clearing')
        .map(({ side, fen: amount }) => fen(side === 'debit' ? amount : 0 - amount));
      const funded = sumFen(world.fates.map(({ amount }) => fen(amount)));
      expect(tie.ledger).toBe(funded + sumFen(clearing));
      expect(tie.ledger + sumOf(tie.items, signs)).toBe(tie.adjusted);
      const odd = world.noise.length > 0 || world.fates.some(({ fate }) => fate === 'late');
      expect([tie.items, tie.ties || odd || until === '2026-11-30']).toEqual([tie.items, true]);
    }),
    { numRuns: 400 },
  );
});

it('any two orders of the same words leave the same outcomes and the same breaks of the account', () => {
  fc.assert(
    fc.property(worlds, fc.integer(), (world, other) => {
      const plain = { ...world, noise: [], fates: world.fates.filter(({ fate }) => fate !== 'late') };
      if (plain.fates.length === 0) return;
      const [one, two] = [read(plain, world.order), read(plain, other)];
      const outcomes = (desk: ModelDesk) => [...desk.slots].map(([key, { kind }]) => `${key} ${kind}`).sort();
      expect(outcomes(two)).toEqual(outcomes(one));
      expect(two.breaks()).toEqual(one.breaks());
      expect(openKinds(two)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it('no payment is settled twice without a return: what the bank says late of one that was sent again is a break', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const desk = new ModelDesk(
        world.fates.map(({ amount }) => amount),
        world.booking,
      );
      const [early, late] = [
        answersOf(world).filter((line) => line.bookedOn !== '2026-12-03'),
        answersOf(world),
      ];
      for (const answer of early) desk.answer(answer);
      for (const index of world.fates.keys()) desk.sendAgain(index);
      for (const answer of late) desk.answer(answer);
      for (const statement of statementsOf(world)) desk.statement(statement);
      for (const [index, { fate }] of world.fates.entries()) {
        const again = desk.of(index, 2);
        const kinds = desk.of(index).map(({ kind }) => kind);
        const said = openKinds(desk).filter(({ payment }) => payment === desk.of(index)[0]!.payment);
        const named = said.some(({ kind }) => kind === 'paid-twice-by-bank');
        // Attempt 1 stays what it was, and if the bank paid it after all, that has a name.
        expect(again.length === 0 || kinds.join() === 'release,failed').toBe(true);
        expect(again.length === 0 || fate !== 'late' || named).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});
