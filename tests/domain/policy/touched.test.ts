import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyBook } from '../../../domain/policy/book.ts';
import { effectOn } from '../../../domain/policy/effect.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import { touchedBy } from '../../../domain/policy/touched.ts';
import { policyFile } from '../../policy-files.ts';
import { fact, situationOf } from '../programmes/samples.ts';

const retroactivity = { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' };
const citation = { document: '示民发〔2026〕1号', title: '调整标准' };
type Value = { parameter: string; value: unknown; from: string; decidedOn?: string };
const packOf = (jurisdiction: string, programme: string, ...values: Value[]): PolicyPack =>
  ({
    jurisdiction,
    programme,
    values: values.map(({ decidedOn = '2026-11-01', from, parameter, value }) => ({
      parameter,
      value,
      inForceFrom: from,
      decidedOn,
      citation,
      retroactivity,
    })),
  }) as unknown as PolicyPack;
const bands = (amount: string, from = '2026-01'): Value => ({
  parameter: 'bands',
  value: [{ fromAge: 80, amount }],
  from,
});
const file = (place: string, programme: string) => policyFile(place, programme) as unknown as PolicyPack;
const bookOf = (...packs: PolicyPack[]) => {
  const book = policyBook(packs);
  if (!book.ok) throw new Error(book.error.en);
  return book.value;
};

const PACKS = [file('110000', 'high-age'), file('110199', 'high-age')];
const DISTRICTS = ['110101', '110199', '310101'];
const SCOPES = DISTRICTS.flatMap((jurisdiction) =>
  ['dibao', 'high-age', 'orphan', 'unattended-child'].map((programme) => ({ jurisdiction, programme })),
);
const TODAY = '2026-11-22';
const touched = (added: readonly PolicyPack[], packs: readonly PolicyPack[] = PACKS) =>
  touchedBy({ before: bookOf(...packs), after: bookOf(...packs, ...added) }, SCOPES, TODAY);
const names = (added: readonly PolicyPack[], packs?: readonly PolicyPack[]) =>
  touched(added, packs).scopes.map(
    ({ from, jurisdiction, programme }) => `${jurisdiction} ${programme} ${from}`,
  );

describe('what a change can touch', () => {
  it('is the districts that inherit it, from its first month or the first that may become money', () => {
    expect(names([packOf('110000', 'high-age', bands('101.00', '2026-03'))])).toEqual([
      '110101 high-age 2026-03',
      '110199 high-age 2026-10',
    ]);
    // A district that has its own amounts stands before the city's.
    const own = [...PACKS, packOf('110199', 'high-age', bands('99.00', '2019-10'))];
    expect(names([packOf('110000', 'high-age', bands('101.00', '2026-03'))], own)).toEqual([
      '110101 high-age 2026-03',
    ]);
  });

  it('says that whoever will be enrolled from rolls is not in the effect yet', () => {
    const packs = ['000000', '110000', '110199'].map((place) => file(place, 'price-subsidy'));
    const standard = { parameter: 'priceStandard', value: '1500.00', from: '2026-11' };
    const added = packOf('110199', 'price-subsidy', standard);
    const books = { before: bookOf(...packs), after: bookOf(...packs, added) };
    const scopes = [...SCOPES, { jurisdiction: '110199', programme: 'price-subsidy' }];
    const found = touchedBy(books, scopes, TODAY);
    expect(found.scopes).toMatchObject([{ programme: 'price-subsidy' }]);
    expect(found.partly).toMatchObject([
      { programme: 'price-subsidy', refusal: { code: 'missing/roll-enrolments' } },
    ]);
    expect(touched([packOf('110000', 'high-age', bands('101.00'))]).partly).toEqual([]);
  });

  it('is nobody where the value is what it was, whoever says it now, and where no amount rests on it', () => {
    const same = file('110000', 'high-age').values.find(({ parameter }) => parameter === 'bands');
    expect(names([packOf('110000', 'high-age', { ...bands(''), value: same?.value })])).toEqual([]);
    expect(
      names([packOf('110199', 'high-age', { parameter: 'openPaymentAlarm', value: 9, from: '2026-01' })]),
    ).toEqual([]);
  });

  it('is what depends on it through stacking or linked rates as well, and nothing else', () => {
    const own = [
      ...PACKS,
      ...['dibao', 'orphan', 'unattended-child'].map((programme) =>
        packOf('110000', programme, { parameter: 'historyFrom', value: '2026-01', from: '2020-01' }),
      ),
    ];
    const standard = { parameter: 'standard', value: { urban: '1.00', rural: '1.00' }, from: '2026-05' };
    const dibao = packOf('110199', 'dibao', standard);
    expect(names([dibao], own)).toEqual(['110199 dibao 2026-05']);
    const rules = [{ with: 'dibao', of: 'household', action: 'top-up' }];
    const stacked = packOf('110000', 'orphan', { parameter: 'stacking', value: rules, from: '2026-01' });
    // The other children's programme reads the orphans' rates.
    expect(names([dibao], [...own, stacked])).toEqual([
      '110199 dibao 2026-05',
      '110199 orphan 2026-05',
      '110199 unattended-child 2026-05',
    ]);
  });

  it('ends with December of the year that the change begins in', () => {
    expect(touched([packOf('110199', 'high-age', bands('1.00', '2026-03'))]).through).toBe('2026-12');
    expect(touched([packOf('110199', 'high-age', bands('1.00', '2019-10'))]).through).toBe('2026-12');
    expect(touched([packOf('110000', 'high-age', bands('1.00', '2027-01'))]).through).toBe('2027-12');
  });
});

it('whatever one district changes, what is owed in another stays the same to the byte', () => {
  const facts = [fact('birth-date', '1940-05-05'), fact('application', '2026-01-02')];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 1, max: 12 }), (cents, month) => {
      const from = `2026-${String(month).padStart(2, '0')}`;
      const change = packOf(
        '110199',
        'high-age',
        bands((cents / 100).toFixed(2), '2019-10'),
        bands('7.00', from),
      );
      const [before, after] = [
        bookOf(...PACKS),
        bookOf(...PACKS, { ...change, values: change.values.slice(0, 1) }),
      ];
      const span = { from: '2026-01', through: '2026-12', knownOn: TODAY, historyBefore: '2026-01' };
      const side = (jurisdiction: string, book: typeof before) => {
        const situation = situationOf(jurisdiction, facts);
        return { book, enrolment: situation.only, situation };
      };
      const elsewhere = effectOn(side('110101', before), side('110101', after), {
        ...span,
        jurisdiction: '110101',
      });
      expect(elsewhere).toEqual({ ok: true, value: [] });
      const here = effectOn(side('110199', before), side('110199', after), {
        ...span,
        jurisdiction: '110199',
      });
      expect(here.ok && here.value.length).toBe(cents === 10_000 ? 0 : 12);
    }),
    { numRuns: 40 },
  );
});

it('months that only now become money are more, whatever they would have been', () => {
  const situation = situationOf('110199', [
    fact('birth-date', '1940-05-05'),
    fact('application', '2026-01-02'),
  ]);
  const side = { book: bookOf(...PACKS), enrolment: situation.only, situation };
  const span = { from: '2026-01', through: '2026-12', knownOn: TODAY, jurisdiction: '110199' };
  const months = (historyBefore: string | undefined) => {
    const found = effectOn(side, side, { ...span, historyBefore });
    return found.ok && found.value.map(({ before, month }) => [month, before]);
  };
  expect(months('2026-01')).toEqual([]);
  expect(months('2026-03')).toEqual([
    ['2026-01', 0],
    ['2026-02', 0],
  ]);
  expect(months(undefined)).toHaveLength(12);
});
