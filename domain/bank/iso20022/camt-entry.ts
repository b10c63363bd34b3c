import type { Fen } from '../../money.ts';
import type { ReturnCode } from '../return-codes.ts';
import {
  batchIdOf,
  type EntrySide,
  type StatementBatch,
  type StatementDetail,
  type StatementEntry,
} from '../statement.ts';
import { returnReasonOf } from './codes.ts';
import { codeOf, readAmount, readDay, readNumber } from './values.ts';
import { all, find, textAt, type XmlElement } from './xml.ts';

/** A payment below an entry, before the entry's own side and amount are known. */
export type EntryDetail = Partial<StatementDetail> & {
  readonly endToEndId: string;
  /** The bank gives a reason for a return (RtrInf). */
  readonly returned: boolean;
};

const SIDES: ReadonlyMap<string, EntrySide> = new Map([
  ['CRDT', 'credit'],
  ['DBIT', 'debit'],
]);

/** Ids of other payers on the same account have any form; ours has this one. */
const OUR_REFERENCE = /^[0-9A-Z-]{1,35}$/;
const SERVICE_REFERENCE = /^[0-9A-Za-z./:_-]{1,35}$/;

/** Reads one payment below an entry (TxDtls); undefined when its amount or side is none. Names and accounts are not looked at. */
export function readDetail(record: XmlElement): EntryDetail | undefined {
  const reference = textAt(record, 'Refs', 'EndToEndId');
  const amountStated = find(record, 'Amt') ?? find(record, 'AmtDtls', 'TxAmt', 'Amt');
  const sideStated = textAt(record, 'CdtDbtInd');
  const [fen, side] = [readAmount(amountStated), SIDES.get(sideStated)];
  if ((amountStated && fen === undefined) || (sideStated !== '' && side === undefined)) return undefined;
  const information = find(record, 'RtrInf');
  const reason = information && reasonOf(information);
  return {
    endToEndId: OUR_REFERENCE.test(reference) && reference !== 'NOTPROVIDED' ? reference : '',
    ...(fen !== undefined && { fen }),
    ...(side && { side }),
    ...(reason && { reason }),
    returned: information !== undefined,
  };
}

/** Reads one entry (Ntry) with the payments below it; undefined when any part of it cannot be read. */
export function readEntry(
  record: XmlElement,
  position: number,
  details: readonly (EntryDetail | undefined)[],
): StatementEntry | undefined {
  const [fen, side] = [readAmount(find(record, 'Amt')), SIDES.get(textAt(record, 'CdtDbtInd'))];
  const valueOn = readDay(find(record, 'ValDt'));
  const bookedOn = readDay(find(record, 'BookgDt')) ?? valueOn;
  const status = codeOf(record, 'Sts');
  if (fen === undefined || side === undefined || bookedOn === undefined || status === '') return undefined;
  const below = details.map((detail) => detail && detailOf(detail, fen, side, details.length));
  if (below.includes(undefined)) return undefined;
  const returned = isReturn(record) || details.some((detail) => detail?.returned);
  const reason = details.find((detail) => detail?.reason)?.reason;
  const reference = textAt(record, 'AcctSvcrRef');
  const batch = batchOf(record);
  return {
    position,
    side,
    fen,
    booked: status === 'BOOK',
    bookedOn,
    ...(valueOn !== undefined && { valueOn }),
    serviceRef: SERVICE_REFERENCE.test(reference) ? reference : '',
    ...(returned && { returnOf: true as const }),
    ...(reason && { reason }),
    ...(batch && { batch }),
    details: below.filter((detail) => detail !== undefined),
  };
}

/** A single payment may leave amount and side to its entry; of many, each has its own amount. */
function detailOf(
  { endToEndId, fen, side, reason }: EntryDetail,
  entryFen: Fen,
  entrySide: EntrySide,
  count: number,
): StatementDetail | undefined {
  const own = fen ?? (count === 1 ? entryFen : undefined);
  if (own === undefined) return undefined;
  return { endToEndId, fen: own, side: side ?? entrySide, ...(reason && { reason }) };
}

function isReturn(record: XmlElement): boolean {
  return (
    textAt(record, 'RvslInd') === 'true' ||
    textAt(record, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') === 'RRTN' ||
    /退票|退汇/.test(textAt(record, 'AddtlNtryInf'))
  );
}

function reasonOf(information: XmlElement): ReturnCode {
  const sentence = all(information, 'AddtlInf').map(({ text }) => text);
  return returnReasonOf(codeOf(information, 'Rsn'), sentence.join(''));
}

/** The one batch that an entry stands for; an entry of several says nothing that could be tied to a file. */
function batchOf(record: XmlElement): StatementBatch | undefined {
  const batches = all(record, 'NtryDtls').flatMap((found) => all(found, 'Btch'));
  const [batch] = batches;
  const id = textAt(batch, 'PmtInfId') || textAt(batch, 'MsgId');
  if (batches.length !== 1 || id === '') return undefined;
  const [count, fen] = [readNumber(textAt(batch, 'NbOfTxs')), readAmount(find(batch, 'TtlAmt'))];
  return { id: batchIdOf(id), ...(count !== undefined && { count }), ...(fen !== undefined && { fen }) };
}
