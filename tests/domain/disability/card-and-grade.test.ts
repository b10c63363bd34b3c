// Goal: what the card and its grade say of each month, at the month before, of and after each change, by every option a place may choose.
import { describe, expect, it } from 'vitest';
import { bookWith, due, fact, LIVING, monthOf, months, NURSING, person, stepsOf } from './samples.ts';

const GZ = '440100';
const nursing = { programme: NURSING };
/** 290 and 217 from 2026-01. */
const N = '290.00';
const card = (on: string, value: string) => fact('disability-card', on, value);

describe('the card', () => {
  it('stops in the month after its last day', () => {
    const facts = person('1:limb', '2024-05-06', card('2020-01-10', 'valid:2026-05-20'));
    expect(months(GZ, facts, '2026-04', 4, nursing)).toEqual([N, N, '0.00', '0.00']);
    expect(stepsOf(monthOf(GZ, facts, '2026-06', nursing))).toContain('card-expired');
  });

  it.each([
    ['frozen', 'card-frozen'],
    ['cancelled', 'card-cancelled'],
  ])('%s: from the month after', (state, code) => {
    const facts = person('1:limb', '2024-05-06', card('2020-01-10', 'valid:-'), card('2026-03-31', state));
    expect(months(GZ, facts, '2026-02', 3, nursing)).toEqual([N, N, '0.00']);
    expect(stepsOf(monthOf(GZ, facts, '2026-04', nursing))).toContain(code);
  });

  it('stops in the month itself where the place says so', () => {
    const book = bookWith(GZ, NURSING, { stopFrom: 'same-month' });
    const facts = person('1:limb', '2024-05-06', card('2020-01-10', 'valid:2026-05-20'));
    expect(months(GZ, facts, '2026-04', 3, { ...nursing, book })).toEqual([N, '0.00', '0.00']);
  });

  it('does not count before it was issued where one must be on record', () => {
    const book = bookWith(GZ, NURSING, { cardRequired: true });
    const facts = person('1:limb', '2026-02-10', card('2026-04-03', 'valid:-'));
    expect(months(GZ, facts, '2026-02', 4, { ...nursing, book })).toEqual(['0.00', '0.00', N, N]);
    expect(stepsOf(monthOf(GZ, facts, '2026-03', { ...nursing, book }))).toContain('card-not-issued');
  });

  it('the first one on record, and the first grade, take back nothing of the months before', () => {
    const facts = person('1:limb', '2026-02-10', card('2026-04-03', 'valid:-')).map((one) =>
      one.kind === 'disability' ? fact('disability', '2026-04-03', '1:limb') : one,
    );
    expect(months(GZ, facts, '2026-01', 5, nursing)).toEqual(['0.00', N, N, N, N]);
    const book = bookWith(GZ, NURSING, { cardRequired: true });
    expect(months(GZ, facts, '2026-02', 3, { ...nursing, book })).toEqual(['0.00', '0.00', N]);
  });

  it('may be asked for: without one on record nothing is due, where the place says so', () => {
    const book = bookWith(GZ, NURSING, { cardRequired: true });
    expect(due(GZ, person('1:limb'), '2026-04', { ...nursing, book })).toBe('0.00');
    expect(due(GZ, person('1:limb'), '2026-04', nursing)).toBe(N);
  });

  describe('a new one after a lapse', () => {
    const renewed = (grade: string, ...more: Parameters<typeof fact>[]) =>
      person(
        '1:limb',
        '2024-05-06',
        card('2020-01-10', 'valid:2025-12-20'),
        card('2026-06-11', 'valid:-'),
        fact('disability', '2026-06-11', grade),
        ...more.map((one) => fact(...one)),
      );

    it('counts from the month of its issue, and three months before are paid back', () => {
      expect(months(GZ, renewed('2:limb'), '2025-12', 8, nursing)).toEqual([
        '280.00',
        '0.00',
        '0.00',
        N,
        N,
        N,
        N,
        N,
      ]);
    });

    it('pays back at the new grade: nothing where that is not covered any more', () => {
      expect(months(GZ, renewed('3:limb'), '2025-12', 8, nursing)).toEqual([
        '280.00',
        ...Array.from({ length: 7 }, () => '0.00'),
      ]);
      // 上海: grade 1 until the card lapsed, grade 2 from the new one, back pay included.
      const book = bookWith('310000', NURSING, { cardRenewal: { backPayMonths: 3, after: ['expired'] } });
      expect(months('310000', renewed('2:limb'), '2025-12', 8, { ...nursing, book })).toEqual([
        '350.00',
        '0.00',
        '0.00',
        '180.00',
        '180.00',
        '180.00',
        '180.00',
        '180.00',
      ]);
    });

    it.each([
      [0, 0],
      [1, 1],
      [5, 5],
      [12, 5],
    ])('%i months at most: %i are', (backPayMonths, paid) => {
      const book = bookWith(GZ, NURSING, { cardRenewal: { backPayMonths, after: ['expired'] } });
      const lapsed = months(GZ, renewed('1:limb'), '2026-01', 5, { ...nursing, book });
      expect(lapsed.filter((yuan) => yuan === N).length).toBe(paid);
      expect(lapsed.slice(5 - paid).every((yuan) => yuan === N)).toBe(true);
    });

    it('pays no month back that came before the application or in prison', () => {
      const late = renewed(
        '1:limb',
        ['application', '2026-04-20'],
        ['decision', '2026-05-20', '2026-05-20/1号'],
      );
      expect(months(GZ, late, '2026-02', 4, nursing)).toEqual(['0.00', '0.00', N, N]);
      const held = renewed('1:limb', ['custody', '2026-02-10', 'custody']);
      expect(months(GZ, held, '2026-02', 5, nursing)).toEqual(Array.from({ length: 5 }, () => '0.00'));
    });

    it('pays nothing back after what policy does not name', () => {
      const facts = person(
        '1:limb',
        '2024-05-06',
        card('2020-01-10', 'valid:-'),
        card('2026-01-10', 'cancelled'),
        card('2026-04-11', 'valid:-'),
      );
      expect(months(GZ, facts, '2026-01', 4, nursing)).toEqual([N, '0.00', '0.00', N]);
    });

    it('leaves no gap when it came before the old one lapsed', () => {
      const facts = person(
        '1:limb',
        '2024-05-06',
        card('2020-01-10', 'valid:2026-04-20'),
        card('2026-04-11', 'valid:-'),
      );
      expect(months(GZ, facts, '2026-03', 4, nursing)).toEqual([N, N, N, N]);
    });
  });
});

