// Goal: the packs of the policy book say what they set and where it is from, and a pack that asks for what no rule does is
// refused. Method: every dibao.json in the book, and some with mistakes.
import { describe, expect, it } from 'vitest';
import { policyBook } from '../../../../domain/policy/book.ts';
import { lookupParameter } from '../../../../domain/policy/lookup.ts';
import { parsePolicyPack } from '../../../../domain/policy/parse-pack.ts';
import { RUN_PARAMETERS } from '../../../../domain/policy/run-parameters.ts';
import { DIBAO_STEPS } from '../../../../domain/programmes/dibao/labels.ts';
import { dibao } from '../../../../domain/programmes/dibao/programme.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { PROGRAMMES } from '../../../../domain/programmes/index.ts';
import { reportCutOff } from '../../../../domain/street/report-commands.ts';
import { codeOf, must, type PackFile, packFile } from '../samples.ts';
import { dibaoFile, family, PLACES, proposed, viewOf } from './samples.ts';

const WITH_RULES = PLACES.filter((place) => place !== '110199');

describe('packs of the policy book', () => {
  it('are of six places and the sample district', () => {
    expect(PLACES).toEqual(['110000', '110199', '231025', '310000', '321281', '440100', '500000']);
  });

  it.each(PLACES)('%s is accepted; only 林口 has months without a standard', (place) => {
    const { warnings } = must(parsePolicyPack(dibaoFile(place)));
    const expected = place === '231025' ? [{ parameter: 'standard', from: '2026-01', to: '2026-03' }] : [];
    expect(warnings).toMatchObject(expected);
  });

  it.each(WITH_RULES)('%s sets every parameter of the programme', (place) => {
    const set = new Set(dibaoFile(place).values.map(({ parameter }) => parameter));
    expect(Object.keys(dibao.parameters).filter((name) => !set.has(name))).toEqual([]);
  });

  it('the sample district sets only what its runs need, and inherits the rules of its city', () => {
    const own = dibaoFile('110199').values.map(({ parameter }) => parameter);
    expect(own.filter((name) => !Object.hasOwn(RUN_PARAMETERS, name))).toEqual([]);
    const packs = ['110000', '110199'].map((place) => must(parsePolicyPack(dibaoFile(place))).pack);
    const view = viewOf('110199', must(policyBook(packs)));
    expect(must(propose(family(3, '2400.00'), view, '2024-09'))).toEqual(
      proposed('110000', family(3, '2400.00'), '2024-09'),
    );
  });

  it('the sample district has its streets report by the 25th, and reviews as its city does', () => {
    const packs = ['110000', '110199'].map((place) => must(parsePolicyPack(dibaoFile(place))).pack);
    const book = must(policyBook(packs));
    const scope = { jurisdiction: '110199', programme: 'dibao', knownOn: '2026-11-22' };
    expect(must(reportCutOff(book, scope, '2026-12'))).toBe('2026-11-25');
    const query = { ...scope, parameter: 'reviewInterval', month: '2026-12' };
    const { value } = must(lookupParameter(book, query, RUN_PARAMETERS.reviewInterval));
    expect(value).toEqual({ stable: 12, unstable: 6 });
  });

  it('only values read in an official text are no samples', () => {
    const read = WITH_RULES.flatMap((place) =>
      dibaoFile(place)
        .values.filter(({ sample }) => !sample)
        .map(
          ({ parameter, citation }) => `${place} ${parameter} ${(citation as { document: string }).document}`,
        ),
    );
    const documents = new Set(read.map((line) => line.split(' ').at(-1)));
    expect(documents).toEqual(
      new Set([
        '上海市人民代表大会常务委员会（2024年12月31日修正）',
        '京民社救发〔2018〕445号',
        '京民社救发〔2024〕80号',
        '穗民规字〔2025〕2号',
        '重庆市人民代表大会常务委员会公告（2016年3月31日通过）',
      ]),
    );
    expect(read.filter((line) => /^(?:231025|321281)/.test(line))).toEqual([]);
    expect(read).toContain('440100 standard 穗民规字〔2025〕2号');
  });
});

