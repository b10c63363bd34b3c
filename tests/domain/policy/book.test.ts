import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PolicyBook, policyBook, policyBookHash } from '../../../domain/policy/book.ts';
import { jurisdictionChain, liesWithin } from '../../../domain/policy/jurisdiction.ts';
import { lookup } from '../../../domain/policy/lookup.ts';
import { bookOf, codeOf, must, pack, packFile } from '../programmes/samples.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const citation = { document: '测〔2025〕1号', title: '测试文件' };

type Row = { from: string; to?: string; decided: string; cycle?: string; months?: 'none' };
/** A pack that sets only the pay cycle, by the rows given. */
function cyclePack(jurisdiction: string, ...rows: Row[]) {
  const values = rows.map(({ from, to, decided, cycle = 'month', months = 'from-in-force' }) => ({
    parameter: 'payCycle',
    value: cycle,
    inForceFrom: from,
    ...(to ? { inForceTo: to } : {}),
    decidedOn: decided,
    citation,
    retroactivity: { months, persons: 'entitled-in-month', components: 'all' },
  }));
  return { jurisdiction, programme: 'high-age', values };
}
const ask = (book: PolicyBook, jurisdiction: string, month: string, knownOn = '2030-01-01') =>
  lookup(book, { jurisdiction, programme: 'high-age', parameter: 'payCycle', month, knownOn });
const valueAt = (...args: Parameters<typeof ask>) => must(ask(...args)).value;

describe('jurisdictions', () => {
  it('a district inherits from its city, province and the nation', () => {
    expect(jurisdictionChain('420203')).toEqual(['420203', '420200', '420000', '000000']);
    expect(jurisdictionChain('420000')).toEqual(['420000', '000000']);
    expect(jurisdictionChain('000000')).toEqual(['000000']);
  });

  it('streets lie within their district, districts within their province', () => {
    expect(liesWithin('110199002', '110199')).toBe(true);
    expect(liesWithin('110105', '110000')).toBe(true);
    expect(liesWithin('110105', '110199')).toBe(false);
    expect(liesWithin('120000', '110000')).toBe(false);
  });
});

describe('lookup', () => {
  it.each(['420203', '420200', '420000', '000000'])(
    'finds the value of %s for a district below it',
    (place) => {
      const book = bookOf(cyclePack(place, { from: '2025-01', decided: '2024-12-01', cycle: 'quarter' }));
      expect(must(ask(book, '420203', '2025-01')).jurisdiction).toBe(place);
    },
  );

  it('the most specific place that has the parameter governs', () => {
    const book = bookOf(
      cyclePack('420000', { from: '2020-01', decided: '2019-12-01', cycle: 'year' }),
      cyclePack('420203', { from: '2025-01', decided: '2024-12-01', cycle: 'quarter' }),
    );
    expect(valueAt(book, '420203', '2025-01')).toBe('quarter');
    expect(valueAt(book, '420204', '2025-01')).toBe('year');
  });

  it('A26: a month between two standards is refused with the gap named; no payment is computed', () => {
    const book = bookOf(
      cyclePack(
        '231025',
        { from: '2025-01', to: '2025-12', decided: '2024-12-01' },
        { from: '2026-04', decided: '2026-03-20' },
      ),
    );
    const answer = ask(book, '231025', '2026-02');
    expect(codeOf(answer)).toBe('policy/gap');
    expect(answer.ok ? {} : answer.error.detail).toMatchObject({
      jurisdiction: '231025',
      parameter: 'payCycle',
      month: '2026-02',
      before: '2025-12',
      after: '2026-04',
    });
    expect([codeOf(ask(book, '231025', '2025-12')), codeOf(ask(book, '231025', '2026-01'))]).toEqual([
      'ok',
      'policy/gap',
    ]);
    expect([codeOf(ask(book, '231025', '2026-03')), codeOf(ask(book, '231025', '2026-04'))]).toEqual([
      'policy/gap',
      'ok',
    ]);
  });

  it('a gap in the district is never filled from its province', () => {
    const book = bookOf(
      cyclePack('420000', { from: '2020-01', decided: '2019-12-01', cycle: 'year' }),
      cyclePack('420203', { from: '2025-01', to: '2025-06', decided: '2024-12-01' }),
    );
    expect(codeOf(ask(book, '420203', '2025-07'))).toBe('policy/gap');
    expect(codeOf(ask(book, '420203', '2024-12'))).toBe('policy/gap');
  });

  it('what nobody set is refused by another name', () => {
    expect(
      codeOf(
        ask(bookOf(cyclePack('420000', { from: '2025-01', decided: '2025-01-01' })), '110199', '2025-01'),
      ),
    ).toBe('policy/no-rule');
  });

  it('a later decision governs the months it covers, for those who could know it', () => {
    const book = bookOf(
      cyclePack(
        '420000',
        { from: '2025-01', decided: '2024-12-01', cycle: 'month' },
        { from: '2025-03', to: '2025-04', decided: '2025-05-10', cycle: 'quarter' },
      ),
    );
    const seen = ['2025-02', '2025-03', '2025-04', '2025-05'].map((month) => valueAt(book, '420203', month));
    expect(seen).toEqual(['month', 'quarter', 'quarter', 'month']);
    expect(valueAt(book, '420203', '2025-03', '2025-05-09')).toBe('month');
    expect(valueAt(book, '420203', '2025-03', '2025-05-10')).toBe('quarter');
  });

  it('a district that had not decided by then still inherits', () => {
    const book = bookOf(
      cyclePack('420000', { from: '2020-01', decided: '2019-12-01', cycle: 'year' }),
      cyclePack('420203', { from: '2025-01', decided: '2025-05-10', cycle: 'quarter' }),
    );
    expect(valueAt(book, '420203', '2025-03', '2025-05-09')).toBe('year');
    expect(valueAt(book, '420203', '2025-03', '2025-05-10')).toBe('quarter');
  });

  it('without retroactivity a decision leaves the months before it alone', () => {
    const book = bookOf(
      cyclePack(
        '420000',
        { from: '2025-01', decided: '2024-12-01', cycle: 'month' },
        { from: '2025-03', decided: '2025-05-10', cycle: 'quarter', months: 'none' },
      ),
    );
    const seen = ['2025-03', '2025-04', '2025-05'].map((month) => valueAt(book, '420203', month));
    expect(seen).toEqual(['month', 'month', 'quarter']);
  });
});