describe('another grade', () => {
  it.each([
    ['higher', '3:limb', '1:limb', 'same-month', ['0.00', N, N]],
    ['higher', '3:limb', '1:limb', 'next-month', ['0.00', '0.00', N]],
    ['lower', '1:limb', '3:limb', 'same-month', [N, '0.00', '0.00']],
    ['lower', '1:limb', '3:limb', 'next-month', [N, N, '0.00']],
  ])('%s, %s to %s, from the %s', (_, before, after, rule, expected) => {
    const book = bookWith(GZ, NURSING, { gradeChange: { higher: rule, lower: rule } });
    const facts = person(before, '2024-05-06', fact('disability', '2026-05-20', after));
    expect(months(GZ, facts, '2026-04', 3, { ...nursing, book })).toEqual(expected);
  });

  it('while it is being assessed the old one goes on, also past the last day of the card', () => {
    const facts = person(
      '1:limb',
      '2024-05-06',
      card('2020-01-10', 'valid:2026-03-20'),
      fact('regrading', '2026-03-01', 'open'),
      fact('regrading', '2026-06-15', ''),
      card('2026-06-15', 'valid:-'),
      fact('disability', '2026-06-15', '4:limb'),
    );
    expect(months(GZ, facts, '2026-03', 6, nursing)).toEqual([N, N, N, '0.00', '0.00', '0.00']);
    const asRecorded = bookWith(GZ, NURSING, { regrading: 'as-recorded' });
    // Without it the card lapses, and grade 4 pays nothing back.
    expect(months(GZ, facts, '2026-03', 4, { ...nursing, book: asRecorded })).toEqual([
      N,
      '0.00',
      '0.00',
      '0.00',
    ]);
  });

  it('a cancelled card is none, also while it is being assessed', () => {
    const facts = person(
      '1:limb',
      '2024-05-06',
      card('2020-01-10', 'valid:-'),
      fact('regrading', '2026-03-01', 'open'),
      card('2026-04-10', 'cancelled'),
    );
    expect(months(GZ, facts, '2026-04', 2, nursing)).toEqual([N, '0.00']);
  });

  it('the first on record reaches back, unless cards must be on record', () => {
    const facts = person('1:limb', '2026-02-10', card('2020-01-10', 'valid:-')).map((one) =>
      one.kind === 'disability' ? fact('disability', '2026-04-03', '1:limb') : one,
    );
    expect(due(GZ, facts, '2026-03', nursing)).toBe(N);
    const book = bookWith(GZ, NURSING, { cardRequired: true });
    expect(months(GZ, facts, '2026-03', 2, { ...nursing, book })).toEqual(['0.00', N]);
  });

  it('keeps the old one while it is assessed, whatever was recorded meanwhile', () => {
    const facts = person(
      '3:limb',
      '2024-05-06',
      fact('regrading', '2026-03-01', 'open'),
      fact('disability', '2026-04-10', '1:limb'),
    );
    expect(months(GZ, facts, '2026-03', 3, nursing)).toEqual(['0.00', '0.00', '0.00']);
  });
});

