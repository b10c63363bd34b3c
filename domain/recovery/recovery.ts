import type { Instant, Month, PlainDate } from '../calendar.ts';
import type { EnrolmentId, PaymentId, RunId } from '../ids.ts';
import type { FundedBy } from '../ledger/surrender.ts';
import { type Fen, fen, sumFen, ZERO } from '../money.ts';
import { invariant, unreachable } from '../result.ts';

/**
 * 追缴: money that an enrolment received and was not owed is ordered back in writing. One person proposes, another decides; it is paid
 * in to the treasury at once or in instalments, waived by two people, paused, or called back (撤销) when it turns out to be owed.
 * All orders of an enrolment share one numbered journal, so that two who decide at once compete for one number and the second sees
 * what the first ordered.
 */

/** e.g. "GL-7Z3K9QX2M4BT-1-Z2": the second order of an enrolment. */
export type RecoveryId = string;
export const RECOVERY_ID = /^([A-Z]{2,4}-[0-9A-Z]{12}-[1-9]\d{0,2})-Z([1-9]\d{0,2})$/;
export const recoveryIdOf = (enrolment: EnrolmentId, order: number): RecoveryId => `${enrolment}-Z${order}`;

/** Part of the sum that is due on a day. */
export type Instalment = { readonly dueOn: PlainDate; readonly fen: Fen };
/** A month's component that is ordered back; positive fen. `setOff`: it was set off (抵扣) against an order before and never was cash. */
export type RecoveredLine = {
  readonly month: Month;
  readonly component: string;
  readonly fen: Fen;
  readonly setOff?: true;
};
/** 退回, in one sum or by instalments; or 抵扣 from what the enrolment is paid later, only where policy allows it. */
export const RECOVERY_MEANS = ['refund', 'set-off'] as const;
export type RecoveryMeans = (typeof RECOVERY_MEANS)[number];
/** What an order takes back of one payment: of the attempt that reached the payee. */
export type RecoveryPart = {
  readonly payment: PaymentId;
  readonly attempt: number;
  /** The run that paid it, whose export has the entries of the recovery, too. */
  readonly runId: RunId;
  readonly fundedBy: FundedBy;
  readonly fen: Fen;
  readonly lines: readonly RecoveredLine[];
  /** Of before go-live, and in the books as recoverable since the opening: ordering it back moves nothing. */
  readonly broughtIn?: true;
};
/** How a sum of an order is spread over its parts: fen by place of the part. */
export type Share = { readonly part: number; readonly fen: Fen };

/** Paid in to the treasury by voucher (缴款书), or found with us because the bank sent the payment back after the order. */
export const RECEIPT_MEANS = ['treasury', 'bank-return'] as const;
export type ReceiptMeans = (typeof RECEIPT_MEANS)[number];
/** 豁免 gives up what is outstanding; 撤销 says that it is owed after all, so that its months count as paid again. */
export const RELIEFS = ['waiver', 'revocation'] as const;
export type Relief = (typeof RELIEFS)[number];
export const DELIVERY_MEANS = ['in-person', 'registered-mail', 'left-at-home', 'public-notice'] as const;

