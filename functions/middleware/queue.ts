import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import createStack from '@middy/core';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { Envelope } from '../../events/envelope.ts';
import { describeError } from './describe-error.ts';

/** What a message handler may write to the log: opaque keys and counts, never personal data. */
export type Log = {
  readonly info: (sentence: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;
  readonly warn: (sentence: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;
};
export type Delivery = { readonly log: Log; readonly receiveCount: number };
export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

/**
 * The one middy stack for SQS: logger, parse, one call per message, partial failure. A message that cannot be parsed
 * and one whose handling throws are reported as failed; the queue delivers them again and moves them to its
 * dead-letter queue in the end. The others of the batch are done.
 */
export function queueHandler<M extends Envelope>(
  schema: z.ZodMiniType<M>,
  handle: (message: M, delivery: Delivery) => Promise<void>,
): QueueHandler {
  const logger = new Logger();
  const consume = async (record: SQSRecord): Promise<void> => {
    const message = parseMessage(schema, record.body);
    const receiveCount = Number(record.attributes.ApproximateReceiveCount);
    const facts = { queueMessageId: record.messageId, receiveCount };
    if (!message) {
      logger.error('message does not match its schema', facts);
      throw new Error('malformed message');
    }
    try {
      await handle(message, { log: logFor(logger, message.type), receiveCount });
    } catch (error) {
      logger.error('message failed', { ...facts, type: message.type, ...describeError(error) });
      throw error;
    }
  };
  const processor = async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
    processPartialResponse(event, consume, new BatchProcessor(EventType.SQS), {
      context,
      throwOnFullBatchFailure: false,
    });
  return createStack<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(processor) as QueueHandler;
}

function parseMessage<M extends Envelope>(schema: z.ZodMiniType<M>, body: string): M | undefined {
  try {
    const parsed = z.safeParse(schema, JSON.parse(body));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function logFor(logger: Logger, type: string): Log {
  return {
    info: (sentence, facts = {}) => logger.info(sentence, { type, ...facts }),
    warn: (sentence, facts = {}) => logger.warn(sentence, { type, ...facts }),
  };
}
