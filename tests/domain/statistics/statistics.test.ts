import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sumFen, ZERO } from '../../../domain/money.ts';
import type { Determination } from '../../../domain/register/determination.ts';
import { helpedBy } from '../../../domain/statistics/counted.ts';
import { type CountedEnrolment, StatisticsSums } from '../../../domain/statistics/statistics.ts';
import { partsRemainder, tenThousands } from '../../../domain/statistics/ten-thousand.ts';

const NO_RECOVERY = { ordered: ZERO, recovered: ZERO, setOff: ZERO, waived: ZERO };
type Paid = { readonly street?: string; readonly fen?: number; readonly helped?: number };
function enrolment(
  programme: string,
  subject: string,
  unit: CountedEnrolment['unit'],
  ...payments: readonly Paid[]
): CountedEnrolment {
  return {
    programme,
    unit,
    subject,
    recovery: NO_RECOVERY,
    payments: payments.map(({ street = 's1', fen: amount = 100, helped }) => ({
      street,
      runId: `${programme}-run`,
      fen: fen(amount),
      months: ['2026-11'],
      helped,
    })),
  };
}

describe('人, 户 and 人次', () => {
  it('somebody in two programmes and two streets is one person in all, one in each of them, and as many payments as there were', () => {
    const sums = new StatisticsSums();
    sums.add([
      enrolment('high-age', 'A', 'person', {}, { street: 's2' }),
      enrolment('high-age', 'B', 'person', {}),
      enrolment('electricity-aid', 'A', 'person', { fen: 50 }),
    ]);
    expect(sums.total()).toMatchObject({ persons: 2, payments: 4, fen: 350 });
    const [, highAge] = sums.programmes();
    expect(highAge).toMatchObject({
      persons: 2,
      payments: 3,
      streets: [
        { street: 's1', persons: 2, payments: 2, fen: 200 },
        { street: 's2', persons: 1, payments: 1, fen: 100 },
      ],
    });
  });

  it('a family helped twice is as many people as the larger grant helped, and two payments', () => {
    const sums = new StatisticsSums();
    sums.add([enrolment('temporary-aid', 'A', 'person', { helped: 4 }, { helped: 3 })]);
    expect(sums.programmes()[0]).toMatchObject({ persons: 4, payments: 2 });
    expect(sums.total()).toMatchObject({ persons: 1, payments: 2 });
  });

  it('households are households: people as determined, those of which nobody says apart', () => {
    const sums = new StatisticsSums();
    sums.add([enrolment('dibao', 'H', 'household', { helped: 3 }), enrolment('dibao', 'I', 'household', {})]);
    expect(sums.programmes()[0]).toMatchObject({
      persons: 3,
      households: 2,
      householdsUnknown: 1,
      bodies: 0,
    });
    expect(sums.total()).toMatchObject({ persons: 0, households: 2 });
  });

  it('an advance is in its own row and in no total; who got nothing is nobody', () => {
    const sums = new StatisticsSums((programme) => programme === 'imprest');
    sums.add([enrolment('imprest', 'T', 'organisation', {}), enrolment('high-age', 'A', 'person')]);
    expect(sums.total()).toMatchObject({ bodies: 0, persons: 0, payments: 0, fen: 0 });
    expect(sums.programmes().map(({ programme, fen: amount }) => [programme, amount])).toEqual([
      ['high-age', 0],
      ['imprest', 100],
    ]);
  });

  it('any division of subjects over calls gives the same figures', () => {
    const one = fc.record({
      programme: fc.constantFrom('high-age', 'electricity-aid'),
      subject: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
      payments: fc.array(
        fc.record({ street: fc.constantFrom('s1', 's2'), fen: fc.integer({ min: -5, max: 500 }) }),
      ),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), (all) => {
        const enrolments = all.map(({ programme, subject, payments }) =>
          enrolment(programme, subject, 'person', ...payments),
        );
        const whole = new StatisticsSums();
        whole.add(enrolments);
        const parts = new StatisticsSums();
        for (const own of Map.groupBy(enrolments, ({ subject }) => subject).values()) parts.add(own);
        expect(parts.programmes()).toEqual(whole.programmes());
        expect(parts.total()).toEqual(whole.total());
        for (const { streets, fen: amount, payments } of whole.programmes()) {
          expect(sumFen(streets.map((street) => street.fen))).toBe(amount);
          expect(streets.reduce((sum, street) => sum + street.payments, 0)).toBe(payments);
        }
      }),
    );
  });
});

describe('people that determinations help', () => {
  const step = (code: string, inputs: Record<string, string>) => ({ code, inputs, result: '' });
  const determination = (kind: string, number: number, from: string, derivation: readonly unknown[]) =>
    ({ kind, number, spans: [{ from, components: [], derivation }] }) as unknown as Determination;

  it('of a grant by its own month, of a household by what is in force', () => {
    const grants = [
      determination('grant', 1, '2026-10', [step('grant-persons', { persons: '3' })]),
      determination('grant', 2, '2026-11', [step('grant-persons', { persons: '5' })]),
    ];
    expect(helpedBy(grants, ['2026-10'])).toBe(3);
    expect(helpedBy(grants, ['2026-10', '2026-11'])).toBe(5);
    expect(helpedBy(grants, ['2026-09'])).toBeUndefined();
    const decided = [
      determination('initial', 1, '2026-01', [step('members', { covered: '4' })]),
      determination('change', 2, '2026-11', [step('members', { covered: '2' })]),
    ];
    expect(helpedBy(decided, ['2026-10'])).toBe(4);
    expect(helpedBy(decided, ['2026-12'])).toBe(2);
    expect(helpedBy([determination('initial', 1, '2026-01', [])], ['2026-12'])).toBeUndefined();
  });
});

describe('万元', () => {
  it.each([
    [0, '0.00', 0],
    [4_999, '0.00', 4_999],
    [5_000, '0.01', -5_000],
    [123_456_789, '123.46', -3_211],
    [-5_000, '-0.01', 5_000],
    [-4_999, '0.00', -4_999],
  ])('%d fen is %s', (amount, text, remainder) => {
    expect(tenThousands(fen(amount))).toEqual({ text, remainder });
  });

  it('shows what rounding the parts leaves over', () => {
    const parts = [4_000, 4_000, 4_000].map(fen);
    expect(partsRemainder(fen(12_000), parts)).toBe(10_000);
    fc.assert(
      fc.property(fc.integer(), (amount) => {
        const { text, remainder } = tenThousands(fen(amount));
        expect(Math.round(Number(text) * 100) * 10_000 + remainder).toBe(amount);
        expect(Math.abs(remainder)).toBeLessThanOrEqual(5_000);
      }),
    );
  });
});
