import { BANK_FORMATS, type BankFormatEntry } from '../../../domain/bank/catalogue.ts';
import {
  STATEMENT_COLUMN_NAMES,
  STATEMENT_COLUMNS,
  STATEMENT_LABEL_NAMES,
  STATEMENT_LABELS,
  USUAL_STATEMENT,
} from '../../../domain/bank/statement-layout.ts';
import { ok } from '../../../domain/result.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;

export const bankFormats: Pick<StaffOperations, 'listBankFormats'> = {
  async listBankFormats() {
    const statements = {
      columns: STATEMENT_COLUMNS.map((id) => ({ id, names: STATEMENT_COLUMN_NAMES[id] })),
      labels: STATEMENT_LABELS.map((id) => ({ id, names: STATEMENT_LABEL_NAMES[id] })),
      usual: USUAL_STATEMENT,
    };
    return ok({ body: { formats: BANK_FORMATS.map(formatView), statements } });
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
