import type { ObjectStore } from '../../adapters/object-store.ts';

/** A file whose parts can be read in any order; every read is of the same version of it. */
export type ByteSource = {
  readonly bytes: number;
  /** Exactly `length` bytes from `from`; never beyond the end. */
  readonly read: (from: number, length: number) => Promise<Uint8Array>;
};

/** The object was replaced or deleted since its reading began. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

const BLOCK_BYTES = 1_048_576;

/** An object of the bucket in the version that has this tag. */
export function objectSource(
  files: Pick<ObjectStore, 'range'>,
  key: string,
  bytes: number,
  tag: string,
): ByteSource {
  return {
    bytes,
    read: async (from, length) => {
      if (length === 0) return new Uint8Array();
      const part = await files.range(key, from, from + length - 1, tag);
      if (part?.length !== length) throw new FileChanged('the object is not the one whose reading began');
      return part;
    },
  };
}

/** All bytes of a range, block by block. */
export async function* blocks(
  source: ByteSource,
  from = 0,
  length = source.bytes,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < length; at += BLOCK_BYTES) {
    yield await source.read(from + at, Math.min(BLOCK_BYTES, length - at));
  }
}
