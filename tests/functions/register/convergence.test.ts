import { describe, expect, it } from 'vitest';
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
import { type Engines, startEngines } from '../../engines.ts';
import {
  FIXED_KEYS,
  idNumber,
  registerContent,
  request,
  row,
  runImport,
  servicesFor,
  sheet,
} from './sheet-fixture.ts';

/** A linear congruential generator: the same seed gives the same order. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const fixed = (engines: Engines) => servicesFor(engines, undefined, { ...engines.env, ...FIXED_KEYS });

describe('delivering every message twice and in random order', () => {
  const son = { payee: '王儿', payeeId: idNumber(900, '19700101'), account: '6217000000000900' };
  const rows = Array.from({ length: 520 }, (_, n) =>
    row(n, n % 50 === 0 ? son : n % 41 === 0 ? { account: 'x' } : {}),
  );
  rows[510] = row(3, { street: '110199009' });
  rows[511] = row(4);
  const clean = (async () => {
    const engines = await startEngines();
    const services = fixed(engines);
    const { status } = await runImport(engines, services, request('one'), sheet(rows));
    const content = await registerContent(engines, services);
    await engines.stop();
    return { content, counts: status!.counts };
  })();

  it.each([1, 2])('gives the same register and counts as once and in order (seed %i)', async (seed) => {
    const engines = await startEngines();
    const services = fixed(engines);
    const delivery = { times: 2, random: seeded(seed) };
    const { report, status } = await runImport(engines, services, request('one'), sheet(rows), delivery);
    const { content, counts } = await clean;
    expect(report.failed).toBe(0);
    expect(status).toMatchObject({ state: 'done', counts });
    expect(await registerContent(engines, services)).toEqual(content);
    await engines.stop();
  });
});

describe('an interruption at any call', () => {
  const rows = [
    row(1, { class: '低保', payee: '王儿', payeeId: idNumber(900, '19700101') }),
    row(3, { account: '1,200' }),
    row(4, { account: '6217111111110004', street: '110199002' }),
  ];

  it('is finished by doing the work again', { timeout: 240_000 }, async () => {
    const reference = await interrupted(rows, Number.POSITIVE_INFINITY, 'before');
    expect(reference.failures).toBe(0);
    expect(reference.calls).toBeGreaterThan(30);
    for (let at = 0; at < reference.calls; at += 1) {
      for (const moment of ['before', 'after'] as const) {
        const result = await interrupted(rows, at, moment);
        const where = `call ${at}, failing ${moment} it took effect`;
        expect(result.failures, where).toBe(1);
        expect(result.content, where).toEqual(reference.content);
        expect(result.counts, where).toEqual(reference.counts);
        expect(result.unfinished, where).toEqual([]);
      }
    }
  });

  /** Imports on a fresh register that knows one person, with one call failing; then lets the sweeper finish it. */
  async function interrupted(lines: readonly string[], failAt: number, moment: 'before' | 'after') {
    const engines = await startEngines();
    const good = fixed(engines);
    await runImport(engines, good, request('earlier'), sheet([row(4)]));
    const fault = { calls: 0, failures: 0 };
    const services = faultyServices(engines, good, async (call) => {
      const failing = fault.calls++ === failAt;
      if (failing) fault.failures += 1;
      if (failing && moment === 'before') throw new Error('interrupted');
      const answer = await call();
      if (failing) throw new Error('interrupted');
      return answer;
    });
    const message = request('cut', { requestedAt: '2026-11-20T02:30:00.000Z' });
    await engines.files.put(message.objectKey, sheet(lines));
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
    await engines.stop();
    return { ...fault, counts, content, unfinished };
  }
});

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
    queues: new MessageQueues(sqs, { imports: engines.env['IMPORTS_QUEUE_URL'] ?? '' }),
  };
}
