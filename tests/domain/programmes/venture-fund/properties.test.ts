// Goal: the sum of the tranches is the grant for every amount and every plan; a change touches nothing that was paid; a settlement never pays above
// the grant, and below zero only ever asks back. Method: fast-check over plans of any shares, thirds and single fen included.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fen, sumFen } from '../../../../domain/money.ts';
import { budgetFaults } from '../../../../domain/programmes/venture-fund/budget-lines.ts';
import { bandOf } from '../../../../domain/programmes/venture-fund/evaluation.ts';
import { grantAmount } from '../../../../domain/programmes/venture-fund/grant-amount.ts';
import {
  MILESTONES,
  ORGANISATION_KINDS,
  type TranchePlan,
} from '../../../../domain/programmes/venture-fund/options.ts';
import { settleProject } from '../../../../domain/programmes/venture-fund/settlement.ts';
import { replanTranches, splitGrant } from '../../../../domain/programmes/venture-fund/tranches.ts';
import { must } from '../samples.ts';
import { PLACES, rulesFor } from './samples.ts';

const amount = fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 100_000_000 })).map(fen);
/** Shares of exactly the whole: n-ths, or percentages that end where a hundred does. */
const shares = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((count) => Array.from({ length: count }, () => `1/${count}`)),
  fc.uniqueArray(fc.integer({ min: 1, max: 999_999 }), { maxLength: 6 }).map((cuts) => {
    const ends = [...cuts.sort((a, b) => a - b), 1_000_000];
    return ends.map((end, index) => {
      const [whole = '', decimals = ''] = ((end - (ends[index - 1] ?? 0)) / 10_000).toFixed(4).split('.');
      return `${whole}.${decimals}`;
    });
  }),
);
const plan: fc.Arbitrary<TranchePlan> = fc.record({
  tranches: shares.chain((all) =>
    fc.constantFrom(...MILESTONES).map((milestone) => all.map((share) => ({ share, milestone }))),
  ),
  rounding: fc.record({
    rule: fc.constantFrom('half-up', 'half-even', 'up', 'down'),
    unit: fc.constantFrom('fen', 'jiao', 'yuan'),
  }),
  afterChange: fc.constantFrom('by-remaining-shares', 'by-share-of-new-grant'),
});

it('the tranches of every grant under every plan sum to it, and none is below zero', () => {
  fc.assert(
    fc.property(amount, plan, (grant, how) => {
      const split = must(splitGrant(grant, how));
      expect(sumFen(split.map((tranche) => tranche.fen))).toBe(grant);
      expect(split.every((tranche) => tranche.fen >= 0)).toBe(true);
      expect(split.map(({ number }) => number)).toEqual(how.tranches.map((_, index) => index + 1));
    }),
  );
});

it('a change of any grant after any releases sums to the new grant, and what was released stays', () => {
  fc.assert(
    fc.property(
      amount,
      plan,
      amount,
      fc.array(fc.integer({ min: 1, max: 12 })),
      (grant, how, other, released) => {
        const split = must(splitGrant(grant, how));
        const isPaid = ({ number }: { number: number }) => released.includes(number);
        const paid = sumFen(split.filter(isPaid).map((tranche) => tranche.fen));
        const changed = replanTranches(how, split, released, other);
        const mayChange = other >= paid && (other === paid || !split.every(isPaid));
        expect(changed.ok).toBe(mayChange);
        if (!changed.ok) return;
        expect(sumFen(changed.value.map((tranche) => tranche.fen))).toBe(other);
        expect(changed.value.filter(isPaid)).toEqual(split.filter(isPaid));
        expect(changed.value.every((tranche) => tranche.fen >= 0)).toBe(true);
        // A change to the same grant changes nothing twice.
        expect(replanTranches(how, changed.value, released, other)).toEqual(changed);
      },
    ),
  );
});

