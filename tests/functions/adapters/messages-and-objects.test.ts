import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImportChunk } from '../../../events/imports.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { MessageQueues } from '../../../functions/adapters/message-queues.ts';
import { mapBounded } from '../../../functions/concurrency.ts';
import { queueHandler } from '../../../functions/middleware/queue.ts';
import { type Engines, lambdaContext, sqsEvent, startEngines } from '../../engines.ts';

let engines: Engines;
beforeAll(async () => {
  engines = await startEngines();
});
afterAll(() => engines.stop());
const chunk = (n: number) => ({ type: 'import.chunk', version: 1, importId: 'i', chunk: n }) as const;

describe('queues', () => {
  it('take any number of messages, each once', async () => {
    await engines.queues.sendAll(
      'compute',
      ImportChunk,
      Array.from({ length: 23 }, (_, n) => chunk(n)),
    );
    const chunks = engines.bodies('compute').map((body) => (JSON.parse(body) as { chunk: number }).chunk);
    expect(chunks.sort((a, b) => a - b)).toEqual([...Array(23).keys()]);
  });

  it('never carry a message that does not match its schema', async () => {
    await expect(
      engines.queues.send('exports', ImportChunk, { ...chunk(1), name: '张三' } as never),
    ).rejects.toThrow('unrecognized_keys');
    await expect(engines.queues.send('exports', ImportChunk, chunk(-1))).rejects.toThrow('too_small');
    expect(engines.bodies('exports')).toEqual([]);
  });

  it('get again what they refused, and only that', async () => {
    const sent: string[][] = [];
    const sender = {
      send: async (command: { input: { Entries: { Id: string; MessageBody: string }[] } }) => {
        sent.push(command.input.Entries.map(({ Id }) => Id));
        return { Failed: sent.length === 1 ? [{ Id: '1' }] : [] };
      },
    };
    const queues = new MessageQueues(sender as never, { imports: 'http://queue' });
    await queues.sendAll('imports', ImportChunk, [chunk(0), chunk(1), chunk(2)]);
    expect(sent).toEqual([['0', '1', '2'], ['1']]);
    await expect(queues.send('exports', ImportChunk, chunk(0))).rejects.toThrow('no address for the queue');
  });
});

describe('a queue handler', () => {
  it('reports the messages that failed or cannot be read, and only those', async () => {
    const seen: number[] = [];
    const handler = queueHandler(ImportChunk, async (message) => {
      seen.push(message.chunk);
      if (message.chunk === 1) throw new Error('no');
    });
    const bodies = [chunk(0), chunk(1), { type: 'other' }].map((body) => JSON.stringify(body));
    const events = [...bodies, 'no json'].map((body, index) => sqsEvent(body, `m${index}`));
    const event = { Records: events.flatMap(({ Records }) => Records) };
    const answer = await handler(event, lambdaContext('test'));
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual([
      'm1',
      'm2',
      'm3',
    ]);
    expect(new Set(seen)).toEqual(new Set([0, 1]));
  });

  it('answers, and does not throw, when every message fails', async () => {
    const handler = queueHandler(ImportChunk, () => Promise.reject(new Error('no')));
    const answer = await handler(sqsEvent(JSON.stringify(chunk(0)), 'm'), lambdaContext('test'));
    expect(answer.batchItemFailures).toEqual([{ itemIdentifier: 'm' }]);
  });
});

