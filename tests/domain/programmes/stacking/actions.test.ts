// Goal: what each stacking action leaves of two or more programmes, and what the derivation says of it. Method: programmes with amounts
// written down, every action, the limits a fen below, on and above.
import { describe, expect, it } from 'vitest';
import { membershipText } from '../../../../domain/household/membership.ts';
import { fen } from '../../../../domain/money.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import { must } from '../samples.ts';
import {
  CHILD,
  entitlement,
  fact,
  HOUSEHOLD,
  MOTHER,
  net,
  owed,
  situation,
  stackingBook,
} from './samples.ts';

const PERSON = { of: 'person' } as const;
const topUp = (reference?: 'whole' | 'own-share' | 'own-base' | 'own-top-up' | 'per-capita') =>
  stackingBook({
    tekun: [{ with: 'dibao', of: 'household', action: 'top-up', ...(reference && { reference }) }],
  });

describe('without rules', () => {
  it.each(['both', 'not-income'] as const)('or with "%s" every programme pays its own amount', (action) => {
    const found = situation(owed('dibao', { base: 900 }), owed('tekun', { basic: 2850 }));
    const book = stackingBook({ tekun: [{ with: 'dibao', of: 'household', action }] });
    expect(net(book, found)).toEqual({ dibao: 90_000, tekun: 285_000 });
    expect(net(stackingBook({}), found)).toEqual({ dibao: 90_000, tekun: 285_000 });
    const { derivation } = must(entitlement(book, found, 'tekun'));
    expect(derivation.some(({ code }) => code.startsWith('stacking'))).toBe(false);
  });

  it('in force for the month, because they lapsed, an amount is refused and not paid as if there were none', () => {
    const rules = [{ with: 'tekun', ...PERSON, action: 'excluded' }] as const;
    const book = stackingBook({ 'tekun-care': rules }, { inForceTo: '2026-05' });
    const found = situation(owed('tekun', { basic: 100 }), owed('tekun-care', { care: 50 }));
    expect(net(book, found)).toEqual({ tekun: 10_000, 'tekun-care': 'policy/gap' });
    expect(net(book, situation(owed('tekun-care', { care: 50 })))).toEqual({ 'tekun-care': 5_000 });
  });
});

describe('excluded', () => {
  const rule = { with: 'tekun', ...PERSON, action: 'excluded' } as const;

  it('pays nothing while the other pays, and says which, how much and by what text', () => {
    const book = stackingBook({ 'tekun-care': [rule] });
    const found = situation(owed('tekun', { basic: 0.01 }), owed('tekun-care', { care: 500 }));
    expect(net(book, found)).toEqual({ tekun: 1, 'tekun-care': 0 });
    const lost = must(entitlement(book, found, 'tekun-care'));
    expect(lost.components).toEqual([]);
    const step = lost.derivation.at(-1)!;
    expect(step).toMatchObject({
      code: 'stacking-excluded',
      inputs: { with: 'tekun', amount: '0.01', before: '500.00', action: 'excluded' },
      result: '0.00',
      citation: { document: '示例〔2020〕1号' },
    });
    const said = renderStep({ id: 'tekun-care' }, step);
    expect(said.zh).toContain('特困');
    expect(said.en).toContain('500.00');
  });

  it('by what is due, or by being enrolled whatever others leave of that', () => {
    const care = owed('tekun-care', { care: 500 });
    const lost = [owed('tekun-pocket-money', { 'pocket-money': 100 }), owed('tekun', { basic: 400 }), care];
    const tekun = [{ ...rule, with: 'tekun-pocket-money' }];
    const due = stackingBook({ tekun, 'tekun-care': [rule] });
    expect(net(due, situation(...lost))).toMatchObject({ tekun: 0, 'tekun-care': 50_000 });
    const enrolled = stackingBook({ tekun, 'tekun-care': [{ ...rule, counts: 'enrolled' }] });
    expect(net(enrolled, situation(...lost))['tekun-care']).toBe(0);
    const kept = (one: ReturnType<typeof owed>) => net(enrolled, situation(one, care))['tekun-care'];
    expect(kept(owed('tekun', { basic: 400 }))).toBe(0);
    // Who has outgrown it, though nobody has ended the enrolment.
    expect(kept(owed('tekun', {}))).toBe(50_000);
    const facts = [fact('stop', '2026-05', '2026-06-01')];
    expect(kept(owed('tekun', { basic: 400 }, { facts }))).toBe(50_000);
    expect(kept(owed('tekun', { basic: 400 }, { from: '2026-07' }))).toBe(50_000);
  });

  it('of two that exclude each other the earlier programme stays', () => {
    const book = stackingBook({
      tekun: [{ ...rule, with: 'tekun-care' }],
      'tekun-care': [rule],
    });
    const found = situation(owed('tekun', { basic: 100 }), owed('tekun-care', { care: 500 }));
    expect(net(book, found)).toEqual({ tekun: 10_000, 'tekun-care': 0 });
  });

  it('only for a class of its own or of the other', () => {
    const classed = (when: object) => stackingBook({ 'tekun-care': [{ ...rule, ...when }] });
    const found = situation(owed('tekun', { basic: 100 }), owed('tekun-care', { care: 500 }));
    expect(net(classed({ otherWhen: 'full-rate' }), found)['tekun-care']).toBe(0);
    expect(net(classed({ otherWhen: 'topped-up' }), found)['tekun-care']).toBe(50_000);
    expect(net(classed({ when: 'full-rate' }), found)['tekun-care']).toBe(0);
    expect(net(classed({ when: 'topped-up' }), found)['tekun-care']).toBe(50_000);
  });

  it('by enrolments of the same person and jurisdiction only', () => {
    const book = stackingBook({ 'tekun-care': [rule] });
    const care = owed('tekun-care', { care: 500 });
    const hers = owed('tekun', { basic: 100 }, { subject: MOTHER });
    expect(net(book, situation(hers, care))['tekun-care']).toBe(50_000);
    const elsewhere = owed('tekun', { basic: 100 }, { jurisdiction: '990102' });
    expect(net(book, situation(elsewhere, care))['tekun-care']).toBe(50_000);
  });
});

