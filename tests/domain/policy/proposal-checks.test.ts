import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../domain/calendar.ts';
import { canonicalJson } from '../../../domain/canonical.ts';
import { type PolicyBook, policyBook, policyBookHash } from '../../../domain/policy/book.ts';
import { bookFile, packsOf, packsOfFile } from '../../../domain/policy/book-file.ts';
import { lookup } from '../../../domain/policy/lookup.ts';
import type { PolicyPack } from '../../../domain/policy/pack.ts';
import { parsePolicyPack } from '../../../domain/policy/parse-pack.ts';
import { type AcceptedGap, checkProposal } from '../../../domain/policy/proposal-checks.ts';
import { sha256Hex } from '../../../functions/adapters/hashing.ts';
import { policyFile } from '../../policy-files.ts';

const retroactivity = { months: 'from-in-force', persons: 'entitled-in-month', components: 'all' };
const citation = { document: '示民发〔2026〕1号', title: '调整标准' };
type Given = { from: string; to?: string; amount?: string; decidedOn?: string };

/** A value of the bands of high-age with one band. */
const bands = ({ from, to, amount = '100.00', decidedOn = `${from}-05` }: Given) => ({
  parameter: 'bands',
  value: [{ fromAge: 80, amount }],
  inForceFrom: from,
  ...(to !== undefined && { inForceTo: to }),
  decidedOn,
  citation,
  retroactivity,
});
const other = (parameter: string, value: unknown, from = '2020-01') => ({
  ...bands({ from }),
  parameter,
  value,
});
const file = (values: readonly unknown[], jurisdiction = '110199') => ({
  jurisdiction,
  programme: 'high-age',
  values,
});
const bookOf = (...files: readonly unknown[]): PolicyBook => {
  const packs = files.map((one) => parsed(one));
  const book = policyBook(packs);
  if (!book.ok) throw new Error(book.error.en);
  return book.value;
};
function parsed(json: unknown): PolicyPack {
  const pack = parsePolicyPack(json);
  if (!pack.ok) throw new Error(pack.error.en);
  return pack.value.pack;
}
const code = (book: PolicyBook, values: readonly unknown[], gaps: readonly AcceptedGap[] = []) => {
  const found = checkProposal(book, [file(values)], gaps);
  return found.ok ? 'accepted' : found.error.code;
};
const kinds = (book: PolicyBook, values: readonly unknown[], gaps: readonly AcceptedGap[] = []) => {
  const found = checkProposal(book, [file(values)], gaps);
  if (!found.ok) throw new Error(found.error.en);
  return found.value.notices.map(({ kind }) => kind);
};
const gap = (from: string, to?: string): AcceptedGap => ({
  jurisdiction: '110199',
  programme: 'high-age',
  parameter: 'bands',
  from,
  ...(to !== undefined && { to }),
  reason: '当时没有政策',
});

