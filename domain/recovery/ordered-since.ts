import type { Instant } from '../calendar.ts';
import { type Fen, sumFen } from '../money.ts';
import type { Recoveries } from './recovery.ts';

/** What orders took back of a month's component since a run looked at the books, in fen: the run proposes as much no longer. */
export function orderedSince(
  { orders }: Recoveries,
  lookedAt: Instant,
  { month, component }: { readonly month: string; readonly component: string },
): Fen {
  const since = orders.filter(({ ordered }) => ordered !== undefined && ordered.at > lookedAt);
  const lines = since.flatMap(({ ordered }) => (ordered?.parts ?? []).flatMap((part) => part.lines));
  return sumFen(
    lines.filter((line) => line.month === month && line.component === component).map((line) => line.fen),
  );
}
