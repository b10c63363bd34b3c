import { _dbcs as DbcsCodec } from 'iconv-lite/encodings/dbcs-codec.js';
import gbk from 'iconv-lite/encodings/tables/cp936.json' with { type: 'json' };
import ranges from 'iconv-lite/encodings/tables/gb18030-ranges.json' with { type: 'json' };
import additions from 'iconv-lite/encodings/tables/gbk-added.json' with { type: 'json' };
import type { TextCodec } from '../../domain/bank/text-codec.ts';
import { dbcsCodec } from './table-codec.ts';

/**
 * GB 18030 as iconv-lite has it, from its parts: the front door of the package brings the tables of every encoding in the
 * world (483 kB bundled instead of 98), and functions that check names are hot. A test compares both for every
 * character. Neither the platform's TextDecoder nor another codec may be mixed with it (see text-codec.ts).
 */
let loaded: DbcsCodec | undefined;

/** Built at first use: the tables take some milliseconds, and most calls of most functions need none. */
function codec(): DbcsCodec {
  loaded ??= new DbcsCodec(
    {
      encodingName: 'gb18030',
      table: () => [...gbk, ...additions],
      gb18030: () => ranges,
      encodeSkipVals: [0x80],
      encodeAdd: { '€': 0xa2e3 },
    },
    { defaultCharUnicode: '\ufffd', defaultCharSingleByte: '?' },
  );
  return loaded;
}

export const gb18030: TextCodec = dbcsCodec(codec);

/** Decodes text that comes in pieces, which may be cut inside a character; U+FFFD stands for what is not GB 18030. */
export function gb18030Decoder(): { write: (bytes: Uint8Array) => string; end: () => string } {
  const decoder = new (codec().decoder)({}, codec());
  return {
    write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    end: () => decoder.end() ?? '',
  };
}
