/**
 * A process of its own that writes an instruction file, or reads an answer into its canonical form, so that its memory is that alone:
 *
 *   node tests/bench/bank-file-process.ts write <payments> <file>
 *   node tests/bench/bank-file-process.ts read <payments> <file>
 *
 * Prints lines of JSON: lines so far and memory (RSS) in bytes, and last also milliseconds, bytes and peak memory.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { writeAnswers } from '../../functions/bank/answers-file.ts';
import { instructionWriter } from '../../functions/bank/formats/gathered-writer.ts';
import { bankFormat } from '../../functions/bank/formats/index.ts';
import { FORMAT, HEAD, lineOf } from './bank-file-lines.ts';
import { value } from './value.ts';

/** As in start.ts. */
const SHARD_COUNT = 16;
const [, , task, count = '', path = ''] = process.argv;
const payments = Number(count);
const format = await bankFormat(FORMAT);
const report = (lines: number, more: object = {}) =>
  console.log(JSON.stringify({ lines, rss: process.memoryUsage().rss, ...more }));
const started = performance.now();
const bytes = task === 'write' ? write() : await read();
const milliseconds = performance.now() - started;
report(payments, { milliseconds, bytes, peakBytes: process.resourceUsage().maxRSS * 1024 });

/** Shard by shard, as a run is written. */
function write(): number {
  const writer = instructionWriter(format, HEAD);
  const size = Math.ceil(payments / SHARD_COUNT);
  for (let first = 0; first < payments; first += size) {
    const end = Math.min(first + size, payments);
    const added = writer.add(Array.from({ length: end - first }, (_, index) => lineOf(first + index)));
    if (!added.ok) throw new Error(added.error[0]?.reason.en);
    report(end);
  }
  const file = writer.finish();
  writeFileSync(path, file.bytes);
  return file.bytes.length;
}

async function read(): Promise<number> {
  const file = readFileSync(path);
  const sentLines = () => Promise.reject(new Error('its answers carry end-to-end ids'));
  const reading = value(await format.readResult(file, { fileName: '', sentLines }));
  const answers = await writeAnswers(reading.answers, (lines) => report(lines));
  if (reading.wrong?.() || answers.lines !== payments) throw new Error(`${answers.lines} lines`);
  return file.length;
}
