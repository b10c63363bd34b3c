import type { Instant, PlainDate } from '../../calendar.ts';
import { type Fen, sumFen, toYuan } from '../../money.ts';
import { invariant } from '../../result.ts';
import type { BankProgress } from '../answer.ts';
import { type FileIdentity, parseInstructionFileName } from '../layout.ts';
import { instructionId, messageId, PAIN_001, PAIN_001_NAMING, PAIN_002 } from './pain001.ts';
import { amount } from './values.ts';
import { element, leaf, writeMessage, type XmlElement } from './xml.ts';

export type StatusReportInput = {
  readonly instructionFile: string;
  readonly createdAt: Instant;
  /** From 1: the first, second ... report on the file. */
  readonly answer: number;
  /** PART where payments are missing or differ; a word for all (ACCC, RJCT, ACCP ...) otherwise. */
  readonly status: string;
  readonly reason?: { readonly code: string; readonly text: string };
  readonly transactions: readonly ReportedTransaction[];
};

export type ReportedTransaction = {
  readonly sequence: number;
  readonly endToEndId: string;
  readonly fen: Fen;
  readonly status: 'ACCC' | 'RJCT' | 'PDNG' | BankProgress;
  /** The bank's code: four letters of the external list, or its own. */
  readonly reasonCode: string;
  readonly reasonText: string;
  readonly bookedOn?: PlainDate;
  readonly bankSerial: string;
};

/** Writes a status report (pain.002.001.10): the bank's side, for the bank simulator and for testing the reader against it. */
export function writeStatusReport(input: StatusReportInput): string {
  const identity = identityOf(input.instructionFile);
  const original = messageId(identity);
  const { status, transactions, reason } = input;
  const content = element(
    'CstmrPmtStsRpt',
    element('GrpHdr', leaf('MsgId', `${original}-ST${input.answer}`), leaf('CreDtTm', input.createdAt)),
    element(
      'OrgnlGrpInfAndSts',
      leaf('OrgnlMsgId', original),
      leaf('OrgnlMsgNmId', PAIN_001),
      leaf('GrpSts', status),
      reason && statusReason(reason.code, reason.text),
    ),
    transactions.length === 0
      ? undefined
      : element(
          'OrgnlPmtInfAndSts',
          leaf('OrgnlPmtInfId', original),
          leaf('PmtInfSts', status),
          ...perStatus(transactions),
          ...transactions.map((transaction) => reported(transaction, original)),
        ),
  );
  return writeMessage(PAIN_002, content);
}

function identityOf(instructionFile: string): FileIdentity {
  const identity = parseInstructionFileName(PAIN_001_NAMING, instructionFile);
  invariant(identity.ok, 'a status report answers a credit transfer initiation');
  return identity.value;
}

function perStatus(transactions: readonly ReportedTransaction[]): XmlElement[] {
  return Array.from(
    Map.groupBy(transactions, ({ status }) => status),
    ([status, same]) =>
      element(
        'NbOfTxsPerSts',
        leaf('DtldNbOfTxs', String(same.length)),
        leaf('DtldSts', status),
        leaf('DtldCtrlSum', toYuan(sumFen(same.map(({ fen }) => fen)))),
      ),
  );
}

function reported(stated: ReportedTransaction, original: string): XmlElement {
  const { reasonCode, reasonText } = stated;
  return element(
    'TxInfAndSts',
    leaf('OrgnlInstrId', instructionId(original, stated.sequence)),
    leaf('OrgnlEndToEndId', stated.endToEndId),
    leaf('TxSts', stated.status),
    reasonCode + reasonText === '' ? undefined : statusReason(reasonCode, reasonText),
    leaf('AcctSvcrRef', stated.bankSerial),
    element(
      'OrgnlTxRef',
      element('Amt', amount('InstdAmt', stated.fen)),
      leaf('IntrBkSttlmDt', stated.bookedOn),
    ),
  );
}

const LISTED = /^[A-Z]{2}[A-Z0-9]{2}$/;

function statusReason(code: string, text: string): XmlElement {
  return element('StsRsnInf', reasonChoice(code), leaf('AddtlInf', text.slice(0, 105)));
}

/** A code of the external list, or the bank's own word of at most 35 characters. */
export function reasonChoice(code: string): XmlElement | undefined {
  return code === ''
    ? undefined
    : element('Rsn', leaf(LISTED.test(code) ? 'Cd' : 'Prtry', code.slice(0, 35)));
}
