import { addMonths, type Month, monthOf, type PlainDate } from '../calendar.ts';
import { history } from '../programmes/fact-history.ts';
import type { Fact } from '../register/facts.ts';
import { invariant } from '../result.ts';
import { CARD, type Card } from './fact-values.ts';
import { type EffectRule, effectMonth } from './settled.ts';

/** Why a card does not cover a month. */
type Lapse = 'expired' | 'frozen' | 'cancelled';
export type CardRules = {
  readonly stopFrom: EffectRule;
  /** Months before the first card on record are nobody's: else nothing is known of them, as where no card is on record at all. */
  readonly required: boolean;
  readonly renewal?: { readonly backPayMonths: number; readonly after: readonly Lapse[] } | undefined;
};
export type CardStanding =
  /** Nothing is on record of a card, or of one before the first that is. */
  | { readonly state: 'not-recorded' }
  | { readonly state: 'valid' }
  /** The first month of a new card after a lapse. */
  | { readonly state: 'renewed'; readonly issued: Month }
  /** A lapsed month that a later card pays back. */
  | { readonly state: 'back-pay'; readonly issued: Month }
  | { readonly state: 'not-issued' }
  | { readonly state: Lapse };

type Event = { readonly on: PlainDate; readonly card: Card };

/**
 * What the disability card (残疾人证) says of a month. A card counts from the month of its issue; expired, frozen or cancelled, it stops
 * from where the policy's stop takes effect. A new card after a lapse counts from the month of its issue, and pays back so many of the
 * months before it as policy grants.
 */
export function cardIn(month: Month, person: readonly Fact[], rules: CardRules): CardStanding {
  const events = history(person, 'disability-card').map(({ value, validFrom }): Event => {
    const card = CARD.read(value);
    invariant(card, 'a card whose value has no known form');
    return { on: validFrom, card };
  });
  if (events.length === 0) return { state: 'not-recorded' };
  const now = standing(month, events, rules.stopFrom);
  if (now === 'valid') {
    const issued = issuedIn(month, events);
    const isNew = issued && lapseOf(standing(addMonths(month, -1), events, rules.stopFrom));
    return isNew ? { state: 'renewed', issued: month } : { state: 'valid' };
  }
  const renewal = events.find(({ on, card }) => card.state === 'valid' && monthOf(on) > month);
  const lapse = lapseOf(now);
  if (lapse === undefined) return { state: rules.required ? 'not-issued' : 'not-recorded' };
  if (renewal === undefined || !rules.renewal?.after.includes(lapse)) return { state: lapse };
  const issued = monthOf(renewal.on);
  return month >= addMonths(issued, -rules.renewal.backPayMonths)
    ? { state: 'back-pay', issued }
    : { state: lapse };
}

function standing(
  month: Month,
  events: readonly Event[],
  stopFrom: EffectRule,
): 'valid' | 'not-issued' | Lapse {
  const last = events.findLast(
    ({ on, card }) => effectMonth(on, card.state === 'valid' ? 'same-month' : stopFrom) <= month,
  );
  if (last === undefined) return 'not-issued';
  if (last.card.state !== 'valid') return last.card.state;
  const { through } = last.card;
  return through === undefined || month < effectMonth(through, stopFrom) ? 'valid' : 'expired';
}

const issuedIn = (month: Month, events: readonly Event[]): boolean =>
  events.some(({ on, card }) => card.state === 'valid' && monthOf(on) === month);

const lapseOf = (state: ReturnType<typeof standing>): Lapse | undefined =>
  state === 'valid' || state === 'not-issued' ? undefined : state;
