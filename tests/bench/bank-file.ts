import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { firstRelease, makeEntry } from '../../domain/ledger/entry.ts';
import { runIdOf } from '../../domain/run/manifest.ts';
import { sha256Hex } from '../../functions/adapters/hashing.ts';
import { bankFormat } from '../../functions/bank/formats/index.ts';
import { mapBounded } from '../../functions/concurrency.ts';
import { manifestOf } from '../domain/run/samples.ts';
import { enrolmentOf, FILE_NAME, FORMAT, lineOf, paymentOf } from './bank-file-lines.ts';
import { type Bureau, onDisk } from './bureau.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';
import { value } from './value.ts';

const FILE_PROCESS = fileURLToPath(new URL('bank-file-process.ts', import.meta.url));
const RECONCILE_PROCESS = fileURLToPath(new URL('reconcile-process.ts', import.meta.url));
/** A small heap, so that the peak is what is needed and not what happened to be free. */
const HEAP_MEGABYTES = 128;
const HEAP = [`--max-old-space-size=${HEAP_MEGABYTES}`, '--max-semi-space-size=8'];
const PROGRESS_STEPS = 10;
const FAILS_EVERY = 70;
const BOOKED_ON = '2026-12-01';
const PUTS_AT_ONCE = 64;
const IDENTITY = { jurisdiction: '110199', programme: 'high-age', period: '2026-12', round: 'R' } as const;
const RUN_ID = runIdOf(IDENTITY, 1);
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);
type Progress = { lines: number; rss: number };
type Measured = Progress & { milliseconds: number; bytes: number; peakBytes: number };

