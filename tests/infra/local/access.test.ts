import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, test } from 'vitest';
import { DynamoTable, dynamoClient } from '../../../functions/adapters/dynamo-table.ts';
import { queueClient } from '../../../functions/adapters/message-queues.ts';
import { ObjectStore, objectClient } from '../../../functions/adapters/object-store.ts';
import { shanghaiDate } from '../../../functions/shanghai-date.ts';
import { clientSettings } from '../../../functions/wiring.ts';
import type { Call, CallKind } from '../../../infra/local/access-gate.ts';
import { ApiClient } from '../../../infra/local/demo/api-client.ts';
import { runDemo } from '../../../infra/local/demo/run-demo.ts';
import { type Host, type HostOptions, startHost } from '../../../infra/local/host.ts';
import { allows } from '../../../infra/local/role.ts';
import { FUNCTIONS, type FunctionSpec } from '../../../infra/resources.ts';
import { excludeTekun } from './excluded-programme.ts';
import { decideAboutOneHousehold } from './household-decisions.ts';

const ended: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).toReversed()) await end();
});

async function hostWith(options: Partial<HostOptions>): Promise<Host> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fafang-access-'));
  ended.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const host = await startHost({ dataDir, port: 0, quiet: true, dailyTick: false, ...options });
  ended.push(() => host.stop());
  return host;
}

describe('a role', () => {
  const statements = [
    { effect: 'Allow', actions: ['a:Read', 'a:Write'], resources: ['arn:x:table/notes', 'arn:x:notes'] },
    { effect: 'Deny', actions: ['a:Write'], resources: ['arn:x:notes'] },
    { effect: 'Allow', actions: ['b:Get'], resources: ['arn:x:files/*'] },
  ] as const;

  test.each([
    ['a:Read', 'notes', true],
    ['a:Write', 'notes', false],
    ['a:Read', 'note', false],
    ['a:Delete', 'notes', false],
    ['b:Get', 'files/a/b', true],
    ['b:Get', 'files', false],
    ['b:Get', 'filesystem/a', false],
  ])('asked for %s on %s answers %s', (action, resource, answer) => {
    expect(allows(statements, action, resource)).toBe(answer);
  });

  test('without statements allows nothing', () => {
    expect(allows([], 'a:Read', 'notes')).toBe(false);
  });
});

