// Goal: 养老服务补贴 comes out by class and level, changes at its months and no other, and services are never paid as money. Method:
// worked examples on the packs, the month before, of and after each change, random persons.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../domain/calendar.ts';
import { findingsOn } from '../../../domain/controls/index.ts';
import { fen, toYuan } from '../../../domain/money.ts';
import { assess } from '../../../domain/programmes/assess.ts';
import { ELDERLY_SERVICE_CASES } from '../../../domain/programmes/elderly-service/cases.ts';
import { elderlyService } from '../../../domain/programmes/elderly-service/programme.ts';
import type { EnrolmentFacts, Entitlement } from '../../../domain/programmes/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import type { Fact } from '../../../domain/register/facts.ts';
import type { Result } from '../../../domain/result.ts';
import { policyFile } from '../../policy-files.ts';
import { bookOf, codeOf, fact, must } from './samples.ts';

const PERSON = '7Z3K9QX2M4BT';
const PLACES = ['110000', '310000', '110199'];
const BOOK = bookOf(...PLACES.map((place) => policyFile(place, 'elderly-service')));
const KNOWN_ON = '2026-12-01';
const OF_ENROLMENT = ['application', 'decision', 'service-class', 'stop', 'paid-elsewhere'];

function monthOf(place: string, facts: readonly Fact[], month: string): Result<Entitlement> {
  const enrolment: EnrolmentFacts = {
    id: `YL-${PERSON}-1`,
    programme: 'elderly-service',
    jurisdiction: place,
    subject: PERSON,
    facts: facts.filter(({ kind }) => OF_ENROLMENT.includes(kind)),
  };
  const persons = { [PERSON]: facts.filter(({ kind }) => !OF_ENROLMENT.includes(kind)) };
  const { enrolments } = assess({ persons, enrolments: [enrolment] }, BOOK, { month, knownOn: KNOWN_ON });
  return enrolments[0]!.result;
}
const around = (place: string, facts: readonly Fact[], month: string) =>
  [-1, 0, 1].map((offset) => toYuan(must(monthOf(place, facts, addMonths(month, offset))).fen));
const papers = (born = '1950-06-15', decided = '2020-03-10') => [
  fact('birth-date', born),
  fact('application', '2020-02-20', '2020-02-20'),
  fact('decision', decided, `${decided}/示民〔2020〕3号`),
];

describe('worked examples', () => {
  it.each(ELDERLY_SERVICE_CASES)('$row', ({ jurisdiction, class: of, level, month, due }) => {
    const own = ['dibao', 'marginal', 'none'].includes(of) ? 'identity-class' : 'service-class';
    const facts = [
      ...papers(),
      fact(own, '2020-01-01', of),
      ...(level === undefined ? [] : [fact('care-level', '2020-01-01', level)]),
    ];
    const { components, derivation } = must(monthOf(jurisdiction, facts, month));
    expect(Object.fromEntries(components.map((one) => [one.component, toYuan(one.fen)]))).toEqual(due);
    for (const step of derivation) {
      expect(renderStep({ id: 'elderly-service' }, step).zh).not.toContain('{');
      expect(step.citation ?? step.code).toBeDefined();
    }
    for (const { component } of components) expect(elderlyService.components).toHaveProperty([component]);
  });
});

