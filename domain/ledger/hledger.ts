import { chinaDate } from '../calendar.ts';
import { type Fen, fen, toYuan } from '../money.ts';
import { ACCOUNT_CLASSES, type Account, classOf } from './accounts.ts';
import { isFunding, type JournalEntry } from './funding.ts';
import { type AccountTotals, classTotals, isPerEnrolment } from './trial-balance.ts';

/**
 * A ledger written as text, section by section: a run may have more entries than memory holds. `foot` is asked for last. All entries
 * of an enrolment are in one section.
 */
export type LedgerText = {
  readonly head: string;
  readonly section: (entries: readonly JournalEntry[]) => string;
  readonly foot: () => string;
};

/**
 * The ledger as an hledger journal: plain text that an auditor checks with a tool that we did not write (`hledger check -s`).
 * Accounts and commodity are declared, each transaction carries its entry's hash, and the last one asserts control totals
 * that were counted apart from the transactions.
 */
export function hledgerJournal(title: string): LedgerText {
  const classes = Object.values(ACCOUNT_CLASSES).map(({ hledger }) => hledger);
  const declared = new Set<string>(classes);
  const totals = classTotals();
  let count = 0;
  let last = '';
  return {
    head: text([`; ${title}`, 'commodity 1000.00 CNY', '', ...classes.toSorted().map(declaration), '']),
    section(entries) {
      const found = new Set<string>();
      for (const { postings } of entries) {
        totals.add(postings);
        for (const { account } of postings) {
          const name = hledgerAccount(account);
          if (declared.has(name)) continue;
          found.add(name);
          // An account of an enrolment is met in this section only, and need not be kept in mind.
          if (!isPerEnrolment(account)) declared.add(name);
        }
      }
      count += entries.length;
      for (const date of entries.map(dateOf)) if (date > last) last = date;
      return text([...[...found].toSorted().map(declaration), '', ...entries.map(transaction)]);
    },
    foot: () => (count === 0 ? '' : text([controlTotals(last, count, totals.totals())])),
  };
}

const declaration = (account: string): string => `account ${account}`;
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

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
  if (isFunding(entry)) return entry.date;
  return entry.bankDate ?? chinaDate(entry.at);
}

function transaction(entry: JournalEntry): string {
  const of = isFunding(entry) ? entry.voucher : `${entry.payment} ${entry.attempt}`;
  const outside = isFunding(entry) ? undefined : entry.outside;
  const surrender = isFunding(entry) ? undefined : entry.surrender;
  const recovery = isFunding(entry) ? undefined : entry.recovery;
  const postings = entry.postings.map(
    ({ account, side, fen: amount }) => `    ${hledgerAccount(account)}  ${signed(side, amount)} CNY`,
  );
  return [
    `${dateOf(entry)} (${entry.h.slice(0, 12)}) ${entry.kind} ${of}`,
    `    ; hash:${entry.h}`,
    ...(outside ? [`    ; ${outside.means}, voucher ${outside.voucher}`] : []),
    ...(surrender ? [`    ; surrendered to the treasury, voucher ${surrender.voucher}`] : []),
    ...(recovery ? [`    ; recovery order ${recovery.order}, document ${recovery.document}`] : []),
    ...(entry.kind === 'reversed' ? [`    ; no longer owed, decided in ${entry.decidedIn}`] : []),
    ...postings,
    '',
  ].join('\n');
}

function controlTotals(last: string, count: number, totals: readonly AccountTotals[]): string {
  const balances = new Map(totals.map(({ account, debit, credit }) => [account, debit - credit]));
  const assertions = Object.entries(ACCOUNT_CLASSES).map(
    ([kind, { hledger }]) =>
      `    ${hledger}  0.00 CNY =* ${toYuan(fen(balances.get(kind as Account) ?? 0))} CNY`,
  );
  return [`${last} control totals of ${count} entries`, ...assertions].join('\n');
}
