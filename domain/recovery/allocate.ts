import { type Attempt, latestAttempts } from '../ledger/attempts.ts';
import type { FundedBy } from '../ledger/surrender.ts';
import { type Fen, fen, sumFen, toYuan } from '../money.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';
import { cashLines, endedBySetOff, receivedBySetOff } from '../run/accruals.ts';
import type { PaymentLine } from '../run/draft.ts';
import type { RecoveredLine, RecoveryPart } from './recovery.ts';

/**
 * Which payments an order takes back: of those that reached the payee and as far as earlier orders have left anything, the latest
 * first. Refusal: `conflict/not-received`.
 *
 * @param attempts all of the enrolment, over all periods
 * @param wanted fen in all, and the months and components where they are known
 * @param fundedBy whose money a run paid
 */
export function allocate(
  attempts: readonly Attempt[],
  wanted: { readonly fen: Fen; readonly lines?: readonly RecoveredLine[] },
  fundedBy: (attempt: Attempt) => FundedBy,
): Result<RecoveryPart[]> {
  const payments = Map.groupBy(attempts, ({ payment }) => payment);
  const paid = latestAttempts(attempts).toSorted(latestFirst);
  const left = new Map((wanted.lines ?? []).map((line) => [keyOf(line), line.fen as number]));
  let rest: number = wanted.fen;
  const parts: RecoveryPart[] = [];
  for (const attempt of paid) {
    const lines: RecoveredLine[] = [];
    const standing = receivedOf(attempt, payments.get(attempt.payment) ?? []);
    for (const line of standing.toSorted((one, other) => (one.month > other.month ? -1 : 1))) {
      const most = wanted.lines ? (left.get(keyOf(line)) ?? 0) : rest;
      const taken = fen(Math.min(line.fen, most, rest));
      if (taken <= 0) continue;
      const { month, component } = line;
      lines.push({ month, component, fen: taken, ...(line.kind === 'set-off' && { setOff: true }) });
      left.set(keyOf(line), most - taken);
      rest -= taken;
    }
    if (lines.length === 0) continue;
    const { payment, attempt: number, release } = attempt;
    const amount = sumFen(lines.map((line) => line.fen));
    parts.push({
      payment,
      attempt: number,
      runId: release.run,
      fundedBy: fundedBy(attempt),
      fen: amount,
      lines,
    });
  }
  return rest === 0 ? ok(parts) : refuse(notReceived(wanted.fen, fen(rest)));
}

/** What reached the payee: first what was cash, then what was set off (抵扣) for an earlier order; of what ended otherwise, only that. */
function receivedOf(latest: Attempt, own: readonly Attempt[]): PaymentLine[] {
  if (latest.state === 'settled') return [...cashLines(own), ...receivedBySetOff(own)];
  return latest.state !== 'in-transit' && endedBySetOff(latest, own) ? receivedBySetOff(own) : [];
}

const keyOf = ({ month, component }: { readonly month: string; readonly component: string }) =>
  `${month}/${component}`;

/** By the day that the bank or the signed paper names, then by payment. */
function latestFirst(one: Attempt, other: Attempt): number {
  const name = ({ release, outcome, payment }: Attempt) =>
    `${(outcome ?? release).bankDate ?? (outcome ?? release).at.slice(0, 10)} ${payment}`;
  return name(one) > name(other) ? -1 : 1;
}

const notReceived = (wanted: Fen, rest: Fen) =>
  refusal(
    'conflict/not-received',
    `拟追缴 ${toYuan(wanted)} 元，其中 ${toYuan(rest)} 元账上并未发放到位（在途、退回、或已责令追缴）：请核对后重新提出`,
    `of ${toYuan(wanted)} yuan to be recovered, ${toYuan(rest)} were not received by the books (in transit, returned, or ordered back already): check and propose again`,
    { wanted: toYuan(wanted), missing: toYuan(rest) },
  );
