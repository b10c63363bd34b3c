import { malformed } from './refused-file.ts';

/**
 * The container of .xls files: a file system of sectors (MS-CFB). Written here because no maintained package on npm reads
 * it and the sheets inside without known flaws; it reads named streams, whole, in bounded memory.
 */
export type CompoundFile = {
  /** Names of streams and storages. */
  readonly names: ReadonlySet<string>;
  /** Undefined when there is no such stream. */
  readonly stream: (name: string) => Buffer | undefined;
};

export const COMPOUND_SIGNATURE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const LAST_SECTOR = 0xfffffffa;
const HEADER_BYTES = 512;
const HEADER_CHAIN_LENGTH = 109;
const DIRECTORY_ENTRY_BYTES = 128;
const MINI_SECTOR_BYTES = 64;
const STREAM = 2;
const ROOT = 5;

type Entry = { readonly name: string; readonly type: number; readonly start: number; readonly bytes: number };

/** Chains of sectors that run in a circle or out of the file are refused. */
export function readCompoundFile(file: Buffer): CompoundFile {
  if (file.length < HEADER_BYTES || !file.subarray(0, 8).equals(COMPOUND_SIGNATURE))
    throw malformed('header of the container');
  const sectorBytes = 2 ** file.readUInt16LE(30);
  if (sectorBytes !== 512 && sectorBytes !== 4_096) throw malformed('sector size');
  const sectors = new Sectors(file, sectorBytes);
  const entries = directoryEntries(sectors.chain(file.readUInt32LE(48)));
  const miniBelow = file.readUInt32LE(56);
  const root = entries.find(({ type }) => type === ROOT);
  const small = lazily(() => ({
    content: root ? sectors.chain(root.start) : Buffer.alloc(0),
    next: sectors.chain(file.readUInt32LE(60)),
  }));
  return {
    names: new Set(entries.map(({ name }) => name)),
    stream: (name) => {
      const entry = entries.find((one) => one.type === STREAM && one.name === name);
      if (!entry) return undefined;
      const content =
        entry.bytes < miniBelow
          ? chained(entry.start, MINI_SECTOR_BYTES, small().content, 0, small().next)
          : sectors.chain(entry.start);
      if (content.length < entry.bytes) throw malformed('length of a stream');
      return content.subarray(0, entry.bytes);
    },
  };
}

class Sectors {
  readonly #file: Buffer;
  readonly #bytes: number;
  readonly #next: Buffer;

  constructor(file: Buffer, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
    this.#next = this.#allocationTable();
  }

  chain(start: number): Buffer {
    return chained(start, this.#bytes, this.#file, this.#bytes, this.#next);
  }

  /** The table that says which sector follows which lies in sectors listed in the header, then in sectors of lists. */
  #allocationTable(): Buffer {
    const parts: Buffer[] = [];
    const most = Math.ceil(this.#file.length / this.#bytes);
    const take = (sector: number): void => {
      if (sector < LAST_SECTOR) parts.push(this.#sector(sector));
      if (parts.length > most) throw malformed('allocation table');
    };
    for (let n = 0; n < HEADER_CHAIN_LENGTH; n += 1) take(this.#file.readUInt32LE(76 + n * 4));
    let list = this.#file.readUInt32LE(68);
    for (let lists = 0; list < LAST_SECTOR; lists += 1) {
      if (lists > most) throw malformed('allocation table in a circle');
      const sector = this.#sector(list);
      for (let at = 0; at < this.#bytes - 4; at += 4) take(sector.readUInt32LE(at));
      list = sector.readUInt32LE(this.#bytes - 4);
    }
    return Buffer.concat(parts);
  }

  #sector(number: number): Buffer {
    const from = (number + 1) * this.#bytes;
    if (from + this.#bytes > this.#file.length) throw malformed('sector beyond the file');
    return this.#file.subarray(from, from + this.#bytes);
  }
}

/** The sectors of a chain put together; `offset` is where sector nought lies. The last may be cut short by the file's end. */
function chained(start: number, bytes: number, content: Buffer, offset: number, next: Buffer): Buffer {
  const parts: Buffer[] = [];
  const most = Math.ceil(content.length / bytes);
  for (let sector = start; sector < LAST_SECTOR; sector = next.readUInt32LE(sector * 4)) {
    const from = offset + sector * bytes;
    if (parts.length >= most || from >= content.length || sector * 4 + 4 > next.length)
      throw malformed('chain of sectors');
    parts.push(content.subarray(from, from + bytes));
  }
  return Buffer.concat(parts);
}

function directoryEntries(directory: Buffer): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at + DIRECTORY_ENTRY_BYTES <= directory.length; at += DIRECTORY_ENTRY_BYTES) {
    const nameBytes = directory.readUInt16LE(at + 64);
    const type = directory.readUInt8(at + 66);
    if (type === 0) continue;
    if (nameBytes < 2 || nameBytes > 64) throw malformed('directory of the container');
    entries.push({
      name: directory.toString('utf16le', at, at + nameBytes - 2),
      type,
      start: directory.readUInt32LE(at + 116),
      bytes: directory.readUInt32LE(at + 120),
    });
  }
  return entries;
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
