/** A small seeded generator (sfc32): the same seed gives the same sequence on every machine, for ever. */
export type Random = {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  /** True with a chance of `perMille` in a thousand. */
  readonly chance: (perMille: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  /** One of the values, as often as its weight says. */
  readonly weighted: <T>(list: readonly (readonly [T, number])[]) => T;
  readonly shuffled: <T>(list: readonly T[]) => T[];
};

/** @param seed any text; one character more or less gives another sequence */
export function randomFrom(seed: string): Random {
  const next = sfc32(seedWords(seed));
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  const pick = <T>(list: readonly T[]): T => {
    const value = list[below(list.length)];
    if (value === undefined) throw new Error('nothing to pick from');
    return value;
  };
  return {
    below,
    pick,
    chance: (perMille) => below(1000) < perMille,
    weighted: (list) => {
      let at = below(list.reduce((sum, [, weight]) => sum + weight, 0));
      for (const [value, weight] of list) {
        at -= weight;
        if (at < 0) return value;
      }
      throw new Error('nothing to pick from');
    },
    shuffled: <T>(list: readonly T[]): T[] => {
      const result = [...list];
      for (let index = result.length - 1; index > 0; index -= 1) {
        const other = below(index + 1);
        [result[index], result[other]] = [result[other] as T, result[index] as T];
      }
      return result;
    },
  };
}

/** Four 32-bit words from a text (FNV-1a, one start value per word). */
function seedWords(seed: string): [number, number, number, number] {
  const word = (start: number): number => {
    let hash = start;
    for (const character of seed) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
    return hash >>> 0;
  };
  return [word(0x811c9dc5), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)];
}

function sfc32([a, b, c, d]: [number, number, number, number]): () => number {
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first words still look like the seed.
  for (let round = 0; round < 16; round += 1) next();
  return next;
}
