// Goal: what is paid before the confirmation and once at the end: interim aid and the settlement as an adult.
import { describe, expect, it } from 'vitest';
import { addMonths } from '../../../../domain/calendar.ts';
import type { Fact } from '../../../../domain/register/facts.ts';
import { must } from '../samples.ts';
import { approved, BOOK, childBook, due, type Given, monthOf, on, orphan } from './samples.ts';

const RATE = 285000;
const around = (given: Given, month: string, book = BOOK) =>
  [-1, 0, 1].map((offset) => due(given, addMonths(month, offset), book));
const born = (birthDate: string, ...more: readonly Fact[]): Given => ({
  ...orphan(),
  facts: [...approved(birthDate), ...more],
});

describe('interim aid', () => {
  const waiting: Given = {
    programme: 'unattended-child',
    jurisdiction: '110000',
    facts: [
      on('birth-date', '2015-03-05'),
      on('application', '2025-09-06'),
      on('interim-aid', '2025-09-10', 'yes'),
    ],
  };
  const decision = on('decision', '2026-02-12', '2026-02-12/示例〔2026〕2号');

  it('is due from its grant until the first month by confirmation, under its own name', () => {
    const confirmed = { ...waiting, facts: [...waiting.facts, decision] };
    const named = ['2025-09', '2025-10', '2026-02', '2026-03'].map((month) =>
      must(monthOf(confirmed, month)).components.map(({ component }) => component),
    );
    expect(named).toEqual([[], ['interim-aid'], ['interim-aid'], ['living']]);
    expect(due(waiting, '2026-11')).toBe(RATE);
  });

  it('ends when it was ended, with the limit of months, and where policy has none', () => {
    const ended = { ...waiting, facts: [...waiting.facts, on('interim-aid', '2025-12-20', '')] };
    expect(around(ended, '2025-12')).toEqual([RATE, RATE, 0]);
    const aid = {
      percent: '60',
      rounding: { rule: 'half-up', unit: 'fen' },
      from: 'same-month',
      monthsMax: 3,
    };
    const book = childBook({ '110000/unattended-child': { interimAid: aid } });
    expect(['2025-08', '2025-09', '2025-11', '2025-12'].map((month) => due(waiting, month, book))).toEqual([
      0, 171000, 171000, 0,
    ]);
    expect(due(waiting, '2025-10', childBook({ '110000/unattended-child': { interimAid: 'none' } }))).toBe(0);
  });
});

describe('settlement as an adult', () => {
  const aid = (settlementAid: unknown) => childBook({ '110000/orphan': { settlementAid } });
  const settled = on('settled-adult', '2025-12-10', '2025-12-10/示例〔2025〕8号');
  const leaver = born('2007-10-15', settled);

  it('is paid once, after the monthly money ended, whoever records it again', () => {
    const book = aid({ amount: '20000.00', paidIn: 'same-month' });
    expect(around(leaver, '2025-12', book)).toEqual([0, 2000000, 0]);
    const again = born('2007-10-15', settled, { ...settled, recordedAt: '2026-03-01T00:00:00.000Z' });
    expect(around(again, '2025-12', book)).toEqual([0, 2000000, 0]);
    const corrected = on('settled-adult', '2026-01-10', '2026-01-10/示例〔2026〕9号');
    expect(around(born('2007-10-15', settled, corrected), '2026-01', book)).toEqual([0, 2000000, 0]);
    const withdrawn = on('settled-adult', '2026-01-20', '');
    expect(around(born('2007-10-15', settled, withdrawn), '2025-12', book)).toEqual([0, 0, 0]);
  });

  it('so many months of what the child got, in the month after where policy says so', () => {
    expect(around(leaver, '2026-01', aid({ months: 6, paidIn: 'next-month' }))).toEqual([0, 6 * RATE, 0]);
  });

  it('is no month’s money: while living is due both are named', () => {
    const book = aid({ amount: '20000.00', paidIn: 'same-month' });
    const { components } = must(monthOf(born('2010-10-15', settled), '2025-12', book));
    expect(components).toEqual([
      { component: 'living', fen: RATE },
      { component: 'settlement-aid', fen: 2000000 },
    ]);
  });

  it('nobody gets it who died before, who was never recognised, or where policy has none', () => {
    const book = aid({ amount: '20000.00', paidIn: 'same-month' });
    const dead = born('2007-10-15', settled, on('death-certified', '2025-12-09'));
    const sameDay = born('2007-10-15', settled, on('death-certified', '2025-12-10'));
    expect(due(sameDay, '2025-12', book)).toBe(2000000);
    const atOnce = { ...leaver, facts: [...approved('2007-10-15', '2025-11-20'), settled] };
    expect(due(atOnce, '2025-12', book)).toBe(2000000);
    const never = leaver.facts.filter(({ kind }) => kind !== 'decision');
    expect([due(dead, '2025-12', book), due({ ...leaver, facts: never }, '2025-12', book)]).toEqual([0, 0]);
    expect(due(leaver, '2025-12')).toBe(0);
  });
});
