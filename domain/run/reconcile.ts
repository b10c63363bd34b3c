import type { BankAnswer } from '../bank/answer.ts';
import type { ReturnCode } from '../bank/return-codes.ts';
import type { Instant } from '../calendar.ts';
import { endToEndId, type PaymentId } from '../ids.ts';
import {
  type BankWord,
  type Entry,
  type EntryContent,
  failed,
  mayComeBack,
  returned,
  settled,
} from '../ledger/entry.ts';
import type { Fen } from '../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../result.ts';

/** The closed list of ways in which a bank's line does not fit what the ledger knows (差异). */
export const EXCEPTION_KINDS = [
  /** No such line was sent in that file, or it names another payment than the one that was sent there. */
  'unknown',
  /** The file cannot be read at that line. */
  'unreadable',
  /** Two lines of one file speak of the same payment and differ. */
  'duplicate',
  /** The amount is not the one instructed. */
  'amount-mismatch',
  /** Credited, after it was reported as failed. */
  'late-success',
  /** The same, and the next attempt had been sent meanwhile: the bank has paid twice, and gives one of the two back. */
  'paid-twice-by-bank',
  /** Failed, after it was reported as credited; a return is another thing. */
  'late-failure',
  /** Came back without ever having been reported as credited. */
  'return-without-success',
  /** The same outcome again with another date, serial or reason. */
  'repeated-differently',
  /** The bank never answered, or its line could not be read; reported by a person who asked the bank. */
  'unanswered',
  /** A transfer made by hand came back; reported by a person. */
  'outside-returned',
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** A bank's line that wrote no outcome and waits for a person. Holds no name and no account. */
export type BankException = {
  readonly kind: ExceptionKind;
  readonly result: string;
  readonly file: string;
  /** Position of the line in the result file, from 1. */
  readonly resultLine: number;
  readonly sequence?: number;
  readonly payment?: PaymentId;
  readonly attempt?: number;
  readonly instructedFen?: Fen;
  readonly statedFen?: Fen;
  readonly statedStatus?: BankAnswer['status'];
  readonly statedReason?: ReturnCode;
  readonly bookedOn?: string;
  readonly bankSerial?: string;
  /** Who reported it by hand, and what the bank said: somebody else decides. */
  readonly reportedBy?: string;
  readonly note?: string;
  /** When it was first raised; absent from those of before this was kept. */
  readonly raisedAt?: Instant;
  /** Key of the entry on the statement of the payer's account that says it; absent when an answer to a file does. */
  readonly statementEntry?: string;
  /** A credit on the payer's account, from a bank that debits whole files and credits back what failed. */
  readonly creditedBack?: true;
};

/** Decisions that write no entry, by why none is needed: nothing happened to the money, the bank puts it right, or it is said elsewhere. */
export const NO_ENTRY_DECISIONS = ['no-entry-needed', 'bank-corrects', 'duplicate-of'] as const;
export type NoEntryDecision = (typeof NO_ENTRY_DECISIONS)[number];
export const EXCEPTION_DECISIONS = ['settled', 'failed', 'returned', ...NO_ENTRY_DECISIONS] as const;
/** What a person decided about an exception, after asking the bank. */
export type ExceptionDecision = {
  readonly decision: (typeof EXCEPTION_DECISIONS)[number];
  readonly reason: string;
  /** The exception, line or reference that says the same; with `duplicate-of` only. */
  readonly duplicateOf?: string;
  readonly by: string;
  readonly at: Instant;
};

export type Reconciled =
  | { readonly kind: 'record'; readonly entry: EntryContent }
  | { readonly kind: 'already' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'exception'; readonly exception: ExceptionKind };

/**
 * What one answer of a bank means for one released attempt. Pure, and the same whatever came before: an answer that was already
 * recorded is recognised by its content, and none ever changes an outcome. It names the attempt by its place in the file, by its
 * end-to-end id, or by both, which then have to agree.
 *
 * @param slots the attempt's entries (release, outcome, return) as read strongly; empty when nothing was released
 */
export function reconcileLine(line: BankAnswer, file: string, slots: readonly Entry[]): Reconciled {
  const release = slots.find((entry) => entry.kind === 'release');
  if (!release || release.file !== file || !names(line, release)) return exception('unknown');
  if (release.fen !== line.fen) return exception('amount-mismatch');
  const outcome = slots.find((entry) => entry.kind === 'settled' || entry.kind === 'failed');
  const back = slots.find((entry) => entry.kind === 'returned');
  const word = bankWord(line);
  switch (line.status) {
    case 'pending':
      return outcome ? { kind: 'already' } : { kind: 'pending' };
    case 'settled':
      if (outcome?.kind === 'failed') return exception('late-success');
      return once(outcome, settled(release, word));
    case 'failed':
      if (outcome?.kind === 'settled') return exception('late-failure');
      return once(outcome, failed(release, { ...word, reason: line.reason ?? 'OTHER' }));
    case 'returned':
      if (outcome?.kind !== 'settled') return exception('return-without-success');
      return once(back, returned(release, { ...word, reason: line.reason ?? 'OTHER' }));
    default:
      return line.status satisfies never;
  }
}

/** Most payments of a programme have one amount, so a bank's file whose lines slipped would pass by place and amount alone. */
function names({ sequence, endToEndId: named }: BankAnswer, release: Entry): boolean {
  if (sequence === undefined && named === '') return false;
  return (
    (sequence === undefined || sequence === release.line) &&
    (named === '' || named === endToEndId(release.payment, release.attempt))
  );
}

const exception = (kind: ExceptionKind): Reconciled => ({ kind: 'exception', exception: kind });

function bankWord(line: BankAnswer): BankWord {
  return {
    ...(line.bookedOn !== undefined && { bankDate: line.bookedOn }),
    ...(line.bankSerial !== '' && { bankSerial: line.bankSerial }),
  };
}

/** Prefix of the reason of an outcome that a person decided. */
export const DECIDED = 'DECIDED';

/** Who wrote an entry that was read from the statement of the payer's account, and not from an answer to a file. */
export const BY_STATEMENT = 'bank-statement';

/**
 * A slot that is taken by the same words is done; by a person's decision or by the statement of the account, too: the line adds
 * nothing to it, and the statement has references of its own.
 */
function once(existing: Entry | undefined, entry: EntryContent): Reconciled {
  if (!existing) return { kind: 'record', entry };
  const decided = existing.by === BY_STATEMENT || (existing.reason?.startsWith(`${DECIDED}:`) ?? false);
  const same =
    existing.reason === entry.reason &&
    existing.bankDate === entry.bankDate &&
    existing.bankSerial === entry.bankSerial;
  return existing.kind === entry.kind && (decided || same)
    ? { kind: 'already' }
    : exception('repeated-differently');
}

export const isNoEntry = (decision: ExceptionDecision['decision']): decision is NoEntryDecision =>
  NO_ENTRY_DECISIONS.some((one) => one === decision);

/** `duplicate-of` names what it repeats, and nothing else does. Refusal `invalid/duplicate-of`. */
export function wrongDuplicate(
  decision: ExceptionDecision['decision'],
  duplicateOf: string | undefined,
): Refusal | undefined {
  if ((decision === 'duplicate-of') === (duplicateOf !== undefined)) return undefined;
  return refusal(
    'invalid/duplicate-of',
    '“重复”须写明与哪一条重复（duplicateOf），其他处理不写',
    '`duplicate-of` has to name what it repeats (duplicateOf), other decisions name nothing',
    { decision },
  );
}

/** What was stored before the reasons were told apart said `ignored` for all of them. */
export function storedDecision(
  decision: Omit<ExceptionDecision, 'decision'> & { readonly decision: string },
): ExceptionDecision {
  const known = EXCEPTION_DECISIONS.find((one) => one === decision.decision);
  return { ...decision, decision: known ?? 'no-entry-needed' };
}

/** A late success is another thing once the payment was sent again: then it is not one payment that may be settled, but two. */
export function lateSuccessKind(nextAttempt: readonly Entry[]): 'late-success' | 'paid-twice-by-bank' {
  const sent = nextAttempt.some((entry) => entry.kind === 'release' || entry.kind === 'paid-outside');
  return sent ? 'paid-twice-by-bank' : 'late-success';
}

/**
 * The entry that a decision writes, or undefined when it writes none. The instructed amount is settled, failed or returned as a
 * whole: the ledger never records an amount that was not approved.
 */
export function decidedEntry(
  found: BankException,
  decision: ExceptionDecision['decision'],
  slots: readonly Entry[],
): Result<EntryContent | undefined> {
  if (isNoEntry(decision)) return ok(undefined);
  const outside = slots.find((entry) => entry.kind === 'paid-outside');
  if (outside) return decidedOutside(outside, found, decision, slots);
  const release = slots.find((entry) => entry.kind === 'release');
  if (!release) {
    return refuse(
      refusal(
        'conflict/nothing-released',
        '本批次没有发出过这笔，只能选择不入账的处理（无需入账、银行更正、重复）',
        'no such payment was sent: only a decision without an entry is possible',
      ),
    );
  }
  const outcome = slots.find((entry) => entry.kind === 'settled' || entry.kind === 'failed');
  const reason = `${DECIDED}:${found.kind}`;
  if (decision === 'returned') {
    if (outcome?.kind !== 'settled') {
      return refuse(
        refusal(
          'conflict/not-settled',
          '该笔尚未记为发放成功，不能记退回',
          'the payment is not settled: it cannot have come back',
        ),
      );
    }
    if (slots.some((entry) => entry.kind === 'returned')) return ok(undefined);
    return ok(returned(release, wordsOfReturn(found) ?? { reason }));
  }
  if (outcome && outcome.kind !== decision) {
    return refuse(
      refusal(
        'conflict/outcome-recorded',
        '该笔已有不同的结果入账，不能更改；资金差异请另行处理',
        'another outcome is recorded and stays: settle the difference with the bank',
        { recorded: outcome.kind },
      ),
    );
  }
  if (outcome) return ok(undefined);
  return ok(decision === 'settled' ? settled(release, { reason }) : failed(release, { reason }));
}

/**
 * The bank's own words for a return that it announced before the success: the entry is then the one that the order of events
 * would have written.
 */
function wordsOfReturn(found: BankException): (BankWord & { readonly reason: string }) | undefined {
  const { kind, bookedOn, bankSerial = '', statedReason } = found;
  if (kind !== 'return-without-success' || statedReason === undefined) return undefined;
  return {
    ...(bookedOn !== undefined && { bankDate: bookedOn }),
    ...(bankSerial !== '' && { bankSerial }),
    reason: statedReason,
  };
}

/**
 * A return that came before its success is resolved by nobody's decision but the bank's own, once the success is recorded. Where the
 * bank debits whole files and credits back what failed, such a credit is no return once the failure is recorded.
 */
export function resolvedByBank(
  found: BankException,
  slots: readonly Entry[],
): 'returned' | 'no-entry-needed' | undefined {
  if (found.kind !== 'return-without-success') return undefined;
  if (slots.some((entry) => entry.kind === 'settled')) return 'returned';
  const failedSince = found.creditedBack === true && slots.some((entry) => entry.kind === 'failed');
  return failedSince ? 'no-entry-needed' : undefined;
}

/** What was paid outside is settled by its own entry: all that can still happen is that a transfer comes back. */
function decidedOutside(
  outside: Entry,
  found: BankException,
  decision: ExceptionDecision['decision'],
  slots: readonly Entry[],
): Result<EntryContent | undefined> {
  if (decision !== 'returned' || !mayComeBack(outside)) {
    return refuse(
      refusal(
        'conflict/paid-outside',
        '该笔已在系统外发放：只有手工转账可以记退回，其余只能选择不入账的处理（无需入账、银行更正、重复）',
        'it was paid outside the system: only a transfer made by hand can come back; anything else is decided without an entry',
      ),
    );
  }
  if (slots.some((entry) => entry.kind === 'returned')) return ok(undefined);
  return ok(returned(outside, { reason: `${DECIDED}:${found.kind}` }));
}
