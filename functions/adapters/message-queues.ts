import { SendMessageBatchCommand, type SendMessageBatchRequestEntry, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import { invariant } from '../../domain/result.ts';
import type { Envelope } from '../../events/envelope.ts';
import { pause } from '../concurrency.ts';
import type { ClientSettings } from './client-settings.ts';

/** The queues of infra/resources.ts; a test holds the two lists together. */
export const QUEUE_NAMES = [
  'imports',
  'compute',
  'dispatch',
  'files',
  'results',
  'reconcile',
  'closing',
  'exports',
  'determinations',
] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];
export type QueueUrls = Partial<Readonly<Record<QueueName, string>>>;

/** The part of the SDK client that the queues use; tests wrap it to make calls fail. */
export type QueueSender = Pick<SQSClient, 'send'>;

const ENTRIES_PER_BATCH = 10;
const SEND_ATTEMPTS = 6;

export function queueClient(settings: ClientSettings): SQSClient {
  return new SQSClient({
    ...settings,
    // A queue's address is its own endpoint, unless one is given for all queues.
    ...(settings.endpoint !== undefined && { useQueueUrlAsEndpoint: false }),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000 },
  });
}

/**
 * Sends typed messages. Queues are at-least-once and unordered, so whoever sends may send again: after a failure the
 * whole step is simply repeated.
 */
export class MessageQueues {
  readonly #sender: QueueSender;
  readonly #urls: QueueUrls;

  constructor(sender: QueueSender, urls: QueueUrls) {
    this.#sender = sender;
    this.#urls = urls;
  }

  /** @throws when the message does not match its schema (a bug) or the queue does not accept it. */
  async send<M extends Envelope>(queue: QueueName, schema: z.ZodMiniType<M>, message: M): Promise<void> {
    await this.sendAll(queue, schema, [message]);
  }

  /** Sends by tens and tries the entries that the queue refused again. Returns when all are accepted. */
  async sendAll<M extends Envelope>(
    queue: QueueName,
    schema: z.ZodMiniType<M>,
    messages: readonly M[],
  ): Promise<void> {
    const url = this.#urls[queue];
    invariant(url, `this function has no address for the queue "${queue}"`);
    const bodies = messages.map((message) => JSON.stringify(z.parse(schema, message)));
    for (let at = 0; at < bodies.length; at += ENTRIES_PER_BATCH) {
      const entries = bodies
        .slice(at, at + ENTRIES_PER_BATCH)
        .map((body, index) => ({ Id: String(index), MessageBody: body }));
      await this.#sendBatch(queue, url, entries);
    }
  }

  async #sendBatch(
    queue: QueueName,
    url: string,
    entries: readonly SendMessageBatchRequestEntry[],
  ): Promise<void> {
    let left = [...entries];
    for (let attempt = 0; left.length > 0; attempt += 1) {
      if (attempt >= SEND_ATTEMPTS)
        throw new Error(`${left.length} messages not accepted by queue "${queue}"`);
      if (attempt > 0) await pause(Math.min(1_000, 20 * 2 ** attempt));
      const answer = await this.#sender.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: left }));
      const failed = new Set((answer.Failed ?? []).map((entry) => entry.Id));
      left = left.filter((entry) => failed.has(entry.Id));
    }
  }
}