/** One instruction file of any length: written, its answer read, and every line of it reconciled. */
export async function benchBankFile(options: { sizes: readonly number[] }): Promise<void> {
  printHeading(
    '七、大报盘文件：写出、读回盘、对账',
    '7. A large instruction file: written, answered, reconciled',
  );
  const folder = mkdtempSync(join(tmpdir(), 'fafang-bank-'));
  try {
    const rows: string[][] = [];
    for (const payments of options.sizes) {
      const sent = join(folder, `${payments}.dat`);
      const answered = `${sent}.ret`;
      rows.push(rowOf('写出 / write', payments, await inProcess('write', payments, sent)));
      await answerOf(sent, answered);
      rows.push(rowOf('读回盘 / read', payments, await inProcess('read', payments, answered)));
    }
    console.log('');
    printTable({
      headings: ['环节 / step', '笔 / payments', 'MB', '秒 / s', '笔每秒 / per s', '内存峰值 MB / peak RSS'],
      rows,
    });
    printNote(
      `每个文件一个独立进程，堆上限 ${HEAP_MEGABYTES} MB；内存峰值含 Node 和代码本身（约 100 MB）。随笔数增长的是文件本身的字节、回盘的规范行和查重索引，每笔约 0.6 kB。`,
      `a process of its own for each file, with a heap of at most ${HEAP_MEGABYTES} MB; the peak includes Node and the code (some 100 MB). What grows with the payments is the bytes of the file, its answers in canonical form and the index of what was said, some 0.6 kB a payment.`,
    );
    for (const payments of options.sizes) {
      const bytes = readFileSync(join(folder, `${payments}.dat.ret`));
      await onDisk((bureau) => benchReconciling(bureau, payments, bytes));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(step: string, payments: number, { bytes, milliseconds, peakBytes }: Measured): string[] {
  const seconds = milliseconds / 1000;
  return [
    step,
    whole(payments),
    megabytes(bytes),
    seconds.toFixed(1),
    whole(payments / seconds),
    megabytes(peakBytes),
  ];
}

/** Runs the step and prints its progress. */
async function inProcess(task: 'write' | 'read', payments: number, path: string): Promise<Measured> {
  const child = spawn(process.execPath, [...HEAP, FILE_PROCESS, task, String(payments), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let last: Progress | Measured = { lines: 0, rss: 0 };
  let shown = 0;
  for await (const line of createInterface(child.stdout)) {
    last = JSON.parse(line) as Progress | Measured;
    if (last.lines - shown < payments / PROGRESS_STEPS) continue;
    shown = last.lines;
    console.log(
      `  ${task}  ${whole(last.lines)}/${whole(payments)} 笔/payments  RSS ${megabytes(last.rss)} MB`,
    );
  }
  const [code] = (await exited) as [number | null];
  if (code !== 0 || !('milliseconds' in last)) throw new Error(`${task} of ${payments} ended with ${code}`);
  return last;
}

/** The bank credits all but one payment in seventy. */
async function answerOf(sent: string, answered: string): Promise<void> {
  const format = await bankFormat(FORMAT);
  const { lines } = value(await format.readInstruction(readFileSync(sent), FILE_NAME));
  const result = format.writeResult({
    instructionFile: FILE_NAME,
    resultDate: BOOKED_ON,
    lines: lines.map((line) => ({
      ...line,
      ...(line.sequence % FAILS_EVERY === 0
        ? { status: 'failed', returnCode: 'E01', reason: '账户已销户', bankSerial: '' }
        : {
            status: 'settled',
            returnCode: '',
            reason: '',
            bookedOn: BOOKED_ON,
            bankSerial: `BK${line.sequence}`,
          }),
    })),
  });
  writeFileSync(answered, result.bytes);
}

async function benchReconciling(bureau: Bureau, payments: number, bytes: Uint8Array): Promise<void> {
  const { engines, follow } = bureau;
  await release(bureau, payments);
  const objectKey = 'uploads/110199/answer';
  await engines.files.put(objectKey, bytes);
  const asked = { runId: RUN_ID, objectKey, fileName: `${FILE_NAME}.ret`, by: 'staff-cashier' };
  const { resultId } = value(await follow.submitBankResult(asked));
  const started = performance.now();
  const child = spawn(process.execPath, [...HEAP, RECONCILE_PROCESS], {
    env: { ...process.env, ...engines.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const standing = async () =>
    value(await follow.listBankResults(RUN_ID)).find((result) => result.resultId === resultId);
  console.log('');
  let delivered = 0;
  let every = 1;
  let peak = 0;
  for await (const line of createInterface(child.stdout)) {
    delivered += 1;
    const { rss } = JSON.parse(line) as { rss: number };
    peak = Math.max(peak, rss);
    if (delivered % every !== 0) continue;
    const result = await standing();
    const { done = 0, of = 0 } = result?.chunks ?? {};
    every = Math.max(1, Math.ceil(of / PROGRESS_STEPS));
    const seconds = (performance.now() - started) / 1000;
    const lines = result?.counts?.lines ?? 0;
    console.log(
      `  ${result?.state}  ${done}/${of} 块/chunks  ${whole(lines)} 笔/payments  ${whole(seconds)} s  ${whole(lines / seconds)} 笔每秒/per s  RSS ${megabytes(rss)} MB`,
    );
  }
  const [code] = (await exited) as [number | null];
  const result = await standing();
  const failed = Math.floor(payments / FAILS_EVERY);
  if (code !== 0 || result?.counts?.settled !== payments - failed || result.counts.failed !== failed)
    throw new Error(`reconciling ended with ${code}: ${JSON.stringify(result)}`);
  printNote(
    `${whole(payments)} 笔的回盘从提交到逐笔入账，消息逐条处理（AWS 上并行）；进度即 GET /v1/runs/{runId}/bank-results 所示；内存峰值 ${megabytes(peak)} MB，不含各引擎。`,
    `the answer to ${whole(payments)} payments from submission to entries, one message after another (on AWS in parallel); the progress is what GET /v1/runs/{runId}/bank-results shows; peak ${megabytes(peak)} MB without the engines.`,
  );
}

/** What dispatch would have left behind: the run with its file, and a release of every payment. */
async function release({ ports, clock }: Bureau, payments: number): Promise<void> {
  const at = clock.now();
  const stamp = { at, by: 'system', runId: RUN_ID };
  const manifest = manifestOf({ layout: FORMAT });
  await ports.runs.append({ ...stamp, kind: 'started', manifest, sequence: 1 });
  const file = {
    fileNumber: 1,
    fileName: FILE_NAME,
    objectKey: 'bank/110199/file',
    count: payments,
    fen: lineOf(0).fen,
    sha256: '0'.repeat(64),
  };
  await ports.runs.append({ ...stamp, kind: 'dispatched', files: [file], sequence: 2 });
  const places = Array.from({ length: payments }, (_, index) => index);
  await mapBounded(places, PUTS_AT_ONCE, async (index) => {
    const { fen, sequence } = lineOf(index);
    const content = firstRelease({
      jurisdiction: IDENTITY.jurisdiction,
      programme: IDENTITY.programme,
      payment: paymentOf(index),
      enrolment: enrolmentOf(index),
      attempt: 1,
      run: RUN_ID,
      fen,
      file: FILE_NAME,
      line: sequence,
      lines: [{ month: '2026-12', component: 'allowance', fen, kind: 'entitlement' }],
      street: '110199001',
      paidTo: `${String(index).padStart(12, '0')}.0`,
    });
    await ports.ledger.append(makeEntry(sha256Hex, content, { at, by: 'system' }));
  });
}
