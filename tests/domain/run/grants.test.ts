import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoweredSince } from '../../../domain/register/determination.ts';
import type { PaymentLine } from '../../../domain/run/draft.ts';
import { GRANTEE, OneGrantee } from './one-grantee.ts';

const MONTHS = ['2026-03', '2026-04', '2026-05', '2026-06'] as const;
const CASH = 'imprest:DT-1';
const COMPONENTS = ['urgent', 'spending', CASH] as const;
const isCash = (component: string): boolean => component === CASH;

type Step =
  | {
      readonly kind: 'grant' | 'withdraw';
      readonly month: number;
      readonly component: number;
      readonly fen: number;
    }
  | { readonly kind: 'S' | 'I'; readonly month: number; readonly sent: boolean; readonly again: boolean }
  | { readonly kind: 'answer'; readonly failing: boolean };

const at = {
  month: fc.nat({ max: 3 }),
  component: fc.nat({ max: 2 }),
  fen: fc.integer({ min: 1, max: 500_00 }),
};
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('grant' as const), ...at }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), ...at }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('S' as const, 'I' as const),
      month: fc.nat({ max: 3 }),
      sent: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('answer' as const), failing: fc.boolean() }) },
);

/** @returns lines that the run should not have, or not under such a name */
function play(life: OneGrantee, one: Step): readonly PaymentLine[] {
  if (one.kind === 'answer') {
    life.answer(one.failing ? 'failed' : 'settled', 'settled');
    return [];
  }
  const month = MONTHS[one.month]!;
  if ('sent' in one) {
    const assessed = life.assess(one.kind, month, one.again);
    // A run that is voided leaves nothing behind.
    if (one.sent) life.release(assessed);
    return assessed.drafts.flatMap(({ kind, lines }) =>
      lines.filter(
        (line) =>
          isCash(line.component) !== (one.kind === 'I') ||
          (kind !== 'reissue' && (line.month === month) !== (line.kind === 'entitlement')),
      ),
    );
  }
  const component = COMPONENTS[one.component]!;
  const stands = life.granted(month, component);
  if (one.kind === 'grant') life.decide('grant', month, component, one.fen);
  else if (stands > 0) life.decide('grant-withdrawn', month, component, Math.min(stands, one.fen));
  return [];
}

/** Everything that is still owed goes out, and the bank pays it. */
function settleAll(life: OneGrantee): ReturnType<OneGrantee['assess']>[] {
  life.answer('settled');
  for (let look = 0; look < 3; look += 1) {
    for (const kind of ['S', 'I'] as const) life.release(life.assess(kind, MONTHS[3]));
    life.answer('settled');
  }
  return [life.assess('S', MONTHS[3]), life.assess('I', MONTHS[3])];
}

describe('whatever was granted, withdrawn and run, in any order and as often as may be', () => {
  it('in the end each month holds what grants give it, or beyond it what is proposed to be recovered', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const life = new OneGrantee();
        expect(steps.flatMap((one) => play(life, one))).toEqual([]);
        const [last, cash] = settleAll(life);
        expect([...last!.drafts, ...cash!.drafts].every((draft) => draft.fen === 0)).toBe(true);
        for (const month of MONTHS) {
          for (const component of COMPONENTS) {
            const asked = (isCash(component) ? cash! : last!).proposals
              .filter((one) => one.month === month && one.component === component)
              .reduce((sum, one) => sum + one.fen, 0);
            expect(life.accrued(month, component) - asked).toBe(life.granted(month, component));
          }
        }
      }),
      { numRuns: 250 },
    );
  });

  it('nothing is accrued beyond the most that grants ever gave', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const life = new OneGrantee();
        const most = new Map<string, number>();
        for (const one of steps) {
          play(life, one);
          for (const month of MONTHS) {
            for (const component of COMPONENTS) {
              const key = `${month}/${component}`;
              most.set(key, Math.max(most.get(key) ?? 0, life.granted(month, component)));
              expect(life.accrued(month, component)).toBeLessThanOrEqual(most.get(key)!);
            }
          }
        }
      }),
      { numRuns: 250 },
    );
  });
});