describe('a proposal beside the book', () => {
  const open = bookOf(file([bands({ from: '2024-01' })]));
  const ended = bookOf(file([bands({ from: '2024-01', to: '2024-12' })]));

  it('is refused where months between two values would have none, unless it says why', () => {
    expect(code(ended, [bands({ from: '2025-01' })])).toBe('accepted');
    expect(code(ended, [bands({ from: '2025-02' })])).toBe('conflict/policy-gap');
    expect(code(ended, [bands({ from: '2025-04' })], [gap('2025-01', '2025-02')])).toBe(
      'conflict/policy-gap',
    );
    expect(kinds(ended, [bands({ from: '2025-04' })], [gap('2025-01', '2025-03')])).toEqual(['gap-accepted']);
  });

  it('may end one day: that is said, and no gap yet', () => {
    expect(kinds(ended, [bands({ from: '2025-01', to: '2025-06' })])).toEqual(['lapses']);
    expect(kinds(open, [bands({ from: '2025-01', to: '2025-06', amount: '120.00' })])).toEqual([]);
  });

  it('is refused where a district that sets its own value would leave earlier months to nobody', () => {
    const city = bookOf(file([bands({ from: '2019-10' })], '110000'));
    expect(code(city, [bands({ from: '2026-10' })])).toBe('conflict/policy-gap');
    expect(code(city, [bands({ from: '2019-10', decidedOn: '2026-10-01' })])).toBe('accepted');
    // Months that never become money need none.
    const began = bookOf(
      file([bands({ from: '2019-10' })], '110000'),
      file([other('historyFrom', '2026-10')]),
    );
    expect(code(began, [bands({ from: '2026-10' })])).toBe('accepted');
    expect(code(began, [bands({ from: '2026-11' })])).toBe('conflict/policy-gap');
  });

  it('is refused where two values of one day contradict each other, and where it says nothing new', () => {
    const contrary = bands({ from: '2024-06', amount: '120.00', decidedOn: '2024-01-05' });
    expect(code(open, [contrary])).toBe('conflict/policy-overlap');
    expect(code(open, [bands({ from: '2024-01' })])).toBe('conflict/nothing-changes');
    expect(code(open, [{ ...bands({ from: '2025-01' }), citation: { document: '', title: '' } }])).toBe(
      'invalid/policy-pack',
    );
  });

  it('says of a value that later decisions govern all its months', () => {
    const early = bands({ from: '2024-03', to: '2024-06', amount: '90.00', decidedOn: '2023-12-01' });
    expect(kinds(open, [early])).toEqual(['no-effect']);
  });

  it('keeps only what the book has not', () => {
    const added = bands({ from: '2025-01', amount: '120.00' });
    const found = checkProposal(open, [file([bands({ from: '2024-01' }), added]), file([added])]);
    expect(found.ok && found.value.packs.map(({ values }) => values.length)).toEqual([1]);
  });
});

describe('floors', () => {
  const floors = (rules: readonly unknown[]) =>
    bookOf(file([bands({ from: '2024-01' }), other('floors', rules)]));
  const lower = bands({ from: '2025-01', amount: '99.99' });
  const same = bands({ from: '2025-01', amount: '100.00', decidedOn: '2025-01-06' });

  it('warn or refuse by policy, and only below them', () => {
    const previous = { than: 'previous', parameter: 'bands' };
    expect(code(floors([{ ...previous, action: 'refuse' }]), [lower])).toBe('policy/below-floor');
    expect(kinds(floors([{ ...previous, action: 'warn' }]), [lower])).toEqual(['below-floor']);
    expect(kinds(floors([{ ...previous, action: 'refuse' }]), [same])).toEqual([]);
    expect(kinds(bookOf(file([bands({ from: '2024-01' })])), [lower])).toEqual([]);
    // Beside what the month has today, and where nothing is in force any more, beside what was last.
    const rule = other('floors', [{ ...previous, action: 'refuse' }]);
    const raised = bands({ from: '2025-01', amount: '200.00', decidedOn: '2024-12-01' });
    const until = bands({ from: '2024-01', to: '2024-12' });
    expect(code(bookOf(file([until, raised, rule])), [bands({ from: '2025-01', amount: '150.00' })])).toBe(
      'policy/below-floor',
    );
    expect(code(bookOf(file([until, rule])), [lower])).toBe('policy/below-floor');
  });

  it('know the place above, of the same row of a table', () => {
    const rule = other('floors', [{ than: 'above', parameter: 'bands', action: 'refuse' }]);
    const city = file([bands({ from: '2020-01', amount: '110.00' })], '110100');
    const book = bookOf(city, file([bands({ from: '2020-01', amount: '120.00' }), rule]));
    expect(code(book, [bands({ from: '2025-01', amount: '109.00' })])).toBe('policy/below-floor');
    expect(code(book, [bands({ from: '2025-01', amount: '110.00' })])).toBe('accepted');
    const older = { ...bands({ from: '2025-01' }), value: [{ fromAge: 90, amount: '1.00' }] };
    expect(code(book, [older])).toBe('accepted');
  });

  it('measure one programme by another, whichever of the two changes', () => {
    const rule = {
      than: 'multiple',
      parameter: 'bands',
      factor: '1.3',
      of: { programme: 'dibao', parameter: 'standard', path: 'urban' },
      action: 'refuse',
    };
    const standard = (urban: string, from: string) => ({
      jurisdiction: '110199',
      programme: 'dibao',
      values: [{ ...bands({ from }), parameter: 'standard', value: { urban, rural: '1.00' } }],
    });
    const own = file([bands({ from: '2020-01', amount: '130.00' }), other('floors', [rule])]);
    const book = bookOf(own, standard('100.00', '2020-01'));
    expect(code(book, [bands({ from: '2025-01', amount: '130.00' })])).toBe('accepted');
    expect(code(book, [bands({ from: '2025-01', amount: '129.99' })])).toBe('policy/below-floor');
    const raised = checkProposal(book, [standard('100.01', '2025-01')]);
    expect(raised.ok ? 'accepted' : raised.error.code).toBe('policy/below-floor');
  });
});

