import type { _dbcs as DbcsCodec } from 'iconv-lite/encodings/dbcs-codec.js';
import type { TextCodec } from '../../domain/bank/text-codec.ts';

/** One codec for both ways over tables of iconv-lite. @param load called at every use: the tables are built at the first */
export function dbcsCodec(load: () => DbcsCodec): TextCodec {
  return {
    encode(text) {
      const codec = load();
      const encoder = new codec.encoder({}, codec);
      const start = encoder.write(text);
      const rest = encoder.end();
      return rest === undefined || rest.length === 0 ? start : Buffer.concat([start, rest]);
    },
    decode(bytes) {
      const codec = load();
      const decoder = new codec.decoder({}, codec);
      const start = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      return start + (decoder.end() ?? '');
    },
  };
}
