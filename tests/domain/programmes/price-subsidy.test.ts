// Goal: the price subsidy is due in exactly the months that indices set off, to exactly those on a roll of the month, once each, and
// whatever changes afterwards makes a difference of new minus old. Method: worked examples, hand-made rolls, random ones.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fen, sumFen, toYuan } from '../../../domain/money.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { differences } from '../../../domain/programmes/differences.ts';
import { entitledMonths } from '../../../domain/programmes/months.ts';
import { PRICE_SUBSIDY_CASES } from '../../../domain/programmes/price-subsidy/cases.ts';
import type { EnrolmentFacts, Situation } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { relatedProgrammes } from '../../../domain/programmes/stacking-rules.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import { type PolicyFile, policyFile } from '../../policy-files.ts';
import { bookOf, codeOf, fact, must } from './samples.ts';

const PERSON = '7Z3K9QX2M4BT';
const HOUSEHOLD = '0A1B2C3D4E5F';
const PLACE = '110000';
const KNOWN_ON = '2026-12-01';
type Index = { readonly month: string; readonly cpi: string; readonly food: string; readonly scpi: string };

function book(indices: readonly Index[], changes: Readonly<Record<string, unknown>> = {}) {
  const nation = policyFile('000000', 'price-subsidy');
  const place: PolicyFile = policyFile(PLACE, 'price-subsidy');
  const row = place.values[0]!;
  const { inForceTo: _, ...always } = { ...row, inForceFrom: '2021-11', decidedOn: '2021-11-01' };
  const standard = { ...always, parameter: 'priceStandard', value: changes['standard'] ?? '1450.00' };
  const own = Object.entries(changes).flatMap(([parameter, value]) =>
    parameter === 'standard' ? [] : [{ ...always, parameter, value }],
  );
  const published = indices.map(({ month, ...index }) => ({
    ...always,
    parameter: 'indices',
    value: { ...index, publishedOn: `${month}-28` },
    inForceFrom: month,
    inForceTo: month,
  }));
  const dibao = policyFile(PLACE, 'dibao');
  return bookOf(nation, { ...place, values: [standard, ...own, ...published] }, dibao);
}

const subsidy: EnrolmentFacts = {
  id: `JG-${PERSON}-1`,
  programme: 'price-subsidy',
  jurisdiction: PLACE,
  subject: PERSON,
  facts: [],
};
const span = (from: string, yuan: number) => ({
  from,
  components: yuan === 0 ? [] : [{ component: 'base', fen: fen(yuan * 100) }],
  derivation: [],
});
/** A household's decided amounts, each from a month on. */
const onDibao = (...spans: readonly (readonly [string, number])[]): EnrolmentFacts => ({
  id: `DB-${HOUSEHOLD}-1`,
  programme: 'dibao',
  jurisdiction: PLACE,
  subject: HOUSEHOLD,
  facts: [],
  determinations: [
    {
      enrolment: `DB-${HOUSEHOLD}-1`,
      number: 1,
      kind: 'initial',
      document: '示民救〔2024〕1号',
      decidedOn: '2024-01-05',
      recordedAt: '2024-01-05T01:00:00.000Z',
      spans: spans.map(([from, yuan]) => span(from, yuan)),
      sample: false,
      proposedBy: 'staff-1',
      decidedBy: 'staff-2',
    },
  ],
});
const member = (from: string, covered = true) =>
  fact('household', from, `${HOUSEHOLD}:child:${covered ? 'covered' : 'uncovered'}`);
const around = (facts: readonly Fact[], ...others: readonly EnrolmentFacts[]): Situation => ({
  persons: { [PERSON]: facts },
  enrolments: [subsidy, ...others],
});
const REACHED: Index = { month: '2024-09', cpi: '3.6', food: '1.0', scpi: '4.2' };

function owed(situation: Situation, month = '2024-09', indices = [REACHED], changes = {}) {
  const { enrolments } = assess(situation, book(indices, changes), { month, knownOn: KNOWN_ON });
  return enrolments.find(({ enrolment }) => enrolment === subsidy.id)!.result;
}
const yuan = (...args: Parameters<typeof owed>) => toYuan(must(owed(...args)).fen);

describe('worked examples', () => {
  it.each(PRICE_SUBSIDY_CASES)('$row', ({ month, standard, changes, due, cpi, food, scpi }) => {
    const situation = around([member('2020-01-01')], onDibao(['2021-01', 800]));
    const result = must(owed(situation, month, [{ month, cpi, food, scpi }], { ...changes, standard }));
    expect(toYuan(result.fen)).toBe(due);
    for (const step of result.derivation) {
      expect(step.citation).toBeDefined();
      expect(renderStep({ id: 'price-subsidy' }, step).zh).not.toContain('{');
    }
  });
});

