import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dueDate, RUN_PARAMETERS, runPolicy } from '../../../domain/policy/run-parameters.ts';
import { BOOK, codeOf, must } from '../programmes/samples.ts';

const scope = { jurisdiction: '110199', programme: 'high-age', knownOn: '2026-12-01' };

describe('run policy', () => {
  it('the sample district sets its own chain and history and inherits the rest', () => {
    const policy = must(runPolicy(BOOK, scope, '2026-12'));
    expect(policy.approvalChain.map(({ code, role, aboveFen }) => [code, role, aboveFen])).toEqual([
      ['section', 'reviewer', undefined],
      ['bureau', 'approver', undefined],
      ['director', 'approver', 500_000_000],
    ]);
    expect(policy.historyFrom).toBe('2026-10');
    expect(policy.payCycle).toBe('month');
    expect(dueDate('2026-12', policy.payTiming)).toBe('2026-11-30');
    expect(must(runPolicy(BOOK, { ...scope, jurisdiction: '110000' }, '2026-12')).approvalChain).toHaveLength(
      3,
    );
  });

  it('refuses a month that the district did not decide', () => {
    expect(codeOf(runPolicy(BOOK, scope, '2025-12'))).toBe('policy/gap');
  });
});

describe('due date', () => {
  it.each([
    ['2026-12', 'advance', 31, -1, '2026-11-30'],
    ['2026-03', 'advance', 31, -1, '2026-02-28'],
    ['2026-12', 'arrears', 25, 0, '2026-12-25'],
    ['2026-Q4', 'arrears', 10, 1, '2027-01-10'],
    ['2026-Q4', 'advance', 10, 0, '2026-10-10'],
    ['2026-H1', 'arrears', 20, 0, '2026-06-20'],
    ['2026-Y', 'advance', 15, 1, '2026-02-15'],
  ] as const)('%s, %s, day %i, offset %i: %s', (period, mode, dueDay, monthsOffset, date) => {
    expect(dueDate(period, { mode, dueDay, monthsOffset })).toBe(date);
  });
});

describe('run parameters', () => {
  // A place that sets one is told that it counts: what no run reads must not be there to be set.
  it('are each read by a run', () => {
    const sources = ['domain', 'functions'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('run-parameters.ts'))
        .map((file) => readFileSync(`${folder}/${file}`, 'utf8')),
    );
    expect(sources.length).toBeGreaterThan(100);
    const unread = Object.keys(RUN_PARAMETERS).filter(
      (name) => !sources.some((source) => new RegExp(`\\b${name}\\b`).test(source)),
    );
    expect(unread).toEqual([]);
  });
});
