import { randomBytes } from 'node:crypto';
import { DeleteMessageCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { type QueueName, queueClient } from '../functions/adapters/message-queues.ts';
import type { QueueHandler } from '../functions/middleware/queue.ts';
import { clientSettings } from '../functions/wiring.ts';
import { QUEUES } from '../infra/resources.ts';

export type Handlers = Partial<Readonly<Record<QueueName, QueueHandler>>>;
export type Delivery = {
  /** How often each message is handed over (default once). */
  readonly times?: number;
  /** 0 <= x < 1; when given, messages waiting together are handed over in a random order. */
  readonly random?: () => number;
};
export type DeliveryReport = { readonly delivered: number; readonly failed: number };

/** Takes messages out and hands them over, one per event, until no queue named has any. */
export async function deliverAll(
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

function shuffle(items: unknown[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [items[at], items[other]] = [items[other], items[at]];
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
