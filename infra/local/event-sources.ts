/** SQS event source mappings: polls queues, hands batches to functions, deletes what succeeded. */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import type { InvocationResult } from './function-pool.ts';
import type { PlannedEventSource } from './plan.ts';

export type EventSourceInput = {
  readonly source: PlannedEventSource;
  readonly queueUrl: string;
  readonly region: string;
  readonly invoke: (event: SQSEvent) => Promise<InvocationResult>;
  /** How many batches are worked on at once. */
  readonly pollers: number;
  /**
   * Wait before a failed message comes back: this many seconds at the first failure, doubled each time, 1 to 30.
   * AWS waits for the queue's visibility time-out (minutes) instead; on one machine nobody wants to wait that long.
   */
  readonly retrySeconds: number;
  /** Told of failures of the polling itself. */
  readonly report: (cause: unknown) => void;
};

const MAX_RETRY_SECONDS = 30;
/**
 * Never 0: with a data folder fauxqs 2.4.1 fails on visibility 0 after it has taken the message out of the queue (it
 * writes no receive count into a column that needs one), and the message is gone until the next start.
 */
const MIN_RETRY_SECONDS = 1;
const POLL_SECONDS = 20;
/** Pause after the engine could not be reached. */
const FAULT_PAUSE_MS = 500;

export type EventSource = { readonly stop: () => Promise<void> };

/** Starts the pollers of one mapping. `stop` waits for batches in work and leaves unread messages in the queue. */
export function startEventSource(client: SQSClient, input: EventSourceInput): EventSource {
  const stopping = new AbortController();
  const pollers = Array.from({ length: input.pollers }, () => poll(client, input, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(pollers);
    },
  };
}

async function poll(client: SQSClient, input: EventSourceInput, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await receive(client, input, signal);
      if (messages.length > 0) await work(client, input, messages);
    } catch (cause) {
      if (signal.aborted) return;
      input.report(cause);
      await new Promise((done) => setTimeout(done, FAULT_PAUSE_MS));
    }
  }
}

async function receive(client: SQSClient, input: EventSourceInput, signal: AbortSignal): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: input.queueUrl,
    MaxNumberOfMessages: Math.min(input.source.batchSize, 10),
    WaitTimeSeconds: POLL_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages: messages = [] } = await client.send(command, { abortSignal: signal });
  return messages;
}

async function work(client: SQSClient, input: EventSourceInput, messages: readonly Message[]): Promise<void> {
  const event = { Records: messages.map((message) => recordOf(message, input)) };
  const result = await input.invoke(event);
  const failed = failedMessages(result, messages, input.source.partialFailures);
  const done = messages.filter((message) => !failed.has(message.MessageId ?? ''));
  const entry = ({ ReceiptHandle: handle = '' }: Message, index: number) => ({
    Id: String(index),
    ReceiptHandle: handle,
  });
  if (done.length > 0) {
    await client.send(new DeleteMessageBatchCommand({ QueueUrl: input.queueUrl, Entries: done.map(entry) }));
  }
  const again = messages.filter((message) => failed.has(message.MessageId ?? ''));
  if (again.length > 0) {
    const entries = again.map((message, index) => ({
      ...entry(message, index),
      VisibilityTimeout: retryDelay(message, input.retrySeconds),
    }));
    await client.send(
      new ChangeMessageVisibilityBatchCommand({ QueueUrl: input.queueUrl, Entries: entries }),
    );
  }
}

function retryDelay(message: Message, retrySeconds: number): number {
  const tries = Number(message.Attributes?.ApproximateReceiveCount ?? '1');
  return Math.max(MIN_RETRY_SECONDS, Math.min(retrySeconds * 2 ** (tries - 1), MAX_RETRY_SECONDS));
}

/**
 * Ids of the messages that stay in the queue. As on AWS, an answer that cannot be understood (an empty or unknown id)
 * fails the whole batch, and no answer means that all succeeded.
 */
export function failedMessages(
  result: InvocationResult,
  messages: readonly Message[],
  partialFailures: boolean,
): ReadonlySet<string> {
  const all = new Set(messages.map(({ MessageId: id = '' }) => id));
  if (!result.ok) return all;
  if (!partialFailures) return new Set();
  const answer = result.value as { batchItemFailures?: unknown } | null | undefined;
  const failures = answer?.batchItemFailures;
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return all;
  const ids = failures.map((failure: { itemIdentifier?: unknown } | null) => failure?.itemIdentifier);
  if (!ids.every((id) => typeof id === 'string' && all.has(id))) return all;
  return new Set(ids as string[]);
}

function recordOf(message: Message, { source, region }: EventSourceInput): SQSRecord {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    {
      dataType: value.DataType ?? 'String',
      ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
    },
  ]);
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: (message.Attributes ?? {}) as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(attributes) as SQSRecord['messageAttributes'],
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: source.queueArn,
    awsRegion: region,
  };
}
