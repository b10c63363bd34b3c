import type { Month } from '../../domain/calendar.ts';
import type { Run } from '../../domain/run/run.ts';
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
