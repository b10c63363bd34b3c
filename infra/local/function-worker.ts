/**
 * One execution environment of one function: a thread with its own environment variables that loads the bundle from
 * the asset folder and handles one event at a time, as a Lambda environment does.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Context } from 'aws-lambda';

export type WorkerData = {
  readonly codeDirectory: string;
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
};
/** `deadlineAt` in milliseconds since 1970. */
export type Invocation = {
  readonly id: number;
  readonly event: unknown;
  readonly requestId: string;
  readonly deadlineAt: number;
};
export type FunctionError = { readonly errorType: string; readonly errorMessage: string };
export type Outcome =
  | { readonly id: number; readonly ok: true; readonly payload: string | undefined }
  | { readonly id: number; readonly ok: false; readonly error: FunctionError };

type Handler = (event: unknown, context: Context) => unknown;

const settings = workerData as WorkerData;
const [moduleName = 'index', exportName = 'handler'] = settings.handler.split('.');

// Loaded once, at the first event: later events wait for the same promise.
const loading = import(pathToFileURL(join(settings.codeDirectory, `${moduleName}.mjs`)).href).then(
  (module: Record<string, unknown>) => {
    const handler = module[exportName];
    if (typeof handler !== 'function') throw new Error(`${settings.functionName} exports no ${exportName}`);
    return handler as Handler;
  },
);
// Reported with the first event instead of ending the thread here.
loading.catch(() => undefined);

parentPort?.on('message', (invocation: Invocation) => {
  // Never rejects: a failing handler is an outcome too.
  void outcomeOf(invocation).then((outcome) => parentPort?.postMessage(outcome));
});

async function outcomeOf({ id, event, requestId, deadlineAt }: Invocation): Promise<Outcome> {
  try {
    const handler = await loading;
    const result = await handler(event, contextOf(requestId, deadlineAt));
    // Lambda serializes: what JSON cannot carry must not reach the caller here either.
    return { id, ok: true, payload: JSON.stringify(result) };
  } catch (cause) {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    console.error(error);
    return { id, ok: false, error: { errorType: error.name, errorMessage: error.message } };
  }
}

function contextOf(requestId: string, deadlineAt: number): Context {
  const unused = (): never => {
    throw new Error('callback handlers are not supported by the Node 24 runtime');
  };
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMb),
    awsRequestId: requestId,
    logGroupName: `/local/${settings.functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, deadlineAt - Date.now()),
    done: unused,
    fail: unused,
    succeed: unused,
  };
}
