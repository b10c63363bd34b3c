import { describe, expect, it } from 'vitest';
import { monthsOfPeriod } from '../../../domain/calendar.ts';
import { sumFen, toYuan } from '../../../domain/money.ts';
import { lookupParameter } from '../../../domain/policy/lookup.ts';
import { RUN_PARAMETERS } from '../../../domain/policy/run-parameters.ts';
import { HIGH_AGE_CASES } from '../../../domain/programmes/high-age/cases.ts';
import { highAge } from '../../../domain/programmes/high-age/programme.ts';
import { renderStep } from '../../../domain/programmes/sentences.ts';
import { ENROLMENT_FACT_KINDS, type Fact, PERSON_FACT_KINDS } from '../../../domain/register/facts.ts';
import {
  around,
  BOOK,
  bookOf,
  changedPack,
  codeOf,
  due,
  fact,
  KNOWN_ON,
  monthOfFacts,
  monthsOfFacts,
  must,
  packFile,
  situationOf,
} from './samples.ts';

const ALL_KINDS = [...PERSON_FACT_KINDS, ...ENROLMENT_FACT_KINDS];
const BEIJING = '110000';
const LINKOU = '231025';

describe('worked examples', () => {
  it.each(HIGH_AGE_CASES)('$row', (example) => {
    const facts = [fact('birth-date', example.birthDate), fact('application', example.applied)];
    if (example.identity) facts.push(fact('identity-class', example.identity.from, example.identity.value));
    for (const [month, yuan] of Object.entries(example.months ?? {})) {
      const entitlement = must(monthOfFacts(example.jurisdiction, facts, month));
      expect(`${month} ${toYuan(entitlement.fen)}`).toBe(`${month} ${yuan}`);
      expect(entitlement.sample).toBe(example.basis === 'field');
    }
    const through = example.total?.through ?? KNOWN_ON.slice(0, 7);
    const { first, months } = must(monthsOfFacts(example.jurisdiction, facts, through));
    expect(first).toBe(example.first ?? first);
    const total = toYuan(sumFen(months.map((month) => month.fen)));
    expect(total).toBe(example.total?.yuan ?? total);
  });
});

describe('bands', () => {
  const person = (birthDate: string) => [
    fact('birth-date', birthDate),
    fact('application', '2019-10-05'),
    fact('identity-class', '2019-01-01', 'none'),
  ];

  it.each([
    ['80', '1944-09-20', '2024-09', [0, 10000, 10000]],
    ['90', '1934-09-20', '2024-09', [10000, 50000, 50000]],
    ['100', '1924-09-20', '2024-09', [50000, 80000, 80000]],
    ['80, on the first', '1944-09-01', '2024-09', [0, 10000, 10000]],
    ['80, on the last', '1944-09-30', '2024-09', [0, 10000, 10000]],
  ])('北京, %sth birthday: from the month of the birthday', (_, birthDate, month, expected) => {
    expect(around(BEIJING, person(birthDate), month)).toEqual(expected);
  });

  it.each([
    ['80', '1945-09-20', '2025-09', [0, 0, 2500]],
    ['90', '1935-09-20', '2025-09', [2500, 2500, 10000]],
    ['100', '1925-09-20', '2025-09', [10000, 10000, 30000]],
  ])('林口, %sth birthday: from the month after', (_, birthDate, month, expected) => {
    expect(around(LINKOU, person(birthDate), month)).toEqual(expected);
  });

  it.each([
    ['feb-28', '90, common year', '1936-02-29', '2026-02', [10000, 50000, 50000]],
    ['mar-1', '90, common year', '1936-02-29', '2026-02', [10000, 10000, 50000]],
    ['feb-28', '80, leap year', '1944-02-29', '2024-02', [0, 10000, 10000]],
    ['mar-1', '80, leap year', '1944-02-29', '2024-02', [0, 10000, 10000]],
    ['feb-28', '100, leap year', '1924-02-29', '2024-02', [50000, 80000, 80000]],
    ['mar-1', '100, leap year', '1924-02-29', '2024-02', [50000, 80000, 80000]],
  ])('born 29 February, %s, %s', (leapDay, _, birthDate, month, expected) => {
    const book = bookOf(changedPack(BEIJING, { leapDay }));
    expect(around(BEIJING, person(birthDate), month, book)).toEqual(expected);
  });

  it.each([
    ['feb-28', [0, 0, 10000]],
    ['mar-1', [0, 0, 0]],
  ])('born 29 February with bands from the month after, %s', (leapDay, expected) => {
    const bands = [{ fromAge: 81, amount: '100.00' }];
    const book = bookOf(changedPack(BEIJING, { leapDay, bandStart: 'next-month', bands }));
    expect(around(BEIJING, person('1944-02-29'), '2025-02', book)).toEqual(expected);
  });

  it('starts with the policy: the month before is refused, the first month pays', () => {
    const facts = [fact('birth-date', '1939-01-15'), fact('application', '2019-09-01')];
    expect(codeOf(monthOfFacts(BEIJING, facts, '2019-09'))).toBe('policy/gap');
    expect(due(BEIJING, facts, '2019-10')).toBe(10000);
    expect(must(monthsOfFacts(BEIJING, facts, '2019-12')).first).toBe('2019-10');
  });

  it('a district inherits the amounts of its province', () => {
    expect(due('110199', person('1934-09-20'), '2026-12')).toBe(50000);
  });
});

