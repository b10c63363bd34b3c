import type { PaymentId } from '../../domain/ids.ts';
import type { Fen } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { DynamoTable } from './dynamo-table.ts';

/**
 * Which payment and attempt stands on which line of an instruction file, in the operations table:
 *
 *   FILE#<file name>   <000000>   lines 1 to 100, then 101 to 200, ... (immutable)
 *
 * Blocks keep it at a hundredth of a write per payment.
 */
export type ManifestLine = { readonly payment: PaymentId; readonly attempt: number; readonly fen: Fen };

export const LINES_PER_BLOCK = 100;

export class FileManifestStore {
  readonly #table: DynamoTable;

  constructor(table: DynamoTable) {
    this.#table = table;
  }

  /**
   * Writes lines of a file; again with the same lines changes nothing.
   * @param before how many lines of the file were written before: whole blocks
   */
  async write(fileName: string, lines: readonly ManifestLine[], before = 0): Promise<void> {
    invariant(
      before % LINES_PER_BLOCK === 0,
      `lines of a file are listed by whole blocks, not from ${before}`,
    );
    for (let first = 0; first < lines.length; first += LINES_PER_BLOCK) {
      const block = lines.slice(first, first + LINES_PER_BLOCK);
      await this.#table.putNew({ pk: `FILE#${fileName}`, sk: blockName(before + first), block });
    }
  }

  /** The payments on the lines asked for (from 1), in that order; undefined where the file has no such line. */
  async lines(fileName: string, sequences: readonly number[]): Promise<(ManifestLine | undefined)[]> {
    const keys = sequences.map((sequence) => ({ pk: `FILE#${fileName}`, sk: blockName(sequence - 1) }));
    const items = await this.#table.batchGet(keys);
    return sequences.map((sequence, index) => {
      const block = items[index]?.['block'] as ManifestLine[] | undefined;
      return block?.[(sequence - 1) % LINES_PER_BLOCK];
    });
  }
}

const blockName = (index: number): string => String(index - (index % LINES_PER_BLOCK)).padStart(6, '0');