const RULES = rulesFor('110199');
const category = fc.constantFrom('activities', 'personnel', 'experts', 'social-work', 'gifts', 'dinner');
const small = fc.integer({ min: 0, max: 2_000_000 }).map(fen);
const line = fc.record({ category, item: fc.constantFrom('活动', '慰问品', '打印机', '其他'), fen: small });
const kind = fc.constantFrom(...ORGANISATION_KINDS);
const lines = fc.array(line, { maxLength: 6 });

it('a settlement never pays above the grant, never below zero, and accounts for every fen spent', () => {
  const settlement = fc.record({
    grant: amount,
    paid: small,
    kind,
    budget: lines,
    spend: lines,
    interest: fc.integer({ min: 0, max: 500 }).map(fen),
  });
  fc.assert(
    fc.property(
      settlement,
      fc.integer({ min: 0, max: 100 }),
      fc.constantFrom('kept', 'returned'),
      fc.option(fc.constantFrom('0', '10', '33.3333')),
      (asked, outPercent, interest, move) => {
        const auditedOut = asked.spend.map((each) => ({
          ...each,
          fen: fen(Math.floor((each.fen * outPercent) / 100)),
        }));
        const given = { ...asked, auditedOut };
        const rules = {
          ...RULES,
          settlement: { interest, ...(move !== null && { movePercent: move }) } as const,
        };
        const { eligible, disallowed, balance, pays, recovers } = settleProject(rules, given);
        const spent = sumFen(given.spend.map((each) => each.fen));
        expect(eligible + sumFen(disallowed.map((each) => each.fen))).toBe(spent);
        expect(eligible).toBeGreaterThanOrEqual(0);
        expect(disallowed.every((each) => each.fen > 0)).toBe(true);
        expect(pays - recovers).toBe(balance);
        expect(Math.min(pays, recovers)).toBe(0);
        expect(pays).toBeLessThanOrEqual(Math.max(0, Math.min(given.grant, eligible) - given.paid));
        expect(recovers).toBeLessThanOrEqual(given.paid + (interest === 'kept' ? 0 : given.interest));
      },
    ),
  );
});

it('of a budget only so much is disallowed that the rest has no fault', () => {
  fc.assert(
    fc.property(lines, kind, (budget, who) => {
      const faults = budgetFaults(RULES, budget, who);
      const total = sumFen(budget.map((each) => each.fen));
      expect(sumFen(faults.map(({ disallowed }) => disallowed))).toBeLessThanOrEqual(total);
      expect(faults.every(({ zh, en }) => zh.length > 0 && en.length > 0)).toBe(true);
    }),
  );
});

it('every score from 0 to 100 has exactly one band, and a higher score never a lower one', () => {
  const grades = ['A', 'B', 'C'];
  const score = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(score, score, (one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];
      const rank = (hundredths: number) =>
        grades.indexOf(must(bandOf(RULES, String(hundredths / 100))).grade);
      expect(rank(high)).toBeLessThanOrEqual(rank(low));
    }),
  );
});

it('no rule of any place gives more than the budget lacks or than was asked for', () => {
  const dates: Record<string, string> = { '331100': '2017-10-15' };
  const all = PLACES.map((place) => rulesFor(place, dates[place]));
  const asked = fc.record(
    {
      budget: fc.integer({ min: 1, max: 200_000_000 }).map(fen),
      ownFunds: fc.integer({ min: 0, max: 100_000_000 }).map(fen),
      donated: fc.integer({ min: 0, max: 100_000_000 }).map(fen),
      asked: amount,
      score: fc.integer({ min: 0, max: 100 }).map(String),
    },
    { requiredKeys: ['budget'] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...all), asked, (rules, wish) => {
      const worked = grantAmount(rules, wish);
      const need = wish.budget - (wish.ownFunds ?? 0) - (wish.donated ?? 0);
      const most = Math.min(need, wish.asked ?? need);
      const isSound = worked.ok
        ? worked.value.fen > 0 && worked.value.fen <= most
        : worked.error.zh.length * worked.error.en.length > 0 && worked.error.detail?.['field'] !== undefined;
      expect([isSound, worked]).toEqual([true, worked]);
    }),
  );
});
