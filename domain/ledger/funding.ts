import type { Instant, PlainDate } from '../calendar.ts';
import { contentHash, type Sha256 } from '../canonical.ts';
import type { JurisdictionCode, ProgrammeId, RunId } from '../ids.ts';
import type { Fen } from '../money.ts';
import { invariant } from '../result.ts';
import { account } from './accounts.ts';
import { assertBalanced, type Entry, type Posting, verifyEntry } from './entry.ts';

/**
 * The finance bureau's lump sum for a run, recorded once per voucher (拨款凭证), or the reversal (冲销) of one that was recorded
 * wrongly; what is right is then recorded anew.
 */
export type FundingEntry = {
  readonly kind: 'funding' | 'funding-reversed';
  readonly jurisdiction: JurisdictionCode;
  readonly programme: ProgrammeId;
  readonly run: RunId;
  readonly voucher: string;
  /** 2 and on: the voucher was recorded before, and reversed each time. */
  readonly again?: number;
  /** The voucher's; of a reversal the day in China on which it was made. */
  readonly date: PlainDate;
  readonly fen: Fen;
  readonly postings: readonly Posting[];
  readonly at: Instant;
  readonly by: string;
  readonly c: string;
  readonly h: string;
  /** Of a reversal the hash of the funding that it takes back, else empty. */
  readonly p: string;
};

type FundingFacts = Pick<
  FundingEntry,
  'jurisdiction' | 'programme' | 'run' | 'voucher' | 'again' | 'date' | 'fen'
>;
type Stamp = { readonly at: Instant; readonly by: string };
type Content = Omit<FundingEntry, keyof Stamp | 'c' | 'h' | 'p'>;

/** Debit the clearing account, credit the appropriation of the fiscal year. */
export function makeFunding(
  sha256: Sha256,
  facts: FundingFacts,
  fiscalYear: string,
  stamp: Stamp,
): FundingEntry {
  const postings: Posting[] = [
    { account: 'clearing', side: 'debit', fen: facts.fen },
    { account: account('appropriation', fiscalYear), side: 'credit', fen: facts.fen },
  ];
  return completed(sha256, { kind: 'funding', ...facts, postings }, stamp, '');
}

/** 冲销: the same amount the other way round, under the same voucher. @throws InvariantError unless a funding is reversed */
export function reverseFunding(
  sha256: Sha256,
  funding: FundingEntry,
  date: PlainDate,
  stamp: Stamp,
): FundingEntry {
  invariant(funding.kind === 'funding', `voucher ${funding.voucher}: only a funding is reversed`);
  const { at: _at, by: _by, c: _c, h, p: _p, ...content } = funding;
  const postings = content.postings.map((posting) => ({
    ...posting,
    side: posting.side === 'debit' ? ('credit' as const) : ('debit' as const),
  }));
  return completed(sha256, { ...content, kind: 'funding-reversed', date, postings }, stamp, h);
}

function completed(sha256: Sha256, content: Content, { at, by }: Stamp, p: string): FundingEntry {
  assertBalanced(content.postings);
  const c = contentHash(sha256, 'ledger-content.v1', content);
  const body = { ...content, at, by, c, p };
  return { ...body, h: contentHash(sha256, 'ledger-entry.v1', body) };
}

/** True when both hashes recompute from what the entry says, and it follows another exactly when it reverses one. */
export function verifyFunding(sha256: Sha256, entry: FundingEntry): boolean {
  return (entry.kind === 'funding') === (entry.p === '') && verifyEntry(sha256, entry);
}

/** Names one recording of a voucher within its period and round. */
export const recordingOf = ({ voucher, again }: Pick<FundingEntry, 'voucher' | 'again'>): string =>
  again === undefined ? voucher : `${voucher}~${again}`;

/** Everything the journal can hold. */
export type JournalEntry = Entry | FundingEntry;

export const isFunding = (entry: JournalEntry): entry is FundingEntry =>
  entry.kind === 'funding' || entry.kind === 'funding-reversed';
