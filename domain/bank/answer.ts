import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { ReturnCode } from './return-codes.ts';

/**
 * How far a payment is that is neither settled nor failed, in the words of ISO 20022 and in this order. ACCC is settled and
 * RJCT is failed, so that neither is here.
 */
export const BANK_PROGRESS = ['RCVD', 'ACTC', 'ACCP', 'ACFC', 'ACSP', 'ACWP', 'ACSC'] as const;
export type BankProgress = (typeof BANK_PROGRESS)[number];

/** 回盘明细 of one payment, whatever format it came in. Carries no name and no account. */
export type BankAnswer = {
  /** Place in the file read, from 1: line, row or transaction. */
  readonly position: number;
  /** Place in the instruction file, where stated or found by account and amount. */
  readonly sequence?: number;
  /** '' where the format carries none. */
  readonly endToEndId: string;
  readonly fen: Fen;
  /** settled: credited; failed: never credited; pending: not known yet; returned: credited and came back (退票). */
  readonly status: 'settled' | 'failed' | 'pending' | 'returned';
  /** Pending only: how far, in the bank's words. */
  readonly progress?: BankProgress;
  /** Classified at the door; failed and returned only. */
  readonly reason?: ReturnCode;
  readonly bookedOn?: PlainDate;
  readonly bankSerial: string;
  /** Another line of the same file speaks of the same payment and differs. */
  readonly contradictory?: true;
};

/** A line, row or transaction that cannot be read: it becomes an exception for a person, never a guess. */
export type UnreadableAnswer = { readonly position: number; readonly unreadable: true };

/** The answer at the place where it was found, or at none: then it is unknown, and a person's. */
export function placed(answer: BankAnswer, sequence: number | undefined): BankAnswer {
  const { sequence: _stated, ...rest } = answer;
  return sequence === undefined ? rest : { ...rest, sequence };
}
