import {
  compare,
  type Fraction,
  NOTHING,
  notBelowZero,
  ofFen,
  plus,
  roundedToFen,
  times,
} from '../../fraction.ts';
import { type Fen, fen, sumFen, toYuan } from '../../money.ts';
import { invariant, ok, type Result } from '../../result.ts';
import type { Milestone, TranchePlan, Within } from './options.ts';
import { refusedField } from './rules.ts';
import { isWhole, shareOf } from './shares.ts';

/** One payment of a grant. A tranche of zero fen can come out of tiny grants: it is released without a payment. */
export type Tranche = {
  /** 1, 2, 3, … in the order of release. */
  readonly number: number;
  /** As the plan spells it: "40" percent, or "1/3". */
  readonly share: string;
  readonly fen: Fen;
  readonly milestone: Milestone;
  readonly within?: Within;
};

/**
 * A grant in its tranches: each share of the grant rounded as the plan says, never more than what is left; the last tranche is the rest,
 * so that the sum is the grant for every amount and every plan.
 *
 * Refusals: `invalid/grant-amount` (not above zero), `invalid/tranche-shares` (shares that are not exactly the whole).
 */
export function splitGrant(grant: Fen, plan: TranchePlan): Result<readonly Tranche[]> {
  const checked = checkedPlan(grant, plan);
  if (!checked.ok) return checked;
  const amounts = divided(grant, checked.value, grant, plan);
  return ok(
    plan.tranches.map(({ share, milestone, within }, index) => ({
      number: index + 1,
      share,
      fen: amountAt(amounts, index),
      milestone,
      ...(within && { within }),
    })),
  );
}

/**
 * The tranches after a change of the grant (变更): those in `released` (paid, or on their way) stay as they are, the others share what
 * is left, and the sum is the new grant.
 *
 * Refusals: `limit/below-paid` (the new grant is less than what was paid: that is for settlement and recovery), `conflict/all-paid`
 * (nothing is left to change), `invalid/grant-amount`.
 */
export function replanTranches<T extends Pick<Tranche, 'number' | 'share' | 'fen'>>(
  plan: Pick<TranchePlan, 'rounding' | 'afterChange'>,
  tranches: readonly T[],
  released: readonly number[],
  newGrant: Fen,
): Result<readonly T[]> {
  if (newGrant <= 0) return notAGrant(newGrant);
  const isReleased = ({ number }: T) => released.includes(number);
  const paid = sumFen(tranches.filter(isReleased).map((tranche) => tranche.fen));
  const open = tranches.filter((tranche) => !isReleased(tranche));
  if (newGrant < paid) return belowPaid(newGrant, paid);
  if (open.length === 0) return newGrant === paid ? ok(tranches) : allPaid(newGrant, paid);
  const left = fen(newGrant - paid);
  const own = open.map(({ share }) => shareOf(share) ?? NOTHING);
  const isRemaining = plan.afterChange === 'by-remaining-shares';
  const shares = isRemaining ? own.map((share) => ratio(share, plus(...own))) : own;
  const amounts = divided(left, shares, isRemaining ? left : newGrant, plan);
  let next = 0;
  return ok(
    tranches.map((tranche) =>
      isReleased(tranche) ? tranche : { ...tranche, fen: amountAt(amounts, next++) },
    ),
  );
}

/** `total` in as many parts as there are shares of `base`: each rounded, none more than what is left, the last one the rest. */
function divided(
  total: Fen,
  shares: readonly Fraction[],
  base: Fen,
  { rounding }: Pick<TranchePlan, 'rounding'>,
): Fen[] {
  let left: number = total;
  return shares.map((share, index) => {
    const exact = notBelowZero(times(ofFen(base), share));
    const rounded = index === shares.length - 1 ? left : Math.min(roundedToFen(exact, rounding), left);
    left -= rounded;
    return fen(rounded);
  });
}

function checkedPlan(grant: Fen, plan: TranchePlan): Result<Fraction[]> {
  if (grant <= 0) return notAGrant(grant);
  const shares = plan.tranches.map(({ share }) => shareOf(share));
  if (isWhole(shares)) return ok(shares as Fraction[]);
  const written = plan.tranches.map(({ share }) => share).join(' + ');
  return refusedField(
    'invalid/tranche-shares',
    'tranches',
    `各期比例（${written}）之和不是100%：请更正比例，例如 50、40、10，三等分写 1/3`,
    `the shares of the tranches (${written}) do not add up to 100 percent: correct them, e.g. 50, 40, 10, or 1/3 for thirds`,
    { shares: written },
  );
}

function notAGrant(grant: Fen): Result<never> {
  return refusedField(
    'invalid/grant-amount',
    'grant',
    `资助金额应大于0，现为${toYuan(grant)}元：请填写核定的资助金额`,
    `the grant must be above zero and is ${toYuan(grant)}: enter the grant that was approved`,
    { grant: toYuan(grant) },
  );
}

function belowPaid(newGrant: Fen, paid: Fen): Result<never> {
  return refusedField(
    'limit/below-paid',
    'grant',
    `变更后的资助金额${toYuan(newGrant)}元低于已拨付的${toYuan(paid)}元：变更只能调整未拨付的各期，多拨部分请通过结算或终止后追回`,
    `the new grant ${toYuan(newGrant)} is below the ${toYuan(paid)} already paid: a change touches only unpaid tranches; recover the difference by settlement or termination`,
    { grant: toYuan(newGrant), paid: toYuan(paid) },
  );
}

function allPaid(newGrant: Fen, paid: Fen): Result<never> {
  return refusedField(
    'conflict/all-paid',
    'grant',
    `各期资金已全部拨付（${toYuan(paid)}元），无法改为${toYuan(newGrant)}元：请另签补充协议立新项目`,
    `all tranches have been paid (${toYuan(paid)}), so the grant cannot become ${toYuan(newGrant)}: sign a further agreement as a new project`,
    { grant: toYuan(newGrant), paid: toYuan(paid) },
  );
}

function ratio(part: Fraction, whole: Fraction): Fraction {
  if (compare(whole, NOTHING) === 0) return NOTHING;
  return { over: part.over * whole.under, under: part.under * whole.over };
}

function amountAt(amounts: readonly Fen[], index: number): Fen {
  const amount = amounts[index];
  invariant(amount !== undefined, `no amount for tranche ${index + 1}`);
  return amount;
}
