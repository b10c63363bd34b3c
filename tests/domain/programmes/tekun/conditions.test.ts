// Goal: who is provided for, from when and until when. Method: the month before, the month of and the month after each change, by the packs.
import { describe, expect, it } from 'vitest';
import type { Month } from '../../../../domain/calendar.ts';
import { whyNotEnded } from '../../../../domain/care/decided.ts';
import type { PersonCase } from '../../../../domain/care/person-case.ts';
import { sumFen, toYuan } from '../../../../domain/money.ts';
import { tekun } from '../../../../domain/programmes/tekun/programme.ts';
import { tekunPocketMoney } from '../../../../domain/programmes/tekun-pocket-money/programme.ts';
import { codeOf, must } from '../samples.ts';
import { bookOf, careFiles, inputOf, SOMEBODY } from './samples.ts';

const PLACE = '110199';
/** What a first approval decided in a month says of every month that it speaks of; yuan. */
function spans(
  person: PersonCase,
  decided: Month,
  { place = PLACE, programme = tekun, book = inputOf(PLACE, 'tekun', []).book } = {},
): Record<Month, string> {
  const change = { kind: 'initial', appliedOn: `${decided}-03`, decidedOn: `${decided}-20` } as const;
  const input = { ...inputOf(place, 'tekun', [['2000-01', person]]), book };
  const scope = { ...input.scope, programme: programme.id };
  const { spans: found } = must(programme.propose!(change, { ...input, scope }));
  return Object.fromEntries(
    found.map(({ components, from }) => [from, toYuan(sumFen(components.map(({ fen }) => fen)))]),
  );
}
/** What one month would be, whoever decides it. */
const inMonth = (person: PersonCase, month: Month, place = PLACE) => {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  const before = number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
  return spans(person, before, { place })[month];
};
const YOUNG = { ...SOMEBODY, birthDate: '2008-11-15' } as const;

describe('minors', () => {
  it('until the month after the birthday; a decision says so at once', () => {
    expect(spans(YOUNG, '2026-05')).toEqual({ '2026-06': '2000.00', '2026-12': '0.00' });
    expect(inMonth(YOUNG, '2026-11')).toBe('2000.00');
    expect(inMonth(YOUNG, '2026-12')).toBe('0.00');
  });
  it('longer while at school', () => {
    expect(spans({ ...YOUNG, student: 'senior-secondary' }, '2026-05')).toEqual({ '2026-06': '2000.00' });
    expect(inMonth({ ...YOUNG, student: 'vocational' }, '2026-12')).toBe('2000.00');
    expect(inMonth({ ...YOUNG, student: 'undergraduate' }, '2026-12')).toBe('0.00');
  });
  it('北京: to 16, and on while in school', () => {
    const child = { ...SOMEBODY, birthDate: '2010-05-15' } as const;
    expect(inMonth(child, '2026-05', '110000')).toBe('2175.00');
    expect(inMonth(child, '2026-06', '110000')).toBe('0.00');
    expect(inMonth({ ...child, student: 'compulsory' }, '2026-06', '110000')).toBe('2175.00');
  });
});

describe('other groups', () => {
  const adult = { ...SOMEBODY, birthDate: '1967-06-30' } as const;
  it('from 60, and before it with a disability of the policy', () => {
    // 60 on 2027-06-30.
    expect(inMonth(adult, '2026-06')).toBe('0.00');
    expect(inMonth({ ...adult, birthDate: '1966-06-30' }, '2026-06')).toBe('0.00');
    expect(inMonth({ ...adult, birthDate: '1966-06-30' }, '2026-07')).toBe('2000.00');
    expect(inMonth({ ...adult, disability: { grade: 2, kind: 'limb' } }, '2026-06')).toBe('2000.00');
    expect(inMonth({ ...adult, disability: { grade: 3, kind: 'limb' } }, '2026-06')).toBe('0.00');
    expect(inMonth({ ...adult, disability: { grade: 3, kind: 'mental' } }, '2026-06')).toBe('2000.00');
  });
  it('whose age nobody knows are provided for as it was decided', () => {
    const { birthDate: _, ...unborn } = SOMEBODY;
    expect(inMonth(unborn, '2026-06')).toBe('2000.00');
  });
  it.each(['custody', 'missing', 'moved-out'] as const)('%s: nothing from the month after', (why) => {
    const away = { ...SOMEBODY, away: { why, since: '2026-08' } };
    expect(inMonth(away, '2026-08')).toBe('2000.00');
    expect(inMonth(away, '2026-09')).toBe('0.00');
  });
});

describe('a death', () => {
  const dead = { ...SOMEBODY, diedIn: '2026-08' } as const;
  it('is provided for until the funeral is done, and then the funeral is paid once', () => {
    expect(inMonth(dead, '2026-10')).toBe('2000.00');
    const buried = { ...dead, funeralIn: '2026-09' } as const;
    expect(inMonth(buried, '2026-08')).toBe('2000.00');
    expect(inMonth(buried, '2026-09')).toBe('26000.00');
    expect(inMonth(buried, '2026-10')).toBe('0.00');
  });
  it('林口: nothing from the month after the death', () => {
    expect(inMonth(dead, '2026-08', '231025')).toBe('822.00');
    expect(inMonth(dead, '2026-09', '231025')).toBe('0.00');
  });
  it('is ended by decision once the funeral is done, and not before', () => {
    const end = (person: PersonCase, from: Month, place = PLACE) =>
      whyNotEnded(from, inputOf(place, 'tekun', [['2000-01', person]]))?.code;
    expect(end(dead, '2026-09')).toBe('conflict/funeral-first');
    const buried = { ...dead, funeralIn: '2026-09' } as const;
    expect(end(buried, '2026-09')).toBe('conflict/funeral-first');
    expect(end(buried, '2026-10')).toBeUndefined();
    expect(end(dead, '2026-09', '231025')).toBeUndefined();
    expect(end(SOMEBODY, '2026-09')).toBeUndefined();
  });
});

describe('pocket money', () => {
  const inside = { ...SOMEBODY, setting: 'institution' } as const;
  const paidBy = (how: 'handed-on' | 'person') =>
    bookOf(careFiles({ '110199 pocketMoney': { percent: '20', rule: 'half-up', unit: 'fen', paidBy: how } }));
  it('is a fifth of what the institution gets, or an enrolment of its own; the sum is the standard either way', () => {
    const month = (programme: typeof tekun, how: 'handed-on' | 'person') =>
      spans(inside, '2026-05', { programme, book: paidBy(how) })['2026-06'];
    expect([month(tekun, 'handed-on'), month(tekunPocketMoney, 'handed-on')]).toEqual(['2300.00', '0.00']);
    expect([month(tekun, 'person'), month(tekunPocketMoney, 'person')]).toEqual(['1840.00', '460.00']);
  });
  it('is for those in institutions', () => {
    expect(spans(SOMEBODY, '2026-05', { programme: tekunPocketMoney, book: paidBy('person') })).toEqual({
      '2026-06': '0.00',
    });
  });
});

it('a taper is no part of it', () => {
  const input = inputOf(PLACE, 'tekun', [['2000-01', SOMEBODY]]);
  expect(codeOf(tekun.propose!({ kind: 'taper', declaredOn: '2026-05-01' }, input))).toBe('policy/no-taper');
});
