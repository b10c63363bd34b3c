// Goal: what must hold for any matrix of stacking rules and any amounts. Method: fast-check over dibao and three programmes of persons
// whose own amounts are written down, with rules of every action between them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthRange } from '../../../../domain/calendar.ts';
import { assess } from '../../../../domain/programmes/assess.ts';
import { differences } from '../../../../domain/programmes/differences.ts';
import { entitledMonths } from '../../../../domain/programmes/months.ts';
import type { EnrolmentFacts, Situation } from '../../../../domain/programmes/programme.ts';
import type { Stacking } from '../../../../domain/programmes/stacking-parameter.ts';
import { must } from '../samples.ts';
import { AT, type Matrix, net, OF_PERSONS, owed, situation, stackingBook } from './samples.ts';

const PERSONS = [...OF_PERSONS];
/** Those whose packs may have rules; the third one only has them on the other's side. */
const RULED = ['tekun', 'tekun-care'] as const;
const yuan = fc.integer({ min: 0, max: 500 }).map((amount) => amount / 2);
const enrolments = fc
  .record({ dibao: fc.tuple(yuan, yuan), first: yuan, second: fc.tuple(yuan, yuan), third: yuan })
  .map(({ dibao, first, second, third }) => [
    owed('dibao', { base: dibao[0], 'top-up': dibao[1] }),
    owed('tekun', { basic: first }),
    owed('tekun-care', { care: second[0], extra: second[1] }),
    owed('tekun-pocket-money', { pocket: third }),
  ]);

const maybe = <T extends object>(key: string, value: fc.Arbitrary<unknown>) =>
  fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }) as T);
const classes = fc.constantFrom('full-rate', 'topped-up');
const ruleOf = (programme: string): fc.Arbitrary<Stacking> =>
  fc
    .tuple(
      fc.constantFrom('dibao', ...PERSONS.filter((other) => other !== programme)),
      fc.constantFrom('excluded' as const, 'higher-of' as const, 'top-up' as const, 'both' as const),
      maybe('counts', fc.constantFrom('due', 'enrolled')),
      maybe('when', classes),
      maybe('otherWhen', classes),
    )
    .map(([other, action, ...options]): Stacking => {
      const household = other === 'dibao';
      return Object.assign(
        {
          with: other,
          of: household ? ('household' as const) : ('person' as const),
          action: household && action === 'higher-of' ? ('excluded' as const) : action,
        },
        ...options,
      ) as Stacking;
    });
const matrices: fc.Arbitrary<Matrix> = fc.record(
  Object.fromEntries(RULED.map((programme) => [programme, fc.array(ruleOf(programme), { maxLength: 4 })])),
);

const bytes = (value: unknown): string => JSON.stringify(value);
const totalOf = (owedNow: Record<string, number | string>): number =>
  Object.values(owedNow).reduce<number>((sum, due) => sum + Number(due), 0);
const own = (found: Situation) => net(stackingBook({}), found);

describe('under any matrix', () => {
  it('the order of enrolments and persons decides nothing', () => {
    fc.assert(
      fc.property(matrices, enrolments, fc.integer({ min: 1, max: 23 }), (matrix, drawn, turn) => {
        const book = stackingBook(matrix);
        const found = situation(...drawn);
        const turned = drawn.toSorted(
          (a, b) => ((a.id.charCodeAt(1) * turn) % 7) - ((b.id.charCodeAt(1) * turn) % 7),
        );
        const persons = Object.fromEntries(Object.entries(found.persons).toReversed());
        const other = { ...situation(...turned), persons };
        expect(bytes(assess(other, book, AT))).toBe(bytes(assess(found, book, AT)));
      }),
    );
  });

  it('nobody gets more than his own amount or less than nothing, components add up, and each step says the amount left', () => {
    fc.assert(
      fc.property(matrices, enrolments, (matrix, drawn) => {
        const found = situation(...drawn);
        const alone = own(found);
        for (const { programme, result } of assess(found, stackingBook(matrix), AT).enrolments) {
          const { fen, components, derivation } = must(result);
          expect(fen).toBeGreaterThanOrEqual(0);
          expect(fen).toBeLessThanOrEqual(Number(alone[programme]));
          expect(components.reduce((sum, one) => sum + one.fen, 0)).toBe(fen);
          const said = derivation.filter(({ code }) => code.startsWith('stacking-')).at(-1);
          const left = said ? Math.round(Number(said.result) * 100) : alone[programme];
          expect(fen).toBe(left);
        }
      }),
    );
  });

  it('another jurisdiction’s enrolments of the same people are byte for byte what they were', () => {
    fc.assert(
      fc.property(matrices, enrolments, enrolments, (matrix, drawn, elsewhere) => {
        const there = elsewhere.map(
          (one): EnrolmentFacts => ({ ...one, id: one.id.replace('-1', '-2'), jurisdiction: '990102' }),
        );
        const book = stackingBook(matrix);
        const [together, apart] = [
          assess(situation(...drawn, ...there), book, AT),
          assess(situation(...there), stackingBook({}), AT),
        ];
        const moved = together.enrolments.filter(({ enrolment }) => enrolment.endsWith('-2'));
        expect(bytes(moved)).toBe(bytes(apart.enrolments));
      }),
    );
  });
});

