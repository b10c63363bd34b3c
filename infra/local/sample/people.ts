import {
  addMonths,
  birthday,
  daysInMonth,
  type Month,
  monthOf,
  type PlainDate,
} from '../../../domain/calendar.ts';
import { ordinaryName, type Sex } from './names.ts';
import type { NumberSource } from './numbers.ts';
import type { Random } from './random.ts';
import { SAMPLE_STREETS, type SampleStreet } from './streets.ts';

/** Someone of the sample district as the register sheet has them. Nobody real: see numbers.ts. */
export type SamplePerson = {
  readonly name: string;
  readonly sex: Sex;
  readonly idNumber: string;
  readonly birthDate: PlainDate;
  readonly phone: string;
  readonly street: SampleStreet;
  readonly appliedOn: PlainDate;
  /** As written in the sheet; empty for "not stated". */
  readonly identityClass: string;
  /** Who is paid instead of the person. */
  readonly payee?: { readonly name: string; readonly idNumber: string };
  readonly account: string;
  /** Last month due, as written in the sheet. */
  readonly stopMonth?: Month;
  readonly note?: string;
};

/** What is settled about someone before the rest is made up. `self`: paid to nobody else. */
export type Given = Partial<Omit<SamplePerson, 'payee'>> & {
  readonly payee?: NonNullable<SamplePerson['payee']> | 'self';
};

/** Shares in a thousand of those of eighty and more, by age; falls with age as in the published pyramids. */
const AGES: readonly (readonly [number, number])[] = [
  ...[132, 122, 112, 101, 90, 79, 68, 55, 45, 34].map((share, index) => [80 + index, share] as const),
  ...[36, 29, 24, 20, 16, 12, 9, 7, 5, 4].map((share, index) => [90 + index, share] as const),
  ...[3, 2, 1].map((share, index) => [100 + index, share] as const),
];
const CLASSES: readonly (readonly [string, number])[] = [
  ['', 300],
  ['其他', 645],
  ['低保', 32],
  ['低保边缘', 16],
  ['特困', 7],
];
/** 京民养老发〔2019〕160号: applications are taken from here on. */
const POLICY_START = '2019-10-08';

/** Makes people who fit together: numbers never repeat, dates are in order. `month` is the month to be paid. */
export class PeopleMaker {
  readonly random: Random;
  readonly numbers: NumberSource;
  readonly #month: Month;

  constructor(random: Random, numbers: NumberSource, month: Month) {
    this.random = random;
    this.numbers = numbers;
    this.#month = month;
  }

  /** The day by which everything in the sheets has happened: the tenth of the month before. */
  get lastDay(): PlainDate {
    return `${addMonths(this.#month, -1)}-10`;
  }

  /** Any beneficiary of eighty or more; `given` overrides what matters for the case at hand. */
  person({ payee, ...given }: Given = {}): SamplePerson {
    const sex = given.sex ?? (this.random.chance(570) ? 'female' : 'male');
    const birthDate = given.birthDate ?? this.birthDate(this.random.weighted(AGES));
    return {
      name: ordinaryName(this.random, sex),
      idNumber: this.numbers.identityNumber(birthDate, sex),
      phone: this.random.chance(720) ? this.numbers.phone() : '',
      street: this.random.weighted(SAMPLE_STREETS.map((street) => [street, street.weight] as const)),
      appliedOn: this.#application(birthDate),
      identityClass: this.random.weighted(CLASSES),
      account: this.numbers.card(),
      ...given,
      sex,
      birthDate,
      ...this.#payee(payee),
    };
  }

  #payee(given: Given['payee']): Pick<SamplePerson, 'payee'> {
    if (given === 'self') return {};
    if (given !== undefined) return { payee: given };
    return this.random.chance(60) ? { payee: this.relative() } : {};
  }

  /** A child or guardian who receives for someone. */
  relative(): { readonly name: string; readonly idNumber: string } {
    const sex = this.random.chance(500) ? 'female' : 'male';
    const birthDate = this.birthDate(50 + this.random.below(18));
    return {
      name: ordinaryName(this.random, sex),
      idNumber: this.numbers.identityNumber(birthDate, sex),
    };
  }

  /** A birth date of someone who has this age on the first day of the month to be paid. */
  birthDate(age: number): PlainDate {
    const year = Number(this.#month.slice(0, 4)) - age;
    const month = 1 + this.random.below(12);
    const day = 1 + this.random.below(28);
    const later = dateOf(year, month, day).slice(5) > `${this.#month.slice(5)}-01`;
    return dateOf(later ? year - 1 : year, month, day);
  }

  /** A birth date of someone who turns eighty in a month. */
  turning80(month: Month): PlainDate {
    const year = Number(month.slice(0, 4)) - 80;
    const number = Number(month.slice(5));
    return dateOf(year, number, 1 + this.random.below(daysInMonth(year, number)));
  }

  /** Somewhere in the quarter after the eightieth birthday, or after applications were first taken. */
  #application(birthDate: PlainDate): PlainDate {
    const turned = birthday(birthDate, 80, 'mar-1');
    const earliest = turned > POLICY_START ? turned : POLICY_START;
    const month = addMonths(monthOf(earliest), this.random.below(4));
    const date = `${month}-${twoDigits(1 + this.random.below(28))}`;
    if (date > this.lastDay) return this.lastDay;
    return date < earliest && earliest < this.lastDay ? earliest : date;
  }
}

function dateOf(year: number, month: number, day: number): PlainDate {
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
