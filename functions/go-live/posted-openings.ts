import type { Month, Period } from '../../domain/calendar.ts';
import type { Run } from '../../domain/run/run.ts';
import type { LedgerScope } from '../adapters/ledger-store.ts';
import type { LivePointer } from '../adapters/run-store.ts';
import type { RunPorts } from '../run/ports.ts';

/** Openings stand among the live pointers of a programme, under rounds of their own. */
export const isOpening = ({ round }: Pick<LivePointer, 'round'>): boolean => round.startsWith('O');

/** Openings whose entries are all in the ledger. While one is being posted, no run of the programme can start. */
export async function postedOpenings(
  { runs }: Pick<RunPorts, 'runs'>,
  pointers: readonly LivePointer[],
): Promise<Run[]> {
  const found = await Promise.all(pointers.filter(isOpening).map(({ runId }) => runs.load(runId)));
  return found.flatMap((run) => (run && (run.state === 'dispatched' || run.state === 'closed') ? [run] : []));
}

/** The months that an opening has lines for: each is a period of its own in the ledger. */
export const openedMonths = ({ totals }: Run): readonly Month[] => totals?.periods ?? [];

/** Where the ledger may have money of a programme: runs' own periods, and each month that an opening brought in. */
export async function ledgerPeriods({ runs }: Pick<RunPorts, 'runs'>, scope: LedgerScope): Promise<Period[]> {
  const pointers = await runs.livePointers(scope);
  const opened = (await postedOpenings({ runs }, pointers)).flatMap(openedMonths);
  const own = pointers.filter((pointer) => !isOpening(pointer)).map(({ period }) => period);
  return [...new Set([...own, ...opened])].sort();
}
