import { readInstructionFile } from '../../domain/bank/instruction-reader.ts';
import { PIPE_GB18030 } from '../../domain/bank/layout.ts';
import type { ResultLine } from '../../domain/bank/result-file.ts';
import { writeResultFile } from '../../domain/bank/result-writer.ts';
import { gb18030 } from '../../functions/adapters/gb18030.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';
import type { Bureau } from './bureau.ts';
import { value } from './value.ts';

const FAILS_EVERY = 70;
const BOOKED_ON = '2026-11-27';

/** The bank answers every file of the run, crediting all but one line in seventy; the messages are still to be delivered. */
export async function answer(bureau: Bureau, runId: string): Promise<void> {
  const run = value(await bureau.views.getRun(runId));
  for (const { objectKey: instruction, fileName } of run.files) {
    const sent = await bureau.engines.files.read(instruction);
    if (!sent) throw new Error(`no such file: ${fileName}`);
    const { lines } = value(readInstructionFile(sent, PIPE_GB18030, gb18030, sha256Hex));
    const result = writeResultFile(
      {
        layout: PIPE_GB18030,
        instructionFile: fileName,
        resultDate: BOOKED_ON,
        answer: 1,
        lines: lines.map(({ sequence, account, name, fen, endToEndId }): ResultLine => {
          const line = { sequence, account, name, fen, endToEndId };
          return sequence % FAILS_EVERY === 0
            ? { ...line, status: 'failed', returnCode: 'E01', reason: '账户已销户', bankSerial: '' }
            : {
                ...line,
                status: 'settled',
                returnCode: '',
                reason: '',
                bookedOn: BOOKED_ON,
                bankSerial: `BK${sequence}`,
              };
        }),
      },
      gb18030,
      sha256Hex,
    );
    const objectKey = `uploads/${fileName}.ret`;
    await bureau.engines.files.put(objectKey, result.bytes);
    value(
      await bureau.follow.submitBankResult({ runId, objectKey, fileName: 'bank.ret', by: 'staff-cashier' }),
    );
  }
}
