import type { Entry } from '../../domain/ledger/entry.ts';
import type { FollowUpStore } from '../adapters/follow-up-store.ts';

/** What failed or came back goes on the list of open money, right after its entry. Other entries are not listed. */
export async function listOpen(
  ports: { readonly followUps: FollowUpStore },
  entry: Entry | undefined,
): Promise<void> {
  if (entry?.kind !== 'failed' && entry?.kind !== 'returned') return;
  const { payment, enrolment, attempt, fen, kind } = entry;
  const open = {
    payment,
    enrolment,
    attempt,
    runId: entry.run,
    kind,
    fen,
    reason: entry.reason ?? 'OTHER',
    since: entry.at,
  };
  await ports.followUps.listOpen(entry, open);
}
