import { chinaDate, type Month, monthsOfPeriod } from '../calendar.ts';
import { type PaymentId, parsePaymentId } from '../ids.ts';
import {
  type Attempt,
  cashOrderedBack,
  foldAttempts,
  lastWord,
  latestAttempts,
  owedOf,
} from '../ledger/attempts.ts';
import type { Entry } from '../ledger/entry.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import type { PaidLine, StatementTotals } from './statement.ts';

export type Span = { readonly from: Month; readonly through: Month };

/** Whether a payment's period lies within some months, as far as it does. */
export function inSpan(payment: PaymentId, { from, through }: Span): boolean {
  return monthsOfPeriod(parsePaymentId(payment).period).some((month) => month >= from && month <= through);
}

/** Attempts of the payments of a span, oldest first. */
export function paidLines(entries: readonly Entry[], span: Span): PaidLine[] {
  return foldAttempts(entries)
    .filter(({ payment }) => inSpan(payment, span))
    .sort((a, b) => (a.release.at < b.release.at ? -1 : 1))
    .map(paidLine);
}

function paidLine(attempted: Attempt): PaidLine {
  const { payment, attempt, state, release } = attempted;
  const last = lastWord(attempted);
  const answered = last && last.kind !== 'opening' ? (last.bankDate ?? chinaDate(last.at)) : undefined;
  return {
    payment,
    period: parsePaymentId(payment).period,
    attempt,
    runId: release.run,
    state,
    fen: attempted.fen,
    setOffFen: keptBack(release),
    sentOn: chinaDate(release.at),
    ...(answered !== undefined && { answeredOn: answered }),
    ...(release.paidTo !== undefined && { paidTo: release.paidTo }),
    means: meansOf(release),
    ...(last?.reason !== undefined && { reason: last.reason }),
  };
}

function meansOf({ kind, outside }: Entry): PaidLine['means'] {
  if (kind === 'opening') return 'before-go-live';
  if (kind === 'imprest-paid') return 'imprest';
  return outside?.means ?? 'bank';
}

const keptBack = ({ lines = [] }: Entry): Fen =>
  fen(0 - sumFen(lines.filter(({ kind }) => kind === 'set-off').map((line) => line.fen)));

type Places = Pick<StatementTotals, 'received' | 'setOff' | 'inTransit' | 'open' | 'cameBack'>;

/** Where each fen of the payments of a span stands now. */
export function whereItStands(entries: readonly Entry[], span: Span): Places {
  const attempts = foldAttempts(entries).filter(({ payment }) => inSpan(payment, span));
  const places = { received: 0, setOff: 0, inTransit: 0, open: 0, cameBack: 0 };
  for (const { release, reversed } of attempts) {
    places.setOff += keptBack(release);
    const restored = (reversed?.lines ?? []).filter(({ kind }) => kind === 'set-off');
    places.setOff -= sumFen(restored.map((line) => line.fen));
  }
  for (const latest of latestAttempts(attempts)) {
    const before = attempts.filter(
      ({ payment, attempt }) => payment === latest.payment && attempt < latest.attempt,
    );
    // What was ordered back of an attempt that came back was not sent again.
    places.cameBack += sumFen(before.map(cashOrderedBack));
    if (latest.state === 'settled') places.received += latest.fen;
    else if (latest.state === 'in-transit') places.inTransit += latest.fen;
    else {
      places.open += owedOf(latest);
      places.cameBack += cashOrderedBack(latest);
    }
  }
  return {
    received: fen(places.received),
    setOff: fen(places.setOff),
    inTransit: fen(places.inTransit),
    open: fen(places.open),
    cameBack: fen(places.cameBack),
  };
}
