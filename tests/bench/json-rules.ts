import { createRequire } from 'node:module';
import type { Engine as EngineClass } from 'json-rules-engine';
import { birthday, monthOf, monthsBetween } from '../../domain/calendar.ts';
import { type Fen, fen, parseYuan } from '../../domain/money.ts';
import type { Fact } from '../../domain/register/facts.ts';
import { type Elder, MONTH } from './elders.ts';

const { Engine } = createRequire(import.meta.url)('json-rules-engine') as { Engine: typeof EngineClass };

/** What the rules compare: months counted from 1800-01, so that a rule engine of numbers can order them. */
export type Numbers = Readonly<Record<string, number>>;

const monthNumber = (month: string): number => monthsBetween('1800-01', month);
const NEVER = 99_999;

/**
 * The same rule for json-rules-engine: bands, start and stops of the Beijing pack. Months are worked out beforehand and not timed,
 * because its rules compare values and cannot read a history; it gives an amount, and no steps and no citations.
 */
export function beijingEngine(): EngineClass {
  const engine = new Engine();
  const notBefore = (fact: string) => ({
    fact: 'month',
    operator: 'greaterThanInclusive',
    value: { fact },
  });
  const before = (fact: string) => ({ fact: 'month', operator: 'lessThan', value: { fact } });
  const upTo = (fact: string) => ({ fact: 'month', operator: 'lessThanInclusive', value: { fact } });
  engine.setCondition('started', {
    all: [
      notBefore('eligible'),
      {
        any: [
          { fact: 'monthsLate', operator: 'lessThanInclusive', value: 6 },
          { all: [{ fact: 'monthsLate', operator: 'greaterThan', value: 6 }, notBefore('applied')] },
        ],
      },
    ],
  });
  engine.setCondition('not-stopped', {
    all: [
      upTo('lastBeforeDeath'),
      upTo('lastByDecision'),
      { any: [before('awayFrom'), notBefore('backFrom')] },
    ],
  });
  const bands = [
    { from: 'band100', to: 'end', yuan: '800.00' },
    { from: 'band90', to: 'band100', yuan: '500.00' },
    { from: 'band80', to: 'band90', yuan: '100.00' },
  ];
  for (const { from, to, yuan } of bands) {
    engine.addRule({
      name: from,
      conditions: {
        all: [notBefore(from), before(to), { condition: 'started' }, { condition: 'not-stopped' }],
      },
      event: { type: 'amount', params: { yuan } },
    });
  }
  return engine;
}

export async function amountByEngine(engine: EngineClass, numbers: Numbers): Promise<Fen> {
  const { events } = await engine.run({ ...numbers });
  const amount = parseYuan(String(events[0]?.params?.['yuan'] ?? '0.00'));
  if (!amount.ok) throw new Error('the rule engine gave no amount');
  return events.length === 0 ? fen(0) : amount.value;
}

/** The months that the rules compare, from the dated facts of a person. */
export function numbersOf({ situation, enrolment }: Elder): Numbers {
  const facts = [...(situation.persons[enrolment.subject] ?? []), ...enrolment.facts];
  const valueOf = (kind: Fact['kind']) => facts.find((fact) => fact.kind === kind)?.value;
  const born = valueOf('birth-date') ?? '';
  const band = (age: number) => monthNumber(monthOf(birthday(born, age, 'mar-1')));
  const eligible = Math.max(band(80), monthNumber('2019-10'));
  const applied = monthNumber(monthOf(valueOf('application') ?? ''));
  const death = valueOf('death-certified');
  const stop = valueOf('stop');
  const away = facts.find(({ kind, value }) => AWAY[kind] !== undefined && value !== AWAY[kind]);
  const back = facts.find(({ kind, value }) => AWAY[kind] !== undefined && value === AWAY[kind]);
  return {
    month: monthNumber(MONTH),
    band80: band(80),
    band90: band(90),
    band100: band(100),
    end: NEVER,
    eligible,
    applied,
    monthsLate: applied - eligible,
    lastBeforeDeath: death === undefined ? NEVER : monthNumber(monthOf(death)),
    lastByDecision: stop === undefined ? NEVER : monthNumber(stop),
    awayFrom: away === undefined ? NEVER : monthNumber(monthOf(away.validFrom)) + 1,
    backFrom: back === undefined ? NEVER : monthNumber(monthOf(back.validFrom)) + 1,
  };
}

/** Kinds of facts by which a person is away, and the value that ends it. */
const AWAY: Partial<Record<Fact['kind'], string>> = {
  'household-registration': 'in',
  custody: 'released',
  missing: 'found',
};
