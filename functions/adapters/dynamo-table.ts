import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { invariant } from '../../domain/result.ts';
import { mapBounded, pause } from '../concurrency.ts';
import type { ClientSettings } from './client-settings.ts';

/**
 * One DynamoDB table with the string keys `pk` and `sk` and no index. It offers what the design needs and no more:
 * conditional puts of whole items, strong reads, ordered queries of one partition. Neither transactions, streams nor
 * TTL, so that any DynamoDB-compatible engine will do. Reads are strongly consistent unless the caller gives that up.
 */
export type Key = { readonly pk: string; readonly sk: string };
/** An item as stored: attributes are checked by the store that reads them. */
export type Item = Key & { readonly [attribute: string]: unknown };

/** The part of the SDK client that a table uses; tests wrap it to make calls fail. */
export type DynamoSender = Pick<DynamoDBClient, 'send'>;

export type ReadOptions = {
  /** Strong read (default). `false` reads at half the cost and may miss the last second. */
  readonly consistent?: boolean;
  /** Only these attributes, besides the keys. What the engine reads is the same; what travels and is parsed is less. */
  readonly only?: readonly string[];
};
export type QueryOptions = ReadOptions & {
  /** Only sort keys that begin so, or lie between two (both included). */
  readonly begins?: string;
  readonly between?: readonly [string, string];
  /** Items per page asked of the engine; `query` reads on, `page` stops there. */
  readonly limit?: number;
  /** Sort key after which to go on: the `next` of the page before. */
  readonly startAfter?: string;
  readonly descending?: boolean;
};
export type Page = { readonly items: Item[]; readonly next?: string };
export type PutOutcome =
  | { readonly outcome: 'created' }
  | { readonly outcome: 'same' }
  /** The key holds other business content: reported, never overwritten. */
  | { readonly outcome: 'divergent'; readonly existing: Item };
/** A raw update; only a failed condition is translated. */
export type Update = {
  readonly expression: string;
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
};

const KEYS_PER_BATCH = 100;
const BATCHES_AT_ONCE = 4;
const BATCH_ATTEMPTS = 12;

/** One client per process: connections are kept alive and shared by all tables. */
export function dynamoClient(settings: ClientSettings): DynamoDBClient {
  return new DynamoDBClient({
    ...settings,
    maxAttempts: 5,
    // The chain of middleware is put together once per kind of command, not once per call.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 10_000,
      httpAgent: { keepAlive: true, maxSockets: 128 },
      httpsAgent: { keepAlive: true, maxSockets: 128 },
    },
  });
}

export class DynamoTable {
  readonly #sender: DynamoSender;
  readonly name: string;

  constructor(sender: DynamoSender, name: string) {
    this.#sender = sender;
    this.name = name;
  }