export type RecoveryActBody =
  | {
      readonly kind: 'proposed';
      readonly order: number;
      /** Unique key of the fact it rests on, e.g. `project:<key>:settlement`, `run-proposals`. */
      readonly basis: string;
      readonly fen: Fen;
      /** Months and components that are not owed; absent: of the payments received last. */
      readonly lines?: readonly RecoveredLine[];
      readonly reason: string;
      readonly dueOn: PlainDate;
      readonly instalments: readonly Instalment[];
    }
  | {
      /** 不予追缴, or taken back by who proposed it. */
      readonly kind: 'refused';
      readonly order: number;
      readonly reason: string;
    }
  | {
      /** 追缴决定. */
      readonly kind: 'ordered';
      readonly order: number;
      readonly document: string;
      readonly decidedOn: PlainDate;
      readonly dueOn: PlainDate;
      readonly instalments: readonly Instalment[];
      readonly parts: readonly RecoveryPart[];
      /** Absent: to be given back. */
      readonly means?: 'set-off';
    }
  | {
      /** 送达. */
      readonly kind: 'delivered';
      readonly order: number;
      readonly on: PlainDate;
      readonly means: (typeof DELIVERY_MEANS)[number];
      readonly evidence: string;
    }
  | {
      /** 收缴. */
      readonly kind: 'received';
      readonly order: number;
      readonly fen: Fen;
      readonly means: ReceiptMeans;
      readonly voucher: string;
      readonly on: PlainDate;
      readonly evidence: string;
      readonly shares: readonly Share[];
    }
  | {
      /**
       * 抵扣: kept back of a payment, claimed while its run is verified so that nobody takes the same money in twice. The payment's
       * release posts it; claimed again under another dispatch of the run it takes the place of the claim before.
       */
      readonly kind: 'set-off';
      readonly order: number;
      readonly payment: PaymentId;
      readonly run: RunId;
      /** Number of the act of the run that started its dispatch. */
      readonly dispatch: number;
      readonly fen: Fen;
      readonly shares: readonly Share[];
    }
  | {
      /** The payment was not released after all. */
      readonly kind: 'set-off-dropped';
      readonly order: number;
      readonly payment: PaymentId;
    }
  | {
      /** Months that were set off against turned out not to be owed before anybody received the payment: as much is owed again. */
      readonly kind: 'set-off-restored';
      readonly order: number;
      readonly payment: PaymentId;
      readonly fen: Fen;
      readonly shares: readonly Share[];
    }
  | {
      readonly kind: 'relief-proposed';
      readonly order: number;
      readonly relief: Relief;
      readonly fen: Fen;
      readonly reason: string;
    }
  | {
      readonly kind: 'relief-decided';
      readonly order: number;
      readonly outcome: 'granted' | 'refused';
      readonly document: string;
      readonly reason: string;
      /** Granted only. */
      readonly shares: readonly Share[];
    }
  | {
      /** 暂缓收缴. */
      readonly kind: 'paused';
      readonly order: number;
      readonly until: PlainDate;
      readonly reason: string;
    }
  | { readonly kind: 'resumed'; readonly order: number; readonly reason: string };
export type RecoveryAct = RecoveryActBody & {
  readonly sequence: number;
  readonly at: Instant;
  readonly by: string;
  /** Name of the request: asked twice, an act is done once. */
  readonly request?: string;
};
export type RecoveryActOf<Kind extends RecoveryAct['kind']> = RecoveryAct & { readonly kind: Kind };

/** What was kept back of one payment for an order, and what of it is owed again. */
export type SetOff = {
  readonly taken: RecoveryActOf<'set-off'>;
  readonly restored: readonly RecoveryActOf<'set-off-restored'>[];
};
export const setOffFen = ({ taken, restored }: SetOff): Fen =>
  fen(taken.fen - sumFen(restored.map((one) => one.fen)));

/** One order as its acts leave it. In force: received + set off + waived + outstanding = ordered − revoked. */
export type RecoveryOrder = {
  readonly order: number;
  readonly proposed: RecoveryActOf<'proposed'>;
  readonly refused?: RecoveryActOf<'refused'>;
  readonly ordered?: RecoveryActOf<'ordered'>;
  readonly delivered?: RecoveryActOf<'delivered'>;
  readonly receipts: readonly RecoveryActOf<'received'>[];
  readonly setOffs: readonly SetOff[];
  readonly reliefs: readonly {
    readonly proposed: RecoveryActOf<'relief-proposed'>;
    readonly decided?: RecoveryActOf<'relief-decided'>;
  }[];
  readonly paused?: RecoveryActOf<'paused'>;
};
/** All orders about one enrolment. */
export type Recoveries = { readonly sequence: number; readonly orders: readonly RecoveryOrder[] };
export const NO_RECOVERIES: Recoveries = { sequence: 0, orders: [] };