describe('the book as a file', () => {
  const places = [
    ['110000', 'high-age'],
    ['110199', 'high-age'],
    ['110199', 'dibao'],
    ['310000', 'dibao'],
  ] as const;
  const packs = places.map(([place, programme]) => parsed(policyFile(place, programme)));
  const value = <T>(found: { ok: true; value: T } | { ok: false; error: { en: string } }): T => {
    if (!found.ok) throw new Error(found.error.en);
    return found.value;
  };
  const book = value(policyBook(packs));

  it('comes back the same to the byte, however it had been brought in', () => {
    const whole = bookFile(sha256Hex, book, '000000');
    fc.assert(
      fc.property(fc.shuffledSubarray([...packs], { minLength: packs.length }), fc.nat(6), (order, cut) => {
        const halves = order.flatMap(({ values, ...place }) => [
          { ...place, values: values.slice(cut) },
          { ...place, values: values.slice(0, cut + 1) },
        ]);
        const split = value(policyBook(halves.filter(({ values }) => values.length > 0) as PolicyPack[]));
        expect(JSON.stringify(bookFile(sha256Hex, split, '000000'))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 20 },
    );
    const read = value(packsOfFile(sha256Hex, JSON.parse(JSON.stringify(whole))));
    const nothing = value(policyBook([]));
    const imported = value(checkProposal(nothing, read)).book;
    expect(policyBookHash(imported, sha256Hex)).toBe(policyBookHash(book, sha256Hex));
    expect(JSON.stringify(bookFile(sha256Hex, imported, '000000'))).toBe(JSON.stringify(whole));
    const again = checkProposal(book, read);
    expect(again.ok ? 'accepted' : again.error.code).toBe('conflict/nothing-changes');
  });

  it('is of a place and those inside it, and refused when a letter was changed', () => {
    const city = bookFile(sha256Hex, book, '110000');
    expect(city.packs.map(({ jurisdiction }) => jurisdiction)).toEqual(['110000', '110199', '110199']);
    const forged = JSON.parse(JSON.stringify(city).replace('"2026-10"', '"2026-09"'));
    const found = packsOfFile(sha256Hex, forged);
    expect(found.ok ? 'accepted' : found.error.code).toBe('conflict/policy-book-hash');
    const unknown = packsOfFile(sha256Hex, { ...city, format: 'other' });
    expect(unknown.ok ? 'accepted' : unknown.error.code).toBe('invalid/policy-book');
  });

  it('of one place that changes leaves the values of every other to the byte', () => {
    const before = canonicalJson(packsOf(book, '310000'));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 50_000 }), (month, cents) => {
        const from = addMonths('2026-09', month);
        const value80 = bands({ from, amount: (cents / 100).toFixed(2), decidedOn: '2026-11-01' });
        const base = packsOf(book, '110199').filter(({ programme }) => programme === 'high-age');
        const proposal = checkProposal(book, [{ ...base[0], values: [value80] }], [gap('2000-01')]);
        const after = value(proposal).book;
        expect(canonicalJson(packsOf(after, '310000'))).toBe(before);
        const query = { programme: 'dibao', parameter: 'standard', month: from, knownOn: '2027-12-31' };
        for (const jurisdiction of ['310000', '310101', '110101'])
          expect(lookup(after, { ...query, jurisdiction })).toEqual(lookup(book, { ...query, jurisdiction }));
      }),
      { numRuns: 30 },
    );
  });
});
