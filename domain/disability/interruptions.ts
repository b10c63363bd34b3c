import { type Month, monthOf, type PlainDate } from '../calendar.ts';
import type { JurisdictionCode } from '../ids.ts';
import { liesWithin } from '../policy/jurisdiction.ts';
import { history, recorded } from '../programmes/fact-history.ts';
import type { Fact, FactKind } from '../register/facts.ts';
import { unreachable } from '../result.ts';
import type { Interruption } from './parameters.ts';
import { type EffectRule, effectMonth } from './settled.ts';

export type InterruptionRules = {
  readonly stopFrom: EffectRule;
  readonly resumeFrom: EffectRule;
  readonly place: JurisdictionCode;
};
/** `stopped`: it still goes on. `waiting`: it is over and nobody applied anew. `resumed`: due again from a month on. */
export type Interrupted =
  | { readonly state: 'stopped' | 'waiting' }
  | { readonly state: 'resumed'; readonly from: Month };

const KINDS: Record<Interruption, FactKind> = {
  custody: 'custody',
  missing: 'missing',
  'moved-out': 'household-registration',
  'card-cancelled': 'disability-card',
};

/**
 * What an interruption makes of a month where policy asks for a new application after it (刑满释放后须重新申请): nothing is due while
 * it lasts and until the month of an application made after it. Undefined where there was none, or none that cost a month.
 */
export function interruption(
  kind: Interruption,
  month: Month,
  person: readonly Fact[],
  enrolment: readonly Fact[],
  rules: InterruptionRules,
): Interrupted | undefined {
  const inOrder = history(person, KINDS[kind]);
  const away = (value: string) => isAway(kind, value, rules.place);
  const start = inOrder.findLastIndex(
    ({ value, validFrom }, index) =>
      away(value) &&
      !away(inOrder[index - 1]?.value ?? '') &&
      effectMonth(validFrom, rules.stopFrom) <= month,
  );
  const began = inOrder[start];
  if (began === undefined) return undefined;
  const ended = inOrder.slice(start).find(({ value }) => !away(value));
  if (ended === undefined || monthOf(ended.validFrom) > month) return { state: 'stopped' };
  if (effectMonth(ended.validFrom, rules.resumeFrom) <= effectMonth(began.validFrom, rules.stopFrom))
    return undefined;
  const applied = firstApplication(enrolment, ended.validFrom);
  if (applied === undefined || monthOf(applied) > month) return { state: 'waiting' };
  return { state: 'resumed', from: monthOf(applied) };
}

function firstApplication(enrolment: readonly Fact[], since: PlainDate): PlainDate | undefined {
  return recorded(enrolment, 'reapplication')
    .map(({ value }) => value)
    .filter((on) => on >= since)
    .sort()[0];
}

function isAway(kind: Interruption, value: string, place: JurisdictionCode): boolean {
  switch (kind) {
    case 'custody':
      return value === 'custody';
    case 'missing':
      return value === 'missing';
    case 'card-cancelled':
      return value === 'cancelled';
    case 'moved-out':
      return value !== '' && value !== 'in' && !liesWithin(value, place);
    default:
      return unreachable(kind);
  }
}
