import type { PlainDate } from '../calendar.ts';
import { invariant, ok } from '../result.ts';
import { amountText, concatenate, sequenceText, writeLine } from './columns.ts';
import {
  type BankLayout,
  batchNumber,
  dateText,
  parseInstructionFileName,
  resultFileName,
} from './layout.ts';
import type { ResultLine } from './result-file.ts';
import { ResultCounter, resultTotalsText } from './result-totals.ts';
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
 * Writes a result file (回盘文件): the bank's side, for the bank simulator and for testing the reader against it. A layout that only
 * carries failures leaves out what was settled or is pending.
 * @throws InvariantError when the instruction file's name is none of the layout, or the layout has no word for a status.
 */
export function writeResultFile(
  input: ResultFileInput,
  codec: TextCodec,
  sha256: Sha256OfBytes,
): { readonly fileName: string; readonly bytes: Uint8Array } {
  const { layout, instructionFile } = input;
  const lines = input.lines.filter(
    ({ status }) => layout.resultCarries !== 'failures' || status === 'failed' || status === 'returned',
  );
  const counter = new ResultCounter();
  for (const line of lines) counter.add(ok(line));
  const totals = (digest: string) =>
    layout.resultTotals ? resultTotalsText(layout.resultTotals, layout, counter.tally(), digest) : '';
  const first = layout.resultTotals?.place === 'first';
  const body =
    headerText(input) +
    (first ? totals('') : '') +
    lines.map((line) => resultLineText(line, layout)).join('');
  const bodyBytes = codec.encode(body);
  return {
    fileName: resultFileName(layout, instructionFile, input.answer),
    bytes: first ? bodyBytes : concatenate([bodyBytes, codec.encode(totals(sha256(bodyBytes)))]),
  };
}

function headerText({ layout, instructionFile, resultDate }: ResultFileInput): string {
  const identity = parseInstructionFileName(layout, instructionFile);
  invariant(identity.ok, 'a result file answers an instruction file of its layout');
  if (!layout.resultHeader) return '';
  return writeLine(layout, layout.resultHeader, {
    jurisdiction: identity.value.jurisdiction,
    'batch-number': batchNumber(identity.value),
    'result-date': dateText(layout, resultDate),
    'instruction-file': instructionFile,
    'layout-version': layout.version,
    empty: '',
  });
}

function resultLineText(line: ResultLine, layout: BankLayout): string {
  const word = layout.statusCodes[line.status][0];
  invariant(word !== undefined, `${layout.id} has no word for "${line.status}"`);
  return writeLine(layout, layout.resultLine, {
    sequence: sequenceText(layout, line.sequence),
    account: line.account,
    name: line.name,
    amount: amountText(layout, line.fen),
    status: word,
    'return-code': line.returnCode,
    reason: line.reason,
    'booked-on': line.bookedOn === undefined ? '' : dateText(layout, line.bookedOn),
    'bank-serial': line.bankSerial,
    'end-to-end-id': line.endToEndId,
    empty: '',
  });
}
