import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Instant, PlainDate } from '../domain/calendar.ts';
import type { ClientSettings } from './adapters/client-settings.ts';
import { type DynamoSender, DynamoTable, dynamoClient } from './adapters/dynamo-table.ts';
import { awsKeySource, type KeySource, localKeySource } from './adapters/key-source.ts';
import {
  MessageQueues,
  QUEUE_NAMES,
  type QueueName,
  type QueueUrls,
  queueClient,
} from './adapters/message-queues.ts';
import { ObjectStore, objectClient } from './adapters/object-store.ts';
import { PersonalData } from './adapters/personal-data.ts';
import { RegisterStore } from './adapters/register-store.ts';
import { shanghaiDate } from './shanghai-date.ts';

/**
 * The composition root: the one place that reads the environment. Every function here makes one adapter, so that a
 * handler bundles only the SDK clients it names. Clients are made once per environment and shared.
 */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables, as in infra/resources.ts; a test holds them together. */
export const TABLE_VARIABLES = {
  register: 'REGISTER_TABLE',
  ledger: 'LEDGER_TABLE',
  operations: 'OPERATIONS_TABLE',
  policy: 'POLICY_TABLE',
} as const;
export type TableName = keyof typeof TABLE_VARIABLES;
export const queueVariable = (queue: QueueName): string => `${queue.toUpperCase()}_QUEUE_URL`;
export const BUCKET_VARIABLE = 'FILES_BUCKET';

export function processEnvironment(): Environment {
  return process.env;
}

/** @throws when a function is deployed without a variable that it needs. */
export function required(env: Environment, variable: string): string {
  const value = env[variable];
  if (value === undefined || value === '') throw new Error(`environment variable ${variable} is not set`);
  return value;
}

export function tableFrom(name: TableName, env: Environment = process.env): DynamoTable {
  return new DynamoTable(dynamoFrom(env), required(env, TABLE_VARIABLES[name]));
}

/**
 * A table that this function may have no access to: the ports of a run are made as a whole, and each function uses those that
 * it was granted. The deployment names to a function only its own tables, so that using another one fails in every hosting,
 * with the name of what is missing.
 */
export function grantedTable(name: TableName, env: Environment = process.env): DynamoTable {
  return new DynamoTable(dynamoFrom(env), env[TABLE_VARIABLES[name]] ?? `not-granted-${name}`);
}

export function queuesFrom(env: Environment = process.env): MessageQueues {
  const urls: QueueUrls = Object.fromEntries(
    QUEUE_NAMES.flatMap((queue) => {
      const url = env[queueVariable(queue)];
      return url ? [[queue, url]] : [];
    }),
  );
  return new MessageQueues(sqsFrom(env), urls);
}

export function filesFrom(env: Environment = process.env): ObjectStore {
  return new ObjectStore(s3From(env), required(env, BUCKET_VARIABLE));
}

/** Personal data under the keys of this hosting: KEY_SOURCE is `local` or `kms`. */
export function personalDataFrom(env: Environment = process.env): PersonalData {
  return once(personalData, env, () => new PersonalData(keySourceFrom(env)));
}

export function registerFrom(env: Environment = process.env): RegisterStore {
  return new RegisterStore(tableFrom('register', env), personalDataFrom(env));
}

function keySourceFrom(env: Environment): KeySource {
  const source = required(env, 'KEY_SOURCE');
  if (source === 'local') {
    return localKeySource(required(env, 'LOCAL_DATA_KEY'), required(env, 'LOCAL_LOOKUP_KEY'));
  }
  if (source === 'kms') return awsKeySource(env['PERSONAL_DATA_KEY_ARN'], env['LOOKUP_KEY_SECRET_ARN']);
  throw new Error('environment variable KEY_SOURCE is neither "local" nor "kms"');
}

const Settings = z.object({
  CODE_VERSION: z.optional(z.string()),
  CUT_OFF_MARGIN_SECONDS: z.optional(z.string().check(z.regex(/^\d{1,4}$/))),
  DEMO_MODE: z.optional(z.enum(['true', 'false'])),
  ROLE_CLAIM: z.optional(z.string()),
  OIDC_ISSUER: z.optional(z.string()),
});
export type ServiceSettings = {
  /** Hash over the sources: a run computed by one version is not continued by another. */
  readonly codeVersion: string;
  readonly cutOffMarginSeconds: number;
  readonly demoMode: boolean;
  readonly roleClaim: string;
  readonly issuer?: string;
};

export function settingsFrom(env: Environment = process.env): ServiceSettings {
  const settings = z.parse(Settings, env);
  return {
    codeVersion: settings.CODE_VERSION ?? 'development',
    cutOffMarginSeconds: Number(settings.CUT_OFF_MARGIN_SECONDS ?? '120'),
    demoMode: settings.DEMO_MODE === 'true',
    roleClaim: settings.ROLE_CLAIM ?? 'roles',
    ...(settings.OIDC_ISSUER !== undefined && { issuer: settings.OIDC_ISSUER }),
  };
}

/** The clock: instants in UTC for "recorded at", and today's date where the bureaus are. */
export type Clock = { readonly now: () => Instant; readonly today: () => PlainDate };
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  today: () => shanghaiDate(new Date().toISOString()),
};

const personalData = new WeakMap<Environment, PersonalData>();
const dynamoClients = new WeakMap<Environment, DynamoDBClient>();
const sqsClients = new WeakMap<Environment, SQSClient>();
const s3Clients = new WeakMap<Environment, S3Client>();

function dynamoFrom(env: Environment): DynamoSender {
  return once(dynamoClients, env, () => dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB')));
}

function sqsFrom(env: Environment): SQSClient {
  return once(sqsClients, env, () => queueClient(clientSettings(env, 'AWS_ENDPOINT_URL_SQS')));
}

function s3From(env: Environment): S3Client {
  return once(s3Clients, env, () => objectClient(clientSettings(env, 'AWS_ENDPOINT_URL_S3')));
}

function once<V>(made: WeakMap<Environment, V>, env: Environment, make: () => V): V {
  const before = made.get(env);
  if (before !== undefined) return before;
  const value = make();
  made.set(env, value);
  return value;
}

/**
 * On AWS the SDK finds everything by itself, and session credentials must not be pinned; with an endpoint of its own
 * (local host, on premises) a client gets the credentials beside it.
 */
export function clientSettings(env: Environment, endpointVariable: string): ClientSettings {
  const region = env['AWS_REGION'];
  const endpoint = env[endpointVariable];
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']];
  return {
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    ...(endpoint && accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
  };
}
