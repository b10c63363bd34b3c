import type { RunId } from '../ids.ts';
import { sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { account } from './accounts.ts';
import type { Entry, EntryContent } from './entry.ts';
import { spentOn } from './spending.ts';

/**
 * The run in whose journal an entry stands and whose seal covers it. A reversal follows the attempt of one run under the signatures of
 * another: the first may have been sealed before.
 */
export const journalOf = ({ run, decidedIn }: Pick<Entry, 'run' | 'decidedIn'>): RunId => decidedIn ?? run;

/**
 * 冲销: what was accrued and never received is no longer owed. Debit where it stands (payable after a failure, suspense after a
 * return), credit the expense that it was accrued to. No money moves: what was funded for it stays in the clearing account. What had been
 * set off (抵扣) against such a month is recoverable again.
 *
 * @param last the entry by which the payment's last attempt failed or came back
 * @param lines the part that is no longer owed; positive amounts, those of kind `set-off` never were cash
 * @param decidedIn the run whose signatures cover it
 * @param debits as of the first release
 */
export function reversed(
  last: Entry,
  lines: readonly PaymentLine[],
  decidedIn: RunId,
  debits?: 'imprest',
): EntryContent {
  invariant(
    last.kind === 'failed' || last.kind === 'returned',
    'only what failed or came back is no longer owed by an entry',
  );
  const { jurisdiction, programme, payment, enrolment, attempt, run, file, line } = last;
  const sum = (some: readonly PaymentLine[]) => sumFen(some.map((one) => one.fen));
  const amount = sum(lines.filter(({ kind }) => kind !== 'set-off'));
  const restored = sum(lines.filter(({ kind }) => kind === 'set-off'));
  invariant(amount <= last.fen, `${payment}: more is taken back than attempt ${attempt} carried`);
  const from = account(last.kind === 'failed' ? 'payable' : 'returned', enrolment);
  return {
    kind: 'reversed',
    jurisdiction,
    programme,
    payment,
    enrolment,
    attempt,
    run,
    fen: amount,
    file,
    line,
    lines,
    decidedIn,
    postings: [
      ...(amount > 0 ? [{ account: from, side: 'debit' as const, fen: amount }] : []),
      ...(restored > 0
        ? [{ account: account('recoverable', enrolment), side: 'debit' as const, fen: restored }]
        : []),
      ...spentOn(programme, lines, debits).map((spent) => ({ ...spent, side: 'credit' as const })),
    ],
  };
}
