import type { InstructionLine } from '../../../domain/bank/instruction-file.ts';
import { invariant, ok } from '../../../domain/result.ts';
import type { BankFormat, InstructionHead, InstructionWriter } from './bank-format.ts';

/** Piece by piece where the format can, and otherwise from all lines of the file at once. */
export function instructionWriter(format: BankFormat, head: InstructionHead): InstructionWriter {
  return format.writer?.(head) ?? gatheredWriter(format, head);
}

function gatheredWriter(format: BankFormat, head: InstructionHead): InstructionWriter {
  const gathered: InstructionLine[] = [];
  return {
    add: (lines) => {
      gathered.push(...lines);
      return ok(true);
    },
    finish: () => {
      const file = format.writeInstruction({ ...head, lines: gathered });
      invariant(file.ok, `a line that was checked cannot be written into file ${head.fileNumber}`);
      return file.value;
    },
  };
}
