import type * as z from 'zod/mini';
import { subjectOf } from '../../../domain/ids.ts';
import { toYuan } from '../../../domain/money.ts';
import type { Draft } from '../../../domain/run/draft.ts';
import { isPayable, overrideKey, type Run } from '../../../domain/run/run.ts';
import type { runContracts } from '../contracts/runs.ts';
import type { MaskedBody } from './person-view.ts';

export type DraftBody = z.input<(typeof runContracts)['listRunPayments']['response']>['payments'][number];

/** One payment as drafted, with what people decided about it since. */
export function draftView(run: Run, draft: Draft, persons: ReadonlyMap<string, MaskedBody>): DraftBody {
  const person = persons.get(subjectOf(draft.enrolment));
  const payee = draft.account && persons.get(draft.account.payee);
  return {
    payment: draft.payment,
    enrolment: draft.enrolment,
    ...(person && { person }),
    ...(payee && { payee }),
    street: draft.street,
    kind: draft.kind,
    attempt: draft.attempt,
    amount: toYuan(draft.fen),
    previousAmount: toYuan(draft.previousFen),
    movement: draft.movement,
    ...(draft.cause !== undefined && { cause: draft.cause }),
    payable: isPayable(run, draft),
    heldByHand: run.holds.has(draft.payment),
    sample: draft.sample,
    lines: draft.lines.map(({ month, component, kind, fen, cause }) => ({
      month,
      component,
      kind,
      amount: toYuan(fen),
      ...(cause !== undefined && { cause }),
    })),
    ...(draft.cancelled && {
      cancelled: draft.cancelled.map(({ month, component, fen }) => ({
        month,
        component,
        amount: toYuan(fen),
      })),
    }),
    findings: draft.findings.map(({ control, severity, zh, en }) => ({ control, severity, zh, en })),
    overrides: draft.findings.flatMap(({ control }) => {
      const override = run.overrides.get(overrideKey(draft.payment, control));
      if (!override) return [];
      const { proposedBy, confirmedBy } = override;
      return [{ control, proposedBy, ...(confirmedBy !== undefined && { confirmedBy }) }];
    }),
    recoveries: draft.recoveries.map(({ month, component, fen, cause }) => ({
      month,
      component,
      amount: toYuan(fen),
      cause,
    })),
  };
}
