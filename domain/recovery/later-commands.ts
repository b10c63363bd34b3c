import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import { ok, refusal, refuse } from '../result.ts';
import { beyondOutstanding, inState, samePerson } from './checks.ts';
import type { Command } from './commands.ts';
import {
  figuresOf,
  openCash,
  type RecoveryActOf,
  type RecoveryOrder,
  type RecoveryPart,
  type Relief,
  sharesBesideReturns,
} from './recovery.ts';

/**
 * 豁免 or 撤销, as one person asks for it; a revocation is of everything outstanding. Refusals: `conflict/recovery-state`,
 * `conflict/relief-open`, `conflict/more-than-outstanding`, `invalid/amount`.
 */
export function proposeRelief(
  order: RecoveryOrder,
  wish: { readonly relief: Relief; readonly fen?: Fen; readonly reason: string },
  by: string,
): Command {
  const { relief, reason } = wish;
  const { outstanding } = figuresOf(order);
  const amount = relief === 'revocation' ? outstanding : (wish.fen ?? outstanding);
  const last = order.reliefs.at(-1);
  if (last && !last.decided) {
    const { proposed } = last;
    const again = proposed.by === by && proposed.relief === relief && proposed.fen === amount;
    return again && proposed.reason === reason ? ok(undefined) : refuse(reliefOpen());
  }
  const broughtIn = order.ordered?.parts.some((part) => part.broughtIn) === true;
  if (relief === 'revocation' && broughtIn) return refuse(decidedBefore());
  const wrong =
    inState(order, ['ordered', 'paused'], { zh: '申请豁免或撤销', en: 'be waived or revoked' }) ??
    beyondOutstanding(order, amount);
  return wrong
    ? refuse(wrong)
    : ok({ kind: 'relief-proposed', order: order.order, relief, fen: amount, reason });
}

/**
 * By another person. Refusals: `missing/relief`, `forbidden/same-person`, `conflict/more-than-outstanding`; of a revocation
 * `conflict/came-back`, since what else of that payment is owed may have been sent again already.
 *
 * @param cameBack whether the bank has sent a part's payment back: those are given up last
 */
export function decideRelief(
  order: RecoveryOrder,
  wish: Pick<RecoveryActOf<'relief-decided'>, 'outcome' | 'document' | 'reason'>,
  by: string,
  cameBack: (part: RecoveryPart) => boolean = () => false,
): Command {
  const last = order.reliefs.at(-1);
  const { decided } = last ?? {};
  if (decided?.by === by && decided.outcome === wish.outcome && decided.document === wish.document)
    return ok(undefined);
  if (!last || decided) {
    return refuse(
      refusal(
        'missing/relief',
        '该追缴没有待审批的豁免或撤销申请',
        'nobody asked for a waiver or revocation that waits for a decision',
      ),
    );
  }
  const { proposed } = last;
  const granted = wish.outcome === 'granted';
  const whole = proposed.relief === 'revocation' && proposed.fen !== figuresOf(order).outstanding;
  const revoked = granted && proposed.relief === 'revocation';
  const wrong =
    samePerson(proposed.by, by) ??
    (granted
      ? (beyondOutstanding(order, proposed.fen) ?? (whole ? outstandingChanged() : undefined))
      : undefined) ??
    (revoked && isBack(order, cameBack) ? returnedFirst() : undefined);
  if (wrong) return refuse(wrong);
  const shares = granted ? sharesBesideReturns(order, proposed.fen, cameBack) : [];
  return ok({ kind: 'relief-decided', order: order.order, ...wish, shares });
}

/** 暂缓收缴 until a day to come. Refusals: `conflict/recovery-state`, `invalid/date-too-early`. */
export function pauseOrder(
  order: RecoveryOrder,
  until: PlainDate,
  reason: string,
  today: PlainDate,
): Command {
  if (order.paused?.until === until && order.paused.reason === reason) return ok(undefined);
  const wrong =
    inState(order, ['ordered', 'paused'], { zh: '暂缓', en: 'be paused' }) ??
    (until > today
      ? undefined
      : refusal('invalid/date-too-early', '暂缓须到今天以后的日期', 'a pause ends after today', { today }));
  return wrong ? refuse(wrong) : ok({ kind: 'paused', order: order.order, until, reason });
}

/** Refusal: `conflict/recovery-state`. */
export function resumeOrder(order: RecoveryOrder, reason: string): Command {
  const wrong = inState(order, ['paused'], { zh: '恢复收缴', en: 'be resumed' });
  return wrong ? refuse(wrong) : ok({ kind: 'resumed', order: order.order, reason });
}

const decidedBefore = () =>
  refusal(
    'conflict/brought-in',
    '上线前已决定追缴、随期初转入的款项不能在此撤销：确不应追缴的，请更正期初，或申请豁免',
    'what was to be recovered before go-live was brought in by the opening: correct the opening when it was owed after all, or ask for a waiver',
  );
const isBack = (order: RecoveryOrder, cameBack: (part: RecoveryPart) => boolean): boolean => {
  const cash = openCash(order);
  return order.ordered?.parts.some((part, at) => cameBack(part) && (cash[at] ?? 0) > 0) === true;
};

const returnedFirst = () =>
  refusal(
    'conflict/came-back',
    '其中有款项已被银行退回：请先登记收缴（银行退回），确属应发的由下一批次补发',
    'the bank has sent back some of it: record that as received (bank-return) first; what is owed after all the next run pays',
  );
const outstandingChanged = () =>
  refusal(
    'conflict/outstanding-changed',
    '申请撤销之后又有收缴：请驳回后重新申请',
    'money came in since the revocation was asked for: refuse it and ask again',
  );
const reliefOpen = () =>
  refusal(
    'conflict/relief-open',
    '已有一项豁免或撤销申请待审批',
    'a waiver or revocation waits for a decision already',
  );
