import { type BankAnswer, placed, type UnreadableAnswer } from '../../../domain/bank/answer.ts';
import {
  checkLine,
  InstructionFileWriter,
  writeInstructionFile,
} from '../../../domain/bank/instruction-file.ts';
import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import {
  type BankLayout,
  instructionFileName,
  parseInstructionFileName,
  RESULT_LINE_BREAK,
} from '../../../domain/bank/layout.ts';
import {
  answerOfLine,
  isBlankLine,
  parseResultHeader,
  parseResultLine,
} from '../../../domain/bank/result-file.ts';
import {
  checkResultTotals,
  parseResultTotals,
  ResultCounter,
  type StatedTotals,
} from '../../../domain/bank/result-totals.ts';
import { writeResultFile } from '../../../domain/bank/result-writer.ts';
import { SentPlaces } from '../../../domain/bank/sent-places.ts';
import type { TextCodec } from '../../../domain/bank/text-codec.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import type { BankFormat, ReadContext, ResultReading } from './bank-format.ts';

/** A format of lines and separators (分隔符文本), from its layout. */
export function delimitedFormat(layout: BankLayout, codec: TextCodec): BankFormat {
  return {
    id: layout.id,
    contentType: `text/plain; charset=${layout.encoding}`,
    maxLines: layout.maxLines,
    instructionFileName: (identity) => instructionFileName(layout, identity),
    identityOf: (name) => parseInstructionFileName(layout, name),
    checkLine: (line) => checkLine(line, layout, codec),
    writeInstruction: (input) => writeInstructionFile({ ...input, layout }, codec, sha256Hex),
    writer: (head) => new InstructionFileWriter({ ...head, layout }, codec, sha256Hex),
    readInstruction: async (bytes, fileName) =>
      readInstructionFile(bytes, layout, codec, sha256Hex, fileName),
    readResult: (bytes, context) => readResult(new Lines(bytes, codec), layout, context),
    writeResult: (input) => writeResultFile({ ...input, layout }, codec, sha256Hex),
  };
}

/** Header and totals are read at once, lines as they are asked for. Lines that cannot be read stay in: they become exceptions. */
async function readResult(
  lines: Lines,
  layout: BankLayout,
  context: ReadContext,
): Promise<Result<ResultReading>> {
  const header = parseResultHeader(layout.resultHeader ? lines.takeFirst() : '', layout, context.fileName);
  if (!header.ok) return header;
  const totals = takeTotals(lines, layout);
  if (!totals.ok) return totals;
  const { instructionFile, namedByUpload } = header.value;
  const counter = new ResultCounter();
  return ok({
    instructionFile,
    ...(namedByUpload && { namedByUpload }),
    answers: answersOf(lines, layout, counter, async () => sentPlaces(context, instructionFile)),
    wrong: () => totals.value && checkResultTotals(layout, totals.value, counter.tally()),
  });
}

async function* answersOf(
  lines: Lines,
  layout: BankLayout,
  counter: ResultCounter,
  sent: () => Promise<SentPlaces>,
): AsyncGenerator<BankAnswer | UnreadableAnswer, void, undefined> {
  const accounted = layout.resultLine.columns.includes('account');
  let places: SentPlaces | undefined;
  let position = 0;
  for (const text of lines.rest()) {
    position += 1;
    const line = parseResultLine(text, layout);
    counter.add(line);
    if (!line.ok) {
      yield { position, unreadable: true };
      continue;
    }
    const answer = answerOfLine(line.value, position);
    if (answer.endToEndId !== '' || !accounted) {
      yield answer;
      continue;
    }
    places ??= await sent();
    yield placed(answer, places.of(line.value));
  }
}

async function sentPlaces(context: ReadContext, instructionFile: string): Promise<SentPlaces> {
  const sent = await context.sentLines(instructionFile);
  invariant(sent.ok, `answers to ${instructionFile} are read, and it is none of the run`);
  return new SentPlaces(sent.value);
}

/** The line of totals, its digest compared. Undefined where the layout has none. */
function takeTotals(lines: Lines, layout: BankLayout): Result<StatedTotals | undefined> {
  if (!layout.resultTotals) return ok(undefined);
  const text = layout.resultTotals.place === 'first' ? lines.takeFirst() : lines.takeLast();
  const totals = parseResultTotals(text, layout);
  if (!totals.ok) return totals;
  const { digest } = totals.value;
  return digest === undefined || digest === sha256Hex(lines.before()) ? totals : refuse(wrongDigest());
}

const wrongDigest = (): Refusal =>
  refusal(
    'invalid/result-digest',
    '回盘文件的摘要值与内容不符：文件可能被改动或不完整，请重新下载',
    'the digest of the result file does not match its content: download it again',
  );

/** The lines of a file that are not blank, decoded one at a time: taken from either end, the rest in order. */
class Lines {
  readonly #bytes: Uint8Array;
  readonly #codec: TextCodec;
  #first = 0;
  /** Behind the last byte that was not taken. */
  #end: number;

  constructor(bytes: Uint8Array, codec: TextCodec) {
    this.#bytes = bytes;
    this.#codec = codec;
    this.#end = bytes.length;
  }

  /** Empty when there is none. */
  takeFirst(): string {
    while (this.#first < this.#end) {
      const text = this.#take();
      if (!isBlankLine(text)) return text;
    }
    return '';
  }

  takeLast(): string {
    while (this.#end > this.#first) {
      // The break at its own end belongs to the line.
      const start = this.#end < 2 ? 0 : this.#bytes.lastIndexOf(RESULT_LINE_BREAK, this.#end - 2) + 1;
      const text = this.#codec.decode(this.#bytes.subarray(Math.max(start, this.#first), this.#end));
      this.#end = Math.max(start, this.#first);
      if (!isBlankLine(text)) return text;
    }
    return '';
  }

  /** Every byte in front of what was taken from the end. */
  before(): Uint8Array {
    return this.#bytes.subarray(0, this.#end);
  }

  *rest(): Generator<string, void, undefined> {
    while (this.#first < this.#end) {
      const text = this.#take();
      if (!isBlankLine(text)) yield text;
    }
  }

  #take(): string {
    const lineBreak = this.#bytes.indexOf(RESULT_LINE_BREAK, this.#first);
    const next = lineBreak === -1 || lineBreak >= this.#end ? this.#end : lineBreak + 1;
    const text = this.#codec.decode(this.#bytes.subarray(this.#first, next));
    this.#first = next;
    return text;
  }
}
