import type { TextCodec } from '../../domain/bank/text-codec.ts';

/** GB 18030, its tables loaded with the first text that needs them: hot functions do not carry them at start. */
export async function loadGb18030(): Promise<TextCodec> {
  return (await import('./gb18030.ts')).gb18030;
}

/** GBK, for banks that know nothing more. */
export async function loadGbk(): Promise<TextCodec> {
  return (await import('./gbk.ts')).gbkCodec;
}
