// Goal: every change of a child's money takes effect in the month that policy names: the month before, of and after each of them.
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../domain/calendar.ts';
import { toYuan } from '../../../../domain/money.ts';
import type { Fact } from '../../../../domain/register/facts.ts';
import { policyFile } from '../../../policy-files.ts';
import { bookOf, codeOf, must } from '../samples.ts';
import { approved, BOOK, childBook, childFiles, due, type Given, monthOf, on, orphan } from './samples.ts';

const RATE = 285000;
const around = (given: Given, month: string, book = BOOK) =>
  [-1, 0, 1].map((offset) => due(given, addMonths(month, offset), book));
const born = (birthDate: string, ...more: readonly Fact[]): Given => ({
  ...orphan(),
  facts: [...approved(birthDate), ...more],
});

describe('start', () => {
  it.each([
    ['next-month', [0, 0, RATE]],
    ['decision-month', [0, RATE, RATE]],
    ['application-month', [RATE, RATE, RATE]],
  ])('%s', (startMonth, expected) => {
    const book = childBook({ '110000/orphan': { startMonth } });
    const decided = { ...orphan(), facts: approved('2015-03-05', '2025-09-30') };
    expect(around(decided, '2025-09', book)).toEqual(expected);
  });

  it('nothing before the decision, and it says so', () => {
    const facts = orphan().facts.filter(({ kind }) => kind !== 'decision');
    const { fen, derivation } = must(monthOf({ ...orphan(), facts }, '2026-01'));
    expect([fen, derivation.map(({ code }) => code)]).toEqual([0, ['not-decided']]);
  });
});

describe('coming of age', () => {
  it.each([
    ['day before the first of the month', '2007-09-30', '2025-09', [RATE, RATE, 0]],
    ['first of the month', '2007-10-01', '2025-10', [RATE, RATE, 0]],
    ['middle of the month', '2007-10-15', '2025-10', [RATE, RATE, 0]],
    ['last of the month', '2007-10-31', '2025-10', [RATE, RATE, 0]],
  ])('18 on the %s: ends with the month after', (_, birthDate, month, expected) => {
    expect(around(born(birthDate), month)).toEqual(expected);
  });

  it('ends with the month itself where the place says so', () => {
    const book = childBook({ '110000/orphan': { endAge: { years: 18, ends: 'same-month' } } });
    expect(around(born('2007-10-15'), '2025-10', book)).toEqual([RATE, 0, 0]);
  });

  it.each([
    ['feb-28', [RATE, RATE, 0]],
    ['mar-1', [RATE, RATE, RATE]],
  ])('born on 29 February, 18 in a common year, %s', (leapDay, expected) => {
    const book = childBook({ '110000/orphan': { leapDay } });
    expect(around(born('2008-02-29'), '2026-02', book)).toEqual(expected);
  });

  it('without a birth date nobody can say', () => {
    const facts = orphan().facts.filter(({ kind }) => kind !== 'birth-date');
    expect(codeOf(monthOf({ ...orphan(), facts }, '2026-01'))).toBe('missing/birth-date');
  });
});

