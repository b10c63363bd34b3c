import type { MessageQueues } from '../adapters/message-queues.ts';
import type { StreetReportStore } from '../adapters/street-report-store.ts';
import type { SweepStore } from '../adapters/sweep-store.ts';
import type { Clock } from '../wiring.ts';
import { announceAccepted } from './announce.ts';

type Ports = {
  readonly streetReports: StreetReportStore;
  readonly queues: MessageQueues;
  readonly sweeps: SweepStore;
  readonly clock: Clock;
};

/** Accepted rows that have not entered the register since the last look: their message is lost, or its worker died. */
export async function sweepStreetReports({ streetReports, queues, sweeps, clock }: Ports): Promise<number> {
  let mended = 0;
  for (const report of await streetReports.open(clock.now())) {
    if (!(await sweeps.stands(`street ${report.reportId}`, String(report.sequence)))) continue;
    if (await announceAccepted(queues, report)) mended += 1;
    else await streetReports.settle(report);
  }
  return mended;
}
