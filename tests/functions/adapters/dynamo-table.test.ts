import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DynamoTable } from '../../../functions/adapters/dynamo-table.ts';
import { DynamoTable as Table } from '../../../functions/adapters/dynamo-table.ts';
import { type Engines, startEngines } from '../../engines.ts';
import { lacks } from '../../programs.ts';

describe.each([
  { dynamo: 'dynalite', needs: undefined },
  { dynamo: 'dynamodb-local', needs: 'java' },
] as const)('a table on $dynamo', ({ dynamo, needs }) => {
  describe.skipIf(needs && lacks(needs))(`needs ${needs ?? 'nothing else'}`, () => {
    let engines: Engines;
    let table: DynamoTable;
    beforeAll(async () => {
      engines = await startEngines({ dynamo });
      table = engines.tables.operations;
    });
    afterAll(() => engines?.stop());

    it('returns what was put, and nothing for a key that is not there', async () => {
      await table.put({
        pk: 'a',
        sk: '1',
        text: '阿依古丽',
        count: 9_007_199_254_740_991,
        bytes: new Uint8Array([1]),
      });
      expect(await table.get('a', '1')).toEqual({
        pk: 'a',
        sk: '1',
        text: '阿依古丽',
        count: 9_007_199_254_740_991,
        bytes: new Uint8Array([1]),
      });
      expect(await table.get('a', '2')).toBeUndefined();
    });

    it('reads only the attributes asked for, keys always, by key, in batches and in queries', async () => {
      await table.put({ pk: 'only', sk: '1', name: 'a', status: 'b', size: 3 });
      const only = ['name', 'status'];
      const part = { pk: 'only', sk: '1', name: 'a', status: 'b' };
      expect(await table.get('only', '1', { only })).toEqual(part);
      expect(await table.batchGet([{ pk: 'only', sk: '1' }], { only })).toEqual([part]);
      expect((await table.page('only', { only, begins: '1' })).items).toEqual([part]);
    });

    it('puts once: the second put leaves the first as it is', async () => {
      expect(await table.putNew({ pk: 'once', sk: '1', by: 'first' })).toBe('created');
      expect(await table.putNew({ pk: 'once', sk: '1', by: 'second' })).toBe('exists');
      expect(await table.get('once', '1')).toMatchObject({ by: 'first' });
    });

    it('tells the same content from a divergence', async () => {
      expect(await table.putNewOrSame({ pk: 'c', sk: '1', c: 'x', at: 1 })).toEqual({ outcome: 'created' });
      expect(await table.putNewOrSame({ pk: 'c', sk: '1', c: 'x', at: 2 })).toEqual({ outcome: 'same' });
      expect(await table.putNewOrSame({ pk: 'c', sk: '1', c: 'y', at: 3 })).toEqual({
        outcome: 'divergent',
        existing: { pk: 'c', sk: '1', c: 'x', at: 1 },
      });
    });

    it('lets exactly one of many racing writers of a version win', async () => {
      const race = (expected: number) =>
        Promise.all(
          Array.from({ length: 20 }, (_, by) =>
            table.putIfVersion({ pk: 'v', sk: '1', version: expected + 1, by }, expected),
          ),
        );
      for (const expected of [0, 1, 2]) {
        expect((await race(expected)).filter((outcome) => outcome === 'written')).toHaveLength(1);
      }
      expect(await table.get('v', '1')).toMatchObject({ version: 3 });
      expect(await table.putIfVersion({ pk: 'v', sk: '1', version: 2 }, 1)).toBe('conflict');
    });

    it('reads many keys in order, over the engine limit, with repeats and gaps', async () => {
      await Promise.all(Array.from({ length: 230 }, (_, n) => table.put({ pk: `many${n}`, sk: 's', n })));
      const keys = Array.from({ length: 231 }, (_, n) => ({ pk: `many${n}`, sk: 's' }));
      const found = await table.batchGet([...keys, { pk: 'many7', sk: 's' }]);
      expect(found.map((item) => item?.['n'])).toEqual([...Array(230).keys(), undefined, 7]);
    });

    it('queries a partition in order, by prefix, by range, backwards and page by page', async () => {
      for (const sk of ['a1', 'a2', 'b1', 'b2', 'c1']) await table.put({ pk: 'q', sk });
      const all = async (options: Parameters<typeof table.query>[1]) => {
        const keys: string[] = [];
        for await (const item of table.query('q', options)) keys.push(item.sk);
        return keys.join(' ');
      };
      expect(await all({})).toBe('a1 a2 b1 b2 c1');
      expect(await all({ limit: 2 })).toBe('a1 a2 b1 b2 c1');
      expect(await all({ begins: 'b' })).toBe('b1 b2');
      expect(await all({ between: ['a2', 'b1'] })).toBe('a2 b1');
      expect(await all({ descending: true })).toBe('c1 b2 b1 a2 a1');
      expect(await all({ startAfter: 'b1' })).toBe('b2 c1');
      const page = await table.page('q', { limit: 2 });
      expect([page.items.length, page.next]).toEqual([2, 'a2']);
    });

    it('adds to a set without repeating', async () => {
      await table.addToSet({ pk: 's', sk: '1' }, 'holders', ['x']);
      await table.addToSet({ pk: 's', sk: '1' }, 'holders', ['y', 'x']);
      await table.addToSet({ pk: 's', sk: '1' }, 'holders', []);
      expect(await table.get('s', '1')).toMatchObject({ holders: new Set(['x', 'y']) });
    });

    it('updates only when the condition holds', async () => {
      await table.put({ pk: 'u', sk: '1', available: 5 });
      const spend = (amount: number) =>
        table.update(
          { pk: 'u', sk: '1' },
          {
            expression: 'SET available = available - :x',
            condition: 'available >= :x',
            values: { ':x': amount },
          },
        );
      expect(await spend(3)).toBe('updated');
      expect(await spend(3)).toBe('refused');
      expect(await table.get('u', '1')).toMatchObject({ available: 2 });
    });
  });
});

describe('a table whose engine is busy', () => {
  it('asks again for the keys of a batch that were not processed', async () => {
    const answers = [
      {
        Responses: { t: [{ pk: { S: 'a' }, sk: { S: '1' } }] },
        UnprocessedKeys: { t: { Keys: [{ pk: { S: 'b' } }] } },
      },
      { Responses: { t: [{ pk: { S: 'b' }, sk: { S: '1' } }] } },
    ];
    const table = new Table({ send: async () => answers.shift() } as never, 't');
    const found = await table.batchGet([
      { pk: 'a', sk: '1' },
      { pk: 'b', sk: '1' },
    ]);
    expect(found).toEqual([
      { pk: 'a', sk: '1' },
      { pk: 'b', sk: '1' },
    ]);
  });

  it('does not take another failure for a failed condition', async () => {
    const table = new Table(
      { send: () => Promise.reject(Object.assign(new Error(), { name: 'ThrottlingException' })) } as never,
      't',
    );
    await expect(table.putNew({ pk: 'a', sk: '1' })).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
