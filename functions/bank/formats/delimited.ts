import { checkLine, writeInstructionFile } from '../../../domain/bank/instruction-file.ts';
import { readInstructionFile } from '../../../domain/bank/instruction-reader.ts';
import {
  type BankLayout,
  instructionFileName,
  parseInstructionFileName,
  RESULT_LINE_BREAK,
} from '../../../domain/bank/layout.ts';
import {
  answerOfLine,
  checkResultTrailer,
  parseResultHeader,
  parseResultLine,
  parseResultTrailer,
  resultLineKind,
  tallyResultLines,
} from '../../../domain/bank/result-file.ts';
import { writeResultFile } from '../../../domain/bank/result-writer.ts';
import type { TextCodec } from '../../../domain/bank/text-codec.ts';
import { ok, type Refusal, type Result, refusal, refuse } from '../../../domain/result.ts';
import { sha256Hex } from '../../adapters/hashing.ts';
import type { BankFormat, ResultReading } from './bank-format.ts';

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
    readInstruction: async (bytes) => readInstructionFile(bytes, layout, codec, sha256Hex),
    readResult: async (bytes) => readResult(bytes, layout, codec),
    writeResult: (input) => writeResultFile({ ...input, layout }, codec, sha256Hex),
  };
}

/** Reads header, lines and trailer. Lines that cannot be read stay in: they become exceptions. */
function readResult(bytes: Uint8Array, layout: BankLayout, codec: TextCodec): Result<ResultReading> {
  const spans = lineSpans(bytes, codec).filter(({ text }) => resultLineKind(text, layout) !== 'blank');
  const header = parseResultHeader(spans[0]?.text ?? '', layout);
  if (!header.ok) return header;
  const trailer = parseResultTrailer(spans.at(-1)?.text ?? '', layout);
  if (!trailer.ok) return trailer;
  const lines = spans.slice(1, -1).map(({ text }) => parseResultLine(text, layout));
  const wrong =
    checkDigest(bytes, spans.at(-1)?.first ?? 0, trailer.value.digest) ??
    checkResultTrailer(trailer.value, tallyResultLines(lines));
  if (wrong) return refuse(wrong);
  const answers = lines.map((line, index) =>
    line.ok ? answerOfLine(line.value, index + 1) : { position: index + 1, unreadable: true as const },
  );
  return ok({ instructionFile: header.value.instructionFile, answers });
}

function checkDigest(bytes: Uint8Array, trailerAt: number, digest: string): Refusal | undefined {
  if (sha256Hex(bytes.subarray(0, trailerAt)) === digest) return undefined;
  return refusal(
    'invalid/result-digest',
    '回盘文件的摘要值与内容不符：文件可能被改动或不完整，请重新下载',
    'the digest of the result file does not match its content: download it again',
  );
}

type LineSpan = { readonly first: number; readonly text: string };

function lineSpans(bytes: Uint8Array, codec: TextCodec): LineSpan[] {
  const spans: LineSpan[] = [];
  for (let first = 0; first < bytes.length; ) {
    const end = bytes.indexOf(RESULT_LINE_BREAK, first);
    const last = end === -1 ? bytes.length - 1 : end;
    spans.push({ first, text: codec.decode(bytes.subarray(first, last + 1)) });
    first = last + 1;
  }
  return spans;
}