describe('grants of one enrolment', () => {
  it('add up within a month, and what was paid is not paid again', () => {
    const life = new OneGrantee();
    life.decide('grant', '2026-03', 'urgent', 1_000_00);
    life.decide('grant', '2026-03', 'urgent', 500_00);
    const first = life.assess('S', '2026-03');
    expect(first.drafts).toMatchObject([
      {
        payment: `2026-03_S1_${GRANTEE}`,
        kind: 'difference',
        lines: [{ month: '2026-03', component: 'urgent', fen: 1_500_00, kind: 'entitlement' }],
      },
    ]);
    life.release(first);
    life.decide('grant', '2026-03', 'urgent', 200_00);
    expect(life.assess('S', '2026-03').drafts).toMatchObject([{ lines: [{ fen: 200_00 }] }]);
    // In a later month it is arrears, and says why.
    const [later] = life.assess('S', '2026-04').drafts;
    expect(later?.lines).toEqual([
      { month: '2026-03', component: 'urgent', fen: 200_00, kind: 'arrears', cause: 'granted' },
    ]);
    expect(later?.derivations['2026-03']?.map(({ code, result }) => [code, result])).toEqual([
      ['granted', '1000.00'],
      ['granted', '500.00'],
      ['granted', '200.00'],
    ]);
  });

  it('pay their own month and no later one', () => {
    const life = new OneGrantee();
    life.decide('grant', '2026-04', 'urgent', 300_00);
    expect(life.assess('S', '2026-03').drafts).toEqual([]);
    life.release(life.assess('S', '2026-04'));
    expect(life.assess('S', '2026-06').drafts).toEqual([]);
  });

  it('decided before a stop are not paid for months after it; what is decided later is, and so is cash handed over', () => {
    const life = new OneGrantee();
    life.decide('grant', '2026-03', 'urgent', 300_00);
    life.decide('grant', '2026-04', 'urgent', 300_00);
    life.decide('grant', '2026-04', CASH, 50_00);
    life.stop('2026-03');
    const paid = (kind: 'S' | 'I') =>
      life.assess(kind, '2026-04').drafts.flatMap(({ lines }) => lines.map((line) => [line.month, line.fen]));
    expect(paid('S')).toEqual([['2026-03', 300_00]]);
    expect(paid('I')).toEqual([['2026-04', 50_00]]);
    life.decide('grant', '2026-04', 'urgent', 20_00);
    expect(paid('S')).toEqual([
      ['2026-03', 300_00],
      ['2026-04', 20_00],
    ]);
    life.stop('');
    expect(paid('S')).toEqual([
      ['2026-03', 300_00],
      ['2026-04', 320_00],
    ]);
  });

  it('withdrawn before they are paid are not paid, and after it are proposed for recovery', () => {
    const life = new OneGrantee();
    life.decide('grant', '2026-03', 'urgent', 300_00);
    const known = life.determinations.at(-1)!.recordedAt;
    life.decide('grant-withdrawn', '2026-03', 'urgent', 300_00);
    expect(life.assess('S', '2026-03').drafts).toEqual([]);
    expect(isLoweredSince(life.determinations, known, ['2026-03'])).toBe(true);
    expect(isLoweredSince(life.determinations, known, ['2026-04'])).toBe(false);
    life.decide('grant', '2026-03', 'urgent', 100_00);
    life.release(life.assess('S', '2026-03'));
    life.answer('settled');
    life.decide('grant-withdrawn', '2026-03', 'urgent', 40_00);
    expect(life.assess('S', '2026-04').proposals).toMatchObject([
      { month: '2026-03', component: 'urgent', fen: 40_00, cause: 'grant-withdrawn' },
    ]);
  });

  it('of one component given and of another withdrawn are lowered, although the sum is the same', () => {
    const life = new OneGrantee();
    life.decide('grant', '2026-03', 'urgent', 300_00);
    const known = life.determinations.at(-1)!.recordedAt;
    life.decide('grant', '2026-03', 'spending', 300_00);
    expect(isLoweredSince(life.determinations, known, ['2026-03'])).toBe(false);
    life.decide('grant-withdrawn', '2026-03', 'urgent', 300_00);
    expect(isLoweredSince(life.determinations, known, ['2026-03'])).toBe(true);
  });
});
