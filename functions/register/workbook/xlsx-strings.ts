import type { ByteSource } from './byte-source.ts';
import { tooLarge } from './refused-file.ts';
import { BOUNDS } from './workbook.ts';
import { decodeXml, XmlScanner } from './xml-scanner.ts';
import { unpacked, type ZipEntry } from './zip-reader.ts';

const FIRST_BYTES = 65_536;

/** Texts by number, in one buffer: a hundred thousand names cost their bytes and eight more each. */
export class TextArena {
  #bytes = Buffer.alloc(FIRST_BYTES);
  #used = 0;
  #ends = new Uint32Array(1_024);
  #count = 0;

  add(text: string): void {
    const needed = Buffer.byteLength(text);
    if (this.#count >= BOUNDS.sharedStrings || this.#used + needed > BOUNDS.sharedStringBytes) {
      const megabytes = BOUNDS.sharedStringBytes / 1_000_000;
      throw tooLarge(`文字超过 ${megabytes} MB`, `more than ${megabytes} MB of text`);
    }
    if (this.#used + needed > this.#bytes.length) {
      const wider = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + needed));
      this.#bytes.copy(wider, 0, 0, this.#used);
      this.#bytes = wider;
    }
    if (this.#count === this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2);
      longer.set(this.#ends);
      this.#ends = longer;
    }
    this.#used += this.#bytes.write(text, this.#used);
    this.#ends[this.#count] = this.#used;
    this.#count += 1;
  }

  /** Undefined when there is no such text. */
  at(index: number): string | undefined {
    if (!Number.isInteger(index) || index < 0 || index >= this.#count) return undefined;
    const start = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
    return this.#bytes.toString('utf8', start, this.#ends[index]);
  }
}

/** The shared strings of a workbook: runs of rich text put together, phonetic guides left out. */
export async function sharedStrings(source: ByteSource, entry: ZipEntry | undefined): Promise<TextArena> {
  const arena = new TextArena();
  if (!entry) return arena;
  const collector = new StringCollector((text) => arena.add(text));
  const scanner = new XmlScanner(collector);
  for await (const piece of unpacked(source, entry, BOUNDS.sheetXmlBytes)) scanner.write(piece);
  scanner.end();
  return arena;
}

/** Collects the text of `si` or `is` elements. */
export class StringCollector {
  readonly #done: (text: string) => void;
  #text = '';
  #reading = false;
  #phonetic = false;

  constructor(done: (text: string) => void) {
    this.#done = done;
  }

  readonly open = (name: string): void => {
    if (name === 'si' || name === 'is') this.#text = '';
    else if (name === 'rPh') this.#phonetic = true;
    else if (name === 't') this.#reading = !this.#phonetic;
  };

  readonly text = (raw: string): void => {
    if (this.#reading) this.#text += raw;
    if (this.#text.length > BOUNDS.cellCharacters * 8) throw cellTooLong();
  };

  readonly close = (name: string): void => {
    if (name === 't') this.#reading = false;
    else if (name === 'rPh') this.#phonetic = false;
    else if (name === 'si' || name === 'is') this.#done(cellText(this.#text));
  };
}

/** Text of a cell, with XML's entities and the workbook's own escapes (_x000D_) resolved. */
export function cellText(raw: string): string {
  const text = decodeXml(raw);
  if (text.length > BOUNDS.cellCharacters) throw cellTooLong();
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

const cellTooLong = () => tooLarge('一格的文字过长', 'a cell with too much text');
