import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { QueueHandler } from '../../functions/middleware/queue.ts';
import { importStoreFrom } from '../../functions/register/import-services.ts';
import { request } from '../functions/register/sheet-fixture.ts';
import { type Bureau, onDisk } from './bureau.ts';
import { csvPieces, largeXlsx } from './large-sheet.ts';
import { printHeading, printNote, printTable, whole } from './table.ts';

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

async function benchRecording(bureau: Bureau, people: number): Promise<void> {
  const { engines, handlers } = bureau;
  const message = request('import-bench', { requestedAt: bureau.clock.now() });
  await engines.files.put(message.objectKey, await largeXlsx(people));
  engines.send('imports', JSON.stringify(message));
  const imports = importStoreFrom(engines.env);
  const started = performance.now();
  let delivered = 0;
  const chunks = Math.ceil(people / 250);
  const every = Math.max(1, Math.floor(chunks / PROGRESS_STEPS));
  const watched: QueueHandler = async (event, context) => {
    const answer = await handlers.imports(event, context);
    delivered += 1;
    if (delivered % every === 1 || delivered === chunks + 1) {
      const status = await imports.get(message.importId);
      const seconds = (performance.now() - started) / 1000;
      const taken = status?.counts.accepted ?? 0;
      const memory = process.memoryUsage();
      console.log(
        `  ${status?.state}  ${status?.chunksDone}/${status?.chunks} 块/chunks  ${whole(taken)} 行/rows  ${whole(seconds)} s  ${whole(taken / seconds)} 行每秒/rows/s  heap ${megabytes(memory.heapUsed)} MB  RSS ${megabytes(memory.rss)} MB`,
      );
    }
    return answer;
  };
  await bureau.deliver({ imports: watched });
  const status = await imports.get(message.importId);
  if (status?.state !== 'done' || status.counts.created !== people)
    throw new Error(`the import ended as ${status?.state} with ${status?.counts.created} of ${people}`);
  printNote(
    '一个 .xlsx 从上传到入库，消息逐条处理（AWS 上并行）；进度即 GET /v1/imports/{importId} 所示。内存含同进程的队列和存储引擎，文件及各块存在其中。',
    'an .xlsx from upload to register, one message after another (on AWS in parallel); the progress is what GET /v1/imports/{importId} shows. The memory includes the engines for queues and objects in the same process, which hold the file and its chunks.',
  );
}