describe('identity class', () => {
  const facts = [
    fact('birth-date', '1943-01-10'),
    fact('application', '2024-10-08'),
    fact('identity-class', '2025-05-15', 'dibao'),
    fact('identity-class', '2025-08-01', 'none'),
  ];

  it.each([
    ['next-month', { '2025-05': 2500, '2025-06': 10000, '2025-08': 10000, '2025-09': 2500 }],
    ['month-start', { '2025-05': 2500, '2025-06': 10000, '2025-07': 10000, '2025-08': 2500 }],
    ['same-month', { '2025-04': 2500, '2025-05': 10000, '2025-07': 10000, '2025-08': 2500 }],
  ])('a change takes effect %s', (classChange, expected) => {
    const book = bookOf(changedPack(LINKOU, { classChange }));
    for (const [month, fen] of Object.entries(expected)) {
      expect([month, due(LINKOU, facts, month, book)]).toEqual([month, fen]);
    }
  });
});

describe('late application', () => {
  const FIRST = '2024-09';
  const firstOf = (applied: string, count: string, birthDate = '1944-09-20') => {
    const rule = { rule: 'within-months-back-to-eligibility', months: 6, count };
    const book = bookOf(changedPack(BEIJING, { lateApplication: rule }));
    const facts = [fact('birth-date', birthDate), fact('application', applied)];
    return must(monthsOfFacts(BEIJING, facts, '2026-01', book)).first;
  };

  it.each([
    ['2024-06-01', FIRST, FIRST],
    ['2024-09-01', FIRST, FIRST],
    ['2024-10-01', FIRST, FIRST],
    ['2025-02-28', FIRST, FIRST],
    ['2025-03-19', FIRST, FIRST],
    ['2025-03-20', FIRST, FIRST],
    // Ambiguity 4: six months by the month, more than six by the day.
    ['2025-03-21', FIRST, '2025-03'],
    ['2025-03-31', FIRST, '2025-03'],
    ['2025-04-01', '2025-04', '2025-04'],
    ['2025-04-20', '2025-04', '2025-04'],
  ])('80 on 2024-09-20, applies %s', (applied, byMonth, byDay) => {
    expect(firstOf(applied, 'from-eligibility-month')).toBe(byMonth);
    expect(firstOf(applied, 'day-exact')).toBe(byDay);
  });

  it('counts to the last day of a shorter month', () => {
    expect(firstOf('2025-02-28', 'day-exact', '1944-08-31')).toBe('2024-08');
    expect(firstOf('2025-03-01', 'day-exact', '1944-08-31')).toBe('2025-03');
  });

  it('counts from the start of the policy for those who were old enough before it', () => {
    expect(firstOf('2020-04-01', 'day-exact', '1930-01-01')).toBe('2019-10');
    expect(firstOf('2020-04-02', 'day-exact', '1930-01-01')).toBe('2020-04');
    expect(firstOf('2020-04-30', 'from-eligibility-month', '1930-01-01')).toBe('2019-10');
    expect(firstOf('2020-05-01', 'from-eligibility-month', '1930-01-01')).toBe('2020-05');
  });

  it('the months before a too late application are zero and say why', () => {
    const facts = [fact('birth-date', '1944-09-20'), fact('application', '2025-04-01')];
    const before = must(monthOfFacts(BEIJING, facts, '2025-03'));
    expect(before.fen).toBe(0);
    expect(before.derivation.map((step) => step.code)).toEqual(['start-late-over', 'not-started']);
    expect(due(BEIJING, facts, '2025-04')).toBe(10000);
  });

  it('the derivation tells an application in time from a late one', () => {
    const codeFor = (applied: string) => {
      const facts = [fact('birth-date', '1944-09-20'), fact('application', applied)];
      return must(monthOfFacts(BEIJING, facts, '2025-06')).derivation[0]?.code;
    };
    expect(['2024-09-30', '2024-10-01', '2025-04-01'].map(codeFor)).toEqual([
      'start-in-time',
      'start-late-within',
      'start-late-over',
    ]);
  });

  it('other named rules: never back, and always back', () => {
    const facts = [fact('birth-date', '1944-09-20'), fact('application', '2024-11-05')];
    const never = bookOf(changedPack(BEIJING, { lateApplication: { rule: 'application-month' } }));
    const always = bookOf(changedPack(BEIJING, { lateApplication: { rule: 'back-to-eligibility' } }));
    expect(must(monthsOfFacts(BEIJING, facts, '2026-01', never)).first).toBe('2024-11');
    expect(must(monthsOfFacts(BEIJING, facts, '2026-01', always)).first).toBe(FIRST);
  });

  it('refuses when the policy needs an application and there is none, unless it needs none', () => {
    const facts = [fact('birth-date', '1944-09-20')];
    expect(codeOf(monthOfFacts(BEIJING, facts, '2024-10'))).toBe('missing/application');
    const none = bookOf(changedPack(BEIJING, { requiresApplication: false }));
    expect(due(BEIJING, facts, '2024-09', none)).toBe(10000);
  });

  it('refuses a person without a birth date', () => {
    expect(codeOf(monthOfFacts(BEIJING, [fact('application', '2024-09-20')], '2024-10'))).toBe(
      'missing/birth-date',
    );
  });
});

