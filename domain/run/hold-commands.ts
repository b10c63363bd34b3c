import type { PaymentId } from '../ids.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';
import type { ActBody, PaymentEffect } from './act.ts';
import { type Draft, keptBackOf } from './draft.ts';
import { isPayable, overrideKey, type Run } from './run.ts';
import { inState, OPEN } from './state-guard.ts';

/**
 * Holds and overrides: given the run as folded and what someone asks for, the act to append or the reason why not. Roles were
 * checked at the door; what is checked here is the state, the four eyes and the content that is being signed.
 */
type Decision = Result<ActBody>;

const effectOf = (draft: Draft): PaymentEffect => ({
  payment: draft.payment,
  street: draft.street,
  fen: draft.fen,
  reissue: draft.kind === 'reissue',
  ...keptBackOf(draft),
});

/** 缓发: keeps one payment out of this run; payable later. */
export function holdPayment(run: Run, draft: Draft, reason: string): Decision {
  const wrong = inState(run, OPEN, { zh: '缓发', en: 'hold a payment' });
  if (wrong) return refuse(wrong);
  if (!isPayable(run, draft)) {
    return refuse(
      refusal(
        'conflict/not-payable',
        '该笔已缓发或本次无可发金额',
        'this payment is already held or has nothing to pay',
        { payment: draft.payment },
      ),
    );
  }
  return ok({ kind: 'payment-held', effect: effectOf(draft), reason });
}

/** Puts a payment held by hand back; what a control holds needs an override. The one who held it may lift it. */
export function liftHold(run: Run, draft: Draft, reason: string): Decision {
  const wrong = inState(run, OPEN, { zh: '解除缓发', en: 'lift a hold' });
  if (wrong) return refuse(wrong);
  const hold = run.holds.get(draft.payment);
  if (!hold) {
    return refuse(
      refusal(
        'missing/hold',
        '该笔没有人工缓发；规则缓发须走“放行”并由另一人确认',
        'no manual hold on this payment; a hold by a control needs an override',
        { payment: draft.payment },
      ),
    );
  }
  if (hold.late) {
    return refuse(
      refusal(
        'conflict/late-finding',
        '该笔在发放前核验中发现变化，须重新核算',
        'this payment changed after it was computed: recompute the run',
        { payment: draft.payment, control: hold.late.control },
      ),
    );
  }
  return ok({ kind: 'hold-lifted', effect: hold.effect, reason });
}

/** 放行 (first signature): someone asks that a control's hold be set aside, with a reason. */
export function proposeOverride(run: Run, draft: Draft, control: string, reason: string): Decision {
  const wrong = inState(run, OPEN, { zh: '申请放行', en: 'propose an override' });
  if (wrong) return refuse(wrong);
  const finding = draft.findings.find((candidate) => candidate.control === control);
  if (!finding) {
    return refuse(
      refusal('missing/finding', '该笔没有这条规则的疑点', 'this payment has no finding of that control', {
        payment: draft.payment,
        control,
      }),
    );
  }
  if (finding.severity !== 'hold') {
    return refuse(
      refusal(
        'forbidden/not-overridable',
        '这条规则不允许放行，须先更正数据',
        'findings of this control cannot be overridden: correct the data',
        { control, severity: finding.severity },
      ),
    );
  }
  if (run.overrides.has(overrideKey(draft.payment, control))) {
    return refuse(
      refusal('conflict/override-exists', '已有人申请放行', 'an override was already proposed', {
        payment: draft.payment,
        control,
      }),
    );
  }
  return ok({ kind: 'override-proposed', payment: draft.payment, control, reason, fen: draft.fen });
}

/** 放行 (second signature): another person confirms. */
export function confirmOverride(
  run: Run,
  draft: Draft,
  control: string,
  reason: string,
  by: string,
): Decision {
  const wrong = inState(run, OPEN, { zh: '确认放行', en: 'confirm an override' });
  if (wrong) return refuse(wrong);
  const key = overrideKey(draft.payment, control);
  const proposed = run.overrides.get(key);
  if (!proposed)
    return refuse(
      refusal('missing/override', '没有待确认的放行申请', 'there is no override to confirm', {
        payment: draft.payment,
        control,
      }),
    );
  if (proposed.confirmedBy)
    return refuse(
      refusal('conflict/override-confirmed', '该放行已确认', 'this override is already confirmed', {
        payment: draft.payment,
        control,
      }),
    );
  if (proposed.proposedBy === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '申请放行的人不能自己确认',
        'whoever proposed an override cannot confirm it',
      ),
    );
  }
  const after: Run = { ...run, overrides: new Map(run.overrides).set(key, { ...proposed, confirmedBy: by }) };
  return ok({
    kind: 'override-confirmed',
    payment: draft.payment,
    control,
    reason,
    effect: isPayable(after, draft) ? effectOf(draft) : null,
  });
}

/** Payments of a run that a person holds or overrides are named by payment id; anything else is refused by name. */
export function unknownPayment(payment: PaymentId): Refusal {
  return refusal('missing/payment', '本批次没有这笔明细', 'the run has no such payment', { payment });
}
