import { addMonths, type Month, monthOf, monthRange } from '../../calendar.ts';
import type { Citation } from '../../citation.ts';
import { compare, fraction, ofFen, percentOf, roundedToFen, times, yuanText } from '../../fraction.ts';
import { toYuan } from '../../money.ts';
import {
  type DeterminationSpan,
  determinedFor,
  isTapered,
  TAPER_STEP,
} from '../../register/determination.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import { dividedAmongThose, dividedLike } from '../decided-shares.ts';
import { amountOf, componentsOf, inForce, merged, notDetermined, onlyChanges } from '../decided-spans.ts';
import type { Component, Step } from '../programme.ts';
import { isBelow } from './base.ts';
import type { Taper } from './parameters.ts';
import {
  BASE,
  type PolicyView,
  type ScheduleChange,
  type ScheduleInput,
  type ScheduleProposal,
  TOP_UP,
} from './proposal.ts';
import { perCapitaOf } from './propose.ts';
import { readParameters } from './read-parameter.ts';
import { countedMembers, coveredOf, isSample, step } from './rules.ts';
import { caseOf } from './spans.ts';
import { topUpsOf } from './top-up.ts';

type TaperChange = Extract<ScheduleChange, { readonly kind: 'taper' }>;
type PercentOfFormer = Extract<Taper, { readonly rule: 'percent-of-former' }>;
type FrozenBase = Extract<Taper, { readonly rule: 'frozen-base' }>;

/** A taper under way: what was last due, from when it runs, and the rule that governs it. */
type Tapering = {
  readonly input: ScheduleInput;
  readonly former: readonly Component[];
  /** Whose part of it each was; absent where nobody divided it. */
  readonly formerShares: DeterminationSpan['shares'];
  readonly from: Month;
  readonly opening: readonly Step[];
  readonly citation: Citation;
  readonly sample: boolean;
};

/**
 * 渐退 after earnings took a household over the standard: the months that policy still pays, then nothing. Proposed again after a
 * member died in between, the months from then on follow the household that is left, and the end stays where it was.
 */
export function proposeTaper(change: TaperChange, input: ScheduleInput): Result<ScheduleProposal> {
  const declared = monthOf(change.declaredOn);
  const values = readParameters(input, declared, ['taper']);
  if (!values.ok) return values;
  const { citation, value: rule } = values.value.taper;
  if (rule === 'none') return refuse(noTaper(input));
  const months = monthsOf(change, rule);
  if (!months.ok) return months;
  const from = rule.start === 'next-month' ? addMonths(declared, 1) : declared;
  const former = inForce(input.determinations, addMonths(from, -1));
  if (former.length === 0) return refuse(notDetermined(addMonths(from, -1)));
  const running = determinedFor(input.determinations, addMonths(from, -1));
  if (running && isTapered(running)) return refuse(taperRunning(addMonths(from, -1)));
  const due = taperDue(input, from, rule);
  if (!due.ok) return due;
  const inputs = { declared, start: rule.start, months: String(months.value) };
  const tapering: Tapering = {
    input,
    former,
    formerShares: running?.span.shares,
    from,
    citation,
    opening: [...due.value.steps, step(TAPER_STEP, inputs, from, citation)],
    sample: isSample(values.value.taper) || due.value.sample || restedOnSample(input, from),
  };
  const spans =
    rule.rule === 'frozen-base'
      ? frozenSpans(tapering, months.value)
      : ok({ spans: percentSpans(tapering, rule), sample: false });
  if (!spans.ok) return spans;
  const end = addMonths(from, months.value);
  const ended = step('taper-ended', { since: end }, '0.00', citation);
  const all = [...spans.value.spans, { from: end, components: [], derivation: [ended] }];
  return ok({
    kind: 'taper',
    spans: onlyChanges(input.determinations, merged(all)),
    sample: tapering.sample || spans.value.sample,
  });
}

/** A taper goes on paying what was decided: of an amount that rested on a sample, a sample. */
function restedOnSample({ determinations }: ScheduleInput, from: Month): boolean {
  return determinedFor(determinations, addMonths(from, -1))?.determination.sample === true;
}

function monthsOf({ months }: TaperChange, rule: PercentOfFormer | FrozenBase): Result<number> {
  if (rule.rule === 'percent-of-former') {
    const all = rule.steps.reduce((sum, each) => sum + each.months, 0);
    return months === undefined || months === all ? ok(all) : refuse(wrongMonths(all, all));
  }
  const chosen = months ?? rule.defaultMonths;
  const fits = Number.isInteger(chosen) && chosen >= 1 && chosen <= rule.maxMonths;
  return fits ? ok(chosen) : refuse(wrongMonths(1, rule.maxMonths));
}

