import type { InstructionLine } from '../../../domain/bank/instruction-file.ts';
import type { PlainDate } from '../../../domain/calendar.ts';
import type { BankFormat } from '../../../functions/bank/formats/bank-format.ts';

/** An instruction file as the bank has it. */
export type SentFile = {
  readonly format: BankFormat;
  readonly fileName: string;
  /** Under which the bank books it as a whole. */
  readonly batchNumber: string;
  readonly payDate: PlainDate;
  /** Absent where the file does not name the account that pays. */
  readonly payerAccount?: string;
  readonly lines: readonly InstructionLine[];
};

/**
 * @param payDate for formats whose files name no day
 * @throws Error when the file is not what the bureau and the bank agreed on
 */
export async function readSentFile(
  format: BankFormat,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: Uint8Array },
  payDate: PlainDate,
): Promise<SentFile> {
  const read = await format.readInstruction(bytes, fileName);
  if (!read.ok) throw new Error(`${fileName}: ${read.error.zh} / ${read.error.en}`);
  const { batchNumber, lines, payerAccount } = read.value;
  return {
    format,
    fileName,
    batchNumber,
    payDate: read.value.payDate ?? payDate,
    ...(payerAccount !== undefined && { payerAccount }),
    lines,
  };
}
