import { addMonths, daysInMonth, monthOf, type PlainDate } from '../../calendar.ts';
import { compare, fraction, ofFen, times } from '../../fraction.ts';
import { type Fen, fen, parseYuan, sumFen, toYuan } from '../../money.ts';
import { invariant, ok, type Refusal, type Result, refuse } from '../../result.ts';
import type { EarlierGrant, GrantInput, GrantProposal, Step } from '../programme.ts';
import type { AidAmount } from './amounts.ts';
import type { TemporaryAidFacts } from './facts.ts';
import type { AidPolicy } from './read-parameter.ts';
import { causeAgain, eventAhead, notEntitled, outsideWindow, yearCapReached } from './refusals.ts';

const PROGRAMME = 'temporary-aid';

/** Why the family gets nothing by this application at all, or undefined: registration, time of the event, the same cause again. */
export function barred(
  facts: TemporaryAidFacts,
  { appliedOn, decidedOn, earlier }: Pick<GrantInput, 'appliedOn' | 'decidedOn' | 'earlier'>,
  policy: AidPolicy,
): Refusal | undefined {
  const who = policy.whoMayApply.value[facts.kind];
  const mayApply =
    facts.registration === 'local' ||
    who === 'anyone' ||
    (who === 'resident' && facts.registration === 'resident');
  if (!mayApply) return notEntitled(facts.kind, who);
  if (facts.eventOn > appliedOn) return eventAhead(facts.eventOn, appliedOn);
  const window = policy.eventWindow.value[facts.kind];
  if (window !== 'none') {
    const since = monthsBefore(appliedOn, window);
    if (facts.eventOn < since) return outsideWindow(facts.eventOn, since, window);
  }
  return sameCause(facts, { appliedOn, decidedOn, earlier }, policy);
}

function sameCause(
  { cause, differentCause }: TemporaryAidFacts,
  { appliedOn, decidedOn, earlier }: Pick<GrantInput, 'appliedOn' | 'decidedOn' | 'earlier'>,
  { sameCause: { value: rule } }: AidPolicy,
): Refusal | undefined {
  if (rule === 'none' || differentCause) return undefined;
  const recent = (grant: EarlierGrant) =>
    rule.within === 'calendar-year'
      ? yearOf(grant.decidedOn) === yearOf(decidedOn)
      : grant.decidedOn > monthsBefore(appliedOn, 12);
  const before = earlier.findLast(
    (grant) => grant.programme === PROGRAMME && grant.fen > 0 && grant.cause === cause && recent(grant),
  );
  return before && causeAgain(before.decidedOn);
}

/** The same day so many months earlier; the last of a shorter month. */
function monthsBefore(date: PlainDate, months: number): PlainDate {
  const month = addMonths(monthOf(date), -months);
  const last = daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return `${month}-${String(Math.min(Number(date.slice(8)), last)).padStart(2, '0')}`;
}

const yearOf = (date: PlainDate) => date.slice(0, 4);

/** What is left of the family's calendar year, taken from the first months first. Refusal: `policy/year-cap` (nothing is left). */
export function withinYear(
  { byMonth, steps }: AidAmount,
  { decidedOn, earlier }: Pick<GrantInput, 'decidedOn' | 'earlier'>,
  { yearCap: { value: rule, citation } }: AidPolicy,
): Result<AidAmount> {
  if (rule === 'none') return ok({ byMonth, steps });
  const cap = parseYuan(rule.amount);
  invariant(cap.ok, 'a cap in the book is an amount');
  const thisYear = earlier.filter(
    (grant) => grant.programme === PROGRAMME && yearOf(grant.decidedOn) === yearOf(decidedOn),
  );
  const used = sumFen(thisYear.map((grant) => grant.fen));
  let left = Math.max(0, cap.value - used);
  if (left === 0) return refuse(yearCapReached(toYuan(cap.value), toYuan(used)));
  const capped = byMonth.map((amount) => {
    const paid = fen(Math.min(amount, left));
    left -= paid;
    return paid;
  });
  const inputs = { cap: toYuan(cap.value), used: toYuan(used), amount: toYuan(sumFen(byMonth)) };
  const step: Step = { code: 'year-cap', inputs, result: toYuan(sumFen(capped)), citation };
  return ok({ byMonth: capped.filter((amount) => amount > 0), steps: [...steps, step] });
}

/** Who may decide the amount: the township up to its share per person, the district above. */
export function decidedAt(
  total: Fen,
  { kind, persons }: TemporaryAidFacts,
  policy: AidPolicy,
): { readonly level: GrantProposal['decidedAt']; readonly step: Step } {
  const { value, citation } = policy.townshipDecides;
  const rule = value[kind];
  if (typeof rule === 'string') {
    const level = rule === 'always' ? 'township' : 'district';
    return {
      level,
      step: { code: 'level', inputs: { kind, amount: toYuan(total) }, result: level, citation },
    };
  }
  const limit = times(times(fraction(policy.standard.yuan), fraction(rule.perCapitaMonths)), persons);
  const level = compare(ofFen(total), limit) <= 0 ? 'township' : 'district';
  const inputs = { kind, amount: toYuan(total), persons: String(persons), months: rule.perCapitaMonths };
  return { level, step: { code: 'level-per-capita', inputs, result: level, citation } };
}
