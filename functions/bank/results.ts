import { type BankLayout, RESULT_LINE_BREAK } from '../../domain/bank/layout.ts';
import {
  checkResultTrailer,
  parseResultHeader,
  parseResultLine,
  parseResultTrailer,
  type ResultLine,
  resultLineKind,
  tallyResultLines,
} from '../../domain/bank/result-file.ts';
import type { TextCodec } from '../../domain/bank/text-codec.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import { ReconcileChunk, ResultReceived } from '../../events/run.ts';
import type { ChunkPlan, ResultJob } from '../adapters/bank-result-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { loadGb18030 } from '../adapters/text-tables.ts';
import { type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { layoutOf } from '../run/bank-layout.ts';
import { type RunPorts, runPortsFrom } from '../run/ports.ts';
import { type Environment, filesFrom, processEnvironment } from '../wiring.ts';

export type ResultPorts = RunPorts & { readonly files: ObjectStore };

const LINES_PER_CHUNK = 200;
/** A result line is about a hundred bytes and a file has five thousand: this is ample. */
const BYTES_MAX = 20 * 1024 * 1024;

/**
 * Takes in an uploaded bank result: reads it once as a whole, refuses it as a whole when it is not an answer to a file of this run or
 * its totals do not add up, and otherwise plans chunks. The hash of its bytes identifies it: the same file again is recognised.
 */
export async function takeResult(ports: ResultPorts, message: ResultReceived): Promise<void> {
  const job = await ports.results.job(message.runId, message.resultId);
  const run = await ports.runs.load(message.runId);
  invariant(job && run, `a message about an unknown result: ${message.resultId}`);
  if (job.state === 'accepted' || job.state === 'repeated') return takeAgain(ports, run, job);
  const bytes = await readWhole(ports.files, message.objectKey);
  const read = bytes.ok ? readResult(run, bytes.value, await loadGb18030()) : bytes;
  if (!bytes.ok || !read.ok) {
    const error = read.ok ? undefined : read.error;
    invariant(error, 'a result is either read or refused');
    await ports.results.putJob(run.runId, {
      ...job,
      state: 'refused',
      refusal: { code: error.code, zh: error.zh, en: error.en },
    });
    return;
  }
  await accept(ports, run, job, bytes.value, read.value);
}

/** What was accepted is not read a second time: the upload may hold other bytes by now. Only its chunks may have been lost. */
async function takeAgain(ports: ResultPorts, run: Run, { state, sha256 = '' }: ResultJob): Promise<void> {
  const record = state === 'accepted' && (await ports.results.result(run.runId, sha256));
  if (!record) return;
  const chunks = Array.from({ length: record.chunks }, (_, chunk) => chunk);
  await sendChunks(ports, run.runId, record.sha256, chunks);
}

async function accept(
  ports: ResultPorts,
  run: Run,
  job: ResultJob,
  bytes: Uint8Array,
  read: ReadResult,
): Promise<void> {
  const sha256 = sha256Hex(bytes);
  const { by, at } = job;
  // Kept under the hash of its bytes: the upload form could be used once more, and must not change what was accepted.
  const objectKey = `results/${run.manifest.jurisdiction}/${sha256}`;
  const existing = await ports.results.result(run.runId, sha256);
  const record = {
    resultId: job.resultId,
    objectKey,
    sha256,
    fileName: read.instructionFile,
    lines: read.lines,
    chunks: read.plans.length,
    at,
    by,
  };
  if (!existing) await ports.files.put(objectKey, bytes);
  if (!existing) await ports.results.accept(run.runId, record, read.plans);
  const mine = (existing ?? (await ports.results.result(run.runId, sha256)))?.resultId === job.resultId;
  await ports.results.putJob(run.runId, { ...job, state: mine ? 'accepted' : 'repeated', sha256 });
  if (mine)
    await sendChunks(
      ports,
      run.runId,
      sha256,
      read.plans.map((plan) => plan.chunk),
    );
}

export async function sendChunks(
  ports: Pick<RunPorts, 'queues'>,
  runId: string,
  sha256: string,
  chunks: readonly number[],
): Promise<void> {
  const messages = chunks.map(
    (chunk): ReconcileChunk => ({ type: 'bank.reconcile-chunk', version: 1, runId, resultId: sha256, chunk }),
  );
  await ports.queues.sendAll('reconcile', ReconcileChunk, messages);
}

async function readWhole(files: ObjectStore, objectKey: string): Promise<Result<Uint8Array>> {
  const head = await files.head(objectKey);
  if (!head)
    return refuse(
      refusal(
        'missing/upload',
        '没有找到上传的文件，请重新上传',
        'the uploaded file is not there: upload it again',
      ),
    );
  if (head.bytes === 0)
    return refuse(
      refusal(
        'invalid/empty-file',
        '文件是空的（0 字节），请重新从银行下载',
        'the file is empty (0 bytes): download it from the bank again',
      ),
    );
  if (head.bytes > BYTES_MAX) {
    return refuse(
      refusal(
        'limit/file-size',
        '回盘文件超过 20 MB，请核对是否选对了文件',
        'a result file has at most 20 MB: check that it is the right file',
        { bytes: head.bytes },
      ),
    );
  }
  const bytes = await files.read(objectKey);
  invariant(bytes, `an upload vanished: ${objectKey}`);
  return ok(bytes);
}

type ReadResult = {
  readonly instructionFile: string;
  readonly lines: number;
  readonly plans: readonly ChunkPlan[];
};

/** Reads header, lines and trailer. Lines that cannot be read or contradict each other stay in: they become exceptions. */
function readResult(run: Run, bytes: Uint8Array, codec: TextCodec): Result<ReadResult> {
  const layout = layoutOf(run.manifest);
  const spans = lineSpans(bytes, codec).filter(({ text }) => resultLineKind(text, layout) !== 'blank');
  const header = parseResultHeader(spans[0]?.text ?? '', layout);
  if (!header.ok) return header;
  const { instructionFile } = header.value;
  if (!run.files.some((file) => file.fileName === instructionFile))
    return refuse(notOfThisRun(run, instructionFile));
  const trailer = parseResultTrailer(spans.at(-1)?.text ?? '', layout);
  if (!trailer.ok) return trailer;
  const body = spans.slice(1, -1);
  const lines = body.map(({ text }) => parseResultLine(text, layout));
  const wrong =
    checkDigest(bytes, spans.at(-1)?.first ?? 0, trailer.value.digest) ??
    checkResultTrailer(trailer.value, tallyResultLines(lines));
  if (wrong) return refuse(wrong);
  return ok({ instructionFile, lines: body.length, plans: planChunks(bytes, body, contradictions(lines)) });
}

const notOfThisRun = (run: Run, instructionFile: string): Refusal =>
  refusal(
    'conflict/other-run',
    `该回盘文件回应的是 ${instructionFile}，不是本批次的报盘文件；请在对应批次上传`,
    `this result answers ${instructionFile}, which is not a file of this run: upload it to the run it belongs to`,
    { instructionFile, expected: run.files.map((file) => file.fileName).join(', ') },
  );

function checkDigest(bytes: Uint8Array, trailerAt: number, digest: string): Refusal | undefined {
  if (sha256Hex(bytes.subarray(0, trailerAt)) === digest) return undefined;
  return refusal(
    'invalid/result-digest',
    '回盘文件的摘要值与内容不符：文件可能被改动或不完整，请重新下载',
    'the digest of the result file does not match its content: download it again',
  );
}

type LineSpan = { readonly first: number; readonly last: number; readonly text: string };

function lineSpans(bytes: Uint8Array, codec: TextCodec): LineSpan[] {
  const spans: LineSpan[] = [];
  for (let first = 0; first < bytes.length; ) {
    const end = bytes.indexOf(RESULT_LINE_BREAK, first);
    const last = end === -1 ? bytes.length - 1 : end;
    spans.push({ first, last, text: codec.decode(bytes.subarray(first, last + 1)) });
    first = last + 1;
  }
  return spans;
}

/** Positions (from 1) of lines that speak of one payment and differ. Saying the same twice is no contradiction. */
function contradictions(lines: readonly Result<ResultLine>[]): ReadonlySet<number> {
  const read = lines.flatMap((line, index) => (line.ok ? [{ position: index + 1, line: line.value }] : []));
  const found = new Set<number>();
  for (const same of Map.groupBy(read, ({ line }) => line.sequence).values()) {
    const said = new Set(same.map(({ line }) => JSON.stringify(line)));
    if (said.size > 1) for (const { position } of same) found.add(position);
  }
  return found;
}

function planChunks(
  bytes: Uint8Array,
  body: readonly LineSpan[],
  contradictory: ReadonlySet<number>,
): ChunkPlan[] {
  const plans: ChunkPlan[] = [];
  for (let index = 0; index < body.length; index += LINES_PER_CHUNK) {
    const spans = body.slice(index, index + LINES_PER_CHUNK);
    const [firstByte, lastByte] = [spans[0]?.first ?? 0, spans.at(-1)?.last ?? 0];
    plans.push({
      chunk: plans.length,
      firstByte,
      lastByte,
      firstLine: index + 1,
      sha256: sha256Hex(bytes.subarray(firstByte, lastByte + 1)),
      contradictory: spans.map((_, offset) => index + offset + 1).filter((line) => contradictory.has(line)),
    });
  }
  return plans;
}

/** Lines of a chunk, decoded, blank ones left out as when the chunk was planned. */
export function chunkLines(bytes: Uint8Array, layout: BankLayout, codec: TextCodec): string[] {
  return lineSpans(bytes, codec)
    .map(({ text }) => text)
    .filter((text) => resultLineKind(text, layout) !== 'blank');
}

export function resultPortsFrom(env: Environment = processEnvironment()): ResultPorts {
  return { ...runPortsFrom(env), files: filesFrom(env) };
}

export function resultsHandler(ports: () => ResultPorts): QueueHandler {
  return queueHandler(ResultReceived, (message) => takeResult(ports(), message));
}

let ports: ResultPorts | undefined;
// Pure: who imports another part of this module does not bundle its handler.
export const handler = /* @__PURE__ */ resultsHandler(() => (ports ??= resultPortsFrom()));