describe('the higher of two (择高)', () => {
  const book = stackingBook({ 'tekun-care': [{ with: 'tekun', ...PERSON, action: 'higher-of' }] });

  it.each([
    [100, 99.99, 10_000, 0],
    [100, 100, 10_000, 0],
    [100, 100.01, 0, 10_001],
    [0, 5, 0, 500],
  ])('of %d and %d pays %d and %d fen, by a rule on one side', (earlier, later, first, second) => {
    const found = situation(owed('tekun', { basic: earlier }), owed('tekun-care', { care: later }));
    expect(net(book, found)).toEqual({ tekun: first, 'tekun-care': second });
  });

  it('of three pays one', () => {
    const higher = (other: string) => ({ with: other, ...PERSON, action: 'higher-of' }) as const;
    const all = stackingBook({
      tekun: [higher('tekun-care'), higher('tekun-pocket-money')],
      'tekun-care': [higher('tekun-pocket-money')],
    });
    const found = situation(
      owed('tekun', { basic: 100 }),
      owed('tekun-care', { care: 300 }),
      owed('tekun-pocket-money', { pocket: 200 }),
    );
    expect(net(all, found)).toEqual({ tekun: 0, 'tekun-care': 30_000, 'tekun-pocket-money': 0 });
  });

  it('loses only to one that stays: the middle of three beats nobody while the highest beats it', () => {
    const chain = stackingBook({
      tekun: [{ with: 'tekun-care', ...PERSON, action: 'higher-of' }],
      'tekun-care': [{ with: 'tekun-pocket-money', ...PERSON, action: 'higher-of' }],
    });
    const found = situation(
      owed('tekun', { basic: 100 }),
      owed('tekun-care', { care: 200 }),
      owed('tekun-pocket-money', { pocket: 300 }),
    );
    expect(net(chain, found)).toEqual({ tekun: 10_000, 'tekun-care': 0, 'tekun-pocket-money': 30_000 });
  });

  it('compares what everything else leaves', () => {
    const topped = stackingBook({
      tekun: [{ with: 'dibao', of: 'household', action: 'top-up' }],
      'tekun-care': [{ with: 'tekun', ...PERSON, action: 'higher-of' }],
    });
    const found = situation(
      owed('dibao', { base: 150 }),
      owed('tekun', { basic: 200 }),
      owed('tekun-care', { care: 100 }),
    );
    expect(net(topped, found)).toEqual({ dibao: 15_000, tekun: 0, 'tekun-care': 10_000 });
  });

  it('never loses to an amount that something else takes away', () => {
    const excluded = stackingBook({
      'tekun-care': [
        { with: 'tekun', ...PERSON, action: 'higher-of' },
        { with: 'dibao', of: 'household', action: 'excluded' },
      ],
    });
    const found = situation(
      owed('dibao', { base: 1 }),
      owed('tekun', { basic: 100 }),
      owed('tekun-care', { care: 300 }),
    );
    expect(net(excluded, found)).toEqual({ dibao: 100, tekun: 10_000, 'tekun-care': 0 });
  });

  it('compares some components of the other, and takes only those', () => {
    const part = stackingBook({
      'tekun-care': [{ with: 'tekun', ...PERSON, action: 'higher-of', components: ['pocket-money'] }],
    });
    const both = (special: number, care: number) =>
      net(
        part,
        situation(owed('tekun', { basic: 500, 'pocket-money': special }), owed('tekun-care', { care })),
      );
    expect(both(80, 90)).toEqual({ tekun: 50_000, 'tekun-care': 9_000 });
    expect(both(90, 80)).toEqual({ tekun: 59_000, 'tekun-care': 0 });
  });
});

