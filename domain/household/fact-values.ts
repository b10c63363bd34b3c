import { parseYuan } from '../money.ts';
import { invariant } from '../result.ts';
import {
  DISABILITY_KINDS,
  type Employment,
  type HouseholdCase,
  type HouseholdMember,
  INCOME_KINDS,
  type Income,
  type Obligor,
  SPECIAL_GROUPS,
  SPENDING_KINDS,
  type SpecialGroup,
  STUDENT_LEVELS,
  type StudentLevel,
} from './household-case.ts';

/**
 * How what an assessment looks at is written as the value of a fact, and read back. A list is one value, its entries
 * joined by ";" and sorted, so that the same list has one spelling; "" says that there is nothing of the kind.
 */

type Codec<T> = {
  readonly write: (value: T) => string;
  /** Undefined for text that is no value of this kind. */
  readonly read: (text: string) => T | undefined;
};

const BASES = ['month', 'year'] as const;
const EXEMPT = ['dibao', 'tekun', 'low-income'] as const;
const DUTIES = ['parent-support', 'child-support'] as const;
const LONGEST_LIST = 60;

function oneOf<Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined {
  return words.find((word) => word === text);
}

function isAmount(text: string | undefined): text is string {
  const amount = parseYuan(text ?? '');
  return amount.ok && amount.value >= 0;
}

function count(text: string | undefined): number | undefined {
  return /^[1-9]\d?$/.test(text ?? '') ? Number(text) : undefined;
}

/** A sorted list of at most 60; the same entry may stand twice (two equal pensions). Anything spelled otherwise is refused. */
function list<T>(entry: Codec<T>): Codec<readonly T[]> {
  const write = (values: readonly T[]) => values.map(entry.write).sort().join(';');
  return {
    write,
    read: (text) => {
      if (text === '') return [];
      const entries = text.split(';').map(entry.read);
      const known = entries.filter((one) => one !== undefined);
      return known.length === entries.length && known.length <= LONGEST_LIST && write(known) === text
        ? known
        : undefined;
    },
  };
}

function money<Kind extends string>(kinds: readonly Kind[]) {
  type Entry = { readonly kind: Kind; readonly amount: string; readonly basis: (typeof BASES)[number] };
  return list<Entry>({
    write: ({ kind, amount, basis }) => `${kind}:${amount}:${basis}`,
    read: (text) => {
      const [kindText, amount, basisText, ...rest] = text.split(':');
      const kind = oneOf(kinds, kindText);
      const basis = oneOf(BASES, basisText);
      return kind && basis && isAmount(amount) && rest.length === 0 ? { kind, amount, basis } : undefined;
    },
  });
}

/** `<kind>:<yuan>:<month|year>`, e.g. "pension:1200.00:month;transfer:300.00:year". */
export const INCOMES: Codec<readonly Income[]> = money(INCOME_KINDS);
/** The same form, of 刚性支出. */
export const SPENDING: Codec<HouseholdCase['spending']> = money(SPENDING_KINDS);

/** `<duty>:<monthly income>:<persons>:<supported>`, with `:<exempt>` at the end where the obligor owes nothing. */
export const OBLIGORS: Codec<readonly Obligor[]> = list<Obligor>({
  write: ({ duty, monthlyIncome, persons, supported, exempt }) =>
    [duty, monthlyIncome, persons, supported, ...(exempt ? [exempt] : [])].join(':'),
  read: (text) => {
    const [dutyText, monthlyIncome, personsText, supportedText, exemptText, ...rest] = text.split(':');
    const [duty, persons, supported] = [oneOf(DUTIES, dutyText), count(personsText), count(supportedText)];
    const exempt = oneOf(EXEMPT, exemptText);
    if (!duty || !persons || !supported || !isAmount(monthlyIncome) || rest.length > 0) return undefined;
    if (exemptText !== undefined && !exempt) return undefined;
    return { duty, monthlyIncome, persons, supported, ...(exempt && { exempt }) };
  },
});

/** `<grade>:<kind>`, e.g. "2:limb"; "" for none. */
export const DISABILITY: Codec<HouseholdMember['disability'] | 'none'> = {
  write: (value) => (value === undefined || value === 'none' ? '' : `${value.grade}:${value.kind}`),
  read: (text) => {
    if (text === '') return 'none';
    const [grade, kindText, ...rest] = text.split(':');
    const kind = oneOf(DISABILITY_KINDS, kindText);
    return kind && /^[1-4]$/.test(grade ?? '') && rest.length === 0
      ? { grade: Number(grade), kind }
      : undefined;
  },
};

/** `employed:<yuan a month>`, `flexible:<yuan a month>` or `none`. */
export const EMPLOYMENT: Codec<Employment> = {
  write: (value) => (value.kind === 'none' ? 'none' : `${value.kind}:${value.monthly}`),
  read: (text) => {
    if (text === 'none') return { kind: 'none' };
    const [kindText, monthly, ...rest] = text.split(':');
    const kind = oneOf(['employed', 'flexible'] as const, kindText);
    return kind && isAmount(monthly) && rest.length === 0 ? { kind, monthly } : undefined;
  },
};

export const SPECIAL: Codec<readonly SpecialGroup[]> = list<SpecialGroup>({
  write: (group) => group,
  read: (text) => oneOf(SPECIAL_GROUPS, text),
});

/** A level of study; "" for nobody who studies full time. */
export const STUDENT: Codec<StudentLevel | 'none'> = {
  write: (level) => (level === 'none' ? '' : level),
  read: (text) => (text === '' ? 'none' : oneOf(STUDENT_LEVELS, text)),
};

const MARGINAL = 'single-person:marginal';
/** `household`, `single-person`, `single-person:marginal` (the family is recognised as 低保边缘) or `rigid-expenditure`. */
export const APPLICATION: Codec<HouseholdCase['application']> = {
  write: (value) =>
    value.kind === 'single-person' && value.familyRecognisedMarginal ? MARGINAL : value.kind,
  read: (text) => {
    if (text === MARGINAL) return { kind: 'single-person', familyRecognisedMarginal: true };
    if (text === 'single-person') return { kind: text, familyRecognisedMarginal: false };
    return text === 'household' || text === 'rigid-expenditure' ? { kind: text } : undefined;
  },
};

/** Reads a value that was checked when it was recorded. @throws InvariantError when it has no known form. */
export function readValue<T>(codec: Codec<T>, text: string): T {
  const value = codec.read(text);
  invariant(value !== undefined, 'a fact whose value has no known form');
  return value;
}