  async get(pk: string, sk: string, options: ReadOptions = {}): Promise<Item | undefined> {
    const { Item: found } = await this.#sender.send(
      new GetItemCommand({
        TableName: this.name,
        Key: marshall({ pk, sk }),
        ConsistentRead: strong(options),
        ...projection(options),
      }),
    );
    return found && itemFrom(found);
  }

  /** The items of many keys, in the order of the keys; `undefined` where there is none. Keys may repeat. */
  async batchGet(keys: readonly Key[], options: ReadOptions = {}): Promise<(Item | undefined)[]> {
    const wanted = new Map(keys.map((key) => [nameOf(key), key]));
    const found = new Map<string, Item>();
    const pending = [...wanted.values()];
    const batches: Key[][] = [];
    for (let at = 0; at < pending.length; at += KEYS_PER_BATCH)
      batches.push(pending.slice(at, at + KEYS_PER_BATCH));
    await mapBounded(batches, BATCHES_AT_ONCE, async (batch) => {
      for (const item of await this.#batch(batch, options)) found.set(nameOf(item), item);
    });
    return keys.map((key) => found.get(nameOf(key)));
  }

  async #batch(keys: readonly Key[], options: ReadOptions): Promise<Item[]> {
    const items: Item[] = [];
    let left = keys.map(({ pk, sk }) => marshall({ pk, sk }));
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt >= BATCH_ATTEMPTS) throw new Error(`${left.length} keys still unprocessed in ${this.name}`);
      // An engine may answer only part of a batch when it is busy; what is left is asked for again, more slowly.
      if (attempt > 0) await pause(Math.min(1_000, 10 * 2 ** attempt) * (0.5 + Math.random() / 2));
      const answer = await this.#sender.send(
        new BatchGetItemCommand({
          RequestItems: {
            [this.name]: { Keys: left, ConsistentRead: strong(options), ...projection(options) },
          },
        }),
      );
      for (const found of answer.Responses?.[this.name] ?? []) items.push(itemFrom(found));
      left = answer.UnprocessedKeys?.[this.name]?.Keys ?? [];
    }
    return items;
  }

  /** One page of a partition in the order of its sort keys. `next` is absent on the last page. */
  async page(pk: string, options: QueryOptions = {}): Promise<Page> {
    const answer = await this.#sender.send(new QueryCommand(queryInput(this.name, pk, options)));
    const items = (answer.Items ?? []).map(itemFrom);
    const last = answer.LastEvaluatedKey && itemFrom(answer.LastEvaluatedKey);
    return last ? { items, next: last.sk } : { items };
  }

  /** All items of a partition in the order of their sort keys, page by page. */
  async *query(pk: string, options: QueryOptions = {}): AsyncGenerator<Item, void, undefined> {
    let startAfter = options.startAfter;
    do {
      const page: Page = await this.page(pk, startAfter === undefined ? options : { ...options, startAfter });
      yield* page.items;
      startAfter = page.next;
    } while (startAfter !== undefined);
  }

  /**
   * Puts an item unless its key is taken. After a lost answer the SDK puts again and is told 'exists' of its own item:
   * a caller to whom that matters compares contents (`putNewOrSame`).
   */
  async putNew(item: Item): Promise<'created' | 'exists'> {
    return (await this.#putIf(item, 'attribute_not_exists(pk)')) ? 'created' : 'exists';
  }

  /**
   * Puts an immutable item that carries its business-content hash in `c`; when the key is taken, reads what is there
   * strongly and compares the hashes.
   */
  async putNewOrSame(item: Item & { readonly c: string }): Promise<PutOutcome> {
    if ((await this.putNew(item)) === 'created') return { outcome: 'created' };
    const existing = await this.get(item.pk, item.sk, { consistent: true });
    invariant(existing, `an immutable item vanished from ${this.name}: ${item.pk} / ${item.sk}`);
    return existing['c'] === item.c ? { outcome: 'same' } : { outcome: 'divergent', existing };
  }

  /**
   * Replaces a document under an optimistic lock: version 0 means "not there yet", and the new document carries the
   * next version. A conflict (also with the caller's own put whose answer was lost) is for the caller to re-read.
   */
  async putIfVersion(
    item: Item & { readonly version: number },
    expectedVersion: number,
  ): Promise<'written' | 'conflict'> {
    invariant(
      item.version === expectedVersion + 1,
      `version ${item.version} does not follow ${expectedVersion}`,
    );
    const written =
      expectedVersion === 0
        ? await this.#putIf(item, 'attribute_not_exists(pk)')
        : await this.#putIf(item, '#version = :expected', { '#version': 'version' }, expectedVersion);
    return written ? 'written' : 'conflict';
  }

  /** Overwrites: only for projections that can be rebuilt from something else. */
  async put(item: Item): Promise<void> {
    await this.#sender.send(new PutItemCommand({ TableName: this.name, Item: toAttributes(item) }));
  }

  /** Overwrites a projection unless what is there was made from a later act: a slow writer does not set it back. */
  async putNewer(item: Item & { readonly sequence: number }): Promise<void> {
    const condition = 'attribute_not_exists(pk) OR #sequence < :expected';
    await this.#putIf(item, condition, { '#sequence': 'sequence' }, item.sequence);
  }

  /** Adds strings to a string set; adding one again changes nothing. Creates the item when it is not there. */
  async addToSet(key: Key, attribute: string, values: readonly string[]): Promise<void> {
    if (values.length === 0) return;
    await this.update(key, {
      expression: 'ADD #set :values',
      names: { '#set': attribute },
      values: { ':values': new Set(values) },
    });
  }

  /** Changes attributes in place: only for guards and projections that are not evidence. */
  async update(key: Key, update: Update): Promise<'updated' | 'refused'> {
    return this.#conditional(
      new UpdateItemCommand({
        TableName: this.name,
        Key: marshall({ pk: key.pk, sk: key.sk }),
        UpdateExpression: update.expression,
        ConditionExpression: update.condition,
        ExpressionAttributeNames: update.names,
        ExpressionAttributeValues: update.values && marshall(update.values, { removeUndefinedValues: true }),
      }),
    );
  }

  async #putIf(
    item: Item,
    condition: string,
    names?: Record<string, string>,
    expected?: number,
  ): Promise<boolean> {
    const outcome = await this.#conditional(
      new PutItemCommand({
        TableName: this.name,
        Item: toAttributes(item),
        ConditionExpression: condition,
        ...(names && { ExpressionAttributeNames: names }),
        ...(expected !== undefined && { ExpressionAttributeValues: marshall({ ':expected': expected }) }),
      }),
    );
    return outcome === 'updated';
  }

  async #conditional(command: PutItemCommand | UpdateItemCommand): Promise<'updated' | 'refused'> {
    try {
      // The two commands share nothing but this: their answers are not needed.
      await (command instanceof PutItemCommand ? this.#sender.send(command) : this.#sender.send(command));
      return 'updated';
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return 'refused';
      throw error;
    }
  }
}

function queryInput(table: string, pk: string, options: QueryOptions): QueryCommandInput {
  const { begins, between, startAfter, limit } = options;
  invariant(begins === undefined || between === undefined, 'a query takes `begins` or `between`, not both');
  const range =
    begins !== undefined
      ? ' AND begins_with(sk, :begins)'
      : between !== undefined
        ? ' AND sk BETWEEN :from AND :to'
        : '';
  return {
    TableName: table,
    KeyConditionExpression: `pk = :pk${range}`,
    ExpressionAttributeValues: marshall({
      ':pk': pk,
      ...(begins !== undefined && { ':begins': begins }),
      ...(between !== undefined && { ':from': between[0], ':to': between[1] }),
    }),
    ConsistentRead: strong(options),
    ...projection(options),
    ScanIndexForward: options.descending !== true,
    ...(limit !== undefined && { Limit: limit }),
    ...(startAfter !== undefined && { ExclusiveStartKey: marshall({ pk, sk: startAfter }) }),
  };
}

const strong = (options: ReadOptions): boolean => options.consistent !== false;

/** By placeholders, because many attribute names are reserved words. */
function projection({ only }: ReadOptions) {
  if (!only) return undefined;
  const names = ['pk', 'sk', ...only].map((attribute, index) => [`#a${index}`, attribute] as const);
  return {
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}

const nameOf = (key: Key): string => `${key.pk}\n${key.sk}`;
const toAttributes = (item: Item) => marshall(item, { removeUndefinedValues: true });

function itemFrom(attributes: Parameters<typeof unmarshall>[0]): Item {
  const { pk, sk, ...rest } = unmarshall(attributes);
  invariant(typeof pk === 'string' && typeof sk === 'string', 'an item without string keys');
  return { pk, sk, ...rest };
}