describe('the gate', () => {
  test('lets through what the role allows and refuses the rest, links and forms included', async () => {
    const host = await hostWith({ serviceModule: 'tests/infra/fixtures/service.ts', checkAccess: {} });
    const [worker, staff] = [host.environmentOf('worker'), host.environmentOf('api-staff')];
    const dynamo = dynamoClient(clientSettings(worker, 'AWS_ENDPOINT_URL_DYNAMODB'));
    const sqs = queueClient(clientSettings(worker, 'AWS_ENDPOINT_URL_SQS'));
    ended.push(() => [dynamo, sqs].forEach((client) => client.destroy()));
    const notes = new DynamoTable(dynamo, 'fafang-notes');
    await notes.put({ pk: 'a', sk: 'b' });
    expect(await notes.batchGet([{ pk: 'a', sk: 'b' }])).toHaveLength(1);
    const refused = { name: 'AccessDeniedException' };
    await expect(
      dynamo.send(
        new DeleteItemCommand({ TableName: 'fafang-notes', Key: { pk: { S: 'a' }, sk: { S: 'b' } } }),
      ),
    ).rejects.toMatchObject(refused);
    const ledger = new DynamoTable(dynamo, 'fafang-ledger');
    await expect(ledger.get('a', 'b')).rejects.toMatchObject(refused);
    await expect(ledger.putNew({ pk: 'a', sk: 'b' })).rejects.toMatchObject(refused);
    const message = new SendMessageCommand({ QueueUrl: staff['WORK_QUEUE_URL'], MessageBody: '{}' });
    await expect(sqs.send(message)).rejects.toMatchObject(refused);

    const filesOf = (env: Readonly<Record<string, string>>) => {
      const client = objectClient(clientSettings(env, 'AWS_ENDPOINT_URL_S3'));
      ended.push(() => client.destroy());
      return new ObjectStore(client, 'fafang-files');
    };
    const [may, mayNot] = [filesOf(staff), filesOf(worker)];
    await may.put('in/名.txt', Buffer.from('text'));
    expect(Buffer.from((await may.read('in/名.txt'))!).toString()).toBe('text');
    expect(await may.head('in/none')).toBeUndefined();
    await expect(mayNot.read('in/名.txt')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(mayNot.put('in/other', Buffer.from('x'))).rejects.toMatchObject({ name: 'AccessDenied' });
    const inParts = async (files: ObjectStore) => {
      async function* texts() {
        for (let n = 0; n < 3; n += 1) yield 'x'.repeat(5 * 1024 * 1024);
      }
      return (await files.write('in/parts', texts(), 'text/plain')).bytes;
    };
    expect(await inParts(may)).toBe(15 * 1024 * 1024);
    await expect(inParts(mayNot)).rejects.toMatchObject({ name: 'AccessDenied' });
    const link = async (files: ObjectStore) =>
      (await fetch(await files.downloadLink('in/名.txt', 'x'))).status;
    expect([await link(may), await link(mayNot)]).toEqual([200, 403]);
    const upload = async (files: ObjectStore) => {
      const { url, fields } = await files.uploadLink('in/form', 'text/csv', 100);
      const form = new FormData();
      for (const [name, text] of Object.entries(fields)) form.append(name, text);
      form.append('file', new Blob(['content']));
      const { ok, status } = await fetch(url, { method: 'POST', body: form });
      return ok ? 'taken' : status;
    };
    expect([await upload(may), await upload(mayNot)]).toEqual(['taken', 403]);

    const refusals = host.calls().filter(({ allowed }) => !allowed);
    expect(refusals.every(({ functionName }) => functionName === 'worker')).toBe(true);
    expect(refusals.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual([
      'dynamodb:DeleteItem fafang-notes',
      'dynamodb:GetItem fafang-ledger',
      'dynamodb:PutItem fafang-ledger',
      's3:GetObject fafang-files',
      's3:PutObject fafang-files',
      'sqs:SendMessage fafang-work',
    ]);
  });
});

/**
 * Makes every step that the sweeper can finish die before its end: the first act of a run, entries that follow an act, and the
 * first message on each queue are refused until the sweeper has written or sent them.
 */
function leavingWorkToTheSweeper() {
  const swept = new Set<string>();
  const left = new Set<string>();
  const refuse = ({ functionName, action, resource, item = '' }: Call): boolean => {
    const work = `${action} ${resource} ${item}`.trim();
    if (functionName === 'sweep') swept.add(work);
    // Asked again to close, a run counts anew: the sweeper waits for the request to stand, and whoever retries keeps renewing it.
    const message = action === 'sqs:SendMessage' && resource !== 'fafang-closing';
    const entry =
      functionName === 'api-staff' && action === 'dynamodb:PutItem' && resource === 'fafang-ledger';
    const start =
      functionName === 'api-staff' && action === 'dynamodb:PutItem' && item.endsWith('.R.1 ACT#000001');
    if (!(message || entry || start) || swept.has(work) || functionName === 'sweep') return false;
    left.add(work);
    return true;
  };
  return { refuse, left };
}

/** What a function was granted, each as one thing that it may do. */
function grantsOf(spec: FunctionSpec): string[] {
  const tables = Object.entries(spec.tables).map(
    ([table, access]) => `${access === 'read' ? 'reads' : 'writes'} ${table}`,
  );
  const { bucket = '' } = spec;
  return [
    ...tables,
    ...spec.sends.map((queue) => `sends ${queue}`),
    ...(bucket.includes('read') ? ['reads files'] : []),
    ...(bucket.includes('write') ? ['writes files'] : []),
  ];
}

function useOf({ action, resource }: CallKind): string {
  const name = resource.replace('fafang-', '');
  if (action === 'sqs:SendMessage') return `sends ${name}`;
  return `${/Put|Update/.test(action) ? 'writes' : 'reads'} ${name}`;
}

describe('the grants', () => {
  const seen: CallKind[] = [];
  const used = (name: string): Set<string> =>
    new Set(seen.filter(({ functionName }) => functionName === name).map(useOf));
  const watched = async (act: (host: Host) => Promise<unknown>): Promise<unknown> => {
    const { refuse, left } = leavingWorkToTheSweeper();
    const host = await hostWith({ checkAccess: { refuse }, sweepSeconds: 0.5 });
    const done = await act(host).catch((cause: unknown) => cause);
    // First, because a call that was refused is why something fails.
    expect(host.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    if (done instanceof Error) throw done;
    await host.invoke('tick', {});
    await host.invoke('daily-look', {});
    await host.idle();
    expect(host.calls().filter(({ allowed }) => !allowed)).toEqual([]);
    seen.push(...host.calls());
    expect([...left].filter((work) => !work.startsWith('sqs:')).length).toBeGreaterThanOrEqual(1);
    return done;
  };

  test('allow a month of 高龄津贴, also when the sweeper has to finish what died', {
    timeout: 600_000,
  }, async () => {
    const options = { people: 100, print: () => undefined, patienceMs: 60_000 };
    const demo = await watched(async ({ address, tokenFor }) => {
      await excludeTekun(new ApiClient({ address, tokenFor, patienceMs: 60_000 }));
      return await runDemo({ address, tokenFor, ...options });
    });
    expect(demo).toMatchObject({ agrees: true });
  });

  test('allow what decides about a household, also when the sweeper has to finish what died', {
    timeout: 600_000,
  }, async () => {
    const today = shanghaiDate(new Date().toISOString());
    const state = await watched((host) =>
      decideAboutOneHousehold(new ApiClient({ ...host, patienceMs: 60_000 }), today),
    );
    expect(state).toBe('applied');
  });

  test('are exactly what those two use: nothing is missing and nothing too much', () => {
    // Asked to close again, a run counts anew; the sweeper asks only for a count of what was paid by hand that outlasts two looks.
    const byChance = ['sends closing'];
    for (const [name, spec] of Object.entries<FunctionSpec>(FUNCTIONS)) {
      const granted = grantsOf(spec).filter((grant) => name !== 'sweep' || !byChance.includes(grant));
      expect([name, ...granted.filter((grant) => !used(name).has(grant))]).toEqual([name]);
    }
    // What was left to the sweeper was indeed done by it.
    for (const work of [
      'writes ledger',
      'writes policy',
      'sends compute',
      'sends exports',
      'sends results',
      'sends determinations',
    ])
      expect(used('sweep')).toContain(work);
  });
});
