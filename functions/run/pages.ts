import type { Bucket } from '../../domain/ids.ts';
import { invariant } from '../../domain/result.ts';
import { mapBounded } from '../concurrency.ts';

/** A part of a list: at most `limit` of it, after the place where the part before ended. */
export type PageRequest = { readonly limit: number; readonly startAfter?: string };
/** `next` is where to go on; without it the list is at its end. A page may be short, even empty, and still have a `next`. */
export type Page<T> = { readonly items: readonly T[]; readonly next?: string };
/** Something read in the order of its keys; without an item it was looked at and does not belong to the list. */
export type Keyed<T> = { readonly key: string; readonly item?: T };

const BUCKETS_AT_ONCE = 16;
/** What is looked at per page at most: a list with few among many ends a page early. */
const LOOKED_AT_MAX = 10_000;

/** One page of a list that lies in one partition, read from behind `startAfter`. */
export async function pageOf<T>({ limit }: PageRequest, source: AsyncIterable<Keyed<T>>): Promise<Page<T>> {
  const part = await take(source, limit);
  return { items: part.items.map(({ item }) => item), ...(part.next !== undefined && { next: part.next }) };
}

/**
 * One page of a list that lies in buckets, in the order of these and of keys. Where buckets hold little, more and more of them are
 * read side by side; where they hold much, one fills the page.
 *
 * @param read what a bucket holds after a key, in order; stopped when the page is full
 */
export async function pageOfBuckets<T>(
  { limit, startAfter }: PageRequest,
  all: readonly Bucket[],
  read: (bucket: Bucket, after?: string) => AsyncIterable<Keyed<T>>,
): Promise<Page<T>> {
  const { bucket: first, key } = placeOf(startAfter);
  const rest = all.filter((bucket) => bucket >= first);
  const items: T[] = [];
  let looked = 0;
  let width = 1;
  for (let from = 0; from < rest.length; from += width, width = Math.min(width * 4, BUCKETS_AT_ONCE)) {
    const wanted = limit - items.length;
    const buckets = rest.slice(from, from + width);
    const parts = await mapBounded(buckets, BUCKETS_AT_ONCE, (bucket) =>
      take(read(bucket, bucket === first ? key : undefined), wanted),
    );
    for (const [index, part] of parts.entries()) {
      const bucket = buckets[index];
      invariant(bucket !== undefined, 'one part was read of each bucket');
      for (const { key: place, item } of part.items) {
        items.push(item);
        if (items.length === limit) return { items, next: `${bucket}/${place}` };
      }
      looked += part.looked;
      // Not the whole bucket was read: the page ends here, and the next one goes on within it.
      if (part.next !== undefined) return { items, next: `${bucket}/${part.next}` };
    }
    const after = rest[from + buckets.length];
    if (looked >= LOOKED_AT_MAX && after !== undefined) return { items, next: `${after}/` };
  }
  return { items };
}

type Part<T> = {
  readonly items: { readonly key: string; readonly item: T }[];
  readonly looked: number;
  /** The last key looked at, when the rest was not. */
  readonly next?: string;
};

async function take<T>(source: AsyncIterable<Keyed<T>>, limit: number): Promise<Part<T>> {
  const items: { key: string; item: T }[] = [];
  let looked = 0;
  let last = '';
  for await (const { key, item } of source) {
    if (items.length === limit || looked === LOOKED_AT_MAX) return { items, looked, next: last };
    looked += 1;
    last = key;
    if (item !== undefined) items.push({ key, item });
  }
  return { items, looked };
}

/** `<bucket>/<key>`; the key is empty at the beginning of a bucket. */
function placeOf(startAfter: string | undefined): { bucket: Bucket; key?: string } {
  if (startAfter === undefined) return { bucket: '' };
  const slash = startAfter.indexOf('/');
  const key = startAfter.slice(slash + 1);
  return { bucket: startAfter.slice(0, slash), ...(key !== '' && { key }) };
}

/** Items of a page in which everything belongs to the list. */
export async function* keyed<T>(
  source: AsyncIterable<T>,
  keyOf: (item: T) => string,
): AsyncGenerator<Keyed<T>, void, undefined> {
  for await (const item of source) yield { key: keyOf(item), item };
}
