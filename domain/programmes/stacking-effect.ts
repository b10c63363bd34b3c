import type { Citation } from '../citation.ts';
import { dividedBy, ofFen, roundedToFen } from '../fraction.ts';
import type { ProgrammeId } from '../ids.ts';
import { type Fen, fen, sumFen, toYuan, ZERO } from '../money.ts';
import type { PolicyBook } from '../policy/book.ts';
import { determinedFor } from '../register/determination.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { decidedStop } from './decided-stop.ts';
import { monthlyStep } from './monthly.ts';
import type { Component, EnrolmentFacts, Entitlement, Situation, Step } from './programme.ts';
import { RUN_RULES, runRules } from './run-rules.ts';
import type { StackingAt } from './stacking.ts';
import type { STACKING_STEPS } from './stacking-labels.ts';
import type { Stacking } from './stacking-parameter.ts';
import { coveredCount } from './stacking-subjects.ts';

/** Another enrolment that a rule looks at, and what it is owed, asked for only where the rule needs it. */
export type Bearing = {
  readonly other: EnrolmentFacts;
  /** Before this one in stacking order: of two equal amounts it stays. */
  readonly earlier: boolean;
  readonly amount: () => Result<Entitlement>;
  /** What it would be owed by itself, before any other programme. */
  readonly own: () => Result<Entitlement>;
};
type BearingLine = {
  readonly rule: Stacking;
  readonly citation: Citation;
  readonly mirrored: boolean;
  readonly bearing: readonly Bearing[];
  /** Whose amount a 择高 compares; what the loss is taken of when absent. */
  readonly compared?: Entitlement;
};
type Context = {
  readonly enrolment: EnrolmentFacts;
  readonly situation: Situation;
  readonly book: PolicyBook;
  readonly at: StackingAt;
};
const TOPPED_UP = 'stacking-topped-up' satisfies keyof typeof STACKING_STEPS;

/**
 * The classes of an entitlement that a rule may ask for: whatever its steps call `class`; `topped-up` where a 补差 reduced it, `full-rate`
 * where something is due and nothing reduced it.
 */
export function classesOf({ derivation, fen: due }: Entitlement): ReadonlySet<string> {
  const named = derivation.flatMap(({ inputs }) => (inputs['class'] === undefined ? [] : [inputs['class']]));
  const toppedUp = derivation.some(({ code }) => code === TOPPED_UP);
  return new Set([...named, ...(toppedUp ? ['topped-up'] : due > 0 ? ['full-rate'] : [])]);
}

/** What one rule leaves, with the step that says why. A refusal of the other where its amount is needed refuses this one: `missing/stacked-amount`. */
export function applyStacking(
  current: Entitlement,
  line: BearingLine,
  context: Context,
): Result<Entitlement> {
  const { rule, mirrored, citation } = line;
  const [when, otherWhen] = mirrored ? [rule.otherWhen, rule.when] : [rule.when, rule.otherWhen];
  if (current.fen === 0 || (when !== undefined && !classesOf(current).has(when))) return ok(current);
  const seen = whatOthersPay(line, otherWhen, context);
  if (!seen.ok) return seen;
  if (!seen.value) return ok(current);
  const { amount, earlier, enrolled, sample } = seen.value;
  // The other side of another's 择高 loses only what that rule compared; what is paid once is no month's money.
  const takes = ({ component }: Component) =>
    !isOneOff(current.programme, component) &&
    (!mirrored || rule.components === undefined || rule.components.includes(component));
  const part = (components: readonly Component[]) =>
    sumFen(components.filter(takes).map((component) => component.fen));
  const mine = part(current.components);
  const compared = line.compared ? part(line.compared.components) : mine;
  const loss = lossOf(rule, { mine, compared, amount, earlier, enrolled });
  const components = reduced(current.components, takes, loss);
  const due = sumFen(components.map((component) => component.fen));
  const inputs: Record<string, string> = {
    month: current.month,
    with: mirrored ? (line.bearing[0]?.other.programme ?? '') : rule.with,
    action: rule.action,
    amount: toYuan(amount),
    before: toYuan(current.fen),
  };
  if (rule.action === 'top-up') inputs['reference'] = rule.reference ?? 'whole';
  const step: Step = monthlyStep(codeOf(rule, loss), inputs, toYuan(due), citation);
  return ok({
    ...current,
    fen: due,
    components,
    sample: current.sample || sample,
    derivation: [...current.derivation, step],
  });
}

type Seen = {
  readonly amount: Fen;
  /** One of those that pay comes before this one in stacking order. */
  readonly earlier: boolean;
  readonly enrolled: boolean;
  readonly sample: boolean;
};

/** What the others come to under a rule; undefined where none of them is of the class that it asks for, or in force. */
function whatOthersPay(
  { rule, mirrored, bearing }: BearingLine,
  otherWhen: string | undefined,
  context: Context,
): Result<Seen | undefined> {
  let seen: Seen | undefined;
  for (const { other, earlier, amount, own } of bearing) {
    if (rule.counts === 'enrolled' && rule.action === 'excluded' && otherWhen === undefined) {
      const inForce = isInForce(other, own(), context);
      if (!inForce.ok) return refuse(unknownAmount(context, other, inForce.error));
      if (inForce.value) seen = { amount: ZERO, earlier, enrolled: true, sample: false };
      continue;
    }
    const found = amount();
    if (!found.ok) return refuse(unknownAmount(context, other, found.error));
    if (otherWhen !== undefined && !classesOf(found.value).has(otherWhen)) continue;
    const counted = countedAmount(
      mirrored ? { ...rule, components: undefined } : rule,
      other,
      found.value,
      context,
    );
    if (!counted.ok) return counted;
    seen = {
      amount: fen((seen?.amount ?? 0) + counted.value),
      earlier: (seen?.earlier ?? false) || earlier,
      enrolled: rule.counts === 'enrolled',
      sample: (seen?.sample ?? false) || found.value.sample,
    };
  }
  return ok(seen);
}

