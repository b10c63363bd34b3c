/** The part of iconv-lite that reads and writes multi-byte encodings; the package has types for its front door only. */
declare module 'iconv-lite/encodings/dbcs-codec.js' {
  export class _dbcs {
    constructor(
      definition: {
        readonly encodingName: string;
        readonly table: () => readonly unknown[];
        readonly gb18030?: () => unknown;
        readonly encodeSkipVals: readonly number[];
        readonly encodeAdd?: Readonly<Record<string, number>>;
      },
      defaults: { readonly defaultCharUnicode: string; readonly defaultCharSingleByte: string },
    );
    readonly encoder: new (
      options: object,
      codec: _dbcs,
    ) => { write: (text: string) => Uint8Array; end: () => Uint8Array | undefined };
    readonly decoder: new (
      options: object,
      codec: _dbcs,
    ) => { write: (bytes: Uint8Array) => string; end: () => string | undefined };
  }
}