describe('a pack with a mistake', () => {
  const changed = (parameter: string, value: unknown): PackFile => {
    const file = dibaoFile('110000');
    for (const row of file.values) if (row.parameter === parameter) row.value = value;
    return file;
  };
  const ill = [{ group: 'serious-illness' }];

  it.each([
    ['standard', { urban: '1450.00' }],
    ['standard', { urban: 1450, rural: 1450 }],
    ['standard', { urban: '-1.00', rural: '1.00' }],
    ['base', { formula: 'household-total', level: 'member', rule: 'up', unit: 'yuan' }],
    ['base', { formula: 'per-capita-difference', level: 'member', rule: 'exact', unit: 'yuan' }],
    ['fullStandard', []],
    ['fullStandard', [{ group: 'rich' }]],
    ['fullStandard', [{ group: 'elderly' }]],
    ['severeDisability', { limb: 2 }],
    ['incomeDeduction', [{ reason: 'lone-parent', percent: '100', children: [] }]],
    ['jobReward', { employedPercent: '80%' }],
    ['parentSupport', { livingMultiple: 1.5, percent: '20' }],
    ['topUps', { tiers: [{ when: ill, percent: '35', urban: '1.00', rural: '1.00' }], overlap: 'highest' }],
    ['topUps', { tiers: [{ when: ill, percent: '35' }], overlap: 'sum' }],
    ['topUps', { tiers: [{ when: ill, percent: '-5' }], overlap: 'highest' }],
    ['singlePerson', { rule: 'flat', groups: ill, urban: '1.00', rural: '1.00' }],
    ['taper', { rule: 'percent-of-former', steps: [], start: 'next-month' }],
    [
      'taper',
      { rule: 'frozen-base', defaultMonths: 6, maxMonths: 13, belowMultiple: '1.5', start: 'next-month' },
    ],
    ['startMonth', 'this-month'],
  ])('%s: %j is refused', (parameter, value) => {
    expect(codeOf(parsePolicyPack(changed(parameter, value)))).toBe('invalid/policy-pack');
  });

  it('may name persons and components of retroactivity only where a rule reads them', () => {
    const of = (file: PackFile, parameter: string, retroactivity: object) => {
      const row = file.values.find((one) => one.parameter === parameter)!;
      Object.assign(row.retroactivity, retroactivity);
      const answer = parsePolicyPack(file);
      return answer.ok ? 'ok' : answer.error.detail!['path'];
    };
    const onRoll = { persons: 'on-roll-in-month-of-decision' };
    const index = (file: PackFile, parameter: string) =>
      file.values.findIndex((row) => row.parameter === parameter);
    const beijing = dibaoFile('110000');
    for (const parameter of ['standard', 'topUps', 'topUpStandard', 'singlePerson']) {
      expect(of(dibaoFile('110000'), parameter, { ...onRoll, components: ['base'] })).toBe('ok');
    }
    for (const parameter of ['jobReward', 'taper', 'payCycle']) {
      const path = `values[${index(beijing, parameter)}].retroactivity`;
      expect(of(dibaoFile('110000'), parameter, onRoll)).toBe(path);
      expect(of(dibaoFile('110000'), parameter, { components: ['base'] })).toBe(path);
    }
    expect(of(dibaoFile('110000'), 'standard', { components: ['bonus'] })).toBe(
      'values[0].retroactivity.components',
    );
    expect(of(dibaoFile('110000'), 'standard', { components: [] })).toBe(
      'values[0].retroactivity.components',
    );
    // A programme computed from facts would recompute everyone and everything: it must not accept less.
    expect(of(packFile('110000'), 'bands', onRoll)).toBe('values[0].retroactivity');
    expect(of(packFile('110000'), 'bands', { components: ['allowance'] })).toBe('values[0].retroactivity');
  });
});

describe('the programme', () => {
  it('is registered before 高龄津贴, whose amount may depend on it', () => {
    const order = Object.keys(PROGRAMMES);
    expect(order.indexOf('dibao')).toBeLessThan(order.indexOf('high-age'));
    expect(PROGRAMMES['dibao']).toBe(dibao);
  });

  it('has every label in both languages with the same placeholders', () => {
    const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const [code, { zh, en }] of Object.entries(DIBAO_STEPS)) {
      expect([code, placeholders(zh)]).toEqual([code, placeholders(en)]);
    }
  });
});
