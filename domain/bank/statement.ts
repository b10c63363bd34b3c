import type { PlainDate } from '../calendar.ts';
import type { Fen } from '../money.ts';
import type { ReturnCode } from './return-codes.ts';

/**
 * What the bank says happened on the payer's account (对账单): the end-of-day statement or an advice of single entries, whatever
 * format it came in. Carries no name and no account of a counterparty.
 */
export type Statement = {
  /** The payer's account that the statement is of. */
  readonly account: string;
  /** Number of the statement in its year or for ever (ISO 20022 ElctrncSeqNb); absent where the bank numbers none. */
  readonly sequence?: number;
  /** First and last day that it covers, both included. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** Balances in fen, negative when overdrawn; absent in an advice (camt.054), which states none. */
  readonly opening?: Fen;
  readonly closing?: Fen;
  readonly entries: readonly StatementEntry[];
};

export const ENTRY_SIDES = ['debit', 'credit'] as const;
/** As the bank says it: a debit takes money off the account, a credit brings it. */
export type EntrySide = (typeof ENTRY_SIDES)[number];

export type StatementEntry = {
  /** Place in the statement, from 1. */
  readonly position: number;
  readonly side: EntrySide;
  /** More than zero. */
  readonly fen: Fen;
  /** Only what is booked counts: announced entries come again when they are. */
  readonly booked: boolean;
  readonly bookedOn: PlainDate;
  readonly valueOn?: PlainDate;
  /** The bank's own reference of the entry (流水号, AcctSvcrRef); '' where it gives none. */
  readonly serviceRef: string;
  /** Money that came back: the bank says that it is a return or a reversal (RtrInf, RvslInd, 退票). */
  readonly returnOf?: true;
  readonly reason?: ReturnCode;
  /** One booking for many payments (BtchBookg): the batch that it stands for. */
  readonly batch?: StatementBatch;
  /** Single payments that the bank names below the entry; empty where it names none. */
  readonly details: readonly StatementDetail[];
};

export type StatementBatch = {
  /** PmtInfId of the instruction, or the batch number of a delimited file. */
  readonly id: string;
  readonly count?: number;
  readonly fen?: Fen;
};

/** What a batch is called that the bank calls by something that is no number: it is still a batch, and may have been a name. */
const UNNAMED_BATCH = '?';

/** The id of a batch as it may be kept: it stands in keys and lists, where nothing personal may be. */
export const batchIdOf = (stated: string): string =>
  /^[0-9A-Za-z_.-]{1,80}$/.test(stated) ? stated : UNNAMED_BATCH;

export type StatementDetail = {
  readonly endToEndId: string;
  readonly fen: Fen;
  readonly side: EntrySide;
  readonly reason?: ReturnCode;
};
