// Goal: every row A of the worked examples comes out to the fen. Method: the packs of the policy book, the rows of cases.ts for
// single months, and schedules of determinations for rows that name several.
import { describe, expect, it } from 'vitest';
import { toYuan } from '../../../../domain/money.ts';
import { DIBAO_CASES } from '../../../../domain/programmes/dibao/cases.ts';
import { marginalLine } from '../../../../domain/programmes/dibao/marginal-line.ts';
import { dibao } from '../../../../domain/programmes/dibao/programme.ts';
import { propose } from '../../../../domain/programmes/dibao/propose.ts';
import { renderStep } from '../../../../domain/programmes/sentences.ts';
import type { Determination } from '../../../../domain/register/determination.ts';
import { codeOf, must } from '../samples.ts';
import {
  amounts,
  bookOfFile,
  decide,
  determined,
  dibaoBook,
  dibaoFile,
  family,
  householdOf,
  lines,
  member,
  schedule,
  viewOf,
} from './samples.ts';

const BEIJING = '110000';
const GUANGZHOU = '440100';

describe('rows of one month', () => {
  it.each(DIBAO_CASES)('$row', ({ jurisdiction, month, knownOn, household, base, topUp, sample }) => {
    const proposal = must(propose(household, viewOf(jurisdiction, undefined, knownOn), month));
    expect(amounts(proposal)).toBe(`${base} + ${topUp}`);
    expect(proposal.sample).toBe(sample);
    const cited = proposal.derivation.filter(({ citation }) => citation === undefined);
    expect(cited).toEqual([]);
    for (const step of proposal.derivation) expect(renderStep(dibao, step).zh).not.toBe('');
  });
});

/** Money of months of an enrolment with these determinations. */
function paid(determinations: readonly Determination[], months: readonly string[]): string[] {
  const [first] = determinations;
  const only = {
    id: first!.enrolment,
    programme: 'dibao',
    jurisdiction: BEIJING,
    subject: 'H00000000001',
    facts: [],
    determinations,
  };
  const situation = { persons: {}, enrolments: [only] };
  const input = { enrolment: only, situation, book: dibaoBook(BEIJING), knownOn: '2026-12-01' };
  return months.map((month) => toYuan(must(dibao.assessMonth({ ...input, month })).fen));
}

