import { addMonths, type Month, monthRange } from '../calendar.ts';
import { type Fen, fen } from '../money.ts';
import { ok, type Result } from '../result.ts';

/** A service that counts against what a person may have for its month (服务账户). `basis`: the row that it came by. */
export type AccountEntry = { readonly basis: string; readonly month: Month; readonly fen: Fen };

/** What lapses with its month, or may still be used so many months later. */
export type CarryRule = { readonly rule: 'lapses' } | { readonly rule: 'carries'; readonly months: number };

/**
 * What is left for a service in a month beside those that count already, in fen. Each service uses the allowance that lapses first. A
 * service of an earlier month that comes late gets no more than what it leaves to those of later months: nothing is paid for twice.
 *
 * Refusals: those of `allowance`, asked for the months that matter alone.
 */
export function leftFor(
  entries: readonly AccountEntry[],
  month: Month,
  carry: CarryRule,
  allowance: (month: Month) => Result<Fen>,
): Result<Fen> {
  const reach = carry.rule === 'carries' ? carry.months : 0;
  // With nothing carried over, no other month matters.
  const known = reach === 0 ? entries.filter((entry) => entry.month === month) : entries;
  const earliest = known.reduce((first, entry) => (entry.month < first ? entry.month : first), month);
  const last = known.reduce((latest, entry) => (entry.month > latest ? entry.month : latest), month);
  const granted = new Map<Month, Fen>();
  for (const one of monthRange(addMonths(earliest, -reach), last)) {
    const due = allowance(one);
    if (!due.ok) return due;
    granted.set(one, due.value);
  }
  const before = unmet(known, granted, reach);
  // What is asked for grows until it takes from others; the shortage is what it could not get.
  const most = [...granted.values()].reduce<number>((sum, due) => sum + due, 0);
  const asked = { basis: '', month, fen: fen(most) };
  const after = unmet([...known, asked], granted, reach);
  return ok(fen(most - (after - before)));
}

/** What services could not be paid from the allowances that reach them; the oldest allowance is used first. */
function unmet(entries: readonly AccountEntry[], granted: ReadonlyMap<Month, Fen>, reach: number): number {
  const left = new Map<Month, number>(granted);
  let missing = 0;
  for (const { month, fen: amount } of entries.toSorted((a, b) =>
    a.month < b.month ? -1 : Number(a.month > b.month),
  )) {
    let open: number = amount;
    for (const from of monthRange(addMonths(month, -reach), month)) {
      const used = Math.min(open, left.get(from) ?? 0);
      left.set(from, (left.get(from) ?? 0) - used);
      open -= used;
    }
    missing += open;
  }
  return missing;
}
