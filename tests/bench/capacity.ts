import {
  type AttributeValue,
  BatchGetItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { aroundSends } from './sent-commands.ts';

/**
 * Read and write units of DynamoDB (standard, on demand), worked out from item sizes by the published rules, because no local engine
 * reports them dependably. Docs: "DynamoDB item sizes and formats", "DynamoDB read and write operations".
 */
export type Attributes = Record<string, AttributeValue>;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** Names in UTF-8 and values, in bytes. */
export function itemBytes(item: Attributes): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + bytes(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return bytes(value.S);
  if (value.N !== undefined) return numberBytes(value.N);
  if (value.B !== undefined) return value.B.length;
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.SS !== undefined) return value.SS.reduce((sum, text) => sum + bytes(text), 0);
  if (value.NS !== undefined) return value.NS.reduce((sum, text) => sum + numberBytes(text), 0);
  // Lists and maps cost three bytes, and one more for each member.
  if (value.L !== undefined) return value.L.reduce((sum, member) => sum + 1 + valueBytes(member), 3);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  throw new Error('an attribute of a kind that is not counted');
}

/** One byte for two significant digits, and one. */
function numberBytes(text: string): number {
  const digits = text.replace(/^[-+]/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0);
}

const WRITE_UNIT_BYTES = 1_024;
const READ_UNIT_BYTES = 4_096;
export const writeUnits = (size: number): number => Math.max(1, Math.ceil(size / WRITE_UNIT_BYTES));
export const readUnits = (size: number, strong: boolean): number =>
  Math.max(1, Math.ceil(size / READ_UNIT_BYTES)) * (strong ? 1 : 0.5);

/** One item written, or read by its key, or one page of a query (no `sk`). */
export type Call = {
  readonly kind: 'write' | 'read';
  readonly table: string;
  readonly pk: string;
  readonly sk: string;
  /** Of the item, or of all items of the page. */
  readonly size: number;
  readonly units: number;
};

/** Watches every call until `stop`. Reads that the bench makes by itself are not counted. */
export function meterCalls(record: (call: Call) => void): { stop: () => void } {
  const sizes = new Map<string, number>();
  /** The larger of the item before and after counts; what stood there before is known from its own write. */
  const write = (command: PutItemCommand | UpdateItemCommand, after: Attributes | undefined): void => {
    const { TableName: table = '' } = command.input;
    const key = command instanceof PutItemCommand ? command.input.Item : command.input.Key;
    const [pk, sk] = [key?.['pk']?.S ?? '', key?.['sk']?.S ?? ''];
    const name = `${table}\n${pk}\n${sk}`;
    const size = after === undefined ? 0 : itemBytes(after);
    const units = writeUnits(Math.max(size, sizes.get(name) ?? 0));
    if (after !== undefined) sizes.set(name, size);
    record({ kind: 'write', table, pk, sk, size, units });
  };
  const stop = aroundSends(async (command, send) => {
    if (command instanceof PutItemCommand || command instanceof UpdateItemCommand) {
      const answer = await send(command).catch((error: unknown) => {
        // A refused condition costs what the item that is there would cost to write.
        if (error instanceof Error && error.name === 'ConditionalCheckFailedException')
          write(command, undefined);
        throw error;
      });
      write(command, await afterwards(command, send));
      return answer;
    }
    const answer = await send(command);
    for (const call of readsOf(command, answer)) record(call);
    return answer;
  });
  return { stop };
}

/** The item as it stands after a write. */
async function afterwards(
  command: PutItemCommand | UpdateItemCommand,
  send: (command: unknown) => Promise<Record<string, unknown>>,
): Promise<Attributes | undefined> {
  if (command instanceof PutItemCommand) return command.input.Item;
  const { TableName, Key } = command.input;
  const found = await send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return found['Item'] as Attributes | undefined;
}

function readsOf(command: unknown, answer: Record<string, unknown>): Call[] {
  if (command instanceof GetItemCommand) {
    const { TableName: table = '', Key = {}, ConsistentRead = false } = command.input;
    const item = answer['Item'] as Attributes | undefined;
    return [readOf(table, Key, item, ConsistentRead)];
  }
  if (command instanceof BatchGetItemCommand) {
    const found = (answer['Responses'] ?? {}) as Record<string, Attributes[]>;
    return Object.entries(command.input.RequestItems ?? {}).flatMap(
      ([table, { Keys = [], ConsistentRead }]) => {
        const items = new Map((found[table] ?? []).map((item) => [nameOf(item), item]));
        return Keys.map((key) => readOf(table, key, items.get(nameOf(key)), ConsistentRead ?? false));
      },
    );
  }
  if (command instanceof QueryCommand) {
    const { TableName: table = '', ExpressionAttributeValues = {}, ConsistentRead = false } = command.input;
    const items = (answer['Items'] ?? []) as Attributes[];
    // A query adds up what it read and rounds once per page.
    const size = items.reduce((sum, item) => sum + itemBytes(item), 0);
    const pk = ExpressionAttributeValues[':pk']?.S ?? '';
    return [{ kind: 'read', table, pk, sk: '', size, units: readUnits(size, ConsistentRead) }];
  }
  if (command instanceof CreateTableCommand || command instanceof DescribeTableCommand) return [];
  throw new Error('a command that is not counted');
}

function readOf(table: string, key: Attributes, item: Attributes | undefined, strong: boolean): Call {
  const size = item === undefined ? 0 : itemBytes(item);
  const [pk, sk] = [key['pk']?.S ?? '', key['sk']?.S ?? ''];
  return { kind: 'read', table, pk, sk, size, units: readUnits(size, strong) };
}

const nameOf = (key: Attributes): string => `${key['pk']?.S}\n${key['sk']?.S}`;
