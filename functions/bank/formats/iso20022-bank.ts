import { writeAdvice } from '../../../domain/bank/iso20022/camt-writer.ts';
import { messageId, PAIN_001_NAMING } from '../../../domain/bank/iso20022/pain001.ts';
import { type ReportedTransaction, writeStatusReport } from '../../../domain/bank/iso20022/pain002-writer.ts';
import { parseInstructionFileName, resultFileName } from '../../../domain/bank/layout.ts';
import { classifyReason } from '../../../domain/bank/return-codes.ts';
import type { Statement } from '../../../domain/bank/statement.ts';
import { invariant } from '../../../domain/result.ts';
import type { BankFormat, ResultInput, StatedLine } from './bank-format.ts';

/** What ISO 20022 writes where an id or account is mandatory and none is given. */
const NOT_PROVIDED = 'NOTPROVIDED';

/**
 * The bank's answer to an instruction file: a status report, or an advice where every line is a return, of which a status report
 * knows nothing.
 * @throws InvariantError for returns among other lines
 */
export function writeIsoResult(input: ResultInput): ReturnType<BankFormat['writeResult']> {
  const { instructionFile, resultDate, lines, answer = 1 } = input;
  const returned = lines.filter((line) => line.status === 'returned').length;
  invariant(returned === 0 || returned === lines.length, 'returns come in an advice of their own');
  const createdAt = `${resultDate}T18:00:00+08:00`;
  const text =
    returned > 0
      ? writeAdvice({ messageId: adviceId(instructionFile, answer), createdAt, statement: adviceOf(input) })
      : writeStatusReport({
          instructionFile,
          createdAt,
          answer,
          status: 'PART',
          transactions: lines.map(reported),
        });
  return {
    fileName: resultFileName(PAIN_001_NAMING, instructionFile, answer),
    bytes: new TextEncoder().encode(text),
  };
}

function adviceId(instructionFile: string, answer: number): string {
  const identity = parseInstructionFileName(PAIN_001_NAMING, instructionFile);
  invariant(identity.ok, 'an advice answers a credit transfer initiation');
  return `${messageId(identity.value)}-AD${answer}`;
}

function reported(line: StatedLine): ReportedTransaction {
  const { sequence, endToEndId, fen, bookedOn, bankSerial } = line;
  return {
    sequence,
    endToEndId,
    fen,
    status: statusOf(line),
    reasonCode: line.returnCode,
    reasonText: line.reason,
    ...(bookedOn !== undefined && { bookedOn }),
    bankSerial,
  };
}

function statusOf({ status, progress }: StatedLine): ReportedTransaction['status'] {
  if (status === 'settled') return 'ACCC';
  return status === 'failed' ? 'RJCT' : (progress ?? 'PDNG');
}

function adviceOf({ resultDate, lines, payerAccount = NOT_PROVIDED }: ResultInput): Statement {
  return {
    account: payerAccount,
    from: resultDate,
    to: resultDate,
    entries: lines.map((line, index) => {
      const reason = classifyReason(line.returnCode, line.reason);
      return {
        position: index + 1,
        side: 'credit',
        fen: line.fen,
        booked: true,
        bookedOn: line.bookedOn ?? resultDate,
        serviceRef: line.bankSerial,
        returnOf: true,
        reason,
        details: [{ endToEndId: line.endToEndId, fen: line.fen, side: 'credit', reason }],
      };
    }),
  };
}