describe('rows of several months', () => {
  it('A8 北京 渐退: 1950 for three months, 975 for three, then nothing', () => {
    const working = family(3, '2400.00');
    const members = working.members.map((each, index) =>
      index === 0 ? { ...each, employment: { kind: 'employed' as const, monthly: '3200.00' } } : each,
    );
    // 2400 + (3200 − 1160) = 4440, 1480 a head: above 1450.
    const cases = [
      { from: '2024-01', household: working },
      { from: '2024-09', household: { ...working, members } },
    ];
    const before = [determined([['2024-09', 1950]])];
    const input = { ...viewOf(BEIJING), cases, determinations: before };
    const proposal = schedule({ kind: 'taper', declaredOn: '2024-09-18' }, input);
    expect(lines(proposal)).toEqual([
      '2024-10: 1950.00 + 0.00',
      '2025-01: 975.00 + 0.00',
      '2025-04: 0.00 + 0.00',
    ]);
    const after = decide(before, proposal, '2024-09-25');
    const months = ['2024-09', '2024-10', '2024-12', '2025-01', '2025-03', '2025-04', '2025-05'];
    expect(paid(after, months)).toEqual([
      '1950.00',
      '1950.00',
      '1950.00',
      '975.00',
      '975.00',
      '0.00',
      '0.00',
    ]);
  });

  it.each([
    [BEIJING, '2024-10'],
    ['500000', '2024-09'],
  ])('A9 approved on 2024-09-18: %s starts in %s', (place, first) => {
    const input = {
      ...viewOf(place),
      cases: [{ from: '2024-01', household: family(1) }],
      determinations: [],
    };
    const change = { kind: 'initial', appliedOn: '2024-08-20', decidedOn: '2024-09-18' } as const;
    expect(schedule(change, input).spans.map(({ from }) => from)).toEqual([first]);
  });

  it('A10 北京, issued 2024-08-21 for July: 330.00 for July and August, 1450 from September', () => {
    const cases = [{ from: '2024-01', household: family(3) }];
    const before = [determined([['2024-03', 1395 * 3]])];
    const proposal = schedule(
      { kind: 'standard-change', issuedOn: '2024-08-21', through: '2024-09' },
      { ...viewOf(BEIJING), cases, determinations: before },
    );
    expect(lines(proposal)).toEqual(['2024-07: 4350.00 + 0.00']);
    const after = decide(before, proposal, '2024-08-28');
    const months = ['2024-06', '2024-07', '2024-08', '2024-09'];
    expect(paid(after, months)).toEqual(['4185.00', '4350.00', '4350.00', '4350.00']);
    const [, july, august] = paid(before, months).map(Number);
    expect(4350 - july! + (4350 - august!)).toBe(330);
  });

  it('A14 广州: the low-income line is 1963.50 from June 2025, five months after the standard', () => {
    const line = (month: string) => marginalLine(viewOf(GUANGZHOU), 'urban', month);
    expect(toYuan(must(line('2025-06')).value)).toBe('1963.50');
    expect(codeOf(line('2025-05'))).toBe('policy/gap');
    expect(codeOf(line('2026-06'))).toBe('policy/gap');
    // Published; a multiple of a standard that is a sample is a sample too.
    expect(must(line('2025-06')).sample).toBe(false);
    const file = dibaoFile(GUANGZHOU);
    for (const row of file.values) if (row.parameter === 'standard') row.sample = true;
    const view = viewOf(GUANGZHOU, bookOfFile(file));
    expect(must(marginalLine(view, 'rural', '2025-06')).sample).toBe(true);
    const amount = dibaoBook(GUANGZHOU, {
      marginalLine: { rule: 'amount', urban: '2000.00', rural: '1500.00' },
    });
    const { value, steps } = must(marginalLine(viewOf(GUANGZHOU, amount), 'rural', '2025-06'));
    expect([toYuan(value), steps.map(({ code }) => code)]).toEqual(['1500.00', ['marginal-line-amount']]);
  });

  it('A15 广州, issued 2025-05-30, two persons since March: three months of base, no top-ups before June', () => {
    const household = householdOf([member('P1', { relation: 'head', seriousIllness: true }), member('P2')]);
    const before = [determined([['2025-03', 1238 * 2, 371.4]], { decidedOn: '2025-02-20' })];
    const input = {
      ...viewOf(GUANGZHOU),
      cases: [{ from: '2024-01', household }],
      determinations: before,
    };
    const change = { kind: 'standard-change', issuedOn: '2025-05-30', through: '2025-06' } as const;
    const proposal = schedule(change, input);
    expect(lines(proposal)).toEqual(['2025-03: 2618.00 + 371.40', '2025-06: 2618.00 + 392.70']);
    // (1309 − 1238) × 2 × 3 months.
    expect((2618 - 2476) * 3).toBe(71 * 2 * 3);
    // Ended in April: not on the roll in May.
    const left = { ...input, lastMonth: '2025-04' };
    expect(lines(schedule(change, left))).toEqual([]);
    const stopped = [
      determined(
        [
          ['2025-03', 2476, 371.4],
          ['2025-05', 0],
        ],
        { decidedOn: '2025-02-20' },
      ),
    ];
    expect(lines(schedule(change, { ...input, determinations: stopped }))).toEqual([]);
  });

  it('A26 林口, 2026-02: no standard, no amount', () => {
    const of = (month: string) => codeOf(propose(family(1), viewOf('231025'), month));
    expect(['2025-12', '2026-01', '2026-02', '2026-03', '2026-04'].map(of)).toEqual([
      'ok',
      'policy/gap',
      'policy/gap',
      'policy/gap',
      'ok',
    ]);
  });
});
