/** The environments of one function: started when needed, one event each at a time, replaced when they fail. */
import { randomUUID } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { FunctionError, Invocation, Outcome, WorkerData } from './function-worker.ts';
import type { PlannedFunction } from './plan.ts';

export type InvocationResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: FunctionError };

type Waiting = { readonly event: unknown; readonly done: (result: InvocationResult) => void };
type Environment = { readonly thread: Worker; busy?: Current };
type Current = {
  readonly id: number;
  readonly done: (result: InvocationResult) => void;
  readonly timer: NodeJS.Timeout;
};

/** Lambda's limit for a synchronous answer. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

export class FunctionPool {
  readonly #planned: PlannedFunction;
  readonly #environment: Readonly<Record<string, string>>;
  readonly #log: WriteStream;
  readonly #maxEnvironments: number;
  readonly #environments = new Set<Environment>();
  readonly #waiting: Waiting[] = [];
  #nextId = 1;
  #stopped = false;

  constructor(input: {
    readonly planned: PlannedFunction;
    readonly environment: Readonly<Record<string, string>>;
    /** File that receives what the function prints. */
    readonly logFile: string;
    readonly maxEnvironments: number;
  }) {
    this.#planned = input.planned;
    this.#environment = input.environment;
    this.#maxEnvironments = input.maxEnvironments;
    this.#log = createWriteStream(input.logFile, { flags: 'a', mode: 0o600 });
  }

  /** Events being worked on or waiting for an environment. */
  get active(): number {
    return this.#waiting.length + [...this.#environments].filter(({ busy }) => busy !== undefined).length;
  }

  /** Runs the function once. Never rejects: a failure, a crash or a time-out is a result. */
  async invoke(event: unknown): Promise<InvocationResult> {
    if (this.#stopped) return failure('Stopped', 'the host is stopping');
    return await new Promise((done) => {
      this.#waiting.push({ event, done });
      this.#dispatch();
    });
  }

  /** Takes no more events, gives those in work up to `graceMs` to end, then ends them. */
  async stop(graceMs: number): Promise<void> {
    this.#stopped = true;
    for (const { done } of this.#waiting.splice(0)) done(failure('Stopped', 'the host is stopping'));
    const endAt = Date.now() + graceMs;
    while (this.active > 0 && Date.now() < endAt) await new Promise((done) => setTimeout(done, 10));
    const threads = [...this.#environments].map(({ thread }) => thread.terminate());
    await Promise.all(threads);
    await new Promise<void>((done) => {
      this.#log.end(done);
    });
  }

  #dispatch(): void {
    while (this.#waiting.length > 0) {
      if (this.#stopped) return;
      const idle = [...this.#environments].find(({ busy }) => busy === undefined);
      if (idle === undefined && this.#environments.size >= this.#maxEnvironments) return;
      const next = this.#waiting.shift();
      if (next !== undefined) this.#run(idle ?? this.#start(), next);
    }
  }

  #run(environment: Environment, { event, done }: Waiting): void {
    const id = this.#nextId;
    this.#nextId += 1;
    const timeoutMs = this.#planned.timeoutSeconds * 1000;
    const timer = setTimeout(() => {
      this.#discard(
        environment,
        `Task timed out after ${this.#planned.timeoutSeconds} seconds`,
        'Sandbox.Timedout',
      );
    }, timeoutMs);
    environment.busy = { id, done, timer };
    const invocation: Invocation = { id, event, requestId: randomUUID(), deadlineAt: Date.now() + timeoutMs };
    environment.thread.postMessage(invocation);
  }

  #start(): Environment {
    const { codeDirectory, handler, logicalName, arn, memoryMb } = this.#planned;
    const workerData: WorkerData = {
      codeDirectory,
      handler,
      functionName: logicalName,
      functionArn: arn,
      memoryMb,
    };
    const thread = new Worker(new URL('./function-worker.ts', import.meta.url), {
      workerData,
      env: { ...this.#environment },
      stdout: true,
      stderr: true,
    });
    const environment: Environment = { thread };
    this.#environments.add(environment);
    thread.stdout.pipe(this.#log, { end: false });
    thread.stderr.pipe(this.#log, { end: false });
    thread.on('message', (outcome: Outcome) => this.#finished(environment, outcome));
    thread.on('error', (cause) => this.#discard(environment, cause.message, 'Runtime.Crash'));
    thread.on('exit', (code) => {
      this.#discard(environment, `the runtime exited with code ${code}`, 'Runtime.ExitError');
    });
    return environment;
  }

  #finished(environment: Environment, outcome: Outcome): void {
    const { busy } = environment;
    if (busy === undefined || busy.id !== outcome.id) return;
    clearTimeout(busy.timer);
    delete environment.busy;
    busy.done(resultOf(outcome));
    this.#dispatch();
  }

  /** Ends an environment for good; the event it held fails, the next one gets a fresh environment. */
  #discard(environment: Environment, message: string, type: string): void {
    if (!this.#environments.delete(environment)) return;
    const { busy } = environment;
    if (busy !== undefined) {
      clearTimeout(busy.timer);
      if (!this.#log.writableEnded) this.#log.write(`${JSON.stringify({ errorType: type, message })}\n`);
      busy.done(failure(type, message));
    }
    void environment.thread.terminate();
    this.#dispatch();
  }
}

function resultOf(outcome: Outcome): InvocationResult {
  if (!outcome.ok) return outcome;
  const { payload } = outcome;
  if (payload === undefined) return { ok: true, value: undefined };
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
    return failure('Function.ResponseSizeTooLarge', 'the answer is larger than 6 MB');
  }
  return { ok: true, value: JSON.parse(payload) as unknown };
}

function failure(errorType: string, errorMessage: string): InvocationResult {
  return { ok: false, error: { errorType, errorMessage } };
}