/** Per-capita income must have reached the standard, and stay below the line where policy has one. */
function taperDue(
  input: ScheduleInput,
  from: Month,
  rule: PercentOfFormer | FrozenBase,
): Result<{ readonly steps: readonly Step[]; readonly sample: boolean }> {
  const household = caseOf(input, from);
  if (!household.ok) return household;
  if (household.value.application.kind !== 'household') return refuse(noTaper(input));
  const worked = perCapitaOf(household.value, input, from);
  if (!worked.ok) return worked;
  const { perCapita, rules } = worked.value.value;
  if (isBelow(perCapita, rules.standard)) return refuse(taperNotDue(from));
  if (rule.rule === 'frozen-base') {
    const line = times(rules.standard, fraction(rule.belowMultiple));
    if (compare(perCapita, line) >= 0) return refuse(taperOverLine(from));
  }
  return ok({ steps: worked.value.steps, sample: worked.value.sample });
}

/** Each step's percentage of every component as it was last due, to the fen. */
function percentSpans(tapering: Tapering, { steps }: PercentOfFormer): DeterminationSpan[] {
  const { citation, former, formerShares, opening } = tapering;
  let from = tapering.from;
  return steps.map(({ months, percent }) => {
    const explained: Step[] = [];
    const amounts = former.map(({ component, fen: due }) => {
      const rounding = { rule: 'half-up', unit: 'fen' } as const;
      const amount = roundedToFen(percentOf(ofFen(due), percent), rounding);
      const inputs = { component, former: toYuan(due), percent };
      explained.push(step('taper-percent', inputs, toYuan(amount), citation));
      return [component, amount] as const;
    });
    const components = componentsOf(Object.fromEntries(amounts));
    const shares = dividedLike(components, [formerShares]);
    const span = {
      from,
      components,
      derivation: [...opening, ...explained],
      ...(shares && { shares }),
    };
    from = addMonths(from, months);
    return span;
  });
}

/** The former base, capped at standard × covered persons of the month, and top-ups for those covered in the month. */
function frozenSpans(
  tapering: Tapering,
  months: number,
): Result<{ readonly spans: DeterminationSpan[]; readonly sample: boolean }> {
  const { citation, former, formerShares, from, input, opening } = tapering;
  const base = amountOf(former, BASE);
  const spans: DeterminationSpan[] = [];
  let { sample } = tapering;
  for (const month of monthRange(from, addMonths(from, months - 1))) {
    const household = caseOf(input, month);
    if (!household.ok) return household;
    const values = readParameters(input, month, ['standard', 'base']);
    if (!values.ok) return values;
    const { standard, base: rounding } = values.value;
    const covered = coveredOf(countedMembers(household.value)).map(({ person }) => person);
    const persons = covered.length;
    const perPerson = fraction(standard.value[household.value.residence]);
    const cap = times(perPerson, persons);
    const frozen = compare(ofFen(base), cap) <= 0 ? base : roundedToFen(cap, rounding.value);
    const topUps = topUpsOf(household.value, input, month, { exact: ofFen(frozen), fen: frozen });
    if (!topUps.ok) return topUps;
    const inputs = {
      former: toYuan(base),
      standard: yuanText(perPerson),
      persons: String(persons),
      cap: yuanText(cap),
    };
    const explained = step('taper-frozen', inputs, toYuan(frozen), citation);
    const { fen: toppedUp, shares } = topUps.value.value;
    spans.push({
      from: month,
      components: componentsOf({ [BASE]: frozen, [TOP_UP]: toppedUp }),
      derivation: [...opening, explained, ...topUps.value.steps],
      ...(formerShares && {
        shares: [...dividedAmongThose(BASE, frozen, covered, formerShares), ...shares],
      }),
    });
    sample ||= topUps.value.sample || isSample(standard);
  }
  return ok({ spans, sample });
}

function noTaper({ scope }: PolicyView): Refusal {
  return refusal(
    'policy/no-taper',
    `${scope.jurisdiction} 的政策对该类保障没有救助渐退：请按复核作出变更或终止决定`,
    `the policy of ${scope.jurisdiction} has no taper for this: decide a review or an end instead`,
    { jurisdiction: scope.jurisdiction },
  );
}

function wrongMonths(least: number, most: number): Refusal {
  return refusal(
    'invalid/taper-months',
    `渐退月数应为 ${least}–${most} 个月`,
    `a taper takes ${least} to ${most} months`,
    { least, most },
  );
}

function taperRunning(month: Month): Refusal {
  return refusal(
    'conflict/taper-running',
    `${month} 已在渐退期内，不能再次开始渐退：成员有变动的按原申报日期重新提出，家庭又符合条件的按复核提出`,
    `${month} is a month of a taper already and another cannot begin: propose it again by its own declaration where members changed, or ask for a review`,
    { month },
  );
}

function taperNotDue(month: Month): Refusal {
  return refusal(
    'conflict/taper-not-due',
    `${month} 家庭月人均收入仍低于标准，不适用渐退：请按复核重新核定`,
    `per-capita income is still below the standard in ${month}: decide a review, not a taper`,
    { month },
  );
}

function taperOverLine(month: Month): Refusal {
  return refusal(
    'conflict/taper-over-line',
    `${month} 家庭月人均收入已超过渐退上限：请作出终止决定`,
    `per-capita income has passed the upper line of the taper in ${month}: decide an end`,
    { month },
  );
}
