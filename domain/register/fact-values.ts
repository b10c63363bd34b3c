import { isMonth, isPlainDate } from '../calendar.ts';
import { CARD, HARDSHIPS, SERVICE_CARD } from '../disability/fact-values.ts';
import {
  APPLICATION,
  DISABILITY,
  EMPLOYMENT,
  INCOMES,
  OBLIGORS,
  SPECIAL,
  SPENDING,
  STUDENT,
} from '../household/fact-values.ts';
import { RESIDENCES } from '../household/household-case.ts';
import { isMembershipText } from '../household/membership.ts';
import { invariant } from '../result.ts';
import { isObjectionStep } from '../street/publicity-objection.ts';
import type { Fact, FactKind } from './facts.ts';
import { isOrganisationStatus } from './organisation-status.ts';

type Check = (value: string) => boolean;

const word =
  (...words: readonly string[]): Check =>
  (value) =>
    words.includes(value);
const flag = word('yes', '');
const readBy =
  (codec: { readonly read: (text: string) => unknown }): Check =>
  (value) =>
    codec.read(value) !== undefined;
const orNothing =
  (check: Check): Check =>
  (value) =>
    value === '' || check(value);

/** `<date>/<number>` of a written decision. */
const isDated: Check = (value) => isPlainDate(value.slice(0, 10)) && value[10] === '/' && value.length <= 91;
const PLACE_WORD = /^[a-z0-9][a-z0-9-]{0,19}$/;
const ABILITY =
  /^(?:level:(?:intact|light|moderate|severe)|adl:(?:(?:eating|dressing|transfer|toilet|walking|bathing)(?:,(?!$)|$))*)$/;

/** Several words joined by ";", each once and in order; "" for none. */
const wordsOf =
  (...known: readonly string[]): Check =>
  (value) =>
    value === '' ||
    (value.split(';').every((one) => known.includes(one)) &&
      [...new Set(value.split(';'))].sort().join(';') === value);

/** What the value of a fact may be, by its kind. */
const VALUES: Readonly<Partial<Record<FactKind, Check>>> = {
  'birth-date': isPlainDate,
  'death-certified': orNothing(isPlainDate),
  'death-reported': isPlainDate,
  'identity-class': word('tekun', 'dibao', 'marginal', 'none'),
  'household-registration': (value) => value === 'in' || /^\d{6}(?:\d{3}(?:\d{3})?)?$/.test(value),
  custody: word('custody', 'compulsory-rehabilitation', 'released'),
  missing: word('missing', 'found'),
  clergy: word('clergy', 'left'),
  household: isMembershipText,
  disability: readBy(DISABILITY),
  'serious-illness': flag,
  student: readBy(STUDENT),
  'pension-age': flag,
  'reduced-work-capacity': flag,
  employment: readBy(EMPLOYMENT),
  incomes: readBy(INCOMES),
  'special-groups': readBy(SPECIAL),
  'organisation-status': isOrganisationStatus,
  'care-level': orNothing((value) => PLACE_WORD.test(value)),
  'service-class': orNothing((value) => PLACE_WORD.test(value)),
  'disability-card': readBy(CARD),
  regrading: word('open', ''),
  'work-injury-care': flag,
  'service-disability': readBy(SERVICE_CARD),
  'disability-hardship': wordsOf(...HARDSHIPS),
  'registration-kind': word(...RESIDENCES),
  'death-cause': word('illness', 'old-injury', 'other'),
  'federation-review': isDated,
  'income-report': isPlainDate,
  reapplication: isPlainDate,
  'preferential-class': orNothing((value) => /^[a-z][a-z0-9-]{0,39}(?::\d{1,2})?$/.test(value)),
  residence: word(...RESIDENCES),
  'application-kind': readBy(APPLICATION),
  'household-incomes': readBy(INCOMES),
  obligors: readBy(OBLIGORS),
  spending: readBy(SPENDING),
  certificate: (value) => value.length <= 40,
  application: isPlainDate,
  street: (value) => /^\d{9}$/.test(value),
  acceptance: isPlainDate,
  'check-report': (value) => value.length <= 60,
  publicity: (value) => value.split('/').length === 2 && value.split('/').every(isPlainDate),
  'publicity-objection': isObjectionStep,
  decision: isDated,
  'review-class': (value) => /^[a-z][a-z-]{0,39}$/.test(value),
  review: isPlainDate,
  'next-review': isPlainDate,
  community: (value) => /^\d{12}$/.test(value),
  stop: orNothing(isMonth),
  'paid-elsewhere': isMonth,
  'service-hours': (value) => /^\d{1,7}\/[1-9]\d{0,6}$/.test(value),
  'self-care': word('full', 'half', 'none'),
  'ability-assessment': (value) => ABILITY.test(value),
  'funeral-done': orNothing(isPlainDate),
  'care-setting': word('institution', 'family'),
  'child-category': (value) => /^[0-9A-Za-z][0-9A-Za-z-]{0,19}$/.test(value),
  guardianship: word('adopted', 'parent-found', 'parents-able', ''),
  'interim-aid': flag,
  'settled-adult': orNothing(isDated),
};

/** Whether a value is one that a fact of the kind may have; any text where nobody said. */
export function isFactValue(kind: FactKind, value: string): boolean {
  return VALUES[kind]?.(value) ?? true;
}

/** The fact itself. @throws InvariantError when its value is none of its kind: what a person typed is checked before. */
export function checkedFact(fact: Fact): Fact {
  invariant(isFactValue(fact.kind, fact.value), `not a value of ${fact.kind}`);
  return fact;
}
