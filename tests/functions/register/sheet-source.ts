import type { ByteSource } from '../../../functions/register/workbook/byte-source.ts';

/** A file in memory, read as an upload is. */
export function sourceOf(bytes: Uint8Array): ByteSource {
  return { bytes: bytes.length, read: async (from, length) => bytes.subarray(from, from + length) };
}