describe('an exclusive programme', () => {
  const care = 'tekun-care';
  const others = ['dibao', 'tekun', 'tekun-pocket-money'];
  const household = (other: string) => (other === 'dibao' ? ('household' as const) : ('person' as const));
  const exclusive: fc.Arbitrary<readonly Stacking[]> = fc.constantFrom(
    others.map((other) => ({ with: other, of: household(other), action: 'excluded' as const })),
    others.map((other) => ({
      with: other,
      of: household(other),
      action: 'excluded' as const,
      counts: 'enrolled' as const,
    })),
    others.map((other) => ({
      with: other,
      of: household(other),
      action: other === 'dibao' ? ('excluded' as const) : ('higher-of' as const),
    })),
  );

  it('never raises the total above the higher one', () => {
    fc.assert(
      fc.property(
        fc.array(ruleOf('tekun'), { maxLength: 3 }),
        exclusive,
        enrolments,
        (rules, rule, drawn) => {
          const between = rules.filter((one) => one.with !== care);
          const without = situation(...drawn.filter(({ programme }) => programme !== care));
          const before = totalOf(net(stackingBook({ tekun: between }), without));
          const book = stackingBook({ tekun: between, [care]: rule });
          const after = totalOf(net(book, situation(...drawn)));
          const alone = Number(own(situation(...drawn))[care]);
          expect(after).toBeLessThanOrEqual(Math.max(before, alone));
        },
      ),
    );
  });

  it('of two, the total is one of them: the higher by 择高', () => {
    const rule = { with: 'tekun', of: 'person', action: 'higher-of' } as const;
    fc.assert(
      fc.property(yuan, yuan, (one, two) => {
        const found = situation(owed('tekun', { basic: one }), owed(care, { care: two }));
        expect(totalOf(net(stackingBook({ [care]: [rule] }), found))).toBe(Math.max(one, two) * 100);
        const excluded = totalOf(net(stackingBook({ [care]: [{ ...rule, action: 'excluded' }] }), found));
        expect(excluded).toBe((one > 0 ? one : two) * 100);
        const topped = totalOf(net(stackingBook({ [care]: [{ ...rule, action: 'top-up' }] }), found));
        expect(topped).toBe(Math.max(one, two) * 100);
      }),
    );
  });
});

describe('a late decision in another programme', () => {
  it('is repaired in this one: arrears and recoveries sum to new minus old', () => {
    const decided = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), yuan), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(matrices, decided, decided, yuan, (matrix, first, second, mine) => {
        const book = stackingBook(matrix);
        const care = owed('tekun-care', { care: mine });
        const at = { historyFrom: '2026-01', through: '2026-12', knownOn: AT.knownOn };
        const monthsOf = (other: EnrolmentFacts | undefined) =>
          must(entitledMonths(situation(care, ...(other ? [other] : [])), care, book, at));
        const old = monthsOf(otherOf(first)).months;
        const now = monthsOf(otherOf([...first, ...second]));
        const accrued = old.flatMap(({ month, components }) =>
          components.map((component) => ({ month, ...component })),
        );
        const changes = differences(accrued, now.months, now.span);
        for (const month of monthRange('2026-01', '2026-12')) {
          const sum = (list: readonly { month: string; fen: number }[]) =>
            list.filter((one) => one.month === month).reduce((total, one) => total + one.fen, 0);
          expect(sum(changes)).toBe(sum(now.months) - sum(old));
        }
      }),
      { numRuns: 60 },
    );
  });

  /** The other programme with one determination for each first month and amount. */
  function otherOf(decided: readonly (readonly [number, number])[]): EnrolmentFacts {
    const one = owed('tekun', {});
    const [template] = one.determinations!;
    return {
      ...one,
      determinations: decided.map(([month, amount], index) => ({
        ...template!,
        number: index + 1,
        spans: [
          {
            from: `2026-${String(month).padStart(2, '0')}`,
            components: amount === 0 ? [] : [{ component: 'basic', fen: (amount * 100) as never }],
            derivation: [],
          },
        ],
      })),
    };
  }
});
