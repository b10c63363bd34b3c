import { AccountChanges } from '../../../functions/adapters/account-changes.ts';
import { DynamoTable, dynamoClient } from '../../../functions/adapters/dynamo-table.ts';
import { ImportStore } from '../../../functions/adapters/import-store.ts';
import { MessageQueues, queueClient } from '../../../functions/adapters/message-queues.ts';
import { ObjectStore, objectClient } from '../../../functions/adapters/object-store.ts';
import { RegisterStore } from '../../../functions/adapters/register-store.ts';
import { importHandler } from '../../../functions/register/import.ts';
import type { ImportServices } from '../../../functions/register/import-services.ts';
import { resendImport, unfinishedImports } from '../../../functions/register/unfinished-imports.ts';
import { clientSettings, personalDataFrom } from '../../../functions/wiring.ts';
import { QUEUES } from '../../../infra/resources.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { FIXED_KEYS, registerContent, request, runImport, servicesFor } from './sheet-fixture.ts';

type Fields = NonNullable<Parameters<typeof request>[1]>;
/** What is imported on a register that brought `earlier` before. */
export type Interrupted = {
  readonly fields: Fields;
  readonly earlier: Uint8Array;
  readonly sheet: Uint8Array;
};
export type Moment = 'before' | 'after';

/** Services with the same keys in every engine. */
export const fixedServices = (engines: Engines, start?: string): ImportServices =>
  servicesFor(engines, start, { ...engines.env, ...FIXED_KEYS });

/** Imports on a fresh register, with one call to an engine failing; then lets the sweeper finish it. */
export async function interruptedImport(
  { fields, earlier, sheet }: Interrupted,
  failAt: number,
  moment: Moment,
) {
  const engines = await startEngines();
  const good = fixedServices(engines);
  const before = { ...fields, requestedAt: '2026-11-20T00:30:00.000Z' };
  await runImport(
    engines,
    fixedServices(engines, '2026-11-20T01:00:00.000Z'),
    request('earlier', before),
    earlier,
  );
  const fault = { calls: 0, failures: 0 };
  const services = faultyServices(engines, good, async (call) => {
    const failing = fault.calls++ === failAt;
    if (failing) fault.failures += 1;
    if (failing && moment === 'before') throw new Error('interrupted');
    const answer = await call();
    if (failing) throw new Error('interrupted');
    return answer;
  });
  const message = request('cut', { ...fields, requestedAt: '2026-11-20T02:30:00.000Z' });
  await engines.files.put(message.objectKey, sheet);
  engines.send('imports', JSON.stringify(message));
  await engines.deliver({ imports: importHandler(() => services) });
  const late = '2026-11-20T23:00:00.000Z';
  for (const found of await unfinishedImports(good.imports, late, late)) {
    await resendImport(good.queues, found);
  }
  if (!(await good.imports.get('cut')))
    await resendImport(good.queues, { request: message, lastProgressAt: '' });
  await engines.deliver({ imports: importHandler(() => good) });
  const counts = (await good.imports.get('cut'))?.counts;
  const content = await registerContent(engines, good);
  const unfinished = await unfinishedImports(good.imports, late, late);
  // Asked for twice, a review is one.
  const reviews = [...new Set(engines.bodies('determinations'))].sort();
  await engines.stop();
  return { ...fault, counts, content, unfinished, reviews };
}

/** The same services with every call to an engine passing through `around`. */
function faultyServices(
  engines: Engines,
  good: ImportServices,
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): ImportServices {
  const wrap = <C extends { send: (command: never) => Promise<unknown> }>(client: C): C => {
    const send = client.send.bind(client);
    client.send = (command: never) => around(() => send(command));
    return client;
  };
  const env = { ...engines.env, ...FIXED_KEYS };
  const dynamo = wrap(dynamoClient(clientSettings(env, 'AWS_ENDPOINT_URL_DYNAMODB')) as never);
  const sqs = wrap(queueClient(clientSettings(env, 'AWS_ENDPOINT_URL_SQS')) as never);
  const s3 = wrap(objectClient(clientSettings(env, 'AWS_ENDPOINT_URL_S3')) as never);
  const register = new RegisterStore(
    new DynamoTable(dynamo, engines.tables.register.name),
    personalDataFrom(env),
  );
  return {
    ...good,
    imports: new ImportStore(new DynamoTable(dynamo, engines.tables.operations.name)),
    register,
    accountChanges: new AccountChanges(register),
    files: new ObjectStore(s3, engines.env['FILES_BUCKET'] ?? ''),
    queues: new MessageQueues(sqs, {
      imports: engines.env[QUEUES.imports.env] ?? '',
      determinations: engines.env[QUEUES.determinations.env] ?? '',
    }),
  };
}
