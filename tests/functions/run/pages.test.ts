// Goal: a list read in pages is the whole list, each item once and in order, and no page is larger than was asked for, whatever
// lies in the buckets and wherever pages end. Method: generated lists in memory, read through pages of every size.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { BUCKET_COUNT, bucketName } from '../../../domain/ids.ts';
import type { Item } from '../../../functions/adapters/dynamo-table.ts';
import { itemsOf, withFollowers } from '../../../functions/adapters/followed-items.ts';
import { ALL_BUCKETS } from '../../../functions/run/buckets.ts';
import { type Keyed, keyed, type PageRequest, pageOf, pageOfBuckets } from '../../../functions/run/pages.ts';
import { allPages } from './whole-lists.ts';

type Row = { readonly key: string; readonly wanted: boolean };

/** Buckets with a few keys each; most buckets have none. Some keys do not belong to the list. */
const buckets = fc
  .array(
    fc.record({
      bucket: fc.nat(BUCKET_COUNT - 1),
      keys: fc.uniqueArray(fc.nat(99), { maxLength: 12 }),
      wanted: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((parts) => {
    const rows = new Map<string, Row[]>();
    for (const { bucket, keys, wanted } of parts) {
      const sorted = keys.map((key) => String(key).padStart(2, '0')).sort();
      rows.set(
        bucketName(bucket),
        sorted.map((key, index) => ({ key, wanted: wanted || index % 2 === 0 })),
      );
    }
    return rows;
  });

async function* after(rows: readonly Row[], place?: string): AsyncGenerator<Keyed<string>> {
  for (const { key, wanted } of rows) {
    if (place !== undefined && key <= place) continue;
    yield wanted ? { key, item: key } : { key };
  }
}

/** All buckets, or those that hold something and some that do not: which of the two a page is asked for may change from one to the next. */
const lists = fc.record({ empty: fc.array(fc.nat(255)), whole: fc.infiniteStream(fc.boolean()) });

it('pages of a list in buckets are the list, whatever their size and whichever empty buckets are listed', async () => {
  await fc.assert(
    fc.asyncProperty(buckets, lists, fc.integer({ min: 1, max: 9 }), async (rows, listed, limit) => {
      const some = [...new Set([...rows.keys(), ...listed.empty.map(bucketName)])].sort();
      const whole = [...rows]
        .toSorted(([one], [other]) => (one < other ? -1 : 1))
        .flatMap(([bucket, own]) => own.flatMap(({ key, wanted }) => (wanted ? [`${bucket} ${key}`] : [])));
      const read = async (page: PageRequest) => {
        const all = listed.whole.next().value ? ALL_BUCKETS : some;
        const part = await pageOfBuckets(page, all, async function* (bucket, place) {
          for await (const { key, item } of after(rows.get(bucket) ?? [], place))
            yield item === undefined ? { key } : { key, item: `${bucket} ${item}` };
        });
        expect(part.items.length).toBeLessThanOrEqual(limit);
        return part;
      };
      expect(await allPages(read, limit)).toEqual(whole);
    }),
  );
});

it('goes on behind a bucket that is not listed', async () => {
  const read = (bucket: string, place?: string) =>
    after(
      ['a', 'b'].map((key) => ({ key: `${bucket}${key}`, wanted: true })),
      place,
    );
  const from = (startAfter: string) => pageOfBuckets({ limit: 9, startAfter }, ['0f', '11'], read);
  expect(await from('10/10b')).toEqual({ items: ['11a', '11b'] });
  expect(await from('10/')).toEqual({ items: ['11a', '11b'] });
  expect(await from('ff/ffb')).toEqual({ items: [] });
  expect(await pageOfBuckets({ limit: 9 }, [], read)).toEqual({ items: [] });
});

it('a list with few among very many ends a page early, and goes on where it ended', async () => {
  const rare = 25_000;
  let read = 0;
  const pages: number[] = [];
  const found = await allPages(async (page) => {
    const part = await pageOfBuckets(page, ALL_BUCKETS, async function* (bucket, place) {
      if (bucket !== '07') return;
      for (let index = place === undefined ? 0 : Number(place) + 1; index <= rare; index += 1) {
        read += 1;
        yield index === rare ? { key: String(index), item: 'rare' } : { key: String(index) };
      }
    });
    pages.push(part.items.length);
    return part;
  });
  expect([found, pages.length]).toEqual([['rare'], 3]);
  expect(read).toBeLessThan(rare + 10);
});

it('pages of one partition are the partition', async () => {
  const numbers = Array.from({ length: 7 }, (_, index) => String(index));
  for (const limit of [1, 2, 3, 7, 8]) {
    const read = (page: PageRequest) => {
      async function* rest() {
        yield* numbers.filter((each) => page.startAfter === undefined || each > page.startAfter);
      }
      return pageOf(
        page,
        keyed(rest(), (each) => each),
      );
    };
    expect(await allPages(read, limit)).toEqual(numbers);
  }
});

it('an item keeps its follower, wherever reading begins', async () => {
  const items: Item[] = ['a', 'a#DECISION', 'b', 'c', 'c#DECISION'].map((sk) => ({ pk: 'p', sk }));
  const pairs = async (from: number) => {
    async function* rest() {
      yield* items.slice(from);
    }
    const listed = withFollowers(rest(), '#DECISION');
    async function* named() {
      for await (const { key, follower } of listed) yield { key, item: `${key} ${follower?.sk ?? '-'}` };
    }
    return itemsOf(named());
  };
  expect(await pairs(0)).toEqual(['a a#DECISION', 'b -', 'c c#DECISION']);
  expect(await pairs(1)).toEqual(['b -', 'c c#DECISION']);
  expect(await pairs(4)).toEqual([]);
});
