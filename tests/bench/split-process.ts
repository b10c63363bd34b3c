/**
 * A process of its own for one reading of a spreadsheet from beginning to end, so that its memory is that of the reading alone:
 *
 *   node tests/bench/split-process.ts <file>
 *
 * Prints one line of JSON: milliseconds, chunks, rows, peak memory (RSS) in bytes.
 */
import { open } from 'node:fs/promises';
import { splitSheet } from '../../functions/register/split-sheet.ts';

const file = await open(process.argv[2] ?? '');
const { size } = await file.stat();
const started = performance.now();
const cut = await splitSheet(
  {
    bytes: size,
    read: async (from, length) => {
      const { buffer } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer;
    },
  },
  'register',
  async () => {},
);
if (!cut.ok) throw new Error(cut.error.en);
const { chunks, rows } = cut.value.plan;
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ milliseconds, chunks, rows, peakBytes: process.resourceUsage().maxRSS * 1024 }));
await file.close();
