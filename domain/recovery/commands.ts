import type { PlainDate } from '../calendar.ts';
import { type Fen, sumFen, toYuan } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import { beyondOutstanding, inState, samePerson, wrongDate } from './checks.ts';
import {
  type Instalment,
  openCash,
  type RecoveredLine,
  type Recoveries,
  type RecoveryActBody,
  type RecoveryActOf,
  type RecoveryMeans,
  type RecoveryOrder,
  type RecoveryPart,
  sharesBesideReturns,
  sharesOf,
} from './recovery.ts';

/** What a command comes to: an act to write, or undefined when it was done before. */
export type Command = Result<RecoveryActBody | undefined>;

/** The basis of an order over what runs found overpaid (拟追缴): there may be several, of different months. */
export const RUN_PROPOSALS = 'run-proposals';
/** Of an order over what was to be recovered before go-live and was brought in by an opening (期初待追缴). */
export const BROUGHT_IN = 'opening';
const INSTALMENTS_MAX = 60;

export type RecoveryWish = {
  readonly basis: string;
  readonly fen: Fen;
  readonly lines?: readonly RecoveredLine[];
  readonly reason: string;
  readonly dueOn: PlainDate;
  readonly instalments?: readonly Instalment[];
};

/**
 * Proposes an order. The same basis with the same sum is the proposal that stands. Refusals: `invalid/amount`, `invalid/instalments`,
 * `conflict/recovery-basis`, `conflict/recovery-proposed`.
 */
export function proposeOrder(state: Recoveries, wish: RecoveryWish): Command {
  const { basis, fen: amount, lines, reason, dueOn } = wish;
  const standing = state.orders.filter(({ refused }) => !refused);
  if (basis !== RUN_PROPOSALS && basis !== BROUGHT_IN) {
    const same = standing.find(({ proposed }) => proposed.basis === basis);
    if (same) return same.proposed.fen === amount ? ok(undefined) : refuse(basisTaken(same.proposed.order));
  }
  const wanted = new Set((lines ?? []).map(keyOf));
  const open = standing.find(
    ({ ordered, proposed }) => !ordered && proposed.lines?.some((line) => wanted.has(keyOf(line))),
  );
  if (open) return refuse(alreadyProposed(open.order));
  const wrong = wrongSum(amount, lines);
  if (wrong) return refuse(wrong);
  const plan = planOf(amount, dueOn, wish.instalments);
  if (!plan.ok) return plan;
  return ok({
    kind: 'proposed',
    order: state.orders.length + 1,
    basis,
    fen: amount,
    ...(lines && { lines }),
    reason,
    dueOn,
    instalments: plan.value,
  });
}

const keyOf = ({ month, component }: Pick<RecoveredLine, 'month' | 'component'>) => `${month}/${component}`;

const wrongSum = (amount: Fen, lines: readonly RecoveredLine[] | undefined): Refusal | undefined =>
  amount > 0 &&
  (!lines || (lines.every((line) => line.fen > 0) && sumFen(lines.map((one) => one.fen)) === amount))
    ? undefined
    : refusal(
        'invalid/amount',
        '追缴金额须大于零，并等于各月份各项金额之和',
        'a recovery is of more than nothing, and of exactly its months and components',
      );

/** Instalments in the order of their days; one of the whole sum when none are given. Refusal: `invalid/instalments`. */
export function planOf(
  amount: Fen,
  dueOn: PlainDate,
  instalments: readonly Instalment[] = [{ dueOn, fen: amount }],
): Result<readonly Instalment[]> {
  const ascending = instalments.every(
    (one, at) => at === 0 || one.dueOn > (instalments[at - 1]?.dueOn ?? ''),
  );
  const right =
    instalments.length > 0 &&
    instalments.length <= INSTALMENTS_MAX &&
    instalments.every((one) => one.fen > 0) &&
    sumFen(instalments.map((one) => one.fen)) === amount &&
    instalments.at(-1)?.dueOn === dueOn &&
    ascending;
  return right
    ? ok(instalments)
    : refuse(
        refusal(
          'invalid/instalments',
          `分期须按日期先后排列，每期大于零，合计等于追缴金额 ${toYuan(amount)} 元，最后一期的日期即缴款期限 ${dueOn}，最多 ${INSTALMENTS_MAX} 期`,
          `instalments stand in the order of their days, each above zero, come to ${toYuan(amount)} yuan, the last is due on ${dueOn}; ${INSTALMENTS_MAX} at most`,
        ),
      );
}

export type OrderWish = {
  readonly document: string;
  readonly decidedOn: PlainDate;
  /** As proposed when absent. */
  readonly dueOn?: PlainDate;
  readonly instalments?: readonly Instalment[];
  /** `set-off` only where policy allows it, which the caller has asked. */
  readonly means?: RecoveryMeans;
};

/**
 * 追缴决定, by another person than who proposed it. Refusals: `conflict/recovery-state`, `forbidden/same-person`,
 * `invalid/date-in-future`, `invalid/date-too-early`, `invalid/instalments`.
 *
 * @param parts the payments that it takes back, as the ledger stands now; they come to the sum proposed
 */
