import { createHash } from 'node:crypto';

/** SHA-256 as lower-case hex, of text (as UTF-8) or bytes: the `sha256` that domain functions take. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** SHA-256 as bytes: what the tree hash takes. */
export function sha256Bytes(content: Uint8Array): Uint8Array {
  return createHash('sha256').update(content).digest();
}

/** SHA-256 of what arrives in pieces. */
export function runningSha256(): { update: (bytes: Uint8Array) => void; hex: () => string } {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}
