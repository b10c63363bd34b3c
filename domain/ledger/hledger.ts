import { chinaDate } from '../calendar.ts';
import { type Fen, fen, toYuan } from '../money.ts';
import { ACCOUNT_CLASSES, type Account, classOf } from './accounts.ts';
import type { JournalEntry } from './entry.ts';
import { type AccountTotals, accountTotals, classTotals } from './trial-balance.ts';

/**
 * The ledger as an hledger journal: plain text that an auditor checks with a tool that we did not write (`hledger check -s`).
 * Accounts and commodity are declared, each transaction carries its entry's hash, and the last one asserts control totals
 * that were counted apart from the transactions.
 */
export function hledgerJournal(entries: readonly JournalEntry[], title: string): string {
  const totals = accountTotals(entries);
  const declared = new Set([
    ...totals.map(({ account }) => hledgerAccount(account)),
    ...Object.values(ACCOUNT_CLASSES).map((kind) => kind.hledger),
  ]);
  const parts = [
    `; ${title}`,
    'commodity 1000.00 CNY',
    '',
    ...[...declared].sort().map((account) => `account ${account}`),
    '',
  ];
  for (const entry of entries) parts.push(transaction(entry));
  parts.push(controlTotals(entries, totals));
  return `${parts.join('\n')}\n`;
}

function hledgerAccount(account: Account): string {
  const kind = ACCOUNT_CLASSES[classOf(account)].hledger;
  const detail = account.slice(classOf(account).length + 1);
  return detail === '' ? kind : `${kind}:${detail}`;
}

/** Debits are positive in hledger, credits negative. */
const signed = (side: 'debit' | 'credit', amount: Fen): string =>
  toYuan(side === 'debit' ? amount : fen(0 - amount));

/** The bank's day, or the day in China on which it was recorded. */
function dateOf(entry: JournalEntry): string {
  if (entry.kind === 'funding') return entry.date;
  return entry.bankDate ?? chinaDate(entry.at);
}

function transaction(entry: JournalEntry): string {
  const what =
    entry.kind === 'funding' ? `funding ${entry.voucher}` : `${entry.kind} ${entry.payment} ${entry.attempt}`;
  const outside = entry.kind === 'funding' ? undefined : entry.outside;
  const postings = entry.postings.map(
    ({ account, side, fen: amount }) => `    ${hledgerAccount(account)}  ${signed(side, amount)} CNY`,
  );
  return [
    `${dateOf(entry)} (${entry.h.slice(0, 12)}) ${what}`,
    `    ; hash:${entry.h}`,
    ...(outside ? [`    ; ${outside.means}, voucher ${outside.voucher}`] : []),
    ...(entry.kind === 'reversed' ? [`    ; no longer owed, decided in ${entry.decidedIn}`] : []),
    ...postings,
    '',
  ].join('\n');
}

function controlTotals(entries: readonly JournalEntry[], totals: readonly AccountTotals[]): string {
  const last = entries.map(dateOf).sort().at(-1);
  if (last === undefined) return '';
  const balances = new Map(
    classTotals(totals).map(({ account, debit, credit }) => [account, debit - credit]),
  );
  const assertions = Object.entries(ACCOUNT_CLASSES).map(
    ([kind, { hledger }]) =>
      `    ${hledger}  0.00 CNY =* ${toYuan(fen(balances.get(kind as Account) ?? 0))} CNY`,
  );
  return [`${last} control totals of ${entries.length} entries`, ...assertions, ''].join('\n');
}
