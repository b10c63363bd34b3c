import type { BankAnswer, UnreadableAnswer } from '../../../../domain/bank/answer.ts';
import type { InstructionLine } from '../../../../domain/bank/instruction-file.ts';
import type { ResultLine } from '../../../../domain/bank/result-file.ts';
import { ok, type Refusal } from '../../../../domain/result.ts';
import type { BankFormat } from '../../../../functions/bank/formats/bank-format.ts';

export const HEAD = {
  jurisdiction: '110199',
  programmeCode: 'GL',
  period: '2026-12',
  round: 'R',
  fileNumber: 3,
  payerAccount: '11001045300059123456',
  payDate: '2026-12-10',
} as const;
export const IDENTITY = {
  jurisdiction: '110199',
  programmeCode: 'GL',
  compactPeriod: '202612',
  round: 'R',
  fileNumber: 3,
};
const STATUSES = ['settled', 'failed', 'pending', 'returned'] as const;

/** What the bank says of sent lines, drawn by their place. */
export const stated = (lines: readonly InstructionLine[], draw: readonly number[]): ResultLine[] =>
  lines.map(({ sequence, account, name, fen, endToEndId }, index) => {
    const status = STATUSES[(draw[index] ?? 0) % STATUSES.length]!;
    const bad = status === 'failed' || status === 'returned';
    const moved = status === 'settled' || status === 'returned';
    return {
      sequence,
      account,
      name,
      fen,
      status,
      returnCode: bad ? 'E01' : '',
      reason: bad ? '账户已销户' : '',
      ...(moved && { bookedOn: '2026-12-11' }),
      bankSerial: moved ? `B${sequence}` : '',
      endToEndId,
    };
  });

/** The answers of a file, and why it is refused after all. */
export async function read(
  format: BankFormat,
  bytes: Uint8Array,
  fileName: string,
  sent: readonly InstructionLine[],
) {
  const reading = await format.readResult(bytes, { fileName, sentLines: async () => ok(sent) });
  if (!reading.ok) return { instructionFile: '', answers: [], refused: reading.error };
  const answers: (BankAnswer | UnreadableAnswer)[] = [];
  for await (const answer of reading.value.answers) answers.push(answer);
  const refused: Refusal | undefined = reading.value.wrong?.();
  return { ...reading.value, answers, refused };
}
