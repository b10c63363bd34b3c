import type { Item } from './dynamo-table.ts';

/** An item and the one that was written right behind it later: a decision on an exception, the release of a hold. */
export type Followed = { readonly key: string; readonly item: Item; readonly follower?: Item };

/**
 * Pairs the items of a partition, read in the order of their keys, with their followers: the same key and a suffix that begins
 * with `#`, which sorts before whatever else may go on from the key. Reading may begin behind any key, also between the two: a
 * follower without its item belongs to the page before and is left out.
 */
export async function* withFollowers(
  items: AsyncIterable<Item>,
  suffix: `#${string}`,
): AsyncGenerator<Followed, void, undefined> {
  let waiting: Item | undefined;
  for await (const item of items) {
    if (item.sk.endsWith(suffix)) {
      if (waiting && item.sk === `${waiting.sk}${suffix}`) {
        yield { key: waiting.sk, item: waiting, follower: item };
        waiting = undefined;
      }
      continue;
    }
    if (waiting) yield { key: waiting.sk, item: waiting };
    waiting = item;
  }
  if (waiting) yield { key: waiting.sk, item: waiting };
}

/** An item of a list with the key to go on after. */
export type Listed<T> = { readonly key: string; readonly item: T };

export async function itemsOf<T>(listed: AsyncIterable<Listed<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const { item } of listed) items.push(item);
  return items;
}
