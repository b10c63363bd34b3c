import type { BankAnswer, UnreadableAnswer } from '../../domain/bank/answer.ts';
import { answerText, Contradictions, readAnswers } from '../../domain/bank/answer-lines.ts';
import type { ChunkPlan } from '../adapters/bank-result-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { Answers } from './formats/bank-format.ts';

const LINES_PER_CHUNK = 200;
const LINES_PER_PROGRESS = 10_000;
/** Enough to tell what was said from what else could have been said. */
const DIGEST_CHARACTERS = 24;

/** What a bank's file says in canonical form, and how it is cut into chunks. Holds nothing personal. */
export type AnswersFile = {
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly plans: readonly ChunkPlan[];
};

/**
 * Writes answers as lines of JSON, whatever format they come from: what is kept of each is its text, in pieces of a chunk.
 * @param progress called every ten thousand answers
 */
export async function writeAnswers(
  answers: Answers,
  progress: (lines: number) => void = () => {},
): Promise<AnswersFile> {
  const found = new Contradictions((text) => sha256Hex(text).slice(0, DIGEST_CHARACTERS));
  const pieces: Buffer[] = [];
  let texts: string[] = [];
  let lines = 0;
  for await (const answer of answers) {
    if (!isUnreadable(answer)) found.see(answer);
    texts.push(answerText(answer));
    lines += 1;
    if (texts.length === LINES_PER_CHUNK) {
      pieces.push(Buffer.from(texts.join('')));
      texts = [];
    }
    if (lines % LINES_PER_PROGRESS === 0) progress(lines);
  }
  if (texts.length > 0) pieces.push(Buffer.from(texts.join('')));
  const marked = found.count === 0 ? pieces : pieces.map((piece) => markContradictions(piece, found));
  return { bytes: Buffer.concat(marked), lines, plans: planChunks(marked) };
}

export const isUnreadable = (answer: BankAnswer | UnreadableAnswer): answer is UnreadableAnswer =>
  'unreadable' in answer;

/** Known only when the whole file was read, and rare: the chunks are written once more. */
function markContradictions(piece: Buffer, found: Contradictions): Buffer {
  const texts = readAnswers(piece.toString()).map((answer) =>
    answerText(!isUnreadable(answer) && found.has(answer) ? { ...answer, contradictory: true } : answer),
  );
  return Buffer.from(texts.join(''));
}

function planChunks(pieces: readonly Buffer[]): ChunkPlan[] {
  let firstByte = 0;
  return pieces.map((piece, chunk) => {
    const plan = { chunk, firstByte, lastByte: firstByte + piece.length - 1, sha256: sha256Hex(piece) };
    firstByte += piece.length;
    return plan;
  });
}