describe('months', () => {
  const poor = fact('identity-class', '2019-01-01', 'dibao');

  it.each([
    [
      'decided in March: from April',
      [...papers('1950-06-15', '2020-03-10'), poor],
      '2020-04',
      ['0.00', '300.00', '300.00'],
    ],
    [
      'sixty in June 2021: from June',
      [...papers('1961-06-30'), poor],
      '2021-06',
      ['0.00', '300.00', '300.00'],
    ],
    [
      'died in May: through May',
      [...papers(), poor, fact('death-certified', '2022-05-01')],
      '2022-06',
      ['300.00', '0.00', '0.00'],
    ],
    [
      'low income from May: counts from June',
      [...papers(), poor, fact('identity-class', '2022-05-01', 'marginal')],
      '2022-06',
      ['300.00', '200.00', '200.00'],
    ],
    [
      'care from the last of May: counts from June',
      [...papers(), fact('care-level', '2022-05-31', '2')],
      '2022-06',
      ['0.00', '400.00', '400.00'],
    ],
    [
      'care from the first of June: counts from July',
      [...papers(), fact('care-level', '2022-06-01', '2')],
      '2022-06',
      ['0.00', '0.00', '400.00'],
    ],
    [
      'stopped through May',
      [...papers(), poor, fact('stop', '2022-05-10', '2022-05')],
      '2022-06',
      ['300.00', '0.00', '0.00'],
    ],
  ])('北京, %s', (_, facts, month, expected) => {
    expect(around('110000', facts, month)).toEqual(expected);
  });

  it('nothing before a decision, and a refusal without a birth date or a policy', () => {
    const [born, applied] = papers();
    const undecided = must(monthOf('110000', [born!, applied!, poor], '2024-01'));
    expect([undecided.fen, undecided.derivation[0]?.code]).toEqual([0, 'not-decided']);
    expect(codeOf(monthOf('110000', papers().slice(1), '2024-01'))).toBe('missing/birth-date');
    expect(codeOf(monthOf('310000', [...papers(), poor], '2024-12'))).toBe('policy/gap');
  });

  it('a class of the place goes before the identity class, which counts where the first has no amount', () => {
    const both = [...papers(), poor, fact('service-class', '2020-01-01', 'special-family')];
    expect(toYuan(must(monthOf('110000', both, '2024-01')).fen)).toBe('100.00');
    const strange = [...papers(), poor, fact('service-class', '2020-01-01', 'something-else')];
    expect(toYuan(must(monthOf('110000', strange, '2024-01')).fen)).toBe('300.00');
  });
});

it('what is given as services is blocked in every run of money, and what is paid into an account is not', () => {
  const control = (component: string) =>
    findingsOn({
      lines: [{ month: '2026-10', component, fen: fen(100), kind: 'entitlement' }],
      subject: { key: PERSON, facts: [] },
      payee: { key: PERSON, facts: [], account: { holderMatches: true, sharedWith: 0 } },
      sample: false,
      demoMode: true,
    }).map((one) => `${one.control} ${one.severity}`);
  expect(control('service-voucher')).toEqual(['in-kind block']);
  expect(control('service')).toEqual([]);
});

it('the amount of a month is that of one line for each component, whatever the order of facts', () => {
  const classes = fc.constantFrom('dibao', 'marginal', 'none');
  const levels = fc.constantFrom('', '1', '2', '3', '4', '5', '6');
  const day = fc
    .integer({ min: 1, max: 28 })
    .map((n) => `2025-0${(n % 9) + 1}-${String(n).padStart(2, '0')}`);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(day, classes, levels), { maxLength: 5 }),
      fc.infiniteStream(fc.nat()),
      (changes, order) => {
        const facts = [
          ...papers(),
          ...changes.flatMap(([on, of, level], n) => [
            fact('identity-class', on, of, `2026-01-0${n + 1}T01:00:00.000Z`),
            fact('care-level', on, level, `2026-01-0${n + 1}T01:00:00.000Z`),
          ]),
        ];
        const keys = new Map(facts.map((one) => [one, order.next().value]));
        const shuffled = facts.toSorted((a, b) => keys.get(a)! - keys.get(b)!);
        const one = must(monthOf('310000', facts, '2025-12'));
        expect(must(monthOf('310000', shuffled, '2025-12'))).toEqual(one);
        expect([0, 44_400, 74_000, 88_800, 103_600, 111_000]).toContain(one.fen);
      },
    ),
    { numRuns: 50 },
  );
});
