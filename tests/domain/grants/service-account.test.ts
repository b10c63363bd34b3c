// Goal: orders never come to more than the allowances that reach them, and what is left is exactly what one more order can have. Method:
// an allowance played through by a second, slower way: pieces of one fen, matched one by one.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../domain/calendar.ts';
import { type AccountEntry, type CarryRule, leftFor } from '../../../domain/grants/service-account.ts';
import { fen } from '../../../domain/money.ts';
import { ok, refusal, refuse } from '../../../domain/result.ts';
import { codeOf, must } from '../programmes/samples.ts';

const month = (n: number) => addMonths('2026-01', n);
const entry = (n: number, amount: number): AccountEntry => ({
  basis: `row ${n}`,
  month: month(n),
  fen: fen(amount),
});

describe('what is left', () => {
  const flat = () => ok(fen(100));
  const lapses: CarryRule = { rule: 'lapses' };
  const carries: CarryRule = { rule: 'carries', months: 2 };

  it.each([
    ['nothing used', [], 3, lapses, 100],
    ['used in the month', [entry(3, 60)], 3, lapses, 40],
    ['used up', [entry(3, 60), entry(3, 40)], 3, lapses, 0],
    ['used in other months', [entry(2, 60), entry(4, 40)], 3, lapses, 100],
    ['nothing used for three months, which carry', [], 3, carries, 300],
    ['the oldest is used first', [entry(2, 60)], 3, carries, 300],
    ['what lapsed is gone', [entry(2, 250)], 3, carries, 150],
    ['a late order gets what it leaves to later ones', [entry(4, 300)], 3, carries, 100],
    ['used beyond what there was', [entry(3, 500)], 3, lapses, 0],
  ] as const)('%s', (_, entries, at, carry, left) => {
    expect(must(leftFor(entries, month(at), carry, flat))).toBe(left);
  });

  it('asks for the months that matter alone, and is refused with them', () => {
    const asked: string[] = [];
    const some = (one: string) => {
      asked.push(one);
      return ok(fen(1));
    };
    must(leftFor([entry(1, 5), entry(5, 5)], month(3), lapses, some));
    expect(asked).toEqual([month(3)]);
    expect(codeOf(leftFor([], month(3), lapses, () => refuse(refusal('policy/gap', '无', 'none'))))).toBe(
      'policy/gap',
    );
  });
});

it('is what one more order can have: a matching of fen to allowances finds no more and no less', () => {
  const few = fc.integer({ min: 0, max: 6 });
  fc.assert(
    fc.property(
      fc.array(few, { minLength: 12, maxLength: 12 }),
      fc.array(fc.tuple(fc.integer({ min: 3, max: 8 }), fc.integer({ min: 1, max: 5 })), { maxLength: 6 }),
      fc.integer({ min: 3, max: 8 }),
      fc.integer({ min: 0, max: 3 }),
      (allowances, wished, at, reach) => {
        const carry: CarryRule = reach === 0 ? { rule: 'lapses' } : { rule: 'carries', months: reach };
        const allowance = (one: string) =>
          ok(fen(allowances[Array.from({ length: 12 }, (_, n) => month(n)).indexOf(one)] ?? 0));
        // Orders as they would be settled, one after the other.
        const entries: AccountEntry[] = [];
        for (const [n, amount] of wished) {
          if (amount <= must(leftFor(entries, month(n), carry, allowance))) entries.push(entry(n, amount));
        }
        const matched = (pieces: readonly number[]) => mostMatched(pieces, allowances, reach);
        const pieces = entries.flatMap((one) => Array.from({ length: one.fen }, () => wishedMonth(one)));
        expect(matched(pieces)).toBe(pieces.length);
        const left = must(leftFor(entries, month(at), carry, allowance));
        const more = (n: number) => [...pieces, ...Array.from({ length: n }, () => at)];
        expect(matched(more(left))).toBe(pieces.length + left);
        expect(matched(more(left + 1))).toBe(pieces.length + left);
      },
    ),
  );
});

const wishedMonth = (one: AccountEntry): number => Number(one.month.slice(5)) - 1;

/** The most pieces that can each have a fen of a month within reach: augmenting paths, piece by piece. */
function mostMatched(pieces: readonly number[], allowances: readonly number[], reach: number): number {
  const coins = allowances.flatMap((count, n) => Array.from({ length: count }, () => n));
  const holder = new Map<number, number>();
  const place = (piece: number, seen: Set<number>): boolean =>
    coins.some((of, coin) => {
      const at = pieces[piece]!;
      if (of > at || of < at - reach || seen.has(coin)) return false;
      seen.add(coin);
      const before = holder.get(coin);
      if (before !== undefined && !place(before, seen)) return false;
      holder.set(coin, piece);
      return true;
    });
  return pieces.filter((_, piece) => place(piece, new Set())).length;
}
