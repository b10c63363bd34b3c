import { crc32, createInflateRaw } from 'node:zlib';
import { type ByteSource, blocks } from './byte-source.ts';
import { encrypted, malformed, tooLarge } from './refused-file.ts';

/** One file within a ZIP archive, as the directory at the end of the archive has it. */
export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  /** As the archive says: for copying only, never believed in unpacking. */
  readonly bytes: number;
  readonly headerAt: number;
};

const END_BYTES = 22;
const COMMENT_BYTES_MAX = 65_535;
const DIRECTORY_BYTES_MAX = 2_000_000;
const ENTRIES_MAX = 2_000;
const STORED = 0;
const DEFLATED = 8;

/**
 * The entries of an archive by name. The directory alone counts: sizes in local headers are not believed. ZIP64 is for
 * archives larger than any upload and is refused, as are entries of one name.
 */
export async function zipEntries(source: ByteSource): Promise<Map<string, ZipEntry>> {
  const tailBytes = Math.min(source.bytes, END_BYTES + COMMENT_BYTES_MAX);
  const tail = viewOf(await source.read(source.bytes - tailBytes, tailBytes));
  const end = endRecord(tail);
  const [count, size, start] = [
    tail.getUint16(end + 10, true),
    tail.getUint32(end + 12, true),
    tail.getUint32(end + 16, true),
  ];
  if (count > ENTRIES_MAX || size > DIRECTORY_BYTES_MAX || start + size > source.bytes)
    throw malformed('directory of the archive');
  const directory = viewOf(await source.read(start, size));
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > size || directory.getUint32(at, true) !== 0x02014b50) throw malformed('directory entry');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      directory.getUint16(at + field, true),
    ) as [number, number, number];
    if (at + 46 + nameBytes > size) throw malformed('name of an entry');
    if ((directory.getUint16(at + 8, true) & 1) !== 0) throw encrypted();
    const name = Buffer.from(directory.buffer, directory.byteOffset + at + 46, nameBytes).toString('utf8');
    if (entries.has(name)) throw malformed('two entries of one name');
    entries.set(name, {
      name,
      method: directory.getUint16(at + 10, true),
      crc: directory.getUint32(at + 16, true),
      packedBytes: directory.getUint32(at + 20, true),
      bytes: directory.getUint32(at + 24, true),
      headerAt: directory.getUint32(at + 42, true),
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/** The bytes of an entry as they lie in the archive. */
export async function packedEntry(source: ByteSource, entry: ZipEntry): Promise<Uint8Array> {
  return source.read(await dataAt(source, entry), entry.packedBytes);
}

/** Unpacks an entry piece by piece, at most `bytesMax` in all whatever the directory says. */
export async function* unpacked(
  source: ByteSource,
  entry: ZipEntry,
  bytesMax: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const from = await dataAt(source, entry);
  if (entry.method !== STORED && entry.method !== DEFLATED) throw malformed('method of compression');
  const packed = blocks(source, from, entry.packedBytes);
  let [bytes, sum] = [0, 0];
  for await (const piece of entry.method === STORED ? packed : inflated(packed)) {
    bytes += piece.length;
    const megabytes = Math.ceil(bytesMax / 1_000_000);
    if (bytes > bytesMax)
      throw tooLarge(`解压后超过 ${megabytes} MB`, `more than ${megabytes} MB when unpacked`);
    sum = crc32(piece, sum);
    yield piece;
  }
  if (sum !== entry.crc) throw malformed('checksum of an entry');
}

/** A small entry as a whole. */
export async function unpackedText(source: ByteSource, entry: ZipEntry, bytesMax: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of unpacked(source, entry, bytesMax)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: 262_144 });
  const feeding = feed(inflate, packed);
  // Its failure reaches the reader through the stream; here it only must not go unheard.
  feeding.catch(() => {});
  try {
    for await (const piece of inflate) yield piece as Uint8Array;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw malformed('compressed data');
    throw error;
  } finally {
    inflate.destroy();
  }
  await feeding;
}

async function feed(
  inflate: ReturnType<typeof createInflateRaw>,
  packed: AsyncIterable<Uint8Array>,
): Promise<void> {
  try {
    for await (const block of packed) {
      if (inflate.destroyed) return;
      if (inflate.write(block)) continue;
      await new Promise<void>((resume) => {
        inflate.once('drain', resume).once('close', resume);
      });
    }
    inflate.end();
  } catch (error) {
    inflate.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

async function dataAt(source: ByteSource, { headerAt, packedBytes }: ZipEntry): Promise<number> {
  if (headerAt + 30 > source.bytes) throw malformed('place of an entry');
  const header = viewOf(await source.read(headerAt, 30));
  if (header.getUint32(0, true) !== 0x04034b50) throw malformed('header of an entry');
  const at = headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (at + packedBytes > source.bytes) throw malformed('length of an entry');
  return at;
}

function endRecord(tail: DataView): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) === 0x06054b50) return at;
  }
  throw malformed('no directory');
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
