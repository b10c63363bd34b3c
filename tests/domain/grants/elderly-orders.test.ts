// Goal: an order is worth what policy says and fits what its person may have, by every option. Method: one person of the sample district,
// each option and each refusal by its own case.
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import type { AccountEntry } from '../../../domain/grants/service-account.ts';
import { fen, sumFen, toYuan } from '../../../domain/money.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import type { GrantProposal, Situation } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { Result } from '../../../domain/result.ts';
import { policyFile } from '../../policy-files.ts';
import { bookOf, codeOf, fact, must } from '../programmes/samples.ts';

const DISTRICT = '110199';
const PERSON = '7Z3K9QX2M4BT';
const ORDER = { order: 'D1', servedOn: '2026-10-15', service: '助浴', amount: '300.00' };
/** 低保, level 5: 740.00 a month from August 2026 on. */
const KNOWN = [
  fact('birth-date', '1945-03-01'),
  fact('identity-class', '2020-01-01', 'dibao'),
  fact('care-level', '2026-01-05', '5'),
];

type Given = {
  readonly order?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly account?: readonly AccountEntry[];
  readonly facts?: readonly Fact[];
  readonly own?: readonly Fact[];
  readonly appliedOn?: string;
};

function workOut({
  order = ORDER,
  options = {},
  account = [],
  facts = KNOWN,
  own,
  appliedOn,
}: Given = {}): Result<GrantProposal> {
  const file = policyFile(DISTRICT, 'elderly-orders');
  for (const value of file.values) if (value.parameter in options) value.value = options[value.parameter];
  const { schema, workOut: rules } = PROGRAMMES['elderly-orders']!.grant!;
  const enrolment = {
    id: `YL-${PERSON}-1`,
    programme: 'elderly-service',
    jurisdiction: DISTRICT,
    subject: PERSON,
    facts: own ?? [
      fact('application', '2026-07-20'),
      fact('decision', '2026-08-03', '2026-08-03/示养〔2026〕3号'),
    ],
  };
  const situation: Situation = { persons: { [PERSON]: facts }, enrolments: [enrolment] };
  return rules({
    facts: z.parse(schema, order),
    appliedOn: appliedOn ?? '2026-11-05',
    decidedOn: '2026-11-20',
    view: {
      book: bookOf(file, policyFile(DISTRICT, 'elderly-service')),
      scope: { jurisdiction: DISTRICT, programme: 'elderly-orders', knownOn: '2026-11-20' },
    },
    subject: facts,
    earlier: [],
    situation,
    account,
  });
}
const worth = (given: Given = {}): string => {
  const worked = workOut(given);
  if (!worked.ok) return worked.error.code;
  for (const step of worked.value.derivation)
    expect(renderStep({ id: 'elderly-orders' }, step).zh).not.toContain('{');
  return toYuan(sumFen(worked.value.parts.flatMap(({ components }) => components.map((one) => one.fen))));
};
const used = (month: string, yuan: number): AccountEntry => ({
  basis: `list:x:${month}`,
  month,
  fen: fen(yuan * 100),
});
const { amount: _, ...UNPRICED } = ORDER;

describe('an order', () => {
  const hourly = {
    orderPricing: { mode: 'hourly', rate: '45.50', rounding: { rule: 'half-up', unit: 'fen' } },
  };

  it.each<[string, Given, string]>([
    ['as stated', {}, '300.00'],
    ['without an amount', { order: UNPRICED }, 'invalid/order-amount'],
    ['by its hours', { order: { ...UNPRICED, hours: '1.25' }, options: hourly }, '56.88'],
    [
      'by its hours, with another amount',
      { order: { ...ORDER, hours: '1.25' }, options: hourly },
      'invalid/order-amount',
    ],
    ['by hours that nobody stated', { options: hourly }, 'invalid/order-amount'],
    ['the whole allowance', { order: { ...ORDER, amount: '740.00' } }, '740.00'],
    ['a fen more', { order: { ...ORDER, amount: '740.01' } }, 'policy/over-allowance'],
    ['what is left of the month', { account: [used('2026-10', 440)] }, '300.00'],
    ['more than is left of the month', { account: [used('2026-10', 441)] }, 'policy/over-allowance'],
    ['served after the report', { order: { ...ORDER, servedOn: '2026-11-06' } }, 'invalid/served-on'],
    ['reported in the last month', { appliedOn: '2026-12-31' }, '300.00'],
    ['reported a day later', { appliedOn: '2027-01-01' }, 'policy/order-too-late'],
    [
      'before the decision',
      {
        order: { ...ORDER, servedOn: '2026-07-31' },
        appliedOn: '2026-08-31',
        options: { orderWithinMonths: 6 },
      },
      'policy/no-allowance',
    ],
    ['without a level', { facts: KNOWN.slice(0, 2) }, 'policy/no-allowance'],
    [
      'after a stop',
      {
        own: [
          fact('application', '2026-07-20'),
          fact('decision', '2026-08-03', '2026-08-03/3'),
          fact('stop', '2026-09-20', '2026-09'),
        ],
      },
      'policy/no-allowance',
    ],
  ])('%s', (_row, given, expected) => {
    expect(worth(given)).toBe(expected);
  });

  it.each([
    ['death-certified', '2026-10-14', 'conflict/deceased'],
    ['death-certified', '2026-10-15', '300.00'],
    ['death-reported', '2026-10-14', 'conflict/deceased'],
  ] as const)('of somebody with %s %s', (kind, day, expected) => {
    expect(worth({ facts: [...KNOWN, fact(kind, day)] })).toBe(expected);
  });
});

describe('unused allowance', () => {
  const carries = { unusedAllowance: { rule: 'carries', months: 2 } };
  const big = { ...ORDER, amount: '2220.00' };

  it('lapses, or carries over for so many months and no further', () => {
    expect(worth({ order: big })).toBe('policy/over-allowance');
    expect(worth({ order: big, options: carries })).toBe('2220.00');
    expect(worth({ order: { ...big, amount: '2220.01' }, options: carries })).toBe('policy/over-allowance');
    expect(worth({ order: big, options: carries, account: [used('2026-09', 1)] })).toBe(
      'policy/over-allowance',
    );
  });

  it('an order says what was left before it, and whom it is for is counted once', () => {
    const proposal = must(workOut({ account: [used('2026-10', 440)] }));
    expect(proposal.derivation.at(-1)?.inputs).toMatchObject({ allowance: '740.00', left: '300.00' });
    expect(proposal.persons).toBe(1);
  });

  it('who is not enrolled has none', () => {
    const { workOut: rules } = PROGRAMMES['elderly-orders']!.grant!;
    const view = {
      book: bookOf(policyFile(DISTRICT, 'elderly-orders')),
      scope: { jurisdiction: DISTRICT, programme: 'elderly-orders', knownOn: '2026-11-20' },
    };
    const bare = { facts: ORDER, appliedOn: '2026-11-05', decidedOn: '2026-11-20', view, earlier: [] };
    expect(codeOf(rules(bare))).toBe('missing/service-enrolment');
    expect(codeOf(rules({ ...bare, situation: { persons: {}, enrolments: [] } }))).toBe(
      'missing/service-enrolment',
    );
  });
});
