import { isPlainDate, type PlainDate } from '../../calendar.ts';
import { type Fen, sumFen } from '../../money.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../result.ts';
import type { ReturnCode } from '../return-codes.ts';
import { statusReason } from './codes.ts';
import { fileOfMessage, PAIN_002, sequenceOf } from './pain001.ts';
import { codeOf, readAmount, readNumber, readSum } from './values.ts';
import { all, find, textAt, type XmlElement, type XmlReading } from './xml.ts';

/** What a status report (pain.002.001.10) says, before it is known what was sent; see `answersOf`. */
export type StatusReport = {
  /** The instruction file that is answered. */
  readonly instructionFile: string;
  /** Of the whole message or its one group, `''` where it has none. It speaks for payments that are not named. */
  readonly status: string;
  readonly reason: ReturnCode;
  /** Count and sum of the original message, where the bank repeats them. */
  readonly originalCount?: number;
  readonly originalFen?: Fen;
  readonly transactions: readonly StatedTransaction[];
  /** Count and sum per status, where the bank gives them. */
  readonly perStatus: readonly { readonly status: string; readonly count: number; readonly fen?: Fen }[];
};

/** @property unreadable the transaction is there and nothing of it may be used */
export type StatedTransaction = { readonly position: number } & (
  | { readonly unreadable: true }
  | {
      readonly unreadable?: never;
      readonly sequence?: number;
      readonly endToEndId: string;
      /** Absent where the bank does not repeat the amount. */
      readonly fen?: Fen;
      readonly status: string;
      readonly reason: ReturnCode;
      readonly bookedOn?: PlainDate;
      readonly bankSerial: string;
    }
);

/** Reads a status report, one transaction at a time; names and accounts that it repeats are not looked at. */
export function statusReportReading(): XmlReading<StatusReport> {
  const transactions: StatedTransaction[] = [];
  return {
    messages: [PAIN_002],
    records: new Set(['TxInfAndSts']),
    take: (record, parent) => {
      const position = transactions.length + 1;
      transactions.push(
        readTransaction(record, textAt(parent, 'OrgnlPmtInfId'), position) ?? { position, unreadable: true },
      );
    },
    finish: (document) => readReport(find(document, 'CstmrPmtStsRpt'), transactions),
  };
}

function readReport(
  message: XmlElement | undefined,
  transactions: readonly StatedTransaction[],
): Result<StatusReport> {
  const original = find(message, 'OrgnlGrpInfAndSts');
  const groups = all(message, 'OrgnlPmtInfAndSts');
  const [group] = groups;
  const id = textAt(original, 'OrgnlMsgId');
  const instructionFile = fileOfMessage(id);
  if (instructionFile === undefined || !textAt(original, 'OrgnlMsgNmId').startsWith('pain.001'))
    return refuse(wrongReport('OrgnlMsgId'));
  if (groups.length > 1 || (group && textAt(group, 'OrgnlPmtInfId') !== id))
    return refuse(wrongReport('OrgnlPmtInfId'));
  const [ofGroup, ofMessage] = [textAt(group, 'PmtInfSts'), textAt(original, 'GrpSts')];
  const reasons = [group, original].flatMap((level) => reasonOf(level) ?? []);
  const [countText, sumText] = [textAt(original, 'OrgnlNbOfTxs'), textAt(original, 'OrgnlCtrlSum')];
  const [originalCount, originalFen] = [readNumber(countText), readSum(sumText)];
  if ((countText !== '' && originalCount === undefined) || (sumText !== '' && originalFen === undefined))
    return refuse(wrongReport('OrgnlNbOfTxs'));
  const perStatus = [original, group].flatMap(perStatusOf);
  if (perStatus.includes(undefined)) return refuse(wrongReport('NbOfTxsPerSts'));
  const report: StatusReport = {
    instructionFile,
    status: ofGroup || ofMessage,
    // Wherever it says so: a message that the bank has already is not refused.
    reason: reasons.find((reason) => reason === 'DUPLICATE') ?? reasons[0] ?? 'OTHER',
    ...(originalCount !== undefined && { originalCount }),
    ...(originalFen !== undefined && { originalFen }),
    transactions,
    perStatus: perStatus.filter((stated) => stated !== undefined),
  };
  const wrong = wrongPerStatus(report);
  return wrong ? refuse(wrong) : ok(report);
}

