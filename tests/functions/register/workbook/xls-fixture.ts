import { cellPlace } from '../../../../functions/register/workbook/workbook.ts';
import type { Fixture, FixtureCell, FixtureSheet } from '../../../../infra/local/sample/workbook-content.ts';

const SECTOR = 512;
const RECORD_BYTES_MAX = 8_224;

/** Writes a fixture as an .xls: BIFF8 records in a compound file. `extra` adds records to the globals. */
export function xlsOf(fixture: Fixture, extra: readonly Buffer[] = [], streamName = 'Workbook'): Buffer {
  const strings: string[] = [];
  const sheets = fixture.sheets.map((sheet) => sheetRecords(sheet, strings));
  const globals = (starts: readonly number[]): Buffer =>
    Buffer.concat([
      beginning(0x0005),
      ...extra,
      record(0x0022, numbers16(fixture.date1904 ? 1 : 0)),
      record(0x041e, Buffer.concat([numbers16(176), wideString('yyyy"年"m"月"d"日"')])),
      ...[0, 14, 176].map((format) =>
        record(0x00e0, Buffer.concat([numbers16(0, format), Buffer.alloc(16)])),
      ),
      ...fixture.sheets.map(({ name, hidden }, index) => {
        const text = Buffer.from(name ?? `Sheet${index + 1}`, 'utf16le');
        const head = Buffer.alloc(8);
        head.writeUInt32LE(starts[index] ?? 0, 0);
        head.writeUInt8(hidden ? 1 : 0, 4);
        head.writeUInt8(text.length / 2, 6);
        head.writeUInt8(1, 7);
        return record(0x0085, Buffer.concat([head, text]));
      }),
      sharedStrings(strings),
      record(0x000a, Buffer.alloc(0)),
    ]);
  const length = globals([]).length;
  const starts = sheets.map(
    (_, index) => length + sheets.slice(0, index).reduce((sum, one) => sum + one.length, 0),
  );
  return compoundFile(streamName, Buffer.concat([globals(starts), ...sheets]));
}

export function record(type: number, data: Buffer): Buffer {
  return Buffer.concat([numbers16(type, data.length), data]);
}

export function numbers16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

const beginning = (kind: number): Buffer =>
  record(0x0809, Buffer.concat([numbers16(0x0600, kind), Buffer.alloc(12)]));

function wideString(text: string): Buffer {
  const characters = Buffer.from(text, 'utf16le');
  return Buffer.concat([numbers16(characters.length / 2), Buffer.from([1]), characters]);
}

/** The table of strings, cut into records of the largest size: within strings, and within a character of none. */
function sharedStrings(strings: readonly string[]): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(strings.length, 0);
  head.writeUInt32LE(strings.length, 4);
  const parts: Buffer[] = [];
  let part = head;
  for (const text of strings) {
    const narrow = /^\p{ASCII}*$/u.test(text);
    const characters = Buffer.from(text, narrow ? 'latin1' : 'utf16le');
    const width = narrow ? 1 : 2;
    const start = Buffer.concat([numbers16(characters.length / width), Buffer.from([narrow ? 0 : 1])]);
    if (part.length + start.length > RECORD_BYTES_MAX) {
      parts.push(part);
      part = Buffer.alloc(0);
    }
    part = Buffer.concat([part, start]);
    let at = 0;
    while (at < characters.length) {
      const room = Math.floor((RECORD_BYTES_MAX - part.length) / width) * width;
      part = Buffer.concat([part, characters.subarray(at, at + room)]);
      at += room;
      if (at < characters.length) {
        parts.push(part);
        part = Buffer.from([narrow ? 0 : 1]);
      }
    }
  }
  parts.push(part);
  return Buffer.concat(parts.map((data, index) => record(index === 0 ? 0x00fc : 0x003c, data)));
}

function sheetRecords(sheet: FixtureSheet, strings: string[]): Buffer {
  const merges = (sheet.merges ?? []).map((reference) => {
    const [from, to] = reference.split(':').map((each) => cellPlace(each)!);
    return numbers16(from!.row - 1, to!.row - 1, from!.column, to!.column);
  });
  return Buffer.concat([
    beginning(0x0010),
    ...(sheet.hiddenColumns ?? []).map((column) => record(0x007d, numbers16(column, column, 2_000, 0, 1, 0))),
    ...(sheet.hiddenRows ?? []).map((row) =>
      record(0x0208, numbers16(row - 1, 0, 10, 300, 0, 0, 0x0120, 15)),
    ),
    ...sheet.rows.flatMap((cells, row) =>
      cells.map((cell, column) => cellRecord(cell, row, column, strings)),
    ),
    record(0x00e5, Buffer.concat([numbers16(merges.length), ...merges])),
    record(0x000a, Buffer.alloc(0)),
  ]);
}

