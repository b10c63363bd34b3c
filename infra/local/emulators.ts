/** The engines the functions talk to: dynalite (DynamoDB) and fauxqs (SQS, S3), both keeping everything on disk. */
import { existsSync, mkdirSync } from 'node:fs';
import { Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import {
  CreateTableCommand,
  type CreateTableInput,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import type { Plan, PlannedQueue } from './plan.ts';

export type QueueDepth = {
  readonly ready: number;
  readonly delayed: number;
  readonly inFlight: number;
  /** Messages in its dead-letter queue. */
  readonly dead: number;
};

export type Emulators = {
  /** SDK settings for a function: endpoints, region and credentials that mean nothing. */
  readonly environment: Readonly<Record<string, string>>;
  readonly queueAddress: string;
  /** Creates what the plan asks for and is not there yet. */
  readonly create: (plan: Plan) => Promise<void>;
  readonly depth: (queue: PlannedQueue) => Omit<QueueDepth, 'dead'>;
  readonly stop: () => Promise<void>;
};

/** Starts both engines on free ports of the loopback interface, with their files below `directory`. */
export async function startEmulators(directory: string, region: string): Promise<Emulators> {
  const queueDirectory = join(directory, 'queues');
  mkdirSync(directory, { recursive: true });
  returnInterruptedMessages(queueDirectory);
  const tables = await startDynalite(join(directory, 'tables'));
  const fauxqs = await onLoopbackOnly(() =>
    startFauxqs({
      port: 0,
      logger: false,
      defaultRegion: region,
      dataDir: queueDirectory,
      s3StorageDir: join(directory, 'files'),
    }),
  );
  // An IP address, not `localhost`: the S3 client then puts the bucket in the path, and no name has to be resolved.
  const queueAddress = `http://127.0.0.1:${fauxqs.port}`;
  const environment = {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: tables.address,
    AWS_ENDPOINT_URL_SQS: queueAddress,
    AWS_ENDPOINT_URL_S3: queueAddress,
    // Nothing may be looked up outside this machine.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  return {
    environment,
    queueAddress,
    create: async (plan) => {
      await createTables(plan, tables.address, region);
      createQueuesAndBuckets(plan, fauxqs, region);
    },
    depth: ({ name }) => {
      const messages = fauxqs.inspectQueue(name)?.messages;
      if (messages === undefined) throw new Error(`queue ${name} does not exist`);
      return {
        ready: messages.ready.length,
        delayed: messages.delayed.length,
        inFlight: messages.inflight.length,
      };
    },
    stop: async () => {
      await fauxqs.stop();
      await tables.stop();
    },
  };
}

async function startDynalite(path: string): Promise<{ address: string; stop: () => Promise<void> }> {
  const thread = new Worker(new URL('./dynalite-thread.ts', import.meta.url), { workerData: { path } });
  const port = await new Promise<number>((started, failed) => {
    thread.once('error', failed);
    thread.once('message', (message: { port: number }) => started(message.port));
  });
  return {
    address: `http://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise<void>((done) => {
        thread.once('exit', () => done());
      });
      thread.postMessage('stop');
      await ended;
    },
  };
}

/**
 * Messages that were in flight when the host was killed belong to nobody now, but the engine would hide them until
 * their visibility time-out (six times the function's limit, up to half an hour). On AWS the functions outlive a crash
 * of one worker and that wait is right; here every consumer died with the host, so they are made visible at once, and
 * the interrupted try does not count towards the dead-letter queue.
 */
function returnInterruptedMessages(queueDirectory: string): void {
  const file = join(queueDirectory, 'fauxqs.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  try {
    const tables = database.prepare(
      "SELECT name FROM sqlite_master WHERE type='table' AND name='sqs_messages'",
    );
    if (tables.get() === undefined) return;
    database.exec(`UPDATE sqs_messages
      SET receipt_handle = NULL, visibility_deadline = NULL,
          approximate_receive_count = MAX(approximate_receive_count - 1, 0)
      WHERE receipt_handle IS NOT NULL`);
  } finally {
    database.close();
  }
}

/**
 * The engine listens on all interfaces and has no option for it. It has no sign-in either and holds bank files, so
 * while it starts, listening without a port choice of ours is bent to the loopback interface.
 */
async function onLoopbackOnly<T>(start: () => Promise<T>): Promise<T> {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its server below
  const original = Server.prototype.listen;
  Server.prototype.listen = function listen(this: Server, ...options: unknown[]) {
    const [first] = options;
    const isAddress = typeof first === 'object' && first !== null && 'host' in first;
    const bent = isAddress ? [{ ...first, host: '127.0.0.1' }, ...options.slice(1)] : options;
    return Reflect.apply(original, this, bent) as Server;
  } as typeof original;
  try {
    return await start();
  } finally {
    Server.prototype.listen = original;
  }
}

async function createTables(plan: Plan, endpoint: string, region: string): Promise<void> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    const existing = (await client.send(new ListTablesCommand({}))).TableNames ?? [];
    for (const { name, definition } of plan.tables) {
      if (existing.includes(name)) continue;
      const { AttributeDefinitions, KeySchema, BillingMode } = definition as Partial<CreateTableInput>;
      // Backup, encryption and deletion protection mean nothing to the local engine.
      await client.send(
        new CreateTableCommand({ TableName: name, AttributeDefinitions, KeySchema, BillingMode }),
      );
    }
  } finally {
    client.destroy();
  }
}

function createQueuesAndBuckets(plan: Plan, fauxqs: FauxqsServer, region: string): void {
  // Dead-letter queues first: a redrive policy refers to one that exists.
  const deadLettersFirst = plan.queues.toSorted(
    (a, b) => Number(a.redrive !== undefined) - Number(b.redrive !== undefined),
  );
  for (const { name, visibilitySeconds, redrive } of deadLettersFirst) {
    if (fauxqs.inspectQueue(name) !== undefined) continue;
    const policy =
      redrive === undefined
        ? {}
        : {
            RedrivePolicy: JSON.stringify({
              deadLetterTargetArn: redrive.deadLetterArn,
              maxReceiveCount: redrive.maxReceiveCount,
            }),
          };
    fauxqs.createQueue(name, {
      region,
      attributes: { VisibilityTimeout: String(visibilitySeconds), ...policy },
    });
  }
  for (const bucket of plan.buckets) fauxqs.createBucket(bucket);
}
