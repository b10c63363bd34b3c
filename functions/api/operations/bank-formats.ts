import { BANK_FORMATS, type BankFormatEntry } from '../../../domain/bank/catalogue.ts';
import { ok } from '../../../domain/result.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const bankFormats: Pick<StaffOperations, 'listBankFormats'> = {
  async listBankFormats() {
    return ok({ body: { formats: BANK_FORMATS.map(formatView) } });
  },
};

/** Named one by one: entries of a standard know more than whoever chooses a format has to. */
function formatView(entry: BankFormatEntry) {
  const { id, names, encoding, maxLines, fileName, resultFileName, example } = entry;
  const instructionColumns = [...entry.instructionColumns];
  const resultColumns = [...entry.resultColumns];
  return {
    id,
    names,
    encoding,
    maxLines,
    fileName,
    resultFileName,
    instructionColumns,
    resultColumns,
    example,
  };
}
