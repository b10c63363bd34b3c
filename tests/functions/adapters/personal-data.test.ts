import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localKeySource } from '../../../functions/adapters/key-source.ts';
import { PersonalData } from '../../../functions/adapters/personal-data.ts';

const key = () => randomBytes(32).toString('hex');
const [dataKey, lookupKey] = [key(), key()];
const personalData = new PersonalData(localKeySource(dataKey, lookupKey));
const record = { legalName: '阿依古丽·麦麦提', idNumber: '110101194603050014' };

describe('a sealed record', () => {
  it('opens to what was sealed, also by another process with the same key', async () => {
    const sealed = await personalData.sealRecord('person:A', record);
    expect(await personalData.openRecord('person:A', sealed)).toEqual(record);
    const other = new PersonalData(localKeySource(dataKey, lookupKey));
    expect(await other.openRecord('person:A', sealed)).toEqual(record);
  });

  it('shows nothing of its content and never looks the same twice', async () => {
    const [first, second] = [
      await personalData.sealRecord('person:A', record),
      await personalData.sealRecord('person:A', record),
    ];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(false);
    for (const value of Object.values(record)) expect(Buffer.from(first).includes(value)).toBe(false);
  });

  it('is refused under the id of another record', async () => {
    const sealed = await personalData.sealRecord('person:A', record);
    await expect(personalData.openRecord('person:B', sealed)).rejects.toMatchObject({
      name: 'SealedRecordError',
      reason: 'swapped',
    });
  });

  it('is unreadable with another key, and with any bit changed', async () => {
    const sealed = await personalData.sealRecord('person:A', record);
    const stranger = new PersonalData(localKeySource(key(), lookupKey));
    await expect(stranger.openRecord('person:A', sealed)).rejects.toMatchObject({ reason: 'unreadable' });
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const damaged = Uint8Array.from(sealed);
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        await expect(personalData.openRecord('person:A', damaged)).rejects.toMatchObject({
          name: 'SealedRecordError',
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('a look-up hash', () => {
  it('finds the same value typed differently, and keeps kinds and values apart', async () => {
    const hash = (kind: 'id' | 'account' | 'name' | 'phone', value: string) =>
      personalData.lookupHash(kind, value);
    expect(await hash('id', ' 11010119460305001x')).toBe(await hash('id', '11010119460305001X'));
    expect(await hash('account', '6217 0000 0000 0000')).toBe(await hash('account', '6217000000000000'));
    expect(await hash('name', '阿依古丽•麦麦提')).toBe(await hash('name', '阿依古丽·麦麦提'));
    expect(await hash('phone', '+86 138-1234-5678')).toBe(await hash('phone', '13812345678'));
    expect(await hash('id', '123')).not.toBe(await hash('account', '123'));
    expect(await hash('name', '李镕')).not.toBe(await hash('name', '李熔'));
  });

  it('carries the key version and depends on the key', async () => {
    const hash = await personalData.lookupHash('id', '110101194603050014');
    expect(hash).toMatch(/^1\.[A-Za-z0-9_-]{22}$/);
    const other = new PersonalData(localKeySource(dataKey, key()));
    expect(await other.lookupHash('id', '110101194603050014')).not.toBe(hash);
  });

  it('needs keys of full length', () => {
    expect(() => localKeySource('00', lookupKey)).toThrow('LOCAL_DATA_KEY');
    expect(() => localKeySource(dataKey, '00')).toThrow('look-up key');
    expect(() => localKeySource('zz', lookupKey)).toThrow('LOCAL_DATA_KEY');
  });
});

describe('a person key', () => {
  it('is twelve characters of Crockford base32, the same for the same number, another one after a clash', async () => {
    const first = await personalData.personKeyFor('110101194603050014');
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    expect(await personalData.personKeyFor('110101194603050014')).toBe(first);
    expect(await personalData.personKeyFor('110101194603050014', 1)).not.toBe(first);
    expect(await personalData.personKeyFor('110101194603050022')).not.toBe(first);
  });
});
