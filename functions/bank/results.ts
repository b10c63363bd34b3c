import type { InstructionLine } from '../../domain/bank/instruction-file.ts';
import { invariant, ok, type Refusal, type Result, refusal, refuse } from '../../domain/result.ts';
import type { Run } from '../../domain/run/run.ts';
import { ResultMessage } from '../../events/bank-statement.ts';
import { ReconcileChunk, type ResultReceived } from '../../events/run.ts';
import type { ResultJob } from '../adapters/bank-result-store.ts';
import { sha256Hex } from '../adapters/hashing.ts';
import type { ObjectStore } from '../adapters/object-store.ts';
import { type Log, type QueueHandler, queueHandler } from '../middleware/queue.ts';
import { formatOf } from '../run/bank-layout.ts';
import { type RunPorts, runPortsFrom } from '../run/ports.ts';
import { type Environment, filesFrom, processEnvironment } from '../wiring.ts';
import { type AnswersFile, writeAnswers } from './answers-file.ts';
import type { BankFormat } from './formats/bank-format.ts';
import { takeStatement } from './statements.ts';

export type ResultPorts = RunPorts & { readonly files: ObjectStore };

/** What an upload form lets in. A line is 100 to 400 bytes, so that a file of 100,000 payments has 10 to 40 MB. */
const BYTES_MAX = 50_000_000;

/**
 * Takes in an uploaded bank result: reads it once as a whole, refuses it as a whole when it is not an answer to a file of this run or
 * its totals do not add up, and otherwise plans chunks. The hash of its bytes identifies it: the same file again is recognised.
 */
export async function takeResult(ports: ResultPorts, message: ResultReceived, log: Log): Promise<void> {
  const job = await ports.results.job(message.runId, message.resultId);
  const run = await ports.runs.load(message.runId);
  invariant(job && run, `a message about an unknown result: ${message.resultId}`);
  if (job.state === 'accepted' || job.state === 'repeated') return takeAgain(ports, run, job);
  const bytes = await readWhole(ports.files, message.objectKey);
  const read = bytes.ok ? await readResult(ports, run, job, bytes.value, log) : bytes;
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
  const { sha256 } = read;
  const { by, at } = job;
  // Kept under the hash of its bytes: the upload form could be used once more, and must not change what was accepted.
  const objectKey = `results/${run.manifest.jurisdiction}/${sha256}`;
  const answersKey = `${objectKey}.answers`;
  const existing = await ports.results.result(run.runId, sha256);
  const record = {
    resultId: job.resultId,
    objectKey,
    answersKey,
    sha256,
    fileName: read.instructionFile,
    lines: read.lines,
    chunks: read.plans.length,
    at,
    by,
  };
  if (!existing) {
    await ports.files.put(objectKey, bytes);
    await ports.files.put(answersKey, read.bytes, 'application/x-ndjson');
    await ports.results.accept(run.runId, record, read.plans);
  }
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
        '回盘文件超过 50 MB，请核对是否选对了文件',
        'a result file has at most 50 MB: check that it is the right file',
        { bytes: head.bytes },
      ),
    );
  }
  const bytes = await files.read(objectKey);
  invariant(bytes, `an upload vanished: ${objectKey}`);
  return ok(bytes);
}

type ReadResult = AnswersFile & {
  readonly instructionFile: string;
  /** Hash of the bytes; of the name too where the bytes do not say what they answer: two months may have the same answers. */
  readonly sha256: string;
};

/** Reads the file with the run's format. Lines that cannot be read or contradict each other stay in: they become exceptions. */
async function readResult(
  ports: ResultPorts,
  run: Run,
  { fileName = '' }: ResultJob,
  bytes: Uint8Array,
  log: Log,
): Promise<Result<ReadResult>> {
  const format = await formatOf(run.manifest);
  const reading = await format.readResult(bytes, {
    fileName,
    sentLines: (instructionFile) => sentLines(ports, run, format, instructionFile),
  });
  if (!reading.ok) return reading;
  const { instructionFile, answers, namedByUpload } = reading.value;
  if (!fileOfRun(run, instructionFile)) return refuse(notOfThisRun(run, instructionFile));
  const written = await writeAnswers(answers, (lines) =>
    log.info('reading a bank result', { runId: run.runId, lines }),
  );
  const wrong = reading.value.wrong?.();
  if (wrong) return refuse(wrong);
  const sha256 = namedByUpload ? sha256Hex(`${instructionFile}\n${sha256Hex(bytes)}`) : sha256Hex(bytes);
  return ok({ ...written, instructionFile, sha256 });
}

/** The lines of an instruction file as they were sent: read back from its stored bytes. */
async function sentLines(
  ports: ResultPorts,
  run: Run,
  format: BankFormat,
  instructionFile: string,
): Promise<Result<readonly InstructionLine[]>> {
  const file = fileOfRun(run, instructionFile);
  if (!file) return refuse(notOfThisRun(run, instructionFile));
  const bytes = await ports.files.read(file.objectKey);
  invariant(bytes && sha256Hex(bytes) === file.sha256, `the stored ${instructionFile} is not the one sent`);
  const read = await format.readInstruction(bytes, instructionFile);
  invariant(read.ok, `the stored ${instructionFile} cannot be read`);
  return ok(read.value.lines);
}

const fileOfRun = (run: Run, fileName: string) => run.files.find((file) => file.fileName === fileName);

const notOfThisRun = (run: Run, instructionFile: string): Refusal =>
  refusal(
    'conflict/other-run',
    `该回盘文件回应的是 ${instructionFile}，不是本批次的报盘文件；请在对应批次上传`,
    `this result answers ${instructionFile}, which is not a file of this run: upload it to the run it belongs to`,
    { instructionFile, expected: run.files.map((file) => file.fileName).join(', ') },
  );

export function resultPortsFrom(env: Environment = processEnvironment()): ResultPorts {
  return { ...runPortsFrom(env), files: filesFrom(env) };
}

export function resultsHandler(ports: () => ResultPorts): QueueHandler {
  return queueHandler(ResultMessage, (message, { log }) =>
    message.type === 'bank.statement-received'
      ? takeStatement(ports(), message)
      : takeResult(ports(), message, log),
  );
}

let ports: ResultPorts | undefined;
// Pure: who imports another part of this module does not bundle its handler.
export const handler = /* @__PURE__ */ resultsHandler(() => (ports ??= resultPortsFrom()));
