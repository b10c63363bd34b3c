import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import { PIPE_GB18030 } from '../../../domain/bank/layout.ts';
import type { ResultLine } from '../../../domain/bank/result-file.ts';
import { writeResultFile } from '../../../domain/bank/result-writer.ts';
import type { Run } from '../../../domain/run/run.ts';
import { gb18030 } from '../../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import type { ObjectStore } from '../../../functions/adapters/object-store.ts';

/** What a line becomes at the bank; everything is settled unless said otherwise. */
export type Answer = (line: ResultLine) => ResultLine | readonly ResultLine[];

/** The bank's answer to a run's files, as bytes. */
export async function bankAnswer(
  bureau: { readonly engines: { readonly files: Pick<ObjectStore, 'read'> } },
  run: Run,
  answer: Answer = (line) => line,
  number = 1,
): Promise<Uint8Array[]> {
  const answers: Uint8Array[] = [];
  for (const file of run.files) {
    const bytes = await bureau.engines.files.read(file.objectKey);
    const read = readInstructionFile(bytes!, PIPE_GB18030, gb18030, sha256Hex);
    if (!read.ok) throw new Error(read.error.en);
    const lines = read.value.lines.flatMap((line): ResultLine[] => {
      const settled: ResultLine = {
        sequence: line.sequence,
        account: line.account,
        name: line.name,
        fen: line.fen,
        status: 'settled',
        returnCode: '',
        reason: '',
        bookedOn: '2026-11-27',
        bankSerial: `BK${String(line.sequence).padStart(8, '0')}`,
        endToEndId: line.endToEndId,
      };
      return [answer(settled)].flat();
    });
    answers.push(
      writeResultFile(
        {
          layout: PIPE_GB18030,
          instructionFile: file.fileName,
          resultDate: '2026-11-27',
          answer: number,
          lines,
        },
        gb18030,
        sha256Hex,
      ).bytes,
    );
  }
  return answers;
}

export const failing =
  (sequences: readonly number[], reason = '账户已销户'): Answer =>
  (line) => {
    if (!sequences.includes(line.sequence)) return line;
    const { bookedOn: _bookedOn, ...rest } = line;
    return { ...rest, status: 'failed', returnCode: 'E01', reason, bankSerial: '' };
  };