function cellRecord(cell: FixtureCell, row: number, column: number, strings: string[]): Buffer {
  const place = (style: number) => numbers16(row, column, style);
  if (cell === undefined) return record(0x0201, place(0));
  if (typeof cell === 'string') {
    const number = Buffer.alloc(4);
    number.writeUInt32LE(strings.push(cell) - 1);
    return record(0x00fd, Buffer.concat([place(0), number]));
  }
  if (typeof cell === 'number') return record(0x0203, Buffer.concat([place(0), double(cell)]));
  if (typeof cell === 'boolean')
    return record(0x0205, Buffer.concat([place(0), Buffer.from([cell ? 1 : 0, 0])]));
  if ('date' in cell)
    return record(0x027e, Buffer.concat([place(cell.date % 2 === 0 ? 1 : 2), packed(cell.date)]));
  if ('error' in cell) return record(0x0205, Buffer.concat([place(0), Buffer.from([0x2a, 1])]));
  const tail = Buffer.alloc(8);
  if (typeof cell.value === 'number')
    return record(0x0006, Buffer.concat([place(0), double(cell.value), tail]));
  const textFollows = Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]);
  const text = record(0x0207, wideString(cell.value ?? ''));
  return Buffer.concat([record(0x0006, Buffer.concat([place(0), textFollows, tail])), text]);
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** An integer in 30 bits. */
function packed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE((value << 2) | 2);
  return bytes;
}

/** One stream in sectors of 512 bytes: table of sectors, directory, stream. */
export function compoundFile(name: string, content: Buffer, otherNames: readonly string[] = []): Buffer {
  const padded = Buffer.concat([content, Buffer.alloc(Math.max(4_096 - content.length, 0))]);
  const streamSectors = Math.ceil(padded.length / SECTOR);
  const directorySectors = Math.ceil((2 + otherNames.length) / 4);
  let tableSectors = 1;
  while (tableSectors * 128 < tableSectors + directorySectors + streamSectors) tableSectors += 1;
  const next = Buffer.alloc(tableSectors * SECTOR, 0xff);
  const chain = (from: number, count: number) => {
    for (let n = 0; n < count; n += 1)
      next.writeUInt32LE(n === count - 1 ? 0xfffffffe : from + n + 1, (from + n) * 4);
  };
  for (let n = 0; n < tableSectors; n += 1) next.writeUInt32LE(0xfffffffd, n * 4);
  chain(tableSectors, directorySectors);
  const streamAt = tableSectors + directorySectors;
  chain(streamAt, streamSectors);
  const header = Buffer.alloc(SECTOR, 0);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header);
  header.writeUInt16LE(0x3e, 24);
  header.writeUInt16LE(3, 26);
  header.writeUInt16LE(0xfffe, 28);
  header.writeUInt16LE(9, 30);
  header.writeUInt16LE(6, 32);
  header.writeUInt32LE(tableSectors, 44);
  header.writeUInt32LE(tableSectors, 48);
  header.writeUInt32LE(4_096, 56);
  header.writeUInt32LE(0xfffffffe, 60);
  header.writeUInt32LE(0xfffffffe, 68);
  for (let n = 0; n < 109; n += 1) header.writeUInt32LE(n < tableSectors ? n : 0xffffffff, 76 + n * 4);
  const directory = Buffer.alloc(directorySectors * SECTOR);
  const entries = [
    { name: 'Root Entry', type: 5, start: 0xfffffffe, bytes: 0 },
    { name, type: 2, start: streamAt, bytes: padded.length },
    ...otherNames.map((other) => ({ name: other, type: 1, start: 0, bytes: 0 })),
  ];
  for (const [index, entry] of entries.entries()) {
    const at = index * 128;
    directory.write(entry.name, at, 'utf16le');
    directory.writeUInt16LE(entry.name.length * 2 + 2, at + 64);
    directory.writeUInt8(entry.type, at + 66);
    directory.writeUInt32LE(entry.start, at + 116);
    directory.writeUInt32LE(entry.bytes, at + 120);
  }
  const stream = Buffer.alloc(streamSectors * SECTOR);
  padded.copy(stream);
  return Buffer.concat([header, next, directory, stream]);
}
