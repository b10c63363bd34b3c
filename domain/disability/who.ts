import { isPlainDate, type Month, type PlainDate } from '../calendar.ts';
import { EMPLOYMENT, INCOMES, readValue } from '../household/fact-values.ts';
import type { Residence } from '../household/household-case.ts';
import { membershipOn } from '../household/membership.ts';
import { type Fen, fen, sumFen, writtenFen } from '../money.ts';
import { lastRecorded, valueOn } from '../programmes/fact-history.ts';
import { personFactsOf } from '../programmes/monthly.ts';
import type { MonthInput } from '../programmes/programme.ts';
import type { Fact } from '../register/facts.ts';
import { type EffectRule, settled } from './settled.ts';
import { IDENTITY_CLASSES, type IdentityClass } from './words.ts';

export type ClassRules = { readonly gained: EffectRule; readonly lost: EffectRule };

const RANK: Record<IdentityClass, number> = { tekun: 0, none: 0, marginal: 1, dibao: 2 };
const classOf = (text: string): IdentityClass => IDENTITY_CLASSES.find((known) => known === text) ?? 'none';

/**
 * The identity class that counts for a month; `none` when the register knows of no other. 低保 is more than 低收入, which is more than
 * none; whoever becomes 特困 leaves what 低保 gives as others who leave do.
 */
export function identityIn(month: Month, person: readonly Fact[], rules: ClassRules): IdentityClass {
  const ruleOf = (was: string, now: string) =>
    RANK[classOf(now)] >= RANK[classOf(was)] && now !== 'tekun' ? rules.gained : rules.lost;
  return classOf(settled(person, 'identity-class', month, ruleOf)?.value ?? 'none');
}

/** Date of birth; undefined when it is not on record. */
export function birthDateOf(person: readonly Fact[]): PlainDate | undefined {
  const value = lastRecorded(person, 'birth-date')?.value;
  return value !== undefined && isPlainDate(value) ? value : undefined;
}

/** What work brings a month, in fen; "none" for no work, undefined when nothing is on record. */
export function workIn(month: Month, person: readonly Fact[], rules: ClassRules): Fen | 'none' | undefined {
  const ruleOf = (_: string, now: string) => (now === 'none' ? rules.gained : rules.lost);
  const held = settled(person, 'employment', month, ruleOf);
  if (held === undefined) return undefined;
  const work = readValue(EMPLOYMENT, held.value);
  return work.kind === 'none' ? 'none' : writtenFen(work.monthly);
}

/**
 * The own income of a month that counts, in fen: of yearly amounts a twelfth, rounded down once for each kind. Undefined when neither
 * incomes nor, where it counts, work is on record.
 */
export function ownIncomeIn(
  month: Month,
  person: readonly Fact[],
  counted: readonly string[],
  rules: ClassRules,
): Fen | undefined {
  const held = settled(person, 'incomes', month, () => rules.lost);
  if (held === undefined) return undefined;
  const work = counted.includes('employment') ? workIn(month, person, rules) : 'none';
  const incomes = readValue(INCOMES, held.value)
    .filter(({ kind }) => counted.includes(kind))
    .map(({ amount, basis }) => {
      const whole = writtenFen(amount);
      return basis === 'year' ? fen(Math.floor(whole / 12)) : whole;
    });
  return sumFen([...incomes, work === undefined || work === 'none' ? fen(0) : work]);
}

/** Urban or rural: of the person himself, or of the household he belongs to in the month; undefined when nobody says. */
export function residenceIn(input: MonthInput): Residence | undefined {
  const lastDay = `${input.month}-31`;
  const person = personFactsOf(input);
  const own = valueOn(person, 'registration-kind', lastDay, '');
  if (own === 'urban' || own === 'rural') return own;
  const member = membershipOn(person, lastDay);
  const household = member && input.situation.households?.[member.household];
  const theirs = household ? valueOn(household, 'residence', lastDay, '') : '';
  return theirs === 'urban' || theirs === 'rural' ? theirs : undefined;
}
