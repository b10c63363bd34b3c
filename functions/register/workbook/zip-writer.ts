import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** One file of an archive, packed. */
type PackedFile = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly bytes: number;
  readonly packed: Uint8Array;
};

/** 1980-01-01: the same content is the same archive whenever it is written. */
const NO_TIME = 0;
const FIRST_DAY = 0x21;
const DEFLATED = 8;

export function packedText(name: string, text: string): PackedFile {
  const content = Buffer.from(text);
  return {
    name,
    method: DEFLATED,
    crc: crc32(content),
    bytes: content.length,
    packed: deflateRawSync(content),
  };
}

/** Packs text as it is made; only the packed bytes are kept in memory. */
export async function packedStream(name: string, pieces: AsyncIterable<string>): Promise<PackedFile> {
  const deflate = createDeflateRaw();
  const packed: Uint8Array[] = [];
  deflate.on('data', (piece: Uint8Array) => packed.push(piece));
  const ended = new Promise<void>((done, failed) => {
    deflate.once('end', done).once('error', failed);
  });
  let [crc, bytes] = [0, 0];
  try {
    for await (const piece of pieces) {
      const content = Buffer.from(piece);
      crc = crc32(content, crc);
      bytes += content.length;
      if (!deflate.write(content)) await new Promise<void>((resume) => deflate.once('drain', resume));
    }
  } catch (error) {
    deflate.destroy();
    throw error;
  }
  deflate.end();
  await ended;
  return { name, method: DEFLATED, crc, bytes, packed: Buffer.concat(packed) };
}

/** A ZIP archive of files in the order given. */
export function zipArchive(files: readonly PackedFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    // Names are UTF-8.
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(file.method, 4);
    fields.writeUInt16LE(NO_TIME, 6);
    fields.writeUInt16LE(FIRST_DAY, 8);
    fields.writeUInt32LE(file.crc, 10);
    fields.writeUInt32LE(file.packed.length, 14);
    fields.writeUInt32LE(file.bytes, 18);
    fields.writeUInt16LE(name.length, 22);
    parts.push(Buffer.from('PK\u0003\u0004'), fields, name, file.packed);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, rest, name);
    at += 30 + name.length + file.packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, entries, end]);
}
