import { malformed } from './refused-file.ts';

/** The records of BIFF8 that are read; MS-XLS names. */
export const RECORD = {
  formula: 0x0006,
  endOfFile: 0x000a,
  date1904: 0x0022,
  filePass: 0x002f,
  continue: 0x003c,
  columnInfo: 0x007d,
  boundSheet: 0x0085,
  multipleRk: 0x00bd,
  richString: 0x00d6,
  extendedFormat: 0x00e0,
  mergeCells: 0x00e5,
  sharedStrings: 0x00fc,
  labelSharedString: 0x00fd,
  number: 0x0203,
  label: 0x0204,
  booleanOrError: 0x0205,
  string: 0x0207,
  row: 0x0208,
  rk: 0x027e,
  format: 0x041e,
  beginOfFile: 0x0809,
} as const;

export type BiffRecord = { readonly type: number; readonly data: Buffer; readonly at: number };

/** The records from a place to the end of their part of the stream (EOF), that record included. */
export function* records(stream: Buffer, from: number): Generator<BiffRecord, void, undefined> {
  let at = from;
  let depth = 0;
  while (at + 4 <= stream.length) {
    const type = stream.readUInt16LE(at);
    const end = at + 4 + stream.readUInt16LE(at + 2);
    if (end > stream.length) throw malformed('record beyond the stream');
    yield { type, data: stream.subarray(at + 4, end), at };
    // Charts are parts within a sheet, with an end of their own.
    if (type === RECORD.beginOfFile) depth += 1;
    if (type === RECORD.endOfFile) {
      depth -= 1;
      if (depth <= 0) return;
    }
    at = end;
  }
  throw malformed('stream without an end');
}

/** A number packed into four bytes: 30 bits of an integer or of a float, perhaps in hundredths. */
export function rkNumber(packed: number): number {
  let number: number;
  if ((packed & 2) !== 0) number = packed >> 2;
  else {
    const float = Buffer.alloc(8);
    float.writeInt32LE(packed & ~3, 4);
    number = float.readDoubleLE(0);
  }
  return (packed & 1) !== 0 ? number / 100 : number;
}

/**
 * Reads the characters of strings that may go on in the next records. Where a string is cut, the next record begins with
 * a byte that says anew whether its characters have one byte or two.
 */
export class StringReader {
  readonly #parts: readonly Buffer[];
  #part = 0;
  #at = 0;

  constructor(parts: readonly Buffer[]) {
    this.#parts = parts;
  }

  /** A string with a length of two bytes and rich-text or phonetic parts, which are left out. */
  richString(): string {
    const length = this.#number(2);
    const flags = this.#number(1);
    const runs = (flags & 8) !== 0 ? this.#number(2) : 0;
    const phoneticBytes = (flags & 4) !== 0 ? this.#number(4) : 0;
    const text = this.#characters(length, (flags & 1) !== 0);
    this.#skip(runs * 4 + phoneticBytes);
    return text;
  }

  #characters(length: number, wideAtFirst: boolean): string {
    let wide = wideAtFirst;
    let left = length;
    let text = '';
    while (left > 0) {
      let part = this.#parts[this.#part];
      if (part && this.#at >= part.length) {
        this.#part += 1;
        part = this.#parts[this.#part];
        this.#at = 1;
        wide = ((part?.[0] ?? 0) & 1) !== 0;
      }
      if (!part) throw malformed('string beyond its record');
      const width = wide ? 2 : 1;
      const taken = Math.min(left, Math.floor((part.length - this.#at) / width));
      if (taken <= 0) throw malformed('half a character');
      const end = this.#at + taken * width;
      text += part.toString(wide ? 'utf16le' : 'latin1', this.#at, end);
      this.#at = end;
      left -= taken;
    }
    return text;
  }

  #number(bytes: number): number {
    const part = this.#readable();
    if (this.#at + bytes > part.length) throw malformed('number cut by the end of a record');
    const number = part.readUIntLE(this.#at, bytes);
    this.#at += bytes;
    return number;
  }

  #skip(bytes: number): void {
    let left = bytes;
    while (left > 0) {
      const part = this.#readable();
      const taken = Math.min(left, part.length - this.#at);
      this.#at += taken;
      left -= taken;
    }
  }

  #readable(): Buffer {
    let part = this.#parts[this.#part];
    while (part && this.#at >= part.length) {
      this.#part += 1;
      this.#at = 0;
      part = this.#parts[this.#part];
    }
    if (!part) throw malformed('string beyond its record');
    return part;
  }
}
