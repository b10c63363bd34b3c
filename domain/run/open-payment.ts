import type { PaymentId } from '../ids.ts';
import { fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { PaymentLine } from './draft.ts';

/** A payment that failed or came back: owed, not received, and nobody else's to send (重发). */
export type OpenPayment = {
  readonly payment: PaymentId;
  /** The attempt that sending it again would be. */
  readonly attempt: number;
  /** What stands of it: positive amounts, each month and component once. */
  readonly lines: readonly PaymentLine[];
  /** What was set off (抵扣) of its months, to be restored where they are no longer owed; negative. */
  readonly setOff?: readonly PaymentLine[];
  /** False while it waits for another account or somebody's word: then only what is wholly no longer owed is touched. */
  readonly sendAgain: boolean;
};

/** What a supplementary run does with it: sends again what is still owed and takes back the rest (冲销). */
export type Resumed = {
  readonly payment: PaymentId;
  readonly attempt: number;
  readonly lines: readonly PaymentLine[];
  readonly cancelled: readonly PaymentLine[];
};

export const lineKey = ({ month, component }: Pick<PaymentLine, 'month' | 'component'>): string =>
  `${month}/${component}`;

/**
 * Shares out what is accrued beyond what is owed over the payments that nobody has received yet, the newest first; what they cannot
 * take is with the beneficiary or with the bank. Of each payment the rest may be sent again without anybody getting more than is
 * owed. A payment that waits keeps what is owed of it, and is shared out anew next time.
 *
 * @param excess fen beyond what is owed, by month and component; positive
 */
export function resumeOpen(open: readonly OpenPayment[], excess: ReadonlyMap<string, number>): Resumed[] {
  const left = new Map(excess);
  const resumed: Resumed[] = [];
  for (const { payment, attempt, lines, setOff = [], sendAgain } of open.toSorted(newestFirst)) {
    const kept: PaymentLine[] = [];
    const cancelled: PaymentLine[] = [];
    for (const line of lines) {
      const less = Math.min(line.fen, left.get(lineKey(line)) ?? 0);
      left.set(lineKey(line), (left.get(lineKey(line)) ?? 0) - less);
      if (less > 0) cancelled.push({ ...line, fen: fen(less) });
      if (line.fen > less) kept.push({ ...line, fen: fen(line.fen - less) });
    }
    invariant(
      sumFen([...kept, ...cancelled].map((line) => line.fen)) === sumFen(lines.map((line) => line.fen)),
      `${payment} is not shared out exactly`,
    );
    const nothing = kept.length === 0 && cancelled.length === 0;
    cancelled.push(...restored(setOff, kept, left));
    if (!nothing && (sendAgain || kept.length === 0))
      resumed.push({ payment, attempt, lines: kept, cancelled });
  }
  return resumed.toReversed();
}

/** Set-offs of months that are not sent again at all, as far as these are no longer owed either; positive. */
function restored(
  setOff: readonly PaymentLine[],
  kept: readonly PaymentLine[],
  left: Map<string, number>,
): PaymentLine[] {
  const sent = new Set(kept.map(lineKey));
  return setOff.flatMap(({ month, component, fen: taken, kind }) => {
    const key = lineKey({ month, component });
    const back = sent.has(key) ? 0 : Math.min(0 - taken, left.get(key) ?? 0);
    left.set(key, (left.get(key) ?? 0) - back);
    return back > 0 ? [{ month, component, fen: fen(back), kind }] : [];
  });
}

const newestFirst = (a: OpenPayment, b: OpenPayment): number => (a.payment < b.payment ? 1 : -1);
