import type { BankAnswer, UnreadableAnswer } from '../../domain/bank/answer.ts';
import { readAnswers } from '../../domain/bank/answer-lines.ts';
import { InvariantError, invariant } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import type { ChunkPlan, ResultRecord } from '../adapters/bank-result-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { formatOf } from '../run/bank-layout.ts';
import { writeAnswers } from './answers-file.ts';

type Files = Pick<ObjectStore, 'range' | 'read'>;

/** The answers of one chunk of an accepted result, as they were when it was planned. */
export async function answersOfChunk(
  files: Files,
  run: Run,
  result: ResultRecord,
  plan: ChunkPlan,
): Promise<readonly (BankAnswer | UnreadableAnswer)[]> {
  if (plan.firstLine !== undefined) return readAgain(files, run, result, plan.chunk, plan.firstLine);
  invariant(result.answersKey !== undefined, `no answers are kept of ${result.sha256}`);
  const bytes = await files.range(result.answersKey, plan.firstByte, plan.lastByte);
  invariant(
    bytes && sha256Hex(bytes) === plan.sha256,
    `chunk ${plan.chunk} of ${result.sha256} is not what was planned`,
  );
  return readAnswers(Buffer.from(bytes).toString());
}

/**
 * A result whose chunks were planned before answers were kept: they are of as many lines of the file itself, so that they are found
 * by reading it once more.
 */
async function readAgain(
  files: Files,
  run: Run,
  { objectKey, sha256, fileName }: ResultRecord,
  chunk: number,
  firstLine: number,
): Promise<readonly (BankAnswer | UnreadableAnswer)[]> {
  const bytes = await files.read(objectKey);
  invariant(bytes && sha256Hex(bytes) === sha256, `the stored result ${sha256} is not the one accepted`);
  const format = await formatOf(run.manifest);
  const reading = await format.readResult(bytes, { fileName, sentLines: unasked });
  invariant(reading.ok, `the stored result ${sha256} cannot be read`);
  const written = await writeAnswers(reading.value.answers);
  const mine = written.plans[chunk];
  invariant(mine, `the stored result ${sha256} has no chunk ${chunk}`);
  const answers = readAnswers(
    Buffer.from(written.bytes.subarray(mine.firstByte, mine.lastByte + 1)).toString(),
  );
  invariant(answers[0]?.position === firstLine, `chunk ${chunk} of ${sha256} begins elsewhere than planned`);
  return answers;
}

/** The only format there was then says in its own lines which payments it speaks of. */
function unasked(): never {
  throw new InvariantError('a result of before asks for the lines that were sent');
}
