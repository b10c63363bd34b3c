import type { ReturnCode } from '../../domain/bank/return-codes.ts';
import { parsePaymentId } from '../../domain/ids.ts';
import type { Entry } from '../../domain/ledger/entry.ts';
import type { BankDeathStore } from '../adapters/bank-death-store.ts';
import type { FollowUpStore } from '../adapters/follow-up-store.ts';

const DECEASED: ReturnCode = 'DECEASED';

/**
 * What failed or came back goes on the list of open money, right after its entry. Other entries are not listed. What came back is
 * marked as well: the run may be closed, and the budget is then to be counted again. So is
 * a death that the bank told of: the register is to know of it.
 */
export async function listOpen(
  ports: { readonly followUps: FollowUpStore; readonly bankDeaths: BankDeathStore },
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
  if (kind === 'returned') {
    const { period, round } = parsePaymentId(payment);
    await ports.followUps.markReturned(entry, `${period}#${round}`, entry.at);
  }
  if (entry.reason === DECEASED) await ports.bankDeaths.mark(entry);
  await ports.followUps.listOpen(entry, open);
}
