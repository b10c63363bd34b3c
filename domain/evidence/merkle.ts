/**
 * RFC 6962 tree hash over evidence hashes: leaf = H(0x00 ‖ entry hash), node = H(0x01 ‖ left ‖ right), split at the largest power
 * of two below the count. Hashes are lower-case hex; the hash function works on bytes and comes in as an argument.
 */
export type Sha256Bytes = (bytes: Uint8Array) => Uint8Array;

export function hexToBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let index = 0; index < bytes.length; index += 1)
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  return bytes;
}

export function bytesToHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

function prefixed(prefix: number, ...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  bytes[0] = prefix;
  let at = 1;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Root of the tree; the root of no entries is the hash of nothing. */
export function merkleRoot(sha256: Sha256Bytes, entryHashes: readonly string[]): string {
  if (entryHashes.length === 0) return bytesToHex(sha256(new Uint8Array()));
  const leaves = entryHashes.map((hash) => sha256(prefixed(0, hexToBytes(hash))));
  return bytesToHex(root(sha256, leaves, 0, leaves.length));
}

function root(sha256: Sha256Bytes, leaves: readonly Uint8Array[], from: number, to: number): Uint8Array {
  const count = to - from;
  if (count === 1) return leaves[from] as Uint8Array;
  let split = 1;
  while (split * 2 < count) split *= 2;
  return sha256(
    prefixed(1, root(sha256, leaves, from, from + split), root(sha256, leaves, from + split, to)),
  );
}
