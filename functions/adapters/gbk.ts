import { _dbcs as DbcsCodec } from 'iconv-lite/encodings/dbcs-codec.js';
import gbk from 'iconv-lite/encodings/tables/cp936.json' with { type: 'json' };
import additions from 'iconv-lite/encodings/tables/gbk-added.json' with { type: 'json' };
import { dbcsCodec } from './table-codec.ts';

/**
 * GBK as iconv-lite has it, from its parts as in gb18030.ts. What it lacks (㛃, 𬎆, 龦, 鿭, 㐂, 龴, …) becomes "?" in encoding, which
 * the round-trip check of every line finds. The euro sign is A2E3 as in GB 18030: 0x80 is in CP936 alone.
 */
let loaded: DbcsCodec | undefined;

function codec(): DbcsCodec {
  loaded ??= new DbcsCodec(
    { encodingName: 'gbk', table: () => [...gbk, ...additions], encodeSkipVals: [0x80] },
    { defaultCharUnicode: '\ufffd', defaultCharSingleByte: '?' },
  );
  return loaded;
}

export const gbkCodec = dbcsCodec(codec);