const isOneOff = (programme: ProgrammeId, component: string): boolean =>
  RUN_RULES[programme]?.oneOff?.includes(component) ?? false;

function lossOf(
  { action }: Stacking,
  {
    mine,
    compared,
    amount,
    earlier,
    enrolled,
  }: Pick<Seen, 'amount' | 'earlier' | 'enrolled'> & {
    readonly mine: Fen;
    readonly compared: Fen;
  },
): Fen {
  if (action === 'excluded') return enrolled || amount > 0 ? mine : ZERO;
  if (action === 'top-up') return fen(Math.min(mine, amount));
  return amount > compared || (amount === compared && earlier) ? mine : ZERO;
}

function codeOf({ action }: Stacking, loss: Fen): keyof typeof STACKING_STEPS {
  if (loss === 0) return 'stacking-kept';
  if (action === 'excluded') return 'stacking-excluded';
  return action === 'top-up' ? TOPPED_UP : 'stacking-lost';
}

/** Components less a loss that they can bear, taken from the first on; those of which nothing is left are not in it. */
function reduced(
  components: readonly Component[],
  takes: (component: Component) => boolean,
  loss: Fen,
): Component[] {
  let left: number = loss;
  return components.flatMap((component) => {
    const taken = takes(component) ? Math.min(left, component.fen) : 0;
    left -= taken;
    return taken === component.fen ? [] : [{ ...component, fen: fen(component.fen - taken) }];
  });
}

/** Which part of the other's money a rule counts. Refusal: `missing/<programme>-shares`, where nobody divided a household's amount. */
function countedAmount(
  rule: Stacking,
  other: EnrolmentFacts,
  net: Entitlement,
  { enrolment, situation, at }: Context,
): Result<Fen> {
  const counts = ({ component }: Component) =>
    !isOneOff(other.programme, component) && (rule.components?.includes(component) ?? true);
  const whole = sumFen(net.components.filter(counts).map((component) => component.fen));
  const reference = rule.reference ?? 'whole';
  if (reference === 'whole' || whole === 0) return ok(whole);
  if (reference === 'per-capita') {
    const members = coveredCount(situation, at.month, other.subject);
    invariant(members > 0, `household ${other.subject} covers nobody and yet is somebody's`);
    const rounding = rule.rounding ?? { rule: 'half-up', unit: 'fen' };
    return ok(roundedToFen(dividedBy(ofFen(whole), members), rounding));
  }
  const part = { 'own-share': undefined, 'own-base': 'base', 'own-top-up': 'top-up' }[reference];
  const mine = (share: Component) => counts(share) && (part === undefined || share.component === part);
  const shares = determinedFor(other.determinations ?? [], at.month)?.span.shares;
  if (shares) {
    const own = shares.filter((share) => share.person === enrolment.subject && mine(share));
    return ok(fen(Math.min(whole, sumFen(own.map((share) => share.fen)))));
  }
  // Of the only one whom the household's benefit covers, all of it is his.
  if (coveredCount(situation, at.month, other.subject) > 1) return refuse(noShares(enrolment, other));
  return ok(sumFen(net.components.filter(mine).map((component) => component.fen)));
}

/**
 * Something is due by itself, whatever other programmes leave of it: who has outgrown the other programme is not kept out of this one for
 * an enrolment that nobody ended. Where its amount cannot be told (a rate that lapsed), begun and neither ended nor stopped by the month.
 */
function isInForce(
  other: EnrolmentFacts,
  own: Result<Entitlement>,
  { situation, book, at }: Context,
): Result<boolean> {
  if (own.ok) return ok(own.value.fen > 0);
  const rules = runRules(other.programme);
  if (!rules.ok) return rules;
  if (decidedStop(at.month, other.facts) !== undefined) return ok(false);
  const first = rules.value.firstMonth({ ...at, enrolment: other, situation, book });
  if (!first.ok) return first;
  const ended = determinedFor(other.determinations ?? [], at.month)?.determination.kind === 'end';
  return ok(first.value !== undefined && first.value <= at.month && !ended);
}

function unknownAmount({ enrolment, at }: Context, other: EnrolmentFacts, why: Refusal): Refusal {
  return refusal(
    'missing/stacked-amount',
    `${enrolment.id} ${at.month} 的应发数取决于 ${other.id}（${other.programme}），而后者无法确定：${why.zh}`,
    `what ${enrolment.id} is owed for ${at.month} depends on ${other.id} (${other.programme}), which cannot be said: ${why.en}`,
    {
      enrolment: enrolment.id,
      month: at.month,
      other: other.id,
      programme: other.programme,
      because: why.code,
    },
  );
}

function noShares(enrolment: EnrolmentFacts, other: EnrolmentFacts): Refusal {
  return refusal(
    `missing/${other.programme}-shares`,
    `${enrolment.id} 须扣除本人在 ${other.id} 中的份额，而该核定没有按人分摊：请对该户作一次复核`,
    `${enrolment.id} deducts the person's own part of ${other.id}, which its determination does not divide: record a review of that household`,
    { enrolment: enrolment.id, other: other.id, programme: other.programme },
  );
}