function perStatusOf(level: XmlElement | undefined) {
  return all(level, 'NbOfTxsPerSts').map((stated): StatusReport['perStatus'][number] | undefined => {
    const [count, sumText] = [readNumber(textAt(stated, 'DtldNbOfTxs')), textAt(stated, 'DtldCtrlSum')];
    const fen = readSum(sumText);
    if (count === undefined || (sumText !== '' && fen === undefined)) return undefined;
    return { status: textAt(stated, 'DtldSts'), count, ...(fen !== undefined && { fen }) };
  });
}

/**
 * A bank may count payments that it does not name (all but the refused ones); those that it names under a status must be as many
 * as it says, and come to as much.
 */
function wrongPerStatus({ perStatus, transactions }: StatusReport): Refusal | undefined {
  if (transactions.some(({ unreadable }) => unreadable)) return undefined;
  for (const stated of perStatus) {
    const named = transactions.filter((found) => !found.unreadable && found.status === stated.status);
    const amounts = named.flatMap((found) => (found.unreadable ? [] : (found.fen ?? [])));
    const summed =
      stated.fen === undefined || amounts.length < named.length || sumFen(amounts) === stated.fen;
    if (named.length > 0 && (named.length !== stated.count || !summed)) return wrongTotals(stated.status);
  }
  return undefined;
}

const END_TO_END = /^[0-9A-Z-]{0,35}$/;
const SERIAL = /^[0-9A-Za-z./:_-]{0,40}$/;
/** What banks write where an id is mandatory and they have none. */
const NOT_PROVIDED = 'NOTPROVIDED';

function readTransaction(
  record: XmlElement,
  message: string,
  position: number,
): StatedTransaction | undefined {
  const stated = textAt(record, 'OrgnlEndToEndId');
  const endToEndId = stated === NOT_PROVIDED ? '' : stated;
  const sequence = sequenceOf(textAt(record, 'OrgnlInstrId'), message);
  const original = find(record, 'OrgnlTxRef');
  const amountStated = find(original, 'Amt', 'InstdAmt') ?? find(original, 'IntrBkSttlmAmt');
  const fen = readAmount(amountStated);
  const bookedStated = textAt(original, 'IntrBkSttlmDt');
  const bookedOn = isPlainDate(bookedStated) ? bookedStated : undefined;
  const bankSerial = textAt(record, 'AcctSvcrRef') || textAt(record, 'ClrSysRef');
  const readable =
    END_TO_END.test(endToEndId) &&
    SERIAL.test(bankSerial) &&
    (endToEndId !== '' || sequence !== undefined) &&
    (amountStated === undefined || fen !== undefined) &&
    (bookedStated === '' || bookedOn !== undefined);
  if (!readable) return undefined;
  return {
    position,
    ...(sequence !== undefined && { sequence }),
    endToEndId,
    ...(fen !== undefined && { fen }),
    status: textAt(record, 'TxSts'),
    reason: reasonOf(record) ?? 'OTHER',
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial,
  };
}

/** The first reason that says something: banks add one of their own behind a code of the list. */
function reasonOf(level: XmlElement | undefined): ReturnCode | undefined {
  const reasons = all(level, 'StsRsnInf').map((stated) =>
    statusReason(
      codeOf(stated, 'Rsn'),
      all(stated, 'AddtlInf')
        .map(({ text }) => text)
        .join(''),
    ),
  );
  return reasons.find((reason) => reason !== 'OTHER') ?? reasons[0];
}

function wrongReport(field: string): Refusal {
  return refusal(
    'invalid/result-header',
    `状态报告的“${field}”不是本系统发出的报文，或不完整：请核对是否选对了文件，或重新从银行下载`,
    `"${field}" of the status report names no message sent by this system or is incomplete: check that it is the right file, or download it again`,
    { field },
  );
}

function wrongTotals(status: string): Refusal {
  return refusal(
    'invalid/result-totals',
    '状态报告写明的笔数或金额与明细不符：请向银行核实，不要入账',
    'count or sum in the status report differs from its transactions: ask the bank, post nothing',
    { status: status.slice(0, 4) },
  );
}