describe('the bucket', () => {
  it('keeps objects, gives ranges, and says what is not there', async () => {
    await engines.files.put('a/中文.csv', Buffer.from('0123456789'), 'text/csv');
    const head = await engines.files.head('a/中文.csv');
    expect(head).toEqual({ bytes: 10, contentType: 'text/csv', tag: expect.any(String) });
    expect(await engines.files.range('a/中文.csv', 2, 4, head?.tag)).toHaveLength(3);
    expect(await engines.files.range('a/中文.csv', 2, 4, '"0"')).toBeUndefined();
    expect(Buffer.from((await engines.files.range('a/中文.csv', 2, 4))!).toString()).toBe('234');
    expect(Buffer.from((await engines.files.read('a/中文.csv'))!).toString()).toBe('0123456789');
    for (const missing of [
      engines.files.head('b'),
      engines.files.read('b'),
      engines.files.range('b', 0, 1),
    ]) {
      expect(await missing).toBeUndefined();
    }
  });

  it('takes texts of any length as they come, in parts, and states their hash', async () => {
    const texts = (lines: number, fail = false) =>
      (async function* () {
        for (let line = 0; line < lines; line += 1) yield `${line} ${'发放'.repeat(50_000)}\n`;
        if (fail) throw new Error('broke off');
      })();
    for (const lines of [0, 1, 60]) {
      const stored = await engines.files.write(`long/${lines}.txt`, texts(lines), 'text/plain');
      const bytes = await engines.files.read(`long/${lines}.txt`);
      expect(stored).toEqual({ bytes: bytes?.length, sha256: sha256Hex(bytes!) });
      expect(Buffer.from(bytes!).toString('utf8').split('\n')).toHaveLength(lines + 1);
    }
    for (const lines of [1, 60])
      await expect(engines.files.write('long/broken.txt', texts(lines, true), 'text/plain')).rejects.toThrow(
        'broke off',
      );
    expect(await engines.files.read('long/broken.txt')).toBeUndefined();
  });

  it('writes bytes of any length, a large object in parts', async () => {
    for (const length of [0, 8 * 1024 * 1024, 20_000_001]) {
      const bytes = Buffer.alloc(length, '发放');
      await engines.files.put(`bytes/${length}`, bytes, 'text/plain');
      await engines.files.put(`bytes/${length}`, bytes, 'text/plain');
      expect(await engines.files.head(`bytes/${length}`)).toMatchObject({
        bytes: length,
        contentType: 'text/plain',
      });
      expect(sha256Hex((await engines.files.read(`bytes/${length}`))!)).toBe(sha256Hex(bytes));
    }
  });

  it('lets one exact key be uploaded with a form, up to a size, for at most five minutes', async () => {
    const link = await engines.files.uploadLink('uploads/x.csv', 'text/csv', 1_000);
    const policy = Buffer.from(link.fields['Policy']!, 'base64').toString();
    const { conditions } = JSON.parse(policy) as { conditions: unknown[] };
    expect(conditions).toContainEqual(['content-length-range', 0, 1_000]);
    expect(conditions).toContainEqual(['eq', '$key', 'uploads/x.csv']);
    const form = new FormData();
    for (const [name, value] of Object.entries(link.fields)) form.append(name, value);
    form.append('file', new Blob(['姓名']));
    const answer = await fetch(link.url, { method: 'POST', body: form });
    expect(answer.ok).toBe(true);
    expect((await engines.files.head('uploads/x.csv'))?.bytes).toBe(6);
    await expect(engines.files.uploadLink('x', 'text/csv', 1, 301)).rejects.toThrow('longer than allowed');
  });

  it('gives a download link for at most five minutes', async () => {
    await engines.files.put('out.csv', Buffer.from('x'));
    const link = new URL(await engines.files.downloadLink('out.csv', '错误.csv'));
    expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
    expect(link.searchParams.get('response-content-disposition')).toContain(encodeURIComponent('错误.csv'));
    expect(await (await fetch(link)).text()).toBe('x');
    await expect(engines.files.downloadLink('x', 'x', 301)).rejects.toThrow('longer than allowed');
  });
});

describe('bounded work', () => {
  it('keeps order, stays within its bound, and starts nothing after a failure', async () => {
    let [running, most, started] = [0, 0, 0];
    const work = async (n: number) => {
      started += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      running -= 1;
      if (n === 7) throw new Error('seven');
      return n * 2;
    };
    expect(await mapBounded([1, 2, 3, 4, 5], 2, work)).toEqual([2, 4, 6, 8, 10]);
    expect(most).toBe(2);
    started = 0;
    await expect(mapBounded([7, ...Array(50).keys()], 2, work)).rejects.toThrow('seven');
    expect(started).toBeLessThan(5);
    expect(running).toBe(0);
  });
});
