import { monthOf } from '../../calendar.ts';
import { countTimesRate, type Priced, payAtOnce } from '../../grants/amounts.ts';
import { outOfTime } from '../../grants/dates.ts';
import { readValues } from '../../grants/read-values.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { GrantInput, GrantProposal } from '../programme.ts';
import { DISASTER_RELIEF_PARAMETERS, type DisasterReliefFacts, type ReliefKind } from './parameters.ts';

/** What a household is aided for, and how many times the rate. */
type Claim = { readonly kind: ReliefKind; readonly count: number };
const STRUCK = { zh: '受灾日期', en: 'the disaster' } as const;

/**
 * 受灾人员救助: each kind of relief at its rate, per person, per person and day, or per household, by the policy of the month in which it
 * struck; a component each. Once for a household and disaster. Refusals: `policy/no-relief-rate`, `policy/too-many-days`,
 * `invalid/transition`, `invalid/nothing-due`, those of `lookup`.
 */
export function workOutDisasterRelief({ facts: given, appliedOn, view }: GrantInput): Result<GrantProposal> {
  const facts = given as DisasterReliefFacts;
  const read = readValues(view, monthOf(facts.occurredOn), DISASTER_RELIEF_PARAMETERS);
  if (!read.ok) return read;
  const { reliefRates, transitionDaysMax, decidedAt } = read.value;
  const early = outOfTime(STRUCK, facts.occurredOn, appliedOn, 'none');
  if (early) return refuse(early);
  const claims = claimsOf(facts, transitionDaysMax.value);
  if (!claims.ok) return claims;
  const priced: { kind: ReliefKind; worth: Priced }[] = [];
  for (const { kind, count } of claims.value) {
    const rate = reliefRates.value[kind];
    if (rate === undefined) return refuse(noRate(kind));
    priced.push({ kind, worth: countTimesRate(kind, count, rate, reliefRates.citation) });
  }
  return payAtOnce({
    components: priced.map(({ kind, worth }) => ({ component: kind, fen: worth.fen })),
    decidedAt: decidedAt.value,
    persons: personsHelped(facts),
    derivation: priced.flatMap(({ worth }) => worth.steps),
    sample: reliefRates.sample === true,
  });
}

function claimsOf(facts: DisasterReliefFacts, daysMax: number): Result<readonly Claim[]> {
  const { bereaved, evacuated, transition, transitionDays, house, drought, winterSpring } = facts;
  if ((transition === undefined) !== (transitionDays === undefined)) return refuse(TRANSITION);
  if ((transitionDays ?? 0) > daysMax) return refuse(tooManyDays(daysMax));
  const claim = (kind: ReliefKind, count: number | undefined): Claim[] =>
    count === undefined ? [] : [{ kind, count }];
  return ok([
    ...claim('bereaved', bereaved),
    ...claim('evacuated', evacuated),
    ...claim('transition', transition === undefined ? undefined : transition * (transitionDays ?? 0)),
    ...claim('house-collapsed', house === 'collapsed' || house === 'severe' ? 1 : undefined),
    ...claim('house-damaged', house === 'damaged' ? 1 : undefined),
    ...claim('drought', drought),
    ...claim('winter-spring', winterSpring),
  ]);
}

/** People of the household who are aided: the same persons may be in several counts; a house alone counts its head. */
function personsHelped({ evacuated, transition, drought, winterSpring }: DisasterReliefFacts): number {
  return Math.max(1, evacuated ?? 0, transition ?? 0, drought ?? 0, winterSpring ?? 0);
}

const TRANSITION = refusal(
  'invalid/transition',
  '过渡期救助的人数和天数应同时填写',
  'persons and days of transition are stated together',
);
const tooManyDays = (most: number): Refusal =>
  refusal(
    'policy/too-many-days',
    `过渡期生活救助最长 ${most} 天`,
    `transition is paid for at most ${most} days`,
    { most },
  );
const noRate = (kind: ReliefKind): Refusal =>
  refusal(
    'policy/no-relief-rate',
    '本地政策没有规定这一项救助的标准：请补充政策或改正填报的项目',
    'the policy of the place has no rate for this kind of relief: add it, or correct what was stated',
    { kind },
  );