export type RecoveryState = 'proposed' | 'refused' | 'ordered' | 'paused' | 'closed';
export const RECOVERY_STATES = ['proposed', 'refused', 'ordered', 'paused', 'closed'] as const;
export function recoveryState(order: RecoveryOrder): RecoveryState {
  if (order.refused) return 'refused';
  if (!order.ordered) return 'proposed';
  if (figuresOf(order).outstanding === 0) return 'closed';
  return order.paused ? 'paused' : 'ordered';
}

/** Sums of an order in fen; zero before it is decided. `ordered` is what was decided, less nothing. */
export type RecoveryFigures = {
  readonly ordered: Fen;
  readonly received: Fen;
  readonly setOff: Fen;
  readonly waived: Fen;
  readonly revoked: Fen;
  readonly outstanding: Fen;
};
export function figuresOf({ ordered, receipts, setOffs, reliefs }: RecoveryOrder): RecoveryFigures {
  const granted = (relief: Relief): Fen =>
    sumFen(
      reliefs.flatMap(({ proposed, decided }) =>
        proposed.relief === relief && decided?.outcome === 'granted' ? [proposed.fen] : [],
      ),
    );
  const all = sumFen((ordered?.parts ?? []).map((part) => part.fen));
  const received = sumFen(receipts.map((receipt) => receipt.fen));
  const [waived, revoked] = [granted('waiver'), granted('revocation')];
  const setOff = sumFen(setOffs.map(setOffFen));
  const outstanding = fen(all - received - setOff - waived - revoked);
  invariant(outstanding >= 0, 'a recovery order took in more than was ordered');
  return { ordered: all, received, setOff, waived, revoked, outstanding };
}

/** What is outstanding of each part. */
export function openParts({ ordered, receipts, setOffs, reliefs }: RecoveryOrder): Fen[] {
  const taken = [
    ...receipts,
    ...setOffs.map((one) => one.taken),
    ...reliefs.flatMap(({ decided }) => decided ?? []),
  ];
  const restored = setOffs.flatMap((one) => one.restored);
  return (ordered?.parts ?? []).map((part, place) =>
    fen(part.fen - sharedOut(taken, place) + sharedOut(restored, place)),
  );
}

const sharedOut = (acts: readonly { readonly shares: readonly Share[] }[], place: number): Fen =>
  sumFen(acts.flatMap(({ shares }) => shares.filter(({ part }) => part === place)).map((share) => share.fen));

/** Of what is outstanding of each part, the most that the bank can have sent back: what was set off before never was cash. */
export function openCash(order: RecoveryOrder): Fen[] {
  const returned = order.receipts.filter(({ means }) => means === 'bank-return');
  const parts = order.ordered?.parts ?? [];
  return openParts(order).map((open, place) => {
    const cash = sumFen((parts[place]?.lines ?? []).flatMap((line) => (line.setOff ? [] : [line.fen])));
    return fen(Math.min(open, cash - sharedOut(returned, place)));
  });
}

/**
 * A sum spread over what is outstanding, part after part.
 * @param of which parts may take it; all by default
 * @param each the most that each part takes; all that is outstanding of it by default
 * @throws InvariantError when less is outstanding of them
 */
export function sharesOf(
  order: RecoveryOrder,
  amount: Fen,
  of: (part: RecoveryPart) => boolean = () => true,
  each: readonly Fen[] = openParts(order),
): Share[] {
  let rest = amount;
  const shares: Share[] = [];
  for (const [part, open] of each.entries()) {
    const known = order.ordered?.parts[part];
    const taken = known && of(known) ? fen(Math.min(rest, open)) : ZERO;
    if (taken > 0) shares.push({ part, fen: taken });
    rest = fen(rest - taken);
  }
  invariant(rest === 0, 'more is spread than is outstanding of a recovery order');
  return shares;
}

