import type { Month, PlainDate } from '../calendar.ts';
import type { PaymentId } from '../ids.ts';
import type { Attempt } from '../ledger/attempts.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { SetOffRule } from '../policy/set-off-rule.ts';
import { invariant, ok, refusal, refuse } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { lineKey } from '../run/open-payment.ts';
import type { Command } from './commands.ts';
import {
  figuresOf,
  openCash,
  openParts,
  type Recoveries,
  type RecoveryActOf,
  type RecoveryOrder,
  type RecoveryPart,
  recoveryState,
  type SetOff,
  sharesOf,
} from './recovery.ts';

/** What a run may keep back (抵扣) for one order; oldest orders first. */
export type SetOffDebt = { readonly order: number; readonly fen: Fen };

/** The run that a set-off is worked out for. */
type ForRun = {
  /** The day on which it looks. */
  readonly on: PlainDate;
  /** Last month that it pays for: instalments due in it are kept back. */
  readonly through: Month;
};
/** Whether the bank has sent a part's payment back: that is settled by what came back, and is not kept back as well. */
export type CameBack = (part: RecoveryPart) => boolean;

/**
 * What may be kept back of the payments of a run: of orders that name set-off as their means, are delivered, and are neither paused nor
 * waiting for a waiver or revocation. Money that was paid in is off first; with instalments no more than those due.
 */
export function setOffDebts({ orders }: Recoveries, run: ForRun, cameBack: CameBack): SetOffDebt[] {
  return orders
    .filter((order) => mayBeSetOff(order, run.on))
    .toSorted(oldestFirst)
    .map((order) => {
      const most = sumFen(openBeside(order, cameBack));
      return { order: order.order, fen: fen(Math.min(most, dueOf(order, run.through))) };
    })
    .filter((debt) => debt.fen > 0);
}

/** Orders as a run sees them when it computes: without what it claimed of them when it was on its way out before. */
export const withoutClaims = (
  { sequence, orders }: Recoveries,
  claimed: (taken: SetOff['taken']) => boolean,
): Recoveries => ({
  sequence,
  orders: orders.map((order) => ({
    ...order,
    setOffs: order.setOffs.filter(({ taken }) => !claimed(taken)),
  })),
});

/** Of each part what may be kept back: of one that the bank has sent back only what never was cash. */
function openBeside(order: RecoveryOrder, cameBack: CameBack): Fen[] {
  const parts = order.ordered?.parts ?? [];
  const cash = openCash(order);
  return openParts(order).map((open, at) =>
    parts[at] && cameBack(parts[at]) ? fen(open - (cash[at] ?? 0)) : open,
  );
}

/** What a payment keeps back for an order, as its run says. */
export type SetOffClaim = Pick<RecoveryActOf<'set-off'>, 'payment' | 'run' | 'dispatch' | 'fen'>;

/**
 * Claims a set-off while its run is verified: from then on nobody else takes that money in. Made again under another dispatch it takes the
 * place of the one before. Refusals: `conflict/set-off-changed` when the order has been paid, paused, waived or revoked since, or a later
 * dispatch of the run has claimed already.
 */
export function claimSetOff(
  order: RecoveryOrder,
  claim: SetOffClaim,
  today: PlainDate,
  cameBack: CameBack,
): Command {
  const { payment, run, dispatch, fen: amount } = claim;
  const before = order.setOffs.find(({ taken }) => taken.payment === payment)?.taken;
  if (before?.run === run && before.dispatch === dispatch && before.fen === amount) return ok(undefined);
  const others = { ...order, setOffs: order.setOffs.filter(({ taken }) => taken.payment !== payment) };
  const overtaken = before?.run === run && before.dispatch > dispatch;
  const possible = !overtaken && mayBeSetOff(others, today) && sumFen(openBeside(others, cameBack)) >= amount;
  if (!possible) return refuse(setOffChanged());
  const shares = sharesOf(others, amount, () => true, openBeside(others, cameBack));
  return ok({ kind: 'set-off', order: order.order, ...claim, shares });
}

const setOffChanged = () =>
  refusal(
    'conflict/set-off-changed',
    '追缴的尚欠金额或状态已变动，不能按原金额抵扣：请重新核算',
    'the order has been paid, paused, waived or revoked since: what was to be set off is to be computed again',
  );

/** The payment was not released. */
export function dropSetOff(order: RecoveryOrder, payment: PaymentId): Command {
  const stands = order.setOffs.some(({ taken }) => taken.payment === payment);
  return ok(stands ? { kind: 'set-off-dropped', order: order.order, payment } : undefined);
}

/**
 * What was set off against months that turned out not to be owed is owed again, once.
 * @param restored fen in all, as the ledger says of the payment and order
 */
