import { type StreetReport, versionsToApply } from '../../domain/street/report.ts';
import { StreetRowsAccepted } from '../../events/imports.ts';
import type { MessageQueues } from '../adapters/message-queues.ts';

/** Queues the accepted rows of a report for the register, while there are any that are not in it. */
export async function announceAccepted(queues: MessageQueues, report: StreetReport): Promise<boolean> {
  const version = versionsToApply(report).at(-1)?.version;
  if (version === undefined) return false;
  await queues.send('imports', StreetRowsAccepted, {
    type: 'street-report.rows-accepted',
    version: 1,
    reportId: report.reportId,
    reportVersion: version,
  });
  return true;
}
