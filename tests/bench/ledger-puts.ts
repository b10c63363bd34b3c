import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamoClient } from '../../functions/adapters/dynamo-table.ts';
import { mapBounded } from '../../functions/concurrency.ts';
import type { QueueHandler } from '../../functions/middleware/queue.ts';
import { clientSettings } from '../../functions/wiring.ts';
import { answer } from './bank.ts';
import { type Bureau, compute, dispatch, enrol, onDisk, sign } from './bureau.ts';
import { type Attributes, itemBytes } from './capacity.ts';
import { type Cost, costOf, samplesOf, shown } from './samples.ts';
import { aroundSends } from './sent-commands.ts';
import { aim, printHeading, printNote, printTable, whole } from './table.ts';

const RATIO_AIM = 0.7;
/** As in release-shard.ts and reconcile.ts. */
const PUTS_AT_ONCE = 32;
const RAW_TABLE = 'bench-raw';

/** One message handled, and as many raw puts right after it. */
type Round = {
  readonly puts: number;
  readonly bytes: number;
  readonly handled: Cost;
  readonly raw: Cost;
};
type Measured = { readonly releases: readonly Round[]; readonly outcomes: readonly Round[] };

/** Ledger puts per second in dispatch and reconcile beside raw conditional puts of the same items, message by message in turn. */
export async function benchLedgerPuts(options: { people: number }): Promise<void> {
  printHeading(
    '二、每秒写入的分录：发放与对账，对比存储引擎的裸条件写入',
    '2. Ledger puts per second in dispatch and reconcile, beside raw conditional puts of the engine',
  );
  const { releases, outcomes } = await onDisk((bureau) => measure(bureau, options.people));
  printTable({
    headings: [
      '环节 / step',
      '消息 / messages',
      '平均 B / mean B',
      '分录/秒 puts per s (range)',
      '裸写/秒 raw per s (range)',
      '比值 / ratio (range)',
      '目标 / aim',
      '按处理器时间 / by CPU time',
    ],
    rows: [rowOf('发放 / dispatch', releases), rowOf('对账 / reconcile', outcomes)],
  });
  printNote(
    `${whole(options.people)} 人；引擎 dynalite 在磁盘上、独立线程；每条消息含其全部读取、校验与复读，随后立即以同一客户端、同样 ${PUTS_AT_ONCE} 个并发裸写相同大小的记录。首条消息用于预热，不计。“按处理器时间”是同一比值按本进程（客户端和引擎）所用的处理器时间计算，机器繁忙时看它。`,
    `${whole(options.people)} people; dynalite on disk in its own thread; each message with all its reads, checks and the re-read, followed at once by raw puts of the same items through a like client, ${PUTS_AT_ONCE} at a time. The first message warms up and is left out. "By CPU time" is the same ratio of the processor time that client and engine used: what to look at on a busy machine.`,
  );
}

async function measure(bureau: Bureau, people: number): Promise<Measured> {
  await enrol(bureau, people);
  const runId = await compute(bureau);
  await sign(bureau, runId);
  const raw = await rawPuts(bureau);
  const releases: Round[] = [];
  const outcomes: Round[] = [];
  const { handlers } = bureau;
  await dispatch(bureau, runId);
  await bureau.deliver({ dispatch: beside(raw, handlers.dispatch, 'run.release-shard', releases) });
  await answer(bureau, runId);
  await bureau.deliver({ reconcile: beside(raw, handlers.reconcile, 'bank.reconcile-chunk', outcomes) });
  raw.close();
  return { releases: releases.slice(1), outcomes: outcomes.slice(1) };
}

type RawPuts = {
  /** What was put into the ledger since this was last emptied. */
  readonly seen: Attributes[];
  /** Puts the same once more, under the same condition, into a table of its own. */
  readonly again: () => Promise<Cost>;
  readonly close: () => void;
};

async function rawPuts({ engines }: Bureau): Promise<RawPuts> {
  const client = dynamoClient(clientSettings(engines.env, 'AWS_ENDPOINT_URL_DYNAMODB'));
  await client.send(
    new CreateTableCommand({
      TableName: RAW_TABLE,
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
  const watch = watchPuts(engines.tables.ledger.name);
  const put = (item: Attributes) =>
    client.send(
      new PutItemCommand({
        TableName: RAW_TABLE,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
  return {
    seen: watch.items,
    again: () => costOf(() => mapBounded(watch.items, PUTS_AT_ONCE, put)),
    close: () => {
      watch.stop();
      client.destroy();
    },
  };
}

/** Notes the items that any client of this process puts into a table, and nothing else: the calls stay as they are. */
function watchPuts(table: string): { items: Attributes[]; stop: () => void } {
  const items: Attributes[] = [];
  const stop = aroundSends((command, send) => {
    if (command instanceof PutItemCommand && command.input.TableName === table && command.input.Item)
      items.push(command.input.Item);
    return send(command);
  });
  return { items, stop };
}

/** Hands a message to its handler and measures; messages of other types pass. */
function beside(raw: RawPuts, handle: QueueHandler, type: string, rounds: Round[]): QueueHandler {
  return async (event, context) => {
    const body = JSON.parse(event.Records[0]?.body ?? '{}') as { type?: string };
    if (body.type !== type) return handle(event, context);
    raw.seen.length = 0;
    let answer: Awaited<ReturnType<QueueHandler>> | undefined;
    const handled = await costOf(async () => {
      answer = await handle(event, context);
    });
    if (!answer || answer.batchItemFailures.length > 0) throw new Error(`a message of type ${type} failed`);
    const again = await raw.again();
    const bytes = raw.seen.reduce((sum, item) => sum + itemBytes(item), 0);
    rounds.push({ puts: raw.seen.length, bytes, handled, raw: again });
    return answer;
  };
}

function rowOf(name: string, rounds: readonly Round[]): string[] {
  const puts = rounds.reduce((sum, round) => sum + round.puts, 0);
  const bytes = rounds.reduce((sum, round) => sum + round.bytes, 0);
  const ratio = samplesOf(rounds.map(({ raw, handled }) => raw.milliseconds / handled.milliseconds));
  const work = samplesOf(rounds.map(({ raw, handled }) => raw.cpuMilliseconds / handled.cpuMilliseconds));
  const perSecond = (each: 'handled' | 'raw') =>
    shown(samplesOf(rounds.map((round) => (round.puts / round[each].milliseconds) * 1000)));
  return [
    name,
    String(rounds.length),
    whole(bytes / puts),
    perSecond('handled'),
    perSecond('raw'),
    shown(ratio, 2),
    aim(`≥ ${RATIO_AIM}`, ratio.median >= RATIO_AIM),
    shown(work, 2),
  ];
}
