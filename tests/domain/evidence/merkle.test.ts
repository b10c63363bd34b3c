import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToHex, hexToBytes, merkleRoot } from '../../../domain/evidence/merkle.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

/** RFC 6962 section 2.1 once more, from the text, on Buffers. */
const hash = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (data: Buffer) => hash(Buffer.from([0]), data);
const node = (left: Buffer, right: Buffer) => hash(Buffer.from([1]), left, right);
function expected(data: Buffer[]): Buffer {
  if (data.length === 0) return hash();
  if (data.length === 1) return leaf(data[0]!);
  const split = 2 ** Math.floor(Math.log2(data.length - 1));
  return node(expected(data.slice(0, split)), expected(data.slice(split)));
}

/** Inputs and roots of the Certificate Transparency reference tests (certificate-transparency, merkle_tree_test). */
const REFERENCE_LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const REFERENCE_ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const entryHash = fc.stringMatching(/^[0-9a-f]{64}$/);
const hashes = fc.uniqueArray(entryHash, { minLength: 1, maxLength: 40 });

describe('RFC 6962 root', () => {
  it.each(REFERENCE_ROOTS.map((root, count) => [count, root] as const))(
    'of the first %d reference leaves',
    (count, root) => {
      expect(merkleRoot(sha256, REFERENCE_LEAVES.slice(0, count))).toBe(root);
    },
  );

  it('is as computed from the definition for any number of entries', () => {
    fc.assert(
      fc.property(hashes, (list) => {
        const data = list.map((hex) => Buffer.from(hex, 'hex'));
        expect(merkleRoot(sha256, list)).toBe(expected(data).toString('hex'));
      }),
    );
  });

  it('shows a change, removal, insertion, swap, repetition or truncation of any entry', () => {
    fc.assert(
      fc.property(hashes, fc.nat(), fc.nat(), entryHash, (list, first, second, other) => {
        fc.pre(!list.includes(other));
        const at = first % list.length;
        const to = second % list.length;
        const root = merkleRoot(sha256, list);
        const swapped = list.with(at, list[to]!).with(to, list[at]!);
        expect(merkleRoot(sha256, list.with(at, other))).not.toBe(root);
        expect(merkleRoot(sha256, list.toSpliced(at, 1))).not.toBe(root);
        expect(merkleRoot(sha256, list.toSpliced(at, 0, other))).not.toBe(root);
        expect(merkleRoot(sha256, list.slice(0, at))).not.toBe(root);
        expect(merkleRoot(sha256, [...list, list.at(-1)!])).not.toBe(root);
        expect(merkleRoot(sha256, swapped) === root).toBe(at === to);
      }),
    );
  });

  it('an inner node cannot stand in for a leaf', () => {
    const [a, b] = ['aa'.repeat(32), 'bb'.repeat(32)];
    const inner = node(leaf(Buffer.from(a, 'hex')), leaf(Buffer.from(b, 'hex')));
    expect(merkleRoot(sha256, [inner.toString('hex')])).not.toBe(merkleRoot(sha256, [a, b]));
  });
});

describe('hex', () => {
  it('writes two digits per byte and reads them back', () => {
    expect(bytesToHex(new Uint8Array([0, 1, 15, 16, 255]))).toBe('00010f10ff');
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(hexToBytes(bytesToHex(bytes))).toEqual(bytes);
      }),
    );
  });
});
