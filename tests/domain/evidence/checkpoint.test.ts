import { describe, expect, it } from 'vitest';
import { type Checkpoint, checkpointHash } from '../../../domain/evidence/checkpoint.ts';
import { fen } from '../../../domain/money.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';

const sha256 = (text: string) => sha256Hex(text);
const range = { shard: '00-7f', count: 3, fen: fen(30000), root: 'a'.repeat(64) };
const other = { shard: '80-ff', count: 1, fen: fen(10000), root: 'b'.repeat(64) };
const checkpoint: Checkpoint = {
  sequence: 2,
  run: '110199.high-age.2026-12.R.1',
  ranges: [range, other],
  acts: 'e'.repeat(64),
  previous: 'c'.repeat(64),
};

describe('checkpoint hash', () => {
  it('is the hash of its tagged canonical content', () => {
    const text = `{"acts":"${'e'.repeat(64)}","previous":"${'c'.repeat(64)}","ranges":[{"count":3,"fen":30000,"root":"${'a'.repeat(64)}","shard":"00-7f"},{"count":1,"fen":10000,"root":"${'b'.repeat(64)}","shard":"80-ff"}],"run":"110199.high-age.2026-12.R.1","sequence":2}`;
    expect(checkpointHash(sha256, checkpoint)).toBe(sha256(`checkpoint.v1\n${text}`));
  });

  it.each<[string, Checkpoint]>([
    ['its number', { ...checkpoint, sequence: 3 }],
    ['the run', { ...checkpoint, run: '110199.high-age.2026-12.R.2' }],
    ['the checkpoint before it', { ...checkpoint, previous: 'd'.repeat(64) }],
    ['an act', { ...checkpoint, acts: 'f'.repeat(64) }],
    ['a root', { ...checkpoint, ranges: [range, { ...other, root: 'd'.repeat(64) }] }],
    ['a count', { ...checkpoint, ranges: [range, { ...other, count: 2 }] }],
    ['a sum', { ...checkpoint, ranges: [{ ...range, fen: fen(30001) }, other] }],
    ['the range of a root', { ...checkpoint, ranges: [range, { ...other, shard: '80-fe' }] }],
    ['the number of ranges', { ...checkpoint, ranges: [range] }],
    ['the order of ranges', { ...checkpoint, ranges: [other, range] }],
  ])('changes with %s', (_, changed) => {
    expect(checkpointHash(sha256, changed)).not.toBe(checkpointHash(sha256, checkpoint));
  });

  it('a chain of seals breaks where one of them is changed', () => {
    const next = { ...checkpoint, sequence: 3, previous: checkpointHash(sha256, checkpoint) };
    const tampered = { ...checkpoint, ranges: [{ ...range, count: 4 }, other] };
    expect(next.previous).not.toBe(checkpointHash(sha256, tampered));
  });
});
