import { type ExceptionKind, lateSuccessKind } from '../../domain/run/reconcile.ts';
import type { AttemptKey, LedgerStore } from '../adapters/ledger-store.ts';

/** The kind of an exception as it stands in the ledger: a late success of a payment that was sent again is a payment made twice. */
export async function exceptionKind(
  ports: { readonly ledger: LedgerStore },
  kind: ExceptionKind,
  attempt: AttemptKey | undefined,
): Promise<ExceptionKind> {
  if (kind !== 'late-success' || !attempt) return kind;
  const next = { ...attempt, attempt: attempt.attempt + 1 };
  return lateSuccessKind((await ports.ledger.slots([next], ['release']))[0] ?? []);
}
