// Goal: the packs of 临时救助 say what they set and where it is from, and a pack that asks for what no rule does is refused.
import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { RUN_PARAMETERS } from '../../../../domain/policy/run-parameters.ts';
import { TEMPORARY_AID_PARAMETERS } from '../../../../domain/programmes/temporary-aid/parameters.ts';
import { codeOf, must } from '../samples.ts';
import { aidFile, due, PLACES } from './samples.ts';

const WITH_RULES = PLACES.filter((place) => place !== '110199');

describe('packs of 临时救助', () => {
  it.each(PLACES)('%s is accepted without a warning', (place) => {
    expect(must(parsePolicyPack(aidFile(place))).warnings).toEqual([]);
  });

  it.each(WITH_RULES)('%s sets every parameter of the programme', (place) => {
    const set = aidFile(place).values.map(({ parameter }) => parameter);
    const own = set.filter((name) => !Object.hasOwn(RUN_PARAMETERS, name));
    expect(own.toSorted()).toEqual(Object.keys(TEMPORARY_AID_PARAMETERS).toSorted());
  });

  it('amounts read in an official text are no samples; those of a system in use are', () => {
    const bearing = Object.entries(TEMPORARY_AID_PARAMETERS).filter(([, spec]) => spec.bearsAmount);
    const samples = (place: string) =>
      aidFile(place).values.filter((row) => row.sample && bearing.some(([name]) => name === row.parameter));
    expect(['110000', '310000', '440100'].flatMap(samples)).toEqual([]);
    expect(samples('321281')).toHaveLength(bearing.length);
  });

  it('the sample district pays by the rules of its city, and decides the larger amounts itself', () => {
    const own = aidFile('110199').values.map(({ parameter }) => parameter);
    const rules = own.filter((name) => !Object.hasOwn(RUN_PARAMETERS, name));
    expect(rules).toEqual(['townshipDecides']);
    const asked = { place: '110199', appliedOn: '2026-11-20', decidedOn: '2026-11-23' };
    expect(due({ persons: 3, months: 2, eventOn: '2026-11-18' }, asked)).toBe('8700.00');
  });

  it.each([
    ['urgent', { months: 0 }],
    ['urgent', { months: 3, payFirst: 2 }],
    ['spending', { method: 'months', months: 12 }],
    ['spending', { method: 'flat', causes: ['illness'], bands: [] }],
    [
      'spending',
      bands([
        { through: '30000.00', percent: '40' },
        { through: '30000.00', percent: '50' },
      ]),
    ],
    ['spending', bands([{ percent: '40' }, { percent: '50' }])],
    ['spending', bands([{ percent: '40%' }])],
    ['yearCap', { amount: '-1.00' }],
    ['townshipDecides', { urgent: 'sometimes', spending: 'never' }],
    ['eventWindow', { urgent: 1 }],
    ['whoMayApply', { urgent: 'all', spending: 'local' }],
  ])('%s: %j is refused', (parameter, value) => {
    const file = aidFile('440100');
    for (const row of file.values) if (row.parameter === parameter) row.value = value;
    expect(codeOf(parsePolicyPack(file))).toBe('invalid/policy-pack');
  });
});

function bands(of: object[]) {
  return { method: 'bands', classes: [{ families: ['other'], least: '1.00', bands: of }], cap: 'none' };
}
