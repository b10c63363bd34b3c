import type { PlainDate } from '../calendar.ts';
import type { ProgrammeId, RunId } from '../ids.ts';
import type { Fen } from '../money.ts';
import { daysBetween } from '../working-days.ts';

/** Calendar days for which money may stand still: funded and not sent, or sent and not answered (审计问题 C6 资金滞留). */
export const STUCK_DAYS = 30;

/** 资金滞留: what the finance bureau funded and nobody sent, or what was sent and the bank has not answered in full. */
export type StuckMoney = {
  readonly runId: RunId;
  readonly programme: ProgrammeId;
  readonly kind: 'funded-not-sent' | 'sent-not-answered';
  readonly since: PlainDate;
  readonly days: number;
  readonly fen: Fen;
};

/** Money that stands still for more than 30 days, the oldest first. */
export function stuckMoney(standing: readonly Omit<StuckMoney, 'days'>[], today: PlainDate): StuckMoney[] {
  return standing
    .map((one) => ({ ...one, days: daysBetween(one.since, today) }))
    .filter(({ days, fen }) => days > STUCK_DAYS && fen > 0)
    .toSorted((a, b) => b.days - a.days || (a.runId < b.runId ? -1 : 1));
}