export function decideOrder(
  order: RecoveryOrder,
  wish: OrderWish,
  parts: readonly RecoveryPart[],
  by: string,
  today: PlainDate,
): Command {
  const { document, decidedOn } = wish;
  const before = order.ordered;
  const asBefore = before?.document === document && before.decidedOn === decidedOn;
  if (before?.by === by && asBefore && (before.means ?? 'refund') === (wish.means ?? 'refund'))
    return ok(undefined);
  const wrong =
    inState(order, ['proposed'], { zh: '作出决定', en: 'be decided' }) ??
    samePerson(order.proposed.by, by) ??
    wrongDate(decidedOn, undefined, today);
  if (wrong) return refuse(wrong);
  const { proposed } = order;
  const dueOn = wish.dueOn ?? proposed.dueOn;
  const kept = wish.instalments === undefined && dueOn === proposed.dueOn;
  const plan = planOf(proposed.fen, dueOn, kept ? proposed.instalments : wish.instalments);
  if (!plan.ok) return plan;
  if (plan.value.some((one) => one.dueOn <= decidedOn))
    return refuse(
      refusal(
        'invalid/date-too-early',
        `缴款期限须晚于决定日期 ${decidedOn}`,
        `what is ordered on ${decidedOn} is due after that day`,
        { decidedOn },
      ),
    );
  return ok({
    kind: 'ordered',
    order: order.order,
    document,
    decidedOn,
    dueOn,
    instalments: plan.value,
    parts,
    ...(wish.means === 'set-off' && { means: wish.means }),
  });
}

/** 不予追缴, by anybody who may decide; who proposed it may take it back. Refusal: `conflict/recovery-state`. */
export function refuseOrder(order: RecoveryOrder, reason: string, by: string): Command {
  if (order.refused?.by === by && order.refused.reason === reason) return ok(undefined);
  const wrong = inState(order, ['proposed'], { zh: '不予追缴', en: 'be refused' });
  return wrong ? refuse(wrong) : ok({ kind: 'refused', order: order.order, reason });
}

/** 送达, once. Refusals: `conflict/recovery-state`, `conflict/delivered`, dates. */
export function deliverOrder(
  order: RecoveryOrder,
  said: Pick<RecoveryActOf<'delivered'>, 'on' | 'means' | 'evidence'>,
  today: PlainDate,
): Command {
  const before = order.delivered;
  if (before?.on === said.on && before.means === said.means && before.evidence === said.evidence)
    return ok(undefined);
  if (before)
    return refuse(
      refusal('conflict/delivered', `该决定已于 ${before.on} 送达`, `it was delivered on ${before.on}`, {
        on: before.on,
      }),
    );
  const wrong =
    inState(order, ['ordered', 'paused', 'closed'], { zh: '登记送达', en: 'be delivered' }) ??
    wrongDate(said.on, order.ordered?.decidedOn, today);
  return wrong ? refuse(wrong) : ok({ kind: 'delivered', order: order.order, ...said });
}

type Receipt = Pick<RecoveryActOf<'received'>, 'fen' | 'means' | 'voucher' | 'on' | 'evidence'>;

/**
 * 收缴: as much as is outstanding, by a voucher that this order has not had. Refusals: `conflict/recovery-state`,
 * `conflict/voucher-used`, `conflict/more-than-outstanding`, `conflict/not-returned`, `invalid/amount`, dates.
 *
 * @param cameBack whether the bank has sent a part's payment back: only such parts are received by that, and by what is paid in the
 *   others first
 */
export function receive(
  order: RecoveryOrder,
  receipt: Receipt,
  today: PlainDate,
  cameBack: (part: RecoveryPart) => boolean = () => false,
): Command {
  const before = order.receipts.find(({ voucher }) => voucher === receipt.voucher);
  const again = before?.fen === receipt.fen && before.on === receipt.on && before.means === receipt.means;
  if (before && again) return ok(undefined);
  if (before)
    return refuse(
      refusal(
        'conflict/voucher-used',
        '该缴款凭证已登记过其他金额或日期',
        'this voucher was recorded with another amount or date',
        { on: before.on },
      ),
    );
  const wrong =
    inState(order, ['ordered', 'paused'], { zh: '登记收缴', en: 'take money in' }) ??
    wrongDate(receipt.on, order.ordered?.decidedOn, today) ??
    beyondOutstanding(order, receipt.fen);
  if (wrong) return refuse(wrong);
  const parts = order.ordered?.parts ?? [];
  const cash = openCash(order);
  const back = sumFen(cash.filter((_, at) => parts[at] && cameBack(parts[at])));
  if (receipt.means === 'bank-return' && receipt.fen > back) return refuse(notReturned(back));
  const shares =
    receipt.means === 'bank-return'
      ? sharesOf(order, receipt.fen, cameBack, cash)
      : sharesBesideReturns(order, receipt.fen, cameBack);
  return ok({ kind: 'received', order: order.order, ...receipt, shares });
}

const notReturned = (back: Fen) =>
  refusal(
    'conflict/not-returned',
    `银行退回、尚欠的款项只有 ${toYuan(back)} 元：由对象缴入国库的，请按国库缴款登记`,
    `the bank has returned ${toYuan(back)} yuan of what is outstanding: what was paid in is recorded as paid in to the treasury`,
    { returned: toYuan(back) },
  );

const basisTaken = (order: number) =>
  refusal(
    'conflict/recovery-basis',
    '同一依据已提出过另一金额的追缴：请先处理该笔',
    'another sum was already proposed on the same grounds: deal with that one first',
    { order },
  );
const alreadyProposed = (order: number) =>
  refusal(
    'conflict/recovery-proposed',
    '其中的月份已有一笔待决定的追缴',
    'some of these months are in a recovery that waits for its decision',
    { order },
  );
