import type { Instant } from '../../calendar.ts';
import { type Fen, fen as fenOf } from '../../money.ts';
import type { ReturnCode } from '../return-codes.ts';
import type { EntrySide, Statement, StatementDetail, StatementEntry } from '../statement.ts';
import { CAMT_053, CAMT_054 } from './camt-reader.ts';
import { isoReturnReason } from './codes.ts';
import { account, amount } from './values.ts';
import { element, leaf, writeMessage, type XmlElement } from './xml.ts';

export type StatementMessage = {
  /** At most 35 characters, unique for ever. */
  readonly messageId: string;
  readonly createdAt: Instant;
  readonly statement: Statement;
};

/** Writes the statement of a day (camt.053.001.08): the bank's side, for the bank simulator and for testing the reader. */
export function writeDayStatement(input: StatementMessage): string {
  return writeMessage(CAMT_053, content(input, 'BkToCstmrStmt', 'Stmt'));
}

/** Writes an advice of single entries (camt.054.001.08), which states no balance. */
export function writeAdvice({ statement, ...input }: StatementMessage): string {
  const { opening: _opening, closing: _closing, ...advice } = statement;
  return writeMessage(CAMT_054, content({ ...input, statement: advice }, 'BkToCstmrDbtCdtNtfctn', 'Ntfctn'));
}

function content(
  { messageId, createdAt, statement }: StatementMessage,
  message: string,
  name: string,
): XmlElement {
  const { from, to, opening, closing, sequence, entries } = statement;
  return element(
    message,
    element('GrpHdr', leaf('MsgId', messageId), leaf('CreDtTm', createdAt)),
    element(
      name,
      leaf('Id', messageId),
      leaf('ElctrncSeqNb', sequence === undefined ? undefined : String(sequence)),
      leaf('CreDtTm', createdAt),
      element('FrToDt', leaf('FrDtTm', `${from}T00:00:00+08:00`), leaf('ToDtTm', `${to}T23:59:59+08:00`)),
      account('Acct', statement.account, leaf('Ccy', 'CNY')),
      opening === undefined ? undefined : balance('OPBD', opening, from),
      closing === undefined ? undefined : balance('CLBD', closing, to),
      ...entries.map(entryElement),
    ),
  );
}

function balance(code: string, signed: Fen, on: string): XmlElement {
  return element(
    'Bal',
    element('Tp', element('CdOrPrtry', leaf('Cd', code))),
    amount('Amt', fenOf(Math.abs(signed))),
    indicator(signed < 0 ? 'debit' : 'credit'),
    element('Dt', leaf('Dt', on)),
  );
}

const indicator = (side: EntrySide) => leaf('CdtDbtInd', side === 'credit' ? 'CRDT' : 'DBIT');

function entryElement(entry: StatementEntry): XmlElement {
  const { side, returnOf, valueOn, batch, details } = entry;
  return element(
    'Ntry',
    amount('Amt', entry.fen),
    indicator(side),
    element('Sts', leaf('Cd', entry.booked ? 'BOOK' : 'PDNG')),
    element('BookgDt', leaf('Dt', entry.bookedOn)),
    valueOn === undefined ? undefined : element('ValDt', leaf('Dt', valueOn)),
    leaf('AcctSvcrRef', entry.serviceRef),
    transactionCode(side, returnOf),
    batch === undefined && details.length === 0
      ? undefined
      : element(
          'NtryDtls',
          batch &&
            element(
              'Btch',
              leaf('PmtInfId', batch.id),
              leaf('NbOfTxs', batch.count === undefined ? undefined : String(batch.count)),
              batch.fen === undefined ? undefined : amount('TtlAmt', batch.fen),
            ),
          ...details.map(detailElement),
        ),
  );
}

/** Domestic credit transfers, issued and received; RRTN is a payment that came back. */
function transactionCode(side: EntrySide, returnOf: true | undefined): XmlElement {
  return element(
    'BkTxCd',
    element(
      'Domn',
      leaf('Cd', 'PMNT'),
      element(
        'Fmly',
        leaf('Cd', side === 'debit' ? 'ICDT' : 'RCDT'),
        leaf('SubFmlyCd', returnOf ? 'RRTN' : 'DMCT'),
      ),
    ),
  );
}

function detailElement({ endToEndId, fen, side, reason }: StatementDetail): XmlElement {
  return element(
    'TxDtls',
    element('Refs', leaf('EndToEndId', endToEndId || 'NOTPROVIDED')),
    amount('Amt', fen),
    indicator(side),
    reason && returnInformation(reason),
  );
}

function returnInformation(reason: ReturnCode): XmlElement {
  const { code, text } = isoReturnReason(reason);
  return element('RtrInf', element('Rsn', leaf('Cd', code)), leaf('AddtlInf', text));
}