describe('rolls', () => {
  const since = [member('2020-01-01')];

  it.each([
    ['covered by 低保 of the month', since, [onDibao(['2024-01', 800])], '60.90'],
    ['a member who is not covered', [member('2020-01-01', false)], [onDibao(['2024-01', 800])], '0.00'],
    ['a member from the month after', [member('2024-10-01')], [onDibao(['2024-01', 800])], '0.00'],
    ['a member from the last of the month', [member('2024-09-30')], [onDibao(['2024-01', 800])], '60.90'],
    ['低保 from the month after', since, [onDibao(['2024-10', 800])], '0.00'],
    ['低保 until the month before', since, [onDibao(['2024-01', 800], ['2024-09', 0])], '0.00'],
    ['on no roll', since, [], '0.00'],
    [
      'a household in another district',
      since,
      [{ ...onDibao(['2024-01', 800]), jurisdiction: '310000' }],
      '0.00',
    ],
  ] as const)('%s', (_, facts, others, expected) => {
    expect(yuan(around(facts, ...others))).toBe(expected);
  });

  it('a class is a roll where policy has it so, and who is on two is paid once', () => {
    const marginal = fact('identity-class', '2020-01-01', 'marginal');
    const rolls = [{ class: 'marginal' }, { programme: 'dibao', of: 'household' }];
    expect(yuan(around([marginal]))).toBe('0.00');
    expect(yuan(around([marginal]), '2024-09', [REACHED], { rolls })).toBe('60.90');
    const both = around([marginal, ...since], onDibao(['2024-01', 800]));
    expect(yuan(both, '2024-09', [REACHED], { rolls })).toBe('60.90');
  });

  it('the dead, and who is paid elsewhere or was stopped, get nothing from the month that policy says', () => {
    const others = [onDibao(['2024-01', 800])];
    expect(yuan(around([...since, fact('death-certified', '2024-08-31')], ...others))).toBe('0.00');
    expect(yuan(around([...since, fact('death-certified', '2024-09-01')], ...others))).toBe('60.90');
    const stopped = {
      ...around(since, ...others),
      enrolments: [{ ...subsidy, facts: [fact('stop', '2024-08-01', '2024-08')] }, ...others],
    };
    expect(yuan(stopped)).toBe('0.00');
  });

  it('a month whose indices nobody entered is refused, and so is one that a roll cannot answer for', () => {
    const situation = around(since, onDibao(['2024-01', 800]));
    expect(codeOf(owed(situation, '2024-10'))).toBe('policy/gap');
    const child: EnrolmentFacts = { ...subsidy, id: `GE-${PERSON}-1`, programme: 'orphan' };
    expect(codeOf(owed(around(since, child)))).toBe('missing/roll-amount');
  });

  it('what a run has to load are the programmes of the rolls, and the household', () => {
    const related = relatedProgrammes(book([]), { jurisdiction: PLACE, knownOn: KNOWN_ON }, 'price-subsidy');
    expect(related).toMatchObject({ ofHouseholds: ['dibao'], ofPersons: expect.arrayContaining(['orphan']) });
  });
});

it('whoever joins or leaves a roll afterwards is made good: arrears and recoveries are new minus old, month by month', () => {
  const months = ['2024-07', '2024-08', '2024-09', '2024-10'];
  const index = fc.record({
    cpi: fc.constantFrom('3.4', '3.5', '4.0'),
    food: fc.constantFrom('1', '6'),
    scpi: fc.constantFrom('-1', '0.5', '3.33', '4.2'),
  });
  const amounts = fc.array(fc.constantFrom(0, 800), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(index, { minLength: 4, maxLength: 4 }),
      amounts,
      amounts,
      (published, before, after) => {
        const indices = published.map((one, n) => ({ ...one, month: months[n]! }));
        const monthsWith = (decided: readonly number[]) => {
          const household = onDibao(...decided.map((each, n) => [months[n]!, each] as const));
          const at = { historyFrom: '2024-07', through: '2024-10', knownOn: KNOWN_ON };
          return must(entitledMonths(around([member('2020-01-01')], household), subsidy, book(indices), at));
        };
        const [old, now] = [monthsWith(before), monthsWith(after)];
        const accrued = old.months.flatMap(({ month, components }) =>
          components.map((one) => ({ month, ...one })),
        );
        const changes = differences(accrued, now.months, now.span);
        const sum = (of: typeof old) => sumFen(of.months.map((one) => one.fen));
        expect(sumFen(changes.map((one) => one.fen))).toBe(sum(now) - sum(old));
        for (const [n, { month, fen: due }] of now.months.entries()) {
          const { cpi, food, scpi } = indices[n]!;
          const reached = Number(cpi) >= 3.5 || Number(food) >= 6;
          const full = Math.max(0, Math.round((1450 * Number(scpi)).valueOf()));
          expect(`${month} ${due}`).toBe(`${month} ${reached && after[n]! > 0 ? full : 0}`);
        }
      },
    ),
    { numRuns: 60 },
  );
});
