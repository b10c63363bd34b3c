// Goal: the packs of elderly services and the price subsidy are whole: read without a warning, everything set for the sample district, and
// what nobody published or read marked as a sample.
import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { PROGRAMMES } from '../../../domain/programmes/index.ts';
import { policyFile } from '../../policy-files.ts';
import { must } from './samples.ts';

const PACKS = [
  ['110000', 'elderly-service'],
  ['310000', 'elderly-service'],
  ['310000', 'elderly-orders'],
  ['000000', 'price-subsidy'],
  ['110000', 'price-subsidy'],
  ['310000', 'price-subsidy'],
  ['110199', 'elderly-service'],
  ['110199', 'elderly-orders'],
  ['110199', 'elderly-institution'],
  ['110199', 'elderly-construction'],
  ['110199', 'price-subsidy'],
] as const;

describe('packs', () => {
  it.each(PACKS)(
    '%s %s: no gaps; what is published says where, what is not is a sample',
    (place, programme) => {
      const file = policyFile(place, programme);
      expect(must(parsePolicyPack(file)).warnings).toEqual([]);
      for (const { sample, citation } of file.values) {
        const { document, title } = citation as { document: string; title: string };
        expect(sample === true || !/样例|未核对|转引/.test(document + title)).toBe(true);
        expect(place === '110199' ? sample : true).toBe(true);
      }
    },
  );

  it.each([
    'elderly-service',
    'elderly-orders',
    'elderly-institution',
    'elderly-construction',
    'price-subsidy',
  ])('%s: the sample district and those above it set every parameter', (programme) => {
    const set = PACKS.flatMap(([place, of]) =>
      of === programme && place !== '310000'
        ? policyFile(place, of).values.map(({ parameter }) => parameter)
        : [],
    );
    expect(Object.keys(PROGRAMMES[programme]!.parameters).filter((name) => !set.includes(name))).toEqual([]);
  });
});
