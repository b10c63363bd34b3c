/**
 * The local hosting: runs the synthesized templates on dynalite and fauxqs, with the same bundles that go to AWS.
 * Everything lives in one data folder; killing the process at any moment and starting it again loses nothing.
 */
import { mkdirSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Call, CallKind } from './access-gate.ts';
import { currentAssembly } from './assembly.ts';
import { BANK_PATH, bankDesk } from './bank/desk.ts';
import { receivedFrom } from './bank/received.ts';
import { openDataFolder } from './data-folder.ts';
import { type Emulators, type QueueDepth, startEmulators } from './emulators.ts';
import { type EventSource, startEventSource } from './event-sources.ts';
import { environmentFor, gateFor } from './function-environment.ts';
import { FunctionPool, type InvocationResult } from './function-pool.ts';
import { gatewayMessage } from './http-event.ts';
import { httpGateway } from './http-gateway.ts';
import { localKeys } from './local-keys.ts';
import { AUDIENCE, ISSUER_PATH, type Issuer, startIssuer } from './oidc.ts';
import { ACCOUNT, type Plan, planFrom } from './plan.ts';
import { listen } from './port.ts';
import { runSchedules } from './schedule-runner.ts';
import { parseSchedule } from './schedules.ts';

export type HostOptions = {
  /** Folder that holds all state; made when missing. */
  readonly dataDir: string;
  /** Left out: the port the folder was first used with, else 8787. 0: the folder's port, else any free one. */
  readonly port?: number;
  /** Empties the data folder first. */
  readonly fresh?: boolean;
  /** Prints nothing. */
  readonly quiet?: boolean;
  /** Module with the service to run, relative to the repository; default is Fafang. */
  readonly serviceModule?: string;
  /** Wait before a failed message comes back, doubled at each failure; default 1. */
  readonly retrySeconds?: number;
  /** Longest pause between two sweeps, default 15. */
  readonly sweepSeconds?: number;
  /** False leaves the daily tick out, for programs that start runs themselves; default true. */
  readonly dailyTick?: boolean;
  /** Batches of one queue worked on at once, default 2. */
  readonly pollersPerQueue?: number;
  /**
   * Refuses the functions what their roles do not allow, as AWS would; `refuse` refuses more. For tests: it costs a detour per
   * call. Left out, the engines let every function do anything.
   */
  readonly checkAccess?: { readonly refuse?: (call: Call) => boolean };
  /** More environment variables for every function, stronger than all others. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type Host = {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly address: string;
  /** Issuer URL of the local sign-in. */
  readonly issuer: string;
  /** An access token of a local account (see accounts.ts), valid for 15 minutes. */
  readonly tokenFor: (accountId: string) => Promise<string>;
  /** Calls a function directly, as a schedule or a test would; rejects when the function fails. */
  readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
  /** Depth of each queue by its name in infra/resources.ts. */
  readonly queueDepths: () => Readonly<Record<string, QueueDepth>>;
  /** Resolves when all queues are empty and no function is at work; messages waiting for a retry count as work. */
  readonly idle: () => Promise<void>;
  /** The environment a function runs with: enough to build its adapters in another process or a test. */
  readonly environmentOf: (functionName: string) => Readonly<Record<string, string>>;
  /** What the functions asked of the engines, each kind of call once; empty without `checkAccess`. */
  readonly calls: () => readonly CallKind[];
  /** Folder with one log file per function. */
  readonly logDirectory: string;
  readonly stop: () => Promise<void>;
};

const SERVICE_MODULE = 'infra/service-model.ts';
/** Environments of a function behind the gateway: enough to run requests of several people at the same time. */
const API_ENVIRONMENTS = 4;
const IDLE_PAUSE_MS = 25;
/** What is cut off after this at a stop comes back at the next start. */
const STOP_GRACE_MS = 5000;

