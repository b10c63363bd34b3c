import type { ReturnCode } from '../../domain/bank/return-codes.ts';
import { parsePaymentId } from '../../domain/ids.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { BankDeathStore } from '../adapters/bank-death-store.ts';
import type { FollowUpStore } from '../adapters/follow-up-store.ts';
import type { Clock } from '../wiring.ts';

const DECEASED: ReturnCode = 'DECEASED';

/**
 * What failed or came back goes on the list of open money, right after its entry. Other entries are not listed. What came back is
 * marked as well, with now and once: the run may be closed, and the budget is then to be counted again; a mark set back would let a
 * later return pass for counted. A death that the bank told of is marked too: the register is to know of it.
 */
export async function listOpen(
  ports: {
    readonly followUps: FollowUpStore;
    readonly bankDeaths: BankDeathStore;
    readonly clock: Pick<Clock, 'now'>;
  },
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
  if (kind === 'returned' && !(await ports.followUps.isListed(entry, open))) {
    const { period, round } = parsePaymentId(payment);
    await ports.followUps.markReturned(entry, `${period}#${round}`, ports.clock.now());
  }
  if (entry.reason === DECEASED) await ports.bankDeaths.mark(entry);
  await ports.followUps.listOpen(entry, open);
}
