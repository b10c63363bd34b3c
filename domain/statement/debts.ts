import { chinaDate, type PlainDate } from '../calendar.ts';
import type { PaymentId } from '../ids.ts';
import { classOf } from '../ledger/accounts.ts';
import type { Entry } from '../ledger/entry.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { StatementSource } from './statement.ts';

/** What moves what a person has to give back (待追缴). `restored`: of a set-off, owed again. `bank-return`: the bank had sent it back. */
export type DebtKind =
  | 'ordered'
  | 'brought-in'
  | 'revoked'
  | 'received'
  | 'bank-return'
  | 'set-off'
  | 'restored'
  | 'waived';

export type DebtLine = {
  readonly kind: DebtKind;
  readonly on: PlainDate;
  /** With its sign: what is owed more is positive. */
  readonly fen: Fen;
  readonly payment: PaymentId;
  /** Of the enrolment's orders; absent of what an opening brought in. */
  readonly order?: number;
  /** Decision (文号) or voucher (缴款书). */
  readonly document?: string;
};

/** ordered + broughtIn − revoked = received + setOff + waived + outstanding, in fen. */
export type DebtTotals = {
  readonly ordered: Fen;
  readonly broughtIn: Fen;
  readonly revoked: Fen;
  readonly received: Fen;
  readonly setOff: Fen;
  readonly waived: Fen;
  readonly outstanding: Fen;
};

/** Every movement of the recoverable account of an enrolment, oldest first. */
export function debtLines({ entries }: Pick<StatementSource, 'entries'>): DebtLine[] {
  return entries
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .flatMap((entry) => {
      const amount = recoverableOf(entry);
      if (amount === 0) return [];
      const on = entry.bankDate ?? chinaDate(entry.at);
      const shared = { payment: entry.payment, on };
      if (entry.kind === 'release') return setOffLinesOf(entry, on);
      const { order, document } = entry.recovery ?? {};
      return [
        {
          ...shared,
          kind: kindOf(entry),
          fen: amount,
          ...(order !== undefined && { order }),
          ...(document !== undefined && { document }),
        },
      ];
    });
}

function kindOf({ kind, postings }: Entry): DebtKind {
  if (kind === 'recovered' && postings.some(({ account }) => classOf(account) === 'returned'))
    return 'bank-return';
  return KINDS[kind] ?? 'restored';
}

const KINDS: Partial<Record<Entry['kind'], DebtKind>> = {
  'recovery-ordered': 'ordered',
  'recovery-revoked': 'revoked',
  'recovery-waived': 'waived',
  recovered: 'received',
  opening: 'brought-in',
};

const setOffLinesOf = ({ lines = [], payment }: Entry, on: PlainDate): DebtLine[] =>
  lines
    .filter(({ kind }) => kind === 'set-off')
    .map(({ fen: amount, order }) => ({
      kind: 'set-off',
      on,
      payment,
      fen: amount,
      ...(order !== undefined && { order }),
    }));

/** @throws InvariantError when the lines are not the account's balance */
export function debtTotals(lines: readonly DebtLine[], entries: readonly Entry[]): DebtTotals {
  const sum = (...kinds: DebtKind[]) =>
    sumFen(lines.filter(({ kind }) => kinds.includes(kind)).map((line) => line.fen));
  const outstanding = sumFen(lines.map((line) => line.fen));
  invariant(
    outstanding === sumFen(entries.map(recoverableOf)),
    'the recoverable account is not what its movements come to',
  );
  return {
    ordered: sum('ordered'),
    broughtIn: sum('brought-in'),
    revoked: fen(0 - sum('revoked')),
    received: fen(0 - sum('received', 'bank-return')),
    setOff: fen(0 - sum('set-off', 'restored')),
    waived: fen(0 - sum('waived')),
    outstanding,
  };
}

/** Debit less credit of the recoverable account in an entry. */
const recoverableOf = ({ postings }: Entry): Fen =>
  fen(
    postings
      .filter(({ account }) => classOf(account) === 'recoverable')
      .reduce((total, { side, fen: amount }) => total + (side === 'debit' ? amount : 0 - amount), 0),
  );