export function restoreSetOff(order: RecoveryOrder, payment: PaymentId, restored: Fen): Command {
  const setOff = order.setOffs.find(({ taken }) => taken.payment === payment);
  const before = sumFen((setOff?.restored ?? []).map((one) => one.fen));
  if (!setOff || restored <= before) return ok(undefined);
  const amount = fen(restored - before);
  let rest: number = amount;
  const back = setOff.restored.flatMap((one) => one.shares);
  const shares = setOff.taken.shares.toReversed().flatMap(({ part, fen: taken }) => {
    const left = taken - sumFen(back.filter((one) => one.part === part).map((one) => one.fen));
    const share = fen(Math.min(rest, left));
    rest -= share;
    return share > 0 ? [{ part, fen: share }] : [];
  });
  invariant(rest === 0, `more of ${payment} is restored than was set off`);
  return ok({ kind: 'set-off-restored', order: order.order, payment, fen: amount, shares });
}

function mayBeSetOff(order: RecoveryOrder, on: PlainDate): boolean {
  const { ordered, delivered, paused, reliefs } = order;
  const relief = reliefs.at(-1);
  const waits = relief !== undefined && relief.decided === undefined;
  return (
    ordered?.means === 'set-off' &&
    delivered !== undefined &&
    !waits &&
    !(paused && paused.until >= on) &&
    recoveryState(order) !== 'closed'
  );
}

const oldestFirst = (one: RecoveryOrder, other: RecoveryOrder): number => {
  const [a, b] = [one.ordered?.decidedOn ?? '', other.ordered?.decidedOn ?? ''];
  return a === b ? one.order - other.order : a < b ? -1 : 1;
};

/** In one sum everything outstanding; by instalments what is due by the end of a month and not settled yet. */
function dueOf(order: RecoveryOrder, through: Month): Fen {
  const { outstanding, ordered: all } = figuresOf(order);
  const plan = order.ordered?.instalments ?? [];
  if (plan.length <= 1) return outstanding;
  const due = sumFen(plan.filter(({ dueOn }) => dueOn.slice(0, 7) <= through).map((one) => one.fen));
  return fen(Math.max(0, Math.min(outstanding, due - (all - outstanding))));
}

/**
 * The lines of kind `set-off` of one payment: negative, beside the months that they are kept back of, the oldest month first. Never more
 * than the rule leaves to be taken, so that something is always paid.
 *
 * @param lines what is due, without set-offs; positive amounts
 */
export function setOffLines(
  lines: readonly PaymentLine[],
  debts: readonly SetOffDebt[],
  rule: SetOffRule,
): PaymentLine[] {
  const total = sumFen(lines.map((line) => line.fen));
  const share = Math.floor((total * rule.maxSharePercent) / 100);
  let most = Math.max(0, Math.min(share, total - rule.leaveFen));
  const left = lines.map((line) => ({ line, fen: line.fen as number }));
  const taken: PaymentLine[] = [];
  for (const debt of debts) {
    let rest = Math.min(debt.fen, most);
    most -= rest;
    for (const one of left) {
      const part = Math.min(rest, one.fen);
      if (part <= 0) continue;
      one.fen -= part;
      rest -= part;
      const { month, component } = one.line;
      taken.push({ month, component, fen: fen(0 - part), kind: 'set-off', order: debt.order });
    }
  }
  return taken;
}

/** What the lines of a payment keep back, by order of the enrolment; positive fen. */
export function setOffByOrder(lines: readonly PaymentLine[]): ReadonlyMap<number, Fen> {
  const sums = new Map<number, Fen>();
  for (const { kind, order, fen: amount } of lines)
    if (kind === 'set-off' && order !== undefined) sums.set(order, fen((sums.get(order) ?? 0) - amount));
  return sums;
}

/**
 * What of a payment's set-offs was restored because its months were no longer owed, by order; of several for one month the last first.
 * @param attempts of one payment
 */
export function restoredByOrder(attempts: readonly Attempt[]): ReadonlyMap<number, Fen> {
  const given = attempts.find((one) => one.attempt === 1)?.release.lines ?? [];
  const left = new Map<string, number>();
  for (const { kind, fen: amount, ...line } of attempts.flatMap(({ reversed }) => reversed?.lines ?? []))
    if (kind === 'set-off') left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) + amount);
  const sums = new Map<number, Fen>();
  for (const line of given.filter(({ kind }) => kind === 'set-off').toReversed()) {
    const back = Math.min(left.get(lineKey(line)) ?? 0, 0 - line.fen);
    left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) - back);
    const order = line.order ?? 0;
    if (back > 0) sums.set(order, fen((sums.get(order) ?? 0) + back));
  }
  return sums;
}
