// Goal: the packs say what they set and where it is from; only what was read in a text is no sample; a pack with a mistake is refused. Method: every
// venture-fund.json in the book, and some with mistakes.
import { describe, expect, it } from 'vitest';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { RUN_PARAMETERS } from '../../../../domain/policy/run-parameters.ts';
import { VENTURE_STEPS } from '../../../../domain/programmes/venture-fund/labels.ts';
import { ventureFund } from '../../../../domain/programmes/venture-fund/programme.ts';
import { codeOf, must } from '../samples.ts';
import { PLACES, refusalOf, rulesFor, rulesOf, ventureFile } from './samples.ts';

describe('packs of the policy book', () => {
  it.each(PLACES)('%s is accepted, and has no month without a value', (place) => {
    expect(must(parsePolicyPack(ventureFile(place))).warnings).toEqual([]);
  });

  it('only what was read in a text is no sample', () => {
    const read = PLACES.flatMap((place) =>
      ventureFile(place)
        .values.filter(({ sample }) => !sample)
        .map(({ parameter, inForceFrom }) => `${place} ${parameter} ${inForceFrom}`),
    );
    expect(read).toEqual([
      '120116 tranches 2014-01',
      '120116 failure 2014-01',
      '330203 grant 2013-01',
      '330203 failure 2013-01',
      '330203 lateFiles 2013-01',
      '330203 projectPeriod 2013-01',
      '330203 projectPeriod 2023-01',
      '330203 doubleSupport 2013-01',
      '330203 applicants 2023-01',
      '330604 budget 2020-01',
      '331100 tranches 2017-01',
      '370300 grant 2019-01',
      '370300 doubleSupport 2019-01',
      '440100 grant 2019-07',
      '440100 unusedAfterYears 2014-01',
      '441900 grant 2014-01',
      '442000 grant 2023-01',
      '442000 failure 2013-01',
      '442000 banYears 2013-01',
    ]);
  });

  it.each(PLACES)('%s cites every value, and its samples say that they are', (place) => {
    for (const { citation, sample } of ventureFile(place).values) {
      expect(JSON.stringify(citation).includes('样例')).toBe(sample === true);
    }
  });

  it('a grant of a place rests on a sample wherever a value that decides money does', () => {
    expect(rulesFor('110199').sample).toBe(true);
    const file = ventureFile('120116');
    for (const row of file.values) if (row.parameter !== 'trancheRounding') delete row.sample;
    expect(must(rulesOf(file, '2014-06-01'))).toMatchObject({ sample: false, on: '2014-06-01' });
    // 东莞: which of two routes counts decides between 400,000 and 300,000.
    const open = ventureFile('441900');
    for (const row of open.values) if (row.parameter !== 'stillShort') delete row.sample;
    expect(must(rulesOf(open, '2015-01-01')).sample).toBe(true);
  });

  it('rules are plain JSON: a contract keeps them by value', () => {
    for (const place of PLACES.filter((one) => one !== '331100')) {
      const rules = rulesFor(place, '2026-03-01');
      expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    }
  });
});

describe('a place that did not set what a grant needs', () => {
  it.each(['grant', 'tranches', 'trancheRounding'])('%s missing is refused by name', (parameter) => {
    const file = ventureFile('441900');
    file.values = file.values.filter((row) => row.parameter !== parameter);
    expect(refusalOf(rulesOf(file, '2026-03-01'))).toMatchObject({
      code: 'policy/no-rule',
      detail: { parameter },
    });
  });

  it('and one that lapsed is a gap', () => {
    expect(codeOf(rulesOf(ventureFile('331100'), '2018-01-01'))).toBe('policy/gap');
  });
});

describe('a pack with a mistake', () => {
  const signed = { milestone: 'signed' };
  const band = { zh: '合格', en: 'passed', passes: true, pays: '100' };
  const names = { zh: '其他', en: 'other' };
  it.each([
    [
      'tranches',
      [
        { share: '50', ...signed },
        { share: '40', milestone: 'accepted' },
      ],
    ],
    [
      'tranches',
      [
        { share: '60', ...signed },
        { share: '40.01', milestone: 'accepted' },
      ],
    ],
    [
      'tranches',
      [
        { share: '100', ...signed },
        { share: '0', milestone: 'accepted' },
      ],
    ],
    [
      'tranches',
      [
        { share: '1/3', ...signed },
        { share: '1/3', milestone: 'accepted' },
      ],
    ],
    ['tranches', [{ share: '100', milestone: 'some-day' }]],
    ['tranches', []],
    ['trancheRounding', { rule: 'exact', unit: 'fen', afterChange: 'by-remaining-shares' }],
    ['grant', { rule: 'capped', cap: '-1.00', overCap: 'refuse' }],
    ['grant', { rule: 'own-funds-gap', percentMax: '60%', overPercent: 'refuse' }],
    [
      'grant',
      {
        rule: 'score-bands',
        bands: [
          { from: '60', amount: '1.00' },
          { from: '80', amount: '2.00' },
        ],
      },
    ],
    ['evaluation', { scores: 'integer', most: '100', bands: [{ grade: 'A', from: '60', ...band }] }],
    [
      'evaluation',
      {
        scores: 'integer',
        most: '100',
        bands: [
          { grade: 'A', from: '60', ...band },
          { grade: 'B', from: '60', ...band },
          { grade: 'C', from: '0', ...band },
        ],
      },
    ],
    ['budget', { capBase: 'budget', categories: [{ category: 'Other', ...names }], forbidden: [] }],
    ['unusedAfterYears', 0],
    ['banYears', 3.5],
  ])('%s: %j is refused', (parameter, value) => {
    const file = ventureFile('110199');
    for (const row of file.values) if (row.parameter === parameter) row.value = value;
    expect(codeOf(parsePolicyPack(file))).toBe('invalid/policy-pack');
  });

  it('thirds are exactly the whole', () => {
    const thirds = ['signed', 'mid-term-passed', 'accepted'].map((milestone) => ({
      share: '1/3',
      milestone,
    }));
    expect(rulesFor('110199', '2026-03-01', { tranches: thirds }).tranches.tranches).toEqual(thirds);
  });
});

it('every sentence has both languages with the same placeholders', () => {
  const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  for (const [code, { zh, en }] of Object.entries(VENTURE_STEPS)) {
    expect([code, placeholders(zh)]).toEqual([code, placeholders(en)]);
  }
});

it('the programme has its own parameters and none of those of runs', () => {
  expect(Object.keys(ventureFund.parameters).filter((name) => Object.hasOwn(RUN_PARAMETERS, name))).toEqual(
    [],
  );
});
