import type { PlainDate } from '../calendar.ts';
import { toYuan } from '../money.ts';
import { invariant, ok } from '../result.ts';
import { concatenate, sequenceText, writeLine } from './columns.ts';
import {
  type BankLayout,
  batchNumber,
  compactDate,
  LINE_BREAK,
  parseInstructionFileName,
  resultFileName,
} from './layout.ts';
import { type ResultLine, tallyResultLines } from './result-file.ts';
import type { Sha256OfBytes, TextCodec } from './text-codec.ts';

export type ResultFileInput = {
  readonly layout: BankLayout;
  readonly instructionFile: string;
  readonly resultDate: PlainDate;
  /** 1 for the first answer to the file (the default), 2 for the next. */
  readonly answer?: number;
  readonly lines: readonly ResultLine[];
};

/**
 * Writes a result file (回盘文件): the bank's side, for the bank simulator and for testing the reader against it.
 * @throws InvariantError when the instruction file's name is none of the layout.
 */
export function writeResultFile(
  input: ResultFileInput,
  codec: TextCodec,
  sha256: Sha256OfBytes,
): { readonly fileName: string; readonly text: string; readonly bytes: Uint8Array } {
  const { layout, lines, instructionFile } = input;
  const identity = parseInstructionFileName(layout, instructionFile);
  invariant(identity.ok, 'a result file answers an instruction file of its layout');
  const header = writeLine(layout, layout.resultHeader, {
    jurisdiction: identity.value.jurisdiction,
    'batch-number': batchNumber(identity.value),
    'result-date': compactDate(input.resultDate),
    'instruction-file': instructionFile,
    'layout-version': layout.version,
  });
  const body = header + lines.map((line) => resultLineText(line, layout)).join('');
  const bodyBytes = codec.encode(body);
  const trailer = trailerText(lines, layout, sha256(bodyBytes));
  return {
    fileName: resultFileName(layout, instructionFile, input.answer),
    text: body + trailer,
    bytes: concatenate(bodyBytes, codec.encode(trailer)),
  };
}

function resultLineText(line: ResultLine, layout: BankLayout): string {
  return writeLine(layout, layout.resultLine, {
    sequence: sequenceText(line.sequence),
    account: line.account,
    name: line.name,
    amount: toYuan(line.fen),
    status: layout.statusCodes[line.status],
    'return-code': line.returnCode,
    reason: line.reason,
    'booked-on': line.bookedOn === undefined ? '' : compactDate(line.bookedOn),
    'bank-serial': line.bankSerial,
    'end-to-end-id': line.endToEndId,
  });
}

function trailerText(lines: readonly ResultLine[], layout: BankLayout, digest: string): string {
  const { totals } = tallyResultLines(lines.map(ok));
  const cells = layout.resultTrailer.statuses.flatMap((status) => [
    String(totals[status].count),
    toYuan(totals[status].fen),
  ]);
  return (
    [layout.resultTrailer.marker, String(lines.length), ...cells, digest].join(layout.separator) + LINE_BREAK
  );
}