describe('book', () => {
  const open = { from: '2025-01', decided: '2024-12-01' };

  it('refuses two values decided on one day for one month, also from two packs', () => {
    const packs = [
      cyclePack('420000', open),
      cyclePack('420000', { ...open, from: '2026-01', cycle: 'year' }),
    ];
    expect(codeOf(policyBook(packs.map(pack)))).toBe('conflict/policy-overlap');
  });

  it('takes the same pack twice as once, and neighbours as no overlap', () => {
    const once = bookOf(cyclePack('420000', open));
    const twice = bookOf(cyclePack('420000', open), cyclePack('420000', open));
    expect(policyBookHash(twice, sha256)).toBe(policyBookHash(once, sha256));
    const neighbours = [
      { ...open, to: '2025-12' },
      { ...open, from: '2026-01', cycle: 'year' },
    ];
    expect(codeOf(policyBook([pack(cyclePack('420000', ...neighbours))]))).toBe('ok');
  });

  it('hashes alike in any order of packs and values, and differently after any change', () => {
    const files = ['110000', '110199', '231025'].map(packFile);
    const hash = policyBookHash(bookOf(...files), sha256);
    fc.assert(
      fc.property(fc.shuffledSubarray(files, { minLength: 3 }), fc.nat(), (order, seed) => {
        const turned = order.map((file) => {
          const at = seed % file.values.length;
          return { ...file, values: [...file.values.slice(at), ...file.values.slice(0, at)] };
        });
        expect(policyBookHash(bookOf(...turned), sha256)).toBe(hash);
      }),
      { numRuns: 30 },
    );
    const changed = packFile('110000');
    changed.values[0]!.decidedOn = '2019-10-29';
    expect(policyBookHash(bookOf(changed, files[1], files[2]), sha256)).not.toBe(hash);
  });

  it('cannot be changed once it is made', () => {
    const book = bookOf(packFile('110000'));
    const row = [...book.rows.values()][0]![0]!;
    expect(() => Object.assign(row, { value: 'x' })).toThrow(TypeError);
    expect(() => Object.assign(book, { rows: new Map() })).toThrow(TypeError);
    expect(() => Object.assign((row.value as object[])[0]!, { amount: '9.00' })).toThrow(TypeError);
  });
});
