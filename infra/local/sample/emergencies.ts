import type { PlainDate } from '../../../domain/calendar.ts';
import type { GrantFacts } from '../../../domain/programmes/programme.ts';
import { ordinaryName, type Sex } from './names.ts';
import { cardNumber, NumberSource } from './numbers.ts';
import { randomFrom } from './random.ts';
import { SAMPLE_STREETS } from './streets.ts';

/** Somebody in an emergency, as they come to the township's counter, and what has to come of it. */
export type Emergency = {
  readonly key: string;
  /** What happened, for the progress that the demo prints. */
  readonly zh: string;
  readonly en: string;
  /** Number of the township, from 1: its clerk takes the application in, its signer decides. */
  readonly township: number;
  readonly name: string;
  readonly idNumber: string;
  readonly account: string;
  readonly facts: GrantFacts;
  readonly missingPapers?: readonly [string, ...string[]];
  readonly outcome: 'cash' | 'cash-refused-then-account' | 'account' | 'rejected';
  readonly decidedBy: 'township' | 'district';
  /** Yuan, worked out by hand from the printed rules; 0 for who gets nothing. */
  readonly yuan: number;
  readonly persons: number;
};
export type SamplePayee = Pick<Emergency, 'name' | 'idNumber' | 'account'>;

/** 京民社救发〔2024〕80号: yuan a person and month, on which urgent aid is measured. */
export const PUBLISHED_STANDARD = 1450;
/** Cash that the two townships' fund begins with: enough for two of the three who ask for cash. */
export const FUND_BEGINS_WITH = 5000;
/** Card numbers of this part of the sample; no other part comes near. */
const FIRST_CARD = 980_000;

/** People whom no sheet of the district names. @param first from which card number on, so that parts never share one */
export function strangers(seed: string, count: number, first: number, year: number): SamplePayee[] {
  const random = randomFrom(`${seed}/strangers/${first}`);
  const numbers = new NumberSource(2);
  return Array.from({ length: count }, (_, index) => {
    const sex: Sex = random.chance(500) ? 'male' : 'female';
    const month = String((index % 12) + 1).padStart(2, '0');
    const born = `${year + (Math.floor(index / 12) % 12)}-${month}-23`;
    return {
      name: ordinaryName(random, sex),
      idNumber: numbers.identityNumber(born, sex),
      account: cardNumber(first + index),
    };
  });
}

/**
 * A week of emergencies in two townships, up to and including today.
 *
 * @param standard 低保 standard of today, in yuan
 */
export function generateEmergencies(
  seed: string,
  today: PlainDate,
  daysBefore: (days: number) => PlainDate,
  standard = PUBLISHED_STANDARD,
): Emergency[] {
  const people = strangers(seed, 7, FIRST_CARD, 1962);
  const family = { residence: 'urban', family: 'other' } as const;
  const urgent = (cause: string, persons: number, eventOn: PlainDate) => ({
    ...family,
    kind: 'urgent',
    registration: 'visitor',
    cause,
    persons,
    months: 1,
    eventOn,
  });
  const spending = (eventOn: PlainDate) => ({
    ...family,
    kind: 'spending',
    registration: 'local',
    cause: 'illness',
    persons: 3,
    eventOn,
  });
  const cases: readonly Omit<Emergency, keyof SamplePayee>[] = [
    {
      key: 'fire',
      zh: '火灾，外来人员，两人一个月，现金',
      en: 'a fire, not registered here, two persons for a month, in cash',
      township: 1,
      facts: urgent('fire', 2, daysBefore(6)),
      outcome: 'cash',
      decidedBy: 'township',
      yuan: 2 * standard,
      persons: 2,
    },
    {
      key: 'traffic',
      zh: '交通事故，一人一个月，现金',
      en: 'a traffic accident, one person for a month, in cash',
      township: 2,
      facts: urgent('traffic', 1, daysBefore(5)),
      outcome: 'cash',
      decidedBy: 'township',
      yuan: standard,
      persons: 1,
    },
    {
      key: 'accident',
      zh: '意外伤害，一人一个月，备用金余额不足，改为账户',
      en: 'an accident, one person for a month: the fund has too little left, paid to the account',
      township: 2,
      facts: urgent('accident', 1, daysBefore(4)),
      outcome: 'cash-refused-then-account',
      decidedBy: 'township',
      yuan: standard,
      persons: 1,
    },
    {
      key: 'pay-first',
      zh: '突发疾病，先行救助，材料后补',
      en: 'a sudden illness: paid first, papers to follow',
      township: 1,
      facts: { ...urgent('illness', 1, daysBefore(2)), payFirst: true },
      missingPapers: ['出院诊断证明'],
      outcome: 'account',
      decidedBy: 'township',
      yuan: standard,
      persons: 1,
    },
    {
      key: 'dibao-illness',
      zh: '支出型，低保家庭自付 45,000 元',
      en: 'spending of a dibao family, 45,000 yuan',
      township: 1,
      facts: { ...spending(daysBefore(60)), family: 'dibao', spend: '45000.00', persons: 1 },
      outcome: 'account',
      decidedBy: 'district',
      // 30,000 × 40% + 15,000 × 50% (京民社救发〔2020〕86号): more than six months of the standard a head.
      yuan: 19_500,
      persons: 1,
    },
    {
      key: 'other-illness',
      zh: '支出型，其他家庭自付 8,000 元',
      en: 'spending of another family, 8,000 yuan',
      township: 2,
      facts: { ...spending(daysBefore(30)), spend: '8000.00' },
      outcome: 'account',
      decidedBy: 'township',
      // 8,000 × 30%.
      yuan: 2_400,
      persons: 3,
    },
    {
      key: 'too-little',
      zh: '支出型，其他家庭自付 4,999.99 元，未达起点',
      en: 'spending of another family, 4,999.99 yuan: below what is aided',
      township: 2,
      facts: { ...spending(today), spend: '4999.99' },
      outcome: 'rejected',
      decidedBy: 'district',
      yuan: 0,
      persons: 3,
    },
  ];
  return cases.map((one, index) => {
    const person = people[index];
    if (!person) throw new Error('more emergencies than people');
    return { ...one, ...person };
  });
}

/** Streets by their number from 1. */
export const townshipCode = (number: number): string => SAMPLE_STREETS[number - 1]?.code ?? '';
