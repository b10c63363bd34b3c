import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { importStoreFrom } from '../../functions/register/import-services.ts';
import { ROWS_PER_CHUNK } from '../../functions/register/split-sheet.ts';
import { request } from '../functions/register/sheet-fixture.ts';
import { type Bureau, onDisk } from './bureau.ts';
import { csvPieces, largeXlsx } from './large-sheet.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';

const IMPORT = fileURLToPath(new URL('import-process.ts', import.meta.url));
const SPLIT = fileURLToPath(new URL('split-process.ts', import.meta.url));
/** A small heap, so that the peak is what is needed and not what happened to be free. */
const HEAP_MEGABYTES = 128;
const HEAP = [`--max-old-space-size=${HEAP_MEGABYTES}`, '--max-semi-space-size=8'];
const PROGRESS_STEPS = 10;
const megabytes = (bytes: number): string => (bytes / 1_000_000).toFixed(0);
type Measured = { milliseconds: number; chunks: number; rows: number; peakBytes: number };

/** Reading large spreadsheets, and importing one with its progress. */
export async function benchImports(options: { sizes: readonly number[]; people: number }): Promise<void> {
  printHeading('五、导入大表', '5. Import of large sheets');
  const folder = mkdtempSync(join(tmpdir(), 'fafang-sheets-'));
  try {
    await benchReading(folder, options.sizes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log('');
  await onDisk((bureau) => benchRecording(bureau, options.people));
}

async function benchReading(folder: string, sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [];
  for (const format of ['csv', 'xlsx'] as const) {
    for (const people of sizes) {
      const path = join(folder, `${people}.${format}`);
      const bytes =
        format === 'xlsx' ? await largeXlsx(people) : Buffer.from([...csvPieces(people)].join(''));
      writeFileSync(path, bytes);
      const { stdout } = await promisify(execFile)(process.execPath, [...HEAP, SPLIT, path]);
      const { milliseconds, chunks, peakBytes } = JSON.parse(stdout) as Measured;
      rows.push([
        format,
        String(people),
        megabytes(bytes.length),
        (milliseconds / 1000).toFixed(1),
        (people / milliseconds).toFixed(0),
        String(chunks),
        megabytes(peakBytes),
      ]);
    }
  }
  printTable({
    headings: [
      '格式 / format',
      '行 / rows',
      'MB',
      '秒 / s',
      '千行每秒 / 1000 rows/s',
      '块 / chunks',
      '内存峰值 MB / peak RSS',
    ],
    rows,
  });
  printNote(
    `读取、识别并切块，每个文件一个独立进程，堆上限 ${HEAP_MEGABYTES} MB；内存峰值含 Node 本身（约 60 MB）。随行数增长的只有核对各行是否矛盾的索引和共享文字表，每行约 0.5 kB。`,
    `reading, understanding and cutting, a process of its own for each file, with a heap of at most ${HEAP_MEGABYTES} MB; the peak includes Node itself (some 60 MB). What grows with the rows is the index that compares rows with each other and the table of shared texts, some 0.5 kB a row.`,
  );
}

async function benchRecording({ engines, clock }: Bureau, people: number): Promise<void> {
  const message = request('import-bench', { requestedAt: clock.now() });
  await engines.files.put(message.objectKey, await largeXlsx(people));
  engines.send('imports', JSON.stringify(message));
  const imports = importStoreFrom(engines.env);
  const started = performance.now();
  const child = spawn(process.execPath, [IMPORT], {
    env: { ...process.env, ...engines.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const messages = Math.ceil(people / ROWS_PER_CHUNK) + 1;
  let delivered = 0;
  for await (const line of createInterface(child.stdout)) {
    delivered += 1;
    if (delivered !== messages && (delivered - 1) % Math.ceil(messages / PROGRESS_STEPS) !== 0) continue;
    const status = await imports.get(message.importId);
    const seconds = (performance.now() - started) / 1000;
    const taken = status?.counts.accepted ?? 0;
    const { heapUsed, rss } = JSON.parse(line) as { heapUsed: number; rss: number };
    console.log(
      `  ${status?.state}  ${status?.chunksDone}/${status?.chunks} 块/chunks  ${whole(taken)} 行/rows  ${whole(seconds)} s  ${whole(taken / seconds)} 行每秒/rows/s  heap ${megabytes(heapUsed)} MB  RSS ${megabytes(rss)} MB`,
    );
  }
  const [code] = (await exited) as [number | null];
  const status = await imports.get(message.importId);
  if (code !== 0 || status?.state !== 'done' || status.counts.created !== people)
    throw new Error(`the import ended as ${status?.state} with ${status?.counts.created} of ${people}`);
  printNote(
    '一个 .xlsx 从上传到入库，消息逐条处理（AWS 上并行）；进度即 GET /v1/imports/{importId} 所示。函数在独立进程中，内存不含各引擎。',
    'an .xlsx from upload to register, one message after another (on AWS in parallel); the progress is what GET /v1/imports/{importId} shows. The function has a process of its own: the memory is without the engines.',
  );
}
