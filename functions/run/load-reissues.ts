import { type Instant, LAST_INSTANT } from '../../domain/calendar.ts';
import { type EnrolmentId, type PaymentId, parsePaymentId, type RunId } from '../../domain/ids.ts';
import { latestAttempts } from '../../domain/ledger/attempts.ts';
import { attemptsAsOf, type Credited, cashLines, setOffOfAttempt } from '../../domain/run/accruals.ts';
import { postsImprest, type RunManifest } from '../../domain/run/manifest.ts';
import type { OpenPayment } from '../../domain/run/open-payment.ts';
import { type LastAttempt, maySendAgain } from '../../domain/run/send-again.ts';
import type { OpenAttempt } from '../adapters/follow-up-store.ts';
import type { RunPorts } from './ports.ts';

/** A payment that failed or came back, with what decides whether it is sent again; only the account is still missing. */
export type UnpaidPayment = Omit<OpenPayment, 'sendAgain'> & {
  readonly paidTo: string;
  readonly last: Omit<LastAttempt, 'accountChanged' | 'toHeir'>;
  /** Who cleared it: signs nothing in the run that sends it. */
  readonly clearedBy?: string;
};

/**
 * Open payments of a bucket by enrolment, for a supplementary run. The ledger is read strongly and seen as it stood at the cut-off, so
 * that a second try finds the same; only the latest attempt of a payment counts.
 */
export async function loadOpenPayments(
  ports: Pick<RunPorts, 'ledger' | 'results'>,
  manifest: RunManifest,
  open: readonly OpenAttempt[],
): Promise<Map<EnrolmentId, UnpaidPayment[]>> {
  const found = new Map<EnrolmentId, UnpaidPayment[]>();
  if (manifest.round === 'R' || postsImprest(manifest)) return found;
  const known = open.filter((attempt) => attempt.since <= manifest.cutOff);
  const credited = await creditedAfterAll(
    ports,
    known.map((attempt) => attempt.runId),
    manifest.cutOff,
  );
  for (const payment of new Set(known.map((attempt) => attempt.payment))) {
    const { period, round, enrolment } = parsePaymentId(payment);
    const entries = (await ports.ledger.ofEnrolment(manifest, period, enrolment)).filter(
      (entry) => parsePaymentId(entry.payment).round === round,
    );
    const attempts = attemptsAsOf(entries, manifest.cutOff);
    const [latest] = latestAttempts(attempts);
    if (!latest || latest.surrendered || (latest.state !== 'failed' && latest.state !== 'returned')) continue;
    const mine = known.find((attempt) => attempt.payment === payment && attempt.attempt === latest.attempt);
    const clearance = mine?.clearance && mine.clearance.at <= manifest.cutOff ? mine.clearance : undefined;
    const setOff = setOffOfAttempt(attempts, latest.attempt + 1);
    const one: UnpaidPayment = {
      payment,
      attempt: latest.attempt + 1,
      lines: cashLines(attempts),
      ...(setOff.length > 0 && { setOff }),
      paidTo: latest.release.paidTo ?? '',
      last: {
        reason: (latest.returned ?? latest.outcome)?.reason ?? 'OTHER',
        cleared: clearance !== undefined,
        lateSuccess: credited.has(payment),
      },
      ...(clearance && { clearedBy: clearance.by }),
    };
    found.set(enrolment, [...(found.get(enrolment) ?? []), one]);
  }
  return found;
}

/**
 * The payment as a run may take it up, with the account now on record; undefined while the bank calls it credited, since then it is
 * not known to be open.
 *
 * @param target the account that it would go to; undefined when there is none
 * @param toHeir that account is an heir's, and policy lets heirs receive
 */
export function openPayment(
  unpaid: UnpaidPayment,
  target: string | undefined,
  toHeir: boolean,
): OpenPayment | undefined {
  const { payment, attempt, lines, setOff, last, paidTo } = unpaid;
  if (last.lateSuccess) return undefined;
  const sendAgain =
    target !== undefined && maySendAgain({ ...last, accountChanged: target !== paidTo, toHeir });
  return { payment, attempt, lines, ...(setOff && { setOff }), sendAgain };
}

/**
 * Payments of these runs that the bank, after reporting a failure, called credited: as a late success, until a person decides that it
 * was none; in a line that does not fit in another way (another amount, another place), until a person decides about that line.
 * With each the first attempt that it was said of.
 *
 * @param until decisions taken later do not count; all count when left out
 * @param since what the bank said by then does not count
 */
export async function creditedAfterAll(
  ports: Pick<RunPorts, 'results'>,
  runIds: Iterable<RunId>,
  until?: Instant,
  since: Instant = '',
): Promise<Credited> {
  const credited = new Map<PaymentId, number>();
  for (const runId of new Set(runIds)) {
    for (const found of await ports.results.exceptions(runId)) {
      const { kind, payment, attempt = 1, statedStatus, decision, raisedAt = LAST_INSTANT } = found;
      if (payment === undefined || statedStatus !== 'settled' || raisedAt <= since) continue;
      const decided = decision && (until === undefined || decision.at <= until) ? decision : undefined;
      const late = kind === 'late-success' || kind === 'paid-twice-by-bank';
      const cleared = late ? decided?.decision === 'failed' : decided !== undefined;
      if (!cleared) credited.set(payment, Math.min(attempt, credited.get(payment) ?? attempt));
    }
  }
  return credited;
}
