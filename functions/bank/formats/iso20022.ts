import { returnsOf } from '../../../domain/bank/iso20022/camt-answers.ts';
import { CAMT_054, statementReading } from '../../../domain/bank/iso20022/camt-reader.ts';
import type { IsoFormat } from '../../../domain/bank/iso20022/catalogue.ts';
import type { SettledAt } from '../../../domain/bank/iso20022/codes.ts';
import { PAIN_001_NAMING } from '../../../domain/bank/iso20022/pain001.ts';
import { creditTransferReading } from '../../../domain/bank/iso20022/pain001-reader.ts';
import { checkTransfer, writeCreditTransfer } from '../../../domain/bank/iso20022/pain001-writer.ts';
import { answersOf } from '../../../domain/bank/iso20022/pain002-answers.ts';
import { statusReportReading } from '../../../domain/bank/iso20022/pain002-reader.ts';
import {
  instructionFileName,
  instructionFileOf,
  parseInstructionFileName,
} from '../../../domain/bank/layout.ts';
import type { Statement } from '../../../domain/bank/statement.ts';
import { invariant, ok, type Result } from '../../../domain/result.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import type { BankFormat, InstructionInput, ReadContext, ResultReading } from './bank-format.ts';
import { writeIsoResult } from './iso20022-bank.ts';
import { messageIn, readXml } from './iso20022-xml.ts';

/**
 * ISO 20022: credit transfers out (pain.001.001.09), status reports in (pain.002.001.10), and returns as advices (camt.054.001.08).
 */
export function isoFormat({ id, maxLines, settledAt }: IsoFormat): BankFormat {
  return {
    id,
    contentType: 'application/xml; charset=utf-8',
    maxLines,
    instructionFileName: (identity) => instructionFileName(PAIN_001_NAMING, identity),
    identityOf: (name) => parseInstructionFileName(PAIN_001_NAMING, name),
    checkLine: checkTransfer,
    writeInstruction,
    readInstruction: async (bytes) => readXml(bytes, creditTransferReading()),
    readResult: (bytes, context) =>
      messageIn(bytes) === CAMT_054 ? readAdvice(bytes, context) : readStatus(bytes, context, settledAt),
    writeResult: writeIsoResult,
  };
}

function writeInstruction(input: InstructionInput): ReturnType<BankFormat['writeInstruction']> {
  const { bankParty: party, releasedAt: createdAt } = input;
  invariant(
    party && createdAt,
    'a credit transfer needs the payer as the bank knows it, and when it was released',
  );
  const written = writeCreditTransfer({ ...input, party, createdAt });
  if (!written.ok) return written;
  const { text, ...file } = written.value;
  const bytes = new TextEncoder().encode(text);
  return ok({ ...file, bytes, sha256: sha256Hex(bytes) });
}

async function readStatus(
  bytes: Uint8Array,
  context: ReadContext,
  settledAt: SettledAt,
): Promise<Result<ResultReading>> {
  const report = readXml(bytes, statusReportReading());
  if (!report.ok) return report;
  const { instructionFile } = report.value;
  const sent = await context.sentLines(instructionFile);
  if (!sent.ok) return sent;
  const answers = answersOf(report.value, sent.value, settledAt);
  return answers.ok ? ok({ instructionFile, answers: answers.value }) : answers;
}

/** An advice names no instruction file: its own name does, as that of any answer, or it is uploaded as a statement. */
async function readAdvice(bytes: Uint8Array, { fileName }: ReadContext): Promise<Result<ResultReading>> {
  const instructionFile = instructionFileOf(PAIN_001_NAMING, fileName);
  if (!instructionFile.ok) return instructionFile;
  const statements = readStatements(bytes);
  if (!statements.ok) return statements;
  return ok({ instructionFile: instructionFile.value, answers: returnsOf(statements.value) });
}

/** Reads a statement (camt.053.001.08) or an advice (camt.054.001.08). */
export function readStatements(bytes: Uint8Array): Result<readonly Statement[]> {
  return readXml(bytes, statementReading());
}