describe('topped up (补差)', () => {
  it('pays what the other leaves of its own amount, never below zero, from its first component on', () => {
    const book = stackingBook({ 'tekun-care': [{ with: 'tekun', ...PERSON, action: 'top-up' }] });
    const left = (other: number) =>
      must(
        entitlement(
          book,
          situation(owed('tekun', { basic: other }), owed('tekun-care', { care: 300, extra: 50 })),
          'tekun-care',
        ),
      ).components.map(({ component, fen: due }) => `${component} ${due}`);
    expect(left(0)).toEqual(['care 30000', 'extra 5000']);
    expect(left(100)).toEqual(['care 20000', 'extra 5000']);
    expect(left(300)).toEqual(['extra 5000']);
    expect(left(310)).toEqual(['extra 4000']);
    expect(left(400)).toEqual([]);
  });

  const shares = [
    { person: CHILD, component: 'base', fen: fen(75_000) },
    { person: MOTHER, component: 'base', fen: fen(75_000) },
    { person: CHILD, component: 'top-up', fen: fen(36_250) },
  ];
  const dibao = owed('dibao', { base: 1500, 'top-up': 362.5 }, { shares });
  const child = owed('tekun', { basic: 2850 });

  it.each([
    ['whole', 98_750],
    ['own-share', 173_750],
    ['own-base', 210_000],
    ['own-top-up', 248_750],
    ['per-capita', 191_875],
  ] as const)('over a household’s money deducts the %s of it', (reference, expected) => {
    const found = situation(dibao, child);
    expect(net(topUp(reference), found)['tekun']).toBe(expected);
    const { derivation } = must(entitlement(topUp(reference), found, 'tekun'));
    expect(derivation.at(-1)).toMatchObject({ code: 'stacking-topped-up', inputs: { reference } });
    expect(renderStep({ id: 'tekun' }, derivation.at(-1)!).zh).toContain('最低生活保障');
  });

  it('rounds a per-capita amount as policy says', () => {
    const odd = owed('dibao', { base: 100.01 });
    const rounded = (rounding?: { rule: 'up' | 'down'; unit: 'fen' | 'yuan' }) =>
      net(
        stackingBook({
          tekun: [
            {
              with: 'dibao',
              of: 'household',
              action: 'top-up',
              reference: 'per-capita',
              ...(rounding && { rounding }),
            },
          ],
        }),
        situation(odd, owed('tekun', { basic: 100 })),
      )['tekun'];
    expect(rounded()).toBe(10_000 - 5_001);
    expect(rounded({ rule: 'down', unit: 'fen' })).toBe(10_000 - 5_000);
    expect(rounded({ rule: 'up', unit: 'yuan' })).toBe(10_000 - 5_100);
  });

  it('asks for a review where nobody divided the household’s amount, unless it covers one person', () => {
    const undivided = owed('dibao', { base: 1500 });
    const found = situation(undivided, child);
    expect(net(topUp('own-share'), found)['tekun']).toBe('missing/dibao-shares');
    expect(net(topUp('own-top-up'), found)['tekun']).toBe('missing/dibao-shares');
    expect(net(topUp('whole'), found)['tekun']).toBe(135_000);
    const alone = { ...found, persons: { [CHILD]: found.persons[CHILD]! } };
    expect(net(topUp('own-share'), alone)['tekun']).toBe(135_000);
  });

  it('only while the household’s benefit covers the person', () => {
    const left = fact('household', '', '2026-06-30');
    const uncovered = membershipText({ household: HOUSEHOLD, relation: 'child', covered: false });
    for (const since of [left, fact('household', uncovered, '2026-06-01')]) {
      const found = situation(dibao, child);
      const persons = { ...found.persons, [CHILD]: [...found.persons[CHILD]!, since] };
      expect(net(topUp('own-share'), { ...found, persons })['tekun']).toBe(285_000);
    }
  });
});

describe('a refusal', () => {
  it('of the other, where the rule needs its amount, refuses this one too and names it', () => {
    const broken = { ...owed('high-age', {}), programme: 'high-age', determinations: [] };
    const needs = stackingBook({ 'tekun-care': [{ with: 'high-age', ...PERSON, action: 'top-up' }] });
    const refused = entitlement(needs, situation(broken, owed('tekun-care', { care: 500 })), 'tekun-care');
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'missing/stacked-amount',
        detail: { programme: 'high-age', because: 'missing/birth-date' },
      },
    });
    expect(net(needs, situation(broken, owed('tekun-care', {})))['tekun-care']).toBe(0);
  });

  it('of a rule that nobody could carry out, when a pack is read', () => {
    const rules = (rule: object) => () => stackingBook({ tekun: [rule as never] });
    expect(rules({ with: 'dibao', of: 'household', action: 'higher-of' })).toThrow(/policy-pack/);
    // A slip of the pen would let an exclusion be paid over in silence.
    expect(rules({ with: 'diboa', of: 'household', action: 'excluded' })).toThrow(/with: .*"diboa"/);
    expect(rules({ with: 'tekun', of: 'person', action: 'excluded' })).toThrow(/no other programme "tekun"/);
    expect(rules({ with: 'dibao', of: 'person', action: 'excluded' })).toThrow(/of a household/);
    const part = { with: 'dibao', of: 'household', action: 'top-up', components: ['bases'] };
    expect(rules(part)).toThrow(/no component "bases"/);
    expect(rules({ with: 'dibao', of: 'person', action: 'top-up', reference: 'own-share' })).toThrow(
      /policy-pack/,
    );
  });
});