describe('study after 18', () => {
  // 18 in October 2025: nothing from November on, unless in study.
  const student = (...facts: readonly Fact[]) => born('2007-10-15', ...facts);
  const high = on('student', '2023-09-01', 'senior-secondary');
  const months = (given: Given, book = BOOK) =>
    ['2025-11', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'].map((month) =>
      due(given, month, book),
    );

  it('goes on through the month of graduation', () => {
    expect(months(student(high, on('student', '2026-06-20', '')))).toEqual([RATE, RATE, 0, 0, 0, 0]);
  });

  it('bridges the holidays once the next school has begun, and only then', () => {
    const left = on('student', '2026-06-20', '');
    const later = on('student', '2026-09-01', 'undergraduate');
    expect(months(student(high, left, later))).toEqual([RATE, RATE, RATE, RATE, RATE, RATE]);
    const none = childBook({ '110000/orphan': { studyGap: 0 } });
    expect(months(student(high, left, later), none)).toEqual([RATE, RATE, 0, 0, 0, 0]);
    const one = childBook({ '110000/orphan': { studyGap: 1 } });
    expect(months(student(high, left, later), one)).toEqual([RATE, RATE, 0, 0, 0, 0]);
    const two = childBook({ '110000/orphan': { studyGap: 2 } });
    expect(months(student(high, left, later), two)).toEqual([RATE, RATE, RATE, RATE, RATE, RATE]);
  });

  it('nobody who was out of school when 18 begins anew', () => {
    expect(months(student(on('student', '2026-09-01', 'undergraduate')))).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('counts a break from its beginning, also when that was before 18', () => {
    const early = on('student', '2025-06-20', '');
    const [soon, late] = ['2025-11-25', '2025-12-05'].map((from) => on('student', from, 'vocational'));
    expect(due(student(high, early, soon!), '2025-11')).toBe(RATE);
    // Out of school from July on, November is the fifth month; in school in November, what was before 18 does not matter.
    expect(due(student(high, early, late!), '2025-11')).toBe(0);
  });

  it('levels are policy: the text of 2011 knows no university, and no text a postgraduate', () => {
    const school = childBook({ '110000/orphan': { study: ['senior-secondary', 'vocational'] } });
    const university = student(on('student', '2025-09-01', 'undergraduate'));
    expect(due(university, '2025-11', school)).toBe(0);
    expect(due(university, '2025-11')).toBe(RATE);
    expect(due(student(on('student', '2025-09-01', 'postgraduate')), '2025-11')).toBe(0);
    expect(due(university, '2025-11', childBook({ '110000/orphan': { study: 'none' } }))).toBe(0);
  });
});

describe('endings', () => {
  it.each([
    ['death', on('death-certified', '2025-10-15')],
    ['adopted', on('guardianship', '2025-10-15', 'adopted')],
    ['a parent found', on('guardianship', '2025-10-15', 'parent-found')],
    ['parents able again', on('guardianship', '2025-10-15', 'parents-able')],
    ['decided stop', on('stop', '2025-10-20', '2025-10')],
  ])('%s: nothing from the next month on', (_, ending) => {
    expect(around(orphan(ending), '2025-10')).toEqual([RATE, RATE, 0]);
    const { derivation } = must(monthOf(orphan(ending), '2025-12'));
    expect(JSON.stringify(derivation)).not.toMatch(/2025-10-15|2015-03/);
  });

  it('an adoption that was said by mistake is taken back, and one that ended resumes', () => {
    const adopted = on('guardianship', '2025-10-15', 'adopted', '2025-10-20T00:00:00.000Z');
    const mistaken = on('guardianship', '2025-10-15', '', '2025-11-20T00:00:00.000Z');
    expect(around(orphan(adopted, mistaken), '2025-11')).toEqual([RATE, RATE, RATE]);
    expect(around(orphan(adopted, on('guardianship', '2026-02-10', '')), '2026-02')).toEqual([0, RATE, RATE]);
  });

  it('custody and going missing stop it only where policy says so; a move elsewhere in Beijing too', () => {
    const away = [
      on('custody', '2025-10-15', 'custody'),
      on('missing', '2025-10-15', 'missing'),
      on('household-registration', '2025-10-15', '420203'),
    ];
    const all = childBook({ '110000/orphan': { stopsOn: ['registration', 'custody', 'missing'] } });
    expect(away.map((one) => due(orphan(one), '2025-11'))).toEqual([RATE, RATE, 0]);
    expect(away.map((one) => due(orphan(one), '2025-11', all))).toEqual([0, 0, 0]);
  });

  it('only what policy names ends it', () => {
    const book = childBook({ '110000/orphan': { endsOn: ['adopted'] } });
    expect(due(orphan(on('guardianship', '2025-10-15', 'parent-found')), '2026-01', book)).toBe(RATE);
  });
});

describe('review that is overdue', () => {
  const reviewed = [
    on('next-review', '2025-07-10', '2026-01-10'),
    on('next-review', '2026-04-20', '2026-10-20'),
  ];
  const months = (overdueReview: string, facts: readonly Fact[], knownOn = '2026-11-22') => {
    const book = childBook({ '110000/orphan': { overdueReview } });
    return ['2026-01', '2026-02', '2026-03', '2026-04', '2026-10', '2026-11'].map(
      (month) => must(monthOf(orphan(...facts), month, book, knownOn)).fen,
    );
  };

  it.each(['hold', 'nothing'])('%s: the money stays owed', (option) => {
    expect(months(option, reviewed)).toEqual([RATE, RATE, RATE, RATE, RATE, RATE]);
  });

  it('stop: the months from the one after it was due until it was done are lost', () => {
    expect(months('stop', reviewed)).toEqual([RATE, 0, 0, RATE, RATE, 0]);
    // On the due day itself nothing is overdue yet.
    expect(months('stop', reviewed, '2026-10-20')).toEqual([RATE, 0, 0, RATE, RATE, RATE]);
    expect(months('stop', [])).toEqual([RATE, RATE, RATE, RATE, RATE, RATE]);
  });
});

describe('category and setting', () => {
  const two = { standard: { family: '2000.00', institution: '2500.50' } };
  const book = childBook({ '110000/orphan': two });

  it('a change of category counts from the month after', () => {
    const moved = orphan(on('child-category', '2025-10-31', '202'));
    expect(around(moved, '2025-10', book)).toEqual([200000, 200000, 250050]);
    const same = childBook({ '110000/orphan': { ...two, categoryChange: 'same-month' } });
    expect(around(moved, '2025-10', same)).toEqual([200000, 250050, 250050]);
    const first = orphan(on('child-category', '2025-10-01', '202'));
    expect(around(first, '2025-10', book)).toEqual([200000, 200000, 250050]);
    const start = childBook({ '110000/orphan': { ...two, categoryChange: 'month-start' } });
    expect(around(moved, '2025-10', start)).toEqual([200000, 200000, 250050]);
    expect(around(orphan(on('child-category', '2025-10-01', '202')), '2025-10', start)).toEqual([
      200000, 250050, 250050,
    ]);
  });

  it('what was said first holds from the beginning', () => {
    const from = { ...two, startMonth: 'application-month' };
    const institution = orphan().facts.map((one) =>
      one.kind === 'child-category' ? { ...one, value: '202', validFrom: '2025-12-01' } : one,
    );
    const given = { ...orphan(), facts: institution };
    expect(due(given, '2025-10', childBook({ '110000/orphan': from }))).toBe(250050);
  });

  it('rests on a sample where the standard, what it is linked to or a percentage was never published', () => {
    const child = (programme: string, code: string) => ({
      ...orphan(),
      programme,
      facts: [...approved('2015-03-05', '2024-06-12'), on('child-category', '2024-06-13', code)],
    });
    const sampleIn = (given: Given, month: string, book = BOOK) => must(monthOf(given, month, book)).sample;
    expect(sampleIn(child('unattended-child', '120'), '2025-06')).toBe(true);
    expect(sampleIn(child('unattended-child', '120'), '2025-07')).toBe(false);
    const file = policyFile('110000', 'child-in-need');
    for (const row of file.values) if (row.parameter === 'categories') row.sample = true;
    const made = bookOf(...childFiles().filter(({ programme }) => programme === 'orphan'), file);
    expect(sampleIn(child('child-in-need', 'dibao-ill-disabled'), '2025-07', made)).toBe(true);
    expect(sampleIn(child('child-in-need', '300'), '2025-07', made)).toBe(false);
  });

  it('refuses what cannot be told, and what contradicts itself, only where the amounts differ', () => {
    const bare = orphan().facts.filter(({ kind }) => kind !== 'child-category');
    const settled = [...bare, on('care-setting', '2024-06-12', 'institution')];
    expect(codeOf(monthOf({ ...orphan(), facts: bare }, '2025-10', book))).toBe('missing/care-setting');
    expect(due({ ...orphan(), facts: settled }, '2025-10', book)).toBe(250050);
    const contradiction = orphan(on('care-setting', '2024-06-12', 'institution'));
    expect(codeOf(monthOf(contradiction, '2025-10', book))).toBe('conflict/care-setting');
    expect([due({ ...orphan(), facts: bare }, '2025-10'), due(contradiction, '2025-10')]).toEqual([
      RATE,
      RATE,
    ]);
    const strange = orphan(on('child-category', '2025-01-01', '999'));
    expect(codeOf(monthOf(strange, '2025-10'))).toBe('policy/child-category');
    const need = { ...orphan(), programme: 'child-in-need', facts: bare };
    expect(codeOf(monthOf(need, '2025-10'))).toBe('missing/child-category');
  });

  it('a category’s percentage is rounded as its policy says, and an amount of its own stands', () => {
    const names = { zh: '重点困境儿童', en: 'children in need' };
    const half = (rule: string, unit: string) => ({ percent: '50', rounding: { rule, unit } });
    const amountOf = (share: unknown) => {
      const categories = [{ code: '201', names, setting: 'family', share }];
      const odd = { standard: { family: '1987.33', institution: '1987.33' }, categories };
      return toYuan(due(orphan(), '2025-10', childBook({ '110000/orphan': odd })) as never);
    };
    expect(amountOf(half('half-up', 'fen'))).toBe('993.67');
    expect(amountOf(half('down', 'fen'))).toBe('993.66');
    expect(amountOf(half('up', 'yuan'))).toBe('994.00');
    expect(amountOf({ amounts: { family: '700.00', institution: '900.00' } })).toBe('700.00');
  });

  it('a standard that is linked to a linked one is refused', () => {
    const loop = childBook({ '110000/orphan': { standard: { linkedTo: 'unattended-child' } } });
    expect(codeOf(monthOf(orphan(), '2025-10', loop))).toBe('policy/linked-standard');
  });
});
