import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DescribeTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { type DynamoTable, dynamoClient, type Item } from '../functions/adapters/dynamo-table.ts';
import type { MessageQueues, QueueName } from '../functions/adapters/message-queues.ts';
import type { ObjectStore } from '../functions/adapters/object-store.ts';
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
import { type Delivery, type DeliveryReport, deliverAll, type Handlers } from './delivery.ts';
import { type Running, startDynalite, startDynamoDbLocal } from './dynamo-engines.ts';

export { type Delivery, lambdaContext, sqsEvent } from './delivery.ts';

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
  /** Puts a message on a queue as it is, well-formed or not. */
  readonly send: (queue: QueueName, body: string) => void;
  /** Takes messages out and hands them to the handlers, one per event, until no queue named has any. */
  readonly deliver: (handlers: Handlers, options?: Delivery) => Promise<DeliveryReport>;
  readonly stop: () => Promise<void>;
};
export async function startEngines(
  options: { dynamo?: 'dynalite' | 'dynamodb-local' | Running; dataDir?: string } = {},
): Promise<Engines> {
  const dynamo = await startDynamo(options);
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
    send: (queue, body) => {
      fauxqs.sendMessage(queue, body);
    },
    deliver: (handlers, delivery) => deliverAll(env, handlers, delivery),
    stop: async () => {
      await fauxqs.stop();
      await dynamo.stop();
    },
  };
}

function startDynamo({ dynamo, dataDir }: NonNullable<Parameters<typeof startEngines>[0]>): Promise<Running> {
  if (typeof dynamo === 'object') return Promise.resolve(dynamo);
  return dynamo === 'dynamodb-local' ? startDynamoDbLocal() : startDynalite(dataDir);
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
