import { describe, expect, it } from 'vitest';
import { samePolicy } from '../../../domain/policy/same-policy.ts';
import { bookOf, changedPack, packFile } from '../programmes/samples.ts';

const everything = () => true;

describe('two books in one place', () => {
  const before = bookOf(packFile('110000'));

  it('say the same where what was added is of another place', () => {
    const elsewhere = bookOf(packFile('110000'), packFile('231025'));
    expect(samePolicy(before, elsewhere, '110199', everything)).toBe(true);
    expect(samePolicy(before, elsewhere, '231025', everything)).toBe(false);
  });

  it('do not where the place or one above it sets something else, whatever it is', () => {
    for (const changes of [{ stopFrom: 'same-month' }, { bands: [{ fromAge: 80, amount: '100.01' }] }]) {
      const after = bookOf(changedPack('110000', changes));
      expect(samePolicy(before, after, '110199', everything)).toBe(false);
      expect(samePolicy(after, before, '110199', everything)).toBe(false);
      expect(samePolicy(before, after, '310000', everything)).toBe(true);
    }
    const fewer = packFile('110000');
    const without = bookOf({
      ...fewer,
      values: fewer.values.filter(({ parameter }) => parameter !== 'leapDay'),
    });
    expect(samePolicy(before, without, '110199', everything)).toBe(false);
  });

  it('may differ in programmes that do not count', () => {
    const after = bookOf(changedPack('110000', { stopFrom: 'same-month' }));
    expect(samePolicy(before, after, '110199', (programme) => programme !== 'high-age')).toBe(true);
  });
});