describe('derivation', () => {
  const facts = [
    fact('birth-date', '1944-10-05'),
    fact('application', '2026-03-10'),
    fact('identity-class', '2020-01-01', 'tekun'),
  ];

  it('names each rule in order with its citation, and reads as sentences in both languages', () => {
    const { derivation } = must(monthOfFacts(LINKOU, facts, '2024-11'));
    expect(derivation.map((step) => step.code)).toEqual([
      'start-back-to-eligibility',
      'not-stopped',
      'age-band',
      'identity-class',
      'amount',
    ]);
    expect(derivation.every((step) => step.citation !== undefined)).toBe(true);
    const sentences = derivation.map((step) => renderStep(highAge, step));
    expect(sentences.at(-1)).toEqual({
      zh: '2024-11：80周岁档特困标准每月100.00元',
      en: '2024-11: band from age 80, destitute (tekun): 100.00 yuan a month',
    });
    expect(sentences.every(({ zh, en }) => !/[{}]/.test(zh + en))).toBe(true);
  });

  it('every way to zero renders too', () => {
    const ways = [
      [fact('death-certified', '2025-01-05')],
      [fact('stop', '2025-01-05', '2025-01')],
      [fact('custody', '2025-01-05', 'custody')],
      [fact('missing', '2025-01-05', 'missing')],
      [fact('household-registration', '2025-01-05', '420203')],
    ];
    for (const more of ways) {
      const { derivation, fen, components } = must(monthOfFacts(LINKOU, [...facts, ...more], '2026-01'));
      expect([fen, components]).toEqual([0, []]);
      for (const step of derivation) expect(renderStep(highAge, step).zh).not.toMatch(/[{}]/);
    }
    const early = must(monthOfFacts(LINKOU, facts, '2024-10'));
    expect(early.derivation.map((step) => renderStep(highAge, step).en)).toEqual([
      '2024-10: below the starting age (eligible from 2024-11), nothing is due',
    ]);
  });

  it('holds neither birth date nor date of death nor where somebody moved', () => {
    const more = [
      fact('death-certified', '2026-02-17'),
      fact('household-registration', '2025-01-05', '420203'),
    ];
    for (const all of [facts, [...facts, more[0]!], [...facts, more[1]!]]) {
      const text = JSON.stringify(must(monthOfFacts(LINKOU, all, '2026-05')).derivation);
      expect(text).not.toMatch(/1944-10|2026-02-17|420203/);
    }
  });
});

