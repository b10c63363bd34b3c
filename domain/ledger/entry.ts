import type { Instant, PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { EnrolmentId, JurisdictionCode, PaymentId, ProgrammeId, RunId } from '../ids.ts';
import { type Fen, fen, sumFen } from '../money.ts';
import { invariant } from '../result.ts';
import type { PaymentLine } from '../run/draft.ts';
import { type Account, account } from './accounts.ts';
import { spentOn } from './spending.ts';

/** One side of an entry; amounts are positive. */
export type Posting = { readonly account: Account; readonly side: 'debit' | 'credit'; readonly fen: Fen };

/**
 * Slots of one attempt (发放次序) to pay. A slot holds facts that exclude each other, so writers who race compete for one
 * key: `outcome` is settled or failed and never both, `release` is sent to the bank, paid outside the system or posted from an imprest fund, and `reversal` is no
 * longer owed or surrendered to the treasury. In `recovery` each act on an order (追缴) has a key of its own.
 */
export const SLOTS = ['release', 'outcome', 'return', 'reversal', 'recovery'] as const;
export type Slot = (typeof SLOTS)[number];
export type EntryKind =
  | 'release'
  | 'opening'
  | 'imprest-paid'
  | 'paid-outside'
  | 'settled'
  | 'failed'
  | 'returned'
  | 'reversed'
  | 'surrendered'
  | RecoveryKind;
/** 追缴: ordered back; given back; given up; owed after all. */
export const RECOVERY_KINDS = [
  'recovery-ordered',
  'recovered',
  'recovery-waived',
  'recovery-revoked',
] as const;
export type RecoveryKind = (typeof RECOVERY_KINDS)[number];
export const SLOT_OF: Record<EntryKind, Slot> = {
  release: 'release',
  opening: 'release',
  'imprest-paid': 'release',
  'paid-outside': 'release',
  settled: 'outcome',
  failed: 'outcome',
  returned: 'return',
  reversed: 'reversal',
  surrendered: 'reversal',
  'recovery-ordered': 'recovery',
  recovered: 'recovery',
  'recovery-waived': 'recovery',
  'recovery-revoked': 'recovery',
};

/** How money reaches somebody without an instruction file: in cash against a signature, or by a transfer made by hand. */
export const OUTSIDE_MEANS = ['cash', 'manual-transfer'] as const;
export type OutsideMeans = (typeof OUTSIDE_MEANS)[number];

/** 系统外发放: what stands on paper of a payment made by hand. The date paid is the entry's `bankDate`, its other person `by`. */
export type PaidOutside = {
  readonly means: OutsideMeans;
  readonly voucher: string;
  /** Number or name of the document that shows it (signed receipt, transfer slip). */
  readonly evidence: string;
  readonly proposedBy: string;
};

/** 上缴财政: what stands on paper of unclaimed money given back. The date of it is the entry's `bankDate`, its other person `by`. */
export type Surrender = {
  /** Number of the 缴款书 by which it was paid in. */
  readonly voucher: string;
  readonly evidence: string;
  readonly proposedBy: string;
};

/** 追缴: which act on which order of the enrolment it writes, and the paper of it: decision (文号) or voucher (缴款书). */
export type RecoveryNote = {
  readonly order: number;
  /** Number of the act in the journal of the enrolment's recoveries. */
  readonly step: number;
  readonly document: string;
  readonly proposedBy?: string;
};

/** What happened, in the terms of the business: everything two writers of the same fact must agree on. */
export type EntryContent = {
  readonly kind: EntryKind;
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly payment: PaymentId;
  readonly enrolment: EnrolmentId;
  readonly attempt: number;
  readonly run: RunId;
  readonly fen: Fen;
  readonly postings: readonly Posting[];
  /** Instruction file and line that carry the attempt; empty and 0 when it was paid outside. */
  readonly file: string;
  readonly line: number;
  /** Months paid (release of attempt 1), no longer owed (reversal) or ordered back (recovery): what "accrued by month" is read from. */
  readonly lines?: readonly PaymentLine[];
  readonly street?: string;
  /** Which account on record was used: "<payee>.<n>". */
  readonly paidTo?: string;
  /** Paid outside only. */
  readonly outside?: PaidOutside;
  /** Surrendered only. */
  readonly surrender?: Surrender;
  /** Recoveries only. */
  readonly recovery?: RecoveryNote;
  /** Reversals only: the run under whose signatures it was taken back; `run` is that of the attempt. */
  readonly decidedIn?: RunId;
  /** Failed or returned: the internal reason code and the class of what to do. */
  readonly reason?: string;
  readonly bankDate?: PlainDate;
  readonly bankSerial?: string;
};

/**
 * A journal entry (分录) as stored: content, who and when, and three hashes. `c` covers the content and decides whether a second
 * writer says the same; `h` covers everything including `p`, the hash of the slot before, and is evidence.
 */
export type Entry = EntryContent & {
  readonly at: Instant;
  readonly by: string;
  readonly c: string;
  readonly h: string;
  readonly p: string;
};

/** @throws InvariantError unless debits equal credits and every amount is positive. */
export function assertBalanced(postings: readonly Posting[]): void {
  const side = (name: Posting['side']) =>
    sumFen(postings.filter((posting) => posting.side === name).map((posting) => posting.fen));
  invariant(
    postings.length > 0 && postings.every((posting) => posting.fen > 0),
    'postings are positive amounts of fen',
  );
  invariant(
    side('debit') === side('credit'),
    `an entry must balance: ${side('debit')} debit, ${side('credit')} credit`,
  );
}

/** Completes content to an entry: the only way to make one. @param previous the entry of the slot before, if any. */
export function makeEntry(
  sha256: Sha256,
  content: EntryContent,
  stamp: { at: Instant; by: string; previous?: Entry },
): Entry {
  assertBalanced(content.postings);
  const c = contentHash(sha256, 'ledger-content.v1', content);
  const body = { ...content, at: stamp.at, by: stamp.by, c, p: stamp.previous?.h ?? '' };
  return { ...body, h: contentHash(sha256, 'ledger-entry.v1', body) };
}

/** True when both hashes recompute from what the entry says. */
export function verifyEntry(sha256: Sha256, entry: Pick<Entry, 'at' | 'by' | 'c' | 'h' | 'p'>): boolean {
  const { h, c, p, at, by, ...content } = entry;
  return (
    c === contentHash(sha256, 'ledger-content.v1', content) &&
    h === contentHash(sha256, 'ledger-entry.v1', { ...content, at, by, c, p })
  );
}

type Instruction = Pick<
  EntryContent,
  'jurisdiction' | 'programme' | 'payment' | 'enrolment' | 'attempt' | 'run' | 'fen' | 'file' | 'line'
> & {
  readonly lines: readonly PaymentLine[];
  readonly street: string;
  readonly paidTo: string;
};

const debit = (name: Account, amount: Fen): Posting => ({ account: name, side: 'debit', fen: amount });
const credit = (name: Account, amount: Fen): Posting => ({ account: name, side: 'credit', fen: amount });

/**
 * 首次报盘: accrual and instruction together. Debit expense, credit payable; debit payable, credit in transit. What is set off (抵扣) is
 * accrued too, and debited to payable against the recoverable: `fen`, the file and the funds are of the rest.
 * @param debits `imprest` where the money is an advance to the funds that its components name, and no expense yet
 */
export function firstRelease(instruction: Instruction, debits?: 'imprest'): EntryContent {
  invariant(instruction.attempt === 1, 'only attempt 1 accrues');
  const { fen: amount, enrolment, programme, file, lines } = instruction;
  invariant(sumFen(lines.map((line) => line.fen)) === amount, 'a release pays exactly its lines');
  const due = lines.filter(({ kind }) => kind !== 'set-off');
  const accrued = sumFen(due.map((line) => line.fen));
  const setOff = fen(accrued - amount);
  return {
    kind: 'release',
    ...instruction,
    postings: [
      ...spentOn(programme, due, debits).map((spent) => debit(spent.account, spent.fen)),
      credit(account('payable', enrolment), accrued),
      debit(account('payable', enrolment), accrued),
      credit(account('in-transit', file), amount),
      ...(setOff > 0 ? [credit(account('recoverable', enrolment), setOff)] : []),
    ],
  };
}

/** 重发: attempt 2 and later, only after the one before failed (owed again) or came back (in suspense). */
export function nextRelease(
  instruction: Omit<Instruction, 'lines'>,
  after: 'failed' | 'returned',
): EntryContent {
  invariant(instruction.attempt > 1, 'attempt 1 accrues: use firstRelease');
  const from = account(after === 'failed' ? 'payable' : 'returned', instruction.enrolment);
  return {
    kind: 'release',
    ...instruction,
    postings: [
      debit(from, instruction.fen),
      credit(account('in-transit', instruction.file), instruction.fen),
    ],
  };
}

/**
 * 系统外发放: the next attempt, made by hand. Debit what is owed (payable after a failure, suspense after a return), credit the
 * clearing account, from which the cash was drawn or the transfer made. It is its own settlement: no outcome follows.
 */
export function paidOutside(last: Entry, paidOn: PlainDate, outside: PaidOutside, amount: Fen): EntryContent {
  invariant(
    last.kind === 'failed' || last.kind === 'returned',
    'only what failed or came back is paid outside',
  );
  const { jurisdiction, programme, payment, enrolment, run } = last;
  return {
    kind: 'paid-outside',
    jurisdiction,
    programme,
    payment,
    enrolment,
    attempt: last.attempt + 1,
    run,
    fen: amount,
    file: '',
    line: 0,
    outside,
    bankDate: paidOn,
    postings: [
      debit(account(last.kind === 'failed' ? 'payable' : 'returned', enrolment), amount),
      credit('clearing', amount),
    ],
  };
}

/** True of what was settled without an outcome and can come back: a transfer by hand, or a payment of before go-live; never cash. */
export const mayComeBack = ({ kind, outside }: Entry): boolean =>
  kind === 'opening' || outside?.means === 'manual-transfer';

/** What the bank said of one released attempt. */
export type BankWord = {
  readonly reason?: string;
  readonly bankDate?: PlainDate;
  readonly bankSerial?: string;
};

function follow(release: Entry, kind: EntryKind, postings: Posting[], word: BankWord): EntryContent {
  const sent = release.kind === 'release' || (kind === 'returned' && mayComeBack(release));
  invariant(sent, `${kind} follows a release`);
  const { jurisdiction, programme, payment, enrolment, attempt, run, file, line } = release;
  return {
    kind,
    jurisdiction,
    programme,
    payment,
    enrolment,
    attempt,
    run,
    fen: release.fen,
    file,
    line,
    postings,
    ...word,
  };
}

/** 发放成功: debit in transit, credit the clearing account. */
export function settled(release: Entry, word: BankWord): EntryContent {
  return follow(
    release,
    'settled',
    [debit(account('in-transit', release.file), release.fen), credit('clearing', release.fen)],
    word,
  );
}

/** 发放失败: never credited; owed to the enrolment again. */
export function failed(release: Entry, word: BankWord & { reason: string }): EntryContent {
  const { fen: amount, file, enrolment } = release;
  return follow(
    release,
    'failed',
    [debit(account('in-transit', file), amount), credit(account('payable', enrolment), amount)],
    word,
  );
}

/** 退回: credited and came back to the clearing account; in suspense until sent again. */
export function returned(release: Entry, word: BankWord & { reason: string }): EntryContent {
  const { fen: amount, enrolment } = release;
  return follow(
    release,
    'returned',
    [debit('clearing', amount), credit(account('returned', enrolment), amount)],
    word,
  );
}