describe('several cards', () => {
  const soldier = (grade: string, service: string) =>
    person(grade, '2024-05-06', fact('service-disability', '2010-01-01', service));

  it.each([
    ['3:limb', '3:military', N],
    ['3:limb', '4:police', N],
    ['3:limb', '5:military', '0.00'],
    ['1:limb', '9:military', N],
  ])('%s and %s: one of them', (grade, service, yuan) => {
    expect(due(GZ, soldier(grade, service), '2026-04', nursing)).toBe(yuan);
  });

  it('the one that gives more, or the disability card, by policy; never both', () => {
    const tiers = [
      { tier: 'grade-one', grades: [1] },
      { tier: 'grade-two-and-mental', grades: [2] },
      { tier: 'grade-one', card: 'service', grades: [1, 2, 3, 4] },
    ];
    const highest = bookWith('310000', NURSING, { tiers });
    expect(due('310000', soldier('2:limb', '2:military'), '2026-04', { ...nursing, book: highest })).toBe(
      '350.00',
    );
    const first = bookWith('310000', NURSING, { tiers, severalCards: 'disability-card' });
    expect(due('310000', soldier('2:limb', '2:military'), '2026-04', { ...nursing, book: first })).toBe(
      '180.00',
    );
  });

  it('the disability card where it gives more', () => {
    const tiers = [
      { tier: 'grade-one', grades: [1] },
      { tier: 'grade-two-and-mental', card: 'service', grades: [1, 2, 3, 4] },
    ];
    const book = bookWith('310000', NURSING, { tiers });
    expect(due('310000', soldier('1:limb', '2:military'), '2026-04', { ...nursing, book })).toBe('350.00');
  });

  it('a service card alone is enough', () => {
    const facts = soldier('3:limb', '2:military').filter(({ kind }) => kind !== 'disability');
    expect(due(GZ, facts, '2026-04', nursing)).toBe(N);
    expect(due(GZ, facts, '2026-04', { programme: LIVING })).toBe('0.00');
  });
});
