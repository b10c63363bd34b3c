/** Small files of the data folder: the host reads them at every start, and may be killed while it writes one. */
import { renameSync, writeFileSync } from 'node:fs';

/** Puts a text in place of a file in one step, on the disk before it counts; readable by its owner only. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text, { mode: 0o600, flush: true });
  renameSync(draft, file);
}