/**
 * A sum spread first over what the bank did not send back: what it did is settled by that.
 * @throws InvariantError when less is outstanding
 */
export function sharesBesideReturns(
  order: RecoveryOrder,
  amount: Fen,
  cameBack: (part: RecoveryPart) => boolean,
): Share[] {
  const parts = order.ordered?.parts ?? [];
  const open = sumFen(openParts(order).filter((_, at) => parts[at] && !cameBack(parts[at])));
  const first = fen(Math.min(amount, open));
  return [
    ...sharesOf(order, first, (part) => !cameBack(part)),
    ...sharesOf(order, fen(amount - first), cameBack),
  ];
}

/** What should have been paid in by a day and was not; nothing before delivery or while it is paused. */
export function overdueOf(order: RecoveryOrder, today: PlainDate): Fen {
  const { ordered, delivered, paused } = order;
  if (!ordered || !delivered || (paused && paused.until >= today)) return ZERO;
  const due = sumFen(ordered.instalments.filter(({ dueOn }) => dueOn < today).map((one) => one.fen));
  const { received, setOff, waived, revoked } = figuresOf(order);
  return fen(Math.max(0, due - received - setOff - waived - revoked));
}

/** @throws InvariantError on acts out of order, or of an order that was never proposed */
export function foldRecoveries(acts: Iterable<RecoveryAct>): Recoveries {
  let state = NO_RECOVERIES;
  for (const act of acts) state = applyRecoveryAct(state, act);
  return state;
}

export function applyRecoveryAct({ sequence, orders }: Recoveries, act: RecoveryAct): Recoveries {
  invariant(act.sequence === sequence + 1, 'recovery acts are applied in the order of their numbers');
  if (act.kind === 'proposed') {
    invariant(act.order === orders.length + 1, 'recovery orders of an enrolment are numbered through');
    const opened: RecoveryOrder = { order: act.order, proposed: act, receipts: [], setOffs: [], reliefs: [] };
    return { sequence: act.sequence, orders: [...orders, opened] };
  }
  invariant(orders[act.order - 1], `an act of order ${act.order}, which was never proposed`);
  const after = orders.map((order) => (order.order === act.order ? withAct(order, act) : order));
  return { sequence: act.sequence, orders: after };
}

function withAct(order: RecoveryOrder, act: Exclude<RecoveryAct, { kind: 'proposed' }>): RecoveryOrder {
  switch (act.kind) {
    case 'refused':
      return { ...order, refused: act };
    case 'ordered':
      return { ...order, ordered: act };
    case 'delivered':
      return { ...order, delivered: act };
    case 'received':
      return { ...order, receipts: [...order.receipts, act] };
    case 'set-off':
      return { ...order, setOffs: [...without(order, act.payment), { taken: act, restored: [] }] };
    case 'set-off-dropped':
      return { ...order, setOffs: without(order, act.payment) };
    case 'set-off-restored':
      return {
        ...order,
        setOffs: order.setOffs.map((one) =>
          one.taken.payment === act.payment ? { ...one, restored: [...one.restored, act] } : one,
        ),
      };
    case 'relief-proposed':
      return { ...order, reliefs: [...order.reliefs, { proposed: act }] };
    case 'relief-decided':
      return {
        ...order,
        reliefs: order.reliefs.map((one, index) =>
          index === order.reliefs.length - 1 ? { ...one, decided: act } : one,
        ),
      };
    case 'paused':
      return { ...order, paused: act };
    case 'resumed': {
      const { paused: _paused, ...rest } = order;
      return rest;
    }
    default:
      return unreachable(act);
  }
}

const without = ({ setOffs }: RecoveryOrder, payment: PaymentId): readonly SetOff[] =>
  setOffs.filter(({ taken }) => taken.payment !== payment);