describe('pay cycle', () => {
  it('a quarter pays its three months, each by its own rules', () => {
    const book = bookOf(changedPack(LINKOU, { payCycle: 'quarter' }));
    const scope = { jurisdiction: LINKOU, programme: 'high-age', knownOn: KNOWN_ON };
    const cycle = lookupParameter(
      book,
      { ...scope, parameter: 'payCycle', month: '2026-01' },
      RUN_PARAMETERS.payCycle,
    );
    expect(must(cycle).value).toBe('quarter');
    const facts = [fact('birth-date', '1936-01-31'), fact('application', '2024-10-08')];
    const quarter = monthsOfPeriod('2026-Q1').map((month) => due(LINKOU, facts, month, book));
    expect(quarter).toEqual([2500, 10000, 10000]);
  });
});

describe('contract', () => {
  it('reads the fact kinds it says it reads and no others', () => {
    const read = new Set<string>();
    const situation = situationOf(LINKOU, [
      fact('birth-date', '1940-03-05'),
      fact('application', '2025-03-05'),
    ]);
    const spy = (facts: readonly Fact[]): readonly Fact[] =>
      new Proxy(facts, {
        get: (target, key) => {
          if (key !== 'filter') return Reflect.get(target, key) as unknown;
          return (keep: (one: Fact) => boolean) => {
            for (const kind of ALL_KINDS) if (keep(fact(kind, '2020-01-01'))) read.add(kind);
            return target.filter(keep);
          };
        },
      });
    const persons = Object.fromEntries(
      Object.entries(situation.persons).map(([key, facts]) => [key, spy(facts)]),
    );
    const enrolment = { ...situation.only, facts: spy(situation.only.facts) };
    const input = { enrolment, situation: { persons, enrolments: [enrolment] } };
    must(highAge.assessMonth({ ...input, book: BOOK, month: '2026-01', knownOn: KNOWN_ON }));
    expect([...read].sort()).toEqual([...highAge.personFactKinds, ...highAge.enrolmentFactKinds].sort());
  });

  it('every parameter of the packs is the programme’s or a run’s, and each has a value', () => {
    // What a run cannot do without; the others are read only where a place has them, stacking too.
    const needed = ['approvalChain', 'historyFrom', 'payCycle', 'payTiming', 'payerAccount'];
    const optional = [...Object.keys(RUN_PARAMETERS), 'stacking'].filter((name) => !needed.includes(name));
    const own = [...Object.keys(highAge.parameters), ...needed]
      .filter((name) => !optional.includes(name))
      .sort();
    for (const place of [BEIJING, LINKOU]) {
      const set = packFile(place).values.map((row) => row.parameter);
      expect(set.filter((name) => !optional.includes(name)).sort()).toEqual(own);
    }
  });
});