/** Starts the whole service and resolves when it is ready for requests. */
export async function startHost(options: HostOptions): Promise<Host> {
  const cleanUp: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of cleanUp.splice(0).toReversed()) await step();
  };
  try {
    return await start(options, cleanUp, stop);
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function start(
  options: HostOptions,
  cleanUp: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Host> {
  const dataDir = resolve(options.dataDir);
  const folder = openDataFolder(dataDir, options.fresh === true);
  cleanUp.push(() => folder.release());
  const logDirectory = join(dataDir, 'logs');
  mkdirSync(logDirectory, { recursive: true, mode: 0o700 });
  const root = resolve(import.meta.dirname, '../..');
  const assembly = await currentAssembly({ root, serviceModule: options.serviceModule ?? SERVICE_MODULE });

  const server = createServer({ keepAliveTimeout: 60_000 });
  const port = await listen(server, join(dataDir, 'address.json'), options.port);
  cleanUp.push(() => closed(server));
  const address = `http://127.0.0.1:${port}`;
  const issuer = await startIssuer(`${address}${ISSUER_PATH}`, join(dataDir, 'signing-key.json'));
  const emulators = await startEmulators(join(dataDir, 'engines'), assembly.region);
  cleanUp.push(() => emulators.stop());

  const plan = planFrom({
    assembly,
    queueAddress: emulators.queueAddress,
    parameters: { OidcIssuer: issuer.url, OidcAudience: AUDIENCE, RoleClaim: 'roles' },
  });
  await emulators.create(plan);
  const gate = options.checkAccess && (await gateFor(plan, emulators, options.checkAccess.refuse));
  cleanUp.push(() => gate?.stop());
  const keys = localKeys(join(dataDir, 'local-keys.json'));
  const environments = new Map(
    plan.functions.map((planned) => [
      planned.logicalName,
      environmentFor(planned, { ...emulators.environment, ...gate?.environment }, keys, options.environment),
    ]),
  );
  const pools = startPools(plan, environments, logDirectory, options);
  const invoke = async (name: string, event: unknown): Promise<InvocationResult> => {
    const result = await named(pools, name).invoke(event);
    if (!result.ok && options.quiet !== true && result.error.errorType !== 'Stopped')
      console.error(`${name}: ${result.error.errorType}: ${result.error.errorMessage}`);
    return result;
  };
  // Any function that reads the runs and their files would do.
  const bank = bankDesk(() => receivedFrom(named(environments, 'bank-results')));
  server.on('request', requestListener(plan, { issuer, bank }, invoke));
  const sources = startEventSources(plan, emulators, assembly.region, invoke, options);
  cleanUp.push(async () => {
    const polling = sources.stop();
    await Promise.all([...pools.values()].map((pool) => pool.stop(STOP_GRACE_MS)));
    await polling;
  });
  const schedules = runSchedules({
    schedules: plan.schedules.filter(
      ({ expression }) => options.dailyTick !== false || parseSchedule(expression).kind === 'rate',
    ),
    stateFile: join(dataDir, 'schedules.json'),
    longestRateSeconds: options.sweepSeconds ?? 15,
    invoke,
  });
  cleanUp.push(() => schedules.stop());

  const queueDepths = (): Readonly<Record<string, QueueDepth>> => depths(plan, emulators);
  return {
    address,
    issuer: issuer.url,
    tokenFor: issuer.tokenFor,
    queueDepths,
    invoke: async (name, event) => {
      const result = await invoke(name, event);
      if (result.ok) return result.value;
      throw new Error(`${name} failed: ${result.error.errorType}: ${result.error.errorMessage}`);
    },
    idle: async () => {
      const busy = (): boolean =>
        Object.values(queueDepths()).some(({ ready, delayed, inFlight }) => ready + delayed + inFlight > 0) ||
        [...pools.values()].some(({ active }) => active > 0);
      while (busy()) await new Promise((done) => setTimeout(done, IDLE_PAUSE_MS));
    },
    environmentOf: (name) => named(environments, name),
    calls: () => gate?.calls() ?? [],
    logDirectory,
    stop,
  };
}

function startPools(
  plan: Plan,
  environments: ReadonlyMap<string, Readonly<Record<string, string>>>,
  logDirectory: string,
  options: HostOptions,
): ReadonlyMap<string, FunctionPool> {
  const consumers = new Set(plan.eventSources.map(({ functionName }) => functionName));
  return new Map(
    plan.functions.map((planned) => {
      const name = planned.logicalName;
      const pool = new FunctionPool({
        planned,
        environment: named(environments, name),
        logFile: join(logDirectory, `${name}.log`),
        maxEnvironments: consumers.has(name) ? (options.pollersPerQueue ?? 2) : API_ENVIRONMENTS,
      });
      return [name, pool];
    }),
  );
}

function requestListener(
  plan: Plan,
  { issuer, bank }: { readonly issuer: Issuer; readonly bank: ReturnType<typeof bankDesk> },
  invoke: (name: string, event: unknown) => Promise<InvocationResult>,
): RequestListener {
  const gateway = httpGateway({ routes: plan.routes, invoke, verify: issuer.verify });
  return (request, response) => {
    const below = (path: string): boolean => new RegExp(`^${path}([/?]|$)`).test(request.url ?? '');
    const handler = below(ISSUER_PATH) ? issuer.handle : below(BANK_PATH) ? bank : gateway;
    handler(request, response).catch((cause: unknown) => {
      // A client that went away in the middle of its body ends here as well.
      if (response.headersSent) return response.destroy();
      console.error(cause);
      const { statusCode, body } = gatewayMessage(500, 'Internal Server Error');
      return response.writeHead(statusCode, { 'content-type': 'application/json' }).end(body);
    });
  };
}

function startEventSources(
  plan: Plan,
  emulators: Emulators,
  region: string,
  invoke: (name: string, event: unknown) => Promise<InvocationResult>,
  options: HostOptions,
): EventSource {
  const client = new SQSClient({
    region,
    endpoint: emulators.queueAddress,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const sources = plan.eventSources.map((source) => {
    const queue = plan.queues.find(({ arn }) => arn === source.queueArn);
    if (queue === undefined) throw new Error(`event source of unknown queue ${source.queueArn}`);
    return startEventSource(client, {
      source,
      queueUrl: `${emulators.queueAddress}/${ACCOUNT}/${queue.name}`,
      region,
      invoke: (event) => invoke(source.functionName, event),
      pollers: Math.min(source.maxConcurrency, options.pollersPerQueue ?? 2),
      retrySeconds: options.retrySeconds ?? 1,
      report: (cause) => console.error(cause),
    });
  });
  return {
    stop: async () => {
      await Promise.all(sources.map((source) => source.stop()));
      client.destroy();
    },
  };
}

function depths(plan: Plan, emulators: Emulators): Record<string, QueueDepth> {
  const working = plan.queues.filter(({ redrive }) => redrive !== undefined);
  return Object.fromEntries(
    working.map((queue) => {
      const deadLetters = plan.queues.find(({ arn }) => arn === queue.redrive?.deadLetterArn);
      const dead = deadLetters === undefined ? undefined : emulators.depth(deadLetters);
      const depth = { ...emulators.depth(queue), dead: (dead?.ready ?? 0) + (dead?.inFlight ?? 0) };
      return [queue.logicalName, depth];
    }),
  );
}

function named<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`there is no function ${name}`);
  return value;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => {
    server.close(() => done());
  });
}
