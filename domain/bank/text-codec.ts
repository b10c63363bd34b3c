/**
 * Text encoding and hashing of bytes come in as arguments, so that the file formats stay pure. One codec goes both ways:
 * two implementations of GB 18030 disagree on private-use characters, and would break the round-trip check.
 */
export type TextCodec = {
  readonly encode: (text: string) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => string;
};

/** SHA-256 of bytes, as lower-case hex. */
export type Sha256OfBytes = (bytes: Uint8Array) => string;

/** True when the text comes back unchanged: what GB 18030 cannot write (or the bank would read differently) does not. */
export function survives(codec: TextCodec, text: string): boolean {
  return codec.decode(codec.encode(text)) === text;
}
